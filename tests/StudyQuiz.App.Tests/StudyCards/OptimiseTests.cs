using System.Net;
using Dapper;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.Domain.Scheduling;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.StudyCards;

/// <summary>Scheduling fitted to a learner's own reviews, over HTTP.</summary>
public sealed class OptimiseTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Address = "/cards/optimise";

    [Fact]
    public async Task Who_has_done_nothing_finds_the_defaults_and_begins_nothing()
    {
        using var browser = app.Browser();
        var before = await CountAsync("learner");
        Assert.Contains("默认参数。", WebUtility.HtmlDecode(await browser.ReadAsync(Address)), StringComparison.Ordinal);
        using var sent = await browser.SubmitAsync(Address, Address);
        Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
        Assert.Equal(before, await CountAsync("learner"));
    }

    [Fact]
    public async Task Too_few_reviews_change_nothing_and_the_page_says_so()
    {
        using var learner = new CardLearner(app);
        var card = (await learner.PackAsync()).Cards[0];
        await learner.RateAsync(learner.Review(card.Version, Rating.Good));
        var text = await FitAsync(learner);
        Assert.Contains("可用于拟合的复习有 0 次", text, StringComparison.Ordinal);
        Assert.Contains("默认参数。", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weights_that_predict_better_are_kept_used_everywhere_and_can_be_given_up_again()
    {
        using var learner = new CardLearner(app);
        var pack = await learner.PackAsync();
        await ForgetOftenAsync(learner, pack);
        var before = await learner.CardsAsync();

        var text = await FitAsync(learner);
        Assert.Contains("已采用新的参数", text, StringComparison.Ordinal);
        Assert.Contains("你自己的参数", text, StringComparison.Ordinal);
        var own = (await learner.PackAsync()).Scheduling.Weights;
        Assert.NotEqual(FsrsWeights.Default.Values, own);
        Assert.Equal(FsrsWeights.Count, own.Count);
        var fitted = await learner.CardsAsync();
        Assert.NotEqual(before.Select(card => card.Stability), fitted.Select(card => card.Stability));
        Assert.Equal(before.Select(card => card.Reviews), fitted.Select(card => card.Reviews));
        await using (var connection = await app.Database.OpenConnectionAsync())
        {
            var stored = (await LearnerWeights.FindAsync(connection, learner.Id))!;
            Assert.True(stored.After < stored.Before);
        }

        // somebody else's cards go by the defaults
        using var other = new CardLearner(app);
        Assert.Equal(FsrsWeights.Default.Values, (await other.PackAsync()).Scheduling.Weights);

        // the weights outlive the host, and the page still tells what they are
        await app.RestartAsync();
        Assert.Contains("你自己的参数", WebUtility.HtmlDecode(await ReadAgainAsync(learner)), StringComparison.Ordinal);
        using var again = Again(learner);
        using var sent = await again.SubmitAsync(Address, Address + "/default");
        Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
        Assert.Contains("默认参数。", WebUtility.HtmlDecode(await again.ReadAsync(Address)), StringComparison.Ordinal);
        Assert.Equal(before, await learner.CardsAsync());
    }

    [Fact]
    public async Task A_run_that_is_stopped_stores_nothing_who_waits_can_leave_the_queue_and_both_can_begin_again()
    {
        using var learner = new CardLearner(app);
        await ForgetOftenAsync(learner, await learner.PackAsync());
        using var other = new CardLearner(app);
        await other.PackAsync();

        // Weights cannot be stored while the learner is locked: the run is on, however fast it computes
        await using (var connection = await app.Database.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await connection.ExecuteAsync("select 1 from learner where id = @Id for no key update", new { learner.Id }, transaction);
            using (await learner.Browser.SubmitAsync(Address, Address)) { }
            var running = WebUtility.HtmlDecode(await learner.Browser.ReadAsync(Address));
            Assert.Contains("<progress", running, StringComparison.Ordinal);
            Assert.DoesNotContain("开始计算", running, StringComparison.Ordinal);

            using (await other.Browser.SubmitAsync(Address, Address)) { }
            Assert.Contains("正在排队", WebUtility.HtmlDecode(await other.Browser.ReadAsync(Address)), StringComparison.Ordinal);
            using (await other.Browser.SubmitAsync(Address, Address + "/cancel")) { }
            Assert.Contains("计算已停止", WebUtility.HtmlDecode(await other.Browser.ReadAsync(Address)), StringComparison.Ordinal);
            Assert.Contains("<progress", await learner.Browser.ReadAsync(Address), StringComparison.Ordinal);

            using (await learner.Browser.SubmitAsync(Address, Address + "/cancel")) { }
        }

        await Until.TrueAsync(
            async () => WebUtility.HtmlDecode(await learner.Browser.ReadAsync(Address)).Contains("计算已停止，没有改变任何东西", StringComparison.Ordinal), "the run has stopped");
        Assert.Equal(FsrsWeights.Default.Values, (await learner.PackAsync()).Scheduling.Weights);

        Assert.Contains("已采用新的参数", await FitAsync(learner), StringComparison.Ordinal);
        Assert.Contains("可用于拟合的复习有 0 次", await FitAsync(other), StringComparison.Ordinal);
    }

    private static async Task<string> FitAsync(CardLearner learner)
    {
        using var sent = await learner.Browser.SubmitAsync(Address, Address);
        Assert.Equal((HttpStatusCode.Found, Address), (sent.StatusCode, sent.Headers.Location?.OriginalString));
        var text = "";
        await Until.TrueAsync(
            async () => !(text = WebUtility.HtmlDecode(await learner.Browser.ReadAsync(Address))).Contains("<progress", StringComparison.Ordinal) && !text.Contains("正在排队", StringComparison.Ordinal),
            "the fit is over");
        return text;
    }

    // Every card is asked daily for 70 days and forgotten every second time, which the defaults do not expect
    private async Task ForgetOftenAsync(CardLearner learner, DeckPack pack)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        for (var day = 0; day < 70; day++)
        {
            var at = app.Time.GetUtcNow().AddDays(day - 80);
            await connection.ExecuteAsync(
                """
                insert into review (learner_id, client_id, question_id, fork, question_version_id, kind, rating, origin, reviewed_at, received_at, day)
                select @learner, gen_random_uuid(), v.question_id, v.fork, v.id, 'rated', case when (v.question_id + @day) % 2 = 0 then 1 else 3 end, 'cards', @at, @at, @on
                from question_version v where v.id = any(@versions)
                """,
                new { learner = learner.Id, day, at = at.UtcDateTime, on = DateOnly.FromDateTime(at.UtcDateTime), versions = pack.Cards.Select(card => card.Version).ToArray() });
        }

        await CardLog.RebuildAllAsync(connection, learner.Id);
        await transaction.CommitAsync();
    }

    // The host has another port after a restart
    private TestBrowser Again(CardLearner learner)
    {
        var browser = app.Browser();
        foreach (Cookie cookie in learner.Browser.Cookies.GetAllCookies()) browser.Cookies.Add(new Cookie(cookie.Name, cookie.Value, "/", app.Address.Host));
        return browser;
    }

    private async Task<string> ReadAgainAsync(CardLearner learner)
    {
        using var browser = Again(learner);
        return await browser.ReadAsync(Address);
    }

    private async Task<long> CountAsync(string table)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        return await connection.QuerySingleAsync<long>($"select count(*) from {table}");
    }
}
