namespace StudyQuiz.Domain.Questions;

/// <summary>The names of the seven question types, as bank files, the database and the API write them.</summary>
public static class QuestionTypes
{
    public const string SingleChoice = "single_choice";
    public const string MultipleChoice = "multiple_choice";
    public const string TrueFalse = "true_false";
    public const string Cloze = "cloze";
    public const string Ordering = "ordering";
    public const string Matching = "matching";
    public const string Flashcard = "flashcard";

    /// <summary>All seven, in the order in which papers print them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [SingleChoice, TrueFalse, MultipleChoice, Cloze, Ordering, Matching, Flashcard];

    /// <summary>Those that the server can grade, so that a self-test may hold them.</summary>
    public static IReadOnlyList<string> Graded { get; } =
        [SingleChoice, TrueFalse, MultipleChoice, Cloze, Ordering, Matching];

    /// <summary>Those that a live game asks: a phone has no room for 匹配.</summary>
    public static IReadOnlyList<string> Live { get; } = [SingleChoice, TrueFalse, MultipleChoice, Cloze, Ordering];

    /// <summary>The name of a question's type.</summary>
    public static string Of(Question question) => question switch
    {
        Questions.SingleChoice => SingleChoice,
        Questions.MultipleChoice => MultipleChoice,
        Questions.TrueFalse => TrueFalse,
        Questions.Cloze => Cloze,
        Questions.Ordering => Ordering,
        Questions.Matching => Matching,
        Questions.Flashcard => Flashcard,
        _ => throw new ArgumentOutOfRangeException(nameof(question), question, "Not one of the seven types."),
    };
}
