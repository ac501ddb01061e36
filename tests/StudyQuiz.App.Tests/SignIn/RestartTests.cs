namespace StudyQuiz.App.Tests.SignIn;

public sealed class RestartTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_restart_signs_nobody_out_and_spoils_no_form()
    {
        using var before = await app.SignedInAsync("stayer");
        await app.RestartAsync();
        using var after = app.Browser();
        after.Cookies.Add(before.Cookies.GetAllCookies());
        Assert.Contains("stayer", await after.ReadAsync("/account"), StringComparison.Ordinal);
    }
}
