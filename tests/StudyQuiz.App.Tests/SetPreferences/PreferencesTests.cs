using System.Net;

namespace StudyQuiz.App.Tests.SetPreferences;

public sealed class PreferencesTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task What_was_chosen_is_kept_and_the_page_has_it()
    {
        using var browser = app.Browser();
        Assert.Contains("<html lang=\"zh-CN\" data-theme=\"system\" data-text=\"m\">", await browser.ReadAsync("/sign-in"), StringComparison.Ordinal);
        using var saved = await browser.PostFormAsync("/preferences", ("lang", "en"), ("theme", "dark"), ("text", "xl"), ("back", "/sign-in"));
        Assert.Equal((HttpStatusCode.Found, "/sign-in"), (saved.StatusCode, saved.Headers.Location?.OriginalString));
        Assert.Equal(["lang=en", "text=xl", "theme=dark"], browser.Cookies.GetCookies(app.Address).Where(cookie => cookie.Name is "lang" or "text" or "theme").Select(cookie => cookie.ToString()).Order(StringComparer.Ordinal));
        Assert.Contains("<html lang=\"en\" data-theme=\"dark\" data-text=\"xl\">", await browser.ReadAsync("/sign-in"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_that_are_none_are_ignored_wherever_they_stand()
    {
        using var browser = app.Browser();
        using var saved = await browser.PostFormAsync("/preferences", ("lang", "fr"), ("theme", "DARK"), ("text", "\"><script>"));
        Assert.Equal("/", saved.Headers.Location?.OriginalString);
        Assert.False(saved.Headers.Contains("Set-Cookie"));

        browser.Cookies.Add(app.Address, new Cookie("theme", "pink"));
        browser.Cookies.Add(app.Address, new Cookie("lang", "fr"));
        Assert.Contains("<html lang=\"zh-CN\" data-theme=\"system\" data-text=\"m\">", await browser.ReadAsync("/sign-in"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    public async Task The_way_back_stays_on_this_site(string back)
    {
        using var browser = app.Browser();
        using var saved = await browser.PostFormAsync("/preferences", ("theme", "light"), ("back", back));
        Assert.Equal("/", saved.Headers.Location?.OriginalString);
    }
}
