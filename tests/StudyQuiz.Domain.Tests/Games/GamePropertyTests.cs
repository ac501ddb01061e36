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
        Gen.Select(Gen.Int[0, 22], Gen.Int[0, 9000], Gen.Int[0, 7]).Array[0, 80];

    private static readonly Gen<GameOptions> _options = Gen.Select(Gen.Int[0, 2], Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool).Select((scoring, streak, penalty, auto, teams) => new GameOptions
    {
        Scoring = (ScoringMode)scoring,
        StreakBonus = streak,
        Penalty = penalty,
        AutoAdvance = auto,
        Teams = teams ? TeamMode.Balanced : TeamMode.None,
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
    public void Rounds_never_go_back_nor_phases_but_by_reopening() => _steps.Sample(steps =>
    {
        var game = Playing.Game(rounds: 3, seats: 2);
        foreach (var step in steps)
        {
            var before = game.State;
            Act(game, step);
            var isReopened = (before.Phase, game.State.Phase) == (GamePhase.Closed, GamePhase.Open) && before.Round == game.State.Round;
            Assert.True(isReopened || (game.State.Round, game.State.Phase).CompareTo((before.Round, before.Phase)) >= 0 || game.State.Phase == GamePhase.Aborted);
            Assert.Equal(game.State.Standings.OrderBy(s => s.Rank).Select(s => s.Rank), game.State.Standings.Select(s => s.Rank));
        }
    });

    [Fact]
    public void A_simple_model_says_what_is_taken_refused_and_true_afterwards() => _steps.Sample(steps =>
    {
        var (game, model) = (Playing.Game(rounds: 3, seats: 2), new GameModel(rounds: 3, seats: 2));
        foreach (var step in steps)
        {
            game.Wait(TimeSpan.FromMilliseconds(step.Milliseconds));
            model.Wait(TimeSpan.FromMilliseconds(step.Milliseconds));
            // Ways through the network and extra time have tests of their own.
            var command = CommandOf(game, step) is GiveAnswer answer ? answer with { RoundTrip = TimeSpan.Zero } : CommandOf(game, step);
            if (command is GiveExtraTime) continue;
            var refusal = game.Try(command) is Decision.Refused refused ? refused.Why : (GameRefusal?)null;
            Assert.Equal((command, model.Do(command)), (command, refusal));
            Assert.Equal(model.Described(), GameModel.Described(game.State));
        }
    });

    private static void Act(Playing game, (int Act, int Milliseconds, int Number) step)
    {
        game.Wait(TimeSpan.FromMilliseconds(step.Milliseconds));
        game.Try(CommandOf(game, step));
    }

    private static GameCommand CommandOf(Playing game, (int Act, int Milliseconds, int Number) step)
    {
        var (phase, round) = (game.State.Phase, game.State.Round);
        var (act, _, number) = step;
        return act switch
        {
            0 => new TakeSeat($"后来{number}"),
            1 or 2 or 3 => new Advance(phase, round),
            4 => new Advance((GamePhase)(number % 6), number % 4),
            5 when number == 0 => new Abort(phase, round),
            5 or 6 => new Tick(),
            7 => new Pause(phase, round),
            8 => new Resume(phase, round),
            9 => new Extend(phase, round, TimeSpan.FromSeconds(number * 3)),
            10 => new Reopen(phase, round, TimeSpan.FromSeconds(number * 3)),
            11 => number < 2 ? new Skip(phase, round) : new VoidRound(phase, round),
            12 => new CorrectKey(phase, round, new Chosen([number % 4])),
            13 => number == 7 ? new ClearLobby(phase, round) : new RemoveSeat(number, Ban: number % 3 == 1),
            14 => new LockJoining(number == 0),
            15 => new RenameSeat(number, $"改名{number % 3}"),
            16 => new GiveExtraTime(number, GameTiming.ExtraPercents[step.Milliseconds % 4]),
            21 => new MoveSeat(number, step.Milliseconds % 6),
            22 => new BalanceTeams(),
            _ => new GiveAnswer(number, Math.Max(1, round - (act == 20 ? 1 : 0)), new Chosen([number % 3]), TimeSpan.FromMilliseconds(step.Milliseconds / 20)),
        };
    }

    private static string Described(GameState state) => JsonSerializer.Serialize(new
    {
        state.Phase,
        state.Round,
        state.PhaseStarted,
        state.PhaseEnds,
        state.OpenedAt,
        Seats = state.Seats.Values.OrderBy(s => s.Number),
        Banned = state.Banned.Order(StringComparer.Ordinal),
        Skeletons = state.Skeletons.OrderBy(s => s.Key, StringComparer.Ordinal),
        Answers = state.Answers.OrderBy(a => a.Key),
        state.IsPaused,
        state.IsLocked,
        state.LastSeat,
        state.OpenUntil,
        state.Standings,
        state.Before,
        Fixes = state.Fixes.OrderBy(f => f.Key),
        state.Tallies,
        ExtraTime = state.ExtraTime.OrderBy(e => e.Key),
        Quotas = state.Quotas.OrderBy(q => q.Key),
    });
}
