using System.Text.Json.Serialization;

namespace StudyQuiz.Domain.Questions;

/// <summary>What a learner is asked, with its key and the sentence of the source that proves the key.</summary>
/// <remarks>One immutable version. Positions (of options, items, pairs) are the author's; learners see them through a <see cref="Presentation"/>.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SingleChoice), QuestionTypes.SingleChoice)]
[JsonDerivedType(typeof(MultipleChoice), QuestionTypes.MultipleChoice)]
[JsonDerivedType(typeof(TrueFalse), QuestionTypes.TrueFalse)]
[JsonDerivedType(typeof(Cloze), QuestionTypes.Cloze)]
[JsonDerivedType(typeof(Ordering), QuestionTypes.Ordering)]
[JsonDerivedType(typeof(Matching), QuestionTypes.Matching)]
[JsonDerivedType(typeof(Flashcard), QuestionTypes.Flashcard)]
public abstract record Question
{
    /// <summary>The asking sentence; for a cloze it holds <see cref="Cloze.Blank"/> once; for a flashcard it is the front.</summary>
    public required string Stem { get; init; }

    /// <summary>Why the key is right, in the product's words, shown after the answer.</summary>
    public required string Explanation { get; init; }

    /// <summary>The exact words of the source on which the key rests.</summary>
    public required IReadOnlyList<Evidence> Evidence { get; init; }

    /// <summary>1 (easy) to 3 (hard).</summary>
    public required int Difficulty { get; init; }

    /// <summary>Shown above the stem; null where there is none.</summary>
    public Picture? Picture { get; init; }

    /// <summary>Answers beside the key that count in full, in the author's positions: editors accepted them on appeal. Null where there are none; a cloze has its wordings.</summary>
    public IReadOnlyList<GivenAnswer>? AlsoCounts { get; init; }

    /// <summary>How many positions a <see cref="Presentation"/> shuffles; 0 where there is nothing to shuffle.</summary>
    [JsonIgnore]
    public abstract int Shuffled { get; }

    /// <summary>Without what the author wrote in favour of a key: by another key it would be wrong.</summary>
    public Question WithoutReasons() => this switch
    {
        SingleChoice single => single with { Explanation = "", Options = Unexplained(single.Options) },
        MultipleChoice multiple => multiple with { Explanation = "", Options = Unexplained(multiple.Options) },
        _ => this with { Explanation = "" },
    };

    private static IReadOnlyList<Option> Unexplained(IReadOnlyList<Option> options) => [.. options.Select(option => option with { Why = null })];
}

/// <summary>An exact quote of a paragraph of the source.</summary>
/// <param name="Paragraph">The paragraph's label in its source, such as <c>P04</c>.</param>
/// <param name="Quote">The words, exactly as they stand there.</param>
/// <param name="At">Offset of the quote in the paragraph in UTF-16 units; needed only where the quote occurs more than once.</param>
public sealed record Evidence(string Paragraph, string Quote, int? At = null);

/// <summary>An option of a choice question.</summary>
/// <param name="Text">What the learner reads.</param>
/// <param name="Correct">Whether choosing it is right.</param>
/// <param name="Why">Why it is right or wrong, shown after the answer; null where the author gave no reason.</param>
public sealed record Option(string Text, bool Correct, string? Why = null);

/// <summary>A left side and the only right side that belongs to it.</summary>
public sealed record MatchPair(string Left, string Right);

/// <summary>单选: exactly one option is right.</summary>
public sealed record SingleChoice : Question
{
    public required IReadOnlyList<Option> Options { get; init; }
    public override int Shuffled => Options.Count;
}

/// <summary>多选: at least two options are right and at least one is wrong.</summary>
public sealed record MultipleChoice : Question
{
    public required IReadOnlyList<Option> Options { get; init; }
    public override int Shuffled => Options.Count;
}

/// <summary>判断: the stem is a statement that is true or false by the source.</summary>
public sealed record TrueFalse : Question
{
    public required bool Answer { get; init; }
    public override int Shuffled => 0;
}

/// <summary>填空: a sentence of the source with one part blanked, to be typed.</summary>
public sealed record Cloze : Question
{
    /// <summary>How the blank is written in a stem: three full-width low lines.</summary>
    public const string Blank = "＿＿＿";

    /// <summary>Every wording that counts; the first is the source's own.</summary>
    public required IReadOnlyList<string> Accepted { get; init; }

    /// <summary>Whether the parts of an answer that is a list (甲、乙和丙) count in any order.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AnyOrder { get; init; }

    public override int Shuffled => 0;
}

/// <summary>排序: items to be put in the order in which the source gives them.</summary>
public sealed record Ordering : Question
{
    /// <summary>The items in the right order.</summary>
    public required IReadOnlyList<string> Items { get; init; }
    public override int Shuffled => Items.Count;
}

/// <summary>匹配: left sides to be joined to right sides, one to one.</summary>
public sealed record Matching : Question
{
    public required IReadOnlyList<MatchPair> Pairs { get; init; }
    public override int Shuffled => Pairs.Count;
}

/// <summary>简答: a front to recall and a back to compare with; the learner judges it.</summary>
public sealed record Flashcard : Question
{
    public required string Back { get; init; }
    public override int Shuffled => 0;
}
