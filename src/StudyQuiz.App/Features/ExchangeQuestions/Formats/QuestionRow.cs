using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Features.ExchangeQuestions.Formats;

/// <summary>A question of a file, or why it is none.</summary>
/// <param name="Line">Where it begins, from 1; of a package of notes its place; 0 for the file as a whole.</param>
/// <param name="Shown">The beginning of what stands there.</param>
internal sealed record QuestionRow(int Line, string Shown)
{
    /// <summary>The file of a package that the line counts in.</summary>
    public string? File { get; init; }

    /// <summary>Null where it is refused.</summary>
    public RowQuestion? Question { get; init; }

    public Why? Refusal { get; init; }

    /// <summary>What the file says there and a question here can't.</summary>
    public IReadOnlyList<Why> Notes { get; init; } = [];

    public static QuestionRow Refused(int line, string shown, string code, params object[] args) => new(line, RowText.Beginning(shown)) { Refusal = new Why(code, args) };
}

/// <summary>What a row says. What it does not say is null, or empty in the body: an import then keeps what is here.</summary>
internal sealed record RowQuestion(Question Body)
{
    /// <summary>The question's name in its bank.</summary>
    public string? Id { get; init; }

    /// <summary>What another system calls it for good.</summary>
    public string? Key { get; init; }

    public int? Difficulty { get; init; }

    /// <summary>A key point's label.</summary>
    public string? KeyPoint { get; init; }

    public bool? AnyOrder { get; init; }
    public IReadOnlyList<string>? Tags { get; init; }
    public IReadOnlyList<string>? Enemies { get; init; }
    public QuestionOrigin? Origin { get; init; }
    public QuestionStatus? Status { get; init; }
}

/// <summary>A reason for people: the name of a text in <see cref="QuestionFilesText"/>, and what fills it in.</summary>
internal sealed record Why(string Code, params object[] Args);

/// <summary>A file as a whole can't be read.</summary>
/// <param name="line">The line that says so; 0 where none does.</param>
internal sealed class RefusedFileException(Why why, int line = 0) : Exception(why.Code)
{
    public RefusedFileException(string code, params object[] args) : this(new Why(code, args))
    {
    }

    public Why Why { get; } = why;

    public int Line { get; } = line;
}

/// <summary>A file that was read.</summary>
/// <param name="Format">The name of its format.</param>
/// <param name="IsRefused">Nothing of it can be taken; the rows say why.</param>
internal sealed record QuestionFile(string Format, IReadOnlyList<QuestionRow> Rows, bool IsRefused)
{
    /// <summary>About how many bytes it takes while it waits.</summary>
    public long Weight => Rows.Sum(row => 400L + 8 * row.Shown.Length + (row.Question is { } question ? 4L * (question.Body.Stem.Length + question.Body.Explanation.Length) + 200L * question.Body.Shuffled : 0));
}
