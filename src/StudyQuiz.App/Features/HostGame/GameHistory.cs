using Dapper;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using StudyQuiz.App.Features.KeepQuizzes;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Quizzes;

namespace StudyQuiz.App.Features.HostGame;

/// <summary>What a host does with earlier games: runs one again, keeps its questions as a quiz.</summary>
internal static class GameHistory
{
    /// <summary>Games on a page of the list.</summary>
    public const int Page = 20;

    public static void Map(IEndpointRouteBuilder host)
    {
        host.MapPost("/{game:guid}/again", AgainAsync);
        host.MapPost("/{game:guid}/keep", KeepAsync);
    }

    /// <summary>A host's games, the newest first, and one more than a page where there are more.</summary>
    public static async Task<IReadOnlyList<HostedGame>> OfAsync(NpgsqlConnection connection, Guid host, string words, int page) =>
        (await connection.QueryAsync<HostedGame>(
            """
            select g.id, g.title, g.pin, g.created_at, g.ended_at, g.pin_until, g.watch_secret,
              (select count(*)::int from game_seat s where s.game_id = g.id and s.removed_at is null) as seats,
              (select count(*)::int from game_round r where r.game_id = g.id) as rounds
            from game g where g.host_id = @host and (@words = '' or position(lower(@words) in lower(g.title)) > 0)
            order by g.created_at desc limit @most offset @skip
            """,
            new { host, words, most = Page + 1, skip = (page - 1) * Page })).AsList();

    private static async Task<IResult> AgainAsync(Guid game, HttpContext http, OpenGame openGame, [FromForm] Guid id) =>
        await openGame.AgainAsync(id, EditQuiz.Owner(http), game, ListQuizzes.NewSeed()) ? Results.LocalRedirect($"/host/{id}") : Pages.NotFound();

    // Questions, polls and slides in the game's order, all by hand: nothing of it changes by a draw
    private static async Task<IResult> KeepAsync(Guid game, HttpContext http, NpgsqlDataSource db, Clock clock, [FromForm] Guid id)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await using var transaction = await connection.BeginTransactionAsync(http.RequestAborted);
        var owner = EditQuiz.Owner(http);
        var title = await connection.QuerySingleOrDefaultAsync<string?>("select title from game where id = @game and host_id = @owner", new { game, owner });
        if (title is null || id == Guid.Empty) return Pages.NotFound();
        var held = (await connection.QueryAsync<(long? Question, long? Source)>(
            """
            select v.question_id, case when s.owner_id is null then s.id end
            from game_round r left join question_version v on v.id = r.question_version_id left join question q on q.id = v.question_id left join source s on s.id = q.source_id
            where r.game_id = @game
            """,
            new { game })).AsList();
        var plan = QuizPlan.Mixed([.. held.Select(row => row.Source).OfType<long>().Distinct().Order()], held.Count(row => row.Question is not null));
        if (await ListQuizzes.InsertAsync(connection, id, owner, title, plan, ListQuizzes.NewSeed(), clock.Now))
        {
            await connection.ExecuteAsync(
                """
                insert into quiz_item (id, quiz_id, section, place, kind, question_id, body)
                select gen_random_uuid(), @id, 1, r.round, coalesce(r.extra ->> 'kind', 'question'), v.question_id, r.extra
                from game_round r left join question_version v on v.id = r.question_version_id
                where r.game_id = @game
                on conflict (quiz_id, question_id) do nothing
                """,
                new { id, game });
        }

        await transaction.CommitAsync(http.RequestAborted);
        return Results.LocalRedirect(Quiz.PathOf(id));
    }
}
