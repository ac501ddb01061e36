using System.Collections.Immutable;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Games;

/// <summary>Where a seat stands after a closed round.</summary>
/// <remarks>
/// Scored by accuracy: a round is worth <see cref="PointsARound"/> times the credit of the answer. Equal points are ordered by
/// <see cref="Time"/>, and equal times share a rank, listed by seat number.
/// </remarks>
/// <param name="Points">Sum over the closed rounds.</param>
/// <param name="Rights">Rounds answered fully right.</param>
/// <param name="Time">Answering time over all closed rounds; a round without an answer counts its full open time, so that silence is never faster.</param>
/// <param name="Streak">Rounds in a row, up to the last, answered fully right.</param>
/// <param name="Gain">Points of the last closed round.</param>
/// <param name="Outcome">The last closed round's verdict in a word.</param>
/// <param name="Rank">Counts from 1.</param>
/// <param name="PreviousRank">Rank after the round before; null where there was none.</param>
public sealed record Standing(
    int Seat, int Points, int Rights, TimeSpan Time, int Streak, int Gain, Outcome Outcome, int Rank, int? PreviousRank)
{
    /// <summary>Points for a fully right answer.</summary>
    public const int PointsARound = 100;

    /// <summary>The standing, best first, when the running round closes with the answers it has.</summary>
    internal static ImmutableArray<Standing> After(GameState state)
    {
        var round = state.Current!;
        var before = state.Standings.ToDictionary(s => s.Seat);
        // A seat that joined late owes the full time of the rounds it was not there for, as if it had been silent.
        var missed = state.Setup.Rounds.Take(round.Number - 1).Aggregate(TimeSpan.Zero, (sum, r) => sum + r.Open);
        var ordered = state.Seats.Values
            .Select(seat => Add(before.GetValueOrDefault(seat.Number) ?? Newcomer(seat.Number, missed), round, state))
            .OrderByDescending(s => s.Points).ThenBy(s => s.Time).ThenBy(s => s.Seat)
            .ToList();

        var ranked = ImmutableArray.CreateBuilder<Standing>(ordered.Count);
        for (var i = 0; i < ordered.Count; i++)
        {
            var tied = i > 0 && ordered[i].Points == ordered[i - 1].Points && ordered[i].Time == ordered[i - 1].Time;
            ranked.Add(ordered[i] with { Rank = tied ? ranked[i - 1].Rank : i + 1 });
        }

        return ranked.MoveToImmutable();
    }

    private static Standing Newcomer(int seat, TimeSpan missed) => new(seat, 0, 0, missed, 0, 0, Outcome.Unanswered, 0, null);

    private static Standing Add(Standing before, GameRound round, GameState state)
    {
        var answer = state.Answers.GetValueOrDefault(before.Seat);
        var verdict = Grading.Grade(round.Question, answer?.Answer);
        var gain = (int)Math.Round(PointsARound * verdict.Credit, MidpointRounding.AwayFromZero);
        var right = verdict.Outcome == Outcome.Right;
        return before with
        {
            Points = before.Points + gain,
            Rights = before.Rights + (right ? 1 : 0),
            Time = before.Time + (answer is null ? round.Open : Taken(answer, round, state)),
            Streak = right ? before.Streak + 1 : 0,
            Gain = gain,
            Outcome = verdict.Outcome,
            PreviousRank = before.Rank == 0 ? null : before.Rank,
        };
    }

    // Clamped: an answer in the grace after the deadline is no slower than the round was long.
    private static TimeSpan Taken(RoundAnswer answer, GameRound round, GameState state)
    {
        var taken = answer.At - state.OpenedAt;
        return taken > round.Open ? round.Open : taken;
    }
}
