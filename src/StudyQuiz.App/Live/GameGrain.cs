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
internal sealed class GameGrain(GameLoading loading, GameJournal journal, GameReviews reviews, Clock clock, ILogger<GameGrain> log) : Grain, IGameGrain
{
    private static readonly TimeSpan ElapsedEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan HostsHearEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan SubscriptionLapses = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StaysUp = TimeSpan.FromHours(4);

    private readonly ObserverManager<IGameObserver> _hosts = new(SubscriptionLapses, log);
    private readonly Dictionary<string, int> _seatByToken = new(StringComparer.Ordinal);
    private readonly Dictionary<int, Task<Receipt>> _unconfirmed = [];
    private ImmutableDictionary<int, Standing> _standing = ImmutableDictionary<int, Standing>.Empty;
    private StoredGame? _game;
    private GameState _state = null!;
    private AnswerBatch _answers = null!;
    private IGameGrain _self = null!;
    private TimeSpan _elapsedAtStart;
    private TimeSpan _elapsedNoted;
    private long _started;
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
        _elapsedAtStart = _elapsedNoted = _game.Elapsed;
        _started = clock.Timestamp;
        foreach (var (token, seat) in _game.Tokens) _seatByToken[token] = seat;
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

    public async Task<Seated> TakeSeat(string nickname, byte[] tokenHash, Guid? learner, int? team = null)
    {
        if (_game is null) return new Seated(Refusal: Refusals.UnknownGame);
        var token = Convert.ToHexString(tokenHash);
        if (_seatByToken.TryGetValue(token, out var had)) return new Seated(had, _state.Seats[had].Nickname);
        if (_isLeaving) return new Seated(Refusal: Refusals.TryAgain);

        switch (GameRules.Decide(_state, new TakeSeat(nickname) { Team = team }, Now))
        {
            case Decision.Refused refused:
                return new Seated(Refusal: Refusals.Name(refused.Why));
            case Decision.Accepted { Events: [SeatTaken taken] }:
                if (!await TryWriteAsync(() => journal.SeatAsync(_game.Id, _game.Epoch, taken, tokenHash, learner)))
                {
                    return new Seated(Refusal: Refusals.TryAgain);
                }

                _state = GameRules.Evolve(_state, taken);
                _seatByToken[token] = taken.Seat.Number;
                TellThatTimeMoved();
                TellHostsSoon();
                return new Seated(taken.Seat.Number, taken.Seat.Nickname);
            default:
                throw new InvalidOperationException("Taking a seat is one event or a refusal.");
        }
    }

    public async Task<PlayerAttached> AttachPlayer(byte[] tokenHash, Guid attachment)
    {
        if (_game is null) return new PlayerAttached(Refusal: Refusals.UnknownGame);
        if (!_seatByToken.TryGetValue(Convert.ToHexString(tokenHash), out var seat)) return new PlayerAttached(Refusal: Refusals.NoSeat);

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
        : new HostAttached(GameScreens.Host(_game, _state, Confirmed, Now, _version, screen)));

    public Task<HostAttached> Watch() => Task.FromResult(
        _game is null ? new HostAttached(Refusal: Refusals.UnknownGame) : new HostAttached(GameScreens.Host(_game, _state, Confirmed, Now, _version, HostScreen.Projector)));

    public Task<Done> Advance(Guid account, GamePhase seenPhase, int seenRound) =>
        CommandAsync(account, new Advance(seenPhase, seenRound));

    public Task<Done> Abort(Guid account) => CommandAsync(account, new Abort());

    public Task<Invitation?> Invite() => Task.FromResult(
        _game is null || _state.IsOver ? null : new Invitation(_game.Title, _state.Seats.Count) { Teams = _state.Setup.Options.Teams == TeamMode.Chosen ? Teams.NamesOf(_state.Setup.Options) : [] });

    public Task Subscribe(IGameObserver observer)
    {
        var isNew = !_hosts.Observers.ContainsKey(observer);
        _hosts.Subscribe(observer, observer);
        // After a change of owner the screens have not asked for anything: the new owner shows them where the game is.
        if (isNew && _game is not null) _ = observer.Hear(new Immutable<GameNotice>(Notice(publicly: true, everybody: true)));
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

    private TimeSpan Now => GameTime.Whole(_elapsedAtStart + clock.Since(_started));

    private bool IsTimed => _state.PhaseEnds is not null;

    private async Task<Done> CommandAsync(Guid account, GameCommand command)
    {
        if (_game is null) return new Done(Refusals.UnknownGame);
        if (_game.HostId != account) return new Done(Refusals.NotYours);
        return await CarryOutAsync(command);
    }

    private async Task<Done> CarryOutAsync(GameCommand command)
    {
        var decision = GameRules.Decide(_state, command, Now);
        if (decision is Decision.Refused refused) return new Done(Refusals.Name(refused.Why));

        var events = ((Decision.Accepted)decision).Events;
        if (events.Count == 0) return new Done();
        _closing = events.Any(e => e is RoundClosed or GameAborted);
        try
        {
            if (_closing) await Task.WhenAll(_unconfirmed.Values);
            if (_isLeaving || !await TryWriteAsync(() => journal.AppendAsync(_game!.Id, _game.Epoch, _journaled, events, clock.Now)))
            {
                return new Done(Refusals.TryAgain);
            }

            _journaled += events.Count;
            _state = events.Aggregate(_state, GameRules.Evolve);
            if (_state.IsOver) reviews.Wake();
        }
        finally
        {
            _closing = false;
        }

        RankBySeat();
        Tell(publicly: true);
        SetAlarm();
        return new Done();
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

    private void Tell(bool publicly)
    {
        _hostsWait = false;
        _version++;
        if (publicly) _endsTold = _state.PhaseEnds;
        // Personal parts change for everybody at a close; a running round's answers are known to their own app host.
        Tell(Notice(publicly, everybody: publicly && (_state.Phase is GamePhase.Closed or GamePhase.Aborted)));
    }

    private GameNotice Notice(bool publicly, bool everybody)
    {
        var now = Now;
        return new GameNotice(
            _version,
            publicly ? GameScreens.Public(_game!, _state, now, _version) : null,
            everybody ? _state.Seats.Keys.ToDictionary(seat => seat, PersonalOf) : null,
            GameScreens.Host(_game!, _state, Confirmed, now, _version, HostScreen.Projector),
            GameScreens.Host(_game!, _state, Confirmed, now, _version, HostScreen.Remote));
    }

    private void Tell(GameNotice notice) => _hosts.Notify(host => { _ = host.Hear(new Immutable<GameNotice>(notice)); });

    private void SetAlarm()
    {
        _alarm?.Dispose();
        if (_isLeaving) return;
        var next = new[]
        {
            _state.ClosesAt - Now,
            IsTimed ? ElapsedEvery : null,
            _hostsWait ? HostsHearEvery : null,
        }.Min();
        // What is overdue has just failed: it is tried again, but not at once.
        if (next is { } wait) _alarm = clock.After(wait > TimeSpan.Zero ? wait : RetryAfter, () => _self.Ring().Ignore());
    }
}
