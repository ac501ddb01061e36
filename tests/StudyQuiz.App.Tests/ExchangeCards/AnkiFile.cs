using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace StudyQuiz.App.Tests.ExchangeCards;

/// <summary>Packages as Anki writes them, old and new, and what stands in those that were written here.</summary>
internal sealed class AnkiFile
{
    /// <summary>Anki's tables and indexes of schema 11, each as "name: its columns".</summary>
    public static IReadOnlyList<string> Schema11 { get; } =
    [
        "cards: id integer, nid integer!, did integer!, ord integer!, mod integer!, usn integer!, type integer!, queue integer!, due integer!, ivl integer!, factor integer!, reps integer!, lapses integer!, left integer!, odue integer!, odid integer!, flags integer!, data text!",
        "col: id integer, crt integer!, mod integer!, scm integer!, ver integer!, dty integer!, usn integer!, ls integer!, conf text!, models text!, decks text!, dconf text!, tags text!",
        "graves: usn integer!, oid integer!, type integer!",
        "ix_cards_nid: nid",
        "ix_cards_sched: did, queue, due",
        "ix_cards_usn: usn",
        "ix_notes_csum: csum",
        "ix_notes_usn: usn",
        "ix_revlog_cid: cid",
        "ix_revlog_usn: usn",
        "notes: id integer, guid text!, mid integer!, mod integer!, usn integer!, tags text!, flds text!, sfld integer!, csum integer!, flags integer!, data text!",
        "revlog: id integer, cid integer!, usn integer!, ease integer!, ivl integer!, lastIvl integer!, factor integer!, time integer!, type integer!",
    ];

    private const string Rows11 =
        """
        create table col (id integer primary key, crt integer not null, mod integer not null, scm integer not null, ver integer not null, dty integer not null, usn integer not null,
          ls integer not null, conf text not null, models text not null, decks text not null, dconf text not null, tags text not null);
        create table notes (id integer primary key, guid text not null, mid integer not null, mod integer not null, usn integer not null, tags text not null, flds text not null,
          sfld integer not null, csum integer not null, flags integer not null, data text not null);
        create table cards (id integer primary key, nid integer not null, did integer not null, ord integer not null, mod integer not null, usn integer not null, type integer not null,
          queue integer not null, due integer not null, ivl integer not null, factor integer not null, reps integer not null, lapses integer not null, left integer not null,
          odue integer not null, odid integer not null, flags integer not null, data text not null);
        create table revlog (id integer primary key, cid integer not null, usn integer not null, ease integer not null, ivl integer not null, lastIvl integer not null,
          factor integer not null, time integer not null, type integer not null);
        """;

    private const string Rows18 =
        """
        create table graves (oid integer not null, type integer not null, usn integer not null, primary key (oid, type)) without rowid;
        create table fields (ntid integer not null, ord integer not null, name text not null collate unicase, config blob not null, primary key (ntid, ord)) without rowid;
        create unique index idx_fields_name_ntid on fields (name, ntid);
        create table templates (ntid integer not null, ord integer not null, name text not null collate unicase, mtime_secs integer not null, usn integer not null, config blob not null,
          primary key (ntid, ord)) without rowid;
        create table notetypes (id integer not null primary key, name text not null collate unicase, mtime_secs integer not null, usn integer not null, config blob not null);
        create unique index idx_notetypes_name on notetypes (name);
        create table deck_config (id integer primary key not null, name text not null collate unicase, mtime_secs integer not null, usn integer not null, config blob not null);
        create table decks (id integer primary key not null, name text not null collate unicase, mtime_secs integer not null, usn integer not null, common blob not null, kind blob not null);
        create unique index idx_decks_name on decks (name);
        create table config (key text not null primary key, usn integer not null, mtime_secs integer not null, val blob not null) without rowid;
        create table tags (tag text not null primary key collate unicase, usn integer not null, collapsed boolean not null, config blob null) without rowid;
        insert into notetypes values (7, 'Basic', 0, 0, x'');
        insert into fields values (7, 0, 'Hint', x''), (7, 1, 'Front', x''), (7, 2, 'Back', x'');
        """;

    private (string Question, string Answer)[] _templates = [("{{Front}}", "{{FrontSide}}<hr id=answer>{{Back}}")];

    private readonly List<string> _statements = [];

    public AnkiFile Note(long id, string guid, params string[] fields)
    {
        _statements.Add($"insert into notes values ({id}, {Text(guid)}, 7, 0, 0, '', {Text(string.Join('\x1f', fields))}, '', 0, 0, '')");
        _statements.Add($"insert into cards values ({id}, {id}, 1, 0, 0, 0, 2, 2, 5, 3, 2500, 1, 0, 0, 0, 0, 0, '')");
        return this;
    }

    public AnkiFile Review(long note, DateTimeOffset at, int ease, int type = 1, int factor = 2500, int interval = 3)
    {
        _statements.Add($"insert into revlog values ({at.ToUnixTimeMilliseconds()}, {note}, 0, {ease}, {interval}, 0, {factor}, 4000, {type})");
        return this;
    }

