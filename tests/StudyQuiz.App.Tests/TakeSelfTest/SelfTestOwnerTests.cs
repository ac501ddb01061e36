using System.Net;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Tests.TakeSelfTest;

/// <summary>Whose an attempt is: another learner, another device, another site.</summary>
[Collection<OneAppForSelfTests>]
public sealed class SelfTestOwnerTests(TestApp app)
{
    [Fact]
    public async Task Nobody_else_sees_answers_or_hands_in_an_attempt()
    {
        using var attempt = await Attempting.StartAsync(app);
        using var other = await Attempting.StartAsync(app);
        foreach (var path in new[] { attempt.Path, $"{attempt.Path}/result", $"/api/attempts/{attempt.Id}" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await other.Browser.GetAsync(path)).StatusCode);
            using var stranger = app.Browser();
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(path)).StatusCode);
        }

        var (status, body) = await attempt.SaveAsync(1, new Judged(true), by: other.Browser);
        Assert.Equal((HttpStatusCode.NotFound, "notFound"), (status, body.GetProperty("code").GetString()));
        var token = SelfTestPages.Token(await other.Browser.ReadAsync("/self-test"));
        Assert.Equal(HttpStatusCode.NotFound, (await other.Browser.PostFormAsync(attempt.Submit, ("__RequestVerificationToken", token))).StatusCode);
        Assert.Null((await attempt.StandingAsync()).Submitted);
    }

    [Fact]
    public async Task Whoever_signs_in_for_the_first_time_during_an_attempt_goes_on_with_it_as_their_own()
    {
        using var attempt = await Attempting.StartAsync(app);
        using var elsewhere = await app.SignedInAsync("first-time");
        using var signedIn = await attempt.Browser.TrySignInAsync("first-time");
        Assert.Equal(HttpStatusCode.OK, (await attempt.SaveAsync(1, null)).Status);
        Assert.Contains("<small> / 6</small>", await attempt.HandInAsync(), StringComparison.Ordinal);
        await elsewhere.ReadAsync($"{attempt.Path}/result");
    }

    [Fact]
    public async Task A_running_test_goes_on_on_another_device_with_what_was_answered_and_the_same_clock()
    {
        await SelfTestBank.SeedAsync(app.Database);
        using var phone = await app.SignedInAsync("two-devices");
        using var started = await phone.SubmitAsync("/self-test", "/self-test", ("mode", "exam"), ("number", "all"), ("minutes", "10"));
        using var attempt = new Attempting(app, phone, Attempting.IdOf(started));
        var cloze = await attempt.AskedAsync<Cloze>();
        await attempt.SaveAsync(cloze.Position, new Typed("路上写的"), 3);
        app.Time.Advance(TimeSpan.FromMinutes(3));

        using var laptop = app.Browser();
        using var signedIn = await laptop.TrySignInAsync("two-devices");
        Assert.Contains($"/self-test/{attempt.Id}", await laptop.ReadAsync("/"), StringComparison.Ordinal);
        var page = WebUtility.HtmlDecode(await laptop.ReadAsync(attempt.Path));
        Assert.Contains("路上写的", page, StringComparison.Ordinal);
        Assert.Contains("data-remaining-ms=\"420000\"", page, StringComparison.Ordinal);
        Assert.Contains("data-sequence=\"3\"", page, StringComparison.Ordinal);

        // The phone, which knows nothing of it, is told that something newer stands
        await attempt.SaveAsync(cloze.Position, new Typed("电脑上改的"), 4, by: laptop);
        var (_, receipt) = await attempt.SaveAsync(cloze.Position, new Typed("手机上改的"), 4);
        Assert.False(receipt.GetProperty("saved").GetBoolean());
        Assert.Equal(new Typed("电脑上改的"), (await attempt.AskedAsync<Cloze>()).Answer);
    }

    [Fact]
    public async Task Whoever_has_learnt_before_and_signs_in_during_an_attempt_can_finish_it_on_this_device()
    {
        using var attempt = await Attempting.StartAsync(app);
        using var elsewhere = await app.SignedInAsync("learnt-before");
        using var earlier = await elsewhere.SubmitAsync("/self-test", "/self-test", ("number", "1"), ("minutes", "10"));
        using var signedIn = await attempt.Browser.TrySignInAsync("learnt-before");
        var statement = await attempt.AskedAsync<TrueFalse>();
        Assert.Equal(HttpStatusCode.OK, (await attempt.SaveAsync(statement.Position, Attempting.Right(statement))).Status);
        await attempt.Browser.ReadAsync($"/api/attempts/{attempt.Id}");
        Assert.DoesNotContain("<mark>", await attempt.Browser.ReadAsync($"/sources/{SelfTestBank.Slug}?mark={statement.Version}"), StringComparison.Ordinal);
        await attempt.HandInAsync();
        Assert.Equal(1m, (await attempt.StandingAsync()).Credit);
        await attempt.Browser.ReadAsync($"/self-test/{Attempting.IdOf(earlier)}");
        using var foreign = await elsewhere.GetAsync($"{attempt.Path}/result");
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa=")]
    public async Task A_device_secret_that_someone_chose_is_not_taken(string chosen)
    {
        using var attempt = await Attempting.StartAsync(app, ("device", chosen));
        var kept = attempt.Browser.Cookies.GetCookies(app.Address).Single(cookie => cookie.Name == "sq-device").Value;
        Assert.NotEqual(chosen, kept);
        Assert.True(SecretToken.HasShape(kept));
    }

    [Fact]
    public async Task A_hand_in_without_the_forms_token_is_refused()
    {
        using var attempt = await Attempting.StartAsync(app);
        Assert.Equal(HttpStatusCode.BadRequest, (await attempt.Browser.PostFormAsync(attempt.Submit, ("take", "all"))).StatusCode);
        Assert.Null((await attempt.StandingAsync()).Submitted);
    }

    [Fact]
    public async Task Answers_from_another_site_are_refused()
    {
        using var attempt = await Attempting.StartAsync(app);
        Assert.Equal(HttpStatusCode.Forbidden, (await attempt.SaveAsync(1, new Judged(true), origin: "http://evil.example")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await attempt.SaveAsync(1, new Judged(true), origin: "")).Status);
    }
}
