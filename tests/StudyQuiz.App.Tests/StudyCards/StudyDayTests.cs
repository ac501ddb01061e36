using System.Net;
using Dapper;
using StudyQuiz.App.Tests.TakeSelfTest;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Tests.StudyCards;

/// <summary>What a day is told stays true while it is studied, undone, caught up with, and when an exam has passed.</summary>
public sealed class StudyDayTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Deck = $"/cards/{SelfTestBank.Slug}";

    [Fact]
    public async Task An_exam_that_has_passed_leaves_nothing_overdue()
    {
        using var learner = new CardLearner(app);
        var pack = await learner.PackAsync();
        await learner.RateAsync([.. pack.Cards.Select(card => learner.Review(card.Version, Rating.Easy))]);
        app.Time.Advance(TimeSpan.FromDays(20));
        await learner.RateAsync([.. pack.Cards.Select(card => learner.Review(card.Version, Rating.Easy))]);
        var free = (await learner.CardsAsync()).Select(card => card.DueDay).ToList();
        var exam = (await learner.PackAsync()).Days[5].Day;
        await SaveAsync(learner, ("exam", $"{exam:yyyy-MM-dd}"));
        Assert.All(await learner.CardsAsync(), card => Assert.Equal(exam, card.DueDay));

        // On its day all that was learned comes once more, the day after nothing does
        app.Time.Advance(TimeSpan.FromDays(5));
        pack = await learner.PackAsync();
        Assert.Equal((8, exam), (pack.ReviewsToday, pack.Scheduling.ExamDay));
        app.Time.Advance(TimeSpan.FromDays(1));
        Assert.DoesNotContain("用这个计划", WebUtility.HtmlDecode(await learner.Browser.ReadAsync(Deck)), StringComparison.Ordinal);
        Assert.Equal(free, (await learner.CardsAsync()).Select(card => card.DueDay));
        pack = await learner.PackAsync();
        Assert.Equal((0, 0, null), (pack.ReviewsToday, pack.Later, pack.Scheduling.ExamDay));

        // Another exam caps again, until it has passed too: here the pack is the first to look
        exam = exam.AddDays(4);
        await SaveAsync(learner, ("exam", $"{exam:yyyy-MM-dd}"));
        Assert.All(await learner.CardsAsync(), card => Assert.True(card.DueDay <= exam));
        app.Time.Advance(TimeSpan.FromDays(4));
        Assert.Equal(0, (await learner.PackAsync()).ReviewsToday);
        Assert.Equal(free, (await learner.CardsAsync()).Select(card => card.DueDay));
    }

    [Fact]
    public async Task Steps_left_over_from_yesterday_take_no_room_from_what_comes_back()
    {
        using var learner = new CardLearner(app);
        var cards = (await learner.PackAsync()).Cards;
        await learner.RateAsync([.. cards.Take(5).Select(card => learner.Review(card.Version, Rating.Easy))]);
        app.Time.Advance(TimeSpan.FromDays(40));
        await learner.RateAsync([.. cards.Skip(5).Select(card => learner.Review(card.Version, Rating.Again))]);
        await SaveAsync(learner, ("reviews", "3"));
        app.Time.Advance(TimeSpan.FromDays(1));
        await learner.RateAsync([.. cards.Skip(5).Select(card => learner.Review(card.Version, Rating.Good))]);
        var pack = await learner.PackAsync();
        Assert.Equal((3, 2), (pack.ReviewsToday, pack.Later));

        // What came back counts once, whatever it is answered on its steps
        await learner.RateAsync(learner.Review(cards[0].Version, Rating.Again));
        app.Time.Advance(TimeSpan.FromMinutes(10));
        await learner.RateAsync(learner.Review(cards[0].Version, Rating.Good));
        Assert.Equal((2, 2), ((pack = await learner.PackAsync()).ReviewsToday, pack.Later));
    }

    [Fact]
    public async Task An_undone_undo_counts_as_the_answer_that_it_gives_back()
    {
        using var learner = new CardLearner(app);
        var cards = (await learner.PackAsync()).Cards;
        await learner.RateAsync([.. cards.Select(card => learner.Review(card.Version, Rating.Easy))]);
        app.Time.Advance(TimeSpan.FromDays(40));
        await SaveAsync(learner, ("reviews", "3"));
        var (answer, undo) = (Guid.NewGuid(), Guid.NewGuid());
        await learner.RateAsync(learner.Review(cards[0].Version, Rating.Good, answer));
        Assert.Equal(2, (await learner.PackAsync()).ReviewsToday);
        await learner.RateAsync(learner.Undo(cards[0].Version, answer, undo));
        Assert.Equal(3, (await learner.PackAsync()).ReviewsToday);
        await learner.RateAsync(learner.Undo(cards[0].Version, undo));
        Assert.Equal(2, (await learner.PackAsync()).ReviewsToday);
    }

    [Fact]
    public async Task An_undone_answer_leaves_its_card_on_the_day_of_the_plan()
    {
        using var learner = new CardLearner(app);
        var cards = (await learner.PackAsync()).Cards;
        await learner.RateAsync([.. cards.Select(card => learner.Review(card.Version, Rating.Easy))]);
        app.Time.Advance(TimeSpan.FromDays(40));
        await SaveAsync(learner, ("reviews", "5"));
        using (await learner.Browser.SubmitAsync(Deck, Deck + "/plan")) { }
        var before = await PlanAsync(learner);
        Assert.Equal(8, before.Count);

        var last = cards.Single(card => card.Question == before[^1].Question);
        var answer = Guid.NewGuid();
        await learner.RateAsync(learner.Review(last.Version, Rating.Good, answer));
        Assert.Equal(before.SkipLast(1), await PlanAsync(learner));
        await learner.RateAsync(learner.Undo(last.Version, answer));
        Assert.Equal(before, await PlanAsync(learner));
    }

    private async Task<IReadOnlyList<(long Question, DateOnly Day)>> PlanAsync(CardLearner learner)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        return (await connection.QueryAsync<(long, DateOnly)>(
            "select question_id, planned_day from card where learner_id = @Id and planned_day is not null order by planned_day, question_id", new { learner.Id })).AsList();
    }

    private static async Task SaveAsync(CardLearner learner, params (string Name, string Value)[] fields)
    {
        using var saved = await learner.SaveAsync(fields);
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
    }
}
