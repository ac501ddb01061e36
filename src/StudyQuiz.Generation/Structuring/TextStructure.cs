namespace StudyQuiz.Generation.Structuring;

/// <summary>How a text is built: its series of numbered points, nested, and what leads up to each.</summary>
/// <param name="Sentences">All sentences, in order; headings count as one sentence each.</param>
/// <param name="Series">The outermost series, in the order of the text.</param>
public sealed record TextStructure(IReadOnlyList<Sentence> Sentences, IReadOnlyList<Series> Series)
{
    /// <summary>Every series, each before those inside its points, in the order of the text.</summary>
    public IEnumerable<Series> AllSeries() => Series.SelectMany(series => series.WithInner());
}

/// <summary>A stretch of one paragraph.</summary>
/// <param name="Paragraph">Position of the paragraph in the clean text, from 0.</param>
/// <param name="Start">Offset in the paragraph, in UTF-16 units.</param>
/// <param name="End">Exclusive.</param>
public sealed record Place(int Paragraph, int Start, int End)
{
    public int Length => End - Start;

    /// <summary>Whether two stretches share at least one character.</summary>
    public bool Overlaps(Place other) => Paragraph == other.Paragraph && Start < other.End && other.Start < End;

    /// <summary>Whether the other stretch lies within this one.</summary>
    public bool Holds(Place other) => Paragraph == other.Paragraph && Start <= other.Start && other.End <= End;
}

/// <summary>A sentence with its final punctuation and the quotation marks that close after it.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Text">The words there.</param>
public sealed record Sentence(Place Place, string Text);

/// <summary>Points that the text numbers from one.</summary>
/// <param name="Style">How they are numbered.</param>
/// <param name="Lead">The sentence, or the part of one before a colon, that the points unfold; null where the series opens the text.</param>
/// <param name="Points">At least two, in order.</param>
/// <param name="Closed">
/// The text establishes that there are no more points: it goes on after the last, announces their number, calls one the last, or numbers
/// them within one sentence. How many points an open series has, and which is the last, must never be asked.
/// </param>
public sealed record Series(MarkerStyle Style, Place? Lead, IReadOnlyList<SeriesPoint> Points, bool Closed)
{
    /// <summary>This series, then those inside its points.</summary>
    public IEnumerable<Series> WithInner() => Points.SelectMany(point => point.Inner).SelectMany(inner => inner.WithInner()).Prepend(this);
}

/// <summary>One point of a series.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Marker">Its number as written, with the punctuation after it.</param>
/// <param name="Heading">The first clause after the marker, without its final punctuation.</param>
/// <param name="Body">The sentences, or parts of sentences, after the heading that belong to it, in order; those of inner series too.</param>
/// <param name="Inner">Series inside this point.</param>
public sealed record SeriesPoint(int Number, Place Marker, Place Heading, IReadOnlyList<Place> Body, IReadOnlyList<Series> Inner);

/// <summary>What holds of ways of numbering.</summary>
public static class MarkerStyles
{
    /// <summary>Whether it is a heading alone that begins a point.</summary>
    public static bool IsWithoutNumber(this MarkerStyle style) => style is MarkerStyle.Section or MarkerStyle.Subsection;
}

/// <summary>Ways of numbering points, from the coarsest to the finest. Series of one way don't continue in another.</summary>
public enum MarkerStyle
{
    /// <summary>Headings without any number. Their order and their number mean nothing, since nothing tells which of them lie within others.</summary>
    Section,

    /// <summary>Headings without any number that the text marks as being one level below others.</summary>
    Subsection,

    /// <summary>第一章，第二节 as headings</summary>
    Chapter,

    /// <summary>第一条 of rules, counted on through their chapters</summary>
    Article,

    /// <summary>一、二、</summary>
    NumberComma,

    /// <summary>（一）（二）</summary>
    NumberInBrackets,

    /// <summary>1. 2. or 1、2、</summary>
    Digit,

    /// <summary>第一，第二， (also 第一是, 第一点，)</summary>
    OrdinalWord,

    /// <summary>首先，其次，最后 or First, Second, Finally</summary>
    SequenceWord,

    /// <summary>（1）（2） or ①②</summary>
    DigitInBrackets,

    /// <summary>一是，二是 (also 一要)</summary>
    NumberIs,

    /// <summary>先，再，然后，最后 within one sentence</summary>
    StepWord,

    /// <summary>—— before each point, without a number</summary>
    Dash,
}
