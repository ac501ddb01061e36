using System.Globalization;
using System.Security.Cryptography;
using Dapper;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using QRCoder;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.HostGame;

/// <summary>A host opens games and runs them: the list, the remote, the projector's picture, the QR code.</summary>
public static class HostGameEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var host = app.MapGroup("/host").RequireAuthorization(Policies.HostGames);
        host.MapGet("", NewGame);
        GameHistory.Map(host);
        GameTemplate.Map(host);
        host.MapPost("", Open);
        host.MapGet("/{game:guid}", async (Guid game, HttpContext http, NpgsqlDataSource db, JoinAddress address) =>
            await FindOwnAsync(game, http, db) is { } own ? Pages.Render<RemotePage>(new { Game = game, own.Title, Watch = own.WatchSecret is { } secret ? $"{address.Root(http.Request)}/w/{secret}" : null }) : Pages.NotFound());
        host.MapGet("/{game:guid}/screen", async (Guid game, HttpContext http, NpgsqlDataSource db) =>
            await FindOwnAsync(game, http, db) is { } own ? Pages.Render<ProjectorPage>(new { Game = game, own.Title }) : Pages.NotFound());
        host.MapGet("/{game:guid}/join.svg", JoinCode);
    }

    private static async Task<IResult> NewGame(HttpContext http, NpgsqlDataSource db, Guid? quiz, Guid? template)
    {
        if (template is not { } wanted) return await List(http, db, quiz, new TypedGame());
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await GameTemplate.FillAsync(connection, wanted, Viewer.Of(http.User).AccountId!.Value) is { } filled ? await List(http, db, quiz, filled) : Pages.NotFound();
    }

    private static async Task<IResult> List(HttpContext http, NpgsqlDataSource db, Guid? quiz, TypedGame typed)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var sources = await connection.QueryAsync<PlayableSource>(
            """
            select s.slug, s.title, count(*)::int as questions
            from source s join question q on q.source_id = s.id
            where s.owner_id is null and q.status = 'published' and q.type = any(@types) group by s.id order by s.title
            """,
            new { types = QuestionTypes.Live });
        var words = http.Request.Query["words"].ToString().Trim();
        var page = int.TryParse(http.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) ? Math.Clamp(wanted, 1, 10_000) : 1;
        var host = Viewer.Of(http.User).AccountId!.Value;
        var games = await GameHistory.OfAsync(connection, host, words, page);
        return Pages.Render<HostGamesPage>(new
        {
            Sources = sources.ToList(),
            Groups = KeepGroups.GroupNode.Of(await KeepGroups.Group.AllAsync(connection, KeepGroups.GroupScope.Of(http))),
            Games = games.Take(GameHistory.Page).ToList(),
            Typed = typed,
            Templates = await GameTemplate.OfAsync(connection, host),
            Quiz = quiz is { } id ? await PlayableQuiz.FindAsync(connection, id, host) : null,
            Words = words,
            Number = page,
            HasMore = games.Count > GameHistory.Page,
        }, typed.Refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Open(
        HttpContext http, NpgsqlDataSource db, Clock clock, OpenGame openGame, IFormCollection form, [FromForm] Guid id, [FromForm] string? source, [FromForm] int? number, [FromForm] Guid? quiz)
    {
        var host = Viewer.Of(http.User).AccountId!.Value;
        var seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
        var options = GameOptionsForm.Read(form);
        GameRosterSource? roster;
        string? refused;
        var line = 0;
        if (options.Identity == PlayerIdentity.Roster && Guid.TryParse(form[GameOptionsForm.Fields.Group], out var group) && group != Guid.Empty)
        {
            await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
            roster = await GameRosterSource.OfGroupAsync(connection, group, KeepGroups.GroupScope.Of(http));
            refused = roster is null ? "RosterGroup" : null;
        }
        else
        {
            (var entries, refused, line) = GameOptionsForm.ReadRoster(form, options);
            (roster, group) = (new GameRosterSource(entries), Guid.Empty);
        }

        refused ??= GameOptionsForm.CheckTeams(options);
        var name = StorableText.Clean(form[GameOptionsForm.Fields.TemplateName].ToString()).Trim();
        if (name.Length > GameTemplate.LongestName || !StorableText.Is(name)) refused ??= "TemplateName";
        var typed = new TypedGame { Id = id, Source = source, Number = number ?? TypedGame.UsualNumber, Types = [.. form["types"].OfType<string>()], Options = options, Roster = form[GameOptionsForm.Fields.Roster].ToString(), Group = group, TemplateName = name, Refused = refused, Line = line };
        if (refused is null)
        {
            await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
            refused = await GameTemplate.KeepAsync(connection, typed, host, clock.Now);
        }

        if (refused is not null) return await List(http, db, quiz, typed with { Refused = refused });
        var opened = quiz is { } chosen
            ? await openGame.RunQuizAsync(id, host, chosen, options, seed, roster)
            : await openGame.RunAsync(id, host, source ?? "", Math.Clamp(number ?? 0, OpenGame.Questions.Least, OpenGame.Questions.Most), [.. form["types"].OfType<string>()], options, seed, roster);
        return opened ? Results.LocalRedirect($"/host/{id}") : await List(http, db, quiz, typed with { Refused = quiz is null ? "NoQuestions" : "NoQuizQuestions" });
    }

    private static async Task<IResult> JoinCode(Guid game, HttpContext http, NpgsqlDataSource db, JoinAddress address)
    {
        if (await FindOwnAsync(game, http, db) is not { } own) return Pages.NotFound();
        using var data = QRCodeGenerator.GenerateQrCode($"{address.Root(http.Request)}/j/{own.JoinSecret}", QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        http.Response.Headers.CacheControl = "private, no-store";
        return Results.Text(code.GetGraphic(8, "#111a22", "#ffffff", drawQuietZones: false, SvgQRCode.SizingMode.ViewBoxAttribute), "image/svg+xml");
    }

    private static async Task<OwnGame?> FindOwnAsync(Guid game, HttpContext http, NpgsqlDataSource db)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await connection.QuerySingleOrDefaultAsync<OwnGame>(
            "select title, join_secret, watch_secret from game where id = @game and host_id = @host",
            new { game, host = Viewer.Of(http.User).AccountId });
    }

    private sealed record OwnGame(string Title, string JoinSecret, string? WatchSecret);
}

