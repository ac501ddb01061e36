using System.Collections.Immutable;
using Npgsql;
using Orleans.Concurrency;
using Orleans.Utilities;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Live;

/// <summary>
/// The shell around a game's rules: reads the clock, asks <see cref="GameRules"/>, journals, then tells the app hosts.
/// Nothing is shown to anyone that is not committed.
/// </summary>
internal sealed class GameGrain(GameLoading loading, GameJournal journal, GameReviews reviews, NameRules words, Clock clock, ILogger<GameGrain> log) : Grain, IGameGrain
{
    private static readonly TimeSpan ElapsedEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan HostsHearEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan SubscriptionLapses = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StaysUp = TimeSpan.FromHours(4);

    private readonly ObserverManager<IGameObserver> _hosts = new(SubscriptionLapses, log);
    private readonly Dictionary<string, int> _seatByToken = new(StringComparer.Ordinal);
    private readonly Dictionary<int, Guid> _learners = [];
    private readonly HashSet<int> _banned = [];
    private readonly Presence _presence = new();
    private readonly Dictionary<int, Task<Receipt>> _unconfirmed = [];
    private ImmutableDictionary<int, Standing> _standing = ImmutableDictionary<int, Standing>.Empty;
    private StoredGame? _game;
    private GameState _state = null!;
    private AnswerBatch _answers = null!;
    private IGameGrain _self = null!;
    private GameClock _clock = null!;
    private TimeSpan _elapsedNoted;
    private long _version;
    private int _journaled;
    private bool _closing;
    private TimeSpan? _endsTold;
    private bool _hostsWait;
    private bool _isLeaving;
    private ITimer? _alarm;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _game = await loading.TakeOverAsync(this.GetPrimaryKey());
        if (_game is null) return;

