using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using StudyQuiz.App.Features.ExchangeQuestions.Formats;
using StudyQuiz.App.Features.KeepGroups;
using StudyQuiz.App.Features.TakeAssignment;
using StudyQuiz.App.Features.UseApi;
using StudyQuiz.App.Live;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Tests.KeepQuizzes;
using StudyQuiz.App.Tests.TakeSelfTest;
using StudyQuiz.Tests.Shared;

using Group = StudyQuiz.App.Features.KeepGroups.Group;

namespace StudyQuiz.App.Tests.KeepGroups;

public sealed class GroupTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_keeps_a_tree_and_its_lists_and_nobody_else_but_admins_sees_it()
    {
        using var host = await app.SignedInAsync("tree-host", Roles.Host);
        var top = await MakeAsync(host, "党校秋季班");
        var second = await MakeAsync(host, "二班", top);
        using (var twin = await host.SubmitAsync(Group.PathOf(top), "/groups", ("name", "二班 "), ("parent", top.ToString())))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, twin.StatusCode);
            Assert.Contains("旁边已有同名的组", await twin.TextAsync(), StringComparison.Ordinal);
        }

        // A preview stores nothing, line by line; then what was shown is done, and the same list again changes nothing
        const string List = "姓名,编号,单位\n苏小河,2026-0211,二班\n竹里,2026-0212,二班\n\n何处,2026-0211,二班\n白露,2026-0213\n青石,2026-0214,三班";
        using (var preview = await host.SubmitAsync(Group.PathOf(top), $"{Group.PathOf(top)}/roster", ("text", List)))
        {
            var page = await preview.TextAsync();
            Assert.Matches("第 5 行</span><span class=\"chip wrong\">不收</span>", page);
            Assert.Contains("前面有同样的人", page, StringComparison.Ordinal);
            Assert.Contains("会建组“三班”", page, StringComparison.Ordinal);
            Assert.Contains("确认：处理 4 人", page, StringComparison.Ordinal);
            Assert.Equal(0, await CountAsync(top));
        }

        Assert.Equal((4, "added=4&changed=0"), await AddAsync(host, top, List));
        Assert.Equal((4, "added=0&changed=0"), await AddAsync(host, top, List));
        var workbook = Workbook.Write(("名单", [["姓名", "学号", "班级"], ["苏小河", "2026-0211", "三班"], ["新人", "=1+1", "二班"], ["竹里", "2026-0299", "二班"]]));
        using (var uploaded = await host.UploadAsync(Group.PathOf(top), $"{Group.PathOf(top)}/roster", ("名单.xlsx", workbook)))
        {
            var page = await uploaded.TextAsync();
            Assert.Matches("第 2 行</span><span class=\"chip accent\">换组</span>", page);
            Assert.Matches("第 3 行</span><span class=\"chip wrong\">不收</span>", page);
            Assert.Matches("第 4 行</span><span class=\"chip right\">新人</span>", page);
        }

        foreach (var file in new (string, byte[])[] { ("bomb.xlsx", "PK\u0003\u0004nothing of the kind"u8.ToArray()), ("empty.csv", []) })
        {
            using var refused = await host.UploadAsync(Group.PathOf(top), $"{Group.PathOf(top)}/roster", file);
            Assert.Equal((HttpStatusCode.UnprocessableEntity, file.Item1), (refused.StatusCode, file.Item1));
        }

        // Moving and renaming: by the version that was seen, never into itself
        var nested = await MakeAsync(host, "一组", second);
        using (var circle = await ChangeAsync(host, top, ("do", "move"), ("parent", nested.ToString()))) Assert.Contains("组不能放进自己里面", await circle.TextAsync(), StringComparison.Ordinal);
        var stale = await host.FillInAsync(Group.PathOf(nested), Group.PathOf(nested), ("do", "rename"), ("name", "旧名"));
        using (var renamed = await ChangeAsync(host, nested, ("do", "rename"), ("name", "第一组"))) Assert.Equal(HttpStatusCode.Redirect, renamed.StatusCode);
        using (var late = await host.PostFormAsync(Group.PathOf(nested), [.. stale])) Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        using (var moved = await ChangeAsync(host, nested, ("do", "move"), ("parent", ""))) Assert.Equal(HttpStatusCode.Redirect, moved.StatusCode);
        using (var away = await ChangeAsync(host, nested, ("do", "archive"))) Assert.Contains("已收起", await host.ReadAsync(away.Headers.Location!.ToString()), StringComparison.Ordinal);
        Assert.Contains("第一组", await host.ReadAsync("/groups"), StringComparison.Ordinal);

        // Members: a number is one person's
        var member = await MemberAsync("竹里");
        using (var taken = await host.SubmitAsync(Group.PathOf(second), $"{Group.PathOf(second)}/members/{member}", ("name", "竹里"), ("code", "2026-0213"), ("group", second.ToString()))) Assert.Contains("这个编号已是别人的", await taken.TextAsync(), StringComparison.Ordinal);
        using (var removed = await host.SubmitAsync(Group.PathOf(second), $"{Group.PathOf(second)}/members/{member}", ("do", "remove"))) Assert.Equal(HttpStatusCode.Redirect, removed.StatusCode);
        Assert.Equal(3, await CountAsync(top));
        Assert.Contains("2026-0213", await host.ReadAsync($"{Group.PathOf(top)}?q=白"), StringComparison.Ordinal);
        Assert.StartsWith("姓名,编号,单位\n", (await host.ReadAsync($"{Group.PathOf(top)}/people.csv")).ReplaceLineEndings("\n"), StringComparison.Ordinal);

        // Its own files come back and change nothing: paths, quotes, what a program would compute, namesakes
        await AddAsync(host, top, "姓名,编号,单位\n路二,91,二班/三班\n\"＋甲,\"\"乙\"\"\",93,三班\n同名,,二班\n同名,,");
        foreach (var kind in (string[])["csv", "xlsx"])
        {
            using var export = await host.GetAsync($"{Group.PathOf(top)}/people.{kind}");
            using var back = await host.UploadAsync(Group.PathOf(top), $"{Group.PathOf(top)}/roster", ($"people.{kind}", await export.Content.ReadAsByteArrayAsync(Cancel)));
            var page = WebUtility.HtmlDecode(await back.TextAsync());
            Assert.Contains("没有要改的", page, StringComparison.Ordinal);
            Assert.DoesNotContain("不收", page, StringComparison.Ordinal);
        }

        using var other = await app.SignedInAsync("tree-other", Roles.Host);
        using var admin = await app.SignedInAsync("tree-admin", Roles.Admin);
        foreach (var path in (string[])["", "/report", "/report.csv", "/people.xlsx"])
        {
            using var foreign = await other.GetAsync(Group.PathOf(top) + path);
            using var seen = await admin.GetAsync(Group.PathOf(top) + path);
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (foreign.StatusCode, seen.StatusCode));
        }

        Assert.Contains("党校秋季班 <small class=\"muted\">tree-host</small>", WebUtility.HtmlDecode(await admin.ReadAsync("/groups")), StringComparison.Ordinal);
        Assert.DoesNotContain("党校秋季班", await other.ReadAsync("/groups"), StringComparison.Ordinal);
        var form = await other.FillInAsync("/groups", "/groups", ("name", "x"), ("parent", top.ToString()), ("version", "1"), ("do", "archive"), ("text", List));
        foreach (var path in (string[])["", "/roster", "/roster/add", "/invite", $"/members/{await MemberAsync("白露")}"])
        {
            using var forged = await other.PostFormAsync(Group.PathOf(top) + path, [.. form, ("uses", "1"), ("days", "1"), ("invitation", Guid.NewGuid().ToString())]);
            Assert.Equal((HttpStatusCode.NotFound, path), (forged.StatusCode, path));
        }

        using (var into = await other.PostFormAsync("/groups", [.. form])) Assert.Equal(HttpStatusCode.NotFound, into.StatusCode);
        using (var given = await ChangeAsync(admin, top, ("do", "give"), ("host", "tree-other"))) Assert.Equal(HttpStatusCode.Redirect, given.StatusCode);
        Assert.Contains("党校秋季班", await other.ReadAsync("/groups"), StringComparison.Ordinal);
        using var lost = await host.GetAsync(Group.PathOf(second));
        Assert.Equal(HttpStatusCode.NotFound, lost.StatusCode);
    }

    [Fact]
    public async Task A_group_takes_an_assignment_and_a_game_and_reports_say_who_was_absent()
    {
        using var quizzes = await QuizHost.ComeAsync(app, "report-host");
        var host = quizzes.Browser;
        var top = await MakeAsync(host, "规划处");
        await AddAsync(host, top, "王芳,1,综合科\n李雷,2,综合科\n韩梅梅,3,区域科");
        var quiz = await quizzes.MakeAsync("季度测", "quiz");
        using (var ruled = await quizzes.SaveAsync(quiz, ("pass", "1"), ("answers", "AtSubmission"), ("names", "NameAndUnit"))) Assert.Equal(HttpStatusCode.Redirect, ruled.StatusCode);
        using var assigned = await host.SubmitAsync($"/quizzes/{quiz}", $"/quizzes/{quiz}/assign", ("group", top.ToString()));
        var path = assigned.Headers.Location!.ToString();
        Assert.Contains("名单 3 人", WebUtility.HtmlDecode(await host.ReadAsync(path)), StringComparison.Ordinal);
        var id = Guid.Parse(path.Split('/')[^1]);
        await using var connection = await app.Database.OpenConnectionAsync(Cancel);
        var link = "/a/" + await connection.QuerySingleAsync<string>("select link_secret from assignment where id = @id", new { id });
        using var taker = app.Browser();
        using (var nobody = await taker.SubmitAsync(link, link, ("name", "王芳"), ("code", "2"))) Assert.Contains("名单上没有", await nobody.TextAsync(), StringComparison.Ordinal);
        using (var begun = await taker.SubmitAsync(link, link, ("name", "王芳"), ("code", "1")))
        {
            var run = begun.Headers.Location!.ToString();
            using var handedIn = await taker.SubmitAsync(run, $"{run}/submit");
        }

        // Another browser is no other person of the list
        using (var second = await app.Browser().SubmitAsync(link, link, ("name", "王芳"), ("code", "1"))) Assert.Contains("已经在别的设备上开始了", WebUtility.HtmlDecode(await second.TextAsync()), StringComparison.Ordinal);

        // and another person of it may sit at the same one
        using (var next = await taker.SubmitAsync(link, link, ("name", "韩梅梅"), ("code", "3"))) Assert.StartsWith("/self-test/", next.Headers.Location?.ToString(), StringComparison.Ordinal);

        var report = AssignmentReport.PathOf(id);
        var drawn = WebUtility.HtmlDecode(await host.ReadAsync(report));
        Assert.Contains("1 人参加", drawn, StringComparison.Ordinal);
        Assert.Contains("韩梅梅", drawn, StringComparison.Ordinal);
        var csv = (await host.ReadAsync($"{report}/groups.csv")).TrimStart('\uFEFF').ReplaceLineEndings("\n");
        Assert.Equal("单位,参加,缺席,平均,及格,缺席的人\n综合科,1,1,0,0,李雷\n区域科,0,1,,0,韩梅梅\n", csv);

        app.Time.Advance(TimeSpan.FromMinutes(1));
        // A game for one class of it: its list is the group's, and the group's report tells both
        var below = await connection.QuerySingleAsync<Guid>("select id from people_group where name = '综合科' and parent_id = @top", new { top });
        using var opened = await host.SubmitAsync("/host", "/host", ("source", SelfTestBank.Slug), ("number", "2"), ("identity", "Roster"), ("group", below.ToString()));
        Assert.True(opened.StatusCode == HttpStatusCode.Redirect, await opened.TextAsync());
        var game = Guid.Parse(opened.Headers.Location!.ToString().Split('/')[^1]);
        var pin = await connection.QuerySingleAsync<string>("select pin from game where id = @game", new { game });
        using var player = app.Browser();
        using (var seated = await player.SubmitAsync($"/join?pin={pin}", "/join", ("nickname", "李雷"), ("code", "2"))) Assert.StartsWith("/play/", seated.Headers.Location?.OriginalString, StringComparison.Ordinal);
        using var stranger = app.Browser();
        using (var foreign = await stranger.SubmitAsync($"/join?pin={pin}", "/join", ("nickname", "韩梅梅"), ("code", "3"))) Assert.NotEqual(HttpStatusCode.Redirect, foreign.StatusCode);
        var figures = WebUtility.HtmlDecode(await host.ReadAsync($"{Group.PathOf(below)}/report"));
        Assert.Equal(2, Regex.Count(figures, "<tr>\\s*<td class=\"s\">", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.Contains("<b>1</b> / 2", figures, StringComparison.Ordinal);
        var rows = (await host.ReadAsync($"{Group.PathOf(below)}/report.csv")).ReplaceLineEndings("\n").Split('\n');
        Assert.EndsWith("综合科,1,1,0,,王芳", rows[1], StringComparison.Ordinal);
        Assert.EndsWith("规划处,1,1,0,0,李雷", rows[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_brings_people_in_as_often_and_as_long_as_it_says()
    {
        using var host = await app.SignedInAsync("inviting-host", Roles.Host);
        var group = await MakeAsync(host, "一班");
        var link = await InviteAsync(host, Group.PathOf(group), $"{Group.PathOf(group)}/invite", ("uses", "1"), ("days", "7"));
        // Whose link is lost gets another: the old one is dead, and nobody else may
        var renew = Regex.Match(await host.ReadAsync(Group.PathOf(group)), "/invitations/[0-9a-f-]+/renew", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
        var lost = link;
        link = await InviteAsync(host, Group.PathOf(group), renew);
        Assert.NotEqual(lost, link);
        using (var dead = await app.Browser().GetAsync(lost)) Assert.Equal(HttpStatusCode.NotFound, dead.StatusCode);
        using (var reloaded = await host.GetAsync(renew)) Assert.Equal(Group.PathOf(group), reloaded.Headers.Location?.ToString());
        using var newcomer = app.Browser();
        Assert.Contains("请你加入“一班”", WebUtility.HtmlDecode(await newcomer.ReadAsync(link)), StringComparison.Ordinal);
        using (var signedUp = await newcomer.TrySignUpAsync("newcomer", page: $"/sign-up?returnUrl={Uri.EscapeDataString(link)}")) Assert.Equal(link, signedUp.Headers.Location?.ToString());
        for (var twice = 0; twice < 2; twice++)
        {
            var form = await newcomer.FillInAsync("/account", "/sign-out");
            using var joined = await newcomer.PostFormAsync(link, [.. form]);
            Assert.Equal("/account?joined=1", joined.Headers.Location?.ToString());
            if (twice == 0) Assert.Contains("newcomer", await host.ReadAsync(Group.PathOf(group)), StringComparison.Ordinal);
            // Whoever came already comes again, though the link is used up for others
            await using var connection = await app.Database.OpenConnectionAsync(Cancel);
            Assert.Equal(1, await connection.QuerySingleAsync<int>("select count(*)::int from group_member where group_id = @group", new { group }));
            if (twice == 0) await connection.ExecuteAsync("update invitation set uses_left = 1 where group_id = @group", new { group });
            else await connection.ExecuteAsync("update invitation set uses_left = 0 where group_id = @group", new { group });
        }

        using (var late = await app.Browser().GetAsync(link)) Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
        Assert.DoesNotContain(app.Log.Lines, line => line.Contains(link.Split('/')[^1], StringComparison.Ordinal));

        // An admin's gives roles, until it is revoked, its day has come or its maker is an admin no more
        using var admin = await app.SignedInAsync("inviting-admin", Roles.Admin);
        var editors = await InviteAsync(admin, "/people", "/people/invite", ("roles", Roles.Editor), ("uses", "5"), ("days", "3"));
        using var editor = await app.SignedInAsync("to-be-editor", Roles.Learner);
        using (var joined = await editor.SubmitAsync(editors, editors)) Assert.Equal(HttpStatusCode.Redirect, joined.StatusCode);
        using (var asEditor = await editor.GetAsync("/banks")) Assert.Equal(HttpStatusCode.OK, asEditor.StatusCode);
        app.Time.Advance(TimeSpan.FromDays(4));
        using (var over = await app.Browser().GetAsync(editors)) Assert.Equal(HttpStatusCode.NotFound, over.StatusCode);
        var again = await InviteAsync(admin, "/people", "/people/invite", ("roles", Roles.Host), ("uses", "5"), ("days", "3"));
        var revoke = Regex.Match(await admin.ReadAsync("/people"), "/invitations/[0-9a-f-]+/revoke", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
        using (var foreign = await host.PostFormAsync(revoke.Replace("/revoke", "/renew", StringComparison.Ordinal), [.. await host.FillInAsync("/account", "/sign-out")])) Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        using (var foreign = await host.PostFormAsync(revoke, [.. await host.FillInAsync("/account", "/sign-out")])) Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        using (var revoked = await admin.SubmitAsync("/people", revoke)) Assert.Equal("/people", revoked.Headers.Location?.ToString());
        using (var gone = await app.Browser().GetAsync(again)) Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        using var bold = await host.PostFormAsync("/people/invite", [.. await host.FillInAsync("/account", "/sign-out"), ("roles", Roles.Admin), ("uses", "5"), ("days", "3"), ("invitation", Guid.NewGuid().ToString())]);
        Assert.Equal(HttpStatusCode.Forbidden, bold.StatusCode);
    }

    [Fact]
    public async Task An_account_is_signed_out_everywhere_and_switched_off_and_on()
    {
        using var admin = await app.SignedInAsync("switching-admin", Roles.Admin);
        using var person = await app.SignedInAsync("switched", Roles.Host);
        var id = await app.AccountIdAsync("switched");
        // Tokens end with the sessions, and stay ended; so do screens that lead a game
        await using var tokens = await app.Database.OpenConnectionAsync(Cancel);
        var secret = (await ApiToken.MakeAsync(tokens, id, "x", ApiScopes.All, 5, app.Time.GetUtcNow()))!.Value.Secret;
        await using var screen = new HubConnectionBuilder().WithUrl(new Uri(person.Address, "/hubs/host"), options =>
        {
            options.Cookies = person.Cookies;
            options.Headers.Add("Origin", person.Address.GetLeftPart(UriPartial.Authority));
        }).Build();
        await screen.StartAsync(Cancel);
        await app.Services.GetRequiredService<HostConnections>().RunAsync(Cancel);
        Assert.Equal(HubConnectionState.Connected, screen.State);
        using (await admin.SubmitAsync("/people?q=switched", $"/people/{id}/sign-out")) { }
        Assert.Equal("/sign-in?returnUrl=%2Faccount", await LocationAsync(person));
        Assert.Null(await ApiToken.UseAsync(tokens, secret, app.Time.GetUtcNow()));
        await app.Services.GetRequiredService<HostConnections>().RunAsync(Cancel);
        await Until.TrueAsync(() => Task.FromResult(screen.State == HubConnectionState.Disconnected), "the screen is closed");
        using (var back = await person.TrySignInAsync("switched")) Assert.Equal("/", back.Headers.Location?.ToString());
        using (await admin.SubmitAsync("/people?q=switched", $"/people/{id}/switch")) { }
        Assert.Equal("/sign-in?returnUrl=%2Faccount", await LocationAsync(person));
        using (var refused = await person.TrySignInAsync("switched")) Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("已停用", await admin.ReadAsync("/people?q=switched"), StringComparison.Ordinal);
        using (await admin.SubmitAsync("/people?q=switched", $"/people/{id}/switch")) { }
        using (var back = await person.TrySignInAsync("switched")) Assert.Equal("/", back.Headers.Location?.ToString());

        await using var connection = await app.Database.OpenConnectionAsync(Cancel);
        await connection.ExecuteAsync("delete from account_role where role = 'admin' and account_id <> @me", new { me = await app.AccountIdAsync("switching-admin") });
        var own = await app.AccountIdAsync("switching-admin");
        using var last = await admin.SubmitAsync("/people?q=switching", $"/people/{own}/switch");
        Assert.Contains("这是最后一位管理员", await last.TextAsync(), StringComparison.Ordinal);
        var record = WebUtility.HtmlDecode(await admin.ReadAsync("/audit?what=people"));
        foreach (var act in (string[])["停用了账号：", "重新启用了账号：", "让这个人在所有设备上退出："]) Assert.Contains(act, record, StringComparison.Ordinal);
    }

    private static async Task<string?> LocationAsync(TestBrowser browser)
    {
        using var asked = await browser.GetAsync("/account");
        return asked.Headers.Location?.PathAndQuery;
    }

    private static async Task<string> InviteAsync(TestBrowser browser, string page, string action, params (string, string)[] fields)
    {
        using var made = await browser.SubmitAsync(page, action, fields);
        return Regex.Match(await made.TextAsync(), "/i/[A-Za-z0-9_-]{20,}", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
    }

    private static Task<HttpResponseMessage> ChangeAsync(TestBrowser browser, Guid group, params (string, string)[] fields) => browser.SubmitAsync(Group.PathOf(group), Group.PathOf(group), fields);

    private static async Task<Guid> MakeAsync(TestBrowser browser, string name, Guid? parent = null)
    {
        var page = parent is { } into ? Group.PathOf(into) : "/groups";
        using var made = await browser.SubmitAsync(page, "/groups", ("name", name));
        Assert.True(made.StatusCode == HttpStatusCode.Redirect, $"{name}: {made.StatusCode}");
        return Guid.Parse(made.Headers.Location!.ToString().Split('/')[^1]);
    }

    private async Task<(int, string)> AddAsync(TestBrowser browser, Guid group, string text)
    {
        using var preview = await browser.SubmitAsync(Group.PathOf(group), $"{Group.PathOf(group)}/roster", ("text", text));
        var token = (await browser.FillInAsync(Group.PathOf(group), $"{Group.PathOf(group)}/roster"))[0];
        using var added = await browser.PostFormAsync($"{Group.PathOf(group)}/roster/add", token, ("text", text));
        return (await CountAsync(group), added.Headers.Location!.ToString().Split('?')[1]);
    }

    private async Task<int> CountAsync(Guid group)
    {
        await using var connection = await app.Database.OpenConnectionAsync(Cancel);
        return (await GroupList.OfAsync(connection, group)).Count;
    }

    private async Task<Guid> MemberAsync(string name)
    {
        await using var connection = await app.Database.OpenConnectionAsync(Cancel);
        return await connection.QuerySingleAsync<Guid>("select id from group_member where name = @name", new { name });
    }
}
