using System.Text.Json;
using CsCheck;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Quizzes;

namespace StudyQuiz.Domain.Tests.Games;

/// <summary>Whatever order people and the clock act in, these hold.</summary>
public sealed class GamePropertyTests
{
    // A step is who or what acts, how long after the last step, and a small number that the act uses as it likes.
    private static readonly Gen<(int Act, int Milliseconds, int Number)[]> _steps =
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 9000], Gen.Int[0, 7]).Array[0, 80];

    private static readonly Gen<GameOptions> _options = Gen.Select(Gen.Int[0, 2], Gen.Bool, Gen.Bool, Gen.Bool).Select((scoring, streak, penalty, auto) => new GameOptions
    {
        Scoring = (ScoringMode)scoring,
        StreakBonus = streak,
        Penalty = penalty,
        AutoAdvance = auto,
    });

    private static readonly GameRound[] _rounds =
        [Playing.Round(1), GameRound.Of(2, new Poll { Title = "？", Options = ["甲", "乙"] }), Playing.Round(3), GameRound.Of(4, new Slide { Title = "谢谢", Text = "" })];

    [Fact]
    public void A_game_rebuilt_from_what_is_stored_is_the_game_that_was_played() => Gen.Select(_steps, _options).Sample((steps, options) =>
    {
        var game = Playing.Game(_rounds, options, seats: 2);
        foreach (var step in steps) Act(game, step);
        Assert.Equal(Described(game.State), Described(game.Rebuilt()));
    });

    [Fact]
    public void A_seat_answers_a_round_at_most_once_and_only_while_it_is_open() => _steps.Sample(steps =>
    {
        var game = Playing.Game(rounds: 3, seats: 2);
        var answered = new HashSet<(int Round, int Seat)>();
        foreach (var step in steps)
        {
            var before = game.State;
            Act(game, step);
            foreach (var seat in game.State.Answers.Keys.Where(seat => !before.Answers.ContainsKey(seat) || before.Round != game.State.Round))
            {
                Assert.Equal(GamePhase.Open, before.Phase);
                Assert.True(answered.Add((game.State.Round, seat)));
            }
        }
    });

    [Fact]
    public void Rounds_and_phases_never_go_back_and_points_never_fall() => _steps.Sample(steps =>
    {
        var game = Playing.Game(rounds: 3, seats: 2);
        foreach (var step in steps)
        {
            var before = game.State;
            Act(game, step);
            Assert.True((game.State.Round, game.State.Phase).CompareTo((before.Round, before.Phase)) >= 0 || game.State.Phase == GamePhase.Aborted);
            foreach (var standing in before.Standings)
            {
                Assert.True(game.State.Standings.Single(s => s.Seat == standing.Seat).Points >= standing.Points);
            }

            Assert.Equal(game.State.Standings.OrderBy(s => s.Rank).Select(s => s.Rank), game.State.Standings.Select(s => s.Rank));
        }
    });

    private static void Act(Playing game, (int Act, int Milliseconds, int Number) step)
    {
        game.Wait(step.Milliseconds / 1000.0);
        GameCommand command = step.Act switch
        {
            0 => new TakeSeat($"后来{step.Number}"),
            1 or 2 => new Advance(game.State.Phase, game.State.Round),
            3 => new Advance((GamePhase)(step.Number % 6), step.Number % 4),
            4 when step.Number == 0 => new Abort(),
            5 => new Tick(),
            6 => new GiveExtraTime(step.Number, GameTiming.ExtraPercents[step.Milliseconds % 4]),
            _ => new GiveAnswer(
                step.Number, Math.Max(1, game.State.Round - (step.Act == 9 ? 1 : 0)), new Chosen([step.Number % 3]), TimeSpan.FromMilliseconds(step.Milliseconds / 20)),
        };
        game.Try(command);
    }

    private static string Described(GameState state) => JsonSerializer.Serialize(new
    {
        state.Phase,
        state.Round,
        state.PhaseStarted,
        state.PhaseEnds,
        state.OpenedAt,
        Seats = state.Seats.Values.OrderBy(s => s.Number),
        Skeletons = state.Skeletons.Order(StringComparer.Ordinal),
        Answers = state.Answers.OrderBy(a => a.Key),
        state.Standings,
        state.RightsByRound,
        ExtraTime = state.ExtraTime.OrderBy(e => e.Key),
        Quotas = state.Quotas.OrderBy(q => q.Key),
    });
}
