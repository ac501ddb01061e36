using Dapper;
using StudyQuiz.App.Tests.TakeSelfTest;

namespace StudyQuiz.App.Tests.Home;

public sealed class HomeTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_page_tells_its_script_who_looks_at_it()
    {
        using var visitor = app.Browser();
        using var viewer = await app.SignedInAsync("looks-at-it", "learner");
        Assert.DoesNotContain("data-viewer", await visitor.ReadAsync("/"), StringComparison.Ordinal);
        Assert.Contains("data-viewer=\"looks-at-it\"", await viewer.ReadAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_page_says_what_there_is_and_then_what_is_open()
    {
        using var attempt = await Attempting.StartAsync(app);
        // A question may be of the heading itself
        await using (var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken))
            await connection.ExecuteAsync("update question q set key_point_id = k.parent_id from key_point k where k.id = q.key_point_id and q.slug = 'card'");
        using (var visitor = app.Browser())
        {
            var page = await visitor.ReadAsync("/");
            Assert.Contains("11月24日 星期二", page, StringComparison.Ordinal);
            Assert.Contains("8 题 · 2 个要点", page, StringComparison.Ordinal);
            Assert.Contains("大要点：8 题，最近答对 0，没全对 0，没做过 8", page, StringComparison.Ordinal);
            Assert.DoesNotContain("进行中", page, StringComparison.Ordinal);
        }

        var asked = await attempt.AskedAsync();
        await attempt.SaveAsync(1, Attempting.Right(asked[0]));
        Assert.Contains($"href=\"{attempt.Path}#q2\"", await attempt.Browser.ReadAsync("/"), StringComparison.Ordinal);

        // Nobody handed it in: the server closes it when someone looks.
        app.Time.Advance(TimeSpan.FromMinutes(11));
        var after = await attempt.Browser.ReadAsync("/");
        Assert.Contains("1 / 6", after, StringComparison.Ordinal);
        Assert.Contains("大要点：8 题，最近答对 1，没全对 0，没做过 7", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_english_page_keeps_the_sources_words()
    {
        await SelfTestBank.SeedAsync(app.Database);
        using var browser = app.Browser();
        browser.Cookies.Add(browser.Address, new System.Net.Cookie("lang", "en"));
        var page = await browser.ReadAsync("/");
        Assert.Contains("Tuesday 24 November", page, StringComparison.Ordinal);
        Assert.Contains("<h3 lang=\"zh-CN\">一篇讲话</h3>", page, StringComparison.Ordinal);
        Assert.Contains("22 August 2020", page, StringComparison.Ordinal);
    }
}

public sealed class EmptyHomeTests(TestApp app) : IClassFixture<TestApp>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/sources")]
    [InlineData("/self-test")]
    public async Task Where_nothing_has_been_imported_the_page_says_what_to_do_and_keeps_nothing(string path)
    {
        using var visitor = app.Browser();
        Assert.Contains("studyquiz import", await visitor.ReadAsync(path), StringComparison.Ordinal);
        Assert.DoesNotContain(visitor.Cookies.GetCookies(visitor.Address), cookie => cookie.Name == "sq-device");
    }
}

/// <summary>The day that pages name, at hours when a wall clock says another.</summary>
public sealed class HomeDayTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task After_midnight_the_first_page_and_the_flashcards_name_one_day_the_study_day()
    {
        var now = app.Time.GetUtcNow();
        // Half past one in Shanghai
        var night = now.Date.AddDays(1).AddHours(17.5);
        app.Time.Advance(night - now.UtcDateTime);
        var day = $"{night:M月d日}";
        using var visitor = app.Browser();
        foreach (var path in (string[])["/", "/cards"])
            Assert.Contains($"<p class=\"muted sm\">{day}", System.Net.WebUtility.HtmlDecode(await visitor.ReadAsync(path)), StringComparison.Ordinal);
    }
}
