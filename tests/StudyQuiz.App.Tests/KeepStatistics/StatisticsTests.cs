using System.Globalization;
using System.Net;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using StudyQuiz.App.Features.KeepStatistics;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Tests.KeepBank;

namespace StudyQuiz.App.Tests.KeepStatistics;

/// <summary>Statistics from stored answers, against the same figures worked out in SQL.</summary>
public sealed class StatisticsTests(TestApp app) : IClassFixture<TestApp>
{
    // Everyone's first answer to the first question, its credit and the mean of the rest, by other statements than the product's
    private const string Independent =
        """
        with sittings as (
          select a.learner_id::text as person, a.submitted_at as at, q.position, q.credit, a.id::text as sitting, v.question_id
          from attempt a join attempt_question q on q.attempt_id = a.id join question_version v on v.id = q.question_version_id where a.mode <> 'read'
          union all
          select coalesce(s.learner_id::text, 'seat ' || s.seat), a.received_at, a.round, case when a.answer #>> '{options,0}' = '0' then 1 else 0 end, s.game_id || ' ' || s.seat, v.question_id
          from game_answer a join game_seat s using (game_id, seat) join game_round r using (game_id, round) join question_version v on v.id = r.question_version_id),
        firsts as (select distinct on (person) * from sittings where question_id = @question order by person, at),
        pairs as (select f.credit::float8 as x, (select avg(o.credit) from sittings o where o.sitting = f.sitting and o.position <> f.position)::float8 as y from firsts f),
        ranked as (select (select array_agg(x order by x) from pairs) as xs, (select array_agg(y order by y) from pairs) as ys)
        select count(*)::int as people, avg(x) as facility, stddev_samp(x) as deviation, corr(x, y) as discrimination,
          covar_samp(x, y) / (select covar_samp(x2, y2) from ranked, unnest(xs, ys) as u (x2, y2)) as efficiency
        from pairs
        """;

    [Fact]
    public async Task First_answers_of_self_tests_and_games_give_the_figures_that_sql_gives_and_flags_that_lists_filter_by()
    {
        using var editor = await app.SignedInAsync("counting", Roles.Editor);
        var bank = await EditedBank.MakeAsync(app, "counted", "无");
        var questions = new List<long>();
        for (var i = 0; i < 6; i++) questions.Add(await bank.AddAsync($"第{i}问"));
        await SitAsync(bank);
        var refresh = app.Services.GetRequiredService<RefreshStatistics>();
        await refresh.RunAsync(TestContext.Current.CancellationToken);

        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        foreach (var question in questions)
        {
            var figures = (await QuestionFigures.FindAsync(connection, question))!.Figures;
            var (people, facility, deviation, discrimination, efficiency) = await connection.QuerySingleAsync<(int, double, double, double, double)>(Independent, new { question });
            Assert.Equal((people, people, 30), (figures.People, figures.Compared, people));
            Assert.Equal(
                string.Join(' ', new[] { facility, deviation, discrimination, efficiency }.Select(Text)),
                string.Join(' ', new[] { figures.Facility, figures.Deviation, figures.Discrimination, figures.Efficiency }.Select(figure => Text(figure!.Value))));
        }

        // The first is wrong for whoever is good; the last of the first one's options is nobody's choice
        var flagged = WebUtility.HtmlDecode(await editor.ReadAsync(bank.Path + "?flag=negative"));
        Assert.Contains(">第0问</a>", flagged, StringComparison.Ordinal);
        Assert.DoesNotContain(">第1问</a>", flagged, StringComparison.Ordinal);
        var page = WebUtility.HtmlDecode(await editor.ReadAsync($"{bank.Path}/questions/{questions[0]}"));
        Assert.Contains("30 人的首次作答", page, StringComparison.Ordinal);
        Assert.Contains("区分度为负", page, StringComparison.Ordinal);
        Assert.Contains("低分组 <small>", page, StringComparison.Ordinal);
        // Games measure: opened at 5 s, answered 8 s later
        Assert.Equal(8000, await bank.AskAsync<int>("select median_ms from question_listing where question_id = @question", new { question = questions[0] }));

        // A key that is corrected has its game judged again; a meaning that changes begins anew
        await connection.ExecuteAsync(
            """
            insert into key_correction (question_version_id, body, corrected_at)
            select v.id, jsonb_set(jsonb_set(v.body, '{options,0,correct}', 'false'), '{options,1,correct}', 'true'), @now from question_version v where v.question_id = @question
            """,
            new { question = questions[1], now = app.Time.GetUtcNow().AddSeconds(1) });
        var before = await PlayedAsync();
        app.Time.Advance(TimeSpan.FromSeconds(2));
        await refresh.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(10 - before, await PlayedAsync());
        await connection.ExecuteAsync(
            """
            with made as (insert into question_version (question_id, version, fork, source_version_id, body, reason) select question_id, 2, 2, source_version_id, body, 'meaning' from question_version where question_id = @question returning id)
            update question set current_version_id = made.id from made where question.id = @question
            """,
            new { question = questions[2] });
        Assert.Contains("数据不足", WebUtility.HtmlDecode(await editor.ReadAsync($"{bank.Path}/questions/{questions[2]}")), StringComparison.Ordinal);
        await refresh.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await bank.AskAsync<int>("select answers from question_listing where question_id = @question", new { question = questions[2] }));

