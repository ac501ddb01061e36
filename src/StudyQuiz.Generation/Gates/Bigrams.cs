namespace StudyQuiz.Generation.Gates;

/// <summary>How alike two texts are, by the pairs of neighbouring characters that they share. Needs no word segmenter.</summary>
public static class Bigrams
{
    private const int MostOnStack = 256;

    /// <summary>The distinct pairs of neighbouring letters and digits; punctuation and white space don't count. A single character stands for itself.</summary>
    public static IReadOnlySet<string> Of(string text)
    {
        // a long text has hundreds of thousands of these taken
        var letters = text.Length <= MostOnStack ? stackalloc char[text.Length] : new char[text.Length];
        var count = 0;
        foreach (var c in text)
            if (char.IsLetterOrDigit(c)) letters[count++] = c;
        var pairs = new HashSet<string>(count, StringComparer.Ordinal);
        if (count == 1) pairs.Add(letters[0].ToString());
        for (var i = 0; i + 1 < count; i++) pairs.Add(new string(letters.Slice(i, 2)));
        return pairs;
    }

    /// <summary>Jaccard: shared pairs over all pairs, 0 (nothing shared) to 1. Two empty sets share nothing.</summary>
    public static double Jaccard(IReadOnlySet<string> a, IReadOnlySet<string> b)
    {
        var shared = 0;
        if (a is HashSet<string> own)
        {
            foreach (var pair in own)
                if (b.Contains(pair)) shared++;
        }
        else
        {
            shared = a.Count(b.Contains);
        }

        return shared == 0 ? 0 : (double)shared / (a.Count + b.Count - shared);
    }

    public static double Jaccard(string a, string b) => Jaccard(Of(a), Of(b));
}
