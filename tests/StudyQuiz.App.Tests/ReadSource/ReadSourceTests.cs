using System.Net;
using System.Text.Json;
using Dapper;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Tests.TakeSelfTest;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Tests.ReadSource;

public sealed class ReadSourceTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Path = $"/sources/{SelfTestBank.Slug}";

    [Fact]
    public async Task The_only_source_opens_at_once_with_its_key_points_at_their_words()
    {
        await SelfTestBank.SeedAsync(app.Database);
        using var browser = app.Browser();
        using var list = await browser.GetAsync("/sources");
        Assert.Equal(Path, list.Headers.Location?.ToString());

        var page = await browser.ReadAsync(Path);
        Assert.Contains("来源：某报，2020年8月22日。2 段，2 个要点。", page, StringComparison.Ordinal);
        // Who never answered anything is told what would be drawn, and sees how many questions there are
        Assert.Contains("还没有你的记忆可画", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-r=", page, StringComparison.Ordinal);
        Assert.Contains("小要点二</span><b>4 题</b>", page, StringComparison.Ordinal);
        Assert.Contains("id=\"P01\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("大要点", page, StringComparison.Ordinal);
        // Two key points overlap in the first paragraph: three pieces, the middle one both's.
        Assert.Matches("第一段<a[^>]*>第一句。</a><a[^>]*>(<span[^>]*>)?第一段第二句(</span>)?</a><a[^>]*>，分两半</a>。", page);
        Assert.Matches("data-for=\"k\\d+-P01\"", page);
    }

    [Fact]
    public async Task A_questions_evidence_is_marked_in_place_but_not_while_it_is_being_asked()
    {
        using var attempt = await Attempting.StartAsync(app);
        var statement = await attempt.AskedAsync<TrueFalse>();
        var marked = $"{Path}?mark={statement.Version}";
        Assert.DoesNotContain("<mark>", await attempt.Browser.ReadAsync(marked), StringComparison.Ordinal);
        await attempt.HandInAsync();
        Assert.Contains($"<mark>{TestBank.Secret}在此句中</mark>", await attempt.Browser.ReadAsync(marked), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_point_opens_below_its_sentence_and_in_the_margin_with_what_its_reader_remembers()
    {
        using var attempt = await Attempting.StartAsync(app);
        var single = await attempt.AskedAsync<SingleChoice>();
        var open = $"{Path}?open={await PointAsync("小要点一")}-P02";
        // What is being asked is not listed beside its sentence
        var asked = await attempt.Browser.ReadAsync(open);
        // Two statements must not meet in one paper: either may be in it
        Assert.Matches("正在考你的 [23] 题，交卷后列出。", asked);
        Assert.DoesNotContain(single.Question.Stem, asked, StringComparison.Ordinal);

        await attempt.SaveAsync(single.Position, Attempting.Right(single));
        await attempt.HandInAsync();
        var page = WebUtility.HtmlDecode(await attempt.Browser.ReadAsync(open));
        // Right today: as sure as can be, tomorrow; what was never answered counts for nothing
        Assert.Matches("aria-label=\"预计回忆率 9[2-9]%\"></span>\\s*<span[^>]*>小要点一<", page);
        Assert.Matches("aria-label=\"未学\"></span>\\s*<span[^>]*>小要点二<", page);
        Assert.Matches("<a[^>]*class=\"kp on\"[^>]*data-r=\"5\"[^>]*>前一句。这里</a></p>\\s*<div class=\"inplace\"", page);
        Assert.Equal(2, Count(page, single.Question.Stem));
        Assert.Contains("学过 1 题", page, StringComparison.Ordinal);
        // The same words elsewhere are marked, but the point tells of itself once
        Assert.Contains("class=\"kp on\" href=\"/sources/speech?open=", page, StringComparison.Ordinal);
        Assert.Equal(1, Count(page, "class=\"inplace\""));

        // Nothing is weak, and the text says so
        var weak = await attempt.Browser.ReadAsync($"{Path}?show=weak");
        Assert.Contains("没有薄弱的", weak, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"kp\"", weak, StringComparison.Ordinal);
        // What was just missed is, though its answer has just been read
        using var missing = await Attempting.StartAsync(app);
        var statement = await missing.AskedAsync<TrueFalse>();
        await missing.SaveAsync(statement.Position, new Judged(!((Judged)Attempting.Right(statement)).Value));
        await missing.HandInAsync();
        Assert.Matches("class=\"kp\"[^>]*data-r=\"[123]\"", await missing.Browser.ReadAsync($"{Path}?show=weak"));

        app.Time.Advance(TimeSpan.FromDays(20));
        Assert.Matches("aria-label=\"预计回忆率 [0-9]+%\"></span>\\s*<span[^>]*>小要点一<", WebUtility.HtmlDecode(await attempt.Browser.ReadAsync($"{Path}?show=weak")));
    }

    [Fact]
    public async Task An_open_key_point_leads_to_a_practice_of_it_and_to_its_cards()
    {
        using var attempt = await Attempting.StartAsync(app);
        await attempt.HandInAsync();
        var point = await PointAsync("小要点一");
        var open = $"{Path}?open={point}";
        Assert.DoesNotContain("~k", await attempt.Browser.ReadAsync(open), StringComparison.Ordinal);
        using var begun = await attempt.Browser.SubmitAsync(open, "/self-test");
        var practice = new Attempting(app, attempt.Browser, Attempting.IdOf(begun));
        var asked = await practice.AskedAsync();
        Assert.Equal(["判断题干。", "单选题干？", "排序题干。"], asked.Select(one => one.Question.Stem).Order(StringComparer.Ordinal));
        await practice.SaveAsync(asked[0].Position, Attempting.Right(asked[0]));

        Assert.Contains($"href=\"/cards/study?deck={SelfTestBank.Slug}~k{point}\"", await attempt.Browser.ReadAsync(open), StringComparison.Ordinal);
        using var pack = await attempt.Browser.PostJsonAsync($"/api/cards/decks/{SelfTestBank.Slug}~k{point}/pack", new { });
        using var json = JsonDocument.Parse(await pack.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("小要点一", json.RootElement.GetProperty("deck").GetProperty("title").GetString());
        Assert.Equal(asked[0].Question.Stem, json.RootElement.GetProperty("cards").EnumerateArray().Single().GetProperty("face").GetProperty("stem").GetString());
        using var back = await attempt.Browser.GetAsync($"/cards/{SelfTestBank.Slug}~k{point}");
        Assert.Equal(open, back.Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_text_without_key_points_says_so()
    {
        await using (var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            await connection.ExecuteAsync(
                """
                with made as (insert into source (slug, title, publisher, language) values ('bare', '没有要点', '', 'zh-CN') returning id),
                version as (insert into source_version (source_id, version, sha256, raw) select id, 1, '', '' from made returning id, source_id),
                told as (insert into paragraph (source_version_id, position, label, text) select id, 1, 'P01', '一句话。' from version)
                select 1;
                update source s set current_version_id = v.id from source_version v where v.source_id = s.id and s.slug = 'bare'
                """);
        }

        using var editor = await app.SignedInAsync("readeditor", Roles.Editor);
        Assert.Contains("还没有人给它标出要点", await editor.ReadAsync("/sources/bare"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?open=x")]
    [InlineData("?open=-1")]
    [InlineData("?open=999999999-P01")]
    [InlineData("?open=99999999999999999999-P01")]
    [InlineData("?show=x")]
    [InlineData("?mark=x")]
    [InlineData("?mark=-1")]
    [InlineData("?mark=99999999999999999999")]
    public async Task An_address_that_names_nothing_changes_nothing(string query)
    {
        await SelfTestBank.SeedAsync(app.Database);
        using var browser = app.Browser();
        var page = await browser.ReadAsync(Path + query);
        Assert.DoesNotContain("<mark>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("inplace", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_is_none_is_not_found()
    {
        using var browser = app.Browser();
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/sources/nowhere")).StatusCode);
    }

    private async Task<long> PointAsync(string heading)
    {
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        return await connection.QuerySingleAsync<long>("select id from key_point where heading = @heading", new { heading });
    }

    private static int Count(string page, string text) => page.Split(text).Length - 1;
}
