using System.Net;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Platform.Identity;

namespace StudyQuiz.App.Tests.ManagePeople;

public sealed class PeopleTests(TestApp app) : IClassFixture<TestApp>, IAsyncLifetime
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Editors_and_admins_see_the_list_and_only_admins_say_what_people_may_do()
    {
        using var asked = await app.Browser().GetAsync("/people");
        Assert.Equal("/sign-in?returnUrl=%2Fpeople", asked.Headers.Location?.PathAndQuery);
        using var host = await app.SignedInAsync("host", Roles.Host, Roles.Learner);
        foreach (var path in (string[])["/people", "/audit"])
        {
            using var refused = await host.GetAsync(path);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.Contains("这一页需要别的权限", await refused.TextAsync(), StringComparison.Ordinal);
        }

        using var editor = await app.SignedInAsync("editor", Roles.Editor);
        var list = await editor.ReadAsync("/people");
        Assert.Contains("/extra-time\"", list, StringComparison.Ordinal);
        foreach (var admins in (string[])["/roles\"", "/reset-link\"", "/audit"]) Assert.DoesNotContain(admins, list, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(editor, "/audit"));
        using var forged = await editor.PostFormAsync($"/people/{await app.AccountIdAsync("host")}/roles", ("version", "1"), ("roles", Roles.Admin));
        Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
        Assert.Equal([Roles.Host, Roles.Learner], (await RolesAsync("host")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Somebody_is_given_more_time_which_holds_from_the_next_clock_on_and_is_on_record()
    {
        await TakeSelfTest.SelfTestBank.SeedAsync(app.Database);
        using var editor = await app.SignedInAsync("giver", Roles.Editor);
        using var learner = await app.SignedInAsync("slow-reader", Roles.Learner);
        var id = await app.AccountIdAsync("slow-reader");
        using (var given = await editor.SubmitAsync("/people", $"/people/{id}/extra-time", ("extra", "1.5")))
        {
            var page = WebUtility.HtmlDecode(await editor.ReadAsync(given.Headers.Location!.ToString()));
            Assert.Contains("已保存，从下一次计时起", page, StringComparison.Ordinal);
            Assert.Contains("<option value=\"1.5\" selected", page, StringComparison.Ordinal);
        }

        using var started = await learner.SubmitAsync("/self-test", "/self-test", ("mode", "exam"), ("number", "5"), ("minutes", "10"));
        Assert.Contains($"data-remaining-ms=\"{15 * 60_000}\"", await learner.ReadAsync(started.Headers.Location!.ToString()), StringComparison.Ordinal);
        foreach (var nonsense in (string[])["9", "", "x", "-1", "1e9"])
        {
            using var refused = await editor.SubmitAsync("/people", $"/people/{id}/extra-time", ("extra", nonsense));
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }

        var form = await editor.FillInAsync("/people", $"/people/{id}/extra-time", ("extra", "1.25"));
        using (var unknown = await editor.PostFormAsync($"/people/{Guid.NewGuid()}/extra-time", [.. form])) Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using (var without = await editor.PostFormAsync($"/people/{id}/extra-time", ("extra", "2"))) Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);

        using var admin = await app.SignedInAsync("reader", Roles.Admin);
        // Saved once more as they are they leave no trace
        foreach (var _ in (int[])[1, 2]) using (await SaveAsync(admin, "slow-reader", Roles.Host)) { }
        var record = WebUtility.HtmlDecode(await admin.ReadAsync($"/audit?of=account/{id}"));
        Assert.Contains("giver</a> 改了这个人的时间倍数：", record, StringComparison.Ordinal);
        Assert.Contains("<dt>倍数</dt><dd>1.5</dd>", record, StringComparison.Ordinal);
        Assert.Contains("<dt>原来</dt><dd>学员</dd>", record, StringComparison.Ordinal);
        Assert.True(record.IndexOf("reader</a> 改了这个人的角色：", StringComparison.Ordinal) < record.IndexOf("giver</a>", StringComparison.Ordinal));
        Assert.Equal(2, record.Split("改了这个人的角色：").Length);
        Assert.Contains("slow-reader", record, StringComparison.Ordinal);
        Assert.DoesNotContain("改了这个人的角色：", WebUtility.HtmlDecode(await admin.ReadAsync($"/audit?by={await app.AccountIdAsync("giver")}")), StringComparison.Ordinal);
        Assert.Contains("没有这样的记录", WebUtility.HtmlDecode(await admin.ReadAsync("/audit?of=question/0&before=x&by=y")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_record_is_paged_and_takes_whatever_is_in_it()
    {
        using var admin = await app.SignedInAsync("pager", Roles.Admin);
        await using (var connection = await app.Database.OpenConnectionAsync(Cancel))
        {
            await connection.ExecuteAsync(
                """
                insert into audit (actor, act, object, details, at)
                select null, 'of.another.day', 'thing/' || n, jsonb_build_object('number', n, 'text', '<b>', 'none', null, 'list', '[1, "b"]'::jsonb, 'inner', '{"a": 1}'::jsonb), now() - n * interval '1 minute' from generate_series(1, 60) n
                """);
        }

        var first = await admin.ReadAsync("/audit");
        Assert.Contains("&lt;b&gt;", first, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>thing/51</b>", first, StringComparison.Ordinal);
        var next = System.Text.RegularExpressions.Regex.Match(first, "/audit\\?before=[0-9]+", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
        Assert.Contains("<b>thing/60</b>", await admin.ReadAsync(next), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_counts_from_the_next_request_on_and_nobody_is_signed_out()
    {
        using var admin = await app.SignedInAsync("admin", Roles.Admin);
        using var maya = await app.SignedInAsync("maya", Roles.Learner);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(maya, "/host"));

        using var given = await SaveAsync(admin, "maya", Roles.Learner, Roles.Host);
        Assert.Equal(HttpStatusCode.Found, given.StatusCode);
        Assert.Contains("已保存", WebUtility.HtmlDecode(await admin.ReadAsync(given.Headers.Location!.ToString())), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(maya, "/host"));

        using var taken = await SaveAsync(admin, "maya");
        Assert.Equal(HttpStatusCode.Found, taken.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(maya, "/host"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(maya, "/account"));
    }

    [Fact]
    public async Task The_last_admin_keeps_the_role_and_the_page_says_so()
    {
        using var admin = await app.SignedInAsync("admin", Roles.Admin);
        using var refused = await SaveAsync(admin, "admin", Roles.Host);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("这是最后一位管理员", await refused.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(["admin"], await RolesAsync("admin"));

        using var second = await app.SignedInAsync("second", Roles.Admin);
        using var now = await SaveAsync(admin, "admin", Roles.Host);
        Assert.Equal(HttpStatusCode.Found, now.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(admin, "/people"));
    }

    [Fact]
    public async Task Admins_who_take_the_role_from_each_other_at_once_leave_one()
    {
        var store = app.Services.GetRequiredService<AccountStore>();
        for (var round = 0; round < 25; round++)
        {
            await InitializeAsync();
            Account[] admins = [.. Enumerable.Range(1, 3).Select(n => Accounts.PrepareAdmin($"a{n}", TestAccounts.Password))];
            await using (var connection = await app.Database.OpenConnectionAsync(Cancel))
            {
                foreach (var admin in admins) await AccountStore.InsertAsync(connection, admin, Cancel);
            }

            foreach (var admin in admins) admin.Roles = [Roles.Host];
            var saved = await Task.WhenAll(admins.Select(admin => store.UpdateAsync(admin, Cancel)));
            Assert.Equal(2, saved.Count(result => result.Succeeded));
            Assert.Equal(AccountStore.LastAdmin, Assert.Single(Assert.Single(saved, result => !result.Succeeded).Errors).Code);
        }
    }

    [Fact]
    public async Task A_page_from_before_another_change_saves_nothing()
    {
        using var admin = await app.SignedInAsync("admin", Roles.Admin);
        using var other = await app.SignedInAsync("other", Roles.Learner);
        var old = await FieldsAsync(admin, "other");
        using var first = await SaveAsync(admin, "other", Roles.Host);
        using var second = await admin.PostFormAsync(old.Action, [.. old.Fields, ("roles", Roles.Editor)]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, second.StatusCode);
        Assert.Contains("刚才有人改过这个账号", await second.TextAsync(), StringComparison.Ordinal);
        Assert.Equal([Roles.Host], await RolesAsync("other"));
    }

    [Fact]
    public async Task The_list_is_paged_by_name_and_found_by_its_beginning()
    {
        using var admin = await app.SignedInAsync("Admin", Roles.Admin);
        await using (var connection = await app.Database.OpenConnectionAsync(Cancel))
        {
            await connection.ExecuteAsync(
                """
                insert into account (id, user_name, normalized_user_name, security_stamp)
                select gen_random_uuid(), 'pupil' || n, 'PUPIL' || n, '' from generate_series(100, 199) n
                """);
        }

        var first = await admin.ReadAsync("/people");
        Assert.Equal(50, Rows(first));
        Assert.Contains("Admin", first, StringComparison.Ordinal);
        var second = await admin.ReadAsync("/people?after=PUPIL148");
        Assert.Contains("after=PUPIL148", first, StringComparison.Ordinal);
        Assert.Equal(50, Rows(second));
        Assert.Equal(1, Rows(await admin.ReadAsync("/people?after=PUPIL198")));

        Assert.Equal(10, Rows(await admin.ReadAsync("/people?q=%EF%BD%90upil11"))); // a full-width p
        Assert.Equal(0, Rows(await admin.ReadAsync("/people?q=%25")));
    }

    /// <summary>Nobody is left from the test before.</summary>
    public async ValueTask InitializeAsync()
    {
        await using var connection = await app.Database.OpenConnectionAsync(Cancel);
        await connection.ExecuteAsync("delete from account");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<HttpResponseMessage> SaveAsync(TestBrowser admin, string name, params string[] roles) =>
        await admin.SubmitAsync("/people", $"/people/{await app.AccountIdAsync(name)}/roles", [.. roles.Select(role => ("roles", role))]);

    private async Task<(string Action, (string, string)[] Fields)> FieldsAsync(TestBrowser admin, string name)
    {
        var action = $"/people/{await app.AccountIdAsync(name)}/roles";
        var page = await admin.ReadAsync("/people");
        var form = page[page.IndexOf($"action=\"{action}\"", StringComparison.Ordinal)..];
        return (action, [("__RequestVerificationToken", Value(form, "__RequestVerificationToken")), ("version", Value(form, "version"))]);
    }

    private static string Value(string form, string name)
    {
        var from = form[(form.IndexOf($"name=\"{name}\"", StringComparison.Ordinal) + name.Length + 7)..];
        return from.Split("value=\"")[1].Split('"')[0];
    }

    private async Task<IEnumerable<string>> RolesAsync(string name)
    {
        await using var connection = await app.Database.OpenConnectionAsync(Cancel);
        return await connection.QueryAsync<string>("select role from account_role join account on id = account_id where user_name = @name", new { name });
    }

    private static int Rows(string page) => page.Split("<tr id=").Length - 1;

    private static async Task<HttpStatusCode> StatusAsync(TestBrowser browser, string path)
    {
        using var answer = await browser.GetAsync(path);
        return answer.StatusCode;
    }
}
