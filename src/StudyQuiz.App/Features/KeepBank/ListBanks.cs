using System.Globalization;
using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.KeepBank;

/// <summary>All banks, and the topics that bring some of them together.</summary>
internal static class ListBanks
{
    private const int Page = 50;

    public static void Map(IEndpointRouteBuilder banks) => banks.MapGet("", ShowAsync);

    private static async Task<IResult> ShowAsync(HttpContext http, NpgsqlDataSource db, string? q = null, string? after = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await PageAsync(connection, q, long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null);
    }

    /// <param name="after">The id of the bank that the page goes on behind.</param>
    internal static async Task<IResult> PageAsync(NpgsqlConnection connection, string? words, long? after = null, string? error = null)
    {
        words = words?.Trim() is { Length: <= QuestionFilter.LongestWords } typed ? typed : "";
        var rows = await OfAsync(connection, words, after, Page + 1);
        return Pages.Render<BanksPage>(
            new { Banks = rows.Take(Page).ToList(), Words = words, HasMore = rows.Count > Page, Topics = await Topic.AllAsync(connection), New = Guid.CreateVersion7(), Error = error, IsFurther = after is not null },
            error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>Banks whose titles hold words, the newest first.</summary>
    internal static async Task<IReadOnlyList<ListedBank>> OfAsync(NpgsqlConnection connection, string? words, long? after, int most) =>
        (await connection.QueryAsync<ListedBank>(
            """
            with page as materialized (
              select id from source where current_version_id is not null and owner_id is null and trashed_at is null and (@after::bigint is null or id < @after) and (@words = '' or position(lower(@words) in lower(title)) > 0)
              order by id desc limit @most)
            select s.id, s.slug, s.title, s.publisher, s.published, s.language, v.version, coalesce(c.questions, 0) as questions, coalesce(c.asked, 0) as asked, coalesce(c.open, 0) as open, coalesce(c.concern, 0) as concern
            from page p join source s on s.id = p.id join source_version v on v.id = s.current_version_id
            left join (
              select source_id, sum(questions)::int as questions, (sum(questions) filter (where status = 'published'))::int as asked, (sum(questions) filter (where status in ('draft', 'review')))::int as open,
                sum(concern)::int as concern
              from question_tally where source_id in (select id from page) group by source_id) c on c.source_id = s.id
            order by s.id desc
            """,
            new { words = words?.Trim() is { Length: <= QuestionFilter.LongestWords } typed ? typed : "", after, most })).AsList();
}

/// <summary>A bank in a list.</summary>
public sealed record ListedBank
{
    public required long Id { get; init; }
    public required string Slug { get; init; }
    public required string Title { get; init; }
    public required string Publisher { get; init; }
    public required DateOnly? Published { get; init; }
    public required string Language { get; init; }

    /// <summary>Of its text.</summary>
    public required int Version { get; init; }
    public required int Questions { get; init; }

    /// <summary>Published ones.</summary>
    public required int Asked { get; init; }

    /// <summary>Drafts and those under review.</summary>
    public required int Open { get; init; }

    /// <summary>Those that need a look.</summary>
    public required int Concern { get; init; }
}
