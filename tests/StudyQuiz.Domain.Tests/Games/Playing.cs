using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Tests.Games;

/// <summary>Drives a game the way its grain does: decide, then fold what was decided, keeping what would be stored.</summary>
internal sealed class Playing
{
    private readonly List<GameEvent> _events = [];

    private Playing(GameSetup setup) => State = GameState.Opened(setup);

    public GameState State { get; private set; }

    public TimeSpan Now { get; private set; } = TimeSpan.FromSeconds(1);

    public static Playing Game(int rounds = 2, int seats = 3, bool lateJoin = true, int seatCap = 100) =>
        Game([.. Enumerable.Range(1, rounds).Select(Round)], new GameOptions { SeatCap = seatCap, LateJoin = lateJoin }, seats);

    public static Playing Game(IReadOnlyList<GameRound> rounds, GameOptions? options = null, int seats = 3)
    {
        var playing = new Playing(new GameSetup(rounds, options ?? new GameOptions()));
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

    public Playing Wait(double seconds)
    {
        Now += TimeSpan.FromSeconds(seconds);
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

    public GameRefusal Refused(GameCommand command) => Assert.IsType<Decision.Refused>(Try(command)).Why;

    /// <summary>The same game, rebuilt from what a database holds of it.</summary>
    public GameState Rebuilt() => GameRules.Rebuild(
        State.Setup,
        _events.Where(e => e is not (SeatTaken or AnswerTaken)),
        _events.OfType<SeatTaken>(),
        _events.OfType<AnswerTaken>().ToLookup(a => a.Round));
}