        Task<int> PlayedAsync() => connection.QuerySingleAsync<int>("select sum(credit)::int from game_answer where round = 2");
    }

    private static string Text(double value) => value.ToString("0.000000", CultureInfo.InvariantCulture);

    // 20 learners sit an exam, half of them once more with other answers; 10 people play a game. Who is better has more right, but for the first question
    private async Task SitAsync(EditedBank bank)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            insert into learner (id) select md5('learner ' || n)::uuid from generate_series(1, 20) n;
            insert into attempt (id, learner_id, source_id, seed, started_at, deadline, submitted_at)
              select md5('attempt ' || n || ' ' || t)::uuid, md5('learner ' || n)::uuid, @Id, 1, @now - interval '2 hours', @now, @now - interval '2 hours' + t * interval '20 minutes'
              from generate_series(1, 20) n, generate_series(1, 2) t where t = 1 or n <= 10;
            insert into attempt_question (attempt_id, position, question_version_id, seed, credit, outcome)
              select md5('attempt ' || n || ' ' || t)::uuid, q.position, q.version, 1, r.is_right::int, case when r.is_right then 3 else 1 end
              from generate_series(1, 20) n, generate_series(1, 2) t, (select row_number() over (order by id) as position, current_version_id as version from question where source_id = @Id) q,
                lateral (select (case when q.position = 1 then n < 9 else n + (n * q.position) % 5 > 3 * q.position end) = (t = 1) as is_right) r
              where t = 1 or n <= 10;
            insert into attempt_answer (attempt_id, position, client_id, sequence, answer, received_at)
              select q.attempt_id, q.position, gen_random_uuid(), 1, jsonb_build_object('kind', 'chosen', 'options', jsonb_build_array(case when q.outcome = 3 then 0 else 1 + q.position % 2 end)), a.submitted_at
              from attempt_question q join attempt a on a.id = q.attempt_id;
            insert into game (id, host_id, source_id, title, pin, pin_until, join_secret, created_at, ended_at)
              select md5('game')::uuid, id, @Id, 'Game', '1', @now, 'secret', @now - interval '10 minutes', @now - interval '5 minutes' from account limit 1;
            insert into game_round (game_id, round, question_version_id, seed, reading_us, open_us)
              select md5('game')::uuid, row_number() over (order by id), current_version_id, 1, 0, 20000000 from question where source_id = @Id;
            insert into game_event (game_id, version, body)
              select md5('game')::uuid, n, jsonb_build_object('kind', 'roundOpened', 'round', n, 'at', case when n = 1 then '00:00:05' else '00:01:00' end) from generate_series(1, 6) n;
            insert into game_seat (game_id, seat, nickname, skeleton, token_hash, at_us) select md5('game')::uuid, n, 'Player ' || n, 'player' || n, decode(md5('seat ' || n), 'hex'), 0 from generate_series(1, 10) n;
            insert into game_answer (game_id, round, seat, answer, at_us, received_at)
              select md5('game')::uuid, r, n, jsonb_build_object('kind', 'chosen', 'options', jsonb_build_array(case when (case when r = 1 then n < 5 else n > r end) then 0 else 1 end)), 13000000, @now - interval '6 minutes'
              from generate_series(1, 10) n, generate_series(1, 6) r;
            """,
            new { bank.Id, now = app.Time.GetUtcNow() });
    }
}
