using System.Collections.Immutable;
using System.Globalization;

namespace StudyQuiz.Domain.Scheduling;

/// <summary>The 21 weights of FSRS-6, w0 to w20: what is fitted to a learner's own reviews.</summary>
public sealed class FsrsWeights
{
    public const int Count = 21;

    private const double MostShortTerm = 2;

    private FsrsWeights(ImmutableArray<double> values) => Values = values;

    /// <summary>Fitted to the public collection of reviews by the authors of FSRS (ts-fsrs 5.4.2).</summary>
    public static FsrsWeights Default { get; } = new(
    [
        0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
        1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
    ]);

    public ImmutableArray<double> Values { get; }

    /// <returns>The weights; or in one line what is wrong with the numbers.</returns>
    public static (FsrsWeights? Weights, string? Problem) Of(IReadOnlyList<double> values)
    {
        if (values.Count != Count) return (null, string.Create(CultureInfo.InvariantCulture, $"FSRS-6 has {Count} weights, here are {values.Count}."));
        for (var i = 0; i < Count; i++)
            if (!double.IsFinite(values[i])) return (null, string.Create(CultureInfo.InvariantCulture, $"Weight w{i} is no finite number."));
        return (new FsrsWeights([.. values]), null);
    }

    /// <summary>The weights as the model uses them with steps within a day and one relearning step, which is the default.</summary>
    public FsrsWeights WithinRanges() => new(Clipped(shortTerm: true, relearningSteps: 1));

    /// <summary>
    /// The weights within the ranges in which the formulas behave, as ts-fsrs and fsrs-rs clip them. With several relearning steps
    /// w17·w18 is bounded so that one lapse with all its steps doesn't leave a memory stronger than it was.
    /// </summary>
    internal ImmutableArray<double> Clipped(bool shortTerm, int relearningSteps)
    {
        var most = MostShortTerm;
        if (relearningSteps > 1)
        {
            var (w11, w13, w14) = (Math.Clamp(Values[11], 0.001, 5), Math.Clamp(Values[13], 0.001, 0.9), Math.Clamp(Values[14], 0, 4));
            var left = -(Math.Log(w11) + Math.Log(Math.Pow(2, w13) - 1) + w14 * 0.3) / relearningSteps;
            most = Math.Clamp(Fsrs.Rounded(Math.Sqrt(Math.Max(left, 0))), 0.01, MostShortTerm);
        }

        ReadOnlySpan<(double Least, double Most)> ranges =
        [
            (0.001, 100), (0.001, 100), (0.001, 100), (0.001, 100),
            (1, 10), (0.001, 4), (0.001, 4), (0.001, 0.75),
            (0, 4.5), (0, 0.8), (0.001, 3.5),
            (0.001, 5), (0.001, 0.25), (0.001, 0.9), (0, 4),
            (0, 1), (1, 6),
            (0, most), (0, most), (shortTerm ? 0.01 : 0, 0.8),
            (0.1, 0.8),
        ];
        var clipped = ImmutableArray.CreateBuilder<double>(Count);
        for (var i = 0; i < Count; i++) clipped.Add(Math.Clamp(Values[i], ranges[i].Least, ranges[i].Most));
        return clipped.MoveToImmutable();
    }
}
