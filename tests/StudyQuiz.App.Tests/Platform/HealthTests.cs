using System.Net;
using Dapper;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Tests.Live;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.Platform;

public sealed class HealthTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Ready_says_so_when_the_database_refuses_writes_and_again_when_it_takes_them()
    {
        using var browser = app.Browser();
        using var admin = await app.SignedInAsync("status-admin", Roles.Admin);
        var game = await TestGame.OpenAsync(app);
        await game.SeatAsync("白露");
        var ready = WebUtility.HtmlDecode(await admin.ReadAsync("/status"));
        Assert.Contains("一切就绪", ready, StringComparison.Ordinal);
        Assert.Contains((await game.ViewAsync()).Title, ready, StringComparison.Ordinal);
        Assert.Contains("大厅", ready, StringComparison.Ordinal);
        await Until.TrueAsync(async () => await StatusAsync(browser) == HttpStatusCode.OK, "it is ready");
        await ReadOnlyAsync("set default_transaction_read_only = on");
        using (var refused = await browser.GetAsync("/ready"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Contains("refuses writes (25006", await refused.TextAsync(), StringComparison.Ordinal);
        }

        Assert.Contains("没有就绪： <span lang=\"en\">the database refuses writes", WebUtility.HtmlDecode(await admin.ReadAsync("/status")), StringComparison.Ordinal);
        // Who only reads goes on, an hour or a day later, too, when that they came would be written
        app.Time.Advance(TimeSpan.FromHours(25));
        Assert.Contains("没有就绪", WebUtility.HtmlDecode(await admin.ReadAsync("/status")), StringComparison.Ordinal);
        Assert.Equal("live", await browser.ReadAsync("/live"));
        await ReadOnlyAsync("reset default_transaction_read_only");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser));
    }

    private static async Task<HttpStatusCode> StatusAsync(TestBrowser browser)
    {
        using var answer = await browser.GetAsync("/ready");
        return answer.StatusCode;
    }

    // What a database is set to holds for new connections.
    private async Task ReadOnlyAsync(string setting)
    {
        await using (var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            await connection.ExecuteAsync("set default_transaction_read_only = off");
            var name = await connection.QuerySingleAsync<string>("select quote_ident(current_database())");
            await connection.ExecuteAsync($"alter database {name} {setting}");
        }

        app.Database.Clear();
    }
}
