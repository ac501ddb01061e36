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
    public async Task Only_admins_see_the_list()
    {
        using var asked = await app.Browser().GetAsync("/people");
        Assert.Equal("/sign-in?returnUrl=%2Fpeople", asked.Headers.Location?.PathAndQuery);

        using var editor = await app.SignedInAsync("editor", Roles.Editor, Roles.Host, Roles.Learner);
        using var refused = await editor.GetAsync("/people");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("这一页需要别的权限", await refused.TextAsync(), StringComparison.Ordinal);
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
