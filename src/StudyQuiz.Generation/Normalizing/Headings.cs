namespace StudyQuiz.Generation.Normalizing;

/// <summary>Tells a heading from a sentence that was broken off.</summary>
internal static class Headings
{
    // A heading without a number is at most so long, and so is each half of one in halves
    private const int LongestHeading = 32;
    private const int LongestNumbered = 60;
    private const int LongestEnglish = 80;

    /// <summary>Whether an open text is complete as it is: numbered or short, with no sentence in it and nothing that must go on.</summary>
    public static bool IsHeading(string text)
    {
        if (Punctuation.EndsSentence(text) || Punctuation.EndsPart(text) || Punctuation.BreaksOff(text)) return false;
        if (text.AsSpan().IndexOfAny("。！？；") >= 0) return false;
        if (Marker.At(text, 0) is not null) return text.Length <= LongestNumbered;
        if (text.Any(Letters.IsHan)) return text.Split(' ').All(half => half.Length <= LongestHeading);
        return text.Length <= LongestEnglish && char.IsUpper(text[0]) && !text.Contains(". ", StringComparison.Ordinal);
    }
}
