using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.KeepStatistics;
using StudyQuiz.App.Features.ReviewQuestions;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.KeepBank;

/// <summary>A question's own page: what it says, and what people's answers say about it.</summary>
internal static class ShowQuestion
{
    public static void Map(IEndpointRouteBuilder banks) => banks.MapGet("/{slug}/questions/{id:long}", ShowAsync);

    private static async Task<IResult> ShowAsync(string slug, long id, HttpContext http, NpgsqlDataSource db, string? back = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await KeptBank.FindAsync(connection, slug) is not { } bank) return Pages.NotFound();
        var row = await connection.QuerySingleOrDefaultAsync<(string Status, string Type, string Heading, string Body, bool IsBehind)?>(
            """
            select q.status, q.type, k.heading, coalesce(c.body, v.body)::text, v.source_version_id is distinct from s.current_version_id
            from question q join source s on s.id = q.source_id join question_version v on v.id = q.current_version_id join key_point k on k.id = q.key_point_id left join key_correction c on c.question_version_id = v.id
            where q.id = @id and q.source_id = @bank and q.status <> 'private'
            """,
            new { id, bank = bank.Id });
        if (row is not var (status, type, heading, body, isBehind)) return Pages.NotFound();
        return Pages.Render<QuestionPage>(new
        {
            Bank = bank,
            Id = id,
            Status = status,
            Type = type,
            Heading = heading,
            Question = JsonSerializer.Deserialize<Question>(body, DomainJson.Options)!,
            IsBehind = isBehind,
            Change = await ProposedChange.FindAsync(connection, id),
            Figures = await QuestionFigures.FindAsync(connection, id),
            Back = back is null ? null : LocalPath.Of(back),
        });
    }
}
