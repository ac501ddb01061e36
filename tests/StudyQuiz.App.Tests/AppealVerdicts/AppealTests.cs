using System.Net;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.App.Live;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Tests.TakeSelfTest;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Tests.AppealVerdicts;

/// <summary>From “my answer should count” to an editor's decision, and to everything that was graded by the old key.</summary>
public sealed class AppealTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Queue = "/appeals";

    [Fact]
    public async Task An_appeal_is_one_however_often_it_is_sent_and_only_its_learner_can_make_it()
    {
        using var learner = await Appealing.AnswerAsync<Cloze>(app, _ => new Typed("一次说法"));
        var fields = (await learner.Attempt.Browser.FillInAsync(learner.Result, learner.Form, ("words", "意思一样"))).ToArray();
        for (var i = 0; i < 2; i++)
        {
            using var sent = await learner.Attempt.Browser.PostFormAsync(learner.Form, fields);
            Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
        }

        // Another page of the same result does not make a second one either
        using (var again = await learner.Attempt.Browser.PostFormAsync(learner.Form, [.. fields.Where(field => field.Name != "client"), ("client", Guid.NewGuid().ToString())])) Assert.Equal(HttpStatusCode.Found, again.StatusCode);
        Assert.Equal(["意思一样"], await AppealsAsync(learner));
        Assert.Contains("11月24日申诉，编辑还没看。", await learner.ReviewAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain($"action=\"{learner.Form}\"", await learner.ResultAsync(), StringComparison.Ordinal);

        using var other = await Appealing.AnswerAsync<Cloze>(app, _ => new Typed("二次说法"));
        var token = (await other.Attempt.Browser.FillInAsync(other.Result, other.Form)).ToArray();
        using (var foreign = await other.Attempt.Browser.PostFormAsync(learner.Form, token)) Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        using (var unsigned = await other.Attempt.Browser.PostFormAsync(other.Form, ("client", Guid.NewGuid().ToString()))) Assert.Equal(HttpStatusCode.BadRequest, unsigned.StatusCode);

        // What was right, left open or is not told yet is not appealed against
        var right = await other.Attempt.AskedAsync<SingleChoice>();
        using (await other.Attempt.Browser.PostFormAsync($"{other.Attempt.Path}/answers/{right.Position}/appeal", token)) Assert.Empty(await AppealsAsync(other));
        using var running = await Appealing.AnswerAsync<Cloze>(app, _ => new Typed("三次说法"), handIn: false);
        using (await running.Attempt.Browser.PostFormAsync(running.Form, [.. token])) Assert.Empty(await AppealsAsync(running));
    }

    [Fact]
    public async Task Only_editors_and_admins_decide()
    {
        using var anyone = app.Browser();
        using (var asked = await anyone.GetAsync(Queue)) Assert.Equal(HttpStatusCode.Found, asked.StatusCode);
        using var learner = await app.SignedInAsync("appeal-learner", Roles.Learner, Roles.Host);
        using (var refused = await learner.GetAsync(Queue)) Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using (var refused = await learner.PostFormAsync($"{Queue}/1", ("ruling", "counts"), ("seen", "1"))) Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var admin = await app.SignedInAsync("appeal-admin", Roles.Admin);
        await admin.ReadAsync(Queue);
        using var nothing = await PostAsync(admin, 999_999_999, "counts", 1);
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
    }

    [Fact]
    public async Task An_accepted_wording_regrades_everyone_who_gave_it_and_grades_what_is_still_open()
    {
        const string words = "新说法";
        using var account = await app.SignedInAsync("appeal-account", Roles.Learner);
        using var one = await Appealing.AnswerAsync<Cloze>(app, _ => new Typed(words));
        using var practising = await Appealing.AnswerAsync<Cloze>(app, _ => new Typed($"“{words}”。"), "practice", handIn: false, account);
        using var running = await Appealing.AnswerAsync<Cloze>(app, _ => new Typed(words), handIn: false);
        using var wrong = await Appealing.AnswerAsync<Cloze>(app, _ => new Typed("毫不相干"));
        var (fork, accepted, before) = await QuestionAsync(one);

        // One learner appeals after the result, another where the practice told the verdict
        await one.AppealAsync("意思一样");
        using (var sent = await account.SubmitAsync($"{practising.Attempt.Path}/told/{practising.Asked.Position}", practising.Form, ("words", ""))) Assert.Equal($"{practising.Attempt.Path}#q{practising.Asked.Position}", sent.Headers.Location?.ToString());
        app.Time.Advance(TimeSpan.FromMinutes(5));

        using var editor = await app.SignedInAsync("appeal-editor", Roles.Editor);
        var queue = WebUtility.HtmlDecode(await editor.ReadAsync(Queue));
        Assert.Contains("2 人申诉。 没有别人这样答。", queue, StringComparison.Ordinal);
        Assert.Contains("<q>意思一样</q>", queue, StringComparison.Ordinal);
        Assert.Contains("改判后多得分的作答：2。", queue, StringComparison.Ordinal);
        Assert.Contains($"这里<mark>{TestBank.Secret}在此句中</mark>", queue, StringComparison.Ordinal);
        // other tests of this class leave appeals too
        await using var counting = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var open = await counting.QuerySingleAsync<long>("select count(*) from appeal where state = 'open'");
        Assert.InRange(open, 2, long.MaxValue);
        Assert.Contains($"{open} 个申诉等你看", WebUtility.HtmlDecode(await editor.ReadAsync("/")), StringComparison.Ordinal);
        using (var decided = await DecideAsync(editor, one, "counts", "说法不同，意思相同")) Assert.Equal($"{Queue}?done=accepted&regraded=2", decided.Headers.Location?.ToString());
        Assert.Contains("已采纳，改判了 2 次作答。", WebUtility.HtmlDecode(await editor.ReadAsync($"{Queue}?done=accepted&regraded=2")), StringComparison.Ordinal);

        // The question: a new version, the same memory
        var (forkNow, acceptedNow, after) = await QuestionAsync(one);
        Assert.Equal((fork, before + 1), (forkNow, after));
        Assert.Equal([.. accepted, words], acceptedNow);

        // The verdicts, the score, what their learners are told
        Assert.Equal((1m, Outcome.Right), await one.VerdictAsync());
        Assert.Equal((1m, Outcome.Right), await practising.VerdictAsync());
        Assert.Equal((0m, Outcome.Wrong), await wrong.VerdictAsync());
        var review = await one.ReviewAsync();
        Assert.Contains("改判：原来 0 分，现在 1 分。", review, StringComparison.Ordinal);
        Assert.Contains("被采纳，你的答案算对。<br>编辑说：说法不同，意思相同", review, StringComparison.Ordinal);
        Assert.Contains("你的答案，对", review, StringComparison.Ordinal);
        Assert.Contains($"<dt>改判前</dt><dd>0 / {SelfTestBank.Count}</dd>", await one.ResultAsync(), StringComparison.Ordinal);
        Assert.Contains("改判了，原来 0", WebUtility.HtmlDecode(await one.Attempt.Browser.ReadAsync("/self-test")), StringComparison.Ordinal);
        // At home too, however many self-tests came after it
        await using (var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            await connection.ExecuteAsync(
                """
                insert into attempt (id, learner_id, source_id, mode, seed, started_at, submitted_at)
                select gen_random_uuid(), learner_id, source_id, 'practice', 1, started_at + interval '2 minutes', started_at + interval '3 minutes' from attempt, generate_series(1, 6) where id = @Id
                """,
                new { one.Attempt.Id });
        }

        Assert.Contains("改判了：原来 0 分，现在 1 分。", WebUtility.HtmlDecode(await one.Attempt.Browser.ReadAsync("/")), StringComparison.Ordinal);
        Assert.DoesNotContain("改判", await wrong.ResultAsync(), StringComparison.Ordinal);

        // The log has a further row, and the card is what a rebuild makes of it; the notebook follows
        foreach (var learner in new[] { one, practising })
        {
            Assert.Equal([("assessed", (short?)1, false), ("assessed", (short?)3, true)], await learner.LogAsync());
            await IsAsRebuiltAsync(learner);
            Assert.DoesNotContain("填空“", WebUtility.HtmlDecode(await learner.Attempt.Browser.ReadAsync("/notebook")), StringComparison.Ordinal);
        }

        // What was open is graded by the new key, without a word
        await running.Attempt.HandInAsync();
        Assert.Equal((1m, Outcome.Right), await running.VerdictAsync());
        Assert.Equal([("assessed", (short?)3, false)], await running.LogAsync());
        Assert.DoesNotContain("改判", await running.ResultAsync(), StringComparison.Ordinal);

        var audit = await AuditAsync(one);
        Assert.Equal((await app.AccountIdAsync("appeal-editor"), "appeal.accepted", 2, 2), (audit.Actor, audit.Act, audit.Details.GetProperty("appeals").GetArrayLength(), audit.Details.GetProperty("up").GetInt32()));
        Assert.Equal(words, audit.Details.GetProperty("answer").GetString());
    }

    [Fact]
    public async Task Of_two_editors_the_first_decides_and_the_second_is_told()
    {
        using var learner = await Appealing.AnswerAsync<Matching>(app, asked => asked.Presentation.ToShown(new Paired([1, 0, 2])));
        await learner.AppealAsync();
        using var first = await app.SignedInAsync("appeal-first", Roles.Editor);
        using var second = await app.SignedInAsync("appeal-second", Roles.Editor);
        var forms = await Task.WhenAll(FillInAsync(first, learner), FillInAsync(second, learner));
        var decided = await Task.WhenAll(first.PostFormAsync(forms[0].Action, [.. forms[0].Fields, ("ruling", "counts"), ("reason", "")]), second.PostFormAsync(forms[1].Action, [.. forms[1].Fields, ("ruling", "refused"), ("reason", "不同")]));
        Assert.Equal([HttpStatusCode.Found, HttpStatusCode.Conflict], decided.Select(response => response.StatusCode).Order());
        var told = await decided.Single(response => response.StatusCode == HttpStatusCode.Conflict).TextAsync();
        Assert.Matches("这个申诉已由 appeal-(first 采纳|second 答复不采纳)；先作的决定有效。", told);
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, await connection.QuerySingleAsync<long>("select count(*) from audit where act like 'appeal.%' and object = 'question/' || (select question_id from question_version where id = @Version)", new { learner.Asked.Version }));
        Array.ForEach(decided, response => response.Dispose());
    }

    [Fact]
    public async Task A_refusal_takes_a_reason_which_the_learner_sees_and_may_answer()
    {
        using var learner = await Appealing.AnswerAsync<Cloze>(app, _ => new Typed("不算的说法"));
        await learner.AppealAsync("<b>看</b>");
        using var editor = await app.SignedInAsync("appeal-refuser", Roles.Editor);
        using (var without = await DecideAsync(editor, learner, "refused", " "))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, without.StatusCode);
            Assert.Contains("不采纳要写理由", await without.TextAsync(), StringComparison.Ordinal);
        }

        using (var refused = await DecideAsync(editor, learner, "refused", "原文不是这个意思")) Assert.Equal($"{Queue}?done=refused&regraded=0", refused.Headers.Location?.ToString());
        var review = await learner.ReviewAsync();
        Assert.Contains("没有被采纳。", review, StringComparison.Ordinal);
        Assert.Contains("编辑说：原文不是这个意思", review, StringComparison.Ordinal);
        Assert.Equal((0m, Outcome.Wrong), await learner.VerdictAsync());
        var home = WebUtility.HtmlDecode(await learner.Attempt.Browser.ReadAsync("/"));
        Assert.Contains("编辑没有同意：原文不是这个意思", home, StringComparison.Ordinal);
        Assert.Contains($"href=\"{learner.Result}?show=all#q{learner.Asked.Position}\"", home, StringComparison.Ordinal);
        await learner.AppealAsync("再看一眼");
        Assert.DoesNotContain("编辑没有同意", WebUtility.HtmlDecode(await learner.Attempt.Browser.ReadAsync("/")), StringComparison.Ordinal);
        Assert.Contains("编辑还没看", await learner.ReviewAsync(), StringComparison.Ordinal);
        Assert.Equal(["<b>看</b>", "再看一眼"], await AppealsAsync(learner));
    }

    [Fact]
    public async Task A_statement_keyed_anew_takes_from_those_who_answered_by_the_old_key()
    {
        using var wronged = await Appealing.AnswerAsync<TrueFalse>(app, asked => new Judged(!((TrueFalse)asked.Question).Answer), slug: "q2");
        using var lucky = await Appealing.AnswerAsync<TrueFalse>(app, Attempting.Right, slug: "q2");
        await wronged.AppealAsync();
        using var editor = await app.SignedInAsync("appeal-keyer", Roles.Editor);
        Assert.Contains("多得分的作答：1，失分的：1。", WebUtility.HtmlDecode(await editor.ReadAsync(Queue)), StringComparison.Ordinal);
        using (await DecideAsync(editor, wronged, "key", "原文恰好相反")) Assert.Equal((1m, Outcome.Right), await wronged.VerdictAsync());
        Assert.Equal((0m, Outcome.Wrong), await lucky.VerdictAsync());
        Assert.Equal([("assessed", (short?)3, false), ("assessed", (short?)1, true)], await lucky.LogAsync());
        await IsAsRebuiltAsync(lucky);
        Assert.Contains("改判：原来 1 分，现在 0 分。", await lucky.ReviewAsync(), StringComparison.Ordinal);

        // And back again: who lost may appeal, and the last decision counts, at whatever moment it is made
        await lucky.AppealAsync();
        using (await DecideAsync(editor, lucky, "counts", "")) Assert.Equal((1m, Outcome.Right), await lucky.VerdictAsync());
        Assert.Equal((1m, Outcome.Right), await wronged.VerdictAsync());
        Assert.Equal([("assessed", (short?)3, false), ("assessed", (short?)1, true), ("assessed", (short?)3, true)], await lucky.LogAsync());
        await IsAsRebuiltAsync(lucky);
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.True(await connection.QuerySingleAsync<bool>("select lapses = 0 from card where learner_id = @learner and question_id = (select question_id from question_version where id = @Version)", new { learner = await lucky.LearnerAsync(), lucky.Asked.Version }));
    }

    [Fact]
    public async Task Another_order_that_counts_counts_beside_the_old_one_and_is_lost_when_the_items_change()
    {
        using var learner = await Appealing.AnswerAsync<Ordering>(app, asked => asked.Presentation.ToShown(new Ordered([1, 0, 2, 3])));
        using var usual = await Appealing.AnswerAsync<Ordering>(app, Attempting.Right);
        await learner.AppealAsync();
        using var editor = await app.SignedInAsync("appeal-orderer", Roles.Editor);
        var queue = WebUtility.HtmlDecode(await editor.ReadAsync(Queue));
        Assert.Contains("序二 → 序一 → 序三 → 序四", queue, StringComparison.Ordinal);
        var form = await FillInAsync(editor, learner);
        // It can't be keyed by an order: the form offers no such button, and what is posted all the same stores nothing
        using (var not = await editor.PostFormAsync(form.Action, [.. form.Fields, ("ruling", "key"), ("reason", "")])) Assert.Equal(HttpStatusCode.Conflict, not.StatusCode);
        using (await DecideAsync(editor, learner, "counts", "")) Assert.Equal((1m, Outcome.Right), await learner.VerdictAsync());
        Assert.Equal((1m, Outcome.Right), await usual.VerdictAsync());
        Assert.Contains("编辑看过申诉，这样答也算对", await learner.ReviewAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("应排第", await learner.ReviewAsync(), StringComparison.Ordinal);

        // The next one who is asked gets it right at once
        using var next = await Appealing.AnswerAsync<Ordering>(app, asked => asked.Presentation.ToShown(new Ordered([1, 0, 2, 3])));
        Assert.Equal((1m, Outcome.Right), await next.VerdictAsync());

        // Its items said otherwise, the order that was accepted would be another
        var edit = await EditPathAsync(learner);
        using (await editor.SubmitAsync(edit, edit, ("stem", "排序题干。"), ("explanation", "因为"), ("difficulty", "1"), ("answer", "序一\n序三\n序二\n序四"), ("meaning", "same"), ("why", "")))
        {
            using var other = await Appealing.AnswerAsync<Ordering>(app, asked => asked.Presentation.ToShown(new Ordered([1, 0, 2, 3])));
            Assert.Equal("序三", ((Ordering)other.Asked.Question).Items[1]);
            Assert.Equal((0m, Outcome.Wrong), await other.VerdictAsync());
        }
    }

    [Fact]
    public async Task A_key_that_an_editor_changes_regrades_earlier_answers_if_the_editor_says_so()
    {
        using var wronged = await Appealing.AnswerAsync<MultipleChoice>(app, asked => Other(asked.Presentation, asked.Question));
        using var lucky = await Appealing.AnswerAsync<MultipleChoice>(app, Attempting.Right);
        using var running = await Appealing.AnswerAsync<MultipleChoice>(app, asked => Other(asked.Presentation, asked.Question), handIn: false);
        await wronged.AppealAsync("题目错了");
        using var editor = await app.SignedInAsync("appeal-rekeyer", Roles.Editor);
        var edit = await EditPathAsync(wronged);
        var question = (MultipleChoice)wronged.Asked.Question;
        (string, string)[] fields =
        [
            ("stem", question.Stem), ("explanation", "改过的解析"), ("difficulty", "1"), ("why", "原文如此"),
            .. question.Options.Index().Select(option => ($"option{option.Index}", option.Item.Text)),
            .. Places(question).Select(place => ("correct", $"{place}")),
        ];

        // It is asked what becomes of earlier answers, and nothing is stored before that is said
        using (var asked = await editor.SubmitAsync(edit, edit, [.. fields, ("meaning", "same")]))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.StatusCode);
            Assert.Matches("按新答案重判：加分 [1-9]，减分 [1-9]", await asked.TextAsync());
        }

        Assert.Equal((1m, Outcome.Right), await lucky.VerdictAsync());
        using (var saved = await editor.SubmitAsync(edit, edit, [.. fields, ("meaning", "same"), ("regrade", "yes")])) Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        Assert.Equal((1m, Outcome.Right), await wronged.VerdictAsync());
        Assert.NotEqual(Outcome.Right, (await lucky.VerdictAsync()).Outcome);
        await running.Attempt.HandInAsync();
        Assert.Equal((1m, Outcome.Right), await running.VerdictAsync());
        var review = await wronged.ReviewAsync();
        Assert.Contains("改过的解析", review, StringComparison.Ordinal);
        Assert.Contains("被采纳", review, StringComparison.Ordinal);
        await IsAsRebuiltAsync(wronged);
        await IsAsRebuiltAsync(lucky);
        using var admin = await app.SignedInAsync("appeal-auditor", Roles.Admin);
        Assert.Contains("改了这道题的答案，并重判了以前的作答", WebUtility.HtmlDecode(await admin.ReadAsync("/audit")), StringComparison.Ordinal);

        // Back again, and nothing that was graded moves
        var back = question.Options.Index().Where(option => option.Item.Correct).Select(option => ("correct", $"{option.Index}"));
        using (var saved = await editor.SubmitAsync(edit, edit, [.. fields.Where(field => field.Item1 != "correct"), .. back, ("meaning", "same"), ("regrade", "no")])) Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        Assert.Equal((1m, Outcome.Right), await wronged.VerdictAsync());

        static GivenAnswer Other(Presentation shown, Question question) => shown.ToShown(new Chosen([.. Places((MultipleChoice)question)]));

        // Some that were wrong among them
        static IEnumerable<int> Places(MultipleChoice question) => question.Options.Index().Where(option => !option.Item.Correct || option.Index == question.Options.Index().First(one => one.Item.Correct).Index).Select(option => option.Index).Take(2);
    }

    [Fact]
    public async Task A_question_that_was_changed_since_the_page_is_looked_at_again()
    {
        using var learner = await Appealing.AnswerAsync<SingleChoice>(app, asked => new Chosen([((Chosen)Attempting.Right(asked)).Options[0] == 0 ? 1 : 0]));
        await learner.AppealAsync();
        using var editor = await app.SignedInAsync("appeal-late", Roles.Editor);
        var form = await FillInAsync(editor, learner);
        await using (var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            await connection.ExecuteAsync(
                """
                with made as (
                  insert into question_version (question_id, version, fork, source_version_id, body, reason)
                  select question_id, (select max(version) + 1 from question_version o where o.question_id = v.question_id), fork, source_version_id, jsonb_set(body, '{stem}', '"单选题干，改过？"'), 'typo'
                  from question_version v where id = @Version returning id, question_id)
                update question q set current_version_id = made.id from made where q.id = made.question_id
                """,
                new { learner.Asked.Version });
        }

        using (var late = await editor.PostFormAsync(form.Action, [.. form.Fields, ("ruling", "key"), ("reason", "")]))
        {
            Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
            Assert.Contains("这道题刚被改过，什么都没有存", await late.TextAsync(), StringComparison.Ordinal);
        }

        // Seen again, it corrects both the version that was asked and the one asked now
        Assert.Contains("学习者答的是较早的版本；现在的版本会一起改", WebUtility.HtmlDecode(await editor.ReadAsync(Queue)), StringComparison.Ordinal);
        using (await DecideAsync(editor, learner, "key", "")) Assert.Equal((1m, Outcome.Right), await learner.VerdictAsync());
        await using var now = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var body = await now.QuerySingleAsync<string>("select v.body::text from question q join question_version v on v.id = q.current_version_id where q.id = (select question_id from question_version where id = @Version)", new { learner.Asked.Version });
        var question = (SingleChoice)JsonSerializer.Deserialize<Question>(body, DomainJson.Options)!;
        Assert.Equal("单选题干，改过？", question.Stem);
        Assert.Single(question.Options, option => option.Correct);
        Assert.Equal(Grading.Key(question)!.Form, (await learner.Attempt.AskedAsync<SingleChoice>()).Answer!.Form);
    }

    [Fact]
    public async Task A_games_answers_are_regraded_in_the_log()
    {
        using var learner = await Appealing.AnswerAsync<MultipleChoice>(app, asked => asked.Presentation.ToShown(new Chosen([0, 1, 2])));
        var (player, game) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await app.SignedInAsync("appeal-host", Roles.Host);
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        // In the second round the host gave it a key of their own: what an appeal has counted counts beside it
        var asked = (MultipleChoice)JsonSerializer.Deserialize<Question>(await connection.QuerySingleAsync<string>("select body::text from question_version where id = @Version", new { learner.Asked.Version }), DomainJson.Options)!;
        var corrected = JsonSerializer.Serialize<Question>(asked with { Options = [.. asked.Options.Select((option, i) => option with { Correct = i > 0 })] }, DomainJson.Options);
        await connection.ExecuteAsync(
            """
            insert into learner (id) values (@player);
            insert into game (id, host_id, source_id, title, pin, pin_until, join_secret, seat_cap, late_join, created_at, ended_at)
            select @game, @host, q.source_id, '比赛', '12345678', @now, 'secret', 10, true, @now, @now from question q join question_version v on v.question_id = q.id where v.id = @Version;
            insert into game_round (game_id, round, question_version_id, seed, reading_us, open_us) values (@game, 1, @Version, 1, 1, 1), (@game, 2, @Version, 1, 1, 1);
            update game_round set corrected = @corrected::jsonb where game_id = @game and round = 2;
            insert into game_seat (game_id, seat, nickname, skeleton, token_hash, learner_id, at_us) values (@game, 1, '甲', '甲', '\x01', @player, 0);
            insert into game_answer (game_id, round, seat, answer, at_us, received_at) values (@game, 1, 1, '{"kind":"chosen","options":[2,1,0]}', 1, @now), (@game, 2, 1, '{"kind":"chosen","options":[2,1,0]}', 1, @now)
            """,
            new { player, game, corrected, host = await app.AccountIdAsync("appeal-host"), now = app.Time.GetUtcNow(), learner.Asked.Version });
        await app.Services.GetRequiredService<GameReviews>().WriteAsync(TestContext.Current.CancellationToken);

        await learner.AppealAsync();
        app.Time.Advance(TimeSpan.FromMinutes(1));
        using var editor = await app.SignedInAsync("appeal-gamer", Roles.Editor);
        using (await DecideAsync(editor, learner, "counts", "")) Assert.Equal((1m, Outcome.Right), await learner.VerdictAsync());
        Assert.Equal(
            [("game", (short?)1, false), ("game", (short?)1, false), ("game", (short?)3, true), ("game", (short?)3, true)],
            await connection.QueryAsync<(string, short?, bool)>("select origin, rating, replaces is not null from review where learner_id = @player order by reviewed_at", new { player }));
        Assert.Equal(0, await connection.QuerySingleAsync<int>("select lapses from card where learner_id = @player", new { player }));
    }

    [Fact]
    public async Task What_is_in_the_audit_stays_there()
    {
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await app.SignedInAsync("appeal-audited", Roles.Editor);
        await connection.ExecuteAsync("insert into audit (actor, act, object, details, at) values (@actor, 'x', 'y', '{}', now())", new { actor = await app.AccountIdAsync("appeal-audited") });
        foreach (var change in new[] { "update audit set act = 'z' where act = 'x'", "delete from audit where act = 'x'", "truncate audit" }) await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync(change));
        // Only a deleted account leaves it, without its name
        await connection.ExecuteAsync("delete from account where user_name = 'appeal-audited'");
        Assert.Equal(1, await connection.QuerySingleAsync<int>("select count(*)::int from audit where act = 'x' and actor is null"));
    }

    // Appeals that say the same are decided together, by the oldest of them
    private async Task<(string Action, IReadOnlyList<(string Name, string Value)> Fields)> FillInAsync(TestBrowser editor, Appealing learner)
    {
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var oldest = await connection.QuerySingleAsync<long>(
            """
            select min(o.id)
            from appeal p join appeal o on o.question_id = p.question_id and o.answer_form = p.answer_form and o.state = 'open'
            where p.attempt_id = @Id and p.position = @Position and p.state = 'open'
            """,
            new { learner.Attempt.Id, learner.Asked.Position });
        var action = $"{Queue}/{oldest}";
        return (action, await editor.FillInAsync(Queue, action));
    }

    private async Task<HttpResponseMessage> DecideAsync(TestBrowser editor, Appealing learner, string ruling, string reason)
    {
        var (action, fields) = await FillInAsync(editor, learner);
        return await editor.PostFormAsync(action, [.. fields, ("ruling", ruling), ("reason", reason)]);
    }

    private static async Task<HttpResponseMessage> PostAsync(TestBrowser editor, long appeal, string ruling, long seen)
    {
        var token = (await editor.FillInAsync("/account", "/sign-out")).Single(field => field.Name.Contains("Token", StringComparison.Ordinal));
        return await editor.PostFormAsync($"{Queue}/{appeal}", token, ("ruling", ruling), ("seen", $"{seen}"), ("reason", ""));
    }

    private async Task<IReadOnlyList<string?>> AppealsAsync(Appealing learner)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        return (await connection.QueryAsync<string?>("select words from appeal where attempt_id = @Id order by id", new { learner.Attempt.Id })).AsList();
    }

    private async Task<(int Fork, IReadOnlyList<string> Accepted, int Version)> QuestionAsync(Appealing learner)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        var (fork, body, version) = await connection.QuerySingleAsync<(int, string, int)>(
            "select c.fork, c.body::text, c.version from question_version v join question q on q.id = v.question_id join question_version c on c.id = q.current_version_id where v.id = @Version", new { learner.Asked.Version });
        return (fork, ((Cloze)JsonSerializer.Deserialize<Question>(body, DomainJson.Options)!).Accepted, version);
    }

    private async Task<string> EditPathAsync(Appealing learner)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        var question = await connection.QuerySingleAsync<long>("select question_id from question_version where id = @Version", new { learner.Asked.Version });
        return $"/banks/{SelfTestBank.Slug}/questions/{question}/edit";
    }

    private async Task<(Guid? Actor, string Act, JsonElement Details)> AuditAsync(Appealing learner)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        var (actor, act, details) = await connection.QuerySingleAsync<(Guid?, string, string)>(
            "select actor, act, details::text from audit where object = 'question/' || (select question_id from question_version where id = @Version) and act = 'appeal.accepted' order by id desc limit 1", new { learner.Asked.Version });
        return (actor, act, JsonDocument.Parse(details).RootElement);
    }

    // All cards of the learner before and after they are folded anew
    private async Task IsAsRebuiltAsync(Appealing learner)
    {
        const string sql = "select row_to_json(c)::text from card c where learner_id = @id order by question_id, fork";
        await using var connection = await app.Database.OpenConnectionAsync();
        var id = await learner.LearnerAsync();
        var before = (await connection.QueryAsync<string>(sql, new { id })).AsList();
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await connection.ExecuteAsync("delete from card where learner_id = @id", new { id });
            await CardLog.RebuildAllAsync(connection, id);
            await transaction.CommitAsync();
        }

        Assert.NotEmpty(before);
        Assert.Equal(before, await connection.QueryAsync<string>(sql, new { id }));
    }
}
