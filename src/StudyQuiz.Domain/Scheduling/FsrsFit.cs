using System.Runtime.InteropServices;

namespace StudyQuiz.Domain.Scheduling;

/// <summary>What fitting weights to a log came to.</summary>
/// <param name="Weights">Fitted to the earlier part of the log; the present ones where there was too little to fit.</param>
/// <param name="Reviews">Counted reviews of the whole log: see <see cref="FsrsFit"/>.</param>
/// <param name="HeldOut">How many of them, the latest, were kept from the fit to judge it.</param>
/// <param name="Before">Mean log loss (natural logarithm) of the present weights on the held-out reviews; NaN where nothing was fitted.</param>
/// <param name="After">The same of <paramref name="Weights"/>.</param>
/// <param name="IsBetter">Whether the weights are worth keeping: the held-out loss falls by more than its standard error.</param>
public sealed record FsrsFitResult(FsrsWeights Weights, int Reviews, int HeldOut, double Before, double After, bool IsBetter);

/// <summary>
/// Fits the weights of FSRS-6 to a learner's own log. Counted are reviews on a later day than the card's last answer: the first one has
/// nothing to predict, and repeats within a day say little. The log is cut by time: weights are fitted to the first four fifths of the
/// counted reviews and judged by the last fifth, as they will be used, for what comes later.
/// </summary>
/// <remarks>
/// Sought is the least of the log loss plus ½·Σ((w − default)/σ)², with the deviations σ of learners' weights that fsrs-rs uses; for w0 to w3,
/// which are days, ln w in place of w and σ = 1. So few reviews move the weights little. The way there is Adam (Kingma and Ba, 2015) over
/// batches of whole cards with a falling step; gradients are central differences of the very model that schedules. The same log and seed
/// give the same weights.
/// </remarks>
public static class FsrsFit
{
    /// <summary>
    /// The least counted reviews. Below it the held-out fifth is fewer than 80 reviews, on which the loss of one set of weights is uncertain
    /// by more than what fitting usually gains.
    /// </summary>
    public const int LeastReviews = 400;

    /// <summary>The most counted reviews that are used: of a longer log whole cards, by chance, until there are as many.</summary>
    public const int MostReviews = 50_000;

    private const int Epochs = 8;
    private const int BatchReviews = 512;
    private const int LeastSteps = 60;
    private const double StepSize = 0.06;
    private const double LeastProbability = 1e-5;
    private const int LogWeights = 4;

    private static readonly double[] _deviations =
    [
        1, 1, 1, 1, 0.57, 0.28, 0.6, 0.12, 0.39, 0.18, 0.33, 0.3, 0.09, 0.16, 0.57, 0.25, 1.03, 0.31, 0.32, 0.14, 0.27,
    ];

    /// <param name="cards">The answers of each card that count, in their order: <see cref="ReviewLog.Effective"/>.</param>
    /// <param name="seed">Of the order of the batches.</param>
    /// <param name="present">The weights that the learner has, which the fitted ones must beat; null for the defaults.</param>
    /// <param name="progress">Hears how much is done, 0 to 1.</param>
    public static FsrsFitResult Run(
        IReadOnlyList<IReadOnlyList<Review>> cards, long seed, FsrsWeights? present = null, IProgress<double>? progress = null, CancellationToken stop = default)
    {
        present ??= FsrsWeights.Default;
        var reviews = cards.Sum(Counted);
        if (reviews < LeastReviews) return new FsrsFitResult(present, reviews, 0, double.NaN, double.NaN, false);

        var used = Used(cards, seed);
        var times = used.SelectMany(CountedTimes).Order().ToList();
        var cut = times[times.Count * 4 / 5];
        // a log of one moment has no earlier part
        if (times[0] == cut) return new FsrsFitResult(present, reviews, 0, double.NaN, double.NaN, false);
        var fitted = Fitted([.. used.Where(card => CountedTimes(card).Any(at => at < cut))], cut, times.Count(at => at < cut), seed, progress, stop);
        var (before, after) = (Losses(used, present, cut), Losses(used, fitted, cut));
        var gains = before.Zip(after, (one, other) => one - other).ToList();
        var gain = gains.Average();
        var error = Math.Sqrt(gains.Sum(one => (one - gain) * (one - gain)) / Math.Max(1, gains.Count - 1) / gains.Count);
        return new FsrsFitResult(fitted, reviews, gains.Count, before.Average(), after.Average(), gain > error && gain > 1e-9);
    }

    private static int Counted(IReadOnlyList<Review> card)
    {
        var count = 0;
        for (var i = 1; i < card.Count; i++) count += card[i].Day > card[i - 1].Day ? 1 : 0;
        return count;
    }

    private static IEnumerable<DateTimeOffset> CountedTimes(IReadOnlyList<Review> card) =>
        Enumerable.Range(1, Math.Max(0, card.Count - 1)).Where(i => card[i].Day > card[i - 1].Day).Select(i => card[i].At);

