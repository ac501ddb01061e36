using System.Security.Cryptography;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using StudyQuiz.App.Features.HostGame;
using StudyQuiz.App.Features.KeepGroups;
using StudyQuiz.App.Features.ReadReports;
using StudyQuiz.App.Live;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Games;

namespace StudyQuiz.App.Features.UseApi;

/// <summary>A game. It is led on its host's screens.</summary>
/// <param name="Pin">What players type while it is open.</param>
/// <param name="Join">What they open.</param>
/// <param name="Remote">Where its host leads it.</param>
public sealed record ApiGame(Guid Id, string Title, string Pin, string Join, string Remote, DateTimeOffset OpenedAt, DateTimeOffset? EndedAt, int Seats, int Rounds);

/// <summary>A game to open: from a quiz, or from a bank.</summary>
/// <param name="Quiz">One of yours.</param>
/// <param name="Bank">A slug, where there is no quiz.</param>
/// <param name="Questions">How many of a bank.</param>
/// <param name="Types">Types of questions of a bank; none for all that are played live.</param>
/// <param name="Group">Whose people alone may sit; null for everybody by nickname.</param>
public sealed record ApiNewGame(Guid? Quiz = null, string? Bank = null, int Questions = 10, IReadOnlyList<string>? Types = null, Guid? Group = null);

/// <summary>Live games of a host, and their reports.</summary>
internal static class GamesApi
{
    private const string Columns =
        """
        select g.id, g.title, g.pin, g.created_at as OpenedAt, g.ended_at as EndedAt,
          (select count(*)::int from game_seat s where s.game_id = g.id and s.removed_at is null) as Seats, (select count(*)::int from game_round r where r.game_id = g.id) as Rounds
        from game g
        """;

    public static void Map(RouteGroupBuilder api)
    {
        var games = api.MapGroup("/games").WithTags("Games");
        games.MapGet("", ListAsync).Needs(ApiScopes.GamesRead, ApiScopes.Hosts).WithName("ListGames").WithSummary("Your games, the newest first.");
        games.MapPost("", OpenAsync).Needs(ApiScopes.GamesWrite, ApiScopes.Hosts).WithName("OpenGame").WithSummary("Opens a game for players.");
        games.MapGet("/{id:guid}", GetAsync).Needs(ApiScopes.GamesRead, ApiScopes.Hosts).WithName("GetGame").WithSummary("A game of yours.");
        games.MapGet("/{id:guid}/report", ReportAsync).Needs(ApiScopes.GamesRead, ApiScopes.Hosts).RequireRateLimiting(RateLimits.ApiHeavy).WithName("GetGameReport").WithSummary("What it came to: questions, people, groups with who was absent.");
    }

    private static async Task<Ok<ApiPage<ApiGame>>> ListAsync(HttpContext http, NpgsqlDataSource db, JoinAddress address, string? after = null, int? limit = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var size = ApiResults.Limit(limit);
        var (at, id) = QuizzesApi.Place(after);
        var rows = (await connection.QueryAsync<Row>(
            $"{Columns} where g.host_id = @host and (@at::timestamptz is null or (g.created_at, g.id) < (@at, @id)) order by g.created_at desc, g.id desc limit @most",
            new { host = Viewer.Of(http.User).AccountId, at, id, most = size + 1 })).AsList();
        return TypedResults.Ok(ApiResults.Page(rows, size, row => Show(row, address, http), row => QuizzesApi.PlaceOf(row.OpenedAt, row.Id)));
    }

    private static async Task<Results<Created<ApiGame>, ProblemHttpResult>> OpenAsync(ApiNewGame body, HttpContext http, NpgsqlDataSource db, OpenGame open, JoinAddress address)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        GameRosterSource? roster = null;
        if (body.Group is { } group && (roster = await GameRosterSource.OfGroupAsync(connection, group, GroupScope.Of(http))) is null) return ApiResults.Invalid("group", "The group is not yours, has nobody, or more people than there are seats.");
        var options = new GameOptions { Identity = roster is null ? PlayerIdentity.Nickname : PlayerIdentity.Roster };
        var (id, host, seed) = (Guid.CreateVersion7(), Viewer.Of(http.User).AccountId!.Value, BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))));
        var opened = body.Quiz is { } quiz
            ? await open.RunQuizAsync(id, host, quiz, options, seed, roster)
            : await open.RunAsync(id, host, body.Bank ?? "", Math.Clamp(body.Questions, OpenGame.Questions.Least, OpenGame.Questions.Most), body.Types?.ToArray() ?? [], options, seed, roster);
        if (!opened) return ApiResults.Invalid("nothing", "There is no such quiz or bank, or nothing of it can be played live.");
        return TypedResults.Created($"/api/v1/games/{id}", Show((await FindAsync(connection, id, http))!, address, http));
    }

    private static async Task<Results<Ok<ApiGame>, ProblemHttpResult>> GetAsync(Guid id, HttpContext http, NpgsqlDataSource db, JoinAddress address)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await FindAsync(connection, id, http) is { } game ? TypedResults.Ok(Show(game, address, http)) : ApiResults.NotFound();
    }

    private static async Task<Results<Ok<ApiReport>, ProblemHttpResult>> ReportAsync(Guid id, HttpContext http, NpgsqlDataSource db, GameLoading loading)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await GameReport.FindAsync(connection, loading, id, Viewer.Of(http.User).AccountId!.Value) is { } report ? TypedResults.Ok(ApiReport.Of(report)) : ApiResults.NotFound();
    }

    private static Task<Row?> FindAsync(NpgsqlConnection connection, Guid id, HttpContext http) =>
        connection.QuerySingleOrDefaultAsync<Row>($"{Columns} where g.id = @id and g.host_id = @host", new { id, host = Viewer.Of(http.User).AccountId });

    private static ApiGame Show(Row row, JoinAddress address, HttpContext http)
    {
        var root = address.Root(http.Request);
        return new ApiGame(
            row.Id, row.Title, row.Pin, $"{root}/join?pin={row.Pin}", $"{root}/host/{row.Id}", new DateTimeOffset(row.OpenedAt, TimeSpan.Zero), row.EndedAt is { } ended ? new DateTimeOffset(ended, TimeSpan.Zero) : null, row.Seats, row.Rounds);
    }

    private sealed record Row(Guid Id, string Title, string Pin, DateTime OpenedAt, DateTime? EndedAt, int Seats, int Rounds);
}
