namespace StudyQuiz.Generation.Gates;

/// <summary>How alike two texts are, by the pairs of neighbouring characters that they share. Needs no word segmenter.</summary>
public static class Bigrams
{
    /// <summary>The distinct pairs of neighbouring letters and digits; punctuation and white space don't count. A single character stands for itself.</summary>
    public static IReadOnlySet<string> Of(string text)
    {
        var letters = string.Concat(text.Where(char.IsLetterOrDigit));
        return letters.Length == 1
            ? new HashSet<string>(StringComparer.Ordinal) { letters }
            : Enumerable.Range(0, Math.Max(0, letters.Length - 1)).Select(i => letters.Substring(i, 2)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Jaccard: shared pairs over all pairs, 0 (nothing shared) to 1. Two empty sets share nothing.</summary>
    public static double Jaccard(IReadOnlySet<string> a, IReadOnlySet<string> b)
    {
        var shared = a.Count(b.Contains);
        return shared == 0 ? 0 : (double)shared / (a.Count + b.Count - shared);
    }

    public static double Jaccard(string a, string b) => Jaccard(Of(a), Of(b));
}
