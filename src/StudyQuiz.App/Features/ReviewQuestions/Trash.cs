using Dapper;
using Npgsql;
using StudyQuiz.App.Features.ReadAudit;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.ReviewQuestions;

/// <summary>What was deleted and can be brought back. In the trash a question is retired; restored it is what it was. Only admins empty it, and only of what nothing points at.</summary>
internal static class Trash
{
    private const string Throw =
        """
        update question set trashed_with_bank = @isBank, trashed_at = @now, trashed_by = @person, trashed_from = status, status = 'retired', publish_at = null, publish_version_id = null, publish_by = null
        where trashed_at is null and status <> 'private' and
        """;

    private const string Restore = "update question set status = trashed_from, trashed_at = null, trashed_by = null, trashed_from = null, trashed_with_bank = false where trashed_at is not null and";

    /// <summary>Puts questions into the trash.</summary>
    /// <returns>How many were not there before.</returns>
    public static Task<int> ThrowAsync(NpgsqlConnection connection, long[] questions, Guid person, DateTimeOffset now) =>
        RecordAsync(connection, $"{Throw} id = any(@questions) and exists (select 1 from source s where s.id = source_id and s.trashed_at is null)", AuditActs.Trashed, questions, person, now);

    /// <summary>Brings questions back whose bank is not in the trash itself.</summary>
    public static Task<int> RestoreAsync(NpgsqlConnection connection, long[] questions, Guid person, DateTimeOffset now) =>
        RecordAsync(connection, $"{Restore} id = any(@questions) and exists (select 1 from source s where s.id = source_id and s.trashed_at is null)", AuditActs.Restored, questions, person, now);

    /// <summary>Deletes a question for good.</summary>
    /// <returns>False where it is not in the trash, or something points at it: an attempt, a game, a review, a quiz, a version that another bank text holds.</returns>
    public static async Task<bool> PurgeAsync(NpgsqlConnection connection, long question, Guid person, DateTimeOffset now)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var gone = await connection.QuerySingleOrDefaultAsync<(string Slug, string Stem)?>(
            """
            select q.slug, v.body->>'stem' from question q join question_version v on v.id = q.current_version_id
            where q.id = @question and q.trashed_at is not null and not exists (select 1 from quiz_item i where i.question_id = q.id)
              and not exists (select 1 from review r where r.question_id = q.id) and not exists (select 1 from card c where c.question_id = q.id)
              and not exists (select 1 from question_mark m where m.question_id = q.id) and not exists (select 1 from question_flag f where f.question_id = q.id)
              and not exists (select 1 from question_version o join attempt_question a on a.question_version_id = o.id where o.question_id = q.id)
              and not exists (select 1 from question_version o join withdrawn_answer a on a.question_version_id = o.id where o.question_id = q.id)
              and not exists (select 1 from question_version o join game_round r on r.question_version_id = o.id where o.question_id = q.id)
              and not exists (select 1 from assignment_question a where a.question_id = q.id)
            for update of q
            """,
            new { question });
        if (gone is not { } row) return false;
        try
        {
            await connection.ExecuteAsync("delete from question where id = @question", new { question });
        }
        catch (PostgresException pointed) when (pointed.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            return false;
        }

