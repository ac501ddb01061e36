using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Structuring;

/// <summary>
/// Finds the headings of a text that numbers none, as documents with heading styles have them: each that paragraphs follow is a point. One that another heading
/// follows is a part's, and stands above those after it; how far, nothing tells.
/// </summary>
internal static class SectionMarkers
{
    private const int Fewest = 3;
    private const int Shortest = 2;
    private const int Longest = 28;

    // Headings of a word or two only sort what follows: everybody knows under which of them a thing stands
    private const int Telling = 5;

    // A heading says something of what follows; a name, a place and a day don't
    private const int ShortestBody = 20;

    /// <summary>A marker without any length before each heading; none where headings are numbered, or too few.</summary>
    public static IReadOnlyList<Marker> Of(IReadOnlyList<CleanParagraph> paragraphs, IReadOnlyList<Marker> markers)
    {
        if (markers.Any(marker => marker.StartsParagraph && paragraphs[marker.Place.Paragraph].IsHeading)) return [];
        var headings = Enumerable.Range(0, paragraphs.Count).Where(at => IsSection(paragraphs, at)).ToList();
        // in verse and in lists, lines without punctuation stand everywhere
        var bodies = paragraphs.Count(paragraph => !paragraph.IsHeading);
        return headings.Count < Fewest || headings.Count(at => paragraphs[at].Text.Length >= Telling) * 2 < headings.Count || paragraphs.Count - bodies > bodies ? [] : [.. headings.Select((at, number) => new Marker(MarkerStyle.Section, number + 1, IsLast: false, new Place(at, 0, 0)))];
    }

    private static bool IsSection(IReadOnlyList<CleanParagraph> paragraphs, int at) =>
        paragraphs[at] is { IsHeading: true, Text: { Length: >= Shortest and <= Longest } text } && text.Any(Letters.IsHan) && text.IndexOfAny(['，', '：', ':']) < 0
        && at + 1 < paragraphs.Count && !paragraphs[at + 1].IsHeading && paragraphs[at + 1].Text.Length >= ShortestBody;
}
