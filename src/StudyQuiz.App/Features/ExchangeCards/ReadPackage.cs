using System.IO.Compression;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.ExchangeCards;

/// <summary>
/// Reads an .apkg in any of its three packagings. Nothing of the archive is unpacked but the collection, into a folder of its own and up to a
/// limit, and the database in it, a stranger's, is opened for reading and stopped when it takes too long.
/// </summary>
internal static class ReadPackage
{
    private const int SymbolicLink = 0xA000;

    // A row is a note's text at the most
    private const int LongestValue = 8 * 1024 * 1024;

    // An honest collection of the largest size takes a tenth of that
    private const int MostSteps = 4_000;
    private const int Step = 100_000;

    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static FileReading Of(byte[] bytes, string name, DateTimeOffset now)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
            if (Hostile(zip) is { } why) return new FileReading.Refused(why);
            using var scratch = new ScratchFolder();
            var file = scratch.File("collection");
            return Unpack(zip, file) is { } refused ? new FileReading.Refused(refused) : Notes(file, name, now);
        }
        catch (Exception damaged) when (damaged is InvalidDataException or EndOfStreamException or NotSupportedException or ZstdSharp.ZstdException)
        {
            return new FileReading.Refused("Damaged");
        }
    }

    private static string? Hostile(ZipArchive zip)
    {
        if (zip.Entries.Count > ImportedFile.MostEntries) return "Entries";
        if (zip.Entries.Sum(entry => Math.Min(entry.Length, ImportedFile.LargestUnpacked)) > ImportedFile.LargestUnpacked) return "Unpacked";
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in zip.Entries)
        {
            var path = entry.FullName;
            if (!names.Add(path) || path.StartsWith('/') || path.Contains('\\', StringComparison.Ordinal) || path.Contains(':', StringComparison.Ordinal) || path.Split('/').Contains("..", StringComparer.Ordinal)) return "Unsafe";
            if (((entry.ExternalAttributes >> 16) & 0xF000) == SymbolicLink) return "Unsafe";
            if (IsZip(entry)) return "Nested";
        }

        return null;
    }

    private static bool IsZip(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        var head = new byte[4];
        return content.ReadAtLeast(head, 4, throwOnEndOfStream: false) == 4 && head is [(byte)'P', (byte)'K', 3, 4];
    }

    // The collection's file by the number in 'meta'; older packages have none, and the newer of two files counts
    private static string? Unpack(ZipArchive zip, string file)
    {
        var packaging = zip.GetEntry("meta") is { } meta ? Packaging(meta) : zip.GetEntry("collection.anki21") is null ? 1 : 2;
        var entry = packaging switch
        {
            1 => zip.GetEntry("collection.anki2"),
            2 => zip.GetEntry("collection.anki21"),
            3 => zip.GetEntry("collection.anki21b"),
            _ => null,
        };
        if (packaging > 3) return "TooNew";
        if (entry is null) return "NoCollection";
        using var packed = entry.Open();
        using var zstd = packaging == 3 ? new ZstdSharp.DecompressionStream(packed) : null;
        // A frame says how much memory it wants; Anki's want 8 MB at the most
        zstd?.SetParameter(ZstdSharp.Unsafe.ZSTD_dParameter.ZSTD_d_windowLogMax, 26);
        using var target = File.Create(file);
        return Copy(zstd ?? packed, target) ? null : "Unpacked";
    }

    // Protocol buffers: field 1, a number
    private static int Packaging(ZipArchiveEntry meta)
    {
        using var content = meta.Open();
        var head = new byte[2];
        return content.ReadAtLeast(head, 2, throwOnEndOfStream: false) == 2 && head[0] == 8 ? head[1] : 0;
    }

    // What an archive says of its sizes is its author's word
    private static bool Copy(Stream from, Stream to)
    {
        var buffer = new byte[128 * 1024];
        for (long all = 0; ;)
        {
            var read = from.Read(buffer);
            if (read == 0) return true;
            if ((all += read) > ImportedFile.LargestUnpacked) return false;
            to.Write(buffer.AsSpan(0, read));
        }
    }

    private static FileReading Notes(string file, string name, DateTimeOffset now)
    {
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            connection.Open();
            Confine(connection);
            // What Anki sorts names by; nothing here depends on the order
            connection.CreateCollation("unicase", (a, b) => string.Compare(a, b, StringComparison.OrdinalIgnoreCase));
            if (Count(connection, "select count(*) from sqlite_master where type = 'table' and name in ('col', 'notes', 'cards', 'revlog') and sql not like '%virtual%'") != 4) return new FileReading.Refused("NotAnki");
            if (Count(connection, "select count(*) from notes") > ImportedFile.MostRows) return new FileReading.Refused("TooMany");
            if (Version(connection) is not { } version || version < AnkiSchema.Version) return new FileReading.Refused("NotAnki");
            if (version > AnkiSchema.Newest) return new FileReading.Refused("TooNew");
            if (Reviews(connection, now) is not { } log) return new FileReading.Refused("TooManyReviews");
            return Rows(connection, NoteTypes(connection), log) is { } rows
                ? rows.Count == 0 ? new FileReading.Refused("NoRows") : new FileReading.Read(new ImportedFile(name, IsPackage: true, rows) { Strays = log.Strays })
                : new FileReading.Refused("TooMuchText");
        }
        catch (SqliteException large) when (large.SqliteErrorCode == raw.SQLITE_TOOBIG)
        {
            return new FileReading.Refused("TooMuchText");
        }
        catch (Exception broken) when (broken is SqliteException or JsonException or InvalidOperationException or FormatException or OverflowException or InvalidCastException or KeyNotFoundException or ArgumentException)
        {
            return new FileReading.Refused("NotAnki");
        }
    }

    private static void Confine(SqliteConnection connection)
    {
        var steps = 0;
        raw.sqlite3_progress_handler(connection.Handle, Step, _ => ++steps > MostSteps ? 1 : 0, null);
        raw.sqlite3_limit(connection.Handle, raw.SQLITE_LIMIT_LENGTH, LongestValue);
        using var command = connection.CreateCommand();
        command.CommandText = "pragma trusted_schema = off; pragma cell_size_check = on;";
        command.ExecuteNonQuery();
    }

    private static Dictionary<long, AnkiNoteType> NoteTypes(SqliteConnection connection)
    {
        if (Count(connection, "select count(*) from sqlite_master where type = 'table' and name in ('notetypes', 'fields', 'templates')") == 3)
        {
            var fields = Listed("select ntid, name from fields order by ntid, ord", row => row.GetString(1));
            var templates = Listed("select ntid, config from templates order by ntid, ord", row => AnkiNoteType.Template(row.GetFieldValue<byte[]>(1)));
            return fields.ToDictionary(type => type.Key, type => new AnkiNoteType([.. type], [.. templates[type.Key]]));
        }

        using var row = Read(connection, "select models from col limit 1");
        using var models = JsonDocument.Parse(row.Read() ? row.GetString(0) : "{}");
        return models.RootElement.EnumerateObject().ToDictionary(
            model => long.Parse(model.Name, System.Globalization.CultureInfo.InvariantCulture),
            model => new AnkiNoteType([.. model.Value.GetProperty("flds").EnumerateArray().Select(field => Text(field, "name"))],
                [.. model.Value.GetProperty("tmpls").EnumerateArray().Select(template => (Text(template, "qfmt"), Text(template, "afmt")))]));

        static string Text(JsonElement of, string name) => of.GetProperty(name).GetString() ?? "";

        ILookup<long, T> Listed<T>(string sql, Func<SqliteDataReader, T> read)
        {
            var list = new List<(long Type, T One)>();
            using var rows = Read(connection, sql);
            while (rows.Read()) list.Add((rows.GetInt64(0), read(rows)));
            return list.ToLookup(one => one.Type, one => one.One);
        }
    }

    // By note: of its first card, the one that asks its front. Null where there are too many.
    private static Log? Reviews(SqliteConnection connection, DateTimeOffset now)
    {
        var first = new Dictionary<long, (long Place, long Card)>();
        var others = new Dictionary<long, int>();
        var notes = new Dictionary<long, long>();
        using (var cards = Read(connection, "select id, nid, ord from cards"))
        {
            while (cards.Read())
            {
                var (card, note) = ((Place: cards.GetInt64(2), Card: cards.GetInt64(0)), cards.GetInt64(1));
                notes.Add(card.Card, note);
                if (first.ContainsKey(note)) others[note] = others.GetValueOrDefault(note) + 1;
                if (!first.TryGetValue(note, out var other) || card.CompareTo(other) < 0) first[note] = card;
            }
        }

        var (earliest, latest) = (Earliest.ToUnixTimeMilliseconds(), now.AddDays(1).ToUnixTimeMilliseconds());
        var logs = new Dictionary<long, NoteLog>();
        var (count, strays) = (0, 0);
        using var rows = Read(connection, "select id, cid, ease, ivl, factor, time, type from revlog order by id");
        while (rows.Read())
        {
            var (id, card, ease, factor, kind) = (rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(4), rows.GetInt64(6));
            if (!notes.TryGetValue(card, out var note))
            {
                strays++;
                continue;
            }

            if (!logs.TryGetValue(note, out var log)) logs[note] = log = new NoteLog();
            var isFiltered = kind == (long)AnkiReview.Filtered;
            if (first[note].Card != card) log.LeaveOut(LeftOut.OtherCard);
            else if (id < earliest) log.LeaveOut(LeftOut.Early);
            else if (id > latest) log.LeaveOut(LeftOut.Future);
            else if (ease == 0 && kind == 4 && factor == 0) log.Forget();
            else if (ease == 0 || kind is < 0 or > 3) log.LeaveOut(LeftOut.ByHand);
            else if (ease is < 1 or > 4) log.LeaveOut(LeftOut.Rating);
            else if (isFiltered && factor == 0) log.LeaveOut(LeftOut.Ahead);
            else if (++count > ImportedFile.MostReviews) return null;
            else log.Reviews.Add(new ImportedReview(id, (Rating)ease, (int)Math.Clamp(rows.GetInt64(5), 0, 86_400_000), isFiltered && rows.GetInt64(3) > 0));
        }

        return new Log(logs, first.ToDictionary(card => card.Key, card => (int)Math.Clamp(card.Value.Place, 0, int.MaxValue)), others, strays);
    }

    /// <param name="Cards">By note, the template of its first card.</param>
    /// <param name="Others">By note, how many further cards it has.</param>
    /// <param name="Strays">Reviews of cards that are not there.</param>
    private sealed record Log(Dictionary<long, NoteLog> ByNote, Dictionary<long, int> Cards, Dictionary<long, int> Others, int Strays);

    /// <summary>What the log says of a note.</summary>
    private sealed class NoteLog
    {
        private readonly Dictionary<LeftOut, int> _leftOut = [];

        public List<ImportedReview> Reviews { get; } = [];

        public IReadOnlyDictionary<LeftOut, int> Left => _leftOut;

        public void LeaveOut(LeftOut why, int count = 1)
        {
            if (count > 0) _leftOut[why] = _leftOut.GetValueOrDefault(why) + count;
        }

        // Somebody had Anki forget the card: it began anew, and so does ours
        public void Forget()
        {
            LeaveOut(LeftOut.Forgotten, Reviews.Count);
            LeaveOut(LeftOut.ByHand);
            Reviews.Clear();
        }
    }

    private static List<ImportedRow>? Rows(SqliteConnection connection, Dictionary<long, AnkiNoteType> types, Log logs)
    {
        var rows = new List<ImportedRow>();
        long text = 0;
        using var notes = Read(connection, "select id, guid, mid, flds, tags from notes order by id");
        while (notes.Read())
        {
            var values = notes.GetString(3);
            if ((text += values.Length) > ImportedFile.MostText) return null;
            var (note, fields) = (notes.GetInt64(0), values.Split(AnkiSchema.FieldSeparator));
            var (front, back) = (types.GetValueOrDefault(notes.GetInt64(2)) ?? new AnkiNoteType([.. fields], [])).Sides(logs.Cards.GetValueOrDefault(note));
            var sides = AnkiText.Sides(Plain(fields, front), Plain(fields, back));
            var log = logs.ByNote.GetValueOrDefault(note);
            rows.Add(ImportedRow.Of(rows.Count + 1, notes.GetString(1), sides.Front, sides.Back, log?.Reviews ?? []) with
            {
                LosesMedia = AnkiText.HasMedia(values),
                OtherCards = logs.Others.GetValueOrDefault(note),
                LeftOut = log?.Left ?? ImportedRow.NoneLeftOut,
                Tags = notes.GetString(4).Split(' ', StringSplitOptions.RemoveEmptyEntries),
            });
        }

        return rows;
    }

    private static string Plain(string[] fields, IReadOnlyList<int> places) =>
        string.Join('\n', places.Where(place => place < fields.Length).Select(place => AnkiText.ToPlain(fields[place])).Where(field => field.Length > 0));

    private static long Count(SqliteConnection connection, string sql) => Number(connection, sql) ?? 0;

    private static long? Version(SqliteConnection connection) => Number(connection, "select ver from col limit 1");

    // Null where there is no row
    private static long? Number(SqliteConnection connection, string sql)
    {
        using var rows = Read(connection, sql);
        return rows.Read() ? rows.GetInt64(0) : null;
    }

    private static SqliteDataReader Read(SqliteConnection connection, string sql)
    {
        // the connection takes the command with it; a command that goes takes its reader along
#pragma warning disable CA2000, CA2100
        var command = connection.CreateCommand();
        command.CommandText = sql;
#pragma warning restore CA2000, CA2100
        return command.ExecuteReader();
    }
}
