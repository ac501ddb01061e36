using Dapper;
using Npgsql;

namespace StudyQuiz.Load;

/// <summary>One source of 100,000 questions, of which a learner has answered 10,000 and marked some.</summary>
internal static class LargeSource
{
    private const int Questions = 100_000;

    /// <returns>The source's id; what is there from a run before is used.</returns>
    public static async Task<long> AddAsync(NpgsqlConnection connection, string slug, int points, Guid learner)
    {
        if (await connection.QuerySingleOrDefaultAsync<long?>("select id from source where slug = @slug", new { slug }) is { } there) return there;
        Progress.Say($"{slug}, 100,000 questions");
        // Lists of banks are measured on another bank: these need no rows there
        await connection.ExecuteAsync("set session_replication_role = replica");
        var source = await connection.QuerySingleAsync<long>("insert into source (slug, title, publisher, language) values (@slug, @slug, '', 'zh-CN') returning id", new { slug });
        await connection.ExecuteAsync(
            """
            insert into source_version (source_id, version, sha256, raw) values (@source, 1, md5(@slug), '');
            update source s set current_version_id = v.id from source_version v where v.source_id = s.id and s.id = @source;
            insert into key_point (source_id, label, position, heading, weight, evidence)
              select @source, 'K' || k, k, 'Key point ' || k, 2, '[]' from generate_series(1, @points) k;
            insert into question (source_id, slug, key_point_id, type, status, origin)
              select @source, 'q' || k.position || '-' || i, k.id,
                     (array['single_choice', 'multiple_choice', 'true_false', 'cloze', 'ordering', 'matching', 'flashcard'])[1 + i % 7], 'published', 'generated'
              from key_point k, generate_series(1, @each) i where k.source_id = @source;
            insert into question_version (question_id, version, source_version_id, body, reason)
              select q.id, 1, s.current_version_id, v.body, 'large'
              from question q
              join source s on s.id = q.source_id
              join lateral (
                select v.body from (select distinct on (o.type) o.type, o.current_version_id from question o join source t on t.id = o.source_id and t.slug = 'studied-1' order by o.type) o
                join question_version v on v.id = o.current_version_id where o.type = q.type) v on true
              where q.source_id = @source;
            update question q set current_version_id = v.id from question_version v where v.question_id = q.id and q.source_id = @source;
            insert into question_enemy (question_id, enemy_id)
              select pair.* from (select id, lead(id) over (order by id) as next from question where source_id = @source) e, lateral (values (e.id, e.next), (e.next, e.id)) as pair (one, other)
              where e.next is not null and e.id % 10 = 1;
            """,
            new { source, slug, points, each = Questions / points },
            commandTimeout: 1800);
        await connection.ExecuteAsync("reset session_replication_role");
        await connection.ExecuteAsync(
            """
            insert into review (learner_id, client_id, question_id, fork, question_version_id, kind, rating, origin, reviewed_at, received_at, day)
              select @learner, gen_random_uuid(), id, 1, current_version_id, 'assessed', 3, 'self_test', day + time '09:00', day + time '09:00', day
              from (select *, @today::date - (random() * 200)::int as day from question where source_id = @source and id % 10 = 3) q;
            insert into card (learner_id, question_id, fork, model, phase, stability, difficulty, step, scheduled_days, due_at, due_day, last_at, last_day, first_day, reviews, lapses)
              select @learner, question_id, 1, 'FSRS-6', 'review', 5 + random() * 100, 5, 0, 30, reviewed_at + interval '60 days', day + 60, reviewed_at, day, day, 1, 0
              from review r join question q on q.id = r.question_id where r.learner_id = @learner and q.source_id = @source;
            insert into question_mark (learner_id, question_id, favourite, favourite_at)
              select @learner, id, true, timestamptz '2026-10-01' + id * interval '1 second' from question where source_id = @source and id % 100 = 5 on conflict do nothing
            """,
            new { learner, source, today = StudiedDatabase.Today },
            commandTimeout: 1800);
        await connection.ExecuteAsync("vacuum analyze", commandTimeout: 1800);
        return source;
    }

    /// <summary>300 in every source that a learner studies.</summary>
    public static Task MarkFavouritesAsync(NpgsqlConnection connection) => connection.ExecuteAsync(
        """
        insert into question_mark (learner_id, question_id, favourite, favourite_at)
        select learner_id, question_id, true, timestamptz '2026-11-01' + n * interval '1 second'
        from (
          select c.learner_id, c.question_id, row_number() over (partition by c.learner_id, q.source_id order by c.question_id) as n
          from card c join question q on q.id = c.question_id and q.type <> 'flashcard') c
        where n <= 300
        on conflict do nothing
        """,
        commandTimeout: 1800);

    /// <summary>30 for every learner, of ten questions each: with few of them a plan rightly reads them all.</summary>
    public static async Task AddAttemptsAsync(NpgsqlConnection connection)
    {
        if (await connection.QuerySingleAsync<long>("select count(*) from attempt") > 10_000) return;
        Progress.Say("attempts");
        await connection.ExecuteAsync(
            """
            insert into attempt (id, learner_id, source_id, mode, seed, started_at, submitted_at)
            select gen_random_uuid(), l.id, s.source_id, 'practice', n, timestamptz '2026-10-01' + n * interval '1 day', timestamptz '2026-10-01 01:00' + n * interval '1 day'
            from learner l
            cross join lateral (select q.source_id from card c join question q on q.id = c.question_id where c.learner_id = l.id limit 1) s, generate_series(1, 30) n;
            insert into attempt_question (attempt_id, position, question_version_id, seed, credit, outcome)
            select a.id, q.n, q.current_version_id, 1, 1, 0
            from attempt a
            cross join lateral (
              select current_version_id, row_number() over (order by id) as n from question where source_id = a.source_id order by id offset a.seed * 10 limit 10) q
            on conflict do nothing;
            insert into attempt_answer (attempt_id, position, client_id, sequence, answer, received_at)
            select attempt_id, position, gen_random_uuid(), 1, 'null', timestamptz '2026-10-01' from attempt_question on conflict do nothing
            """,
            commandTimeout: 1800);
        await connection.ExecuteAsync("vacuum analyze attempt, attempt_question, attempt_answer", commandTimeout: 1800);
    }
}
