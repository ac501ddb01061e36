using System.Runtime.InteropServices;

namespace StudyQuiz.Domain.Statistics;

/// <summary>Where a figure of everyone lies in all likelihood, by what is known of a few.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Interval(double Low, double High)
{
    /// <summary>Of a normal distribution, for 95 %.</summary>
    private const double Z = 1.959964;

    /// <summary>Of a share, by Wilson: it stays within 0 and 1 and is honest for few people and for shares at the edge.</summary>
    /// <param name="share">Of the points, where an answer may earn a part: then the interval is rather too wide.</param>
    public static Interval OfShare(double share, int people)
    {
        if (people == 0) return new Interval(0, 1);
        var (n, zz) = ((double)people, Z * Z);
        var middle = (share + (zz / (2 * n))) / (1 + (zz / n));
        var half = Z / (1 + (zz / n)) * Math.Sqrt((share * (1 - share) / n) + (zz / (4 * n * n)));
        return new Interval(Math.Max(0, middle - half), Math.Min(1, middle + half));
    }

    /// <summary>Of a correlation, by Fisher's transformation; everything is possible of three people and fewer.</summary>
    public static Interval OfCorrelation(double correlation, int people)
    {
        if (people <= 3) return new Interval(-1, 1);
        // ±1 has no transformation: a sample that small or clear stands at the last value that has
        var (z, half) = (Math.Atanh(Math.Clamp(correlation, -0.9999, 0.9999)), Z / Math.Sqrt(people - 3));
        return new Interval(Math.Tanh(z - half), Math.Tanh(z + half));
    }
}
