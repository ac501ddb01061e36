using Dapper;
using Npgsql;

namespace StudyQuiz.App.Features.ShowProgress;

/// <summary>A self-test among those of a learner.</summary>
/// <param name="Mode">How it went: <see cref="TakeSelfTest.AttemptModes"/>.</param>
/// <param name="SubmittedAt">Null while it runs.</param>
/// <param name="Graded">How many of its questions have a verdict; none where nothing is graded.</param>
/// <param name="Credit">The sum of their credits.</param>
public sealed record PastAttempt(Guid Id, string Title, string Language, string Mode, DateTime StartedAt, DateTime? SubmittedAt, long Questions, long Graded, decimal Credit)
{
    /// <summary>0 to 1; null where it runs or where nothing was graded.</summary>
    public double? Score => SubmittedAt is null || Graded == 0 ? null : (double)Credit / Questions;
}

/// <summary>A page of a learner's self-tests.</summary>
/// <param name="Attempts">As they were begun, the earliest first.</param>
/// <param name="IsLatest">Whether the last one is the latest of all.</param>
/// <param name="Earlier">The attempt before which more were begun; null where none was.</param>
/// <param name="TimeZone">The learner's.</param>
public sealed record AttemptHistory(IReadOnlyList<PastAttempt> Attempts, bool IsLatest, Guid? Earlier, string TimeZone)
{
    /// <summary>As many as are drawn side by side and can still be touched.</summary>
    public const int PageSize = 15;

    /// <param name="before">Only those begun before this one of the learner's; null for the latest.</param>
    internal static async Task<AttemptHistory> OfAsync(NpgsqlConnection connection, Guid? learner, string timeZone, Guid? before)
    {
        if (learner is not { } own) return new AttemptHistory([], true, null, timeZone);
        var since = before is { } id ? await connection.QuerySingleOrDefaultAsync<DateTime?>("select started_at from attempt where id = @id and learner_id = @own", new { id, own }) : null;
        // The page's attempts are found in their index; one more tells whether there are more
        var found = (await connection.QueryAsync<PastAttempt>(
            $"""
            select a.id, coalesce(m.title, s.title) as Title, s.language, a.mode, a.started_at as StartedAt, a.submitted_at as SubmittedAt, q.questions, q.graded, q.credit
            from (
              select * from attempt where learner_id = @own and mode <> 'read' {(since is null ? "" : "and (started_at, id) < (@since, @before)")}
              order by started_at desc, id desc limit {PageSize + 1}) a
            join source s on s.id = a.source_id
            left join assignment m on m.id = a.assignment_id
            cross join lateral (
              select count(*) as questions, count(q.outcome) as graded, coalesce(sum(q.credit), 0) as credit from attempt_question q where q.attempt_id = a.id and (a.mode <> 'challenge' or q.opened_at is not null)) q
            order by a.started_at desc, a.id desc
            """,
            new { own, since, before })).AsList();
        var page = found.Take(PageSize).Reverse().ToList();
        return new AttemptHistory(page, since is null, found.Count > PageSize ? page[0].Id : null, timeZone);
    }
}
