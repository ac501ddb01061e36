using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.ExchangeCards;

/// <summary>Writes a deck as an .apkg in the form that every Anki reads: a zip of <c>collection.anki2</c> and an empty <c>media</c>.</summary>
internal static class WritePackage
{
    // What Anki shows as ease; FSRS goes by a card's data and the log
    private const int Ease = 2500;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Of(ExportedDeck deck)
    {
        using var scratch = new ScratchFolder();
        var collection = scratch.File("collection.anki2");
        Write(deck, collection);
        using var package = new MemoryStream();
        using (var zip = new ZipArchive(package, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntryFromFile(collection, "collection.anki2");
            using var media = zip.CreateEntry("media").Open();
            media.Write("{}"u8);
        }

        return package.ToArray();
    }

    private static void Write(ExportedDeck deck, string file)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        using var transaction = connection.BeginTransaction();
        using (var tables = connection.CreateCommand())
        {
            tables.CommandText = AnkiSchema.Tables;
            tables.ExecuteNonQuery();
        }

        // Anki counts days from the collection's first; no card of ours was met before
        var begin = deck.Memories.Values.Select(memory => memory.Card?.FirstDay).Concat(deck.Memories.Values.SelectMany(memory => memory.Log.Select(answer => (DateOnly?)answer.Review.Day)))
            .Append(deck.Calendar.DayOf(deck.Now)).Min()!.Value;
        WriteCollection(connection, deck, begin);
        WriteNotes(connection, deck, begin);
        transaction.Commit();
    }

    private static long DeckId(ExportedDeck deck) => AnkiSchema.NoteType + AnkiText.Checksum(deck.Slug);

    private static void WriteCollection(SqliteConnection connection, ExportedDeck deck, DateOnly begin)
    {
        using var row = Insert(connection, "col", "id", "crt", "mod", "scm", "ver", "dty", "usn", "ls", "conf", "models", "decks", "dconf", "tags");
        var (now, id) = (deck.Now.ToUnixTimeSeconds(), DeckId(deck));
        // two colons would make a deck below another
        var name = deck.Title.Replace("::", "∷", StringComparison.Ordinal);
        Run(row, 1, deck.Calendar.StartOf(begin).ToUnixTimeSeconds(), deck.Now.ToUnixTimeMilliseconds(), deck.Now.ToUnixTimeMilliseconds(), AnkiSchema.Version, 0, 0, 0,
            Json(AnkiSchema.Conf(id)), Json(AnkiSchema.Models(id, now)), Json(AnkiSchema.Decks(id, name, now)), Json(AnkiSchema.Options()), "{}");
    }

    private static void WriteNotes(SqliteConnection connection, ExportedDeck deck, DateOnly begin)
    {
        using var note = Insert(connection, "notes", "id", "guid", "mid", "mod", "usn", "tags", "flds", "sfld", "csum", "flags", "data");
        using var card = Insert(connection, "cards", "id", "nid", "did", "ord", "mod", "usn", "type", "queue", "due", "ivl", "factor", "reps", "lapses", "left", "odue", "odid", "flags", "data");
        var (now, ids) = (deck.Now.ToUnixTimeSeconds(), deck.Now.ToUnixTimeMilliseconds() - deck.Notes.Count);
        var log = new List<(long At, long Card, LoggedAnswer Answer)>();
        for (var i = 0; i < deck.Notes.Count; i++)
        {
            var (one, id) = (deck.Notes[i], ids + i);
            var front = AnkiText.ToHtml(one.Front);
            Run(note, id, one.Guid.ToString(), AnkiSchema.NoteType, now, -1, $" {string.Join(' ', one.Tags)} ", front + AnkiSchema.FieldSeparator + AnkiText.ToHtml(one.Back),
                AnkiText.Stripped(front), AnkiText.Checksum(front), 0, "");
            var memory = deck.Memories.GetValueOrDefault(one.Question) ?? new NoteMemory(null, false, []);
            Run(card, [id, id, DeckId(deck), 0, now, -1, .. Scheduling(memory, i + 1, begin)]);
            log.AddRange(memory.Log.Select(answer => (answer.Review.At.ToUnixTimeMilliseconds(), id, answer)));
        }

        WriteLog(connection, log);
    }

