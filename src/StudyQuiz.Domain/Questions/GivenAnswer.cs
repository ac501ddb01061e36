using System.Text.Json.Serialization;

namespace StudyQuiz.Domain.Questions;

/// <summary>What a learner or player answered. Positions count from 0.</summary>
/// <remarks>On the wire positions are those shown on the screen; stored and graded are the author's: <see cref="Presentation"/> translates.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Chosen), "chosen")]
[JsonDerivedType(typeof(Judged), "judged")]
[JsonDerivedType(typeof(Typed), "typed")]
[JsonDerivedType(typeof(Ordered), "ordered")]
[JsonDerivedType(typeof(Paired), "paired")]
[JsonDerivedType(typeof(Recalled), "recalled")]
[JsonDerivedType(typeof(SelfRated), "rated")]
public abstract record GivenAnswer
{
    /// <summary>The longest typed answer that is taken, in UTF-16 units.</summary>
    public const int LongestTyped = 200;

    /// <summary>The longest answer of one's own words to a flashcard, in UTF-16 units.</summary>
    public const int LongestRecalled = 2000;

    /// <summary>A text that is the same for answers that say the same: whatever the order of choices, and typed words as <see cref="TypedText.Normalize"/> has them.</summary>
    [JsonIgnore]
    public string Form => this switch
    {
        Chosen chosen => "chosen " + string.Join(',', chosen.Options.Order()),
        Judged judged => judged.Value ? "true" : "false",
        Typed typed => "typed " + TypedText.Normalize(typed.Text),
        Ordered ordered => "ordered " + string.Join(',', ordered.Items),
        Paired paired => "paired " + string.Join(',', paired.Rights),
        Recalled recalled => "recalled " + recalled.Text,
        SelfRated rated => "rated " + rated.Knew,
        _ => throw new NotSupportedException($"A {GetType().Name} has no form."),
    };

    /// <summary>Whether this answer can be given to that question at all: right kind, positions that exist, no duplicates.</summary>
    public bool Fits(Question question) => (question, this) switch
    {
        (SingleChoice single, Chosen chosen) => chosen.Options.Count == 1 && Positions(chosen.Options, single.Options.Count),
        (MultipleChoice multiple, Chosen chosen) => chosen.Options.Count > 0 && Positions(chosen.Options, multiple.Options.Count),
        (TrueFalse, Judged) => true,
        (Cloze, Typed typed) => typed.Text.Length is > 0 and <= LongestTyped && StorableText.Is(typed.Text),
        (Ordering ordering, Ordered ordered) => ordered.Items.Count == ordering.Items.Count && Positions(ordered.Items, ordering.Items.Count),
        (Matching matching, Paired paired) => paired.Rights.Count == matching.Pairs.Count
            && Positions([.. paired.Rights.Where(right => right != Paired.None)], matching.Pairs.Count),
        (Flashcard, Recalled recalled) => Words(recalled.Text),
        (Flashcard card, SelfRated rated) => Words(rated.Text) && Positions(rated.Said, Flashcards.Points(card).Count),
        _ => false,
    };

    private static bool Words(string text) => text.Length <= LongestRecalled && StorableText.Is(text);

    private static bool Positions(IReadOnlyList<int> given, int count) =>
        given.All(position => position >= 0 && position < count) && given.Distinct().Count() == given.Count;
}

/// <summary>Options chosen of a single or multiple choice.</summary>
public sealed record Chosen(IReadOnlyList<int> Options) : GivenAnswer;

/// <summary>A statement judged true or false.</summary>
public sealed record Judged(bool Value) : GivenAnswer;

/// <summary>Words typed into a blank.</summary>
public sealed record Typed(string Text) : GivenAnswer;

/// <summary>Items in the learner's order.</summary>
public sealed record Ordered(IReadOnlyList<int> Items) : GivenAnswer;

/// <summary>For each left side the right side given to it, or <see cref="None"/>.</summary>
public sealed record Paired(IReadOnlyList<int> Rights) : GivenAnswer
{
    /// <summary>No right side given yet.</summary>
    public const int None = -1;
}

/// <summary>What a learner remembered of a flashcard before its back was shown: in words, or in thought only.</summary>
/// <param name="Text">Empty for a thought.</param>
public sealed record Recalled(string Text) : GivenAnswer;

/// <summary>A flashcard judged by its learner beside its back.</summary>
/// <param name="Text">What was written before.</param>
/// <param name="Said">The points of the back that the learner had.</param>
/// <param name="Knew">会 or 不会.</param>
public sealed record SelfRated(string Text, IReadOnlyList<int> Said, bool Knew) : GivenAnswer;
