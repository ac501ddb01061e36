using Dapper;
using Npgsql;

namespace StudyQuiz.Load;

/// <summary>A bank of 100,000 questions whose texts differ, with tags, authors and statistics: what editors of a large organisation would look through.</summary>
internal static class LargeBank
{
    public const string Slug = "large-bank";
    public const int Questions = 100_000;

    /// <summary>Words of two to four letters, the first ones far more often than the last, as in a language.</summary>
    public const int Words = 4000;

    /// <summary>Makes it where it is not there from a run before.</summary>
    public static async Task AddAsync(NpgsqlConnection connection)
    {
        if (await connection.QuerySingleAsync<bool>("select exists (select from source where slug = @Slug)", new { Slug })) return;
        Progress.Say("texts of 100,000 questions");
        await connection.ExecuteAsync(
            """
            select setseed(0.5);
            create table vocabulary as
              select k, (select string_agg(chr(19968 + (random() * 3000)::int), '') from generate_series(1, 2 + k % 3) i where i + k > 0) as word from generate_series(0, @Words - 1) k;
            alter table vocabulary add primary key (k);
            create temp table written as
              select q, string_agg(w.word, '' order by i) as text
              from generate_series(1, @Questions) q, generate_series(1, 70) i, lateral (select floor(@Words * power(random(), 3))::int as k where q + i > 0) r join vocabulary w on w.k = r.k
              group by q;
            """,
            new { Words, Questions },
            commandTimeout: 1800);
        Progress.Say("the bank, listed by its triggers");
        // Made at once it takes a tenth of the time that row by row does
        var index = await connection.QuerySingleAsync<string>("select indexdef from pg_indexes where indexname = 'question_words_pairs'");
        await connection.ExecuteAsync("drop index question_words_pairs; set maintenance_work_mem = '512MB'; set synchronous_commit = off");
        await connection.ExecuteAsync(
            """
            insert into account (id, user_name, normalized_user_name, security_stamp) select md5('author ' || n)::uuid, 'author' || n, 'AUTHOR' || n, '' from generate_series(1, 5) n;
            insert into account_role (account_id, role) select md5('author ' || n)::uuid, 'editor' from generate_series(1, 5) n;
            insert into source (slug, title, publisher, language) values (@Slug, '大题库', '', 'zh-CN');
            insert into source_version (source_id, version, sha256, raw) select id, 1, '', '' from source where slug = @Slug;
            update source s set current_version_id = v.id from source_version v where v.source_id = s.id and s.slug = @Slug;
            insert into key_point (source_id, label, position, heading, weight, evidence) select id, 'K' || n, n * 100, '要点' || n, 2, '[]' from source, generate_series(1, 10) n where slug = @Slug;
            insert into key_point (source_id, label, position, heading, weight, evidence, parent_id)
              select k.source_id, k.label || '.' || n, k.position + n, k.heading || '之' || n, 2, '[]', k.id from key_point k join source s on s.id = k.source_id, generate_series(1, 10) n where s.slug = @Slug;
            insert into question (source_id, slug, key_point_id, type, status, origin)
              select s.id, 'q' || q, p.ids[1 + q % cardinality(p.ids)], (array['single_choice', 'multiple_choice', 'true_false', 'cloze', 'single_choice', 'single_choice', 'flashcard'])[1 + q % 7],
                case when q % 20 = 0 then 'draft' when q % 20 = 1 then 'review' when q % 25 = 7 then 'retired' else 'published' end, 'generated'
              from source s, lateral (select array_agg(id order by id) as ids from key_point where source_id = s.id and parent_id is not null) p, generate_series(1, @Questions) q where s.slug = @Slug;
            insert into question_version (question_id, version, source_version_id, body, reason, created_by, created_at)
              select q.id, 1, s.current_version_id,
                jsonb_build_object('type', q.type, 'stem', substr(w.text, 1, 30), 'explanation', substr(w.text, 31, 50), 'difficulty', 1 + w.q % 3,
                  'evidence', case when w.q % 50 = 0 then '[]'::jsonb else jsonb_build_array(jsonb_build_object('paragraph', 'P01', 'quote', substr(w.text, 81, 40))) end)
                || case q.type
                     when 'true_false' then '{"answer": true}' when 'cloze' then jsonb_build_object('accepted', jsonb_build_array(substr(w.text, 121, 4))) when 'flashcard' then jsonb_build_object('back', substr(w.text, 121, 20))
                     else jsonb_build_object('options', jsonb_build_array(jsonb_build_object('text', substr(w.text, 121, 8), 'correct', true), jsonb_build_object('text', substr(w.text, 129, 8), 'correct', q.type = 'multiple_choice'),
                       jsonb_build_object('text', substr(w.text, 137, 8), 'correct', false), jsonb_build_object('text', substr(w.text, 145, 8), 'correct', false))) end,
                'large', case when w.q % 11 = 0 then md5('author ' || 1 + w.q % 5)::uuid end, timestamptz '2026-01-01' + w.q * interval '1 minute'
              from question q join source s on s.id = q.source_id and s.slug = @Slug join written w on 'q' || w.q = q.slug;
            update question q set current_version_id = v.id from question_version v join source_version t on t.id = v.source_version_id join source s on s.id = t.source_id and s.slug = @Slug where v.question_id = q.id;
            insert into question_tag (question_id, tag) select q.id, '标签' || q.id % 40 from question q join source s on s.id = q.source_id and s.slug = @Slug where q.id % 3 = 0;
            update question_listing l set answers = (random() * 500)::int, facility = random(), discrimination = random() - 0.2, median_ms = 5000 + (random() * 60000)::int,
              weeks = array[random(), random(), random(), random()]::real[], flags = case when l.question_id % 41 = 0 then array['negative'] when l.question_id % 41 = 1 then array['easy'] when l.question_id % 50 = 3 then array['dead'] else '{}' end
              from source s where s.id = l.source_id and s.slug = @Slug and l.question_id % 5 <> 0;
            drop table written;
            """,
            new { Slug, Questions },
            commandTimeout: 1800);
        Progress.Say("the index of words");
        await connection.ExecuteAsync(index + "; reset maintenance_work_mem; reset synchronous_commit", commandTimeout: 1800);
        await connection.ExecuteAsync("vacuum analyze", commandTimeout: 1800);
    }
}
