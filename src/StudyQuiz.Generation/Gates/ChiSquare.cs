namespace StudyQuiz.Generation.Gates;

/// <summary>Pearson's test of whether counts fit equal shares.</summary>
internal static class ChiSquare
{
    /// <summary>Probability, 0 to 1, that equal shares give counts at least as uneven as these.</summary>
    /// <param name="counts">At least two, not all 0.</param>
    /// <remarks>The statistic is Σ (observed − expected)² / expected, with one degree of freedom fewer than counts.</remarks>
    public static double OfEqualShares(IReadOnlyCollection<int> counts)
    {
        var expected = counts.Average();
        return UpperTail(counts.Sum(count => (count - expected) * (count - expected) / expected), counts.Count - 1);
    }

    /// <summary>Probability that a chi-square variable is over <paramref name="statistic"/>.</summary>
    /// <remarks>
    /// 1 − P(a, x) with a = degrees/2 and x = statistic/2, where P is the regularised lower incomplete gamma function, by its series
    /// P(a, x) = xᵃ e⁻ˣ Σ xⁿ / Γ(a + n + 1), n from 0 (Abramowitz and Stegun, Handbook of Mathematical Functions, 26.4.19 and 6.5.29).
    /// All terms are positive, so that the error stays near 1e-14; tails smaller than that come out as 0.
    /// </remarks>
    /// <param name="statistic">From 0.</param>
    /// <param name="degrees">From 1 to some dozens.</param>
    public static double UpperTail(double statistic, int degrees)
    {
        var (a, x) = (degrees / 2.0, statistic / 2);
        if (x > 100 + (10 * a)) return 0; // far below 1e-14, and e⁻ˣ would soon underflow
        var term = Math.Pow(x, a) * Math.Exp(-x) / GammaOfHalves(degrees + 2);
        var sum = term;
        for (var n = 1; term > sum * 1e-16; n++)
        {
            term *= x / (a + n);
            sum += term;
        }

        return Math.Clamp(1 - sum, 0, 1);
    }

    // Γ(n/2), from Γ(1/2) = √π and Γ(1) = 1 by Γ(z + 1) = z Γ(z)
    private static double GammaOfHalves(int n)
    {
        var gamma = n % 2 == 0 ? 1 : Math.Sqrt(Math.PI);
        for (var z = n % 2 == 0 ? 1 : 0.5; z < n / 2.0; z++) gamma *= z;
        return gamma;
    }
}
