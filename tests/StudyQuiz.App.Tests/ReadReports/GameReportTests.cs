using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using StudyQuiz.App.Features.HostGame;
using StudyQuiz.App.Features.ReadReports;
using StudyQuiz.App.Live;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Tests.Live;
using StudyQuiz.App.Tests.TakeSelfTest;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Tests.ReadReports;

public sealed class GameReportTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_report_counts_what_everyone_did_and_is_its_hosts_alone()
    {
        var (host, game) = await PlayedAsync("reports");
        var report = await FindAsync(host, game);
        Assert.Equal((3, 2m, 2), (report.People.Count, report.Full, report.Questions.Count));
        Assert.Equal([2m, 1m, 0m], report.People.Select(person => person.Score));
        Assert.Equal(["甲", "乙", "丙"], report.People.Select(person => person.Name));
        var first = report.Questions[0];
        Assert.Equal((2, 1, 0), (first.Of(Outcome.Right), first.Of(Outcome.Wrong), first.Of(Outcome.Unanswered)));
        Assert.Equal(2, first.Picks[0]);
        Assert.Equal(1, report.Questions[1].Of(Outcome.Unanswered));
        Assert.Equal(5, report.Answers);
        Assert.All(report.Questions, question => Assert.Equal(TimeSpan.FromSeconds(2), question.Median));

        using var browser = await SignInAsync("reports");
        var page = WebUtility.HtmlDecode(await browser.ReadAsync(GameReport.PathOf(game)));
        Assert.Contains("67%", page, StringComparison.Ordinal);
        Assert.Contains("甲", await browser.ReadAsync(GameReport.PathOf(game) + "?view=people"), StringComparison.Ordinal);
        Assert.Contains("甲", await browser.ReadAsync(GameReport.PathOf(game) + "/print"), StringComparison.Ordinal);
        using var other = await app.SignedInAsync("reads-others", Roles.Host);
        foreach (var path in new[] { "", "/print", ".csv", ".xlsx", ".json" })
        {
            using var foreign = await other.GetAsync(GameReport.PathOf(game) + path);
            Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        }
    }

    [Fact]
    public async Task A_report_is_downloaded_as_csv_xlsx_and_json()
    {
        var (_, game) = await PlayedAsync("downloads");
        using var browser = await SignInAsync("downloads");
        using var csv = await browser.GetAsync(GameReport.PathOf(game) + ".csv");
        var lines = (await csv.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.Contains("甲", lines[1], StringComparison.Ordinal);
        Assert.Equal("private, no-store", csv.Headers.CacheControl!.ToString().Replace("no-store, private", "private, no-store", StringComparison.Ordinal));

        using var xlsx = await browser.GetAsync(GameReport.PathOf(game) + ".xlsx");
        await using var archive = new ZipArchive(await xlsx.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Equal(2, archive.Entries.Count(entry => entry.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal)));
        using var json = await browser.GetAsync(GameReport.PathOf(game) + ".json");
        var root = await json.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal((2, 3), (root.GetProperty("questions").GetArrayLength(), root.GetProperty("people").GetArrayLength()));
    }

    [Fact]
    public async Task Polls_are_counted_by_option_on_the_page_on_paper_and_in_files()
    {
        var game = await TestGame.OpenEveryTypeAsync(app);
        var seats = new List<int>();
        foreach (var name in (string[])["甲", "乙", "丙"]) seats.Add(await game.SeatAsync(name));
        while (await game.ViewAsync() is not { Phase: GamePhase.Open, Question.Type: "poll" }) await game.GoOnAsync();
        var round = (await game.ViewAsync()).Round;
        foreach (var (i, seat) in seats.Index()) await game.Grain.Answer(seat, round, new Chosen([i == 0 ? 0 : 1]));
        await game.Grain.Lead(game.Host, new RemoveSeat(seats[2], Ban: false));
        await game.UntilAsync(GamePhase.Podium);

        var poll = Assert.Single((await FindAsync(game.Host, game.Id)).Polls);
        Assert.Equal((round, "午饭吃什么？"), (poll.Round, poll.Title));
        Assert.Equal([("面", 1), ("饭", 1)], poll.Options.Select(option => (option.Text, option.Count)));
        using var browser = await app.SignedInAsync("polls", Roles.Host);
        await using (var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            await connection.ExecuteAsync("update game set host_id = (select id from account where user_name = 'polls') where id = @Id", new { game.Id });
        }

        foreach (var path in (string[])["", "/print", ".json"]) Assert.Contains("午饭吃什么", WebUtility.HtmlDecode(await browser.ReadAsync(GameReport.PathOf(game.Id) + path)), StringComparison.Ordinal);
        Assert.Contains($"{round},午饭吃什么？,面,1,0.5", await browser.ReadAsync(GameReport.PathOf(game.Id) + "/polls.csv"), StringComparison.Ordinal);
        using var xlsx = await browser.GetAsync(GameReport.PathOf(game.Id) + ".xlsx");
        await using var archive = new ZipArchive(await xlsx.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Equal(3, archive.Entries.Count(entry => entry.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_accepted_appeal_changes_the_report_and_not_the_podium()
    {
        var (host, game) = await PlayedAsync("corrects");
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var (version, wrong) = await connection.QuerySingleAsync<(long, int)>(
            """
            select r.question_version_id, (a.answer -> 'options' ->> 0)::int
            from game_round r join game_answer a using (game_id, round) join game_seat s using (game_id, seat)
            where r.game_id = @game and r.round = 1 and s.nickname = '丙'
            """,
            new { game });

        // Somebody gives the same answer alone and appeals, an editor accepts
        using var attempt = await Attempting.StartAsync(app, ("source", TestBank.Slug), ("type", "single_choice"));
        var asked = (await attempt.AskedAsync()).Single(one => one.Version == version);
        await attempt.SaveAsync(asked.Position, asked.Presentation.ToShown(new Chosen([wrong])));
        await attempt.HandInAsync();
        using (await attempt.Browser.SubmitAsync($"{attempt.Path}/result", $"{attempt.Path}/answers/{asked.Position}/appeal", ("words", ""))) { }
        var appeal = await connection.QuerySingleAsync<long>("select id from appeal where question_version_id = @version and state = 'open'", new { version });
        using var editor = await app.SignedInAsync("corrects-keys", Roles.Editor);
        using (var decided = await editor.SubmitAsync("/appeals", $"/appeals/{appeal}", ("ruling", "counts"), ("reason", ""))) Assert.Contains("done=accepted", decided.Headers.Location!.ToString(), StringComparison.Ordinal);

        var report = await FindAsync(host, game);
        var last = report.People.Single(person => person.Name == "丙");
        Assert.Equal((1m, 0m, 0), (last.Score, last.Before!.Value, last.Points!.Value));
        Assert.Contains("Flag.Corrected", report.Questions[0].Flags);
        using var browser = await SignInAsync("corrects");
        var page = WebUtility.HtmlDecode(await browser.ReadAsync(GameReport.PathOf(game) + "?view=people"));
        Assert.Contains("更正前 0", page, StringComparison.Ordinal);
        Assert.Contains("颁奖名次不变", page, StringComparison.Ordinal);
        await connection.ExecuteAsync("delete from key_correction; update question set current_version_id = @version from question_version v where v.id = @version and question.id = v.question_id", new { version });
    }

    [Fact]
    public async Task A_game_is_run_again_and_kept_as_a_quiz_by_its_host_alone()
    {
        var (host, game) = await PlayedAsync("repeats");
        using var browser = await SignInAsync("repeats");
        using var again = await browser.SubmitAsync(GameReport.PathOf(game), $"/host/{game}/again");
        var copy = Guid.Parse(again.Headers.Location!.ToString().Split('/')[^1]);
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        async Task<IEnumerable<long>> AskedAsync(Guid of) => await connection.QueryAsync<long>("select question_version_id from game_round where game_id = @of order by round", new { of });
        Assert.Equal(await AskedAsync(game), await AskedAsync(copy));
        Assert.Equal(host, await connection.QuerySingleAsync<Guid>("select host_id from game where id = @copy and ended_at is null", new { copy }));

        using var kept = await browser.SubmitAsync("/host", $"/host/{game}/keep");
        var quiz = Guid.Parse(kept.Headers.Location!.ToString().Split('/')[^1]);
        Assert.Equal(2, await connection.QuerySingleAsync<int>("select count(*)::int from quiz_item where quiz_id = @quiz and not drawn", new { quiz }));
        Assert.Contains(GameReport.PathOf(game), await browser.ReadAsync("/host"), StringComparison.Ordinal);

        using var other = await app.SignedInAsync("repeats-others", Roles.Host);
        var token = (await other.FillInAsync("/host", "/host")).First(field => field.Name.StartsWith("__", StringComparison.Ordinal));
        foreach (var act in new[] { "again", "keep" })
        {
            using var foreign = await other.PostFormAsync($"/host/{game}/{act}", token, ("id", Guid.CreateVersion7().ToString()));
            Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        }
    }

    private async Task<Report> FindAsync(Guid host, Guid game)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        return (await GameReport.FindAsync(connection, app.Services.GetRequiredService<GameLoading>(), game, host))!;
    }

    private async Task<TestBrowser> SignInAsync(string name)
    {
        var browser = app.Browser();
        using var signedIn = await browser.TrySignInAsync(name);
        return browser;
    }

    // 甲 has both right, 乙 one of two, 丙 answers once and wrong; each after two seconds
    private async Task<(Guid Host, Guid Game)> PlayedAsync(string name)
    {
        using var browser = await app.SignedInAsync(name, Roles.Host);
        var host = await app.AccountIdAsync(name);
        await using (var connection = await app.Database.OpenConnectionAsync())
        {
            if (!await connection.QuerySingleAsync<bool>("select exists (select 1 from source where slug = @Slug)", new { TestBank.Slug })) await TestBank.SeedAsync(app.Database, 10);
        }

        var id = Guid.CreateVersion7();
        Assert.True(await app.Services.GetRequiredService<OpenGame>().RunAsync(id, host, TestBank.Slug, 2, [], new GameOptions(), seed: id.GetHashCode()));
        var game = new TestGame(id, host, app);
        var seats = new Dictionary<string, int>();
        foreach (var player in new[] { "甲", "乙", "丙" }) seats[player] = await game.SeatAsync(player);
        for (var round = 1; round <= 2; round++)
        {
            await game.UntilAsync(GamePhase.Open);
            app.Time.Advance(TimeSpan.FromSeconds(2));
            var (right, wrong) = (await game.KeyAsync(), await game.WrongAsync());
            await game.Grain.Answer(seats["甲"], round, right);
            await game.Grain.Answer(seats["乙"], round, round == 1 ? right : wrong);
            if (round == 1) await game.Grain.Answer(seats["丙"], round, wrong);
            await game.UntilAsync(GamePhase.Board);
            await game.GoOnAsync();
        }

        Assert.Equal(GamePhase.Podium, (await game.ViewAsync()).Phase);
        return (host, id);
    }
}
