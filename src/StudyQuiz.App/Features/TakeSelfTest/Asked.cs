using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Attempts;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.TakeSelfTest;

/// <summary>How an attempt goes. Stored by these names.</summary>
public static class AttemptModes
{
    /// <summary>Answers may change until it is handed in or its time is over; then all is told.</summary>
    public const string Exam = "exam";

    /// <summary>Each answer is final and told at once; there is no clock.</summary>
    public const string Practice = "practice";

    /// <summary>Until the first miss; each answer is final, told at once and has a clock of its own. What comes next is not shown before.</summary>
    public const string Challenge = "challenge";

    /// <summary>Read with the answers shown: nothing is asked.</summary>
    public const string Read = "read";
}

/// <summary>An attempt as its learner may see it.</summary>
/// <param name="Mode">One of <see cref="AttemptModes"/>.</param>
/// <param name="Deadline">Of a challenge that of its open question; null where no clock runs.</param>
/// <param name="Selection">One of <see cref="Selections"/>.</param>
/// <param name="PassMark">From how many points on it is passed; null where questions simply count.</param>
/// <param name="ExtraTime">How much of others' time its learner was given: 1 is no more than theirs.</param>
/// <param name="AssignmentId">What it is a run of; null where its learner began it alone.</param>
/// <param name="IsLeftOut">Whether its host left it out: its learner may begin again.</param>
/// <param name="PartialCredit">Whether a multiple choice with some right and none wrong earns half.</param>
public sealed record Attempt(
    Guid Id, Guid LearnerId, long SourceId, string Slug, string Title, string Language, string Mode, DateTime StartedAt, DateTime? Deadline, DateTime? SubmittedAt, string Selection, decimal ExtraTime, decimal? PassMark, Guid? AssignmentId, bool PartialCredit, bool IsLeftOut)
{
    public bool IsPractice => Mode == AttemptModes.Practice;

    public bool IsChallenge => Mode == AttemptModes.Challenge;

    public bool IsReading => Mode == AttemptModes.Read;

    /// <summary>Whether each answer is final and told at once.</summary>
    public bool IsToldAtOnce => IsPractice || IsChallenge;

    public bool IsOverdue(DateTimeOffset now) => SubmittedAt is null && !AttemptClock.Takes(Due, now);

    /// <summary>What is left by the server's clock; the page counts it down without looking at its own. 0 where no clock runs.</summary>
    public long LeftMs(DateTimeOffset now) => (long)AttemptClock.Left(Due, now).TotalMilliseconds;

    private DateTimeOffset? Due => Deadline is { } deadline ? new DateTimeOffset(deadline, TimeSpan.Zero) : null;

    /// <summary>The attempt, where it is one of these learners'.</summary>
    internal static Task<Attempt?> FindAsync(NpgsqlConnection connection, Guid attempt, IReadOnlyList<Guid> learners) =>
        connection.QuerySingleOrDefaultAsync<Attempt?>(
            """
            select a.id, a.learner_id as LearnerId, a.source_id as SourceId, s.slug, coalesce(m.title, s.title) as Title, s.language, a.mode,
                   a.started_at as StartedAt, a.deadline, a.submitted_at as SubmittedAt, a.selection, a.extra_time as ExtraTime, a.pass_mark as PassMark,
                   a.assignment_id as AssignmentId, a.partial_credit as PartialCredit, a.left_out_at is not null as IsLeftOut
            from attempt a join source s on s.id = a.source_id left join assignment m on m.id = a.assignment_id
            where a.id = @attempt and a.learner_id = any(@learners)
            """,
            new { attempt, learners = learners.ToArray() });
}

/// <summary>A question of an attempt with the order in which it is shown and the answer stored for it.</summary>
/// <param name="Position">Counts from 1.</param>
/// <param name="Answer">In the author's positions.</param>
/// <param name="Points">What it is worth; null where questions simply count.</param>
/// <param name="Sequence">The sequence of the last thing stored for it; 0 where nothing is.</param>
public sealed record Asked(int Position, long Version, Question Question, Presentation Presentation, GivenAnswer? Answer, long Sequence, decimal? Points)
{
    /// <summary>The answer in the positions on the screen.</summary>
    public GivenAnswer? Shown => Answer is null ? null : Presentation.ToShown(Answer);

    /// <summary>The questions of an attempt; of a challenge those that were shown.</summary>
    internal static Task<IReadOnlyList<Asked>> OfAsync(NpgsqlConnection connection, Guid attempt) => LoadAsync(connection, attempt, null);

    internal static async Task<Asked?> FindAsync(NpgsqlConnection connection, Guid attempt, int position) =>
        await LoadAsync(connection, attempt, position) is [var asked] ? asked : null;

    /// <summary>
    /// Holds the questions of an attempt until the transaction ends, so that no appeal changes a key between grading by it and storing the verdict. What is
    /// asked is to be read after this.
    /// </summary>
    internal static Task HoldKeysAsync(NpgsqlConnection connection, Guid attempt, int? position = null) =>
        connection.ExecuteAsync(
            """
            select 1 from question
            where id in (
              select v.question_id from attempt_question q join question_version v on v.id = q.question_version_id
              where q.attempt_id = @attempt and (@position::int is null or q.position = @position))
            order by id for share
            """,
            new { attempt, position });

    private static async Task<IReadOnlyList<Asked>> LoadAsync(NpgsqlConnection connection, Guid attempt, int? position)
    {
        var rows = await connection.QueryAsync<Row>(
            """
            select q.position, q.question_version_id as Version, q.seed, coalesce(k.body, v.body)::text as Body, a.answer::text as Answer, coalesce(a.sequence, 0) as Sequence, q.points
            from attempt_question q
            join attempt t on t.id = q.attempt_id
            join question_version v on v.id = q.question_version_id
            left join key_correction k on k.question_version_id = v.id
            left join attempt_answer a on a.attempt_id = q.attempt_id and a.position = q.position
            where q.attempt_id = @attempt and (@position::int is null or q.position = @position) and (t.mode <> 'challenge' or q.opened_at is not null)
            order by q.position
            """,
            new { attempt, position });
        return [.. rows.Select(row => row.Read())];
    }

    private sealed record Row(int Position, long Version, long Seed, string Body, string? Answer, long Sequence, decimal? Points)
    {
        public Asked Read()
        {
            var question = JsonSerializer.Deserialize<Question>(Body, DomainJson.Options)!;
            return new(Position, Version, question, Presentation.Of(question, Seed), GivenAnswers.Read(Answer), Sequence, Points);
        }
    }
}

/// <summary>Answers as the database keeps them: JSON in the author's positions.</summary>
internal static class GivenAnswers
{
    public static GivenAnswer? Read(string? json) => json is null ? null : JsonSerializer.Deserialize<GivenAnswer>(json, DomainJson.Options);

    public static string? Write(GivenAnswer? answer) => answer is null ? null : JsonSerializer.Serialize(answer, DomainJson.Options);
}
