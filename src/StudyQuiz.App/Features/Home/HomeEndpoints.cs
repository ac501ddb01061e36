using Dapper;
using Npgsql;
using StudyQuiz.App.Features.AppealVerdicts;
using StudyQuiz.App.Features.TakeSelfTest;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.Home;

/// <summary>The first page: what the day holds, three ways in, the banks.</summary>
public static class HomeEndpoints
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/", ShowAsync);

    private static async Task<IResult> ShowAsync(HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock)
    {
        var learner = await learners.FindAsync(http);
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (learner is { } known) await AttemptClosing.CloseOverdueAsync(connection, known, clock.Now);

        var banks = (await connection.QueryAsync<Bank>(
            """
            select s.id, s.slug, s.title, s.publisher, s.published, s.language,
                   (select p.text from paragraph p where p.source_version_id = s.current_version_id order by p.position limit 1) as Opening
            from source s where s.current_version_id is not null and exists (select 1 from question q where q.source_id = s.id and q.status = 'published')
            order by s.id desc limit 10
            """)).AsList();
        var today = await StudyCards.Today.OfAsync(connection, http, learner, clock.Now);
        return Pages.Render<HomePage>(new
        {
            Now = clock.Now.UtcDateTime,
            today.Day,
            Banks = banks,
            Groups = (await GroupsAsync(connection, [.. banks.Select(b => b.Id)], learner)).ToLookup(g => g.Source),
            Attempts = await AttemptSummary.LastAsync(connection, learner, 5),
            News = learner is { } appellant ? await AppealNews.OfAsync(connection, appellant, clock.Now) : null,
            Appeals = Viewer.Of(http.User) is { IsEditor: true } or { IsAdmin: true } ? await QueuedAppeals.CountAsync(connection) : 0,
            Due = learner is null ? null : await DueCards.OfAsync(connection, today),
        });
    }

    // Per group of key points how many published questions there are and how this learner's last answer to each came out.
    private static Task<IEnumerable<KeyPointGroup>> GroupsAsync(NpgsqlConnection connection, long[] sources, Guid? learner) =>
        connection.QueryAsync<KeyPointGroup>(
            """
            with held as (
              select key_point_id, count(*) as questions from question
              where source_id = any(@sources) and status = 'published' group by key_point_id),
            last as (
              select distinct on (v.question_id) v.question_id, q.outcome
              from attempt a
              join attempt_question q on q.attempt_id = a.id
              join question_version v on v.id = q.question_version_id
              where a.learner_id = @learner and a.submitted_at is not null and q.outcome <> @unanswered
              order by v.question_id, a.started_at desc),
            done as (
              select q.key_point_id, count(*) filter (where l.outcome = @right) as rights, count(*) filter (where l.outcome <> @right) as wrongs
              from last l join question q on q.id = l.question_id and q.status = 'published'
              group by q.key_point_id)
            select k.source_id as Source, coalesce(g.id, k.id) as Id, coalesce(g.heading, k.heading) as Heading,
                   count(*) filter (where not exists (select from key_point c where c.parent_id = k.id)) as KeyPoints, coalesce(sum(held.questions), 0)::bigint as Questions,
                   coalesce(sum(done.rights), 0)::bigint as "Right", coalesce(sum(done.wrongs), 0)::bigint as Wrong
            from key_point k
            left join key_point g on g.id = k.parent_id
            left join held on held.key_point_id = k.id
            left join done on done.key_point_id = k.id
            where k.source_id = any(@sources)
            group by k.source_id, coalesce(g.id, k.id), coalesce(g.heading, k.heading), coalesce(g.position, k.position)
            order by k.source_id, coalesce(g.position, k.position)
            """,
            new { sources, learner, right = (int)Outcome.Right, unanswered = (int)Outcome.Unanswered });
}

/// <summary>A source whose bank the page shows.</summary>
/// <param name="Opening">Its first paragraph.</param>
public sealed record Bank(long Id, string Slug, string Title, string Publisher, DateOnly? Published, string Language, string? Opening);

/// <summary>Key points under one heading.</summary>
/// <param name="Right">Questions that this learner got right the last time.</param>
/// <param name="Wrong">Questions whose last answer was not wholly right.</param>
public sealed record KeyPointGroup(long Source, long Id, string Heading, long KeyPoints, long Questions, long Right, long Wrong)
{
    public long Fresh => Questions - Right - Wrong;
}
