using System.Text.Json.Serialization;

namespace StudyQuiz.Domain.Quizzes;

/// <summary>What a quiz holds beside questions: it belongs to the quiz, not to a bank, and nobody is graded by it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Poll), "poll")]
[JsonDerivedType(typeof(Slide), "slide")]
public abstract record QuizExtra
{
    public const int LongestTitle = 200;
    public const int LongestText = 1000;

    /// <summary>What stands on top of it.</summary>
    public required string Title { get; init; }
}

/// <summary>A question that has no right answer.</summary>
public sealed record Poll : QuizExtra
{
    /// <summary>As many as a phone has pads.</summary>
    public const int MostOptions = 6;

    /// <summary>At least two.</summary>
    public required IReadOnlyList<string> Options { get; init; }
}

/// <summary>Something to be shown between questions.</summary>
public sealed record Slide : QuizExtra
{
    public required string Text { get; init; }
}
