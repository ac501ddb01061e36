using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Quizzes;

namespace StudyQuiz.App.Features.KeepQuizzes;

/// <summary>A host's quiz or paper.</summary>
/// <param name="Seed">Draws what is not picked by hand.</param>
/// <param name="Revision">Raised by every change.</param>
public sealed record Quiz(Guid Id, Guid Owner, string Title, QuizPlan Plan, long Seed, int Revision, DateTime ChangedAt)
{
    public const int LongestTitle = 200;

    private const string Columns = "select id, owner_id as Owner, title, plan::text as Plan, seed, revision, changed_at as ChangedAt from quiz where id = @id and owner_id = @owner and deleted_at is null";

    public static string PathOf(Guid id) => $"/quizzes/{id}";

    public string Path => PathOf(Id);

    /// <summary>A quiz, where it is this host's.</summary>
    internal static async Task<Quiz?> FindAsync(NpgsqlConnection connection, Guid id, Guid owner) =>
        (await connection.QuerySingleOrDefaultAsync<Row>(Columns, new { id, owner }))?.Read();

    /// <summary>The same, held until the transaction ends.</summary>
    internal static async Task<Quiz?> LockAsync(NpgsqlConnection connection, Guid id, Guid owner) =>
        (await connection.QuerySingleOrDefaultAsync<Row>(Columns + " for update", new { id, owner }))?.Read();

    /// <summary>Stores a change of one that is held.</summary>
    internal static Task StoreAsync(NpgsqlConnection connection, Quiz changed, DateTimeOffset now) =>
        connection.ExecuteAsync(
            "update quiz set title = @Title, plan = @plan::jsonb, seed = @Seed, revision = revision + 1, changed_at = @now where id = @Id",
            new { changed.Id, changed.Title, changed.Seed, plan = Write(changed.Plan), now });

    internal static string Write(QuizPlan plan) => JsonSerializer.Serialize(plan, DomainJson.Options);

    internal static QuizPlan ReadPlan(string json) => JsonSerializer.Deserialize<QuizPlan>(json, DomainJson.Options)!;

    private sealed record Row(Guid Id, Guid Owner, string Title, string Plan, long Seed, int Revision, DateTime ChangedAt)
    {
        public Quiz Read() => new(Id, Owner, Title, ReadPlan(Plan), Seed, Revision, ChangedAt);
    }
}

/// <summary>What stands in a section: a question, a poll or a slide.</summary>
/// <param name="IsDrawn">By the blueprint; else by hand.</param>
public sealed record QuizItem(Guid Id, int Section, bool IsDrawn, QuizQuestion? Question, QuizExtra? Extra)
{
    /// <summary>All that a quiz holds, in its order within each section.</summary>
    internal static async Task<IReadOnlyList<QuizItem>> OfAsync(NpgsqlConnection connection, Guid quiz) =>
    [
        .. (await connection.QueryAsync<Row>(
            $"""
            select i.id, i.section, i.drawn as IsDrawn, i.body::text as Extra, {QuizQuestion.Columns}
            from quiz_item i left join question q on q.id = i.question_id {QuizQuestion.Joins}
            where i.quiz_id = @quiz order by i.section, i.place, i.id
            """,
            new { quiz })).Select(row => row.Read()),
    ];

    internal static string Write(QuizExtra extra) => JsonSerializer.Serialize(extra, DomainJson.Options);

    private sealed record Row(
        Guid Id, int Section, bool IsDrawn, string? Extra, long? Question, long? Version, string? Type, string? Status, string? Slug, string? Language, long? KeyPoint, string? Heading, string? Body)
    {
        public QuizItem Read() => new(
            Id, Section, IsDrawn,
            Question is { } id && Body is not null ? QuizQuestion.Of(id, Version!.Value, Type!, Status!, Slug!, Language!, KeyPoint!.Value, Heading!, Body) : null,
            Extra is null ? null : JsonSerializer.Deserialize<QuizExtra>(Extra, DomainJson.Options));
    }
}

/// <summary>A question as a quiz holds it: as it is asked today.</summary>
/// <param name="Slug">Its source's.</param>
public sealed record QuizQuestion(long Id, long Version, string Type, string Status, string Slug, string Language, long KeyPoint, string Heading, Question Body)
{
    /// <summary>The host's own, in no bank.</summary>
    public bool IsOwn => Status == "private";

    /// <summary>Whether it may be asked: one that an editor took back may not.</summary>
    public bool IsAskable => Status is "private" or "published";

    internal const string Columns =
        "q.id as Question, v.id as Version, q.type, q.status, s.slug, s.language, k.id as KeyPoint, k.heading, coalesce(c.body, v.body)::text as Body";

    internal const string Joins =
        """
        left join question_version v on v.id = q.current_version_id
        left join key_correction c on c.question_version_id = v.id
        left join source s on s.id = q.source_id
        left join key_point k on k.id = q.key_point_id
        """;

    internal static QuizQuestion Of(long id, long version, string type, string status, string slug, string language, long keyPoint, string heading, string body) =>
        new(id, version, type, status, slug, language, keyPoint, heading, JsonSerializer.Deserialize<Question>(body, DomainJson.Options)!);

    /// <summary>Questions by id, in the order given; what is no longer there is left out.</summary>
    internal static async Task<IReadOnlyList<QuizQuestion>> OfAsync(NpgsqlConnection connection, IReadOnlyList<long> ids) =>
    [
        .. (await connection.QueryAsync<Row>(
            $"""
            select {Columns} from unnest(@ids) with ordinality as n (id, place) join question q on q.id = n.id {Joins}
            where v.id is not null order by n.place
            """,
            new { ids = ids.ToArray() })).Select(row => Of(row.Question, row.Version, row.Type, row.Status, row.Slug, row.Language, row.KeyPoint, row.Heading, row.Body)),
    ];

    private sealed record Row(long Question, long Version, string Type, string Status, string Slug, string Language, long KeyPoint, string Heading, string Body);
}
