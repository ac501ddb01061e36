using Dapper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using StudyQuiz.App.Features.MyData;
using StudyQuiz.App.Features.ReadReports;
using StudyQuiz.App.Live;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Tests.Live;
using StudyQuiz.Domain.Games;

namespace StudyQuiz.App.Tests.MyData;

public sealed class ForgetGameNamesTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

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
        Assert.Equal(0, await soon.RunAsync(Cancel));
        Assert.Equal("王芳", (await ReportAsync(game)).Name);
        app.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(0, await usual.RunAsync(Cancel));
        Assert.Equal(1, await soon.RunAsync(Cancel));
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
