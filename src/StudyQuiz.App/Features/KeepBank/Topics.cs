using System.Globalization;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.ReadAudit;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;

namespace StudyQuiz.App.Features.KeepBank;

/// <summary>Topics: sources that belong together, with all of their questions in one list.</summary>
internal static class Topics
{
    private const int MostSources = 200;

    public static void Map(IEndpointRouteBuilder topics)
    {
        topics.MapPost("", MakeAsync);
        topics.MapGet("/{id:guid}", ShowAsync);
        topics.MapPost("/{id:guid}", SaveAsync);
    }

    private static async Task<IResult> MakeAsync(HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock)
    {
        if (!Guid.TryParse(form["id"], out var id) || id == Guid.Empty) return Results.BadRequest();
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (TitleOf(form) is not { } title) return await ListBanks.PageAsync(connection, null, error: "TopicTitle");
        await using var transaction = await connection.BeginTransactionAsync(http.RequestAborted);
        var person = Viewer.Of(http.User).AccountId!.Value;
        if (await connection.ExecuteAsync("insert into topic (id, title, created_by, created_at) values (@id, @title, @person, @now) on conflict (id) do nothing", new { id, title, person, now = clock.Now }) == 1)
            await Audit.AddAsync(connection, person, AuditActs.TopicMade, AuditActs.OfTopic(id), new { title }, clock.Now);
        await transaction.CommitAsync(http.RequestAborted);
        return Results.LocalRedirect(Topic.PathOf(id));
    }

    private static async Task<IResult> ShowAsync(Guid id, HttpContext http, NpgsqlDataSource db, string? after = null, string? before = null, string? saved = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await PageAsync(connection, id, QuestionFilter.Read(name => name == "point" ? null : http.Request.Query[name].ToString()), ListPlace.Parse(after), ListPlace.Parse(before), saved is not null);
    }

    private static async Task<IResult> SaveAsync(Guid id, HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (TitleOf(form) is not { } title) return await PageAsync(connection, id, QuestionFilter.Read(_ => null), null, null, false, "TopicTitle");
        var sources = form["source"].Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var source) ? source : 0).Where(source => source > 0).Distinct().Take(MostSources).ToArray();
        await using var transaction = await connection.BeginTransactionAsync(http.RequestAborted);
        var changed = await connection.QuerySingleOrDefaultAsync<int?>(
            """
            with named as (update topic set title = @title where id = @id returning id, title),
            gone as (delete from topic_source where topic_id = (select id from named) and source_id <> all(@sources) returning 1),
            came as (
              insert into topic_source (topic_id, source_id) select n.id, s.id from named n, source s where s.id = any(@sources) and s.owner_id is null on conflict do nothing returning 1)
            select ((select count(*) from gone) + (select count(*) from came))::int from named
            """,
            new { id, title, sources });
        if (changed is null) return Pages.NotFound();
        await Audit.AddAsync(connection, Viewer.Of(http.User).AccountId!.Value, AuditActs.TopicChanged, AuditActs.OfTopic(id), new { title, sources = sources.Length }, clock.Now);
        await transaction.CommitAsync(http.RequestAborted);
        return Results.LocalRedirect(Topic.PathOf(id) + "?saved=1");
    }

    private static async Task<IResult> PageAsync(NpgsqlConnection connection, Guid id, QuestionFilter filter, ListPlace? after, ListPlace? before, bool isSaved, string? error = null)
    {
        if (await Topic.FindAsync(connection, id) is not { } topic) return Pages.NotFound();
        var sources = (await connection.QueryAsync<TopicSource>(
            $"""
            select s.id, s.slug, s.title, s.language, exists (select from topic_source t where t.topic_id = @id and t.source_id = s.id) as is_in
            from source s where s.current_version_id is not null and s.owner_id is null order by 5 desc, s.id desc limit {MostSources}
            """,
            new { id })).AsList();
        long[] own = [.. sources.Where(source => source.IsIn).Select(source => source.Id)];
        return Pages.Render<TopicPage>(
            new
            {
                Topic = topic,
                Sources = sources,
                Filter = filter,
                Page = own.Length == 0 ? new QuestionList([], 0, false, false, null, null) : await ListQuestions.OfAsync(connection, own, filter, null, after, before),
                Choices = await ShowBank.ChoicesAsync(connection),
                IsSaved = isSaved,
                Error = error,
            },
            error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static string? TitleOf(IFormCollection form) =>
        form["title"].ToString().Trim() is { Length: > 0 and <= Topic.LongestTitle } title && StorableText.Is(title) && !title.Any(char.IsControl) ? title : null;
}

/// <summary>A topic and how much it spans.</summary>
public sealed record Topic(Guid Id, string Title, int Sources)
{
    public const int LongestTitle = 100;

    public string Path => PathOf(Id);

    public static string PathOf(Guid id) => $"/topics/{id}";

    internal static async Task<IReadOnlyList<Topic>> AllAsync(NpgsqlConnection connection) =>
        (await connection.QueryAsync<Topic>("select t.id, t.title, (select count(*)::int from topic_source s where s.topic_id = t.id) as sources from topic t order by t.created_at desc limit 200")).AsList();

    internal static Task<Topic?> FindAsync(NpgsqlConnection connection, Guid id) => connection.QuerySingleOrDefaultAsync<Topic?>(
        "select t.id, t.title, (select count(*)::int from topic_source s where s.topic_id = t.id) as sources from topic t where t.id = @id", new { id });
}

/// <summary>A source that is in a topic or may be taken into it.</summary>
public sealed record TopicSource(long Id, string Slug, string Title, string Language, bool IsIn);
