using System.Globalization;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.EditQuestion;

/// <summary>Words that a form gives as evidence.</summary>
/// <param name="Place">Where they were taken from, such as <c>P04@12</c>; may be empty, for words can be pasted.</param>
public sealed record TypedQuote(string Words, string Place)
{
    public static TypedQuote Of(Evidence evidence) =>
        new(evidence.Quote, evidence.At is { } at ? string.Create(CultureInfo.InvariantCulture, $"{evidence.Paragraph}@{at}") : evidence.Paragraph);

    /// <summary>Finds the words in the text: where the form says, else wherever they stand alone.</summary>
    /// <returns>The evidence; or the name of what is wrong.</returns>
    public (Evidence? Evidence, string? Error) Find(IReadOnlyList<TextParagraph> paragraphs)
    {
        var (label, at) = Place.Split('@', 2) is [var named, var offset] && int.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? (named, start) : (Place, (int?)null);
        if (paragraphs.FirstOrDefault(paragraph => paragraph.Label == label) is { } there && Standing(there.Text, at) is { } found) return (Evidence(there, found), null);

        // typed by hand, or corrected since it was taken
        var holding = paragraphs.Where(paragraph => paragraph.Text.Contains(Words, StringComparison.Ordinal)).Take(2).ToList();
        if (holding.Count == 0) return (null, "QuoteNowhere");
        return holding.Count == 1 && Standing(holding[0].Text, null) is { } alone ? (Evidence(holding[0], alone), null) : (null, "QuoteTwice");
    }

    // Null where the words do not stand at the offset, or without one stand nowhere or more than once
    private int? Standing(string text, int? at)
    {
        if (at is { } offset) return offset <= text.Length - Words.Length && string.CompareOrdinal(text, offset, Words, 0, Words.Length) == 0 ? offset : null;
        var first = text.IndexOf(Words, StringComparison.Ordinal);
        return first >= 0 && !IsAgain(text, first) ? first : null;
    }

    // The offset is kept only where the words alone would not tell
    private Evidence Evidence(TextParagraph paragraph, int at) =>
        new(paragraph.Label, Words, IsAgain(paragraph.Text, paragraph.Text.IndexOf(Words, StringComparison.Ordinal)) ? at : null);

    private bool IsAgain(string text, int first) => text.IndexOf(Words, first + 1, StringComparison.Ordinal) >= 0;
}
