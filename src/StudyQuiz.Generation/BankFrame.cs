using System.Buffers;
using System.Globalization;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.KeyPoints;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation;

/// <summary>A bank without its questions: the source, the clean text and the key points.</summary>
internal static class BankFrame
{
    private const int LongestHeading = 32;

    private static readonly SearchValues<char> _clauseEnds = SearchValues.Create("，。！？；：,.!?;:");

    public static BankFile Of(SourceText text, IReadOnlyList<KeyPoint> keyPoints, GenerationSettings settings)
    {
        var details = text.Clean.Details;
        var source = new BankSource(
            settings.Slug,
            settings.Title ?? details.Title ?? Opening(text) ?? settings.Slug,
            settings.Publisher ?? details.Publisher ?? (text.IsChinese ? "未注明出处" : "source not stated"),
            settings.Published ?? details.Published,
            text.Clean.Language,
            settings.File,
            settings.Sha256);
        return new BankFile(source, [.. text.Paragraphs.Select(paragraph => new BankParagraph(paragraph.Id, paragraph.Text))], [.. keyPoints.Select(point => KeyPoint(text, point))], []);
    }

    // A text without a title goes by the words that it begins with, as a poem does; not by whom it greets, who speaks or what only numbers a point
    private static string? Opening(SourceText text)
    {
        if (text.Paragraphs.Count == 0) return null;
        foreach (var sentence in text.Structure.Sentences.Select(sentence => text.WithoutLabel(sentence.Place)))
        {
            var words = text.At(sentence);
            if (Words.IsGreeting(words) || Words.Thanking().IsMatch(words)) continue;
            var start = sentence.Start + Words.Address().Match(words).Length;
            start += MarkerScanner.At(text.Paragraphs[sentence.Paragraph].Text, start) is { } marker && marker.Place.End < sentence.End ? marker.Place.Length : 0;
            var clauses = Clauses.Of(text, sentence with { Start = start });
            if (clauses.Count == 0) continue;
            // 县长说 alone says nothing
            var speaks = text.Voices.OthersIn(sentence).Any(saying => saying.Holds(clauses[0])) || Words.Attribution().IsMatch(text.At(sentence with { Start = start }));
            return Cut(text.At(speaks && clauses.Count > 1 ? clauses[0] with { End = clauses[1].End } : clauses[0]), LongestHeading * text.Scale);
        }

        var first = text.Paragraphs[0].Text;
        var end = first.AsSpan().IndexOfAny(_clauseEnds);
        return Cut(end > 0 ? first[..end] : first, LongestHeading * text.Scale);
    }

    private static BankKeyPoint KeyPoint(SourceText text, KeyPoint point)
    {
        var heading = text.At(point.Heading);
        return new BankKeyPoint(
            point.Id,
            Cut(heading, LongestHeading * text.Scale),
            point.Weight,
            [.. point.Evidence.Select(text.Evidence)],
            [.. point.Points.Select(inner => KeyPoint(text, inner))]);
    }

    // never within what shows as one character, such as an emoji of several that are joined, nor within an English word
    private static string Cut(string heading, int longest)
    {
        if (heading.Length <= longest) return heading;
        var end = 0;
        while (StringInfo.GetNextTextElementLength(heading, end) is var length && end + length < longest) end += length;
        if (char.IsAsciiLetter(heading[end - 1]) && char.IsAsciiLetter(heading[end]) && heading.LastIndexOf(' ', end) is > 0 and var space) end = space;
        return heading[..end] + "…";
    }
}
