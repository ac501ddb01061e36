using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.Domain;

namespace StudyQuiz.App.Features.KeepWebhooks;

/// <summary>What a message says: what was finished, by whom, what it came to, and where the report is.</summary>
internal static class WebhookBody
{
    public static async Task<string> MakeAsync(NpgsqlConnection connection, Guid id, string kind, Guid subject, DateTime at) =>
        JsonSerializer.Serialize(new { id, kind, at = new DateTimeOffset(at, TimeSpan.Zero), data = kind == Webhook.GameFinished ? await GameAsync(connection, subject) : await AttemptAsync(connection, subject) }, DomainJson.Options);

    private static async Task<object?> AttemptAsync(NpgsqlConnection connection, Guid attempt)
    {
        var row = await connection.QuerySingleOrDefaultAsync<(Guid Assignment, string Title, string? Name, string? Unit, decimal? PassMark, decimal Score, decimal Total)?>(
            """
            select m.id, m.title, a.taker_name, a.taker_unit, a.pass_mark, coalesce(sum(coalesce(q.credit, 0) * coalesce(q.points, 1)), 0), coalesce(sum(coalesce(q.points, 1)), 0)
            from attempt a join assignment m on m.id = a.assignment_id left join attempt_question q on q.attempt_id = a.id
            where a.id = @attempt group by m.id, a.id
            """,
            new { attempt });
        return row is not var (assignment, title, name, unit, mark, score, total) ? null : new { attempt, assignment, title, name, unit, score, total, passed = mark is { } needed ? score >= needed : (bool?)null, report = $"/api/v1/assignments/{assignment}/report" };
    }

    private static async Task<object?> GameAsync(NpgsqlConnection connection, Guid game)
    {
        var row = await connection.QuerySingleOrDefaultAsync<(string Title, DateTime OpenedAt, int Players)?>(
            "select title, created_at, (select count(*)::int from game_seat where game_id = @game and removed_at is null) from game where id = @game", new { game });
        return row is not var (title, openedAt, players) ? null : new { game, title, openedAt = new DateTimeOffset(openedAt, TimeSpan.Zero), players, report = $"/api/v1/games/{game}/report" };
    }
}
