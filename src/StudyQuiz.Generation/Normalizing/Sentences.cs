namespace StudyQuiz.Generation.Normalizing;

/// <summary>Splits a text into its sentences.</summary>
internal static class Sentences
{
    /// <summary>Start and end of each; together they cover the text.</summary>
    public static List<(int Start, int End)> Of(string text)
    {
        var sentences = new List<(int, int)>();
        var start = 0;
        for (var at = 1; at <= text.Length; at++)
        {
            if (at < text.Length && !Punctuation.IsSentenceBreak(text, at)) continue;
            sentences.Add((start, at));
            start = at;
        }

        return sentences;
    }

    /// <summary>Letters and digits alone, in lower case.</summary>
    public static string Bare(string text) => string.Concat(text.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));
}
