using System.Globalization;
using System.Security.Cryptography;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Primitives;
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
/// <param name="Group">Whose people alone may sit; null for everybody.</param>
/// <param name="Roster">In place of a group: a line for each person who may sit, their name and number.</param>
/// <param name="Options">What is not said is as on the page.</param>
public sealed record ApiNewGame(Guid? Quiz = null, string? Bank = null, int Questions = 10, IReadOnlyList<string>? Types = null, Guid? Group = null, string? Roster = null, ApiGameOptions? Options = null);

/// <summary>The choices of a game; what is null is as it usually is, a number out of its range the nearest in it.</summary>
/// <param name="SeatCap">How many may sit.</param>
/// <param name="LateJoin">Whether they may come after the first question.</param>
/// <param name="Scoring">accuracy, speed or rank.</param>
/// <param name="StreakBonus">Whether right answers in a row earn more.</param>
/// <param name="Penalty">Whether a wrong answer costs something.</param>
/// <param name="Teams">none, chosen, balanced.</param>
/// <param name="TeamNames">Apart by commas.</param>
/// <param name="Identity">nickname, nameAndUnit or signedIn; a group or a roster makes it a list.</param>
/// <param name="GeneratedNames">Nicknames are drawn, not chosen.</param>
/// <param name="ReviewNames">The host lets each name in.</param>
public sealed record ApiGameOptions(
    int? SeatCap = null, bool? LateJoin = null, string? Scoring = null, bool? PartialCredit = null, bool? StreakBonus = null, bool? Penalty = null, bool? AutoAdvance = null, bool? Sound = null, string? Teams = null, int? TeamCount = null,
    string? TeamNames = null, string? Identity = null, bool? GeneratedNames = null, bool? ReviewNames = null)
{
    /// <summary>The first word that is none; null where all are.</summary>
    internal string? Unknown => Bad<ScoringMode>(Scoring) ?? Bad<TeamMode>(Teams) ?? Bad<PlayerIdentity>(Identity);

    private static string? Bad<T>(string? word) where T : struct, Enum => word is null || Enum.GetValues<T>().Any(value => ApiResults.Camel(value) == word) ? null : word;

    /// <summary>As the page's form says it, so that the same rules hold.</summary>
    internal FormCollection ToForm(string? roster, bool isList)
    {
        var fields = new Dictionary<string, StringValues>(StringComparer.Ordinal);
        Add(GameOptionsForm.Fields.SeatCap, SeatCap?.ToString(CultureInfo.InvariantCulture));
        Add(GameOptionsForm.Fields.LateJoin, Word(LateJoin));
        Add(GameOptionsForm.Fields.Scoring, Pascal(Scoring));
        Add(GameOptionsForm.Fields.PartialCredit, Word(PartialCredit));
        Add(GameOptionsForm.Fields.StreakBonus, Word(StreakBonus));
        Add(GameOptionsForm.Fields.Penalty, Word(Penalty));
        Add(GameOptionsForm.Fields.AutoAdvance, Word(AutoAdvance));
        Add(GameOptionsForm.Fields.Sound, Word(Sound));
        Add(GameOptionsForm.Fields.Teams, Pascal(Teams));
        Add(GameOptionsForm.Fields.TeamCount, TeamCount?.ToString(CultureInfo.InvariantCulture));
        Add(GameOptionsForm.Fields.TeamNames, TeamNames);
        Add(GameOptionsForm.Fields.Identity, isList ? nameof(PlayerIdentity.Roster) : Pascal(Identity));
        Add(GameOptionsForm.Fields.GeneratedNames, Word(GeneratedNames));
        Add(GameOptionsForm.Fields.ReviewNames, Word(ReviewNames));
        Add(GameOptionsForm.Fields.Roster, roster);
        return new FormCollection(fields);

        void Add(string field, string? value)
        {
            if (value is not null) fields[field] = value;
        }

        static string? Word(bool? value) => value switch { true => "true", false => "false", _ => null };
        static string? Pascal(string? word) => word is { Length: > 0 } ? char.ToUpperInvariant(word[0]) + word[1..] : null;
    }
}

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
        if (body.Quiz is not null == body.Bank is not null) return ApiResults.Invalid("quiz", "A game is of a quiz or of a bank.");
        if (body.Bank is not null && (body.Questions < OpenGame.Questions.Least || body.Questions > OpenGame.Questions.Most)) return ApiResults.Invalid("questions", $"A game has {OpenGame.Questions.Least} to {OpenGame.Questions.Most} questions.");
        if (body.Options?.Unknown is { } word) return ApiResults.Invalid("options", $"There is no choice {word[..Math.Min(word.Length, 40)]}.");
        var form = (body.Options ?? new ApiGameOptions()).ToForm(body.Roster, body.Group is not null || body.Roster is not null);
        var options = GameOptionsForm.Read(form);
        GameRosterSource? roster;
        if (body.Group is { } group)
        {
            if ((roster = await GameRosterSource.OfGroupAsync(connection, group, GroupScope.Of(http))) is null) return ApiResults.Invalid("group", "The group is not yours, has nobody, or more people than there are seats.");
        }
        else
        {
            var (entries, refused, line) = GameOptionsForm.ReadRoster(form, options);
            if (refused is not null) return ApiResults.Invalid("roster", "A list has a line for each person: name and number.", new { line });
            roster = new GameRosterSource(entries);
        }

        if (GameOptionsForm.CheckTeams(options) is not null) return ApiResults.Invalid("teams", "Teams that are named are two at least.");
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
