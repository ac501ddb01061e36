using System.Net;
using Dapper;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Tests.KeepNotebook;
using StudyQuiz.App.Tests.TakeSelfTest;

namespace StudyQuiz.App.Tests.MyData;

public sealed class EraseMyDataTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Path = "/my-data/delete";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_look_at_notebook_or_progress_while_all_is_deleted_finds_nobody()
    {
        foreach (var path in (string[])["/notebook", "/progress"])
        {
            using var learner = await NotebookLearner.BeginAsync(app);
            await learner.AskedAsync("q0", isRight: false);
            await using var connection = await app.Database.OpenConnectionAsync(Cancel);
            await using var deletion = await connection.BeginTransactionAsync(Cancel);
            await connection.ExecuteAsync("select 1 from learner where id = @Id for update", new { learner.Id });
            var look = learner.Browser.GetAsync(path);
            await app.SomebodyWaitsAsync();
            await connection.ExecuteAsync("delete from learner where id = @Id", new { learner.Id });
            await deletion.CommitAsync(Cancel);

            using var response = await look;
            Assert.Equal((HttpStatusCode.Redirect, path), (response.StatusCode, response.Headers.Location?.ToString()));
            await learner.Browser.ReadAsync(path);
        }
    }

    [Fact]
    public async Task A_device_without_an_account_deletes_all_of_its_own_and_nothing_else()
    {
        using var other = await Person.WhoStudiedAsync(app);
        using var person = await Person.WhoStudiedAsync(app);
        var (before, others) = (await person.RowsAsync(), await other.RowsAsync());
        Assert.All((string[])["attempt", "card", "game_seat", "learner", "learner_device", "question_flag", "question_mark", "review"], table => Assert.True(before[table] > 0, table));

        using var unsure = await person.Browser.SubmitAsync("/my-data", Path, ("word", "删"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unsure.StatusCode);
        Assert.Contains("没有删除", await unsure.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(before, await person.RowsAsync());

        using var deleted = await person.Browser.SubmitAsync("/my-data", Path, ("word", " 删除 "));
        Assert.Equal($"/my-data/deleted?learner={person.Id}", deleted.Headers.Location?.ToString());
        Assert.All(await person.RowsAsync(), row => Assert.True(row.Value == 0, $"{row.Key} has {row.Value}"));
        Assert.Equal(others, await other.RowsAsync());
        Assert.Null(person.Browser.Cookies.GetAllCookies()["sq-device"]);
        Assert.Contains($"data-erased=\"{person.Id}\"", await person.Browser.ReadAsync(deleted.Headers.Location!.ToString()), StringComparison.Ordinal);
        // A link that somebody sends makes no browser forget who is still there
        Assert.DoesNotContain("data-erased=\"", await person.Browser.ReadAsync($"/my-data/deleted?learner={other.Id}"), StringComparison.Ordinal);

        // The game goes on telling its ranks, and of nobody
        await using var connection = await app.Database.OpenConnectionAsync(Cancel);
        Assert.Equal("—", await connection.QuerySingleAsync<string>("select s.nickname from game_seat s join game_answer a using (game_id, seat) where s.game_id = @Game and s.learner_id is null", new { person.Game }));
    }

    [Fact]
    public async Task An_answer_that_was_on_its_way_finds_nothing_to_be_saved_in()
    {
        using var attempt = await Attempting.StartAsync(app, ("mode", "exam"));
        var asked = (await attempt.AskedAsync())[0];
        await using var connection = await app.Database.OpenConnectionAsync(Cancel);
        await using var erasing = await connection.BeginTransactionAsync(Cancel);
        await connection.ExecuteAsync("delete from learner where id = (select learner_id from attempt where id = @Id)", new { attempt.Id });
        var saving = attempt.SaveAsync(asked.Position, Attempting.Right(asked));
        await app.SomebodyWaitsAsync();
        await erasing.CommitAsync(Cancel);
        Assert.Equal(HttpStatusCode.NotFound, (await saving).Status);
    }

    [Fact]
    public async Task A_form_deletes_only_whom_it_showed_and_once()
    {
        using var other = await Person.WhoStudiedAsync(app);
        using var person = await Person.WhoStudiedAsync(app);
        var form = await person.Browser.FillInAsync("/my-data", Path, ("word", "删除"));
        (string, string)[] foreign = [.. form.Select(field => field.Name == "learner" ? ("learner", other.Id.ToString()) : field)];
        using var refused = await person.Browser.PostFormAsync(Path, foreign);
        Assert.Equal("/my-data", refused.Headers.Location?.ToString());
        Assert.Equal(1, (await other.RowsAsync())["learner"]);
        using var withoutToken = await person.Browser.PostFormAsync(Path, ("word", "删除"), ("learner", person.Id.ToString()));
        Assert.Equal(HttpStatusCode.BadRequest, withoutToken.StatusCode);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => person.Browser.PostFormAsync(Path, [.. form])));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Found, answer.StatusCode));
        Assert.Equal(0, (await person.RowsAsync())["learner"]);
    }

    [Fact]
    public async Task An_account_leaves_with_its_history_and_an_actor_without_a_name_stays()
    {
        using var person = await Person.WhoStudiedAsync(app);
        using var made = await person.Browser.TrySignUpAsync("leaver");
        var id = await app.AccountIdAsync("leaver");
        await using var connection = await app.Database.OpenConnectionAsync(Cancel);
        await connection.ExecuteAsync("insert into account_role values (@id, 'editor'); insert into question_version (question_id, version, source_version_id, body, reason, created_by) select question_id, version + 1, source_version_id, body, 'edit', @id from question_version order by id desc limit 1", new { id });
        using var phone = app.Browser();
        using var signedIn = await phone.TrySignInAsync("leaver");

        using var wrong = await person.Browser.SubmitAsync("/my-data", Path, ("password", "not this one"));
        Assert.Contains("密码不对。还可以试 4 次", await wrong.TextAsync(), StringComparison.Ordinal);
        using var word = await person.Browser.SubmitAsync("/my-data", Path, ("word", "删除"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, word.StatusCode);
        using var deleted = await person.Browser.SubmitAsync("/my-data", Path, ("password", TestAccounts.Password));
        Assert.StartsWith("/my-data/deleted", deleted.Headers.Location?.ToString(), StringComparison.Ordinal);

        Assert.All(await person.RowsAsync(), row => Assert.True(row.Value == 0, $"{row.Key} has {row.Value}"));
        var actor = await connection.QuerySingleAsync<(string Name, string? Password, long Roles, long Versions)>(
            """
            select user_name, password_hash, (select count(*) from account_role where account_id = a.id), (select count(*) from question_version where created_by = a.id)
            from account a where id = @id
            """,
            new { id });
        Assert.Equal(("", null, 0, 1), actor);
        foreach (var browser in (TestBrowser[])[person.Browser, phone])
        {
            using var asked = await browser.GetAsync("/account");
            Assert.Equal(HttpStatusCode.Found, asked.StatusCode);
        }

        // The name is free again, and belongs to somebody else then
        using var gone = await phone.TrySignInAsync("leaver");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, gone.StatusCode);
        using var next = await phone.TrySignUpAsync("leaver");
        Assert.Equal(HttpStatusCode.Found, next.StatusCode);
        Assert.NotEqual(id, await app.AccountIdAsync("leaver"));

        using var admin = await app.SignedInAsync("keeps-people", Roles.Admin);
        Assert.DoesNotContain(id.ToString(), await admin.ReadAsync("/people"), StringComparison.Ordinal);
        var roles = await admin.FillInAsync("/people", $"/people/{await app.AccountIdAsync("keeps-people")}/roles", ("roles", "admin"));
        using var revived = await admin.PostFormAsync($"/people/{id}/roles", [.. roles]);
        Assert.Equal(HttpStatusCode.NotFound, revived.StatusCode);
        await connection.ExecuteAsync("delete from account_role where role = 'admin'");
    }

    [Fact]
    public async Task Nobody_leaves_people_or_players_stranded()
    {
        using var host = await app.SignedInAsync("runs-a-game", Roles.Host);
        using var player = await Person.WhoStudiedAsync(app);
        await using var connection = await app.Database.OpenConnectionAsync(Cancel);
        await connection.ExecuteAsync(
            "update game set host_id = @me, ended_at = null, pin_until = @until where id = @Game",
            new { player.Game, me = await app.AccountIdAsync("runs-a-game"), until = app.Time.GetUtcNow().AddHours(4) });
        using var running = await host.SubmitAsync("/my-data", Path, ("password", TestAccounts.Password));
        Assert.Contains("你有一场比赛还开着", await running.TextAsync(), StringComparison.Ordinal);

        TestBrowser[] admins = [await app.SignedInAsync("admin-a", Roles.Admin), await app.SignedInAsync("admin-b", Roles.Admin)];
        var forms = await Task.WhenAll(admins.Select(admin => admin.FillInAsync("/my-data", Path, ("password", TestAccounts.Password))));
        var answers = await Task.WhenAll(admins.Zip(forms).Select(pair => pair.First.PostFormAsync(Path, [.. pair.Second])));
        Assert.Equal([HttpStatusCode.Found, HttpStatusCode.UnprocessableEntity], answers.Select(answer => answer.StatusCode).Order());
        foreach (var (admin, answer) in admins.Zip(answers).Where(pair => pair.Second.StatusCode == HttpStatusCode.Found)) await admin.ReadAsync(answer.Headers.Location!.ToString());
        Assert.Contains("你是最后一位管理员", await answers.Single(answer => answer.StatusCode != HttpStatusCode.Found).TextAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await connection.QuerySingleAsync<int>("select count(*)::int from account_role where role = 'admin'"));
        await connection.ExecuteAsync("delete from account_role where role = 'admin'");
    }
}
