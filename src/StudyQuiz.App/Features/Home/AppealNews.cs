using Dapper;
using Npgsql;
using StudyQuiz.App.Features.AppealVerdicts;
using StudyQuiz.App.Features.TakeSelfTest;

namespace StudyQuiz.App.Features.Home;

/// <summary>What became of appeals lately, for the first page: a self-test that was regraded, and an appeal that was refused.</summary>
/// <param name="Regraded">The one that was regraded last; null where none was.</param>
/// <param name="Refused">The appeal that was refused last; null where none was.</param>
public sealed record AppealNews(AttemptSummary? Regraded, RefusedAppeal? Refused)
{
    /// <summary>For how long the first page says it; after that the result does.</summary>
    public static readonly TimeSpan Said = TimeSpan.FromDays(7);

    internal static async Task<AppealNews> OfAsync(NpgsqlConnection connection, Guid learner, DateTimeOffset now)
    {
        var since = now - Said;
        var regraded = await connection.QuerySingleOrDefaultAsync<Guid?>(
            """
            select a.id from attempt a cross join lateral (select max(regraded_at) as at from regrade r where r.attempt_id = a.id) r
            where a.learner_id = @learner and a.submitted_at is not null and r.at > @since order by r.at desc limit 1
            """,
            new { learner, since });
        var refused = await connection.QuerySingleOrDefaultAsync<RefusedAppeal?>(
            """
            select a.id as Attempt, p.position, s.title, a.submitted_at is not null as IsTold, p.reason
            from attempt a
            cross join lateral (
              select * from appeal p
              where p.attempt_id = a.id and p.state = @Refused and p.decided_at > @since
                and not exists (select 1 from appeal again where again.attempt_id = p.attempt_id and again.position = p.position and again.id > p.id)
              order by p.decided_at desc limit 1) p
            join source s on s.id = a.source_id
            where a.learner_id = @learner order by p.decided_at desc limit 1
            """,
            new { learner, since, AppealStates.Refused });
        return new AppealNews(regraded is { } attempt ? await AttemptSummary.FindAsync(connection, attempt) : null, refused);
    }
}

/// <summary>An appeal that an editor refused.</summary>
/// <param name="IsTold">Whether the attempt has a result, which tells of it; else the practice goes on, where the answer does.</param>
/// <param name="Reason">The editor's.</param>
public sealed record RefusedAppeal(Guid Attempt, int Position, string Title, bool IsTold, string? Reason);
