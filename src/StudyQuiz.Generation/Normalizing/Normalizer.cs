using System.Globalization;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>Makes a clean text of a raw one, step by step. Nothing here knows what a text is about: only punctuation, numbering, repetition and the forms of news.</summary>
public static class Normalizer
{
    /// <summary>
    /// The clean text; the same raw text always gives the same. Any string will do: where nothing readable is left, there are no paragraphs.
    /// Time grows with the length, n·log n at most.
    /// </summary>
    public static CleanText Clean(string raw)
    {
        var log = new RepairLog(raw);
        var language = Languages.Of(raw);
        var latin = Languages.HasSpaces(language);
        var lines = PageFurniture.TakeOut(LineEdges.TakeOut(raw, OneLinePages.Part(raw, Line.ReadAll(raw, log), log), log), log);
        lines = RunInHeadings.Part(raw, HeadingMarks.TakeOut(raw, lines, log), log);
        var page = PageShape.Of(lines, latin);
        (lines, var details) = Details.Lift(lines, page, log);
        (lines, var doubtful) = Interruptions.TakeOut(Captions.TakeOut(lines, page, log), page, log);
        (var paragraphs, var agency, var gluedTitle) = LeadIns.TakeOut(new LineJoiner(raw, page, latin, log).Join(lines), details.Title is not null, log);
        paragraphs = new Copies(latin, log).Drop(LongParagraphs.Cut(GluedRules.Part(paragraphs, log), log));
        paragraphs = GluedHeadings.Part(latin ? GluedTitles.Part(paragraphs, log) : paragraphs, log);
        var clean = paragraphs.Select(Numbered).ToList();
        return new CleanText(clean, details with { Title = details.Title ?? gluedTitle, Publisher = details.Publisher ?? agency }, language, log.Repairs, Doubts.In(clean, doubtful));
    }

    private static CleanParagraph Numbered(Paragraph paragraph, int at) =>
        new(string.Create(CultureInfo.InvariantCulture, $"P{at + 1:D2}"), paragraph.Text, paragraph.IsHeading, paragraph.Words.Spans()) { Level = paragraph.IsHeading ? paragraph.Level : null };
}
