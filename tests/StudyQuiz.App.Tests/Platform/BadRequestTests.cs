using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Tests.Platform;

/// <summary>What no page of ours sends is answered with 400 and a page, in development too.</summary>
public sealed class BadRequestTests(TestApp app) : IClassFixture<TestApp>
{
    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task A_malformed_form_or_query_is_no_fault(string environment)
    {
        var log = new LogRecorder();
        await using var host = StudyQuizHost.Create(new AppHostOptions(app.Database, "http://127.0.0.1:0"), [$"--environment={environment}"], services =>
            services.AddLogging(logging => logging.ClearProviders().AddProvider(log)));
        Assert.Equal(environment, host.Environment.EnvironmentName);
        await host.StartAsync(TestContext.Current.CancellationToken);
        using var browser = new TestBrowser(new Uri(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()));

        foreach (var path in new[] { "/join?qr=xx", "/join?gone=1" }) await RefusedAsync(await browser.GetAsync(path));
        foreach (var path in new[] { "/join", "/sign-in", "/sign-up", "/self-test" }) await RefusedAsync(await browser.PostFormAsync(path, ("name", "x"), ("qr", "xx")));
        await RefusedAsync(await browser.SubmitAsync("/join?pin=1", "/preferences", ("back", "a\0b")));
        Assert.DoesNotContain(log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal) || line.Contains("Exception", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_number_of_an_account_that_is_none_is_no_fault()
    {
        using var admin = await app.SignedInAsync("looks", Roles.Admin);
        await RefusedAsync(await admin.GetAsync("/people?saved=zz"));
    }

    [Theory]
    [InlineData("/join?pin=%00")]
    [InlineData("/self-test?source=%00")]
    [InlineData("/sources/nowhere?mark=%00")]
    [InlineData("/sign-in?returnUrl=/%00")]
    public async Task A_query_that_cannot_be_stored_is_refused(string path)
    {
        using var browser = app.Browser();
        await RefusedAsync(await browser.GetAsync(path));
    }

    [Theory]
    [InlineData("/sign-in", "name")]
    [InlineData("/sign-up", "name")]
    [InlineData("/join", "pin")]
    [InlineData("/self-test", "source")]
    [InlineData("/preferences", "theme")]
    public async Task A_form_that_cannot_be_stored_is_refused_however_it_is_encoded(string path, string field)
    {
        using var browser = app.Browser();
        await RefusedAsync(await browser.PostFormAsync(path, (field, "a\0b")));

        using var http = new HttpClient { BaseAddress = app.Address };
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using var parts = new MultipartFormDataContent { { new StringContent("a\0b"), field } };
        await RefusedAsync(await http.PostAsync(path, parts, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("Content-Length: 3\r\nContent-Length: 5\r\n\r\nabcde")]
    [InlineData("Content-Length: -1\r\n\r\n")]
    [InlineData("Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nnonsense\r\n")]
    [InlineData("Content-Length : 3\r\n\r\nabc")]
    public async Task A_message_that_does_not_say_where_it_ends_is_refused(string rest)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(app.Address.Host, app.Address.Port, TestContext.Current.CancellationToken);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /preferences HTTP/1.1\r\nHost: {app.Address.Authority}\r\nContent-Type: application/x-www-form-urlencoded\r\n{rest}"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        Assert.Equal("HTTP/1.1 400 Bad Request", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_cookie_that_cannot_be_stored_finds_nothing()
    {
        using var browser = app.Browser();
        browser.Cookies.Add(app.Address, new Cookie("sq-join", "%00"));
        await browser.ReadAsync("/join?qr=true");
    }

    private static async Task RefusedAsync(HttpResponseMessage response)
    {
        using (response)
        {
            Assert.True(response.StatusCode == HttpStatusCode.BadRequest, $"{response.RequestMessage?.RequestUri} answered {response.StatusCode}");
            Assert.Contains("<main", await response.TextAsync(), StringComparison.Ordinal);
        }
    }
}
