using System.Data;
using System.IO.Compression;
using System.Text.Json;
using Npgsql;

namespace StudyQuiz.Postgres.Backups;

/// <summary>Writes all that an installation knows into one file, from one snapshot, while it goes on.</summary>
public static class DatabaseBackup
{
    // Of the machines that run now, not of the installation. Unlogged tables are left out as well: a crash may empty them at any time
    private static readonly string[] _leftOut = ["schema_migration", "cluster", "cluster_member", "orleansquery", "heartbeat", DatabaseRestore.Mark];

    /// <param name="connectionString">Of the database.</param>
    /// <param name="path">The file. It is there when it is whole, and readable by its owner alone: it holds hashes of passwords and keys of cookies.</param>
    /// <param name="made">The time that the manifest tells.</param>
    /// <param name="progress">Told after each table.</param>
    /// <param name="stop">Gives up; nothing is left then.</param>
    /// <exception cref="BackupException">The file can't be written.</exception>
    /// <exception cref="NpgsqlException">The database failed.</exception>
    public static async Task<BackupManifest> WriteAsync(string connectionString, string path, DateTimeOffset made, IProgress<BackupProgress>? progress = null, CancellationToken stop = default)
    {
        var partial = path + ".partial";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            BackupManifest manifest;
            await using (var file = new FileStream(partial, OwnersAlone()))
            {
                await using (var archive = await ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, stop)) manifest = await WriteAsync(connectionString, archive, made, progress, stop);
                file.Flush(flushToDisk: true);
            }

            File.Move(partial, path, overwrite: true);
            return manifest;
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"{path} can't be written: {denied.Message}", denied);
        }
        finally
        {
            if (File.Exists(partial)) File.Delete(partial);
        }
    }

    private static async Task<BackupManifest> WriteAsync(string connectionString, ZipArchive archive, DateTimeOffset made, IProgress<BackupProgress>? progress, CancellationToken stop)
    {
        await using var connection = new NpgsqlConnection(ForCopying(connectionString));
        await connection.OpenAsync(stop);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);
        await ExecuteAsync(connection, "set transaction read only; " + TableCopy.Settings, stop);
        var migrations = await NamesAsync(connection, "select scriptname from schema_migration order by scriptname", stop);
        var columns = await ColumnsAsync(connection, stop);
        var tables = new List<BackupTable>();
        foreach (var (name, of) in columns)
        {
            var table = new BackupTable(name, of, 0, 0, "");
            await using var entry = await archive.CreateEntry(table.EntryName, CompressionLevel.Fastest).OpenAsync(stop);
            var copied = await TableCopy.OutAsync(connection, name, of, entry, stop);
            tables.Add(table with { Rows = copied.Rows, Bytes = copied.Bytes, Sha256 = copied.Sha256 });
            progress?.Report(new BackupProgress(name, copied.Rows, tables.Count, columns.Count));
        }

        var manifest = new BackupManifest(BackupManifest.Newest, made, connection.PostgreSqlVersion.ToString(), migrations, tables, await SequencesAsync(connection, stop));
        await using var last = await archive.CreateEntry(BackupManifest.EntryName).OpenAsync(stop);
        await JsonSerializer.SerializeAsync(last, manifest, BackupManifest.Json, stop);
        return manifest;
    }

    internal static string ForCopying(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        ApplicationName = "StudyQuiz backup",
        CommandTimeout = 0, // a large table takes what it takes
        Pooling = false,
    }.ConnectionString;

    internal static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(stop);
    }

    internal static async Task<IReadOnlyList<string>> NamesAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var names = new List<string>();
        while (await reader.ReadAsync(stop)) names.Add(reader.GetString(0));
        return names;
    }

    // In the order of their names; what the server computes itself is not copied
    private static async Task<IReadOnlyList<(string Table, IReadOnlyList<string> Columns)>> ColumnsAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(
            """
            select c.relname, array_agg(a.attname::text order by a.attnum)
            from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
            where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relpersistence = 'p' and c.relname <> all($1)
              and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
            group by c.relname order by c.relname collate "C"
            """,
            connection)
        { Parameters = { new NpgsqlParameter { Value = _leftOut } } };
        await using var reader = await command.ExecuteReaderAsync(stop);
        var tables = new List<(string, IReadOnlyList<string>)>();
        while (await reader.ReadAsync(stop)) tables.Add((reader.GetString(0), reader.GetFieldValue<string[]>(1)));
        return tables;
    }

    private static async Task<IReadOnlyList<BackupSequence>> SequencesAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand("select sequencename, last_value from pg_sequences where schemaname = 'public' and last_value is not null order by sequencename", connection);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var sequences = new List<BackupSequence>();
        while (await reader.ReadAsync(stop)) sequences.Add(new BackupSequence(reader.GetString(0), reader.GetInt64(1)));
        return sequences;
    }

    private static FileStreamOptions OwnersAlone()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
