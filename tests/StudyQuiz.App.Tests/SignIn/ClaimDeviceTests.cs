using System.Net;
using Dapper;
using StudyQuiz.App.Features.SignIn;
using StudyQuiz.App.Tests.StudyCards;
using StudyQuiz.App.Tests.TakeSelfTest;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Tests.SignIn;

/// <summary>What was done on a device before signing in joins an account that has a history of its own, when its owner says so.</summary>
public sealed class ClaimDeviceTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Reviews_of_both_sides_make_one_card_and_what_the_device_still_sends_arrives_there_too()
    {
        await SelfTestBank.SeedAsync(app.Database);
        using var atHome = new CardLearner(app, await app.SignedInAsync("lan"));
        var card = (await atHome.PackAsync()).Cards[0];
        await atHome.RateAsync(atHome.Review(card.Version, Rating.Good));

        using var attempt = await Attempting.StartAsync(app, ("source", SelfTestBank.Slug));
        using var device = new CardLearner(app, attempt.Browser);
        var other = (await device.PackAsync()).Cards.First(c => c.Question != card.Question);
        app.Time.Advance(TimeSpan.FromMinutes(15));
        await device.RateAsync(device.Review(card.Version, Rating.Good), device.Review(other.Version, Rating.Again));
        await device.SendAsync([], [new { id = Guid.NewGuid(), question = other.Question, at = app.Time.GetUtcNow(), favourite = true }]);
        await using (var stored = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            await stored.ExecuteAsync("insert into learner_weights (learner_id, model, weights, fitted_at, reviews, log_loss_before, log_loss_after) values (@Id, 'FSRS-6', @weights, now(), 500, 0.7, 0.6)", new { device.Id, weights = FsrsWeights.Default.Values.ToArray() });
            await stored.ExecuteAsync("update card set planned_day = '2026-11-28', plan_day = '2026-11-28', plan_after = last_at where learner_id = @Id and question_id = @Question", new { device.Id, other.Question });
        }

        using (var signedIn = await device.Browser.TrySignInAsync("lan")) Assert.Equal(HttpStatusCode.Found, signedIn.StatusCode);

        // Nothing joins by itself: the device may be somebody else's
        Assert.Single(await atHome.LogAsync());
        Assert.Contains("并入这个账号", await device.Browser.ReadAsync("/account"), StringComparison.Ordinal);
        for (var i = 0; i < 2; i++)
        {
            if (!(await device.Browser.ReadAsync("/account")).Contains("action=\"/account/claim\"", StringComparison.Ordinal)) break;
            using var claimed = await device.Browser.SubmitAsync("/account", "/account/claim");
            Assert.Equal("/account?claimed=1", claimed.Headers.Location!.ToString());
        }

        Assert.DoesNotContain("action=\"/account/claim\"", await device.Browser.ReadAsync("/account"), StringComparison.Ordinal);
        Assert.Equal(3, (await atHome.LogAsync()).Count);
        var cards = await atHome.CardsAsync();
        Assert.Equal((2, "review"), cards.Where(c => c.Question == card.Question).Select(c => (c.Reviews, c.Phase)).Single());
        Assert.Contains((await atHome.PackAsync()).Cards, c => c.Question == other.Question && c.IsFavourite && c.Day == new DateOnly(2026, 11, 28));

        var deviceLearner = device.Id;
        var (status, _) = await device.SendAsync([device.Review(other.Version, Rating.Good)], learner: deviceLearner);
        Assert.Equal((HttpStatusCode.OK, 4), (status, (await atHome.LogAsync()).Count));

        // The device's cookie is spent: signed out it begins anew
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await connection.QuerySingleAsync<int>("select count(*)::int from review where learner_id = @deviceLearner", new { deviceLearner }));
        Assert.Equal(500, await connection.QuerySingleAsync<int>("select reviews from learner_weights where learner_id = @Id", new { atHome.Id }));
        Assert.Equal(atHome.Id, await connection.QuerySingleAsync<Guid>("select learner_id from attempt where id = @Id", new { attempt.Id }));
    }

    [Fact]
    public async Task A_claim_waits_for_an_answer_that_is_being_saved_and_never_the_other_way_round()
    {
        using var atHome = new CardLearner(app, await app.SignedInAsync("claims-meanwhile"));
        using var attempt = await Attempting.StartAsync(app, ("source", SelfTestBank.Slug), ("mode", "practice"));
        await atHome.PackAsync();
        using (await attempt.Browser.TrySignInAsync("claims-meanwhile")) { }
        var form = await attempt.Browser.FillInAsync("/account", "/account/claim");

        // As saving does: the attempt is held, and then its learner. The claim must not hold the learner while it waits
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var saving = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        var learner = await connection.QuerySingleAsync<Guid>("select learner_id from attempt where id = @Id for update", new { attempt.Id });
        var claiming = attempt.Browser.PostFormAsync("/account/claim", [.. form]);
        await app.SomebodyWaitsAsync();
        await connection.ExecuteAsync("set local lock_timeout = '5s'");
        await connection.ExecuteAsync("select 1 from learner where id = @learner for no key update", new { learner });
        await saving.CommitAsync(TestContext.Current.CancellationToken);
        using (var claimed = await claiming) Assert.Equal(HttpStatusCode.Found, claimed.StatusCode);
        Assert.Equal(atHome.Id, await connection.QuerySingleAsync<Guid>("select learner_id from attempt where id = @Id", new { attempt.Id }));
    }

    [Fact]
    public async Task An_answer_that_was_on_its_way_when_its_history_went_to_an_account_is_remembered_there()
    {
        using var atHome = new CardLearner(app, await app.SignedInAsync("gets-the-answer"));
        using var attempt = await Attempting.StartAsync(app, ("source", SelfTestBank.Slug), ("mode", "practice"));
        await atHome.PackAsync();
        using (await attempt.Browser.TrySignInAsync("gets-the-answer")) { }
        var asked = await attempt.AskedAsync<SingleChoice>();

        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var claiming = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        var learner = await connection.QuerySingleAsync<Guid>("select learner_id from attempt where id = @Id for update", new { attempt.Id });
        var saving = attempt.SaveAsync(asked.Position, Attempting.Right(asked));
        await app.SomebodyWaitsAsync();
        Assert.True(await MergeLearners.MoveAsync(connection, learner, atHome.Id));
        await claiming.CommitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, (await saving).Status);
        Assert.Equal([atHome.Id], await connection.QueryAsync<Guid>("select r.learner_id from review r where r.question_version_id = @Version and r.learner_id in (@learner, @Id)", new { asked.Version, learner, atHome.Id }));
    }

    [Fact]
    public async Task Nobody_claims_a_device_that_is_not_theirs()
    {
        await SelfTestBank.SeedAsync(app.Database);
        using var device = new CardLearner(app);
        var card = (await device.PackAsync()).Cards[0];
        await device.RateAsync(device.Review(card.Version, Rating.Good));
        using var thief = new CardLearner(app, await app.SignedInAsync("thief"));
        await thief.PackAsync();
        var token = (await thief.Browser.FillInAsync("/account", "/sign-out")).Single(field => field.Name == "__RequestVerificationToken");
        using var claimed = await thief.Browser.PostFormAsync("/account/claim", token, ("learner", device.Id.ToString()));
        Assert.Empty(await thief.LogAsync());
        Assert.Single(await device.LogAsync());
    }
}
