using System.Globalization;
using Dapper;
using Npgsql;

namespace StudyQuiz.App.Features.ReviewQuestions;

/// <summary>Where a question stands on its way, beside what it says.</summary>
public sealed record ReviewedQuestion
{
    public required Guid? AssignedTo { get; init; }
    public required DateTime? PublishAt { get; init; }

    /// <summary>Who settled that.</summary>
    public required string? PublishBy { get; init; }
    public required DateTime? WithdrawnAt { get; init; }
    public required DateTime? TrashedAt { get; init; }

    /// <summary>Why it may be asked without evidence.</summary>
    public required string? Waiver { get; init; }
    public required string? WaivedBy { get; init; }

    /// <summary>Of the last withdrawal.</summary>
    public required string? WithdrawnFor { get; init; }
    public required int Attempts { get; init; }
    public required int Games { get; init; }
    public required bool IsDone { get; init; }

    /// <summary>Open attempts and games that ask it now.</summary>
    public required int OpenAttempts { get; init; }
    public required int OpenGames { get; init; }
    public IReadOnlyList<QuestionComment> Comments { get; init; } = [];

    internal static async Task<ReviewedQuestion> FindAsync(NpgsqlConnection connection, long question) =>
        await connection.QuerySingleAsync<ReviewedQuestion>(
            """
            select q.assigned_to, q.publish_at, nullif(b.user_name, '') as publish_by, q.withdrawn_at, q.trashed_at, w.reason as waiver, nullif(c.user_name, '') as waived_by,
              d.reason as withdrawn_for, coalesce(d.attempts, 0) as attempts, coalesce(d.games, 0) as games, d.done_at is not null as is_done,
              (select count(*)::int from attempt a where a.submitted_at is null and a.mode <> 'read' and exists (
                 select 1 from attempt_question o join question_version v on v.id = o.question_version_id where o.attempt_id = a.id and v.question_id = q.id)) as open_attempts,
              (select count(distinct g.id)::int from game g join game_round r on r.game_id = g.id join question_version v on v.id = r.question_version_id
               where g.ended_at is null and r.voided_at is null and v.question_id = q.id) as open_games
            from question q
            left join account b on b.id = q.publish_by
            left join question_waiver w on w.question_id = q.id and w.fork = (select v.fork from question_version v where v.id = q.current_version_id)
            left join account c on c.id = w.waived_by
            left join lateral (select * from withdrawal d where d.question_id = q.id order by d.id desc limit 1) d on true
            where q.id = @question
            """,
            new { question }) with
        { Comments = await QuestionComment.OfAsync(connection, question) };

    /// <summary>Where it is looked at.</summary>
    public static string PathOf(string bank, long question) => string.Create(CultureInfo.InvariantCulture, $"/banks/{Uri.EscapeDataString(bank)}/questions/{question}/review");
}

/// <summary>Something said about a question among editors.</summary>
public sealed record QuestionComment(long Id, string? Author, string Words, DateTime WrittenAt, DateTime? ResolvedAt, string? ResolvedBy)
{
    public const int LongestWords = 2000;

    /// <summary>The oldest first, those that are settled too.</summary>
    internal static async Task<IReadOnlyList<QuestionComment>> OfAsync(NpgsqlConnection connection, long question) =>
        (await connection.QueryAsync<QuestionComment>(
            """
            select c.id, nullif(a.user_name, '') as Author, c.words, c.written_at as WrittenAt, c.resolved_at as ResolvedAt, nullif(r.user_name, '') as ResolvedBy
            from question_comment c left join account a on a.id = c.author left join account r on r.id = c.resolved_by
            where c.question_id = @question order by c.id
            """,
            new { question })).AsList();

    /// <summary>Says something; sent twice it is said once.</summary>
    internal static async Task<bool> AddAsync(NpgsqlConnection connection, long question, Guid clientId, Guid author, string words, DateTimeOffset now) =>
        await connection.ExecuteAsync(
            "insert into question_comment (client_id, question_id, author, words, written_at) values (@clientId, @question, @author, @words, @now) on conflict (client_id) do nothing",
            new { clientId, question, author, words, now }) == 1;

    /// <summary>Calls it settled, or takes that back.</summary>
    internal static async Task<bool> ResolveAsync(NpgsqlConnection connection, long question, long id, bool isResolved, Guid person, DateTimeOffset now) =>
        await connection.ExecuteAsync(
            """
            update question_comment set resolved_at = case when @isResolved then @now end, resolved_by = case when @isResolved then @person end
            where id = @id and question_id = @question and (resolved_at is null) = @isResolved
            """,
            new { id, question, isResolved, person, now }) == 1;
}
