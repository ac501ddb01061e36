using System.Net;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Tests.Platform;

public sealed class TrustedProxiesTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_proxys_word_for_a_callers_address_is_taken_if_it_is_trusted_and_nobody_elses()
    {
        await GuessAsync("203.0.113.7");
        Assert.Equal(["127.0.0.1"], await FailedAsync());

        app.Arguments = ["--TrustedProxies=127.0.0.1, 10.9.0.0/16"];
        await app.RestartAsync();
        // The caller's own claim, then what a trusted proxy before this one saw
        await GuessAsync("192.0.2.99, 203.0.113.7, 10.9.1.2");
        Assert.Equal(["127.0.0.1", "203.0.113.7"], await FailedAsync());
    }

    [Fact]
    public async Task A_public_address_behind_TLS_without_a_trusted_proxy_is_warned_of()
    {
        foreach (var (argument, isWarned) in new[] { ("--TrustedProxies=", true), ("--TrustedProxies=10.0.0.7", false) })
        {
            var log = new LogRecorder();
            await using var host = StudyQuizHost.Create(new AppHostOptions(app.Database, "http://127.0.0.1:0", new Uri("https://quiz.example")), [argument], services => services.AddLogging(logging => logging.ClearProviders().AddProvider(log)));
            Assert.Equal(isWarned, log.Lines.Any(line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("TrustedProxies names nobody", StringComparison.Ordinal)));
        }
    }

    [Theory]
    [InlineData("10.0.0.7", "10.0.0.7/32")]
    [InlineData(" 2001:db8::1,172.28.0.0/24 ", "2001:db8::1/128 172.28.0.0/24")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Addresses_and_networks_are_read(string? setting, string read) => Assert.Equal(read, string.Join(' ', TrustedProxies.Of(setting)));

    [Theory]
    [InlineData("balancer")]
    [InlineData("10.0.0.7/33")]
    public void What_is_neither_is_named(string setting) => Assert.Contains($"'{setting}'", Assert.Throws<SettingException>(() => TrustedProxies.Of(setting)).Message, StringComparison.Ordinal);

    private async Task GuessAsync(string forwardedFor)
    {
        using var client = new HttpClient { BaseAddress = app.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/join?pin=00000000");
        request.Headers.Add("X-Forwarded-For", forwardedFor);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.NotEqual(HttpStatusCode.InternalServerError, response.StatusCode);
    }

    private async Task<IEnumerable<string>> FailedAsync()
    {
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        return await connection.QueryAsync<string>("select network from pin_failure order by network");
    }
}
