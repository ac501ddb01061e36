using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.EditQuestion;

/// <summary>A question as an editor finds it: the version that a change is made from, and where it stands.</summary>
public sealed record EditedQuestion
{
    public required long Id { get; init; }

    /// <summary>Its name in its bank.</summary>
    public required string Slug { get; init; }
    public required long Source { get; init; }
    public required string BankSlug { get; init; }
    public required string BankTitle { get; init; }
    public required string Language { get; init; }
    public required string KeyPointLabel { get; init; }
    public required string KeyPointHeading { get; init; }
    public required string Status { get; init; }
    public required string Origin { get; init; }

    /// <summary>A change names the version that it was made from: the served one, or the one that waits beside it.</summary>
    public required long Version { get; init; }

    /// <summary>The version that people are asked.</summary>
    public required long Served { get; init; }

    /// <summary>It is a change that waits for a second person beside the served version.</summary>
    public bool IsProposed => Version != Served;

    /// <summary>The memory that its answers belong to: a change of meaning begins another.</summary>
    public required int Fork { get; init; }

    /// <summary>The version of the source that the question quotes.</summary>
    public required long Text { get; init; }
    public required string Body { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>Null for a version that came in with a file or a generation, and once the account is gone.</summary>
    public required string? ChangedBy { get; init; }

    /// <summary>A person made it, with a name or, once the account is gone, without.</summary>
    public required bool IsByPerson { get; init; }

    /// <summary>It lies in the trash: it is restored before it is changed.</summary>
    public bool IsTrashed { get; init; }

    /// <summary>It is published by itself at that time, as it is: a change ends that.</summary>
    public DateTime? PublishAt { get; init; }

    /// <summary>Not stored yet: its body is a template of its type.</summary>
    public bool IsNew => Id == 0;

    public required long KeyPoint { get; init; }

    public Question Question => field ??= JsonSerializer.Deserialize<Question>(Body, DomainJson.Options)!;

    /// <summary>As it is edited: where a change of it waits, that is what is changed further, unless the served version has changed since.</summary>
    public static Task<EditedQuestion?> FindAsync(NpgsqlConnection connection, string bank, long question) =>
        FindAsync(connection, bank, question, "left join question_proposal p on p.question_id = q.id and p.from_version_id = q.current_version_id join question_version v on v.id = coalesce(p.version_id, q.current_version_id)");

    /// <summary>As people are asked it.</summary>
    public static Task<EditedQuestion?> ServedAsync(NpgsqlConnection connection, string bank, long question) => FindAsync(connection, bank, question, "join question_version v on v.id = q.current_version_id");

    private static Task<EditedQuestion?> FindAsync(NpgsqlConnection connection, string bank, long question, string version) =>
        connection.QuerySingleOrDefaultAsync<EditedQuestion?>(
            $"""
            select q.id, q.slug, s.id as source, s.slug as bank_slug, s.title as bank_title, s.language, k.id as key_point, k.label as key_point_label, k.heading as key_point_heading,
              q.status, q.origin, v.id as version, q.current_version_id as served, v.fork, v.source_version_id as text, v.body::text as body, v.created_at as changed_at, nullif(a.user_name, '') as changed_by, v.created_by is not null as is_by_person,
              q.trashed_at is not null as is_trashed, q.publish_at
            from question q
            join source s on s.id = q.source_id
            join key_point k on k.id = q.key_point_id
            {version}
            left join account a on a.id = v.created_by
            where s.slug = @bank and q.id = @question
            """,
            new { bank, question });

    /// <summary>A question of a bank that is not stored yet, on the named key point or else the first.</summary>
    /// <param name="slug">Its name in its bank to come.</param>
    /// <returns>Null where there is no such bank, or it has no key point.</returns>
    internal static Task<EditedQuestion?> NewAsync(NpgsqlConnection connection, string bank, Question blank, long? keyPoint, string slug) =>
        connection.QuerySingleOrDefaultAsync<EditedQuestion?>(
            """
            select 0::bigint as id, @slug as slug, s.id as source, s.slug as bank_slug, s.title as bank_title, s.language, k.id as key_point, k.label as key_point_label, k.heading as key_point_heading,
              'draft' as status, 'written' as origin, 0::bigint as version, 0::bigint as served, 1 as fork, s.current_version_id as text, @body as body, now() as changed_at, null::text as changed_by, true as is_by_person
            from source s
            join lateral (select * from key_point where source_id = s.id order by id is not distinct from @keyPoint desc, position, id limit 1) k on true
            where s.slug = @bank and s.owner_id is null and s.current_version_id is not null
            """,
            new { bank, slug, keyPoint, body = JsonSerializer.Serialize(blank, DomainJson.Options) });

    /// <summary>Where its form is sent, and below it what the form's page asks while somebody types.</summary>
    public string Path => IsNew ? $"/banks/{Uri.EscapeDataString(BankSlug)}/questions/new" : EditQuestionEndpoints.PathOf(BankSlug, Id);

    /// <summary>The question as one of its versions has it; null where that is of another question.</summary>
    public async Task<Question?> AtAsync(NpgsqlConnection connection, long version) =>
        await connection.QuerySingleOrDefaultAsync<string?>("select body::text from question_version where id = @version and question_id = @Id", new { version, Id }) is { } body
            ? JsonSerializer.Deserialize<Question>(body, DomainJson.Options)
            : null;

    /// <summary>Whether this version only repeats the words of an earlier one, and then what is another: the text that it quotes, else the difficulty.</summary>
    internal async Task<Renewal?> RenewalSinceAsync(NpgsqlConnection connection, long seen) =>
        await connection.QuerySingleOrDefaultAsync<long?>($"select s.source_version_id from question_version s where s.id = @seen and s.id <> @Version and {Repeats("@Version", "s.id")}", new { seen, Version }) is { } text
            ? text == Text ? Renewal.Difficulty : Renewal.Text
            : null;

    /// <summary>As SQL: whether a version repeats another's words, by however many steps.</summary>
    internal static string Repeats(string version, string other) =>
        $"{other} in (with recursive step as (select o.id, o.copies_id from question_version o where o.id = {version} union all select o.id, o.copies_id from step join question_version o on o.id = step.copies_id) select step.id from step)";

    /// <summary>Reads a form as this question changed: its quotes are looked for in the text, its picture among those that are kept.</summary>
    /// <returns>The question; or the name of what is wrong, by field.</returns>
    internal async Task<(Question? Question, IReadOnlyDictionary<string, string> Errors)> ReadAsync(NpgsqlConnection connection, QuestionForm typed)
    {
        var (question, errors) = typed.Read(Question, await ParagraphsAsync(connection));
        if (typed.Picture is not { } wanted) return (question, errors);
        var (picture, error) = await wanted.FindAsync(connection);
        if (error is not null) return (null, new Dictionary<string, string>(errors, StringComparer.Ordinal) { [QuestionForm.Fields.Picture] = error });
        return (question is null ? null : question with { Picture = picture }, errors);
    }

    public async Task<IReadOnlyList<TextParagraph>> ParagraphsAsync(NpgsqlConnection connection) =>
        (await connection.QueryAsync<TextParagraph>("select label, text from paragraph where source_version_id = @Text order by position", new { Text })).AsList();
}

/// <summary>What is another though nobody wrote anything.</summary>
public enum Renewal
{
    /// <summary>The bank has a newer text, in which its quotes were found.</summary>
    Text,

    /// <summary>Many questions were given another difficulty at once.</summary>
    Difficulty,
}

/// <summary>A paragraph of the text that a question quotes.</summary>
public sealed record TextParagraph(string Label, string Text);
