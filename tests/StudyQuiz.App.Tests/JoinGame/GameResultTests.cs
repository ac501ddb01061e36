using System.Net;
using Dapper;
using StudyQuiz.App.Features.JoinGame;
using StudyQuiz.App.Tests.Live;
using StudyQuiz.Domain.Games;

namespace StudyQuiz.App.Tests.JoinGame;

public sealed class GameResultTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_player_comes_back_to_answers_keys_and_reasons_and_makes_cards_of_them_with_one_tap()
    {
        var game = await TestGame.OpenAsync(app);
        var view = await game.ViewAsync();
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var pin = await connection.QuerySingleAsync<string>("select pin from game where id = @Id", new { game.Id });
        using var browser = await TestPlayer.JoinAsync(app, pin, "一号");
        using var early = await browser.GetAsync(GameResult.PathOf(game.Id));
        Assert.Equal($"/play/{game.Id}", early.Headers.Location!.ToString());

        await game.UntilAsync(GamePhase.Open);
        app.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await game.Grain.Answer(1, 1, await game.WrongAsync())).Received);
        await game.UntilAsync(GamePhase.Podium);

        var page = WebUtility.HtmlDecode(await browser.ReadAsync(GameResult.PathOf(game.Id)));
        Assert.Contains(TestBank.Secret, page, StringComparison.Ordinal);
        Assert.Contains("把答错的 1 题变成闪卡", page, StringComparison.Ordinal);
        for (var i = 0; i < 2; i++)
        {
            using var kept = i == 0
                ? await browser.SubmitAsync(GameResult.PathOf(game.Id), $"/play/{game.Id}/cards")
                : await browser.PostFormAsync($"/play/{game.Id}/cards", [.. (await browser.FillInAsync("/self-test", "/self-test")).Where(field => field.Name.StartsWith("__", StringComparison.Ordinal))]);
            Assert.Equal(GameResult.PathOf(game.Id), kept.Headers.Location!.ToString());
        }

        Assert.Equal((1, 1), await connection.QuerySingleAsync<(int, int)>(
            "select count(*)::int, min(r.rating)::int from game_seat s join review r on r.learner_id = s.learner_id where s.game_id = @Id", new { game.Id }));
        Assert.Contains("已进你的记忆", WebUtility.HtmlDecode(await browser.ReadAsync(GameResult.PathOf(game.Id))), StringComparison.Ordinal);

        using var stranger = app.Browser();
        using var none = await stranger.GetAsync(GameResult.PathOf(game.Id));
        Assert.Equal(HttpStatusCode.Redirect, none.StatusCode);
    }

    [Fact]
    public async Task Who_passed_a_game_that_has_a_mark_gets_a_certificate_and_who_did_not_gets_none()
    {
        var game = await TestGame.OpenAsync(app);
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync("update game set pass_share = 0.5 where id = @Id", new { game.Id });
        var pin = await connection.QuerySingleAsync<string>("select pin from game where id = @Id", new { game.Id });
        using var good = await TestPlayer.JoinAsync(app, pin, "及格的");
        using var bad = await TestPlayer.JoinAsync(app, pin, "不及格的");
        await game.UntilAsync(GamePhase.Open);
        Assert.True((await game.Grain.Answer(1, 1, await game.KeyAsync())).Received);
        await game.UntilAsync(GamePhase.Podium);
        var result = WebUtility.HtmlDecode(await good.ReadAsync(GameResult.PathOf(game.Id)));
        Assert.Contains("data-passed=\"true\"", result, StringComparison.Ordinal);
        Assert.Contains("<dd>100</dd>", result, StringComparison.Ordinal);
        Assert.Contains("<dd>第 1 名，共 2 人</dd>", result, StringComparison.Ordinal);
        Assert.Contains("及格的", WebUtility.HtmlDecode(await good.ReadAsync($"/play/{game.Id}/certificate")), StringComparison.Ordinal);
        using var none = await bad.GetAsync($"/play/{game.Id}/certificate");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }
}
