using System.Buffers;
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

    // A text without a title goes by the words that it begins with, as a poem does
    private static string? Opening(SourceText text)
    {
        if (text.Paragraphs.Count == 0) return null;
        var first = text.Paragraphs[0].Text;
        var end = first.AsSpan().IndexOfAny(_clauseEnds);
        return Cut(end > 0 ? first[..end] : first);
    }

    private static BankKeyPoint KeyPoint(SourceText text, KeyPoint point)
    {
        var heading = text.At(point.Heading);
        return new BankKeyPoint(
            point.Id,
            Cut(heading),
            point.Weight,
            [.. point.Evidence.Select(text.Evidence)],
            [.. point.Points.Select(inner => KeyPoint(text, inner))]);
    }

    // never between the halves of a surrogate pair
    private static string Cut(string heading)
    {
        if (heading.Length <= LongestHeading) return heading;
        var end = char.IsHighSurrogate(heading[LongestHeading - 2]) ? LongestHeading - 2 : LongestHeading - 1;
        return heading[..end] + "…";
    }
}
