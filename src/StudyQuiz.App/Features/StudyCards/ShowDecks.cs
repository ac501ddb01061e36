using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.StudyCards;

/// <summary>All decks: what today holds in each, and the banks that nobody has begun yet.</summary>
internal static class ShowDecks
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/cards", ShowAsync);

    private static async Task<IResult> ShowAsync(HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var today = await Today.OfAsync(connection, http, await learners.FindAsync(http), clock.Now);
        var decks = await Deck.AllAsync(connection, today.Learner);
        var begun = await today.BegunAsync(connection, decks);
        var lastDay = today.Learner is null ? null : await today.LastDayAsync(connection);
        var entries = (await today.InAsync(connection, begun)).Select(deck => Entry(today, deck, lastDay)).ToList();
        var fresh = await today.InAsync(connection, [.. decks.Except(begun)]);
        return Pages.Render<DecksPage>(new { Day = today.Day, today.Pace, Entries = (IReadOnlyList<DeckEntry>)entries, Fresh = (IReadOnlyList<FreshDeck>)[.. fresh.Select(deck => new FreshDeck(deck.Deck, deck.Questions))] });
    }

    private static DeckEntry Entry(Today today, DeckToday now, DateOnly? lastDay)
    {
        var deck = now.Deck;
        var fsrs = deck.Scheduling.Model();
        var bands = now.All.CountBy(card => Components.RecallBand.Of(Recall.Ahead(today.Day, card.Card, fsrs))).ToDictionary();
        var offer = CatchUpOffer.Of(now, today.Day, lastDay, CatchUpOffer.Choices[0]);
        return new DeckEntry(
            deck, now.Reviews, now.New, now.Answers, today.Pace.Minutes(now.Answers), now.Questions,
            [.. Enumerable.Range(1, Components.RecallBand.Count).Reverse().Select(band => (band, bands.GetValueOrDefault(band))), (0, now.Unseen)],
            NewCardsView.Of(now, today.Day) is { IsLifted: false },
            offer is null ? null : new OfferLine(today.Pace.Minutes(offer.Plan.MostADay), offer.Takes(today.Day), offer.Plan.Unfit, deck.ExamDay > today.Day));
    }
}

/// <summary>A deck that the learner has begun, as the list shows it.</summary>
/// <param name="Bands">How many cards are in each band of recall, the firmest first; those never answered last, in band 0.</param>
/// <param name="Answers">How many the day takes if each card is known.</param>
/// <param name="NewWait">Whether a plan or an exam has new cards wait.</param>
public sealed record DeckEntry(Deck Deck, int Reviews, int New, int Answers, int Minutes, int Questions, IReadOnlyList<(int Band, int Cards)> Bands, bool NewWait, OfferLine? Offer)
{
    public int Cards => Reviews + New;
}

/// <summary>A plan to catch up, in one sentence.</summary>
/// <param name="Minutes">It adds to a day, at the most.</param>
/// <param name="Unfit">Cards that find no room before the exam, or as far as a plan reaches.</param>
public sealed record OfferLine(int Minutes, int Days, int Unfit, bool EndsAtExam);

/// <summary>A bank that the learner has not begun.</summary>
public sealed record FreshDeck(Deck Deck, int Questions);
