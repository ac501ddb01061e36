using Dapper;
using Npgsql;
using StudyQuiz.App.Features.ImportBank;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Features.ExchangeQuestions;

/// <summary>The bank that a file goes into, with all that its rows are compared with.</summary>
/// <param name="TextVersion">The version of the source that new questions quote.</param>
/// <param name="KeyPoints">Labels and headings.</param>
/// <param name="Questions">By slug.</param>
internal sealed record ChosenBank(
    long Id, string Slug, string Title, string Language, long TextVersion, IReadOnlyDictionary<string, string> KeyPoints, IReadOnlyList<BankParagraph> Paragraphs, IReadOnlyDictionary<string, StoredQuestion> Questions)
{
    /// <summary>No bank: then every row is new.</summary>
    public static ChosenBank None { get; } = new(0, "", "", "zh-CN", 0, new Dictionary<string, string>(StringComparer.Ordinal), [], new Dictionary<string, StoredQuestion>(StringComparer.Ordinal));

    public bool IsChinese => Language.StartsWith("zh", StringComparison.OrdinalIgnoreCase);

    /// <summary>Null where there is none of that name.</summary>
    public static async Task<ChosenBank?> FindAsync(NpgsqlConnection connection, string slug)
    {
        var row = await connection.QuerySingleOrDefaultAsync<Row?>("select id, slug, title, language, current_version_id as text_version from source where slug = @slug and current_version_id is not null", new { slug });
        if (row is null) return null;
        var points = await connection.QueryAsync<(string Label, string Heading)>("select label, heading from key_point where source_id = @Id", row);
        var paragraphs = await connection.QueryAsync<BankParagraph>("select label as id, text from paragraph where source_version_id = @TextVersion order by position", row);
        return new ChosenBank(
            row.Id, row.Slug, row.Title, row.Language, row.TextVersion, points.ToDictionary(point => point.Label, point => point.Heading, StringComparer.Ordinal), [.. paragraphs],
            await StoredQuestion.OfSourceAsync(connection, row.Id));
    }

    /// <summary>A bank of one question, for the gates that look at each by itself.</summary>
    public BankFile With(BankQuestion question) => new(
        new BankSource(Slug, Title, "", null, Language, "", ""), Paragraphs, [new BankKeyPoint(question.KeyPoint, KeyPoints.GetValueOrDefault(question.KeyPoint) ?? question.KeyPoint, 1, question.Body.Evidence, [])], [question with { Enemies = [] }]);

    private sealed record Row(long Id, string Slug, string Title, string Language, long TextVersion);
}
