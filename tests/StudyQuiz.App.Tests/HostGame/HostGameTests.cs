using System.Net;
using System.Text.Json;
using Dapper;
using StudyQuiz.App.Features.HostGame;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Games;

namespace StudyQuiz.App.Tests.HostGame;

public sealed class HostGameTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_game_is_opened_once_however_often_the_form_is_sent_and_stands_in_the_list()
    {
        using var host = await HostAsync("opens");
        var id = Guid.CreateVersion7();
        for (var i = 0; i < 2; i++)
        {
            using var opened = await OpenAsync(host, id);
            Assert.Equal($"/host/{id}", opened.Headers.Location?.OriginalString);
        }

        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            (1, 3),
            await connection.QuerySingleAsync<(int, int)>("select (select count(*)::int from game where id = @id), (select count(*)::int from game_round where game_id = @id)", new { id }));
        Assert.Contains($"/host/{id}", await host.ReadAsync("/host"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_host_chooses_is_stored_with_the_game_and_what_is_left_alone_has_its_default()
    {
        using var host = await HostAsync("chooses");
        var id = Guid.CreateVersion7();
        using var opened = await host.SubmitAsync(
            "/host", "/host", ("id", id.ToString()), ("source", TestBank.Slug), ("number", "1"),
            ("lateJoin", "true"), ("scoring", "Speed"), ("streakBonus", "true"), ("seatCap", "99999"));
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var options = await connection.QuerySingleAsync<string>("select options::text from game where id = @id", new { id });
        Assert.Equal(
            new GameOptions { Scoring = ScoringMode.Speed, StreakBonus = true, PartialCredit = false },
            JsonSerializer.Deserialize<GameOptions>(options, DomainJson.Options));
        Assert.Contains("用时 ÷ 时限", await host.ReadAsync("/host"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Choices_kept_as_a_template_fill_the_next_form_and_only_their_hosts()
    {
        const string prefix = "/host?template=";
        using var host = await HostAsync("keeps");
        using var other = await HostAsync("keeps-not");
        using var opened = await host.SubmitAsync(
            "/host", "/host", ("id", Guid.CreateVersion7().ToString()), ("source", TestBank.Slug), ("number", "7"), ("scoring", "Rank"), ("identity", "NameAndUnit"), ("templateName", " 周五抢答 "));
        var list = await host.ReadAsync("/host");
        var template = list.Split(prefix)[1][..36];
        Assert.Contains("周五抢答", list, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"Rank\" checked", list, StringComparison.Ordinal);

        var filled = await host.ReadAsync(prefix + template);
        Assert.Contains("value=\"Rank\" checked", filled, StringComparison.Ordinal);
        Assert.Contains("value=\"NameAndUnit\" checked", filled, StringComparison.Ordinal);
        Assert.Matches("name=\"number\"[^>]*value=\"7\"", filled);

        // The same name again replaces it; a name that is none is said at its field and opens nothing
        using var again = await host.SubmitAsync("/host", "/host", ("id", Guid.CreateVersion7().ToString()), ("source", TestBank.Slug), ("number", "3"), ("templateName", "周五抢答"));
        Assert.Equal(2, (await host.ReadAsync("/host")).Split(prefix).Length);
        Assert.Matches("name=\"number\"[^>]*value=\"3\"", await host.ReadAsync(prefix + template));
        using var refused = await host.SubmitAsync("/host", "/host", ("id", Guid.CreateVersion7().ToString()), ("source", TestBank.Slug), ("number", "3"), ("templateName", new string('长', GameTemplate.LongestName + 1)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);

        using var peeked = await other.GetAsync(prefix + template);
        Assert.Equal(HttpStatusCode.NotFound, peeked.StatusCode);
        var delete = $"/host/templates/{template}/delete";
        using var foreign = await other.PostFormAsync(delete, [.. await other.FillInAsync("/host", "/host")]);
        Assert.Contains("周五抢答", await host.ReadAsync("/host"), StringComparison.Ordinal);
        using var deleted = await host.SubmitAsync(prefix + template, delete);
        Assert.DoesNotContain("周五抢答", await host.ReadAsync("/host"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_hosts_game_is_not_found_and_not_listed()
    {
        using var host = await HostAsync("owns");
        using var other = await HostAsync("peeks");
        var id = Guid.CreateVersion7();
        using var opened = await OpenAsync(host, id);
        foreach (var path in new[] { $"/host/{id}", $"/host/{id}/screen", $"/host/{id}/join.svg" })
        {
            using var own = await host.GetAsync(path);
            using var foreign = await other.GetAsync(path);
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (own.StatusCode, foreign.StatusCode));
        }

        Assert.DoesNotContain(id.ToString(), await other.ReadAsync("/host"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_code_is_a_picture_that_no_cache_keeps()
    {
        using var host = await HostAsync("shows");
        var id = Guid.CreateVersion7();
        using var opened = await OpenAsync(host, id);
        using var code = await host.GetAsync($"/host/{id}/join.svg");
        Assert.Equal("image/svg+xml", code.Content.Headers.ContentType?.MediaType);
        Assert.True(code.Headers.CacheControl is { NoStore: true, Private: true });
        using var stranger = app.Browser();
        using var asked = await stranger.GetAsync($"/host/{id}/join.svg");
        Assert.StartsWith("/sign-in", asked.Headers.Location?.PathAndQuery, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Roles.Learner, HttpStatusCode.Forbidden)]
    [InlineData(Roles.Editor, HttpStatusCode.OK)]
    public async Task Hosting_takes_a_role(string role, HttpStatusCode status)
    {
        using var browser = await app.SignedInAsync($"as-{role}", role);
        using var list = await browser.GetAsync("/host");
        Assert.Equal(status, list.StatusCode);
    }

    [Theory]
    [InlineData("id", "zz")]
    [InlineData("number", "abc")]
    [InlineData("number", "99999999999")]
    public async Task A_form_that_the_page_never_sends_is_refused(string field, string value)
    {
        using var host = await HostAsync($"h{Guid.NewGuid():N}"[..20]);
        (string, string)[] fields = [.. new[] { ("id", Guid.CreateVersion7().ToString()), ("source", TestBank.Slug), ("number", "3") }.Where(f => f.Item1 != field), (field, value)];
        using var refused = await host.SubmitAsync("/host", "/host", fields);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("<main", await refused.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_right_in_a_refused_form_need_not_be_typed_again()
    {
        using var host = await HostAsync("keeps-forms");
        (string, string)[] typed =
        [
            ("id", Guid.CreateVersion7().ToString()), ("source", TestBank.Slug), ("number", "7"), (GameOptionsForm.Fields.Scoring, "Speed"), (GameOptionsForm.Fields.Identity, "Roster"),
            (GameOptionsForm.Fields.Roster, "王芳 203\n李雷 204\n王芳 203"),
        ];
        using var refused = await host.SubmitAsync("/host", "/host", typed);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var page = await refused.TextAsync();
        Assert.Contains("名单第 3 行", page, StringComparison.Ordinal);
        Assert.Contains("李雷 204", page, StringComparison.Ordinal);
        Assert.Contains("<details class=\"options\" open", page, StringComparison.Ordinal);
        Assert.Matches("name=\"number\"[^>]*value=\"7\"", page);
        Assert.Matches("value=\"Speed\" checked", page);

        using var few = await host.SubmitAsync("/host", "/host", [.. typed.Where(field => field.Item1 != GameOptionsForm.Fields.Identity), (GameOptionsForm.Fields.Teams, "Balanced"), (GameOptionsForm.Fields.TeamNames, "红队")]);
        Assert.Contains("至少写两个不同的队名", await few.TextAsync(), StringComparison.Ordinal);
    }

    private async Task<TestBrowser> HostAsync(string name)
    {
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        if (!await connection.QuerySingleAsync<bool>("select exists (select 1 from source)")) await TestBank.SeedAsync(app.Database, 5);
        return await app.SignedInAsync(name, Roles.Host);
    }

    private static Task<HttpResponseMessage> OpenAsync(TestBrowser host, Guid id) =>
        host.SubmitAsync("/host", "/host", ("id", id.ToString()), ("source", TestBank.Slug), ("number", "3"));
}
