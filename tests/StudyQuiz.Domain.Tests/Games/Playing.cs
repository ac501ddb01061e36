using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Tests.Games;

/// <summary>Drives a game the way its grain does: decide, then fold what was decided, keeping what would be stored.</summary>
internal sealed class Playing
{
    private readonly List<GameEvent> _events = [];

    private readonly GameSetup _setup;

    private Playing(GameSetup setup) => (_setup, State) = (setup, GameState.Opened(setup));

    public GameState State { get; private set; }

    public TimeSpan Now { get; private set; } = TimeSpan.FromSeconds(1);

    public static Playing Game(int rounds = 2, int seats = 3, bool lateJoin = true, int seatCap = 100) =>
        Game([.. Enumerable.Range(1, rounds).Select(Round)], new GameOptions { SeatCap = seatCap, LateJoin = lateJoin }, seats);

    public static Playing Game(GameOptions options, int rounds = 2, IReadOnlyList<RosterEntry>? roster = null) =>
        Game([.. Enumerable.Range(1, rounds).Select(Round)], options, seats: 0, roster);

    public static Playing Game(IReadOnlyList<GameRound> rounds, GameOptions? options = null, int seats = 3, IReadOnlyList<RosterEntry>? roster = null)
    {
        var playing = new Playing(new GameSetup(rounds, options ?? new GameOptions()) { Roster = roster ?? [] });
        for (var seat = 1; seat <= seats; seat++) playing.Do(new TakeSeat($"甲{seat}号"));
        return playing;
    }

    /// <summary>A round whose option 0 is right, as the author counts.</summary>
    public static GameRound Round(int number)
    {
        var question = new SingleChoice
        {
            Stem = "哪一项是对的？",
            Explanation = "文中如此。",
            Evidence = [new Evidence("P01", "文中如此")],
            Difficulty = 1,
            Options = [new Option("对", true), new Option("错一", false), new Option("错二", false)],
        };
        return new GameRound(number, question, Presentation.Of(question, number), GameTiming.Reading(question), GameTiming.Open(question));
    }

    /// <summary>Time passes; game time with it, unless it stands still.</summary>
    public Playing Wait(double seconds) => Wait(TimeSpan.FromSeconds(seconds));

    public Playing Wait(TimeSpan time)
    {
        if (!State.IsPaused) Now += time;
        return this;
    }

    public void Until(TimeSpan moment) => Now = moment;

    public Decision Try(GameCommand command)
    {
        var decision = GameRules.Decide(State, command, Now);
        if (decision is Decision.Accepted accepted)
        {
            _events.AddRange(accepted.Events);
            State = accepted.Events.Aggregate(State, GameRules.Evolve);
        }

        return decision;
    }

    public Playing Do(GameCommand command)
    {
        Assert.IsType<Decision.Accepted>(Try(command));
        return this;
    }

    public Playing GoOn() => Do(new Advance(State.Phase, State.Round));

    public Playing UntilOpen()
    {
        while (State.Phase != GamePhase.Open) GoOn();
        return this;
    }

    public Playing Answer(int seat, int option) => Do(new GiveAnswer(seat, State.Round, new Chosen([option])));

    /// <summary>Does what the host of the phase that runs would.</summary>
    public Playing Lead(Func<GamePhase, int, PhaseCommand> command) => Do(command(State.Phase, State.Round));

    public GameRefusal RefusedLead(Func<GamePhase, int, PhaseCommand> command) => Refused(command(State.Phase, State.Round));

    public GameRefusal Refused(GameCommand command) => Assert.IsType<Decision.Refused>(Try(command)).Why;

    /// <summary>The same game, rebuilt from what a database holds of it: names and consents are written over the seat's own row.</summary>
    public GameState Rebuilt()
    {
        var journal = new List<GameEvent>();
        var seats = new Dictionary<int, (SeatTaken Taken, int? After)>();
        foreach (var happened in _events)
        {
            switch (happened)
            {
                case SeatTaken taken: seats[taken.Seat.Number] = (taken, journal.Count); break;
                case SeatRenamed renamed: Restore(renamed.Seat, seat => seat with { Nickname = renamed.Nickname, IsHidden = false }); break;
                case SeatApproved approved: Restore(approved.Seat, seat => seat with { IsHidden = false }); break;
                case AnswerTaken: break;
                default: journal.Add(happened); break;
            }
        }

        return GameRules.Rebuild(_setup, journal, seats.Values, _events.OfType<AnswerTaken>().ToLookup(a => a.Round));

        void Restore(int number, Func<Seat, Seat> change) =>
            seats[number] = (seats[number].Taken with { Seat = change(seats[number].Taken.Seat) }, seats[number].After);
    }
}
