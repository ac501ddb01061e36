using System.Collections.Immutable;
using Npgsql;
using Orleans.Utilities;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Live;

/// <summary>
/// The shell around a game's rules: reads the clock, asks <see cref="GameRules"/>, journals, then tells the app hosts.
/// Nothing is shown to anyone that is not committed.
/// </summary>
internal sealed partial class GameGrain(GameLoading loading, GameJournal journal, GameReviews reviews, NameRules words, LiveMetrics metrics, Clock clock, ILogger<GameGrain> log) : Grain, IGameGrain
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
    private ImmutableArray<Standing> _ranked = [];
    private Dictionary<int, Standing> _standing = [];
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

        metrics.TookOver();
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
        _answers = new AnswerBatch(CommitAsync, log);
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

    public async Task<bool> Withdraw(int[] rounds)
    {
        if (_game is null) return false;
        var before = _state.Fixes;
        return await CarryOutAsync(new WithdrawRounds(rounds)) is { Refusal: null } && _state.Fixes != before;
    }

    public Task<ImpactView?> Preview(Guid account, GivenAnswer key) => Task.FromResult(
        _game?.HostId == account && _state.Phase == GamePhase.Closed && Authored(key) is { } authored && GameRules.Impact(_state, authored) is var (up, down)
            ? new ImpactView(up, down)
            : null);

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
            if (_isLeaving) return new Done(Refusals.TryAgain);
            var write = TryWriteAsync(() => WriteAsync(events));
            // No answer can come in between any more: a room is graded while the disk writes, and told of it after that
            var closed = _closing ? After(events) : null;
            if (!await write) return new Done(Refusals.TryAgain);
            _state = closed ?? After(events);
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

    private GameState After(IReadOnlyList<GameEvent> events) => events.Aggregate(_state, GameRules.Evolve);

    private Task<IReadOnlyList<AnswerTaken>?> CommitAsync(IReadOnlyList<AnswerTaken> answers)
    {
        metrics.Committed(answers.Count);
        return journal.AnswersAsync(_game!.Id, _game.Epoch, answers);
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

    private GivenAnswer? Authored(GivenAnswer shown) =>
        _state.Current is { } round && round.Takes(shown) ? round.Presentation.ToAuthored(shown) : null;

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
