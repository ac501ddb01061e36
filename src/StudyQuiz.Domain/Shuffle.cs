namespace StudyQuiz.Domain;

/// <summary>Repeatable shuffling: a recorded seed gives the same order for ever, which System.Random does not promise.</summary>
/// <remarks>Fisher–Yates over SplitMix64 (Steele, Lea and Flood, 2014). Not for secrets.</remarks>
public static class Shuffle
{
    /// <summary>The positions 0 to <paramref name="count"/> − 1 in a random order.</summary>
    public static int[] Positions(int count, long seed)
    {
        var positions = Enumerable.Range(0, count).ToArray();
        var state = unchecked((ulong)seed);
        for (var i = count - 1; i > 0; i--)
        {
            var j = (int)(Next(ref state) % (ulong)(i + 1));
            (positions[i], positions[j]) = (positions[j], positions[i]);
        }

        return positions;
    }

    /// <summary>A seed for the <paramref name="index"/>th part of something that has one seed itself.</summary>
    public static long Derive(long seed, int index)
    {
        var state = unchecked((ulong)seed ^ ((ulong)index * 0xD1B54A32D192ED03UL));
        return unchecked((long)Next(ref state));
    }

    /// <summary>A number from 0 to below 1 that belongs to a seed.</summary>
    public static double Fraction(long seed)
    {
        var state = unchecked((ulong)seed);
        return (Next(ref state) >> 11) * (1.0 / (1UL << 53));
    }

    private static ulong Next(ref ulong state)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15UL;
            var z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
