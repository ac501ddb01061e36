using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Platform.Telemetry;
using StudyQuiz.App.Tests.Live;
using StudyQuiz.Domain.Games;

namespace StudyQuiz.App.Tests.Platform;

public sealed class TelemetryTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Key = "scraped-by-prometheus";

    [Fact]
    public async Task What_a_game_does_is_counted_traced_and_its_statements_name_their_caller()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var collector = await Collector.StartAsync();
        using (var unset = app.Browser())
        {
            using var absent = await unset.GetAsync("/metrics");
            Assert.Equal(HttpStatusCode.NotFound, absent.StatusCode);
        }

        app.Arguments = [$"--Telemetry:MetricsKey={Key}", $"--Telemetry:Otlp={collector.Address}", "--Telemetry:TraceShare=1", "--Telemetry:SlowSqlMilliseconds=0.001"];
        await app.RestartAsync();
        var game = await TestGame.OpenAsync(app);
        using var player = await TestPlayer.JoinAsync(app, (await game.ViewAsync()).Pin, "白露");
        await using var screen = await TestPlayer.PlayAsync(player, game.Id);
        await game.UntilAsync(GamePhase.Open);
        Assert.True((await screen.AnswerAsync(1, await game.KeyAsync())).Received);
        using (await player.GetAsync("/j/a-capability-that-is-secret"))
        {
            // Whether it leads anywhere does not matter
        }

        using var scraper = new HttpClient { BaseAddress = app.Address };
        using (var refused = await scraper.GetAsync(new Uri("/metrics", UriKind.Relative), stop)) Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        scraper.DefaultRequestHeaders.Authorization = new("Bearer", Key);
        var metrics = await scraper.GetStringAsync(new Uri("/metrics", UriKind.Relative), stop);
        foreach (var told in new[]
        {
            "studyquiz_live_joins_total{", "outcome=\"seated\"", "studyquiz_live_receipt_duration_seconds_count{", "outcome=\"received\"", "studyquiz_live_batch_answers_sum", "studyquiz_live_takeovers_total", "studyquiz_live_fanout_duration_seconds_bucket{",
            "kind=\"player\"", "http_server_request_duration_seconds_count{", "http_route=\"/join\"", "kestrel_active_connections", "signalr_server_active_connections", "db_client_",
        }) Assert.Contains(told, metrics, StringComparison.Ordinal);
        foreach (var name in DashboardNames()) Assert.Contains(name, metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("白露", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("capability-that-is-secret", metrics, StringComparison.Ordinal);

        var slow = app.Log.Lines.Where(line => line.Contains("Slow SQL", StringComparison.Ordinal)).ToList();
        Assert.Contains(slow, line => line.Contains("for POST /join: ", StringComparison.Ordinal));
        Assert.Contains(slow, line => line.Contains("for GameJournal.Answers: ", StringComparison.Ordinal) && line.Contains("insert into game_answer", StringComparison.Ordinal));
        Assert.Contains(slow, line => line.Contains("for PlayerHub.Attach: ", StringComparison.Ordinal));
        Assert.Contains(slow, line => line.Contains("for SendWebhooks: ", StringComparison.Ordinal));

        // What waits to be sent is sent before the host ends
        app.Arguments = [];
        await app.RestartAsync();
        Assert.Contains(collector.Got, sent => sent is ("/v1/metrics", var body) && body.Contains("studyquiz.live.joins", StringComparison.Ordinal));
        Assert.Contains(collector.Got, sent => sent is ("/v1/traces", var body) && body.Contains("GameJournal.Answers", StringComparison.Ordinal) && body.Contains("insert into game_answer", StringComparison.Ordinal));
        Assert.DoesNotContain(collector.Got, sent => sent.Body.Contains("capability-that-is-secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Otlp", "collector")]
    [InlineData("MetricsKey", "short")]
    [InlineData("TraceShare", "2")]
    [InlineData("SlowSqlMilliseconds", "soon")]
    public void A_setting_that_cannot_be_used_is_named(string name, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Telemetry:" + name, value)]).Build();
        Assert.Contains("Telemetry:" + name, Assert.Throws<SettingException>(() => TelemetrySettings.Of(configuration)).Message, StringComparison.Ordinal);
    }

    // What the ready dashboard draws
    private static IEnumerable<string> DashboardNames()
    {
        var dashboard = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Platform", "grafana-dashboard.json")))!;
        var names = dashboard["panels"]!.AsArray().SelectMany(panel => panel!["targets"]!.AsArray()).SelectMany(target => Regex.Matches((string)target!["expr"]!, "(studyquiz|http_server|signalr|db|dotnet)_[a-z_]+", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))).Select(match => match.Value).Distinct().ToList();
        Assert.True(names.Count > 12);
        return names;
    }

    /// <summary>Takes what an exporter sends, and keeps it as text: names and values stand in protobuf as they are.</summary>
    private sealed class Collector(WebApplication host) : IAsyncDisposable
    {
        public ConcurrentQueue<(string Path, string Body)> Got { get; } = new();

        public string Address => host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

        public static async Task<Collector> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            var host = builder.Build();
            host.Urls.Add("http://127.0.0.1:0");
            var collector = new Collector(host);
            host.MapPost("/v1/{signal}", async (HttpContext http) =>
            {
                using var body = new MemoryStream();
                await http.Request.Body.CopyToAsync(body);
                collector.Got.Enqueue((http.Request.Path, Encoding.UTF8.GetString(body.ToArray())));
                return Results.Ok();
            });
            await host.StartAsync();
            return collector;
        }

        public ValueTask DisposeAsync() => host.DisposeAsync();
    }
}
