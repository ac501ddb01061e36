using System.Globalization;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Statistics;

namespace StudyQuiz.App.Features.KeepBank;

/// <summary>Which of a bank's questions are listed, and how. It is its page's address.</summary>
/// <param name="Words">What is looked for in their texts; may be empty.</param>
/// <param name="Status">One of <see cref="Statuses"/> or <see cref="All"/>; null for all that are not retired.</param>
/// <param name="Point">A key point, with those below it.</param>
/// <param name="Flag">One of <see cref="Flags"/>.</param>
/// <param name="Author">Of the wording that is asked.</param>
/// <param name="Sort">One of <see cref="Sorts"/>.</param>
public sealed record QuestionFilter(string Words, string? Status, string? Type, long? Point, string? Tag, string? Flag, Guid? Author, string Sort)
{
    public const int LongestWords = 100;

    /// <summary>Of any status, retired ones too.</summary>
    public const string All = "all";

    /// <summary>Any flag of statistics, or a newer text.</summary>
    public const string AnyFlag = "any";

    /// <summary>Its evidence is not in the newest text.</summary>
    public const string Behind = "behind";
    public const string NoEvidence = "no-evidence";
    public const string Appeals = "appeals";
    public const string Reports = "reports";

    public static IReadOnlyList<string> Statuses { get; } = ["draft", "review", "published", "retired"];

    public static IReadOnlyList<string> Flags { get; } = [AnyFlag, Behind, NoEvidence, Appeals, Reports, .. ItemFlags.All];

    public static IReadOnlyList<string> Sorts { get; } = ["order", "concern", "changed", "facility", "discrimination", "answers"];

    public bool IsEmpty => this == new QuestionFilter("", null, null, null, null, null, null, Sort);

    /// <summary>Whether something but words chooses among all.</summary>
    internal bool IsNarrow => !(this with { Words = "" }).IsEmpty;

    internal static QuestionFilter Read(Func<string, string?> field) => new(
        Shortened(field("q")?.Trim() ?? ""), Known(field("status"), [.. Statuses, All]), Known(field("type"), QuestionTypes.All),
        long.TryParse(field("point"), NumberStyles.None, CultureInfo.InvariantCulture, out var point) ? point : null,
        field("tag")?.Trim() is { Length: > 0 and <= ChangeMany.LongestTag } tag ? tag : null, Known(field("flag"), Flags), Guid.TryParse(field("author"), out var author) ? author : null,
        Known(field("sort"), Sorts) ?? Sorts[0]);

    /// <summary>The fields that say it, those that say nothing left out.</summary>
    internal IEnumerable<(string Name, string Value)> Fields() => new (string Name, string? Value)[]
    {
        ("q", Words), ("status", Status), ("type", Type), ("point", Point?.ToString(CultureInfo.InvariantCulture)), ("tag", Tag), ("flag", Flag), ("author", Author?.ToString()), ("sort", Sort == Sorts[0] ? null : Sort),
    }.Where(field => !string.IsNullOrEmpty(field.Value)).Select(field => (field.Name, field.Value!));

    internal string Query(params (string Name, string? Value)[] more) =>
        string.Concat(Fields().Concat(more.Where(field => field.Value is not null).Select(field => (field.Name, Value: field.Value!)))
            .Select((field, i) => $"{(i == 0 ? '?' : '&')}{field.Name}={Uri.EscapeDataString(field.Value)}"));

    // The first of too many: what is looked for stands in its field
    private static string Shortened(string words) => words.Length <= LongestWords ? words : words[..(char.IsHighSurrogate(words[LongestWords - 1]) ? LongestWords - 1 : LongestWords)];

    private static string? Known(string? value, IReadOnlyList<string> known) => value is not null && known.Contains(value, StringComparer.Ordinal) ? value : null;
}
