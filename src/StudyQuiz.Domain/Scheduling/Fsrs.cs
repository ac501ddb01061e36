using System.Collections.Immutable;

namespace StudyQuiz.Domain.Scheduling;

/// <summary>
/// The memory model FSRS-6: how stability and difficulty change with an answer, and how recall falls between answers. Formulas and
/// bounds are those that the open-spaced-repetition project publishes and its ts-fsrs 5.4.2 computes; as there, results are rounded to
/// eight decimals, so that a state that was stored by one program goes on in another.
/// </summary>
/// <param name="weights">A learner's, or the defaults.</param>
/// <param name="shortTerm">Whether answers on the same day count by the short-term formula; off where there are no steps.</param>
/// <param name="relearningSteps">How many relearning steps there are: they bound the short-term weights.</param>
public sealed class Fsrs(FsrsWeights weights, bool shortTerm = true, int relearningSteps = 1)
{
    /// <summary>The least stability, in days.</summary>
    public const double LeastStability = 0.001;

    /// <summary>The greatest stability, in days: a hundred years.</summary>
    public const double GreatestStability = 36_500;

    private const double LeastFirstStability = 0.1;

    private readonly ImmutableArray<double> _w = weights.Clipped(shortTerm, relearningSteps);

    // F, chosen so that recall is 90% when as many days as the stability have gone by
    private readonly double _factor = Rounded(Math.Exp(Math.Log(0.9) / -weights.Clipped(shortTerm, relearningSteps)[20]) - 1);

    /// <summary>The weights that it computes with: those given, within the ranges in which the formulas behave.</summary>
    public IReadOnlyList<double> Weights => _w;

    /// <summary>The probability of recall, 0 to 1: R(t) = (1 + F·t/S)^−w20.</summary>
    /// <param name="days">Since the last answer.</param>
    public double Retrievability(double days, double stability) => Rounded(Math.Pow(1 + _factor * days / stability, -_w[20]));

    /// <summary>The days, not rounded, after which recall has fallen to what is desired: S/F·(r^(−1/w20) − 1).</summary>
    /// <param name="desiredRetention">Above 0, below 1.</param>
    public double Interval(double stability, double desiredRetention) => stability * Rounded((Math.Pow(desiredRetention, -1 / _w[20]) - 1) / _factor);

    /// <summary>The memory after the first answer.</summary>
    public Memory First(Rating rating) => new(Math.Max(_w[(int)rating - 1], LeastFirstStability), Math.Clamp(FirstDifficulty(rating), 1, 10));

    /// <summary>The memory after a further answer.</summary>
    /// <param name="days">Study days since the last one, 0 or more.</param>
    public Memory Next(Memory memory, int days, Rating rating)
    {
        var recall = Retrievability(days, memory.Stability);
        var stability =
            days == 0 && shortTerm ? SameDay(memory.Stability, rating)
            : rating == Rating.Again ? Forgotten(memory, recall)
            : Recalled(memory, recall, rating);
        return new Memory(stability, NextDifficulty(memory.Difficulty, rating));
    }

    /// <summary>To eight decimals, halves upwards.</summary>
    internal static double Rounded(double value) => Math.Floor(value * 1e8 + 0.5) / 1e8;

    private static double Bounded(double stability) => Rounded(Math.Clamp(stability, LeastStability, GreatestStability));

    // D0(G) = w4 − e^(w5·(G − 1)) + 1
    private double FirstDifficulty(Rating rating) => Rounded(_w[4] - Math.Exp(((int)rating - 1) * _w[5]) + 1);

    // ΔD = −w6·(G − 3), damped by (10 − D)/9, then drawn towards D0(Easy), which is not clamped
    private double NextDifficulty(double difficulty, Rating rating)
    {
        var damped = difficulty + Rounded(-_w[6] * ((int)rating - 3) * (10 - difficulty) / 9);
        return Math.Clamp(Rounded(_w[7] * FirstDifficulty(Rating.Easy) + (1 - _w[7]) * damped), 1, 10);
    }

    // S' = S·(1 + e^w8·(11 − D)·S^−w9·(e^(w10·(1 − R)) − 1)·[w15 if Hard]·[w16 if Easy])
    private double Recalled(Memory memory, double recall, Rating rating)
    {
        var by = rating switch { Rating.Hard => _w[15], Rating.Easy => _w[16], _ => 1 };
        var growth = Math.Exp(_w[8]) * (11 - memory.Difficulty) * Math.Pow(memory.Stability, -_w[9]) * (Math.Exp((1 - recall) * _w[10]) - 1);
        return Bounded(memory.Stability * (1 + growth * by));
    }

    // S' = w11·D^−w12·((S + 1)^w13 − 1)·e^(w14·(1 − R)), and no more than S/e^(w17·w18), S itself without the short-term formula
    private double Forgotten(Memory memory, double recall)
    {
        var left = Bounded(_w[11] * Math.Pow(memory.Difficulty, -_w[12]) * (Math.Pow(memory.Stability + 1, _w[13]) - 1) * Math.Exp((1 - recall) * _w[14]));
        var most = Rounded(memory.Stability / (shortTerm ? Math.Exp(_w[17] * _w[18]) : 1));
        return Math.Min(Math.Max(most, LeastStability), left);
    }

    // S' = S·S^−w19·e^(w17·(G − 3 + w18)), never less than S unless it was not recalled
    private double SameDay(double stability, Rating rating)
    {
        var by = Math.Pow(stability, -_w[19]) * Math.Exp(_w[17] * ((int)rating - 3 + _w[18]));
        return Bounded(stability * (rating == Rating.Again ? by : Math.Max(by, 1)));
    }
}
