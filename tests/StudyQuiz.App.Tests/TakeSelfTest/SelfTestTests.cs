using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using StudyQuiz.App.Features.TakeSelfTest;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Tests.TakeSelfTest;

/// <summary>A self-test from its start to its result, as a browser goes through it.</summary>
public sealed class SelfTestTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly string[] _refusals = ["badRequest", "unfitAnswer"];

    [Fact]
    public async Task Answers_given_one_by_one_are_graded_at_the_hand_in_and_shown_with_their_evidence()
    {
        using var attempt = await Attempting.StartAsync(app);
        foreach (var asked in await attempt.AskedAsync())
        {
            var (status, body) = await attempt.SaveAsync(asked.Position, Attempting.Right(asked), asked.Position);
            Assert.Equal((HttpStatusCode.OK, true, (long)asked.Position), (status, body.GetProperty("saved").GetBoolean(), body.GetProperty("sequence").GetInt64()));
        }

        var result = await attempt.HandInAsync();
        Assert.Contains($"{SelfTestBank.Count}<small> / {SelfTestBank.Count}</small>", result, StringComparison.Ordinal);
        Assert.Equal(SelfTestBank.Count, (await attempt.StandingAsync()).Credit);

        var all = await attempt.Browser.ReadAsync($"{attempt.Path}/result?show=all");
        Assert.Contains($"这里<mark>{TestBank.Secret}在此句中</mark>，还有后半。", all, StringComparison.Ordinal);
        Assert.DoesNotContain("前一句。", all, StringComparison.Ordinal);
        Assert.Matches(new Regex($"href=\"/sources/{SelfTestBank.Slug}\\?mark=\\d+#P02\"", RegexOptions.None, TimeSpan.FromSeconds(1)), all);
    }

    [Fact]
    public async Task Nothing_that_tells_an_answer_is_in_the_page_before_the_hand_in()
    {
        using var attempt = await Attempting.StartAsync(app);
        var page = await attempt.Browser.ReadAsync(attempt.Path);
        Assert.DoesNotContain(TestBank.Secret, page, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);

        foreach (var asked in await attempt.AskedAsync())
        {
            var section = Section(page, asked.Position);
            IReadOnlyList<string> authored = asked.Question switch
            {
                SingleChoice q => [.. q.Options.Select(o => o.Text)],
                MultipleChoice q => [.. q.Options.Select(o => o.Text)],
                Ordering q => q.Items,
                Matching q => [.. q.Pairs.Select(p => p.Right)],
                _ => [],
            };
            // By the first place where each stands: the order on the screen is that of the presentation and of nothing else.
            Assert.Equal(asked.Presentation.Order.Select(author => authored[author]), authored.OrderBy(text => section.IndexOf(text, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Saved_answers_are_in_the_page_again_after_a_reload()
    {
        using var attempt = await Attempting.StartAsync(app);
        foreach (var asked in await attempt.AskedAsync()) await attempt.SaveAsync(asked.Position, asked.Question is Cloze ? new Typed("<b>“字”</b>") : Attempting.Right(asked));

        var page = await attempt.Browser.ReadAsync(attempt.Path);
        var single = await attempt.AskedAsync<SingleChoice>();
        Assert.Contains($"name=\"a{single.Position}\" value=\"{((Chosen)single.Shown!).Options[0]}\" checked", page, StringComparison.Ordinal);
        var cloze = await attempt.AskedAsync<Cloze>();
        Assert.Contains("value=\"&lt;b&gt;“字”&lt;/b&gt;\"", Section(page, cloze.Position), StringComparison.Ordinal);
        var ordering = await attempt.AskedAsync<Ordering>();
        Assert.Equal(
            ((Ordered)ordering.Shown!).Items,
            Regex.Matches(Section(page, ordering.Position), "data-item=\"(?<item>\\d)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(m => int.Parse(m.Groups["item"].Value, CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("“{0} 1”。", "数字的写法不同也算对；原文作“{0}一”")]
    [InlineData("“{0} 一”。", "写法（标点、大小写、全半角）不同也算对；原文作“{0}一”")]
    [InlineData("{0}二", null)]
    public async Task An_accepted_answer_says_what_was_overlooked_for_it(string typed, string? says)
    {
        using var attempt = await Attempting.StartAsync(app);
        var cloze = await attempt.AskedAsync<Cloze>();
        var stem = ((Cloze)cloze.Question).Accepted[0][..^1];
        await attempt.SaveAsync(cloze.Position, new Typed(string.Format(CultureInfo.InvariantCulture, typed, stem)));
        await attempt.HandInAsync();
        var result = WebUtility.HtmlDecode(await attempt.Browser.ReadAsync($"{attempt.Path}/result?show=all"));
        var review = result[result.IndexOf($"id=\"q{cloze.Position}\"", StringComparison.Ordinal)..];
        review = review[..review.IndexOf("</article>", StringComparison.Ordinal)];
        Assert.Contains("你的答案，对", review, StringComparison.Ordinal);
        if (says is null) Assert.DoesNotContain("也算对", review, StringComparison.Ordinal);
        else Assert.Contains(string.Format(CultureInfo.InvariantCulture, says, stem), review, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_is_printed_with_score_answers_and_evidence_once_it_is_there()
    {
        using var attempt = await Attempting.StartAsync(app);
        var print = $"{attempt.Path}/result/print";
        using (var early = await attempt.Browser.GetAsync(print)) Assert.Equal(attempt.Path, early.Headers.Location?.ToString());

        var single = await attempt.AskedAsync<SingleChoice>();
        await attempt.SaveAsync(single.Position, Attempting.Right(single));
        var cloze = await attempt.AskedAsync<Cloze>();
        await attempt.SaveAsync(cloze.Position, new Typed("别的"));
        app.Time.Advance(TimeSpan.FromSeconds(75));
        var result = WebUtility.HtmlDecode(await attempt.HandInAsync());
        Assert.Contains($"href=\"{print}\"", result, StringComparison.Ordinal);
        // what was left open is not in the notebook
        Assert.Contains("没有全对的 1 题进了<a href=\"/notebook\">错题本</a>", result, StringComparison.Ordinal);

        var sheet = WebUtility.HtmlDecode(await attempt.Browser.ReadAsync(print));
        Assert.Contains($"<dt>得分</dt><dd>1 / {SelfTestBank.Count}</dd>", sheet, StringComparison.Ordinal);
        Assert.Contains("<dt>日期</dt><dd>2026年11月24日</dd>", sheet, StringComparison.Ordinal);
        Assert.Contains("<dt>用时</dt><dd>1:15</dd>", sheet, StringComparison.Ordinal);
        Assert.Equal(SelfTestBank.Count, Regex.Count(sheet, "<li value=\"\\d+\">", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.Matches("别的</span>\\s*<small>你的答案</small>", sheet);
        Assert.Contains($"P02 “这里<b>{TestBank.Secret}在此句中</b>，还有后半。”", sheet, StringComparison.Ordinal);

        using var stranger = app.Browser();
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(print)).StatusCode);
    }

    [Fact]
    public async Task Nobody_else_sees_answers_or_hands_in_an_attempt()
    {
        using var attempt = await Attempting.StartAsync(app);
        using var other = await Attempting.StartAsync(app);
        foreach (var path in new[] { attempt.Path, $"{attempt.Path}/result", $"/api/attempts/{attempt.Id}" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await other.Browser.GetAsync(path)).StatusCode);
            using var stranger = app.Browser();
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(path)).StatusCode);
        }

        var (status, body) = await attempt.SaveAsync(1, new Judged(true), by: other.Browser);
        Assert.Equal((HttpStatusCode.NotFound, "notFound"), (status, body.GetProperty("code").GetString()));
        var token = Token(await other.Browser.ReadAsync("/self-test"));
        Assert.Equal(HttpStatusCode.NotFound, (await other.Browser.PostFormAsync(attempt.Submit, ("__RequestVerificationToken", token))).StatusCode);
        Assert.Null((await attempt.StandingAsync()).Submitted);
    }

    [Fact]
    public async Task Whoever_signs_in_for_the_first_time_during_an_attempt_goes_on_with_it_as_their_own()
    {
        using var attempt = await Attempting.StartAsync(app);
        using var elsewhere = await app.SignedInAsync("first-time");
        using var signedIn = await attempt.Browser.TrySignInAsync("first-time");
        Assert.Equal(HttpStatusCode.OK, (await attempt.SaveAsync(1, null)).Status);
        Assert.Contains("<small> / 6</small>", await attempt.HandInAsync(), StringComparison.Ordinal);
        await elsewhere.ReadAsync($"{attempt.Path}/result");
    }

    [Fact]
    public async Task A_running_test_goes_on_on_another_device_with_what_was_answered_and_the_same_clock()
    {
        await SelfTestBank.SeedAsync(app.Database);
        using var phone = await app.SignedInAsync("two-devices");
        using var started = await phone.SubmitAsync("/self-test", "/self-test", ("mode", "exam"), ("number", "all"), ("minutes", "10"));
        using var attempt = new Attempting(app, phone, Attempting.IdOf(started));
        var cloze = await attempt.AskedAsync<Cloze>();
        await attempt.SaveAsync(cloze.Position, new Typed("路上写的"), 3);
        app.Time.Advance(TimeSpan.FromMinutes(3));

        using var laptop = app.Browser();
        using var signedIn = await laptop.TrySignInAsync("two-devices");
        Assert.Contains($"/self-test/{attempt.Id}", await laptop.ReadAsync("/"), StringComparison.Ordinal);
        var page = WebUtility.HtmlDecode(await laptop.ReadAsync(attempt.Path));
        Assert.Contains("路上写的", page, StringComparison.Ordinal);
        Assert.Contains("data-remaining-ms=\"420000\"", page, StringComparison.Ordinal);
        Assert.Contains("data-sequence=\"3\"", page, StringComparison.Ordinal);

        // The phone, which knows nothing of it, is told that something newer stands
        await attempt.SaveAsync(cloze.Position, new Typed("电脑上改的"), 4, by: laptop);
        var (_, receipt) = await attempt.SaveAsync(cloze.Position, new Typed("手机上改的"), 4);
        Assert.False(receipt.GetProperty("saved").GetBoolean());
        Assert.Equal(new Typed("电脑上改的"), (await attempt.AskedAsync<Cloze>()).Answer);
    }

    [Fact]
    public async Task Whoever_has_learnt_before_and_signs_in_during_an_attempt_can_finish_it_on_this_device()
    {
        using var attempt = await Attempting.StartAsync(app);
        using var elsewhere = await app.SignedInAsync("learnt-before");
        using var earlier = await elsewhere.SubmitAsync("/self-test", "/self-test", ("number", "1"), ("minutes", "10"));
        using var signedIn = await attempt.Browser.TrySignInAsync("learnt-before");
        var statement = await attempt.AskedAsync<TrueFalse>();
        Assert.Equal(HttpStatusCode.OK, (await attempt.SaveAsync(statement.Position, Attempting.Right(statement))).Status);
        await attempt.Browser.ReadAsync($"/api/attempts/{attempt.Id}");
        Assert.DoesNotContain("<mark>", await attempt.Browser.ReadAsync($"/sources/{SelfTestBank.Slug}?mark={statement.Version}"), StringComparison.Ordinal);
        await attempt.HandInAsync();
        Assert.Equal(1m, (await attempt.StandingAsync()).Credit);
        await attempt.Browser.ReadAsync($"/self-test/{Attempting.IdOf(earlier)}");
        using var foreign = await elsewhere.GetAsync($"{attempt.Path}/result");
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa=")]
    public async Task A_device_secret_that_someone_chose_is_not_taken(string chosen)
    {
        using var attempt = await Attempting.StartAsync(app, ("device", chosen));
        var kept = attempt.Browser.Cookies.GetCookies(app.Address).Single(cookie => cookie.Name == "sq-device").Value;
        Assert.NotEqual(chosen, kept);
        Assert.True(SecretToken.HasShape(kept));
    }

    [Fact]
    public async Task A_hand_in_without_the_forms_token_is_refused()
    {
        using var attempt = await Attempting.StartAsync(app);
        Assert.Equal(HttpStatusCode.BadRequest, (await attempt.Browser.PostFormAsync(attempt.Submit, ("take", "all"))).StatusCode);
        Assert.Null((await attempt.StandingAsync()).Submitted);
    }

    [Fact]
    public async Task Answers_from_another_site_are_refused()
    {
        using var attempt = await Attempting.StartAsync(app);
        Assert.Equal(HttpStatusCode.Forbidden, (await attempt.SaveAsync(1, new Judged(true), origin: "http://evil.example")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await attempt.SaveAsync(1, new Judged(true), origin: "")).Status);
    }

    [Fact]
    public async Task Answers_count_until_the_grace_after_the_deadline_and_the_server_closes_by_itself()
    {
        using var attempt = await Attempting.StartAsync(app);
        var statement = await attempt.AskedAsync<TrueFalse>();
        var cloze = await attempt.AskedAsync<Cloze>();

        app.Time.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1.9));
        Assert.Equal(HttpStatusCode.OK, (await attempt.SaveAsync(statement.Position, Attempting.Right(statement))).Status);
        app.Time.Advance(TimeSpan.FromSeconds(0.2));
        var (status, body) = await attempt.SaveAsync(cloze.Position, Attempting.Right(cloze), 2);
        Assert.Equal((HttpStatusCode.Conflict, "afterDeadline"), (status, body.GetProperty("code").GetString()));

        using var shown = await attempt.Browser.GetAsync(attempt.Path);
        Assert.Equal($"{attempt.Path}/result", shown.Headers.Location?.ToString());
        var (submitted, deadline, credit) = await attempt.StandingAsync();
        Assert.Equal((deadline, 1m), (submitted, credit));
        Assert.Equal("afterDeadline", (await attempt.SaveAsync(cloze.Position, new Typed("第三次"), 3)).Body.GetProperty("code").GetString());
    }

    [Fact]
    public async Task What_was_queued_past_the_deadline_is_kept_and_shown_as_late_beside_what_counts()
    {
        using var attempt = await Attempting.StartAsync(app);
        var (statement, cloze) = (await attempt.AskedAsync<TrueFalse>(), await attempt.AskedAsync<Cloze>());
        var right = (Judged)Attempting.Right(statement);
        await attempt.SaveAsync(statement.Position, right, 1);
        app.Time.Advance(TimeSpan.FromMinutes(11));
        await app.Services.GetRequiredService<OverdueAttempts>().CloseAsync(TestContext.Current.CancellationToken);

        // The last thing said comes late, what is older comes after it, and what says the same as what counts is not late
        await attempt.SaveAsync(cloze.Position, new Typed("晚了一步"), 5);
        await attempt.SaveAsync(cloze.Position, new Typed("更早的"), 4);
        await attempt.SaveAsync(statement.Position, right, 6);
        var result = WebUtility.HtmlDecode(await attempt.Browser.ReadAsync($"{attempt.Path}/result?show=all"));
        Assert.Contains("1<small> / 6</small>", result, StringComparison.Ordinal);
        Assert.Contains("晚了一步", result, StringComparison.Ordinal);
        Assert.DoesNotContain("更早的", result, StringComparison.Ordinal);
        Assert.Single(result.Split("data-late").Skip(1));
        Assert.Equal(1m, (await attempt.StandingAsync()).Credit);
    }

    [Fact]
    public async Task The_server_closes_an_exam_that_nobody_looks_at_and_its_reviews_are_those_of_its_deadline()
    {
        using var attempt = await Attempting.StartAsync(app);
        var statement = await attempt.AskedAsync<TrueFalse>();
        await attempt.SaveAsync(statement.Position, Attempting.Right(statement));
        app.Time.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1));
        var closing = app.Services.GetRequiredService<OverdueAttempts>();
        await closing.CloseAsync(TestContext.Current.CancellationToken);
        Assert.Null((await attempt.StandingAsync()).Submitted);
        app.Time.Advance(TimeSpan.FromHours(1));
        await closing.CloseAsync(TestContext.Current.CancellationToken);
        var (submitted, deadline, credit) = await attempt.StandingAsync();
        Assert.Equal((deadline, 1m), (submitted, credit));
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Equal([deadline], await connection.QueryAsync<DateTime>("select r.reviewed_at from review r join attempt a on a.learner_id = r.learner_id where a.id = @Id", new { attempt.Id }));
    }

    [Fact]
    public async Task Fields_that_come_after_the_deadline_do_not_count()
    {
        using var attempt = await Attempting.StartAsync(app);
        var statement = await attempt.AskedAsync<TrueFalse>();
        var token = Token(await attempt.Browser.ReadAsync(attempt.Path));
        app.Time.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(3));
        using var late = await attempt.Browser.PostFormAsync(attempt.Submit, ("__RequestVerificationToken", token), ("take", "all"), ($"a{statement.Position}", "false"));
        Assert.Equal(HttpStatusCode.Redirect, late.StatusCode);
        Assert.Equal(0m, (await attempt.StandingAsync()).Credit);
        Assert.Contains("data-late", await attempt.Browser.ReadAsync($"{attempt.Path}/result"), StringComparison.Ordinal);

        // sent twice it is kept once, and a second hand-in in time keeps nothing
        using var again = await attempt.Browser.PostFormAsync(attempt.Submit, ("__RequestVerificationToken", token), ("take", "all"), ($"a{statement.Position}", "false"));
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
        using var inTime = await Attempting.StartAsync(app);
        var fields = (await inTime.Browser.FillInAsync(inTime.Path, inTime.Submit, ($"a{(await inTime.AskedAsync<TrueFalse>()).Position}", "false"))).ToArray();
        for (var i = 0; i < 2; i++)
        {
            using var handedIn = await inTime.Browser.PostFormAsync(inTime.Submit, fields);
            Assert.Equal(HttpStatusCode.Redirect, handedIn.StatusCode);
        }

        Assert.DoesNotContain("data-late", await inTime.Browser.ReadAsync($"{inTime.Path}/result?show=all"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeat_is_answered_as_saved_and_an_older_change_never_replaces_a_newer_one()
    {
        using var attempt = await Attempting.StartAsync(app);
        var statement = await attempt.AskedAsync<TrueFalse>();
        var first = Guid.NewGuid();
        for (var i = 0; i < 2; i++)
        {
            var (status, body) = await attempt.SaveAsync(statement.Position, new Judged(true), 5, first);
            Assert.Equal((HttpStatusCode.OK, true, 5L), (status, body.GetProperty("saved").GetBoolean(), body.GetProperty("sequence").GetInt64()));
        }

        var older = await attempt.SaveAsync(statement.Position, new Judged(false), 4);
        Assert.Equal((HttpStatusCode.OK, false, 5L), (older.Status, older.Body.GetProperty("saved").GetBoolean(), older.Body.GetProperty("sequence").GetInt64()));
        Assert.Equal(new Judged(true), (await attempt.AskedAsync<TrueFalse>()).Answer);

        await attempt.SaveAsync(statement.Position, null, 6);
        Assert.Null((await attempt.AskedAsync<TrueFalse>()).Answer);

        // The receipt of the last change was lost: its repeat is still answered after the hand-in.
        var last = Guid.NewGuid();
        await attempt.SaveAsync(statement.Position, new Judged(false), 7, last);
        await attempt.HandInAsync();
        var repeat = await attempt.SaveAsync(statement.Position, new Judged(false), 7, last);
        Assert.Equal((HttpStatusCode.OK, true), (repeat.Status, repeat.Body.GetProperty("saved").GetBoolean()));
        Assert.Equal((HttpStatusCode.Conflict, "alreadySubmitted"), (await attempt.SaveAsync(statement.Position, new Judged(true), 8)) is var (s, b) ? (s, b.GetProperty("code").GetString()) : default);
    }

    [Fact]
    public async Task The_same_change_sent_many_times_at_once_is_stored_once()
    {
        using var attempt = await Attempting.StartAsync(app);
        var statement = await attempt.AskedAsync<TrueFalse>();
        var id = Guid.NewGuid();
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => attempt.SaveAsync(statement.Position, new Judged(true), 1, id)));
        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.OK, true), (answer.Status, answer.Body.GetProperty("saved").GetBoolean())));
    }

    [Fact]
    public async Task Answers_and_the_hand_in_at_the_same_moment_end_in_one_verdict()
    {
        for (var round = 0; round < 8; round++)
        {
            using var attempt = await Attempting.StartAsync(app);
            var asked = await attempt.AskedAsync();
            var token = Token(await attempt.Browser.ReadAsync(attempt.Path));
            var saves = asked.Select(a => attempt.SaveAsync(a.Position, Attempting.Right(a))).ToList();
            var handIns = Enumerable.Range(0, 2).Select(_ => attempt.Browser.PostFormAsync(attempt.Submit, ("__RequestVerificationToken", token), ("take", "none"))).ToList();
            await Task.WhenAll(handIns);
            var saved = (await Task.WhenAll(saves)).Count(s => s.Status == HttpStatusCode.OK);
            // Whatever was receipted before the close counts, and nothing else.
            Assert.Equal(saved, (await attempt.StandingAsync()).Credit);
        }
    }

    [Fact]
    public async Task Without_script_the_form_itself_carries_every_answer()
    {
        using var attempt = await Attempting.StartAsync(app);
        var fields = (await attempt.AskedAsync()).SelectMany(asked => Attempting.Right(asked) switch
        {
            Chosen chosen => chosen.Options.Select(o => ($"a{asked.Position}", $"{o}")),
            Judged judged => [($"a{asked.Position}", judged.Value ? "true" : "false")],
            Typed typed => [($"a{asked.Position}", $" {typed.Text} ")],
            Ordered ordered => ordered.Items.Select((item, place) => ($"a{asked.Position}-{item}", $"{place}")),
            Paired paired => paired.Rights.Select((right, left) => ($"a{asked.Position}-{left}", $"{right}")),
            _ => throw new InvalidOperationException(),
        });
        var result = await attempt.HandInAsync([.. fields]);
        Assert.Contains($"{SelfTestBank.Count}<small> / {SelfTestBank.Count}</small>", result, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_an_order_twice_the_same_place_or_nonsense_in_the_form_is_no_answer()
    {
        using var attempt = await Attempting.StartAsync(app);
        var asked = await attempt.AskedAsync();
        int At<T>() => asked.First(a => a.Question is T).Position;
        await attempt.HandInAsync(
            ($"a{At<Ordering>()}-0", "0"), ($"a{At<Ordering>()}-1", "0"), ($"a{At<SingleChoice>()}", "99999999999999"), ($"a{At<MultipleChoice>()}", "x"),
            ($"a{At<TrueFalse>()}", "maybe"), ($"a{At<Cloze>()}", new string('长', 300)), ($"a{At<Matching>()}-0", "1"), ($"a{At<Matching>()}-1", "1"), ("a999", "1"));
        Assert.All(await attempt.AskedAsync(), a => Assert.Null(a.Answer));
        Assert.Equal(0m, (await attempt.StandingAsync()).Credit);
    }

    [Fact]
    public async Task A_form_with_a_character_that_cannot_be_stored_is_no_fault()
    {
        using var attempt = await Attempting.StartAsync(app);
        var cloze = await attempt.AskedAsync<Cloze>();
        using var response = await attempt.Browser.SubmitAsync(attempt.Path, attempt.Submit, ("take", "all"), ($"a{cloze.Position}", "a\0b"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_page_left_open_elsewhere_brings_no_old_answers_back()
    {
        using var attempt = await Attempting.StartAsync(app);
        var statement = await attempt.AskedAsync<TrueFalse>();
        var right = (Judged)Attempting.Right(statement);
        await attempt.SaveAsync(statement.Position, right, 9);
        await attempt.HandInAsync(("take", "none"), ($"a{statement.Position}", right.Value ? "false" : "true"));
        Assert.Equal(right, (await attempt.AskedAsync<TrueFalse>()).Answer);
        Assert.Equal(1m, (await attempt.StandingAsync()).Credit);
    }

    [Fact]
    public async Task Half_right_is_shown_as_such_and_missed_ones_can_be_done_again()
    {
        using var attempt = await Attempting.StartAsync(app);
        var multiple = await attempt.AskedAsync<MultipleChoice>();
        var right = ((Chosen)Attempting.Right(multiple)).Options;
        await attempt.SaveAsync(multiple.Position, new Chosen([right[0]]));
        var statement = await attempt.AskedAsync<TrueFalse>();
        await attempt.SaveAsync(statement.Position, Attempting.Right(statement));
        var result = await attempt.HandInAsync();
        app.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Contains("1.5<small> / 6</small>", result, StringComparison.Ordinal);
        Assert.Contains("漏选", result, StringComparison.Ordinal);

        using var again = await attempt.Browser.SubmitAsync($"{attempt.Path}/result", "/self-test");
        var redo = new Attempting(app, attempt.Browser, Attempting.IdOf(again));
        Assert.Equal(
            (await attempt.AskedAsync()).Where(a => a.Question is not TrueFalse).Select(a => a.Version),
            (await redo.AskedAsync()).Select(a => a.Version));
        Assert.Contains("1.5 / 6", await redo.HandInAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enemies_never_meet_and_a_wish_for_too_many_is_told()
    {
        await SelfTestBank.SeedAsync(app.Database);
        using var browser = app.Browser();
        using var started = await browser.SubmitAsync("/self-test", "/self-test", ("number", "20"), ("minutes", "5"));
        var page = await browser.ReadAsync(started.Headers.Location!.ToString());
        Assert.Contains("想要 20 题，符合条件的只有 6 题", page, StringComparison.Ordinal);
        Assert.NotEqual(page.Contains("对头题干", StringComparison.Ordinal), page.Contains("判断题干", StringComparison.Ordinal));
        Assert.DoesNotContain("草稿题干", page, StringComparison.Ordinal);
        Assert.DoesNotContain("卡片正面", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Types_and_number_are_kept_to()
    {
        using var attempt = await Attempting.StartAsync(app, ("number", "1"), ("type", "cloze"), ("type", "ordering"));
        var asked = Assert.Single(await attempt.AskedAsync());
        Assert.True(asked.Question is Cloze or Ordering);
    }

    [Theory]
    [InlineData("number", "0", "题数请选")]
    [InlineData("number", "101", "题数请选")]
    [InlineData("number", "-5", "题数请选")]
    [InlineData("number", "", "题数请选")]
    [InlineData("otherMinutes", "0", "时间请填")]
    [InlineData("otherMinutes", "121", "时间请填")]
    [InlineData("otherMinutes", "十", "时间请填")]
    [InlineData("source", "nowhere", "没有符合这些条件的题")]
    [InlineData("type", "flashcard", "简答由自己评判")]
    [InlineData("redo", "00000000-0000-0000-0000-000000000001", "没有符合这些条件的题")]
    public async Task A_start_that_cannot_be_says_why(string field, string value, string says)
    {
        await SelfTestBank.SeedAsync(app.Database);
        using var browser = app.Browser();
        (string, string)[] usual = [.. new[] { ("number", "10"), ("minutes", "10") }.Where(f => f.Item1 != field), (field, value)];
        using var response = await browser.SubmitAsync("/self-test", "/self-test", usual);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(says, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_sent_twice_at_once_by_a_new_visitor_begins_one_attempt_that_is_theirs()
    {
        await SelfTestBank.SeedAsync(app.Database);
        for (var round = 0; round < 5; round++)
        {
            using var browser = app.Browser();
            var page = await browser.ReadAsync("/self-test");
            string Value(string name) => Regex.Match(page, $"name=\"{name}\" value=\"(?<value>[^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups["value"].Value;
            (string, string)[] fields = [("id", Value("id")), ("device", Value("device")), ("source", SelfTestBank.Slug), ("number", "5"), ("minutes", "5"), ("__RequestVerificationToken", Token(page))];
            // The form's token is bound to a cookie that the page has set; the two presses share nothing else.
            var presses = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => browser.PostFormAsync("/self-test", fields)));
            Assert.All(presses, press => Assert.Equal(HttpStatusCode.Redirect, press.StatusCode));
            await browser.ReadAsync($"/self-test/{Value("id")}");
            await using var connection = await app.Database.OpenConnectionAsync();
            Assert.Equal(5, await connection.ExecuteScalarAsync<int>("select count(*) from attempt_question where attempt_id = @id", new { id = Guid.Parse(Value("id")) }));
        }
    }

    public static TheoryData<string> Malformed { get; } = new(
        "", "null", "[]", "{}", "7", "\"x\"", "{", "\u0000",
        """{"clientId":"x","sequence":1,"answer":null}""",
        """{"clientId":"00000000-0000-0000-0000-000000000000","sequence":1,"answer":null}""",
        """{"clientId":"0197e9e2-0000-7000-8000-000000000001","answer":null}""",
        """{"clientId":"0197e9e2-0000-7000-8000-000000000001","sequence":1}""",
        """{"clientId":"0197e9e2-0000-7000-8000-000000000001","sequence":0,"answer":null}""",
        """{"clientId":"0197e9e2-0000-7000-8000-000000000001","sequence":1e99,"answer":null}""",
        """{"clientId":"0197e9e2-0000-7000-8000-000000000001","sequence":1,"answer":{}}""",
        """{"clientId":"0197e9e2-0000-7000-8000-000000000001","sequence":1,"answer":{"kind":"guessed"}}""",
        """{"clientId":"0197e9e2-0000-7000-8000-000000000001","sequence":1,"answer":{"kind":"chosen"}}""",
        """{"clientId":"0197e9e2-0000-7000-8000-000000000001","sequence":1,"answer":{"kind":"chosen","options":null}}""",
        """{"clientId":"0197e9e2-0000-7000-8000-000000000001","sequence":1,"answer":{"kind":"chosen","options":["a"]}}""",
        """{"clientId":"0197e9e2-0000-7000-8000-000000000001","sequence":1,"answer":{"kind":"chosen","options":[2147483648]}}""",
        """{"clientId":"0197e9e2-0000-7000-8000-000000000001","sequence":1,"answer":{"kind":"typed","text":null}}""",
        """{"clientId":"0197e9e2-0000-7000-8000-000000000001","sequence":1,"answer":{"kind":"typed","text":"\ud800"}}""",
        """{"clientId":"0197e9e2-0000-7000-8000-000000000001","sequence":1,"answer":{"kind":"typed","text":"a\u0000b"}}""",
        """{"clientId":"0197e9e2-0000-7000-8000-000000000001","sequence":1,"answer":{"kind":"chosen","options":[0,0]}}""",
        """{"clientId":"0197e9e2-0000-7000-8000-000000000001","sequence":1,"answer":{"kind":"chosen","options":[-1]}}""",
        """{"clientId":"0197e9e2-0000-7000-8000-000000000001","sequence":1,"answer":{"kind":"ordered","items":[]}}""");

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_malformed_answer_is_refused_with_its_reason(string body)
    {
        using var attempt = await Attempting.StartAsync(app);
        foreach (var asked in await attempt.AskedAsync())
        {
            using var response = await attempt.Browser.PostBytesAsync($"/api/attempts/{attempt.Id}/answers/{asked.Position}", Encoding.UTF8.GetBytes(body));
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            var problem = JsonElement.Parse(await response.Content.ReadAsStringAsync());
            Assert.Contains(problem.GetProperty("code").GetString(), _refusals);
            Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        }

        Assert.All(await attempt.AskedAsync(), a => Assert.Equal(0, a.Sequence));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_too_many_of_them_and_ids_that_are_none_are_refused()
    {
        using var attempt = await Attempting.StartAsync(app);
        foreach (var body in new[] { new byte[] { 0xff, 0xfe, 0x00 }, Encoding.UTF8.GetBytes(new string('[', 15_000)), new byte[200_000] })
        {
            using var response = await attempt.Browser.PostBytesAsync($"/api/attempts/{attempt.Id}/answers/1", body);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }

        foreach (var (path, status) in new[]
        {
            ("/api/attempts/x/answers/1", HttpStatusCode.BadRequest), ($"/api/attempts/{attempt.Id}/answers/x", HttpStatusCode.BadRequest),
            ($"/api/attempts/{attempt.Id}/answers/99999999999", HttpStatusCode.BadRequest), ($"/api/attempts/{attempt.Id}/answers/0", HttpStatusCode.NotFound),
            ($"/api/attempts/{attempt.Id}/answers/7", HttpStatusCode.NotFound), ($"/api/attempts/{Guid.NewGuid()}/answers/1", HttpStatusCode.NotFound),
        })
        {
            using var response = await attempt.Browser.PostJsonAsync(path, new { clientId = Guid.NewGuid(), sequence = 1, answer = (object?)null }.AsBody());
            Assert.Equal(status, response.StatusCode);
        }

        foreach (var path in new[] { "/self-test/x", "/self-test/x/result", $"/self-test/{Guid.NewGuid()}" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await attempt.Browser.GetAsync(path)).StatusCode);
        }
    }

    [Fact]
    public async Task The_time_left_is_the_servers()
    {
        using var attempt = await Attempting.StartAsync(app);
        app.Time.Advance(TimeSpan.FromMinutes(4));
        Assert.Contains("data-remaining-ms=\"360000\"", await attempt.Browser.ReadAsync(attempt.Path), StringComparison.Ordinal);
        var told = JsonElement.Parse(await attempt.Browser.ReadAsync($"/api/attempts/{attempt.Id}"));
        Assert.Equal((false, 360_000), (told.GetProperty("submitted").GetBoolean(), told.GetProperty("remainingMs").GetInt32()));
    }

    private static string Section(string page, int position)
    {
        var start = page.IndexOf($"id=\"q{position}\"", StringComparison.Ordinal);
        return page[start..page.IndexOf("</section>", start, StringComparison.Ordinal)];
    }

    private static string Token(string page) =>
        WebUtility.HtmlDecode(Regex.Match(page, "name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups["token"].Value);
}
