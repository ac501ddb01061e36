using System.Collections.Immutable;
using Orleans.Concurrency;
using StudyQuiz.Domain.Games;

namespace StudyQuiz.App.Live;

// What screens are shown, who is there to see it, and when they are told.
internal sealed partial class GameGrain
{
    public Task<HostAttached> AttachHost(Guid account, HostScreen screen) => Task.FromResult(
        _game is null ? new HostAttached(Refusal: Refusals.UnknownGame)
        : _game.HostId != account ? new HostAttached(Refusal: Refusals.NotYours)
        : new HostAttached(HostSees(screen)));

    public Task<HostAttached> Watch() => Task.FromResult(
        _game is null ? new HostAttached(Refusal: Refusals.UnknownGame) : new HostAttached(HostSees(HostScreen.Projector)));

    public Task<IReadOnlyList<SeatRow>> FindSeats(Guid account, string text) => Task.FromResult(
        _game?.HostId == account ? SeatRows.Find(_state, InRoom, text) : []);

    public Task Subscribe(IGameObserver observer, int[] present, int projectors)
    {
        var isNew = !_hosts.Observers.ContainsKey(observer);
        _hosts.Subscribe(observer, observer);
        // After a change of owner the screens have not asked for anything: the new owner shows them where the game is.
        if (isNew && _game is not null)
        {
            _ = observer.Hear(new Immutable<GameNotice>(ForPlayers(_state.Seats.Keys)));
            _ = observer.Hear(new Immutable<GameNotice>(ForHosts()));
        }

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

    // Answers that are committed; the others are only reserved.
    private int Confirmed => _state.Answers.Count - _unconfirmed.Count;

    private Room InRoom => new(Confirmed, _presence.Online, _unconfirmed.Keys, _presence.Projectors);

    private void NotePresence()
    {
        if (_presence.Recount(_hosts.Observers.ContainsKey)) TellHostsSoon();
    }

    private void Removed(IReadOnlyList<GameEvent> events)
    {
        var removed = events.OfType<SeatRemoved>().ToList();
        if (removed.Count == 0) return;
        _banned.UnionWith(removed.Where(e => e.Banned).Select(e => e.Seat));
        Tell(new GameNotice(Removed: removed.ToDictionary(e => e.Seat, e => WhyRemoved(e.Seat))));
    }

    // Personal parts change for everybody when a round is graded or opens again; a running round's answers are known to their own app host.
    // A poll or slide brought nothing and took the last result off the screens: the end shows it again.
    private IEnumerable<int> WhoseViewChanges(IReadOnlyList<GameEvent> events)
    {
        if (events.Any(e => e is RoundClosed or RoundSkipped or GameAborted or RoundReopened or RoundVoided or RoundWithdrawn or KeyCorrected or SeatRemoved)) return _state.Seats.Keys;
        if (events is [GameFinished] && _state.Current is { IsScored: false }) return _state.Seats.Keys;
        return events switch
        {
            [SeatRenamed { Seat: var renamed }] => [renamed],
            [SeatApproved { Seat: var approved }] => [approved],
            [ExtraTimeGiven { Seat: var given }] => [given],
            [SeatMoved, ..] => events.OfType<SeatMoved>().Select(moved => moved.Seat),
            _ => [],
        };
    }

    private void RankBySeat()
    {
        // The same array as before: nothing was scored since
        if (_ranked == _state.Standings) return;
        _ranked = _state.Standings;
        _standing = _ranked.ToDictionary(s => s.Seat);
    }

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
        if (publicly)
        {
            _endsTold = _state.PhaseEnds;
            // Told apart from the hosts' part, so that thousands do not wait until that is drawn up
            Tell(ForPlayers(changed ?? []));
        }

        Tell(ForHosts());
    }

    private GameNotice ForPlayers(IEnumerable<int> changed)
    {
        var personal = changed.ToDictionary(seat => seat, PersonalOf);
        return new GameNotice(GameScreens.Public(_game!, _state, Now, _version), personal.Count > 0 ? personal : null);
    }

    private GameNotice ForHosts()
    {
        var projector = GameScreens.Projector(_game!, _state, InRoom, Now, _version);
        return new GameNotice(Projector: Projected(projector), Remote: GameScreens.Remote(projector, _state, InRoom));
    }

    private HostView HostSees(HostScreen screen)
    {
        var projector = GameScreens.Projector(_game!, _state, InRoom, Now, _version);
        return screen == HostScreen.Projector ? Projected(projector) : GameScreens.Remote(projector, _state, InRoom);
    }

    // What a room typed is read by all of it; the host alone sees it as it is.
    private HostView Projected(HostView view) => view.Reveal is { Typed: { } typed } reveal ? view with { Reveal = reveal with { Typed = words.Hide(typed) } } : view;

    private void Tell(GameNotice notice) => _hosts.Notify(host => { _ = host.Hear(new Immutable<GameNotice>(notice)); });
}
