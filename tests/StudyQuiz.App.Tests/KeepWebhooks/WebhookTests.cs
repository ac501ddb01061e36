using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using StudyQuiz.App.Features.KeepWebhooks;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Tests.KeepQuizzes;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.KeepWebhooks;

public sealed class WebhookTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_finished_is_told_at_least_once_signed_again_after_longer_waits_and_on_record()
    {
        await using var listener = await Listener.StartAsync();
        app.Arguments = ["--Webhooks:AllowPrivate=true"];
        await app.RestartAsync();
        using var quizzes = await QuizHost.ComeAsync(app, "hook-host");
        var host = quizzes.Browser;
        using var made = await host.SubmitAsync("/webhooks", "/webhooks", ("url", $"{listener.Address}/hook"), ("events", "attempt.finished"), ("events", "game.finished"));
        var secret = Regex.Match(await made.TextAsync(), "whsec_[A-Za-z0-9_-]{43}", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
        Assert.DoesNotContain(secret, await host.ReadAsync("/webhooks"), StringComparison.Ordinal);
        using var elsewhere = await host.SubmitAsync("/webhooks", "/webhooks", ("url", $"{listener.Address}/away"), ("events", "game.finished"));
        await using var connection = await app.Database.OpenConnectionAsync(Cancel);
        Assert.Equal(0, await connection.QuerySingleAsync<int>("select count(*)::int from webhook where secret like '%' || @secret || '%'", new { secret }));

        // Handed in while nobody listens: the row is there by the same transaction, and a rollback leaves none
        listener.Status = 500;
        var quiz = await quizzes.MakeAsync("回调测验", "quiz");
        using (await quizzes.SaveAsync(quiz, ("answers", "AtSubmission"), ("names", "Nickname"), ("pass", "1"))) { }
        using var assigned = await host.SubmitAsync($"/quizzes/{quiz}", $"/quizzes/{quiz}/assign");
        var link = "/a/" + await connection.QuerySingleAsync<string>("select link_secret from assignment where quiz_id = @quiz", new { quiz });
        using var taker = app.Browser();
        using (var begun = await taker.SubmitAsync(link, link, ("name", "小明")))
        {
            var run = begun.Headers.Location!.ToString();
            await using (var rolledBack = await connection.BeginTransactionAsync(Cancel))
            {
                await connection.ExecuteAsync("update attempt set submitted_at = now() where id = @id", new { id = Guid.Parse(run.Split('/')[^1]) });
                await rolledBack.RollbackAsync(Cancel);
            }

            using (await taker.SubmitAsync(run, $"{run}/submit")) { }
        }

        // A self-test of one's own is nobody else's to know
        using (var own = await taker.SubmitAsync("/self-test", "/self-test", ("mode", "exam"), ("number", "2"), ("minutes", "5"))) using (await taker.SubmitAsync(own.Headers.Location!.ToString(), $"{own.Headers.Location}/submit")) { }
        Assert.Equal(1, await connection.QuerySingleAsync<int>("select count(*)::int from webhook_event where kind = 'attempt.finished'"));

        await SentAsync(connection, tries: 1);
        foreach (var (wait, n) in SendWebhooks.Waits.Take(3).Select((wait, i) => (wait, i + 1)))
        {
            app.Time.Advance(wait - TimeSpan.FromSeconds(1));
            await app.Services.GetRequiredService<SendWebhooks>().RunAsync(Cancel);
            Assert.Equal(n, await connection.QuerySingleAsync<int>("select d.tries from webhook_delivery d join webhook_event e on e.id = d.event_id where e.kind = 'attempt.finished'"));
            app.Time.Advance(TimeSpan.FromSeconds(1));
            if (n == 3) listener.Status = 204;
            await SentAsync(connection, tries: n + 1);
        }

        var received = listener.Received.ToArray();
        Assert.Equal(4, received.Length);
        Assert.Single(received.Select(one => one.Body).Distinct());
        foreach (var (signature, what, body) in received)
        {
            var match = Regex.Match(signature, "^t=(?<t>[0-9]+),v1=(?<v>[0-9a-f]{64})$", RegexOptions.None, TimeSpan.FromSeconds(1));
            Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{match.Groups["t"].Value}.{body}"))), match.Groups["v"].Value);
            Assert.Equal("attempt.finished", what);
        }

        var data = JsonDocument.Parse(received[0].Body).RootElement.GetProperty("data");
        Assert.Equal(("小明", "回调测验", false), (data.GetProperty("name").GetString(), data.GetProperty("title").GetString(), data.GetProperty("passed").GetBoolean()));

        // A game that ends; the other address sends elsewhere, which is not followed. Two hosts send each once
        var game = Guid.CreateVersion7();
        await connection.ExecuteAsync("insert into game (id, host_id, title, pin, pin_until, join_secret, seat_cap, late_join, created_at) select @game, id, '结束的比赛', '1', now(), @game::text, 10, true, now() from account where user_name = 'hook-host'", new { game });
        await connection.ExecuteAsync("update game set ended_at = @now where id = @game", new { game, now = app.Time.GetUtcNow() });
        await using (var twin = await app.StartTwinAsync()) await Task.WhenAll(app.Services.GetRequiredService<SendWebhooks>().RunAsync(Cancel), twin.Services.GetRequiredService<SendWebhooks>().RunAsync(Cancel));
        await Until.TrueAsync(() => Task.FromResult(listener.Received.Count == 5), "the game is told");
        Assert.Equal("game.finished", listener.Received.Last().Event);

        var id = await connection.QuerySingleAsync<Guid>("select w.id from webhook w join account a on a.id = w.owner_id where a.user_name = 'hook-host' and w.url like '%/hook'");
        var log = WebUtility.HtmlDecode(await host.ReadAsync($"/webhooks/{id}"));
        Assert.Contains("<span class=\"chip right\">204</span>", log, StringComparison.Ordinal);
        var again = Regex.Match(log, $"/webhooks/{id}/deliveries/[0-9a-f-]+", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
        // An admin sees whose it is and stops it, on record: what is asked for then waits
        using var admin = await app.SignedInAsync("hook-admin", Roles.Admin);
        Assert.Contains("<h3>hook-host</h3>", await admin.ReadAsync("/webhooks"), StringComparison.Ordinal);
        using (await admin.SubmitAsync($"/webhooks/{id}", $"/webhooks/{id}", ("do", "off"))) { }
        // and its owner can't have it start again, on the page or by a program
        using (await host.SubmitAsync($"/webhooks/{id}", $"/webhooks/{id}", ("do", "on"))) { }
        Assert.Contains("要由管理员恢复", WebUtility.HtmlDecode(await host.ReadAsync($"/webhooks/{id}")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, await ByProgramAsync(host, id, "start"));
        Assert.Equal(HttpStatusCode.OK, await ByProgramAsync(host, id, "stop"));
        Assert.Equal(HttpStatusCode.Conflict, await ByProgramAsync(host, id, "start"));
        using (await host.SubmitAsync($"/webhooks/{id}", again)) { }
        await app.Services.GetRequiredService<SendWebhooks>().RunAsync(Cancel);
        Assert.Equal(5, listener.Received.Count);
        Assert.Contains("停了回调：", WebUtility.HtmlDecode(await admin.ReadAsync("/audit?what=games")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await ByProgramAsync(admin, id, "start"));
        await app.Services.GetRequiredService<SendWebhooks>().RunAsync(Cancel);
        await Until.TrueAsync(() => Task.FromResult(listener.Received.Count == 6), "it is sent again");
        Assert.Equal(listener.Received.ElementAt(4).Body, listener.Received.Last().Body);
        var away = await connection.QuerySingleAsync<int?>("select t.status from webhook w join webhook_delivery d on d.webhook_id = w.id join webhook_try t on t.delivery_id = d.id where w.url like '%/away' and w.url like '%127.0.0.1%' order by t.number limit 1");
        Assert.Equal(307, away);
        Assert.DoesNotContain(app.Log.Lines, line => line.Contains(secret, StringComparison.Ordinal));

        // Whoever is switched off, or hosts no more, is told nothing: neither what was queued before nor what is finished now
        using (await host.SubmitAsync($"/webhooks/{id}", again)) { }
        await connection.ExecuteAsync("delete from account_role where role = 'host' and account_id = (select id from account where user_name = 'hook-host')");
        var queued = await connection.QuerySingleAsync<int>("select count(*)::int from webhook_delivery");
        await connection.ExecuteAsync("update game set ended_at = null where id = @game", new { game });
        await connection.ExecuteAsync("update game set ended_at = @now where id = @game", new { game, now = app.Time.GetUtcNow() });
        await app.Services.GetRequiredService<SendWebhooks>().RunAsync(Cancel);
        Assert.Equal((queued, 6), (await connection.QuerySingleAsync<int>("select count(*)::int from webhook_delivery"), listener.Received.Count));
    }

    private async Task<HttpStatusCode> ByProgramAsync(TestBrowser owner, Guid id, string act)
    {
        using var made = await owner.SubmitAsync("/account/tokens", "/account/tokens", ("name", act), ("days", "1"), ("scopes", "webhooks"));
        using var program = new HttpClient { BaseAddress = app.Address };
        program.DefaultRequestHeaders.Authorization = new("Bearer", Regex.Match(await made.TextAsync(), "sq_[A-Za-z0-9_-]{43}", RegexOptions.None, TimeSpan.FromSeconds(1)).Value);
        using var answer = await program.PostAsync($"/api/v1/webhooks/{id}/{act}", null, Cancel);
        return answer.StatusCode;
    }

    [Theory]
    [InlineData("http://example.org/", false)]
    [InlineData("https://127.0.0.1/", false)]
    [InlineData("https://10.1.2.3/", false)]
    [InlineData("https://169.254.169.254/latest", false)]
    [InlineData("https://[::1]/", false)]
    [InlineData("https://[::ffff:192.168.1.1]/", false)]
    [InlineData("https://[fd00::1]/", false)]
    [InlineData("https://0x7f000001/", false)]
    [InlineData("https://2130706433/", false)]
    [InlineData("https://user:pass@example.org/", false)]
    [InlineData("ftp://example.org/", false)]
    [InlineData("https://example.org/hook?x=1", true)]
    [InlineData("https://93.184.216.34/", true)]
    public void Only_public_addresses_are_called(string url, bool allowed) => Assert.Equal(allowed, new WebhookSettings(false, []).Read(url) is not null);

    [Fact]
    public async Task A_name_that_stands_for_this_machine_is_not_called()
    {
        await using var listener = await Listener.StartAsync();
        using var quizzes = await QuizHost.ComeAsync(app, "inside-host");
        await using var connection = await app.Database.OpenConnectionAsync(Cancel);
        app.Arguments = [];
        await app.RestartAsync();
        using (var host = await QuizHost.ComeAsync(app, "inside-host-2")) using (var made = await host.Browser.SubmitAsync("/webhooks", "/webhooks", ("url", $"https://localhost:{new Uri(listener.Address).Port}/hook"), ("events", "game.finished"))) Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        await using var database = await app.Database.OpenConnectionAsync(Cancel);
        var game = Guid.CreateVersion7();
        await database.ExecuteAsync("insert into game (id, host_id, title, pin, pin_until, join_secret, seat_cap, late_join, created_at) select @game, id, 'x', '1', now(), @game::text, 10, true, now() from account where user_name = 'inside-host-2'", new { game });
        await database.ExecuteAsync("update game set ended_at = @now where id = @game", new { game, now = app.Time.GetUtcNow() });
        await app.Services.GetRequiredService<SendWebhooks>().RunAsync(Cancel);
        await Until.TrueAsync(async () => await database.QuerySingleOrDefaultAsync<string?>("select trouble from webhook_try t join webhook_delivery d on d.id = t.delivery_id join webhook w on w.id = d.webhook_id where w.url like '%localhost%'") == "forbidden", "the address is forbidden");
        Assert.Empty(listener.Received);
    }

    // The product's own loop may have been first
    private async Task SentAsync(System.Data.Common.DbConnection connection, int tries)
    {
        await app.Services.GetRequiredService<SendWebhooks>().RunAsync(Cancel);
        await Until.TrueAsync(async () => await connection.QuerySingleAsync<int>("select d.tries from webhook_delivery d join webhook_event e on e.id = d.event_id where e.kind = 'attempt.finished'") == tries, $"try {tries}");
    }
}
