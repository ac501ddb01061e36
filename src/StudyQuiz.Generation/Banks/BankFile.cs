using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Generation.Banks;

/// <summary>One source's questions as a file that people read and review: the text, its key points, and the questions on them.</summary>
/// <param name="Source">Where the text comes from.</param>
/// <param name="Paragraphs">The clean text, in order.</param>
/// <param name="KeyPoints">What the text says, as a tree.</param>
/// <param name="Questions">In the order in which a reviewer reads them.</param>
public sealed record BankFile(
    BankSource Source, IReadOnlyList<BankParagraph> Paragraphs, IReadOnlyList<BankKeyPoint> KeyPoints, IReadOnlyList<BankQuestion> Questions)
{
    /// <summary>Reads a bank. Anything doubtful is an error: a field that is misspelt must not be lost in silence.</summary>
    /// <returns>The bank, or every error found, each with its place.</returns>
    public static BankReading Read(string yaml) => BankReader.Read(yaml);

    /// <summary>Writes a bank so that <see cref="Read"/> gives an equal one; the same bank always gives the same bytes.</summary>
    /// <remarks>Comments of a file that was read are not kept. Text that can't be stored (a lone surrogate) can't be read back either.</remarks>
    public static string Write(BankFile bank) => BankWriter.Write(bank);

    /// <summary>All key points, each parent before its children, in the order of the text.</summary>
    public IEnumerable<BankKeyPoint> AllKeyPoints() => KeyPoints.SelectMany(point => point.WithDescendants());
}

/// <summary>Where a text comes from.</summary>
/// <param name="Slug">The bank's name in addresses and commands; never changes.</param>
/// <param name="Published">The day of publication; null when unknown.</param>
/// <param name="Language">A BCP 47 tag such as <c>zh-CN</c>.</param>
/// <param name="File">The raw text, relative to the bank file, such as <c>sources/….txt</c>.</param>
/// <param name="Sha256">Of the raw file's bytes, in lower-case hexadecimal.</param>
public sealed record BankSource(string Slug, string Title, string Publisher, DateOnly? Published, string Language, string File, string Sha256);

/// <summary>A paragraph of the clean text.</summary>
/// <param name="Id">Its label, which evidence names, such as <c>P04</c>.</param>
public sealed record BankParagraph(string Id, string Text);

/// <summary>Something the text says, with its proof.</summary>
/// <param name="Weight">1 (setting) to 3 (must be known).</param>
/// <param name="Points">The points it breaks down into.</param>
public sealed record BankKeyPoint(string Id, string Heading, int Weight, IReadOnlyList<Evidence> Evidence, IReadOnlyList<BankKeyPoint> Points)
{
    /// <summary>This point, then everything below it.</summary>
    public IEnumerable<BankKeyPoint> WithDescendants() => Points.SelectMany(point => point.WithDescendants()).Prepend(this);
}

/// <summary>A question and what the bank knows about it.</summary>
/// <param name="Id">Stays the same when the same fact is asked again by a later generation.</param>
/// <param name="KeyPoint">Id of the key point that it asks about.</param>
/// <param name="Body">What the learner is asked.</param>
/// <param name="Enemies">Ids of questions that must not share a quiz with it, since one gives away the other.</param>
public sealed record BankQuestion(
    string Id, string KeyPoint, QuestionOrigin Origin, QuestionStatus Status, Question Body, IReadOnlyList<string> Enemies)
{
    /// <summary>The most characters of a tag.</summary>
    public const int LongestTag = 40;

    /// <summary>What editors sort questions by, across key points and types.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}

/// <summary>Who worded a question. Files and the database hold the name in lower case.</summary>
public enum QuestionOrigin
{
    /// <summary>By rules, from the text; its key is verbatim.</summary>
    Generated,

    /// <summary>By rules, then changed by a person.</summary>
    Edited,

    /// <summary>By a person.</summary>
    Written,
}
