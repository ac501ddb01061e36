using System.Net;
using Dapper;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Tests.SignIn;

public sealed class SignUpTests(TestApp app) : IClassFixture<TestApp>
{
    [Theory]
    [InlineData("taken")]
    [InlineData("TAKEN")]
    [InlineData(" ｔａｋｅｎ ")]
    public async Task A_name_is_given_once_and_what_was_typed_is_kept(string name)
    {
        using var first = await app.Browser().TrySignUpAsync("taken");
        using var second = await app.Browser().TrySignUpAsync(name);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, second.StatusCode);
        var page = await second.TextAsync();
        Assert.Contains("这个用户名已有人用", page, StringComparison.Ordinal);
        Assert.Contains($"value=\"{name}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_two_want_at_once_goes_to_one()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => app.Browser().TrySignUpAsync("wanted")));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Found);
    }

    [Fact]
    public async Task What_is_stored_is_said_before_the_first_field()
    {
        var page = WebUtility.HtmlDecode(await app.Browser().ReadAsync("/sign-up"));
        Assert.InRange(page.IndexOf("不要手机号", StringComparison.Ordinal), 0, page.IndexOf("id=\"name\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_this_device_has_done_goes_to_the_new_account()
    {
        var (learner, token) = (Guid.CreateVersion7(), SecretToken.Create());
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync(
            "insert into learner (id) values (@learner); insert into learner_device (token_hash, learner_id) values (@hash, @learner)",
            new { learner, hash = SecretToken.Hash(token) });

        using var browser = app.Browser();
        browser.Cookies.Add(app.Address, new Cookie("sq-device", token));
        using var made = await browser.TrySignUpAsync("claims");
        var owner = await connection.QuerySingleAsync<string>(
            "select a.user_name from learner l join account a on a.id = l.account_id where l.id = @learner", new { learner });
        Assert.Equal("claims", owner);
    }
}
