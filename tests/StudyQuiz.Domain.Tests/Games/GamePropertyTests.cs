using System.Text.Json;
using CsCheck;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Tests.Games;

/// <summary>Whatever order people and the clock act in, these hold.</summary>
public sealed class GamePropertyTests
{
    // A step is who or what acts, how long after the last step, and a small number that the act uses as it likes.
    private static readonly Gen<(int Act, int Milliseconds, int Number)[]> _steps =
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 9000], Gen.Int[0, 7]).Array[0, 80];

    [Fact]
    public void A_game_rebuilt_from_what_is_stored_is_the_game_that_was_played() => _steps.Sample(steps =>
    {
        var game = Playing.Game(rounds: 3, seats: 2);
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
            5 or 6 => new Tick(),
            _ => new GiveAnswer(step.Number, Math.Max(1, game.State.Round - (step.Act == 9 ? 1 : 0)), new Chosen([step.Number % 3])),
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
    });
}
