using System.CommandLine;
using Npgsql;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.Load;

/// <summary><c>cards</c>: builds a database of many reviews and times on the server what the product asks of it to find the cards that are due.</summary>
internal static class CardsCommand
{
    private const double Budget = 5;

    private static readonly Option<int> _runs = new("--runs") { Description = "How often each statement is run, each time for another learner", DefaultValueFactory = _ => 1000 };
    private static readonly Option<bool> _plans = new("--plans") { Description = "Print the slowest run's plan of each statement" };

    public static Command Create()
    {
        var command = new Command("cards", "The cards that are due among 5,000,000 reviews: time on the server and plans") { _runs, _plans };
        foreach (var option in StudiedDatabase.Options) command.Add(option);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        await using var database = await StudiedDatabase.OpenAsync(parsed, stop);
        return (await MeasureAsync(database.Source, StudiedDatabase.Today, parsed.GetValue(_runs), stop)).Write(parsed.GetValue(_plans));
    }

    private static async Task<OperationTimes> MeasureAsync(NpgsqlDataSource db, DateOnly today, int runs, CancellationToken stop)
    {
        await using var connection = await db.OpenConnectionAsync(stop);
        // each learner's own source; the first learner, who has ten, comes again and again
        var learners = await StudiedDatabase.LearnersAsync(connection);
        var times = new OperationTimes(await ExecutedStatements.ListenAsync(connection), "review", "card", "question", "question_version");
        for (var run = 0; run < runs; run++)
        {
            stop.ThrowIfCancellationRequested();
            var (learner, slug, _) = run % 20 == 0 ? learners[0] : learners[run % learners.Count];
            var deck = (await Deck.FindAsync(connection, learner, slug))!;
            times.Note("the deck's settings", Budget);
            await DeckCards.ComingAsync(connection, learner, deck, today, today);
            times.Note("cards due today", Budget);
            await DeckCards.ComingAsync(connection, learner, deck, today, today.AddDays(DeckPack.Reach - 1));
            times.Note("cards due within a week, as a pack has them", Budget);
            await DeckCards.DoneAsync(connection, learner, deck.Source, today);
            times.Note("what today has had", Budget);
            await DeckCards.UnseenAsync(connection, learner, deck, today, 70);
            times.Note("70 questions never answered", Budget);
        }

        return times;
    }
}
