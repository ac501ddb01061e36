using System.Collections.Immutable;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Games;

/// <summary>Where a seat stands after a closed round.</summary>
/// <remarks>
/// What an answer earns is told by <see cref="GameScoring"/>. Equal points are ordered by <see cref="Time"/>, and equal times share a rank,
/// listed by seat number.
/// </remarks>
/// <param name="Points">Sum over the closed rounds; never below 0.</param>
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
    /// <summary>The standing, best first, when the running round closes with the answers it has.</summary>
    internal static ImmutableArray<Standing> After(GameState state)
    {
        var round = state.Current!;
        var before = state.Before.ToDictionary(s => s.Seat);
        // A seat that joined late owes the full time of the rounds it was not there for, as if it had been silent.
        var missed = state.Setup.Rounds.Take(round.Number - 1).Where(r => r.IsScored && !state.IsVoid(r.Number)).Aggregate(TimeSpan.Zero, (sum, r) => sum + r.Open);
        if (state.IsVoid(round.Number)) return Ranked(state.Seats.Keys.Select(seat => Unchanged(Had(seat))));
        var graded = state.Seats.Keys.Select(seat => Graded.Of(state, round, seat)).ToList();
        var places = state.Setup.Options.Scoring == ScoringMode.Rank ? PlacesOf(graded, state.Setup.Options) : [];
        return Ranked(graded.Select(one => Add(Had(one.Seat), one, places.GetValueOrDefault(one.Time, 1), round, state.Setup.Options)));

        Standing Had(int seat) => before.GetValueOrDefault(seat) ?? Newcomer(seat, missed);
    }

    /// <summary>Best first; equal points and times share a rank, listed by seat number.</summary>
    internal static ImmutableArray<Standing> Ranked(IEnumerable<Standing> standings)
    {
        var ordered = standings.OrderByDescending(s => s.Points).ThenBy(s => s.Time).ThenBy(s => s.Seat).ToList();
        var ranked = ImmutableArray.CreateBuilder<Standing>(ordered.Count);
        for (var i = 0; i < ordered.Count; i++)
        {
            var tied = i > 0 && ordered[i].Points == ordered[i - 1].Points && ordered[i].Time == ordered[i - 1].Time;
            ranked.Add(ordered[i] with { Rank = tied ? ranked[i - 1].Rank : i + 1 });
        }

        return ranked.MoveToImmutable();
    }

    private static Standing Newcomer(int seat, TimeSpan missed) => new(seat, 0, 0, missed, 0, 0, Outcome.Unanswered, 0, null);

    // A round that counts for nobody breaks no streak and costs no time.
    private static Standing Unchanged(Standing before) =>
        before with { Gain = 0, Outcome = Outcome.Unanswered, PreviousRank = before.Rank == 0 ? null : before.Rank };

    private static Standing Add(Standing before, Graded graded, int place, GameRound round, GameOptions options)
    {
        var right = graded.Verdict.Outcome == Outcome.Right;
        var streak = right ? before.Streak + 1 : 0;
        var share = round.Open > TimeSpan.Zero ? (decimal)graded.Time.Ticks / round.Open.Ticks : 0;
        var points = Math.Max(0, before.Points + GameScoring.Gain(options, round.Points, graded.Verdict, share, place, streak));
        return before with
        {
            Points = points,
            Rights = before.Rights + (right ? 1 : 0),
            Time = before.Time + graded.Time,
            Streak = streak,
            Gain = points - before.Points,
            Outcome = graded.Verdict.Outcome,
            PreviousRank = before.Rank == 0 ? null : before.Rank,
        };
    }

    // By time: how many of those that earn something were faster, and one more.
    private static Dictionary<TimeSpan, int> PlacesOf(IEnumerable<Graded> graded, GameOptions options)
    {
        var places = new Dictionary<TimeSpan, int>();
        var faster = 0;
        foreach (var together in graded.Where(one => GameScoring.Credit(options, one.Verdict) > 0).GroupBy(one => one.Time).OrderBy(group => group.Key))
        {
            places[together.Key] = faster + 1;
            faster += together.Count();
        }

        return places;
    }

    /// <param name="Time">What counts of the time it took.</param>
    private readonly record struct Graded(int Seat, Verdict Verdict, TimeSpan Time)
    {
        public static Graded Of(GameState state, GameRound round, int seat)
        {
            var answer = state.Answers.GetValueOrDefault(seat);
            return new Graded(seat, Grading.Grade(round.Question!, answer?.Answer), answer is null ? round.Open : Taken(state, round, seat, answer));
        }

        // Less the way through the network; on the round's scale where the seat has extra time; no longer than the round.
        private static TimeSpan Taken(GameState state, GameRound round, int seat, RoundAnswer answer)
        {
            var taken = (answer.At - state.OpenedAt - answer.Credit) * (100.0 / (100 + state.ExtraOf(seat)));
            return taken < TimeSpan.Zero ? TimeSpan.Zero : taken > round.Open ? round.Open : taken;
        }
    }
}
