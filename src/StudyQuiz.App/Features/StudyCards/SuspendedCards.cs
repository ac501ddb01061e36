using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.StudyCards;

/// <summary>A card that a learner set aside for good.</summary>
public sealed record SuspendedCard(long Question, string Stem);

/// <summary>Cards set aside, and the way back.</summary>
internal static class SuspendedCards
{
    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/cards/{slug}/resume", ResumeAsync);

    public static async Task<IReadOnlyList<SuspendedCard>> OfAsync(NpgsqlConnection connection, Guid? learner, long source) =>
        (await connection.QueryAsync<SuspendedCard>(
            """
            select q.id as Question, v.body ->> 'stem' as Stem
            from question_mark m
            join question q on q.id = m.question_id
            join question_version v on v.id = q.current_version_id
            where m.learner_id = @learner and m.suspended and q.source_id = @source and q.status = 'published'
            order by m.suspended_at desc
            """,
            new { learner, source })).AsList();

    private static async Task<IResult> ResumeAsync(string slug, HttpContext http, IFormCollection form, NpgsqlDataSource db, Learners learners, Clock clock)
    {
        if (!long.TryParse(form["question"], out var question)) return Results.BadRequest();
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await learners.FindAsync(http) is { } learner)
        {
            await connection.ExecuteAsync(
                "update question_mark set suspended = false, suspended_at = @now where learner_id = @learner and question_id = @question and suspended",
                new { learner, question, now = clock.Now });
        }

        return Results.LocalRedirect(Deck.PathOf(slug) + "#suspended");
    }
}
