using StudyQuiz.App.Features.EditQuestion;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.UseApi;

/// <summary>What a question says. Which parts it has depends on its type.</summary>
public sealed record ApiQuestion
{
    /// <summary>single_choice, multiple_choice, true_false, cloze, ordering, matching or flashcard. It never changes.</summary>
    public required string Type { get; init; }

    /// <summary>Of a cloze the blank is ＿＿＿; of a flashcard the front.</summary>
    public required string Stem { get; init; }

    public required string Explanation { get; init; }

    /// <summary>1 to 3.</summary>
    public int Difficulty { get; init; } = 1;

    /// <summary>Of choices.</summary>
    public IReadOnlyList<ApiOption>? Options { get; init; }

    /// <summary>Of true_false.</summary>
    public bool? Answer { get; init; }

    /// <summary>Of a cloze: the wordings that count.</summary>
    public IReadOnlyList<string>? Accepted { get; init; }

    /// <summary>Of a cloze: whether the parts of a list count in any order. Null leaves that as it is.</summary>
    public bool? AnyOrder { get; init; }

    /// <summary>Of an ordering, in order.</summary>
    public IReadOnlyList<string>? Items { get; init; }

    /// <summary>Of a matching.</summary>
    public IReadOnlyList<ApiPair>? Pairs { get; init; }

    /// <summary>Of a flashcard.</summary>
    public string? Back { get; init; }

    /// <summary>What stands above the stem. Null leaves what is there; an empty hash takes it away.</summary>
    public ApiPicture? Picture { get; init; }

    /// <summary>The sentences of the text that it rests on.</summary>
    public IReadOnlyList<ApiEvidence> Evidence { get; init; } = [];

    internal static ApiQuestion Of(Question question) => new()
    {
        Type = QuestionTypes.Of(question),
        Stem = question.Stem,
        Explanation = question.Explanation,
        Difficulty = question.Difficulty,
        Options = question switch
        {
            SingleChoice single => [.. single.Options.Select(option => new ApiOption(option.Text, option.Correct, option.Why))],
            MultipleChoice multiple => [.. multiple.Options.Select(option => new ApiOption(option.Text, option.Correct, option.Why))],
            _ => null,
        },
        Answer = (question as TrueFalse)?.Answer,
        Accepted = (question as Cloze)?.Accepted,
        Items = (question as Ordering)?.Items,
        Pairs = (question as Matching)?.Pairs.Select(pair => new ApiPair(pair.Left, pair.Right)).ToList(),
        Back = (question as Flashcard)?.Back,
        AnyOrder = (question as Cloze)?.AnyOrder,
        Picture = ApiPicture.Of(question.Picture),
        Evidence = [.. question.Evidence.Select(one => new ApiEvidence(one.Paragraph, one.Quote, one.At))],
    };

    /// <summary>As the editor's form says it, so that the same rules hold.</summary>
    /// <param name="current">What it is made from.</param>
    internal QuestionForm ToForm(Question current, string why, bool? meaningChanged, bool? regrade) => new(
        Said(Stem), Said(Explanation), Difficulty.ToString(System.Globalization.CultureInfo.InvariantCulture),
        [.. (Options ?? []).Select(option => new Option(Said(option.Text), option.Correct, Said(option.Why ?? "") is { Length: > 0 } reason ? reason : null))],
        [.. (Pairs ?? []).Select(pair => new MatchPair(Said(pair.Left), Said(pair.Right)))],
        Type switch
        {
            QuestionTypes.TrueFalse => Answer switch { true => "true", false => "false", _ => "" },
            QuestionTypes.Cloze => string.Join('\n', (Accepted ?? []).Select(Said)),
            QuestionTypes.Ordering => string.Join('\n', (Items ?? []).Select(Said)),
            QuestionTypes.Flashcard => Said(Back ?? ""),
            _ => "",
        },
        AnyOrder ?? current is Cloze { AnyOrder: true }, [.. Evidence.Select(one => TypedQuote.Of(new Evidence(one.Paragraph, one.Quote, one.At)))], Picture is { } picture ? new TypedPicture(picture.Hash, Said(picture.Alt)) : null, [], VersionReason.Typed(Said(why)), meaningChanged, regrade);

    private static string Said(string text) => StorableText.Clean(text).Trim();
}

/// <summary>A picture of a question. Its bytes are at <c>/pictures/{hash}</c>.</summary>
/// <param name="Hash">What it is stored under, as uploading it tells.</param>
/// <param name="Alt">What it shows, for whoever can't see it: up to 300 characters.</param>
/// <param name="Width">In pixels; told, not taken.</param>
/// <param name="Height">In pixels; told, not taken.</param>
public sealed record ApiPicture(string Hash, string Alt, int? Width = null, int? Height = null)
{
    internal static ApiPicture? Of(Picture? picture) => picture is null ? null : new(picture.Hash, picture.Alt, picture.Width, picture.Height);
}

/// <summary>An option of a choice.</summary>
/// <param name="Why">Why it is right or wrong.</param>
public sealed record ApiOption(string Text, bool Correct, string? Why = null);

/// <summary>A pair of a matching.</summary>
public sealed record ApiPair(string Left, string Right);

/// <summary>A sentence of the text.</summary>
/// <param name="Paragraph">Its label, such as P05.</param>
/// <param name="At">Where it begins, where the paragraph has it more than once.</param>
public sealed record ApiEvidence(string Paragraph, string Quote, int? At = null);
