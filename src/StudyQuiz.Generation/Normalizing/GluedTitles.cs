using System.Text.RegularExpressions;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>
/// Parts English headings from the sentences that they run into (1. Keep the lamp litThe keeper …): a small letter runs into a word with a capital, in two or
/// more paragraphs that a number opens. One alone may be a name such as YouTube.
/// </summary>
internal static class GluedTitles
{
    private const int Fewest = 2;
    private const int LongestTitle = 80;

    private static readonly Regex Joint = Pattern.Of(@"(?<=[a-z]{2}\)?)(?=[A-Z][a-z]* [a-z])");

    public static List<Paragraph> Part(IReadOnlyList<Paragraph> paragraphs, RepairLog log)
    {
        var cuts = paragraphs.Select(Cut).ToList();
        return cuts.Count(cut => cut > 0) < Fewest ? [.. paragraphs] : [.. paragraphs.SelectMany((paragraph, at) => cuts[at] > 0 ? Part(paragraph, cuts[at], log) : [paragraph])];
    }

    private static int Cut(Paragraph paragraph)
    {
        var text = paragraph.Text;
        if (paragraph.IsHeading || !Punctuation.EndsSentence(text) || MarkerScanner.At(text, 0) is not { } marker) return 0;
        var joint = Joint.Match(text, marker.Place.Length);
        return joint.Success && joint.Index <= LongestTitle && text.AsSpan(marker.Place.Length, joint.Index - marker.Place.Length).IndexOfAny(Punctuation.Inner) < 0 ? joint.Index : 0;
    }

    private static IEnumerable<Paragraph> Part(Paragraph paragraph, int cut, RepairLog log)
    {
        log.Changed(RepairKind.PartedHeading, paragraph.Words.RawAt(cut), paragraph.Words.RawAt(cut));
        yield return new Paragraph(paragraph.Words.Trimmed(0, cut, log), IsHeading: true);
        yield return new Paragraph(paragraph.Words.Trimmed(cut, paragraph.Words.Length, log), IsHeading: false);
    }
}
