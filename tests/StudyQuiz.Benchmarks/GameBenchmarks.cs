using BenchmarkDotNet.Attributes;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Benchmarks;

/// <summary>A full game's rules: what the grain does on one thread while 5,000 phones wait.</summary>
public class GameBenchmarks
{
    private const int Seats = 5000;
    private static readonly TimeSpan _between = TimeSpan.FromTicks(TimeSpan.FromSeconds(2).Ticks / Seats);

    private GameState _lobby = null!;
    private GameState _open = null!;
    private GameState _answered = null!;
    private AnswerTaken[] _answers = [];

    [GlobalSetup]
    public void Prepare()
    {
        var question = new SingleChoice
        {
            Stem = "哪一项是对的？",
            Explanation = "",
            Evidence = [new Evidence("P01", "对")],
            Difficulty = 1,
            Options = [new Option("甲", true), new Option("乙", false), new Option("丙", false), new Option("丁", false)],
        };
        var round = new GameRound(1, question, Presentation.Of(question, 1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(20));
        _lobby = GameState.Opened(new GameSetup([round, round with { Number = 2 }], new GameOptions()));
        var full = Enumerable.Range(1, Seats).Aggregate(_lobby, (state, seat) => GameRules.Evolve(state, new SeatTaken(TimeSpan.Zero, new Seat(seat, $"玩家{seat}"))));
        _open = GameRules.Evolve(GameRules.Evolve(full, new ReadingBegun(TimeSpan.Zero, 1)), new RoundOpened(TimeSpan.Zero, 1));
        _answers = [.. Enumerable.Range(1, Seats).Select(seat => new AnswerTaken(_between * seat, 1, seat, new Chosen([seat % 4])))];
        _answered = _answers.Aggregate(_open, GameRules.Evolve);
    }

    /// <summary>5,000 seats are taken, each name compared with all others.</summary>
    [Benchmark]
    public GameState Join() => Enumerable.Range(1, Seats).Aggregate(_lobby, (state, seat) => Carry(state, new TakeSeat($"玩家{seat}"), TimeSpan.Zero));

    /// <summary>5,000 answers are decided and folded.</summary>
    [Benchmark]
    public GameState Answer() => _answers.Aggregate(_open, (state, answer) => Carry(state, new GiveAnswer(answer.Seat, 1, answer.Answer), answer.At));

    /// <summary>The close: 5,000 answers are graded, points added up and the standing ordered.</summary>
    [Benchmark]
    public GameState Close() => Carry(_answered, new Advance(GamePhase.Open, 1), TimeSpan.FromSeconds(3));

    /// <summary>A new owner folds the stored game again.</summary>
    [Benchmark]
    public GameState Rebuild() => GameRules.Rebuild(
        _lobby.Setup,
        [new ReadingBegun(TimeSpan.Zero, 1), new RoundOpened(TimeSpan.Zero, 1), new RoundClosed(TimeSpan.FromSeconds(3), 1)],
        _open.Seats.Values.Select(seat => (new SeatTaken(TimeSpan.Zero, seat), (int?)0)),
        _answers.ToLookup(answer => answer.Round));

    private static GameState Carry(GameState state, GameCommand command, TimeSpan now) => GameRules.Decide(state, command, now) is Decision.Accepted { Events: [var happened] }
        ? GameRules.Evolve(state, happened)
        : throw new InvalidOperationException($"{command} was refused.");
}