        _self = this.AsReference<IGameGrain>();
        _state = _game.State;
        _journaled = _game.Version;
        // Views of a new owner are newer than any that the old one sent, however many those were.
        _version = _game.Epoch << 32;
        _elapsedNoted = _game.Elapsed;
        _clock = new GameClock(clock, _game.Elapsed, _state.IsPaused);
        foreach (var (token, seat) in _game.Tokens) _seatByToken[token] = seat;
        foreach (var (seat, learner) in _game.Learners) _learners[seat] = learner;
        _banned.UnionWith(_game.Banned);
        _answers = new AnswerBatch(batch => journal.AnswersAsync(_game.Id, _game.Epoch, batch), log);
        RankBySeat();
        log.LogInformation("Game {Game} is run here, epoch {Epoch}", _game.Id, _game.Epoch);
        if (!_state.IsOver) DelayDeactivation(StaysUp);
        SetAlarm();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _alarm?.Dispose();
        if (_game is not null && IsTimed && !_isLeaving && reason.ReasonCode != DeactivationReasonCode.ActivationFailed)
        {
            await journal.ElapsedAsync(_game.Id, _game.Epoch, Now);
        }
    }

    public async Task<Seated> TakeSeat(Newcomer newcomer)
    {
        if (_game is null) return new Seated(Refusal: Refusals.UnknownGame);
        var token = Convert.ToHexString(newcomer.TokenHash);
        if (_seatByToken.TryGetValue(token, out var had)) return SeatedAt(had);
        if (newcomer.Learner is { } known && _banned.Any(seat => _learners.GetValueOrDefault(seat) == known)) return new Seated(Refusal: Refusals.Banned);
        if (_isLeaving) return new Seated(Refusal: Refusals.TryAgain);
        if (_state.Setup.Options.Identity is PlayerIdentity.Nickname or PlayerIdentity.NameAndUnit && words.AreIn(newcomer.Nickname)) return Unseated(newcomer, Refusals.NicknameBlocked);
        if (_state.Setup.Options.Identity is PlayerIdentity.NameAndUnit && newcomer.Unit is { } unit && words.AreIn(unit)) return Unseated(newcomer, Refusals.UnitBlocked);

        switch (GameRules.Decide(_state, new TakeSeat(newcomer.Nickname, newcomer.Unit, newcomer.Code) { Team = newcomer.Team }, Now))
        {
            case Decision.Refused refused:
                return Unseated(newcomer, Refusals.Name(refused.Why));
            case Decision.Accepted { Events: [SeatTaken taken] }:
                if (!await TryWriteAsync(() => journal.SeatAsync(_game.Id, _game.Epoch, _journaled, taken, newcomer.TokenHash, newcomer.Learner)))
                {
                    return new Seated(Refusal: Refusals.TryAgain);
                }

                _state = GameRules.Evolve(_state, taken);
                _seatByToken[token] = taken.Seat.Number;
                if (newcomer.Learner is { } learner) _learners[taken.Seat.Number] = learner;
                TellThatTimeMoved();
                TellHostsSoon();
                return new Seated(taken.Seat.Number, taken.Seat.Nickname);
            default:
                throw new InvalidOperationException("Taking a seat is one event or a refusal.");
        }
    }

    public Task<IReadOnlyList<string>> SuggestNames(bool isEnglish, long seed) => Task.FromResult(FriendlyNames.Suggest(isEnglish, IsFree, seed, 3));

    public async Task<PlayerAttached> AttachPlayer(byte[] tokenHash, Guid attachment)
    {
        if (_game is null) return new PlayerAttached(Refusal: Refusals.UnknownGame);
        var token = Convert.ToHexString(tokenHash);
        // A further device's secret was stored beside the game, by the page of a link.
        if (!_seatByToken.TryGetValue(token, out var seat))
        {
            if (await loading.SeatOfAsync(_game.Id, tokenHash) is not { } further) return new PlayerAttached(Refusal: Refusals.NoSeat);
            _seatByToken[token] = seat = further;
        }

        if (!_state.Seats.ContainsKey(seat)) return new PlayerAttached(Refusal: WhyRemoved(seat));
        if (_presence.Came(seat)) TellHostsSoon();

        // A reload while an answer is on its way to the disk learns what became of it, not what is hoped for.
        if (_unconfirmed.TryGetValue(seat, out var first)) await first;
        Tell(new GameNotice(_version, Attached: new Attachment(seat, attachment)));
        return new PlayerAttached(GameScreens.Public(_game, _state, Now, _version).With(PersonalOf(seat)));
    }

    public async Task<Receipt> Answer(int seat, int round, GivenAnswer shown, TimeSpan roundTrip = default)
    {
        if (_game is null) return new Receipt(false, Refusals.UnknownGame);
        // A close under way has counted its answers: nothing may slip in between the count and the event. It may yet fail.
        if (_closing || _isLeaving) return new Receipt(false, Refusals.TryAgain);
        if (_state.Current is { } current && round == current.Number && !current.Takes(shown))
        {
            return new Receipt(false, Refusals.Name(GameRefusal.UnfitAnswer));
        }

        var authored = _state.Current?.Presentation is { } presentation && round == _state.Round ? presentation.ToAuthored(shown) : shown;
        switch (GameRules.Decide(_state, new GiveAnswer(seat, round, authored, GameTime.Whole(roundTrip)), Now))
        {
            case Decision.Refused { Why: GameRefusal.AlreadyAnswered }:
                return _unconfirmed.TryGetValue(seat, out var first)
                    ? await first
                    : new Receipt(true, Mine: GameScreens.Mine(_state, _state.Current!, _state.Answers[seat]));
            case Decision.Refused refused:
                return new Receipt(false, Refusals.Name(refused.Why));
            case Decision.Accepted { Events: [AnswerTaken taken] }:
                // Reserved before the first await, so that two requests of one seat cannot both be taken.
                _state = GameRules.Evolve(_state, taken);
                var receipt = ConfirmAsync(taken);
                // On a fast disk it may be confirmed by now, and nothing would take it out again.
                if (!receipt.IsCompleted) _unconfirmed[seat] = receipt;
                return await receipt;
            default:
                throw new InvalidOperationException("An answer is one event or a refusal.");
        }
    }

    public Task<HostAttached> AttachHost(Guid account, HostScreen screen) => Task.FromResult(
        _game is null ? new HostAttached(Refusal: Refusals.UnknownGame)
        : _game.HostId != account ? new HostAttached(Refusal: Refusals.NotYours)
        : new HostAttached(HostSees(screen)));

    public Task<HostAttached> Watch() => Task.FromResult(
        _game is null ? new HostAttached(Refusal: Refusals.UnknownGame) : new HostAttached(HostSees(HostScreen.Projector)));

    public async Task<Done> Lead(Guid account, HostCommand command)
    {
        if (_game is null) return new Done(Refusals.UnknownGame);
        if (_game.HostId != account) return new Done(Refusals.NotYours);
        if (command is RenameSeat { Name: var name } && words.AreIn(name)) return new Done(Refusals.NicknameBlocked);
        if (command is CorrectKey correct)
        {
            if (Authored(correct.Key) is not { } key) return new Done(Refusals.Name(GameRefusal.UnfitAnswer));
            command = correct with { Key = key };
        }

        return await CarryOutAsync(command);
    }

    public Task<ImpactView?> Preview(Guid account, GivenAnswer key) => Task.FromResult(
        _game?.HostId == account && _state.Phase == GamePhase.Closed && Authored(key) is { } authored && GameRules.Impact(_state, authored) is var (up, down)
            ? new ImpactView(up, down)
            : null);

    public Task<IReadOnlyList<SeatRow>> FindSeats(Guid account, string text) => Task.FromResult(
        _game?.HostId == account ? SeatRows.Find(_state, InRoom, text) : []);

    public Task<Invitation?> Invite() => Task.FromResult(
        _game is null || _state.IsOver || _state.IsLocked ? null : new Invitation(
            _game.Title, _state.Seats.Count, _state.Setup.Options.Identity, _state.Setup.Options.GeneratedNames, _state.Setup.Roster.Any(entry => entry.Code is not null))
        {
            Teams = _state.Setup.Options.Teams == TeamMode.Chosen ? Teams.NamesOf(_state.Setup.Options) : [],
        });

    public Task Subscribe(IGameObserver observer, int[] present, int projectors)
    {
        var isNew = !_hosts.Observers.ContainsKey(observer);
        _hosts.Subscribe(observer, observer);
        // After a change of owner the screens have not asked for anything: the new owner shows them where the game is.
        if (isNew && _game is not null) _ = observer.Hear(new Immutable<GameNotice>(Notice(publicly: true, _state.Seats.Keys)));
        _presence.Hear(observer, present, projectors);
        NotePresence();
        return Task.CompletedTask;
    }

    public Task Unsubscribe(IGameObserver observer)
    {
        _hosts.Unsubscribe(observer);
        NotePresence();
        return Task.CompletedTask;
    }

    public async Task Ring()
    {
        if (_game is null || _isLeaving) return;
        _alarm = null;
        try
        {
            await CarryOutAsync(new Tick());
            if (IsTimed && Now - _elapsedNoted >= ElapsedEvery)
            {
                var now = Now;
                if (await TryWriteAsync(() => journal.ElapsedAsync(_game.Id, _game.Epoch, now))) _elapsedNoted = now;
            }

            if (_hostsWait) Tell(publicly: false);
        }
        finally
        {
            // Whatever went wrong, the game's clock goes on.
            SetAlarm();
        }
    }

    // Answers that are committed; the others are only reserved.
    private int Confirmed => _state.Answers.Count - _unconfirmed.Count;

    private Room InRoom => new(Confirmed, _presence.Online, _unconfirmed.Keys, _presence.Projectors);

    private TimeSpan Now => _clock.Now;

    private bool IsTimed => _state.PhaseEnds is not null && !_state.IsPaused;

    private async Task<Done> CarryOutAsync(GameCommand command)
    {
        var decision = GameRules.Decide(_state, command, Now);
        if (decision is Decision.Refused refused) return new Done(Refusals.Name(refused.Why));

        var events = ((Decision.Accepted)decision).Events;
        if (events.Count == 0) return new Done();
        // From the very moment that was decided about: nothing may be dated after it while it is written.
        if (events is [GamePaused]) _clock.Stand();
        _closing = events.Any(e => e is RoundClosed or RoundSkipped or GameAborted);
        try
        {
            if (_closing) await Task.WhenAll(_unconfirmed.Values);
            if (_isLeaving || !await TryWriteAsync(() => WriteAsync(events))) return new Done(Refusals.TryAgain);
            _state = events.Aggregate(_state, GameRules.Evolve);
            if (_state.IsOver) reviews.Wake();
        }
        finally
        {
            _closing = false;
        }

        if (!_state.IsPaused) _clock.GoOn();
        Removed(events);
        RankBySeat();
        Tell(publicly: true, WhoseViewChanges(events));
        SetAlarm();
        return new Done();
    }

    // A name is stored with its seat, everything else in the journal.
    private async Task<bool> WriteAsync(IReadOnlyList<GameEvent> events)
    {
        switch (events)
        {
            case [SeatRenamed renamed]:
                return await journal.NameAsync(_game!.Id, _game.Epoch, renamed.Seat, renamed.Nickname);
            case [SeatApproved approved]:
                return await journal.NameAsync(_game!.Id, _game.Epoch, approved.Seat, _state.Seats[approved.Seat].Nickname);
            default:
                if (!await journal.AppendAsync(_game!.Id, _game.Epoch, _journaled, events, clock.Now)) return false;
                _journaled += events.Count;
                return true;
        }
    }

    private void Removed(IReadOnlyList<GameEvent> events)
    {
        var removed = events.OfType<SeatRemoved>().ToList();
        if (removed.Count == 0) return;
        _banned.UnionWith(removed.Where(e => e.Banned).Select(e => e.Seat));
        Tell(new GameNotice(_version, Removed: removed.ToDictionary(e => e.Seat, e => WhyRemoved(e.Seat))));
    }

    // Personal parts change for everybody when a round is graded or opens again; a running round's answers are known to their own app host.
    // A poll or slide brought nothing and took the last result off the screens: the end shows it again.
    private IEnumerable<int> WhoseViewChanges(IReadOnlyList<GameEvent> events)
    {
        if (events.Any(e => e is RoundClosed or RoundSkipped or GameAborted or RoundReopened or RoundVoided or KeyCorrected or SeatRemoved)) return _state.Seats.Keys;
        if (events is [GameFinished] && _state.Current is { IsScored: false }) return _state.Seats.Keys;
        return events switch
        {
            [SeatRenamed { Seat: var renamed }] => [renamed],
            [SeatApproved { Seat: var approved }] => [approved],
            [SeatMoved, ..] => events.OfType<SeatMoved>().Select(moved => moved.Seat),
            _ => [],
        };
    }

    private Seated SeatedAt(int seat) => _state.Seats.TryGetValue(seat, out var at) ? new Seated(seat, at.Nickname) : new Seated(Refusal: WhyRemoved(seat));

    private Seated Unseated(Newcomer newcomer, string refusal) =>
        new(Refusal: refusal, Suggestions: refusal == Refusals.Name(GameRefusal.NicknameTaken) ? Nickname.Near(newcomer.Nickname, IsFree, 2) : null);

    private bool IsFree(string name) => !_state.Skeletons.ContainsKey(Nickname.Skeleton(name));

    private string WhyRemoved(int seat) => _banned.Contains(seat) ? Refusals.Banned : Refusals.Removed;

    private GivenAnswer? Authored(GivenAnswer shown) =>
        _state.Current is { } round && round.Takes(shown) ? round.Presentation.ToAuthored(shown) : null;

    private void NotePresence()
    {
        if (_presence.Recount(_hosts.Observers.ContainsKey)) TellHostsSoon();
    }

    private async Task<Receipt> ConfirmAsync(AnswerTaken taken)
    {
        var stored = await _answers.StoreAsync(taken);
        _unconfirmed.Remove(taken.Seat);
        if (stored is Stored.Yes { Answer: var kept })
        {
            // What is stored is what counts, also where an earlier try had been committed without a reply.
            if (kept != taken) _state = GameRules.Evolve(_state, kept);
            TellThatTimeMoved();
            TellHostsSoon();
            return new Receipt(true, Mine: GameScreens.Mine(_state, _state.Setup.Round(kept.Round), new RoundAnswer(kept.Answer, kept.At, kept.Credit)));
        }

        // The seat is free again: whoever was not told "received" may answer once more.
        _state = GameRules.Release(_state, taken);
        Leave(stored is Stored.NotOwner ? "has a new owner" : "may hold answers that were not confirmed");
        return new Receipt(false, Refusals.TryAgain);
    }

    private async Task<bool> TryWriteAsync(Func<Task<bool>> write)
    {
        try
        {
            if (await write()) return true;
            Leave("has a new owner");
        }
        catch (NpgsqlException fault)
        {
            log.LogError(fault, "Game {Game} could not be written", this.GetPrimaryKey());
            Leave("may hold a write whose reply was lost");
        }

        return false;
    }

    // What is stored is not what this grain knows: the next call starts a grain that takes over and loads it.
    private void Leave(string why)
    {
        if (_isLeaving) return;
        _isLeaving = true;
        log.LogWarning("Game {Game} {Why}; epoch {Epoch} stops writing", this.GetPrimaryKey(), why, _game!.Epoch);
        DeactivateOnIdle();
    }

    private void RankBySeat() => _standing = _state.Standings.ToImmutableDictionary(s => s.Seat);

    private PersonalView PersonalOf(int seat) => GameScreens.Personal(_state, seat, _standing.GetValueOrDefault(seat), isConfirmed: !_unconfirmed.ContainsKey(seat));

    private void TellHostsSoon()
    {
        if (_hostsWait) return;
        _hostsWait = true;
        SetAlarm();
    }

    // The clock on every screen is right again: the last answer is in, or a newcomer is given the whole time.
    private void TellThatTimeMoved()
    {
        if (_unconfirmed.Count == 0 && _state.PhaseEnds != _endsTold) Tell(publicly: true);
    }

    private void Tell(bool publicly, IEnumerable<int>? changed = null)
    {
        _hostsWait = false;
        _version++;
        if (publicly) _endsTold = _state.PhaseEnds;
        Tell(Notice(publicly, changed));
    }

    private GameNotice Notice(bool publicly, IEnumerable<int>? changed)
    {
        var now = Now;
        var personal = changed?.ToDictionary(seat => seat, PersonalOf);
        return new GameNotice(
            _version,
            publicly ? GameScreens.Public(_game!, _state, now, _version) : null,
            personal is { Count: > 0 } ? personal : null,
            HostSees(HostScreen.Projector),
            HostSees(HostScreen.Remote));
    }

    // What a room typed is read by all of it; the host alone sees it as it is.
    private HostView HostSees(HostScreen screen)
    {
        var view = GameScreens.Host(_game!, _state, InRoom, Now, _version, screen);
        return screen == HostScreen.Projector && view.Reveal is { Typed: { } typed } reveal ? view with { Reveal = reveal with { Typed = words.Hide(typed) } } : view;
    }

    private void Tell(GameNotice notice) => _hosts.Notify(host => { _ = host.Hear(new Immutable<GameNotice>(notice)); });

    private void SetAlarm()
    {
        _alarm?.Dispose();
        if (_isLeaving) return;
        var next = new[]
        {
            IsTimed ? _state.ClosesAt - Now : null,
            IsTimed ? ElapsedEvery : null,
            _hostsWait ? HostsHearEvery : null,
        }.Min();
        // What is overdue has just failed: it is tried again, but not at once.
        if (next is { } wait) _alarm = clock.After(wait > TimeSpan.Zero ? wait : RetryAfter, () => _self.Ring().Ignore());
    }
}
