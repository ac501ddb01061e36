using StudyQuiz.App.Features.AppealVerdicts;
using StudyQuiz.App.Features.KeepStatistics;
using StudyQuiz.App.Features.ReviewQuestions;
using StudyQuiz.Domain.Editing;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Gates;

namespace StudyQuiz.App.Features.EditQuestion;

/// <summary>What the page of a question's form shows.</summary>
public sealed record EditorView
{
    public required EditedQuestion Row { get; init; }
    public required QuestionForm Form { get; init; }

    /// <summary>The version that the form was made from.</summary>
    public required long Seen { get; init; }

    /// <summary>Of the text that the question quotes.</summary>
    public required IReadOnlyList<TextParagraph> Paragraphs { get; init; }

    /// <summary>The page's own, under which it keeps what is typed.</summary>
    public required Guid Draft { get; init; }

    /// <summary>The names of what is wrong, by field.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What keeps the question from being stored.</summary>
    public IReadOnlyList<GateFinding> Faults { get; init; } = [];

    /// <summary>What could be better about the question that was stored.</summary>
    public IReadOnlyList<GateFinding> Others { get; init; } = [];

    /// <summary>Why the meaning seems to be another.</summary>
    public IReadOnlyList<MeaningSign> Signs { get; init; } = [];

    public bool IsSaved { get; init; }

    /// <summary>What was stored is not published at the time that had been settled for the wording before.</summary>
    public bool IsUntimed { get; init; }

    /// <summary>What grading earlier answers by the new key would change, where that is asked.</summary>
    public Regrading? Regrading { get; init; }

    /// <summary>When an earlier draft was kept that may be gone on with; null where there is none.</summary>
    public (Guid Id, DateTime KeptAt)? Offered { get; init; }

    /// <summary>For a new question: what it can be about.</summary>
    public IReadOnlyList<KeyPointChoice> KeyPoints { get; init; } = [];

    /// <summary>How many versions there are.</summary>
    public int Versions { get; init; }

    /// <summary>What people's answers say about the question; null where nobody has answered it.</summary>
    public QuestionFigures? Figures { get; init; }

    /// <summary>A change that waits for a second person, or is back from one.</summary>
    public ProposedChange? Change { get; init; }

    /// <summary>Where the person came from.</summary>
    public string? Back { get; init; }

    public string Type => QuestionTypes.Of(Row.Question);
}

/// <summary>A key point that a new question can be on.</summary>
public sealed record KeyPointChoice(long Id, string Label, string Heading, int Depth);
