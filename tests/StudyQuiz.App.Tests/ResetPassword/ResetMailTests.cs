using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using StudyQuiz.App.Features.ResetPassword;
using StudyQuiz.App.Platform;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.ResetPassword;

public sealed partial class ResetMailTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Forgot = "/forgot-password";
    private static readonly Uri PublicUrl = new("https://quiz.example");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_brings_a_link_and_nobody_learns_from_the_page_whether_it_did()
    {
        using var server = await StartAsync();
        using var owner = await app.SignedInAsync("lin.zhixia+quiz@school.example");
        using var number = await app.SignedInAsync("20260201");
        using var browser = app.Browser();
        var answers = new List<string>();
        foreach (var name in (string[])["nobody@school.example", "20260201", "not an address@", "Lin.Zhixia+quiz@school.example"])
        {
            using var asked = await browser.SubmitAsync(Forgot, Forgot, ("name", name));
            Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
            answers.Add(await asked.TextAsync());
        }

        Assert.Single(answers.Distinct(StringComparer.Ordinal));
        var mail = await server.ReadAsync();
        Assert.Contains("<lin.zhixia+quiz@school.example>", mail.To, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("<quiz@school.example>", mail.From, StringComparison.Ordinal);
        Assert.Equal($"|{SmtpServer.User}|{SmtpServer.Password}", mail.Login);
        var message = await MimeMessage.LoadAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(mail.Content)), Cancel);
        Assert.Equal("StudyQuiz：设新密码", message.Subject);
        var link = new Uri(Link().Match(message.TextBody!).Value);
        Assert.Equal(PublicUrl.Host, link.Host);

        // Those before it in the queue were answered before it: they got nothing
        Assert.Equal(0, server.Waiting);
        (await browser.GetAsync(link.AbsolutePath)).Dispose();
        using var chosen = await browser.SubmitAsync(ResetLink.Path, ResetLink.Path, ("password", "the next password"));
        Assert.Equal("/account?changed=1", chosen.Headers.Location?.ToString());
        Assert.DoesNotContain(app.Log.Lines, line => line.Contains(SmtpServer.Password, StringComparison.Ordinal) || line.Contains(link.Segments[^1], StringComparison.Ordinal) || line.Contains("zhixia", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_mailbox_gets_three_mails_an_hour_and_a_link_is_good_for_one()
    {
        using var server = await StartAsync();
        using var owner = await app.SignedInAsync("flooded@school.example");
        using var other = await app.SignedInAsync("next@school.example");
        using var browser = app.Browser();
        for (var i = 0; i < 5; i++) await AskAsync(browser, "flooded@school.example");
        await AskAsync(browser, "next@school.example");
        ArrivedMail last, mail = await server.ReadAsync();
        for (var i = 0; i < ResetMails.MostToOne - 1; i++) last = await server.ReadAsync();
        last = await server.ReadAsync();
        Assert.Contains("next@", last.To, StringComparison.Ordinal);
        var link = Link().Match((await MimeMessage.LoadAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(last.Content)), Cancel)).TextBody!).Value;

        app.Time.Advance(ResetLink.MailsLifetime);
        using var over = await browser.GetAsync(new Uri(link).AbsolutePath);
        Assert.Equal(HttpStatusCode.NotFound, over.StatusCode);
        await AskAsync(browser, "flooded@school.example");
        Assert.Contains("flooded@", (await server.ReadAsync()).To, StringComparison.Ordinal);
        Assert.Contains("flooded@", mail.To, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_server_that_refuses_costs_its_mail_only_and_the_log_names_no_one()
    {
        using var server = await StartAsync();
        using var owner = await app.SignedInAsync("unlucky@school.example");
        using var browser = app.Browser();
        server.IsBroken = true;
        await AskAsync(browser, "unlucky@school.example");
        await Until.TrueAsync(() => Task.FromResult(app.Log.Lines.Any(line => line.Contains("could not be sent (SmtpCommandException)", StringComparison.Ordinal))), "the log says so");
        server.IsBroken = false;
        await AskAsync(browser, "unlucky@school.example");
        Assert.Contains("unlucky@", (await server.ReadAsync()).To, StringComparison.Ordinal);
        Assert.DoesNotContain(app.Log.Lines, line => line.Contains("unlucky", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, "Smtp__From", "Smtp:Host=mail.example")]
    [InlineData(true, "Smtp__From", "Smtp:Host=mail.example;Smtp:From=nobody")]
    [InlineData(false, "PublicUrl", "Smtp:Host=mail.example;Smtp:From=a@b.example")]
    [InlineData(true, "Smtp__Password", "Smtp:Host=mail.example;Smtp:From=a@b.example;Smtp:User=secret")]
    [InlineData(true, "Smtp__Port", "Smtp:Host=mail.example;Smtp:From=a@b.example;Smtp:Port=secret")]
    [InlineData(true, "Smtp__Tls", "Smtp:Host=mail.example;Smtp:From=a@b.example;Smtp:Tls=secret")]
    public void A_setting_that_will_not_do_is_refused_at_the_start_by_name_and_not_by_value(bool knowsItsAddress, string named, string settings)
    {
        var refused = Assert.Throws<SettingException>(() => SmtpSettings.Of(Configuration(settings.Split(';')), knowsItsAddress));
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public void Without_a_host_there_are_no_mails_and_the_port_follows_from_the_encryption()
    {
        Assert.Null(SmtpSettings.Of(Configuration(), knowsItsAddress: false));
        int PortOf(string tls) => SmtpSettings.Of(Configuration("Smtp:Host=mail.example", "Smtp:From=Quiz <a@b.example>", "Smtp:Tls=" + tls), knowsItsAddress: true)!.Port;
        Assert.Equal((587, 587, 465, 25), (PortOf(""), PortOf("starttls"), PortOf("implicit"), PortOf("none")));
    }

    private async Task<SmtpServer> StartAsync()
    {
        var server = new SmtpServer();
        app.Change = services => services
            .AddSingleton(new AppHostOptions(app.Database, PublicUrl: PublicUrl))
            .AddSingleton<IConfiguration>(Configuration(
                "Smtp:Host=127.0.0.1", $"Smtp:Port={server.Port}", "Smtp:Tls=none", "Smtp:From=StudyQuiz <quiz@school.example>", "Smtp:User=" + SmtpServer.User, "Smtp:Password=" + SmtpServer.Password));
        await app.RestartAsync();
        return server;
    }

    private static IConfiguration Configuration(params string[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => setting.Split('=', 2)).ToDictionary(pair => pair[0], string? (pair) => pair[1], StringComparer.Ordinal)).Build();

    private static async Task AskAsync(TestBrowser browser, string name)
    {
        using var asked = await browser.SubmitAsync(Forgot, Forgot, ("name", name));
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
    }

    [GeneratedRegex("https://quiz.example/reset-password/[A-Za-z0-9_-]{43}", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
