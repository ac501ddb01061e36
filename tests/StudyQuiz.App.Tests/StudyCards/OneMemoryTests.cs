using Dapper;
using Microsoft.Extensions.DependencyInjection;
using StudyQuiz.App.Features.TakeSelfTest;
using StudyQuiz.App.Live;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Tests.Live;
using StudyQuiz.App.Tests.TakeSelfTest;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.StudyCards;

/// <summary>What is answered in a self-test or a game is remembered for the flashcards.</summary>
public sealed class OneMemoryTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_self_test_writes_what_was_answered_and_its_cards_come_no_sooner_than_tomorrow()
    {
        using var attempt = await Attempting.StartAsync(app, ("source", SelfTestBank.Slug));
        var asked = await attempt.AskedAsync();
        var (right, wrong) = (asked[0], asked[1]);
        await attempt.SaveAsync(right.Position, Attempting.Right(right), 1);
        await attempt.SaveAsync(wrong.Position, Wrong(wrong), 2);
        await attempt.HandInAsync();

        using var learner = new CardLearner(app, attempt.Browser);
        var pack = await learner.PackAsync();
        Assert.Equal(new (string, short?, string)[] { ("assessed", 1, "self_test"), ("assessed", 3, "self_test") }, (await learner.LogAsync()).Select(row => (row.Kind, row.Rating, row.Origin)).OrderBy(row => row.Rating));
        var cards = await learner.CardsAsync();
        Assert.Equal(2, cards.Count);
        Assert.All(cards, card => Assert.True(card.Phase == "review" && card.DueDay > new DateOnly(2026, 11, 24)));
        // They took no room of the day's new cards
        Assert.Equal(6, pack.NewToday);
    }

    [Fact]
    public async Task A_game_writes_its_players_answers_once_when_it_has_ended()
    {
        var game = await TestGame.OpenAsync(app);
        await using var connection = await app.Database.OpenConnectionAsync();
        var id = Guid.CreateVersion7();
        await connection.ExecuteAsync("insert into learner (id) values (@id)", new { id });
        var ming = (await game.Grain.TakeSeat(new Newcomer("小明", SecretToken.Hash("小明"), id))).Seat!.Value;
        var hong = await game.SeatAsync("小红");
        await game.UntilAsync(GamePhase.Open);
        await game.Grain.Answer(ming, 1, await game.KeyAsync());
        await game.Grain.Answer(hong, 1, await game.KeyAsync());
        await game.UntilAsync(GamePhase.Podium);

        var reviews = app.Services.GetRequiredService<GameReviews>();
        for (var i = 0; i < 2; i++) await reviews.WriteAsync(TestContext.Current.CancellationToken);
        await Until.TrueAsync(async () => await connection.QuerySingleAsync<bool>("select reviews_written_at is not null from game where id = @Id", new { game.Id }), "the game's reviews");
        Assert.Equal(
            [("assessed", (short?)3, "game")],
            await connection.QueryAsync<(string, short?, string)>("select kind, rating, origin from review where learner_id = @id", new { id }));
        Assert.Equal(1, await connection.QuerySingleAsync<int>("select count(*)::int from card where learner_id = @id and phase = 'review'", new { id }));
    }

    private static GivenAnswer Wrong(Asked asked) => asked.Question switch
    {
        TrueFalse statement => new Judged(!statement.Answer),
        Cloze => new Typed("不对的话"),
        SingleChoice => new Chosen([((Chosen)Attempting.Right(asked)).Options[0] == 0 ? 1 : 0]),
        MultipleChoice many => new Chosen([Enumerable.Range(0, many.Options.Count).First(shown => !((Chosen)Attempting.Right(asked)).Options.Contains(shown))]),
        Ordering order => new Ordered([.. ((Ordered)Attempting.Right(asked)).Items.Reverse()]),
        Matching pairs => new Paired([.. ((Paired)Attempting.Right(asked)).Rights.Reverse()]),
        _ => throw new NotSupportedException(),
    };
}