    // Type, queue, due, interval, ease, reviews, lapses, steps left, where it was before a filtered deck, flags, data
    private static object[] Scheduling(NoteMemory memory, int place, DateOnly begin)
    {
        if (memory.Card is not { } row) return [0, memory.IsSuspended ? -1 : 0, place, 0, 0, 0, 0, 0, 0, 0, 0, "{}"];
        var card = row.Read().Card;
        var (type, queue, due, left) = card.Phase switch
        {
            CardPhase.Review => (2, 2, (long)(card.DueDay!.Value.DayNumber - begin.DayNumber), 0),
            var phase => (phase == CardPhase.Learning ? 1 : 3, 1, card.Due!.Value.ToUnixTimeSeconds(), StepsLeft(card)),
        };
        var data = string.Create(CultureInfo.InvariantCulture, $$"""{"s":{{card.Memory.Stability}},"d":{{Math.Round(card.Memory.Difficulty, 3)}}}""");
        var interval = card.Phase == CardPhase.Learning ? 0 : Math.Max(1, card.ScheduledDays);
        return [type, memory.IsSuspended ? -1 : queue, due, interval, card.Phase == CardPhase.Learning ? 0 : Ease, card.Reviews, card.Lapses, left, 0, 0, 0, data];
    }

    private static int StepsLeft(Card card)
    {
        var steps = card.Phase == CardPhase.Learning ? SchedulingSettings.Default.LearningSteps : SchedulingSettings.Default.RelearningSteps;
        return Math.Max(1, steps.Count - card.Step) * 1001;
    }

    // A row's id is its time, and no two have the same
    private static void WriteLog(SqliteConnection connection, IEnumerable<(long At, long Card, LoggedAnswer Answer)> log)
    {
        using var row = Insert(connection, "revlog", "id", "cid", "usn", "ease", "ivl", "lastIvl", "factor", "time", "type");
        var last = long.MinValue;
        foreach (var (at, card, answer) in log.OrderBy(one => one.At).ThenBy(one => one.Answer.Review.Id))
        {
            last = Math.Max(at, last + 1);
            Run(row, last, card, -1, (int)answer.Review.Rating, answer.Interval, answer.IntervalBefore, (int)Math.Round(answer.Difficulty * 100), answer.TookMs ?? 0, (int)KindOf(answer));
        }
    }

    // What a self-test or a game asked was no turn of the card: Anki's word for such an answer is 'filtered', and it counts it like the others
    private static AnkiReview KindOf(LoggedAnswer answer) => answer.Review.Kind == ReviewKind.Assessed ? AnkiReview.Filtered : answer.Before switch
    {
        CardPhase.Review => AnkiReview.Review,
        CardPhase.Relearning => AnkiReview.Relearn,
        _ => AnkiReview.Learn,
    };

    private static string Json(JsonObject value) => value.ToJsonString(Readable);

    private static SqliteCommand Insert(SqliteConnection connection, string table, params string[] columns)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // names of ours
        command.CommandText = $"insert into {table} ({string.Join(", ", columns)}) values ({string.Join(", ", columns.Select(column => "@" + column))})";
#pragma warning restore CA2100
        foreach (var column in columns) command.Parameters.Add(new SqliteParameter { ParameterName = "@" + column });
        return command;
    }

    private static void Run(SqliteCommand command, params object[] values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        command.ExecuteNonQuery();
    }
}

/// <summary>What a row of Anki's log was.</summary>
internal enum AnkiReview
{
    Learn = 0,
    Review = 1,
    Relearn = 2,
    Filtered = 3,
}
