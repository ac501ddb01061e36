using System.Globalization;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.Localization;
using Npgsql;
using StudyQuiz.App.Features.ReviewQuestions;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.EditQuestion;

/// <summary>What a question has said, version by version, and the way back to an earlier one. Versions never change.</summary>
internal static class VersionEndpoints
{
    private const int APage = 30;

    public static string PathOf(string bank, long question) => string.Create(CultureInfo.InvariantCulture, $"/banks/{Uri.EscapeDataString(bank)}/questions/{question}/versions");

    public static void Map(IEndpointRouteBuilder app)
    {
        var versions = app.MapGroup("/banks/{slug}/questions/{id:long}/versions").RequireAuthorization(Policies.EditBanks);
        versions.MapGet("", ShowAsync);
        versions.MapPost("/{version:long}/restore", RestoreAsync);
        // a refusal stands at this address
        versions.MapGet("/{version:long}/restore", (string slug, long id, long version) => Results.LocalRedirect(PathOf(slug, id)));
    }

    private static async Task<IResult> ShowAsync(string slug, long id, HttpContext http, NpgsqlDataSource db, int? before = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await EditedQuestion.FindAsync(connection, slug, id) is not { } row) return Pages.NotFound();
        // One more than are shown: each is compared with the one before it
        var versions = await QuestionVersion.OfAsync(connection, id, before, APage + 1);
        return Pages.Render<VersionsPage>(new { Row = row, Versions = versions, Shown = Math.Min(APage, versions.Count), IsNewest = before is null, Change = await ProposedChange.FindAsync(connection, id) });
    }

    // A version of its own that says what the old one said, asked about and checked like any other change
    private static async Task<IResult> RestoreAsync(string slug, long id, long version, HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock, IStringLocalizer<EditQuestionText> text)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await EditedQuestion.FindAsync(connection, slug, id) is not { } row || await row.AtAsync(connection, version) is not { } old) return Pages.NotFound();
        if (DraftEndpoints.SeenBy(form) is not { } seen) return Results.BadRequest();
        if (seen != row.Version) return Results.LocalRedirect(PathOf(slug, id));
        var number = await connection.QuerySingleAsync<int>("select version from question_version where id = @version", new { version });
        // Another type, or the text of another time, can't come back by a press
        if (old.GetType() != row.Question.GetType()) return Results.BadRequest();
        var typed = QuestionForm.Of(old) with { Why = text["RestoreWhy", number] };
        var (question, errors) = await row.ReadAsync(connection, typed);
        return question is null
            ? await EditQuestionEndpoints.PageAsync(connection, row, http, null, typed, errors)
            : await EditQuestionEndpoints.StoreAsync(connection, row, question, typed, seen, null, null, http, clock);
    }
}

/// <summary>A version of a question. The first of a fork begins another memory.</summary>
/// <param name="Copies">The number of the version whose words it repeats, with other evidence or another difficulty; null for one that somebody wrote.</param>
public sealed record QuestionVersion(long Id, int Number, int Fork, string Body, string Reason, DateTime At, string? By, bool IsByPerson, int? Copies)
{
    public Question Question => field ??= JsonSerializer.Deserialize<Question>(Body, DomainJson.Options)!;

    /// <summary>The newest first, below a number.</summary>
    internal static async Task<IReadOnlyList<QuestionVersion>> OfAsync(NpgsqlConnection connection, long question, int? before, int count) =>
        (await connection.QueryAsync<QuestionVersion>(
            """
            select v.id, v.version as number, v.fork, v.body::text as body, v.reason, v.created_at as at, nullif(a.user_name, '') as by, v.created_by is not null as is_by_person, c.version as copies
            from question_version v left join account a on a.id = v.created_by left join question_version c on c.id = v.copies_id
            where v.question_id = @question and (@before::int is null or v.version < @before)
            order by v.version desc limit @count
            """,
            new { question, before, count })).AsList();
}
