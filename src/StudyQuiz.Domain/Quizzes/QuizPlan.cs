using StudyQuiz.Domain.Attempts;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Quizzes;

/// <summary>What a quiz asks, section by section, and by which rules. What its sections hold by hand stands beside it.</summary>
/// <param name="Sources">The banks that are drawn from.</param>
public sealed record QuizPlan(IReadOnlyList<long> Sources, IReadOnlyList<QuizSection> Sections, QuizRules Rules)
{
    /// <summary>The most sections of a quiz.</summary>
    public const int MostSections = 12;

    /// <summary>The most questions of a quiz: all of an attempt are on one page.</summary>
    public const int MostQuestions = 100;

    /// <summary>What all questions are worth.</summary>
    public decimal Total => Sections.Sum(section => section.Number * section.Points);

    /// <summary>How many questions it asks.</summary>
    public int Number => Sections.Sum(section => section.Number);

    /// <summary>The time for the whole of it, in whole minutes.</summary>
    public int Minutes => Rules.Minutes ?? (int)MockExam.TimeFor(Total).TotalMinutes;

    /// <summary>A paper of the usual sections, each question drawn.</summary>
    public static QuizPlan Paper(IReadOnlyList<long> sources) => new(
        sources,
        [.. MockExam.Sections.Select((section, i) => new QuizSection(i + 1, section.Type, section.Number, section.Points))],
        new QuizRules { PassMark = MockExam.PassMark(MockExam.Total(MockExam.Sections)), Minutes = 45 });

    /// <summary>One section of whatever types, to be filled by hand or drawn.</summary>
    public static QuizPlan Mixed(IReadOnlyList<long> sources, int number) => new(sources, [new QuizSection(1, null, number, 1)], new QuizRules());

    public QuizSection? Find(int section) => Sections.FirstOrDefault(one => one.Id == section);
}

/// <summary>A part of a quiz.</summary>
/// <param name="Id">Names it for as long as the quiz lives, wherever it stands.</param>
/// <param name="Type">One of <see cref="QuestionTypes"/>; null where it holds questions of any, polls and slides.</param>
/// <param name="Number">How many questions it asks; what is not picked by hand is drawn.</param>
/// <param name="Points">What each is worth.</param>
public sealed record QuizSection(int Id, string? Type, int Number, decimal Points)
{
    /// <summary>So many at least of each difficulty; null where any will do.</summary>
    public DifficultyMix? Mix { get; init; }

    /// <summary>So many at least of a key point and those below it.</summary>
    public IReadOnlyList<KeyPointShare> Shares { get; init; } = [];

    /// <summary>What it draws from: its type, or all that can be graded.</summary>
    public IReadOnlyList<string> Types => Type is null ? QuestionTypes.Graded : [Type];
}

/// <summary>How many questions of each difficulty, 1 to 3.</summary>
public sealed record DifficultyMix(int Easy, int Medium, int Hard)
{
    public static IReadOnlyList<int> Levels { get; } = [1, 2, 3];

    public int Sum => Easy + Medium + Hard;

    public int Of(int difficulty) => difficulty switch { 1 => Easy, 2 => Medium, 3 => Hard, _ => 0 };
}

/// <summary>So many questions of a key point and those below it.</summary>
/// <param name="KeyPoint">One at the top of its source's tree.</param>
public sealed record KeyPointShare(long KeyPoint, int Number);

/// <summary>How a quiz is taken.</summary>
public sealed record QuizRules
{
    /// <summary>Each attempt draws anew; else everyone has the same paper.</summary>
    public bool DrawnPerAttempt { get; init; }

    /// <summary>For the whole of it; null for as long as so many points take.</summary>
    public int? Minutes { get; init; }

    /// <summary>From how many points on it is passed; null where nobody passes or fails.</summary>
    public decimal? PassMark { get; init; }

    /// <summary>Whether a multiple choice with some right and none wrong earns half of its points.</summary>
    public bool PartialCredit { get; init; } = true;

    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? Until { get; init; }

    /// <summary>How many attempts each person has; null for any number.</summary>
    public int? Attempts { get; init; } = 1;

    public CountedAttempt Counts { get; init; } = CountedAttempt.Best;
    public AnswersShown Answers { get; init; } = AnswersShown.AfterWindow;
    public AskedName Names { get; init; } = AskedName.NameAndUnit;

    /// <summary>Whether the best are named to everyone at the end.</summary>
    public bool Board { get; init; } = true;
}

/// <summary>Which of a person's attempts counts.</summary>
public enum CountedAttempt
{
    Best,
    Last,
    First,
}

/// <summary>When a person who takes a quiz sees what was right.</summary>
public enum AnswersShown
{
    /// <summary>After each answer, which is final then.</summary>
    AfterEach,
    AtSubmission,
    AfterWindow,
    Never,
}

/// <summary>By what name a person takes a quiz.</summary>
public enum AskedName
{
    Nickname,
    NameAndUnit,

    /// <summary>That of the account, which is needed then.</summary>
    Account,
}
