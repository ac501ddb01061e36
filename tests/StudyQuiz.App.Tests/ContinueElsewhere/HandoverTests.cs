using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using QRCoder;
using StudyQuiz.App.Features.ContinueElsewhere;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Tests.StudyCards;
using StudyQuiz.App.Tests.TakeSelfTest;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Tests.ContinueElsewhere;

public sealed partial class HandoverTests(TestApp app) : IClassFixture<TestApp>, IAsyncLifetime
{
    private const string Join = "/continue/join";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_code_makes_another_browser_the_same_learner_and_both_go_on()
    {
        using var weChat = await StudiedAsync();
        var code = await CodeAsync(weChat.Browser);
        using var system = new CardLearner(app);
        // As people type on phones: full-width, small, with or without the dash
        using var typed = await TypeAsync(system.Browser, " " + code.ToLowerInvariant().Replace("-", "－", StringComparison.Ordinal));
        Assert.Equal(Join, typed.Headers.Location?.ToString());
        Assert.Contains("作答记录 1 条", await system.Browser.ReadAsync(Join), StringComparison.Ordinal);
        await JoinAsync(system.Browser);

        await system.PackAsync();
        Assert.Equal(weChat.Id, system.Id);
        app.Time.Advance(TimeSpan.FromDays(1));
        foreach (var side in (CardLearner[])[weChat, system])
        {
            var card = (await side.PackAsync()).Cards[0];
            await side.RateAsync(side.Review(card.Version, Rating.Good));
        }

        Assert.Equal(3, (await weChat.LogAsync()).Count);
        using var again = await TypeAsync(app.Browser(), code);
        Assert.Contains("这个码不对", await again.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_with_a_history_of_its_own_loses_none_and_what_it_still_sends_arrives()
    {
        using var weChat = await StudiedAsync();
        var shared = (await weChat.PackAsync()).Cards[0];
        using var attempt = await Attempting.StartAsync(app, ("source", SelfTestBank.Slug));
        using var system = new CardLearner(app, attempt.Browser);
        var other = (await system.PackAsync()).Cards.First(card => card.Question != shared.Question);
        await system.RateAsync(system.Review(shared.Version, Rating.Good, at: app.Time.GetUtcNow().AddMinutes(-1)), system.Review(other.Version, Rating.Again));
        var before = system.Id;
        // A third browser that has been the same learner as the second one goes along
        var toThird = await LinkAsync(system.Browser);
        using var third = new CardLearner(app);
        (await third.Browser.GetAsync(toThird)).Dispose();
        await JoinAsync(third.Browser);

        (await system.Browser.GetAsync(await LinkAsync(weChat.Browser))).Dispose();
        Assert.Contains("这里已有的自测 1 次、作答记录 2 条会合在一起", await system.Browser.ReadAsync(Join), StringComparison.Ordinal);
        await JoinAsync(system.Browser);

        foreach (var browser in (CardLearner[])[system, third])
        {
            await browser.PackAsync();
            Assert.Equal(weChat.Id, browser.Id);
        }

        Assert.Equal(3, (await weChat.LogAsync()).Count);
        Assert.Equal(2, (await weChat.CardsAsync()).Single(card => card.Question == shared.Question).Reviews);
        await using var connection = await app.Database.OpenConnectionAsync(Cancel);
        Assert.Equal(weChat.Id, await connection.QuerySingleAsync<Guid>("select learner_id from attempt where id = @Id", new { attempt.Id }));
        // Answered offline for the learner that this browser was
        var (status, _) = await system.SendAsync([system.Review(other.Version, Rating.Good)], learner: before);
        Assert.Equal((HttpStatusCode.OK, 4), (status, (await weChat.LogAsync()).Count));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Someone_who_is_signed_in_takes_it_into_the_account(bool hasHistory)
    {
        using var weChat = await StudiedAsync();
        var name = hasHistory ? "has-history" : "has-none";
        using var account = new CardLearner(app, await app.SignedInAsync(name));
        if (hasHistory) await account.PackAsync();
        (await account.Browser.GetAsync(await LinkAsync(weChat.Browser))).Dispose();
        Assert.Contains($"记录会并入账号“{name}”", WebUtility.HtmlDecode(await account.Browser.ReadAsync(Join)), StringComparison.Ordinal);
        await JoinAsync(account.Browser);
        await account.PackAsync();
        Assert.Single(await account.LogAsync());

        // The first browser's cookie leads to no account: it begins anew, or signs in
        var old = weChat.Id;
        await weChat.PackAsync();
        Assert.NotEqual(old, weChat.Id);
        Assert.Empty(await weChat.LogAsync());
        // From an account nothing is handed over by a code: one signs in
        Assert.DoesNotContain("action=\"/continue/new\"", await account.Browser.ReadAsync("/continue"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_joins_nothing_before_its_page_says_so_and_works_once_within_ten_minutes()
    {
        using var weChat = await StudiedAsync();
        var link = await LinkAsync(weChat.Browser);
        using var system = app.Browser();
        using var opened = await system.GetAsync(link);
        Assert.Equal((HttpStatusCode.Found, "no-store"), (opened.StatusCode, opened.Headers.CacheControl?.ToString()));
        Assert.Equal("no-referrer", Assert.Single(opened.Headers.GetValues("Referrer-Policy")));
        Assert.Equal(0, await DevicesAsync(weChat.Id, besides: 1));
        using var withoutToken = await system.PostFormAsync(Join);
        Assert.Equal(HttpStatusCode.BadRequest, withoutToken.StatusCode);

        // A later one takes its place
        var later = await LinkAsync(weChat.Browser);
        await IsDeadAsync(system, link);
        await IsDeadAsync(system, Join);
        (await system.GetAsync(later)).Dispose();
        await system.ReadAsync(Join);
        app.Time.Advance(Handover.Lifetime);
        await IsDeadAsync(system, later);
        await IsDeadAsync(system, Join);
        Assert.Equal(0, await DevicesAsync(weChat.Id, besides: 1));
    }

    [Fact]
    public async Task Of_several_at_once_one_takes_it_and_a_code_goes_to_one()
    {
        using var weChat = await StudiedAsync();
        var link = await LinkAsync(weChat.Browser);
        TestBrowser[] browsers = [app.Browser(), app.Browser(), app.Browser()];
        foreach (var browser in browsers) (await browser.GetAsync(link)).Dispose();
        var forms = await Task.WhenAll(browsers.Select(browser => browser.FillInAsync(Join, Join)));
        var answers = await Task.WhenAll(browsers.Zip(forms).Select(pair => pair.First.PostFormAsync(Join, [.. pair.Second])));
        Assert.Equal([HttpStatusCode.Found, HttpStatusCode.NotFound, HttpStatusCode.NotFound], answers.Select(answer => answer.StatusCode).Order());
        Assert.Equal(1, await DevicesAsync(weChat.Id, besides: 1));

        var code = await CodeAsync(weChat.Browser);
        var typed = await Task.WhenAll(browsers.Select(browser => TypeAsync(browser, code)));
        Assert.Single(typed, answer => answer.StatusCode == HttpStatusCode.Found);
    }

    [Fact]
    public async Task Two_who_hand_over_to_each_other_lose_nothing()
    {
        using var one = await StudiedAsync();
        using var two = await StudiedAsync();
        var (fromOne, fromTwo) = (await LinkAsync(one.Browser), await LinkAsync(two.Browser));
        (await one.Browser.GetAsync(fromTwo)).Dispose();
        (await two.Browser.GetAsync(fromOne)).Dispose();
        var forms = await Task.WhenAll(one.Browser.FillInAsync(Join, Join), two.Browser.FillInAsync(Join, Join));
        await Task.WhenAll(one.Browser.PostFormAsync(Join, [.. forms[0]]), two.Browser.PostFormAsync(Join, [.. forms[1]]));
        await one.PackAsync();
        await two.PackAsync();
        Assert.Equal(one.Id, two.Id);
        Assert.Equal(2, (await one.LogAsync()).Count);
    }

    [Fact]
    public async Task Guessing_codes_ends_soon_and_scanning_goes_on()
    {
        using var weChat = await StudiedAsync();
        var made = await MadeAsync(weChat.Browser);
        using var guesser = app.Browser();
        var form = await guesser.FillInAsync("/continue", "/continue/code", ("code", "22222222"));
        for (var i = 0; i < Handover.MostTries; i++)
        {
            using var wrong = await guesser.PostFormAsync("/continue/code", [.. form]);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        }

        using var locked = await TypeAsync(guesser, made.Code);
        Assert.Contains("试的次数太多", await locked.TextAsync(), StringComparison.Ordinal);
        using var scanned = await guesser.GetAsync(made.Link);
        Assert.Equal(Join, scanned.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Who_has_nothing_is_given_no_code_and_begins_nothing()
    {
        using var stranger = app.Browser();
        Assert.Contains("还没有记录可以带走", await stranger.ReadAsync("/continue"), StringComparison.Ordinal);
        var token = (await stranger.FillInAsync("/continue", "/continue/code")).Single();
        using var made = await stranger.PostFormAsync("/continue/new", token);
        Assert.Equal("/continue", made.Headers.Location?.ToString());
        Assert.Null(stranger.Cookies.GetAllCookies()["sq-device"]);
        await IsDeadAsync(stranger, Join);
        await IsDeadAsync(stranger, "/continue/" + SecretToken.Create());
    }

    [Fact]
    public async Task Code_and_secret_are_in_no_log_and_not_in_the_database()
    {
        using var weChat = await StudiedAsync();
        var (code, link) = await MadeAsync(weChat.Browser);
        using var system = app.Browser();
        (await system.GetAsync(link)).Dispose();
        (await TypeAsync(system, code)).Dispose();
        await JoinAsync(system);
        var secret = link.Split('/')[^1];
        Assert.Contains(app.Log.Lines, line => line.Contains("GET /continue/… 302", StringComparison.Ordinal));
        Assert.DoesNotContain(app.Log.Lines, line => line.Contains(secret, StringComparison.Ordinal) || line.Contains(code, StringComparison.Ordinal) || line.Contains(code.Replace("-", "", StringComparison.Ordinal), StringComparison.Ordinal));
        await using var connection = await app.Database.OpenConnectionAsync(Cancel);
        Assert.Equal(1, await connection.QuerySingleAsync<int>("select count(*)::int from capability_link where learner_id = @Id and used_at is not null and code_hash is null", new { weChat.Id }));
    }

    [Theory]
    [InlineData("ABCD-EFGH", "ABCDEFGH")]
    [InlineData("ａｂｃｄ　ｅｆｇｈ", "ABCDEFGH")]
    [InlineData("ABCD–EFGH.", "ABCDEFGH")]
    [InlineData("ABCDEFG", null)]
    [InlineData("ABCDEFG0", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_code_is_read_as_people_type_it(string? typed, string? code) => Assert.Equal(code, Handover.Clean(typed));

    /// <summary>Nobody has guessed yet.</summary>
    public async ValueTask InitializeAsync()
    {
        await using var connection = await app.Database.OpenConnectionAsync(Cancel);
        await connection.ExecuteAsync("delete from sign_in_try");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<CardLearner> StudiedAsync()
    {
        var learner = new CardLearner(app);
        var card = (await learner.PackAsync()).Cards[0];
        await learner.RateAsync(learner.Review(card.Version, Rating.Again));
        return learner;
    }

    private static async Task<(string Code, string Link)> MadeAsync(TestBrowser browser)
    {
        using var made = await browser.SubmitAsync("/continue", "/continue/new");
        Assert.Equal((HttpStatusCode.OK, true), (made.StatusCode, made.Headers.CacheControl?.NoStore));
        var page = await made.TextAsync();
        var link = Link().Match(page).Groups["link"].Value;
        using var qr = QRCodeGenerator.GenerateQrCode(link, QRCodeGenerator.ECCLevel.M);
        using var picture = new PngByteQRCode(qr);
        Assert.Contains(Convert.ToBase64String(picture.GetGraphic(6)), page, StringComparison.Ordinal);
        return (Code().Match(page).Value, new Uri(link).AbsolutePath);
    }

    private static async Task<string> CodeAsync(TestBrowser browser) => (await MadeAsync(browser)).Code;

    private static async Task<string> LinkAsync(TestBrowser browser) => (await MadeAsync(browser)).Link;

    private static Task<HttpResponseMessage> TypeAsync(TestBrowser browser, string code) => browser.SubmitAsync("/continue", "/continue/code", ("code", code));

    private static async Task JoinAsync(TestBrowser browser)
    {
        using var joined = await browser.SubmitAsync(Join, Join);
        Assert.Equal("/continue?joined=true", joined.Headers.Location?.ToString());
    }

    private static async Task IsDeadAsync(TestBrowser browser, string path)
    {
        using var answer = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("记录没有动", await answer.TextAsync(), StringComparison.Ordinal);
    }

    private async Task<int> DevicesAsync(Guid learner, int besides)
    {
        await using var connection = await app.Database.OpenConnectionAsync(Cancel);
        return await connection.QuerySingleAsync<int>("select count(*)::int from learner_device where learner_id = @learner", new { learner }) - besides;
    }

    [GeneratedRegex("(?<=<bdi>)[0-9A-Z]{4}-[0-9A-Z]{4}(?=</bdi>)", RegexOptions.None, 1000)]
    private static partial Regex Code();

    [GeneratedRegex("id=\"link\"[^>]*value=\"(?<link>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