    private static List<IReadOnlyList<Review>> Used(IReadOnlyList<IReadOnlyList<Review>> cards, long seed)
    {
        var (used, count) = (new List<IReadOnlyList<Review>>(), 0);
        foreach (var at in Shuffle.Positions(cards.Count, seed))
        {
            if (Counted(cards[at]) is not (> 0 and var more)) continue;
            // a single card may be all there is, however long
            if (count > 0 && count + more > MostReviews) break;
            used.Add(cards[at]);
            count += more;
        }

        return used;
    }

    private static FsrsWeights Fitted(List<IReadOnlyList<Review>> cards, DateTimeOffset cut, int reviews, long seed, IProgress<double>? progress, CancellationToken stop)
    {
        var batches = Batches(cards, cut);
        var steps = Math.Max(LeastSteps, Epochs * batches.Count);
        var (at, mean, square) = (new double[FsrsWeights.Count], new double[FsrsWeights.Count], new double[FsrsWeights.Count]);
        int[] order = [];
        for (var step = 0; step < steps; step++)
        {
            stop.ThrowIfCancellationRequested();
            if (step % batches.Count == 0) order = Shuffle.Positions(batches.Count, Shuffle.Derive(seed, step));
            var batch = batches[order[step % batches.Count]];
            for (var i = 0; i < FsrsWeights.Count; i++)
            {
                var slope = Slope(batch, at, i, cut, stop) + at[i] * batch.Reviews / reviews;
                mean[i] = 0.9 * mean[i] + 0.1 * slope;
                square[i] = 0.999 * square[i] + 0.001 * slope * slope;
            }

            var size = StepSize * 0.5 * (1 + Math.Cos(Math.PI * step / steps));
            for (var i = 0; i < FsrsWeights.Count; i++)
                at[i] -= size * (mean[i] / (1 - Math.Pow(0.9, step + 1))) / (Math.Sqrt(square[i] / (1 - Math.Pow(0.999, step + 1))) + 1e-8);
            at = Clipped(at);
            progress?.Report((step + 1.0) / steps);
        }

        return Weights(at);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Batch(IReadOnlyList<IReadOnlyList<Review>> Cards, int Reviews);

    private static List<Batch> Batches(List<IReadOnlyList<Review>> cards, DateTimeOffset cut)
    {
        var (batches, open, count) = (new List<Batch>(), new List<IReadOnlyList<Review>>(), 0);
        foreach (var card in cards)
        {
            open.Add(card);
            count += CountedTimes(card).Count(at => at < cut);
            if (count < BatchReviews) continue;
            batches.Add(new Batch(open, count));
            (open, count) = ([], 0);
        }

        if (count > 0 || batches.Count == 0) batches.Add(new Batch(open, count));
        return batches;
    }

    private static double Slope(Batch batch, double[] at, int i, DateTimeOffset cut, CancellationToken stop)
    {
        const double By = 1e-3;
        stop.ThrowIfCancellationRequested();
        double Loss(double by)
        {
            var moved = (double[])at.Clone();
            moved[i] += by;
            var fsrs = new Fsrs(Weights(moved));
            var sum = 0.0;
            foreach (var card in batch.Cards) Walk(card, fsrs, (when, loss) => { if (when < cut) sum += loss; });
            return sum;
        }

        return (Loss(By) - Loss(-By)) / (2 * By);
    }

    private static List<double> Losses(List<IReadOnlyList<Review>> cards, FsrsWeights weights, DateTimeOffset from)
    {
        var (losses, fsrs) = (new List<double>(), new Fsrs(weights));
        foreach (var card in cards) Walk(card, fsrs, (at, loss) => { if (at >= from) losses.Add(loss); });
        return losses;
    }

    // The log loss of each counted review: −ln of the probability that the model gave to what happened
    private static void Walk(IReadOnlyList<Review> card, Fsrs fsrs, Action<DateTimeOffset, double> counted)
    {
        var memory = fsrs.First(card[0].Rating);
        for (var i = 1; i < card.Count; i++)
        {
            var days = Math.Max(0, card[i].Day.DayNumber - card[i - 1].Day.DayNumber);
            if (days > 0)
            {
                var recall = Math.Clamp(fsrs.Retrievability(days, memory.Stability), LeastProbability, 1 - LeastProbability);
                counted(card[i].At, -Math.Log(card[i].Rating == Rating.Again ? 1 - recall : recall));
            }

            memory = fsrs.Next(memory, days, card[i].Rating);
        }
    }

    // A place is where the weights are, in deviations from the defaults
    private static FsrsWeights Weights(double[] at) => FsrsWeights.Of([.. at.Select((by, i) => i < LogWeights
        ? FsrsWeights.Default.Values[i] * Math.Exp(by * _deviations[i])
        : FsrsWeights.Default.Values[i] + by * _deviations[i])]).Weights!.WithinRanges();

    private static double[] Clipped(double[] at) => [.. Weights(at).Values.Select((weight, i) => i < LogWeights
        ? Math.Log(weight / FsrsWeights.Default.Values[i]) / _deviations[i]
        : (weight - FsrsWeights.Default.Values[i]) / _deviations[i])];
}
