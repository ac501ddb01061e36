using Dapper;
using Npgsql;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.Home;

/// <summary>The cards that today brings back, over all decks.</summary>
/// <param name="Cards">New ones among them, where any come back.</param>
/// <param name="Study">Where reviewing begins.</param>
/// <param name="First">Those that come first, fronts only.</param>
public sealed record DueCards(int Cards, int Minutes, string Study, IReadOnlyList<DueCard> First)
{
    private const int MostShown = 5;

    /// <returns>Null where no card comes back today.</returns>
    internal static async Task<DueCards?> OfAsync(NpgsqlConnection connection, Today today)
    {
        var decks = await today.InAsync(connection, await today.BegunAsync(connection, await Deck.AllAsync(connection, today.Learner)));
        if (decks.FirstOrDefault(deck => deck.Reviews > 0) is not { } first) return null;

        var cards = decks.Sum(deck => deck.Cards);
        var shown = decks.SelectMany(deck => deck.Day.OnSteps.Concat(deck.Day.Reviews).Select(card => (Card: card, deck.Deck)))
            .Take(MostShown).ToDictionary(one => one.Card.Id);
        var fronts = await connection.QueryAsync<(long Question, string Stem, string KeyPoint)>(
            """
            select q.id, v.body ->> 'stem', k.heading
            from question q join question_version v on v.id = q.current_version_id join key_point k on k.id = q.key_point_id
            where q.id = any(@questions)
            """,
            new { questions = shown.Keys.ToArray() });
        return new DueCards(
            cards, today.Pace.Minutes(decks.Sum(deck => deck.Answers)), first.Deck.Study,
            [
                .. fronts.Select(front => (front, shown[front.Question].Card.Card, shown[front.Question].Deck))
                    .Select(one => new DueCard(
                        one.front.Stem, one.front.KeyPoint, one.Deck.Language, Recall.On(today.Day, one.Card, one.Deck.Scheduling.Model()), today.Day.DayNumber - one.Card.LastDay!.Value.DayNumber))
                    .OrderBy(card => card.Recall),
            ]);
    }
}

/// <summary>A card that today brings back.</summary>
/// <param name="Recall">Predicted for today.</param>
public sealed record DueCard(string Stem, string KeyPoint, string Language, double Recall, int DaysUnseen);