        await Audit.AddAsync(connection, person, AuditActs.Purged, AuditActs.OfQuestion(question), new { row.Slug, row.Stem }, now);
        await transaction.CommitAsync();
        return true;
    }

    /// <summary>Puts a bank into the trash, with all of its questions. False where it is there already.</summary>
    public static async Task<bool> ThrowBankAsync(NpgsqlConnection connection, string slug, Guid person, DateTimeOffset now)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var bank = await connection.QuerySingleOrDefaultAsync<long?>(
            "update source set trashed_at = @now, trashed_by = @person where slug = @slug and trashed_at is null and owner_id is null returning id", new { slug, person, now });
        if (bank is null) return false;
        var questions = await connection.ExecuteAsync($"{Throw} source_id = @bank", new { bank, person, now, isBank = true });
        await Audit.AddAsync(connection, person, AuditActs.Trashed, AuditActs.OfBank(slug), new { questions }, now);
        await transaction.CommitAsync();
        return true;
    }

    /// <summary>Brings a bank back, and the questions that it took along.</summary>
    public static async Task<bool> RestoreBankAsync(NpgsqlConnection connection, string slug, Guid person, DateTimeOffset now)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var bank = await connection.QuerySingleOrDefaultAsync<long?>("select id from source where slug = @slug and trashed_at is not null for update", new { slug });
        if (bank is not { } found) return false;
        var questions = await connection.ExecuteAsync($"{Restore} source_id = @found and trashed_with_bank", new { found });
        await connection.ExecuteAsync("update source set trashed_at = null, trashed_by = null where id = @found", new { found });
        await Audit.AddAsync(connection, person, AuditActs.Restored, AuditActs.OfBank(slug), new { questions }, now);
        await transaction.CommitAsync();
        return true;
    }

    /// <summary>Banks in the trash, the latest first.</summary>
    public static async Task<IReadOnlyList<TrashedBank>> BanksAsync(NpgsqlConnection connection) =>
        (await connection.QueryAsync<TrashedBank>(
            """
            select s.slug, s.title, s.language, s.trashed_at as At, nullif(a.user_name, '') as By from source s left join account a on a.id = s.trashed_by
            where s.trashed_at is not null order by s.trashed_at desc limit 50
            """)).AsList();

    /// <summary>Puts a topic into the trash; its sources stay where they are. False where it is there already.</summary>
    public static Task<bool> ThrowTopicAsync(NpgsqlConnection connection, Guid topic, Guid person, DateTimeOffset now) =>
        MoveTopicAsync(connection, "update topic set trashed_at = @now, trashed_by = @person where id = @topic and trashed_at is null returning title", AuditActs.Trashed, topic, person, now);

    /// <summary>Brings a topic back, with the sources that it spanned.</summary>
    public static Task<bool> RestoreTopicAsync(NpgsqlConnection connection, Guid topic, Guid person, DateTimeOffset now) =>
        MoveTopicAsync(connection, "update topic set trashed_at = null, trashed_by = null where id = @topic and trashed_at is not null returning title", AuditActs.Restored, topic, person, now);

    /// <summary>Topics in the trash, the latest first.</summary>
    public static async Task<IReadOnlyList<TrashedTopic>> TopicsAsync(NpgsqlConnection connection) =>
        (await connection.QueryAsync<TrashedTopic>(
            "select t.id, t.title, t.trashed_at as At, nullif(a.user_name, '') as By from topic t left join account a on a.id = t.trashed_by where t.trashed_at is not null order by t.trashed_at desc limit 50")).AsList();

    private static async Task<bool> MoveTopicAsync(NpgsqlConnection connection, string move, string act, Guid topic, Guid person, DateTimeOffset now)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        if (await connection.QuerySingleOrDefaultAsync<string?>(move, new { topic, person, now }) is not { } title) return false;
        await Audit.AddAsync(connection, person, act, AuditActs.OfTopic(topic), new { title }, now);
        await transaction.CommitAsync();
        return true;
    }

    private static Task<int> RecordAsync(NpgsqlConnection connection, string change, string act, long[] questions, Guid person, DateTimeOffset now) =>
        connection.ExecuteAsync(
            $"""
            with changed as ({change} returning id)
            insert into audit (actor, act, object, details, at) select @person, '{act}', 'question/' || id, jsonb_build_object(), @now from changed order by id
            """,
            new { questions, person, now, isBank = false });
}

/// <summary>A bank in the trash.</summary>
public sealed record TrashedBank(string Slug, string Title, string Language, DateTime At, string? By);

/// <summary>A topic in the trash.</summary>
public sealed record TrashedTopic(Guid Id, string Title, DateTime At, string? By);
