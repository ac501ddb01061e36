using System.Globalization;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.ReadAudit;
using StudyQuiz.App.Features.ReviewQuestions;
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
        topics.MapPost("/{id:guid}/trash", TrashAsync);
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
            with named as (update topic set title = @title where id = @id and trashed_at is null returning id, title),
            -- a source in the trash is not in the form, and is in the topic again when it comes back
            gone as (
              delete from topic_source t using source s where t.topic_id = (select id from named) and t.source_id <> all(@sources) and s.id = t.source_id and s.trashed_at is null returning 1),
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

    private static async Task<IResult> TrashAsync(Guid id, HttpContext http, IFormCollection _, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await Trash.ThrowTopicAsync(connection, id, Viewer.Of(http.User).AccountId!.Value, clock.Now) ? Results.LocalRedirect(ReviewEndpoints.ListOf(ReviewLists.Trash) + "&done=trashed") : Pages.NotFound();
    }

    private static async Task<IResult> PageAsync(NpgsqlConnection connection, Guid id, QuestionFilter filter, ListPlace? after, ListPlace? before, bool isSaved, string? error = null)
    {
        if (await Topic.FindAsync(connection, id) is not { } topic) return Pages.NotFound();
        var sources = (await connection.QueryAsync<TopicSource>(
            $"""
            select s.id, s.slug, s.title, s.language, exists (select from topic_source t where t.topic_id = @id and t.source_id = s.id) as is_in
            from source s where s.current_version_id is not null and s.owner_id is null and s.trashed_at is null order by 5 desc, s.id desc limit {MostSources}
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
public sealed record Topic(Guid Id, string Title, int Sources, bool IsTrashed)
{
    public const int LongestTitle = 100;

    private const string Columns =
        "t.id, t.title, (select count(*)::int from topic_source i join source s on s.id = i.source_id where i.topic_id = t.id and s.trashed_at is null) as sources, t.trashed_at is not null as is_trashed";

    public string Path => PathOf(Id);

    public static string PathOf(Guid id) => $"/topics/{id}";

    internal static async Task<IReadOnlyList<Topic>> AllAsync(NpgsqlConnection connection) =>
        (await connection.QueryAsync<Topic>($"select {Columns} from topic t where t.trashed_at is null order by t.created_at desc limit 200")).AsList();

    internal static Task<Topic?> FindAsync(NpgsqlConnection connection, Guid id) => connection.QuerySingleOrDefaultAsync<Topic?>(
        $"select {Columns} from topic t where t.id = @id", new { id });
}

/// <summary>A source that is in a topic or may be taken into it.</summary>
public sealed record TopicSource(long Id, string Slug, string Title, string Language, bool IsIn);