/// <summary>The form of a new game as it was sent, so that what is right in it need not be typed again.</summary>
public sealed record TypedGame
{
    internal const int UsualNumber = 10;

    /// <summary>The id that the form gives to the game it opens.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public string? Source { get; init; }
    public int Number { get; init; } = UsualNumber;
    public IReadOnlyCollection<string> Types { get; init; } = QuestionTypes.Live;
    public GameOptions Options { get; init; } = new();
    public string Roster { get; init; } = "";

    /// <summary>The template that filled the form.</summary>
    public Guid? Template { get; init; }

    /// <summary>What these choices are to be kept as; empty where they are not.</summary>
    public string TemplateName { get; init; } = "";

    /// <summary>The group whose list was chosen; none of them for a pasted one.</summary>
    public Guid Group { get; init; }

    /// <summary>The resource that says why no game was opened; null for a form that was not sent.</summary>
    public string? Refused { get; init; }

    /// <summary>Where in the list of people the trouble is; counts from 1.</summary>
    public int Line { get; init; }
}

/// <summary>A source that games can be played on.</summary>
/// <param name="Questions">How many published questions of it can be played live.</param>
public sealed record PlayableSource(string Slug, string Title, int Questions);

/// <summary>A row of the host's list. Properties, for Dapper finds no constructor that takes what Npgsql reads a timestamptz as.</summary>
public sealed record HostedGame
{
    public required Guid Id { get; init; }
    public required string Title { get; init; }
    public required string Pin { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset? EndedAt { get; init; }
    public required DateTimeOffset PinUntil { get; init; }

    /// <summary>Leads whoever has it to a view of the game.</summary>
    public required string? WatchSecret { get; init; }
    public required int Seats { get; init; }
    public required int Rounds { get; init; }
}
