using StudyQuiz.App.Features.ExchangeQuestions.Formats;
using StudyQuiz.App.Features.ImportBank;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Features.ExchangeQuestions;

/// <summary>What an import does with a row.</summary>
internal enum RowState
{
    Refused,

    /// <summary>Not in the bank.</summary>
    New,

    /// <summary>Another version of a question of the bank.</summary>
    Changed,

    /// <summary>It differs from a question that a person changed here since the last import.</summary>
    Conflict,

    Unchanged,
}

/// <summary>A row compared with the bank.</summary>
/// <param name="Result">The question as it would be; null where the row is refused.</param>
/// <param name="Before">The question of the bank that it is; null where it is new.</param>
/// <param name="Hash">Of what the row says.</param>
internal sealed record MatchedQuestion(QuestionRow Row, RowState State, BankQuestion? Result, StoredQuestion? Before, string Hash)
{
    public Why? Refusal { get; init; }
    public IReadOnlyList<Why> Notes { get; init; } = [];

    /// <summary>What asks nearly the same; of new rows only.</summary>
    public NearQuestion? Near { get; init; }

    /// <summary>The evidence was found in the text, not in the file.</summary>
    public bool FoundEvidence { get; init; }

    /// <summary>A new question for which nobody has the words of the source yet.</summary>
    public bool LacksEvidence => State == RowState.New && Result is { Body.Evidence.Count: 0 };
}
