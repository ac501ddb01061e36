namespace StudyQuiz.Generation.Normalizing;

/// <summary>A text as an editor would have typed it: whole paragraphs, told once, with nothing of the page that it came from.</summary>
/// <param name="Paragraphs">In the order of the raw text; empty when nothing readable is left.</param>
/// <param name="Details">What lines about the text itself say of it.</param>
/// <param name="Language">A BCP 47 tag, as <see cref="Languages"/> tells it.</param>
/// <param name="Repairs">Everything that was changed, in the order of the raw text.</param>
/// <param name="Doubts">What a person should look at; nothing is asked about these places.</param>
public sealed record CleanText(
    IReadOnlyList<CleanParagraph> Paragraphs,
    LiftedDetails Details,
    string Language,
    IReadOnlyList<Repair> Repairs,
    IReadOnlyList<Doubt> Doubts);

/// <summary>A paragraph or a heading of the clean text.</summary>
/// <param name="Id">Its label in the bank, <c>P01</c> and so on, in order.</param>
/// <param name="Text">Never empty, no white space at its ends, no line break.</param>
/// <param name="IsHeading">It names what follows and is no sentence.</param>
/// <param name="Spans">Where its characters stand in the raw text, in order; together they cover the paragraph but for what was put in.</param>
public sealed record CleanParagraph(string Id, string Text, bool IsHeading, IReadOnlyList<RawSpan> Spans)
{
    /// <summary>Of a heading that the text itself, or the document's style, marks as one, how deep it is, from 1; else null.</summary>
    public int? Level { get; init; }

    /// <summary>Offset in the raw text of the character at an offset of this paragraph; where the character was put in, of the next one that was not.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The offset is not within the paragraph.</exception>
    public int RawOffset(int at)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(at);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(at, Text.Length);
        var span = Spans.FirstOrDefault(span => at < span.At + span.Length) ?? Spans[^1];
        return at < span.At ? span.Raw : Math.Min(span.Raw + at - span.At, span.Raw + span.Length - 1);
    }
}

/// <summary>Characters that a clean paragraph took over from the raw text as they were.</summary>
/// <param name="At">Offset in the paragraph, in UTF-16 units.</param>
/// <param name="Raw">Offset in the raw text, in UTF-16 units.</param>
/// <param name="Length">At least 1.</param>
public sealed record RawSpan(int At, int Raw, int Length);

/// <summary>What a text says of itself in lines of its own; null where it says nothing.</summary>
public sealed record LiftedDetails(string? Title, string? Publisher, DateOnly? Published);

/// <summary>A change that was made to get from the raw to the clean text.</summary>
/// <param name="Start">Offset in the raw text at which the change begins, in UTF-16 units.</param>
/// <param name="Length">How much of the raw text it is about.</param>
/// <param name="Removed">What was taken out, at most 80 characters of it; empty where lines were joined or cut.</param>
public sealed record Repair(RepairKind Kind, int Start, int Length, string Removed);

/// <summary>Kinds of repairs.</summary>
public enum RepairKind
{
    /// <summary>White space at the start or end of a line, invisible characters, or spaces between Chinese characters.</summary>
    WhiteSpace,

    /// <summary>A line about the text (title, source, time, author) became a detail of the source.</summary>
    Lifted,

    /// <summary>What a news agency puts before its first sentence.</summary>
    LeadIn,

    /// <summary>The caption or credit of a picture.</summary>
    Caption,

    /// <summary>A page number, a running header or footer, or a button of the page.</summary>
    PageFurniture,

    /// <summary>A short line that broke a running sentence, such as what a page shows between the lines of its text.</summary>
    Interruption,

    /// <summary>A sentence that was broken over two lines was joined.</summary>
    JoinedLines,

    /// <summary>The end of a paragraph stood there a second time.</summary>
    RepeatedTail,

    /// <summary>The text had told this before, word for word or nearly.</summary>
    ToldTwice,

    /// <summary>A text without breaks was cut into paragraphs here.</summary>
    CutParagraph,

    /// <summary>What marked a line as a heading (#).</summary>
    HeadingMark,

    /// <summary>A heading that ran into the sentence after it was parted from it here.</summary>
    PartedHeading,
}

/// <summary>A place that is kept as it is but can't be relied on.</summary>
/// <param name="Paragraph">Id of the clean paragraph.</param>
/// <param name="Start">Offset in the paragraph.</param>
/// <param name="Length">How much of it is doubtful.</param>
public sealed record Doubt(DoubtKind Kind, string Paragraph, int Start, int Length);

/// <summary>Why a place is doubtful.</summary>
public enum DoubtKind
{
    /// <summary>The paragraph does not end as a sentence does.</summary>
    OpenParagraph,

    /// <summary>A quotation mark or bracket has no partner.</summary>
    UnbalancedQuotes,

    /// <summary>The sentence occurs more than once in the text.</summary>
    RepeatedSentence,

    /// <summary>A heading seems to run into the sentence after it.</summary>
    GluedHeading,

    /// <summary>A short line stands in the middle of the sentence, which it may not belong to.</summary>
    Interrupted,

    /// <summary>A character was already lost when the text was decoded.</summary>
    Unreadable,
}
