using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Games;

namespace StudyQuiz.App.Features.HostGame;

/// <summary>A host's choices for a game under a name, to choose them again at once.</summary>
public sealed record GameTemplate(Guid Id, string Name)
{
    /// <summary>The longest name, in UTF-16 units.</summary>
    public const int LongestName = 60;

    /// <summary>The most that a host keeps.</summary>
    public const int Most = 30;

    internal static void Map(IEndpointRouteBuilder host) => host.MapPost("/templates/{template:guid}/delete", async (Guid template, HttpContext http, NpgsqlDataSource db) =>
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await connection.ExecuteAsync("delete from game_template where id = @template and host_id = @host", new { template, host = Viewer.Of(http.User).AccountId });
        return Results.LocalRedirect("/host");
    });

    /// <summary>A host's templates by name.</summary>
    public static async Task<IReadOnlyList<GameTemplate>> OfAsync(NpgsqlConnection connection, Guid host) =>
        (await connection.QueryAsync<GameTemplate>("select id, name from game_template where host_id = @host order by name, id", new { host })).AsList();

    /// <summary>The form as a template fills it; null for one that is not this host's.</summary>
    public static async Task<TypedGame?> FillAsync(NpgsqlConnection connection, Guid template, Guid host)
    {
        var stored = await connection.QuerySingleOrDefaultAsync<string?>("select choices::text from game_template where id = @template and host_id = @host", new { template, host });
        if (stored is null) return null;
        var choices = JsonSerializer.Deserialize<Choices>(stored, DomainJson.Options)!;
        var filled = new TypedGame { Template = template, Source = choices.Source, Number = choices.Number, Options = choices.Options };
        // a game of a quiz names no types, and none stands for all
        return choices.Types.Count == 0 ? filled : filled with { Types = choices.Types };
    }

    /// <summary>Keeps the choices of a form under the name that was typed into it; one of the same name gives way.</summary>
    /// <returns>The resource that says why not; null when they are kept, or no name was typed.</returns>
    public static async Task<string?> KeepAsync(NpgsqlConnection connection, TypedGame typed, Guid host, DateTimeOffset now)
    {
        if (typed.TemplateName.Length == 0) return null;
        var kept = await connection.ExecuteAsync(
            """
            insert into game_template (id, host_id, name, choices, saved_at)
            select @id, @host, @TemplateName, @choices::jsonb, @now
            where (select count(*) from game_template where host_id = @host and name <> @TemplateName) < @Most
            on conflict (host_id, name) do update set choices = excluded.choices, saved_at = excluded.saved_at
            """,
            new { id = Guid.CreateVersion7(), host, typed.TemplateName, choices = JsonSerializer.Serialize(new Choices(typed.Source, typed.Number, typed.Types, typed.Options), DomainJson.Options), now, Most });
        return kept == 1 ? null : "TooManyTemplates";
    }

    private sealed record Choices(string? Source, int Number, IReadOnlyCollection<string> Types, GameOptions Options);
}
