using System.Text.RegularExpressions;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>Tells a heading from a sentence that was broken off.</summary>
internal static class Headings
{
    // A heading without a number is at most so long, and so is each half of one in halves
    private const int LongestHeading = 32;
    private const int LongestNumbered = 60;
    private const int LongestEnglish = 80;

    private const int LongestAttribution = 14;
    private static readonly string[] Attributions = ["指出", "强调", "表示", "说", "要求", "认为"];

    // Dr. Hall has a full stop and no sentence
    private static readonly Regex StopPattern = Pattern.Of(@"(?<!\b(Dr|Mr|Mrs|Ms|Prof|St|Sr|Jr|No))\. ");

    // 几点要求, 工作要求: a noun
    private static readonly Regex RequirementPattern = Pattern.Of("[点项条些本体作新总的](?:说|要求)$");

    /// <summary>Whether a paragraph is a heading: complete, and more than a number in the cell of a table.</summary>
    public static bool IsHeading(string text) => IsComplete(text) && text.Any(char.IsLetter);

    /// <summary>Whether a line only says who speaks.</summary>
    public static bool IsAttribution(string text) =>
        text.Length <= LongestAttribution && !RequirementPattern.IsMatch(text) && Array.Exists(Attributions, end => text.EndsWith(end, StringComparison.Ordinal)) && MarkerScanner.At(text, 0) is null;

    /// <summary>Whether an open text is whole as it is: numbered or short, with no sentence in it and nothing that must go on.</summary>
    public static bool IsComplete(string text)
    {
        if (Punctuation.EndsSentence(text) || Punctuation.EndsPart(text) || Punctuation.BreaksOff(text)) return false;
        if (text.AsSpan().IndexOfAny("。！？；") >= 0) return false;
        if (MarkerScanner.At(text, 0) is not null) return text.Length <= LongestNumbered;
        if (text.Any(Letters.IsHan)) return text.Split(' ').All(half => half.Length <= LongestHeading);
        return text.Length <= LongestEnglish && !char.IsLower(text[0]) && !StopPattern.IsMatch(text);
    }
}