    public AnkiFile Sql(string statement)
    {
        _statements.Add(statement);
        return this;
    }

    /// <summary>Other templates than the one that shows Front and Back.</summary>
    public AnkiFile Templates(params (string Question, string Answer)[] templates)
    {
        _templates = templates;
        return this;
    }

    /// <param name="packaging">1, 2 or 3 as in Anki's meta.</param>
    /// <param name="hasMeta">The oldest packages have none.</param>
    public byte[] Package(int packaging, bool hasMeta = true)
    {
        var collection = Collection(packaging == 3);
        var dummy = packaging == 1 ? null : new AnkiFile().Note(1, "dummy", "Please update to the latest Anki version", "").Collection(false);
        return Zip([
            .. hasMeta ? new[] { ("meta", new byte[] { 8, (byte)packaging }) } : [],
            .. dummy is null ? Array.Empty<(string, byte[])>() : [("collection.anki2", dummy)],
            packaging switch { 1 => ("collection.anki2", collection), 2 => ("collection.anki21", collection), _ => ("collection.anki21b", Compressed(collection)) },
            ("media", packaging == 3 ? Compressed([]) : "{}"u8.ToArray())]);
    }

    public byte[] Collection(bool isNew) => InFile(file =>
    {
        using (var connection = Open(file))
        {
            Run(connection, Rows11);
            if (isNew)
            {
                Run(connection, Rows18 + "insert into col values (1, 0, 0, 0, 18, 0, 0, 0, '', '', '', '', '');");
                foreach (var (i, (question, answer)) in _templates.Index()) Run(connection, $"insert into templates values (7, {i}, 'Card {i + 1}', 0, 0, x'{Convert.ToHexString(Message(question, answer))}')");
            }
            else
            {
                var models = JsonSerializer.Serialize(new Dictionary<string, object>
                {
                    ["7"] = new { flds = (object[])[new { name = "Hint" }, new { name = "Front" }, new { name = "Back" }], tmpls = _templates.Select(template => new { qfmt = template.Question, afmt = template.Answer }) },
                });
                Run(connection, $"insert into col values (1, 0, 0, 0, 11, 0, 0, 0, '{{}}', {Text(models)}, '{{}}', '{{}}', '{{}}');");
            }

            Run(connection, "begin");
            foreach (var statement in _statements) Run(connection, statement);
            Run(connection, "commit");
        }

        return File.ReadAllBytes(file);
    });

    // As Anki has it, with a number and bytes of fixed length that do not matter here
    private static byte[] Message(string question, string answer) => [0x18, 0xac, 0x02, .. Field(1, question), 0x25, 1, 2, 3, 4, .. Field(2, answer), 0x29, 1, 2, 3, 4, 5, 6, 7, 8];

    private static byte[] Field(int number, string text)
    {
        var bytes = Utf8(text);
        return [(byte)(number << 3 | 2), (byte)(bytes.Length & 0x7f | 0x80), (byte)(bytes.Length >> 7), .. bytes];
    }

    public static byte[] Compressed(byte[] bytes)
    {
        using var compressor = new ZstdSharp.Compressor();
        return compressor.Wrap(bytes).ToArray();
    }

    public static byte[] Zip(params IEnumerable<(string Name, byte[] Bytes)> entries)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create))
        {
            foreach (var (name, bytes) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        return file.ToArray();
    }

    /// <summary>Tables and indexes of a written package, in the form of <see cref="Schema11"/>.</summary>
    public static IReadOnlyList<string> SchemaOf(byte[] package) => InCollection(package, connection =>
    {
        var names = Query(connection, "select type, name from sqlite_master order by name");
        return names.Select(row => (string)row[0] == "table"
            ? $"{row[1]}: {string.Join(", ", Query(connection, $"select name, type, \"notnull\" from pragma_table_info('{row[1]}')").Select(column => $"{column[0]} {column[1]}{((long)column[2] == 1 ? "!" : "")}"))}"
            : $"{row[1]}: {string.Join(", ", Query(connection, $"select name from pragma_index_info('{row[1]}')").Select(column => column[0]))}").ToList();
    });

    public static IReadOnlyList<object[]> Query(byte[] package, string sql) => InCollection(package, connection => Query(connection, sql));

    private static T InCollection<T>(byte[] package, Func<SqliteConnection, T> read) => InFile(file =>
    {
        using (var zip = new ZipArchive(new MemoryStream(package)))
        {
            Assert.Equal(["collection.anki2", "media"], zip.Entries.Select(entry => entry.FullName));
            zip.GetEntry("collection.anki2")!.ExtractToFile(file, overwrite: true);
        }

        using var connection = Open(file);
        return read(connection);
    });

    private static T InFile<T>(Func<string, T> use)
    {
        var file = Path.GetTempFileName();
        try
        {
            return use(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        connection.Open();
        connection.CreateCollation("unicase", (a, b) => string.Compare(a, b, StringComparison.OrdinalIgnoreCase));
        return connection;
    }

    private static List<object[]> Query(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Text(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
