using System.CommandLine;
using System.Globalization;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Spectre.Console;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.Postgres;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.Load;

/// <summary><c>cards</c>: builds a database of many reviews and times on the server what the product asks of it to find the cards that are due.</summary>
internal static class CardsCommand
{
    private const double Budget = 5;
    private static readonly string[] _tables = ["review", "card", "question", "question_version"];

    private static readonly Option<int> _sources = new("--sources") { Description = "How many, of 1,000 questions each", DefaultValueFactory = _ => 100 };
    private static readonly Option<int> _learners = new("--learners") { Description = "How many, with 1,000 cards each and the first one 10,000", DefaultValueFactory = _ => 1000 };
    private static readonly Option<int> _reviews = new("--reviews") { Description = "Of each card", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> _runs = new("--runs") { Description = "How often each statement is run, each time for another learner", DefaultValueFactory = _ => 1000 };
    private static readonly Option<bool> _plans = new("--plans") { Description = "Print the slowest run's plan of each statement" };

    public static Command Create()
    {
        var command = new Command("cards", "The cards that are due among 5,000,000 reviews: time on the server and plans") { _sources, _learners, _reviews, _runs, _plans };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        using var folder = TestFolder.Create();
        await using var postgres = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataFolder = folder.In("data") }, NullLogger.Instance, stop);
        await DatabaseMigrator.MigrateAsync(postgres.ConnectionString, MigrationScript.Embedded(), NullLogger.Instance, stop);
        await using var db = PostgresDataSource.Create(postgres.ConnectionString);
        var today = new DateOnly(2026, 11, 24);
        long reviews;
        await using (var connection = await db.OpenConnectionAsync(stop))
        {
            var size = new StudiedBankSize(parsed.GetValue(_sources), 1000, parsed.GetValue(_learners), parsed.GetValue(_reviews));
            reviews = await StudiedBank.FillAsync(connection, size, today, isLarge: true, Progress.Say);
        }

        Progress.Say(string.Create(CultureInfo.InvariantCulture, $"{reviews:n0} reviews; statements"));
        return Write(await MeasureAsync(db, today, parsed.GetValue(_runs), stop), parsed.GetValue(_plans));
    }

    private static async Task<IReadOnlyDictionary<string, List<ExecutedStatement>>> MeasureAsync(NpgsqlDataSource db, DateOnly today, int runs, CancellationToken stop)
    {
        await using var connection = await db.OpenConnectionAsync(stop);
        // each learner's own source; the first learner, who has ten, comes again and again
        var learners = (await connection.QueryAsync<(Guid Learner, string Slug)>(
            "select l.id, s.slug from learner l cross join lateral (select q.source_id from card c join question q on q.id = c.question_id where c.learner_id = l.id limit 1) c join source s on s.id = c.source_id order by l.id")).AsList();
        var heard = await ExecutedStatements.ListenAsync(connection);
        var times = new Dictionary<string, List<ExecutedStatement>>(StringComparer.Ordinal);
        for (var run = 0; run < runs; run++)
        {
            stop.ThrowIfCancellationRequested();
            var (learner, slug) = run % 20 == 0 ? learners[0] : learners[run % learners.Count];
            var deck = (await Deck.FindAsync(connection, learner, slug))!;
            Note("the deck's settings");
            await DeckCards.ComingAsync(connection, learner, deck, today, today);
            Note("cards due today");
            await DeckCards.ComingAsync(connection, learner, deck, today, today.AddDays(DeckPack.Reach - 1));
            Note("cards due within a week, as a pack has them");
            await DeckCards.DoneAsync(connection, learner, deck.Source, today);
            Note("what today has had");
            await DeckCards.UnseenAsync(connection, learner, deck, today, 70);
            Note("70 questions never answered");
        }

        return times;

        void Note(string what)
        {
            if (!times.TryGetValue(what, out var list)) times[what] = list = [];
            list.AddRange(heard.Take());
        }
    }

    private static int Write(IReadOnlyDictionary<string, List<ExecutedStatement>> times, bool plans)
    {
        var table = new Table().AddColumns("milliseconds on the server", "p50", "p99", "most", "runs", "budget, p99", "reads a whole table").Border(TableBorder.Markdown);
        var isOver = false;
        foreach (var (what, ran) in times)
        {
            var sorted = ran.Select(one => one.Milliseconds).Order().ToList();
            double At(double part) => sorted[Math.Min(sorted.Count - 1, (int)(part * sorted.Count))];
            var scans = ran.Count(one => one.ScansAll(_tables));
            isOver |= At(0.99) > Budget || scans > 0;
            table.AddRow(what, Text(At(0.5)), Text(At(0.99)), Text(sorted[^1]), Text(ran.Count), Text(Budget), scans == 0 ? "never" : Text(scans));
            if (plans) Console.WriteLine($"{what}\n{ran.MaxBy(one => one.Milliseconds)!.Plan}\n");
        }

        AnsiConsole.Write(table);
        if (!isOver) return 0;
        Console.Error.WriteLine("A statement is over its budget or reads a whole table.");
        return 1;
    }

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
