using System.Runtime.InteropServices;

namespace StudyQuiz.Domain.Scheduling;

/// <summary>How many of some answers were right, with what that says about the answers to come.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Share(int Right, int Of)
{
    /// <summary>Fewer answers than this say nothing.</summary>
    public const int Enough = 20;

    // Of the normal distribution: 95% lie within it
    private const double Z = 1.959963984540054;

    public bool IsEnough => Of >= Enough;

    /// <summary>0 to 1; 0 of no answers.</summary>
    public double Value => Of == 0 ? 0 : (double)Right / Of;

    /// <summary>Wilson's interval at 95%: (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n).</summary>
    public (double Low, double High) Interval
    {
        get
        {
            if (Of == 0) return (0, 1);
            var (p, square) = (Value, Z * Z / Of);
            var by = Z * Math.Sqrt(p * (1 - p) / Of + square / Of / 4);
            return (Math.Max(0, (p + square / 2 - by) / (1 + square)), Math.Min(1, (p + square / 2 + by) / (1 + square)));
        }
    }

    /// <summary>Of all answers of some shares.</summary>
    public static Share Sum(IEnumerable<Share> shares) => shares.Aggregate(default(Share), (sum, share) => new Share(sum.Right + share.Right, sum.Of + share.Of));

    public static Share OfAnswers(IEnumerable<bool> answers) => answers.Aggregate(default(Share), (share, isRight) => new Share(share.Right + (isRight ? 1 : 0), share.Of + 1));
}
