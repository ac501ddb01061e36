using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Structuring;

/// <summary>
/// Finds the headings of a text that numbers none, as documents with heading styles have them: each that paragraphs follow is a point. One that another heading
/// follows is a part's, and stands above those after it; how far, only levels tell where the text or its document marks them.
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
        if (Levelled(paragraphs) is { Count: >= Fewest } levelled) return levelled;
        var headings = Enumerable.Range(0, paragraphs.Count).Where(at => IsSection(paragraphs, at)).ToList();
        // in verse and in lists, lines without punctuation stand everywhere
        var bodies = paragraphs.Count(paragraph => !paragraph.IsHeading);
        return headings.Count < Fewest || headings.Count(at => paragraphs[at].Text.Length >= Telling) * 2 < headings.Count || paragraphs.Count - bodies > bodies ? [] : [.. headings.Select((at, number) => new Marker(MarkerStyle.Section, number + 1, IsLast: false, new Place(at, 0, 0)))];
    }

    // the two highest levels of which there are several headings; what lies deeper belongs to what is said
    private static List<Marker> Levelled(IReadOnlyList<CleanParagraph> paragraphs)
    {
        var levels = paragraphs.Where(paragraph => paragraph.Level is not null).GroupBy(paragraph => paragraph.Level!.Value).Where(level => level.Skip(1).Any()).Select(level => level.Key).Order().Take(2).ToList();
        var (markers, upper, lower) = (new List<Marker>(), 0, 0);
        for (var at = 0; at < paragraphs.Count; at++)
        {
            if (paragraphs[at].Level is not { } level || !levels.Contains(level)) continue;
            var isUpper = level == levels[0];
            if (isUpper) (upper, lower) = (upper + 1, 0);
            else lower++;
            markers.Add(new Marker(isUpper ? MarkerStyle.Section : MarkerStyle.Subsection, isUpper ? upper : lower, IsLast: false, new Place(at, 0, 0)));
        }

        return markers;
    }

    private static bool IsSection(IReadOnlyList<CleanParagraph> paragraphs, int at) =>
        paragraphs[at] is { IsHeading: true, Text: { Length: >= Shortest and <= Longest } text } && text.Any(Letters.IsHan) && text.IndexOfAny(['，', '：', ':']) < 0
        && at + 1 < paragraphs.Count && !paragraphs[at + 1].IsHeading && paragraphs[at + 1].Text.Length >= ShortestBody;
}
