using System.Globalization;
using StudyQuiz.App.Features.ExchangeQuestions.Formats;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.ExchangeQuestions;

/// <summary>A row as the preview and the report show it.</summary>
/// <param name="Kind">refused, near, conflict, changed, new or unchanged.</param>
/// <param name="Line">Of the file; 0 for the file as a whole.</param>
/// <param name="Part">The file of a package that the line counts in.</param>
/// <param name="Says">Why it is refused, and what stays behind.</param>
/// <param name="Choices">What can be done with it, the usual first; empty where nothing can.</param>
/// <param name="IsStored">It was imported.</param>
public sealed record ImportRow(int Index, string Kind, int Line, string? Part, string Stem, string? Type, IReadOnlyList<string> Says, IReadOnlyList<string> Choices, bool IsStored)
{
    /// <summary>Parts that differ, by their names.</summary>
    public IReadOnlyList<RowDifference> Differences { get; init; } = [];

    /// <summary>It was imported and waits for a second person.</summary>
    public bool IsWaiting { get; init; }

    /// <summary>Of a new row what counts as right among what, and the explanation.</summary>
    public string Reads { get; init; } = "";

    /// <summary>A published question becomes another at once.</summary>
    public bool IsServed { get; init; }

    internal NearQuestion? Near { get; init; }

    /// <summary>found, none or null.</summary>
    public string? Evidence { get; init; }

    /// <summary>The paragraph in which evidence was found.</summary>
    public string? Paragraph { get; init; }

    /// <summary>What somebody has to look at comes first.</summary>
    public int Rank => Kind switch { "refused" => 0, "conflict" => 1, "near" => 2, "changed" => 3, "new" => 4, _ => 5 };

    public bool NeedsLook => Rank < 4;

    public static string FieldOf(int index) => string.Create(CultureInfo.InvariantCulture, $"row{index}");

    /// <summary>What is near another is left out unless somebody says otherwise.</summary>
    internal static RowChoice UsualOf(MatchedQuestion row) => row.Near is not null ? RowChoice.Skip : ImportQuestions.Usual(row);

    internal static ImportRow Of(int index, MatchedQuestion row, bool isStored, bool isWaiting, bool isWhole) => new(
        index, KindOf(row), row.Row.Line, row.Row.File, row.Row.Shown, row.Result is { } result ? QuestionTypes.Of(result.Body) : null,
        [.. row.Notes.Prepend(row.Refusal).OfType<Why>().Select(why => WhyText.Say(why))], isWhole ? [] : ChoicesOf(row), isStored)
    {
        Differences = row is { State: RowState.Changed or RowState.Conflict, Before: { } before } ? RowDifference.Between(before, row.Result!) : [],
        Reads = row is { State: RowState.New, Result.Body: { } read } ? RowDifference.AnswerOf(read) + (read.Explanation.Length > 0 ? "\n" + read.Explanation : "") : "",
        IsServed = row is { State: RowState.Changed or RowState.Conflict, Before.Status: "published" },
        IsWaiting = isWaiting,
        Near = row.Near,
        Evidence = row.LacksEvidence ? "none" : row.FoundEvidence ? "found" : null,
        Paragraph = row.FoundEvidence ? row.Result!.Body.Evidence[0].Paragraph : null,
    };

    private static string KindOf(MatchedQuestion row) => row.State switch
    {
        RowState.New => row.Near is null ? "new" : "near",
        var state => state.ToString().ToLowerInvariant(),
    };

    private static IReadOnlyList<string> ChoicesOf(MatchedQuestion row) => row.State switch
    {
        RowState.New when row.Near is not null => [nameof(RowChoice.Skip), nameof(RowChoice.Take), nameof(RowChoice.TakeAsEnemy)],
        RowState.New or RowState.Changed => [nameof(RowChoice.Take), nameof(RowChoice.Skip)],
        RowState.Conflict => [nameof(RowChoice.Skip), nameof(RowChoice.Take)],
        _ => [],
    };
}

/// <summary>A part of a question that a file says otherwise.</summary>
/// <param name="Part">Of its resource.</param>
public sealed record RowDifference(string Part, string Before, string After)
{
    internal static IReadOnlyList<RowDifference> Between(ImportBank.StoredQuestion before, Generation.Banks.BankQuestion after)
    {
        var (was, now) = (before.Question, after.Body);
        return
        [
            .. new RowDifference[]
            {
                new("Stem", was.Stem, now.Stem),
                new("Answer", AnswerOf(was), AnswerOf(now)),
                new("Explanation", was.Explanation, now.Explanation),
                new("Evidence", string.Join('\n', was.Evidence.Select(EvidenceText.Write)), string.Join('\n', now.Evidence.Select(EvidenceText.Write))),
                new("Difficulty", was.Difficulty.ToString(CultureInfo.InvariantCulture), now.Difficulty.ToString(CultureInfo.InvariantCulture)),
                new("KeyPoint", before.KeyPoint, after.KeyPoint),
                new("Tags", string.Join('；', (before.Tags?.Split('\n') ?? []).Order(StringComparer.Ordinal)), string.Join('；', after.Tags.Order(StringComparer.Ordinal))),
                new("Enemies", string.Join(' ', (before.Enemies?.Split(' ') ?? []).Order(StringComparer.Ordinal)), string.Join(' ', after.Enemies.Order(StringComparer.Ordinal))),
            }.Where(part => part.Before != part.After),
        ];
    }

    internal static string AnswerOf(Question question) => question switch
    {
        TrueFalse statement => statement.Answer ? "√" : "×",
        Cloze cloze => RowText.Joined(cloze.Accepted),
        Ordering ordering => string.Join(" > ", ordering.Items),
        Matching matching => string.Join('；', matching.Pairs.Select(pair => $"{pair.Left} {AskedText.Arrow} {pair.Right}")),
        Flashcard card => card.Back,
        _ => string.Join('；', Bodies.OptionsOf(question).Select((option, i) => $"{RowText.Letter(i)}. {option.Text}{(option.Correct ? " √" : "")}{(option.Why is null ? "" : $"（{option.Why}）")}")),
    };
}

/// <summary>What the page says of a file as a whole.</summary>
/// <param name="Mapping">What each column of a table was taken for.</param>
public sealed record ImportSummary(
    string Secret, string Slug, string Bank, string Language, string Name, string Format, bool IsDone, bool IsRefused, IReadOnlyList<ImportRow> Rows, IReadOnlyList<GivenColumn> Mapping)
{
    public string BankPath => KeepBank.KeptBank.PathOf(Slug);

    public string Path => $"{BankPath}/import/{Secret}";

    public int Of(string kind) => Rows.Count(row => row.Kind == kind);

    public int NeedLook => Rows.Count(row => row.NeedsLook);

    public bool CanStore => !IsDone && Rows.Any(row => row.Choices.Count > 0);
}
