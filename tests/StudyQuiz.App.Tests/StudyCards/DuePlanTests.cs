using Dapper;
using Microsoft.AspNetCore.Http;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.StudyCards;

/// <summary>The small form of StudyQuiz.Load's <c>cards</c>, which has 5,000,000 reviews and looks at times too.</summary>
public sealed class DuePlanTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task What_is_asked_of_20_000_reviews_to_find_the_due_cards_never_reads_a_whole_table()
    {
        var today = new DateOnly(2026, 11, 24);
        await using var connection = await app.Database.OpenConnectionAsync();
        var reviews = await StudiedBank.FillAsync(connection, new StudiedBankSize(Sources: 20, QuestionsPerSource: 100, Learners: 31, ReviewsPerCard: 5), today, isLarge: false);
        Assert.Equal(20_000, reviews);
        var learner = await connection.QueryFirstAsync<Guid>("select learner_id from card order by learner_id desc limit 1");
        var slug = await connection.QuerySingleAsync<string>("select s.slug from card c join question q on q.id = c.question_id join source s on s.id = q.source_id where c.learner_id = @learner limit 1", new { learner });
        var deck = (await Deck.FindAsync(connection, learner, slug))!;

        // few pages are read fastest one after another: what must be shown is that every table has an index that serves
        await connection.ExecuteAsync("set enable_seqscan = off");
        var heard = await ExecutedStatements.ListenAsync(connection);
        var due = await DeckCards.ComingAsync(connection, learner, deck, today, today.AddDays(DeckPack.Reach - 1));
        Assert.NotEmpty(due);
        await DeckCards.DoneAsync(connection, learner, deck.Source, today);
        await DeckCards.UnseenAsync(connection, learner, deck, today, 10);
        var ran = heard.Take();
        Assert.Equal(3, ran.Count);
        Assert.All(ran, statement => Assert.False(statement.ScansAll("review", "card", "question", "question_version", "question_mark"), statement.Plan));
        Assert.Contains("card_due", ran[0].Plan, StringComparison.Ordinal);
        Assert.Contains("review_day", ran[1].Plan, StringComparison.Ordinal);

        // The first learner has ten decks: asking for all of them takes no more statements than asking for one
        var busiest = await connection.QuerySingleAsync<Guid>("select learner_id from card group by learner_id order by count(*) desc limit 1");
        var now = await Today.OfAsync(connection, new DefaultHttpContext(), busiest, new DateTimeOffset(2026, 11, 24, 4, 0, 0, TimeSpan.Zero));
        var decks = await now.BegunAsync(connection, await Deck.AllAsync(connection, busiest));
        heard.Take();
        var all = await now.InAsync(connection, decks);
        Assert.Equal((10, 3), (all.Count, heard.Take().Count));
        foreach (var (many, alone) in all.Zip(decks))
        {
            var one = await now.InAsync(connection, alone);
            Assert.Equal((one.Reviews, one.New, one.Questions, one.Unseen), (many.Reviews, many.New, many.Questions, many.Unseen));
            Assert.Equal((await DeckCards.ComingAsync(connection, busiest, alone, today, today)).Select(card => card.Question).Order(), one.Come.Select(card => card.Id).Order());
            Assert.Equal((await DeckCards.AllAsync(connection, busiest, alone)).Select(card => card.Question).Order(), one.All.Select(card => card.Id).Order());
        }
    }
}
