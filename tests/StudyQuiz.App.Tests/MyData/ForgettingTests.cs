using Dapper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using StudyQuiz.App.Features.MyData;
using StudyQuiz.App.Features.ReadReports;
using StudyQuiz.App.Live;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Tests.Live;
using StudyQuiz.App.Tests.StudyCards;
using StudyQuiz.Domain.Games;

namespace StudyQuiz.App.Tests.MyData;

/// <summary>What is forgotten by itself: whose an unclaimed history was, and what players were called.</summary>
public sealed class ForgettingTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ForgetUnclaimed Job => app.Services.GetRequiredService<ForgetUnclaimed>();

    [Fact]
    public async Task After_half_a_year_away_what_was_done_is_nobodys_and_goes_on_counting()
    {
        await using var connection = await app.Database.OpenConnectionAsync(Cancel);
        await connection.ExecuteAsync("delete from learner_device"); // those of other tests
        using var away = await Person.WhoStudiedAsync(app);
        using var faithful = await Person.WhoStudiedAsync(app);
        using var owner = await Person.WhoStudiedAsync(app);
        (await owner.Browser.TrySignUpAsync("stays-mine")).Dispose();
        var before = await away.RowsAsync();

        app.Time.Advance(ForgetUnclaimed.After - TimeSpan.FromDays(1));
        Assert.Equal(0, await Job.RunAsync(Cancel));
        await faithful.Browser.ReadAsync("/my-data");
        app.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await Job.RunAsync(Cancel));
        Assert.Equal(0, await Job.RunAsync(Cancel));

        var after = await away.RowsAsync();
        Assert.All(before, row => Assert.Equal(row.Key == "learner_device" ? 0 : row.Value, after[row.Key]));
        var told = await connection.QuerySingleAsync<(long Notes, long Words, long Names)>(
            """
            select (select count(*) from question_mark where learner_id = @Id and note is not null), (select count(*) from question_flag where learner_id = @Id and words is not null),
              (select count(*) from game_seat where learner_id = @Id and nickname <> '—')
            """,
            new { away.Id });
        Assert.Equal((0, 0, 0), told);

        // The browser begins anew, and does not become who it was; the others are who they were
        Assert.Contains("这里还没有你的任何记录", await away.Browser.ReadAsync("/my-data"), StringComparison.Ordinal);
        Assert.Contains("作答记录 2 条", await faithful.Browser.ReadAsync("/my-data"), StringComparison.Ordinal);
        (await owner.Browser.TrySignInAsync("stays-mine")).Dispose(); // sessions do not last so long
        Assert.Contains("作答记录 2 条", await owner.Browser.ReadAsync("/my-data"), StringComparison.Ordinal);
        Assert.True(await app.Services.GetRequiredService<Learners>().IsNobodysAsync(faithful.Id, Cancel));
        Assert.False(await app.Services.GetRequiredService<Learners>().IsNobodysAsync(away.Id, Cancel));
    }

    [Fact]
    public async Task Of_two_browsers_of_a_learner_one_that_comes_is_enough()
    {
        using var one = new CardLearner(app);
        await one.PackAsync();
        using var made = await one.Browser.SubmitAsync("/continue", "/continue/new");
        var link = (await made.TextAsync()).Split("id=\"link\" readonly value=\"")[1].Split('"')[0];
        using var two = new CardLearner(app);
        (await two.Browser.GetAsync(new Uri(link).AbsolutePath)).Dispose();
        (await two.Browser.SubmitAsync("/continue/join", "/continue/join")).Dispose();
        await two.PackAsync();
        Assert.Equal(one.Id, two.Id);

        app.Time.Advance(ForgetUnclaimed.After - TimeSpan.FromDays(1));
        await two.PackAsync();
        app.Time.Advance(TimeSpan.FromDays(2));
        await Job.RunAsync(Cancel);
        await two.PackAsync();
        Assert.Equal(one.Id, two.Id);
        await one.PackAsync();
        Assert.NotEqual(one.Id, two.Id);
    }

    [Fact]
    public async Task More_than_a_batch_is_forgotten_in_one_go()
    {
        await using var connection = await app.Database.OpenConnectionAsync(Cancel);
        await connection.ExecuteAsync(
            """
            with made as (insert into learner (id, created_at) select gen_random_uuid(), '2000-01-01' from generate_series(1, @number) returning id)
            insert into learner_device (token_hash, learner_id, seen_at) select sha256(id::text::bytea), id, '2000-01-01' from made
            """,
            new { number = ForgetUnclaimed.ABatch * 2 + 1 });
        await Job.RunAsync(Cancel);
        Assert.Equal((ForgetUnclaimed.ABatch * 2 + 1, 0), await connection.QuerySingleAsync<(int, int)>(
            "select count(*) filter (where anonymised_at is not null)::int, (select count(*)::int from learner_device where seen_at = '2000-01-01') from learner where created_at = '2000-01-01'"));
    }

    [Fact]
    public async Task A_year_after_a_game_its_report_knows_seats_and_no_names()
    {
        var game = await TestGame.OpenAsync(app, rounds: 1, new GameOptions { Identity = PlayerIdentity.Roster }, roster: "王芳\t203\t二班\n李雷\t204\t三班");
        var seated = await game.Grain.TakeSeat(new Newcomer("王芳", SecretToken.Hash("王芳" + game.Id), Code: "203"));
        await game.UntilAsync(GamePhase.Open);
        await game.Grain.Answer(seated.Seat!.Value, 1, await game.KeyAsync());
        await game.UntilAsync(GamePhase.Podium);

        var usual = app.Services.GetRequiredService<ForgetGameNames>();
        var soon = Configured("30");
        app.Time.Advance(TimeSpan.FromDays(29));
        await soon.RunAsync(Cancel);
        app.Time.Advance(TimeSpan.FromDays(2));
        await usual.RunAsync(Cancel);
        Assert.Equal("王芳", (await ReportAsync(game)).Name);
        Assert.NotEqual(0, await soon.RunAsync(Cancel));
        Assert.Equal(0, await soon.RunAsync(Cancel));

        var person = await ReportAsync(game);
        Assert.Equal(("#1", null, 1m), (person.Name, person.Unit, person.Score));
        await using var connection = await app.Database.OpenConnectionAsync(Cancel);
        Assert.Equal((0, 0), await connection.QuerySingleAsync<(int, int)>(
            "select (select count(*)::int from game_roster where game_id = @Id), (select count(*)::int from game_seat where game_id = @Id and (nickname = '王芳' or unit is not null or code is not null))", new { game.Id }));

        Assert.Equal(365, usual.After.TotalDays);
        Assert.Contains("Names__KeptDays", Assert.Throws<SettingException>(() => Configured("never")).Message, StringComparison.Ordinal);
    }

    private ForgetGameNames Configured(string days) => new(
        app.Database, app.Services.GetRequiredService<Clock>(), new ConfigurationBuilder().AddInMemoryCollection([new("Names:KeptDays", days)]).Build(), NullLogger<ForgetGameNames>.Instance);

    private async Task<ReportPerson> ReportAsync(TestGame game)
    {
        await using var connection = await app.Database.OpenConnectionAsync(Cancel);
        return Assert.Single((await GameReport.FindAsync(connection, app.Services.GetRequiredService<GameLoading>(), game.Id, game.Host))!.People);
    }
}
