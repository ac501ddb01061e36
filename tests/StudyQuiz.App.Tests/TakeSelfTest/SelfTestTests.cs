using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Tests.TakeSelfTest;

/// <summary>A self-test from its start to its result, as a browser goes through it.</summary>
[Collection<OneAppForSelfTests>]
public sealed class SelfTestTests(TestApp app)
{
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
            var section = SelfTestPages.Section(page, asked.Position);
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
}
