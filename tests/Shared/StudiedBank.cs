using Dapper;
using Npgsql;

namespace StudyQuiz.Tests.Shared;

/// <summary>How large a database of flashcards is made. Each learner studies one source, the first one ten.</summary>
/// <param name="QuestionsPerSource">A multiple of 20, the key points of a source.</param>
/// <param name="ReviewsPerCard">Spread over up to 300 days before today.</param>
internal sealed record StudiedBankSize(int Sources, int QuestionsPerSource, int Learners, int ReviewsPerCard);

/// <summary>
/// Fills a migrated, empty database with questions, learners, reviews and cards, by statements that make the rows on the server. Reviews lie in
/// the table in the order of their days, as they would have come in; cards are made up, not folded from them.
/// </summary>
internal static class StudiedBank
{
    private const string Bank =
        """
        select setseed(0.5);
        insert into source (slug, title, publisher, language) select 'studied-' || i, 'Studied ' || i, '', 'zh-CN' from generate_series(1, @Sources) i;
        insert into source_version (source_id, version, sha256, raw) select id, 1, md5(slug), '' from source where slug like 'studied-%';
        update source s set current_version_id = v.id from source_version v where v.source_id = s.id and s.slug like 'studied-%';
        insert into key_point (source_id, label, position, heading, weight, evidence)
          select id, 'K' || k, k, 'Key point ' || k, 2, '[]' from source, generate_series(1, 20) k where slug like 'studied-%';
        insert into question (source_id, slug, key_point_id, type, status, origin)
          select k.source_id, 'q' || k.position || '-' || i, k.id,
                 (array['single_choice', 'multiple_choice', 'true_false', 'cloze', 'ordering', 'matching', 'flashcard'])[1 + i % 7], 'published', 'generated'
          from key_point k join source s on s.id = k.source_id and s.slug like 'studied-%', generate_series(1, @QuestionsPerSource / 20) i;
        insert into question_version (question_id, version, source_version_id, body, reason)
          select q.id, 1, s.current_version_id,
                 jsonb_build_object('type', q.type, 'stem', repeat('题', 150), 'explanation', repeat('解', 150), 'evidence', jsonb_build_array(), 'difficulty', 1)
                 || case q.type
                      when 'single_choice' then '{"options": [{"text": "甲", "correct": true}, {"text": "乙", "correct": false}, {"text": "丙", "correct": false}, {"text": "丁", "correct": false}]}'
                      when 'multiple_choice' then '{"options": [{"text": "甲", "correct": true}, {"text": "乙", "correct": true}, {"text": "丙", "correct": false}, {"text": "丁", "correct": false}]}'
                      when 'true_false' then '{"answer": true}'
                      when 'cloze' then '{"accepted": ["甲"]}'
                      when 'ordering' then '{"items": ["甲", "乙", "丙", "丁"]}'
                      when 'matching' then '{"pairs": [{"left": "甲", "right": "一"}, {"left": "乙", "right": "二"}, {"left": "丙", "right": "三"}]}'
                      else '{"back": "甲"}' end::jsonb,
                 'studied'
          from question q join source s on s.id = q.source_id and s.slug like 'studied-%';
        insert into question_enemy (question_id, enemy_id)
          select pair.* from (select q.id, lead(q.id) over (partition by q.source_id order by q.id) as next from question q join source s on s.id = q.source_id and s.slug like 'studied-%') e,
            lateral (values (e.id, e.next), (e.next, e.id)) as pair (one, other)
          where e.next is not null and e.id % 10 = 1;
        update question q set current_version_id = v.id from question_version v where v.question_id = q.id and v.reason = 'studied';
        insert into learner (id) select gen_random_uuid() from generate_series(1, @Learners);
        create temp table studied as
          select l.id as learner_id, q.id as question_id, q.current_version_id as version_id, (random() * 300)::int as age
          from (select id, row_number() over (order by id) as n from learner) l
          join (select id, row_number() over (order by id) as n from source where slug like 'studied-%') s on l.n % @Sources + 1 = s.n or (l.n = 1 and s.n <= 10)
          join question q on q.source_id = s.id;
        """;

    private const string Reviews =
        """
        insert into review (learner_id, client_id, question_id, fork, question_version_id, kind, rating, origin, reviewed_at, received_at, day, took_ms)
        select learner_id, gen_random_uuid(), question_id, 1, version_id, 'rated', case when random() < 0.1 then 1 else 3 end, 'cards',
               day + time '09:00' + random() * interval '8 hours', day + time '17:30', day, 5000
        from (select *, @today::date - age * (@ReviewsPerCard - i + 1) / @ReviewsPerCard as day from studied, generate_series(1, @ReviewsPerCard) i) r
        order by day
        """;

    private const string Cards =
        """
        insert into card (learner_id, question_id, fork, model, phase, stability, difficulty, step, scheduled_days, due_at, due_day, last_at, last_day, first_day, reviews, lapses)
        select learner_id, question_id, 1, 'FSRS-6', 'review', 5 + random() * 100, 5, 0, 30, due + time '12:00', due, last + time '12:00', last, @today::date - age, @ReviewsPerCard, 0
        from (select *, @today::date + (random() * 120)::int - 5 as due, @today::date - age / @ReviewsPerCard as last from studied) c
        """;

    /// <param name="isLarge">Whether to make the indexes after the rows and to trust them unchecked, which needs a superuser and an otherwise unused database.</param>
    /// <returns>How many reviews there are now.</returns>
    public static async Task<long> FillAsync(NpgsqlConnection connection, StudiedBankSize size, DateOnly today, bool isLarge, Action<string>? say = null)
    {
        var parameters = new { size.Sources, size.QuestionsPerSource, size.Learners, size.ReviewsPerCard, today };
        IReadOnlyList<(string Name, string Definition)> indexes = [];
        if (isLarge)
        {
            indexes = (await connection.QueryAsync<(string, string)>(
                "select i.indexname, i.indexdef from pg_indexes i where i.tablename in ('review', 'card') and not exists (select 1 from pg_constraint c where c.conname = i.indexname)")).AsList();
            foreach (var (name, _) in indexes) await connection.ExecuteAsync($"drop index \"{name}\"");
            await connection.ExecuteAsync("set session_replication_role = replica; set work_mem = '512MB'; set maintenance_work_mem = '512MB'; set synchronous_commit = off");
        }

        await RunAsync("questions and learners", Bank);
        await RunAsync("reviews", Reviews);
        await RunAsync("cards", Cards);
        foreach (var (name, definition) in indexes) await RunAsync($"index {name}", definition);
        if (isLarge) await connection.ExecuteAsync("reset session_replication_role; reset work_mem; reset maintenance_work_mem; reset synchronous_commit");
        await connection.ExecuteAsync("drop table studied");
        await RunAsync("statistics", "vacuum analyze");
        return await connection.QuerySingleAsync<long>("select count(*) from review");

        async Task RunAsync(string what, string sql)
        {
            say?.Invoke(what);
            await connection.ExecuteAsync(sql, sql.Contains('@', StringComparison.Ordinal) ? parameters : null, commandTimeout: 1800);
        }
    }
}
