using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Facts;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Items;

/// <summary>A question written from a fact, before any gate has seen it.</summary>
/// <param name="Fact">What it asks about.</param>
/// <param name="FactId">The fact's identity; equal for equal facts.</param>
/// <param name="Question">With the key point and without enemies.</param>
public sealed record Candidate(Fact Fact, string FactId, BankQuestion Question)
{
    /// <summary>The question's type, as bank files write it.</summary>
    public string Type { get; } = QuestionTypes.Of(Question.Body);

    /// <summary>Tells apart questions of one type on one fact that ask for different answers; the rules write none such.</summary>
    public string Asked { get; init; } = "";

    /// <summary>What it asks for where its fact holds more than that: the clauses to be joined or chosen, the figures to be judged.</summary>
    public IReadOnlyList<Place> Asks { get; init; } = [];

    /// <summary>It asks where something stands that opens its point, and so mostly says again what the point says.</summary>
    public bool IsOnOpening { get; init; }

    /// <summary>Questions of one type and form ask in the same way; what was proposed is worded freely.</summary>
    public string Form => Asked.Length > 0 ? "proposed" : Fact.GetType().Name;

    /// <summary>Its options; empty for types that have none.</summary>
    public IReadOnlyList<Option> Options => Question.Body switch
    {
        SingleChoice single => single.Options,
        MultipleChoice multiple => multiple.Options,
        _ => [],
    };
}

/// <summary>A question that could not be written.</summary>
/// <param name="Type">The question type, as bank files write it.</param>
/// <param name="Reason">Why not.</param>
public sealed record Unwritten(Fact Fact, string Type, UnwrittenReason Reason);

/// <summary>Why a fact gave no question of a type.</summary>
public enum UnwrittenReason
{
    /// <summary>The text holds too little of the same kind and length that would be wrong here.</summary>
    TooFewDistractors,

    /// <summary>Too few items to put in order or to join.</summary>
    TooFewItems,

    /// <summary>More than can be recalled at once.</summary>
    TooManyItems,

    /// <summary>What comes next follows from nothing before it, so that only who knows the text by heart could tell.</summary>
    OnlyByHeart,

    /// <summary>Who knows texts of the kind answers it unread.</summary>
    Evident,
}
