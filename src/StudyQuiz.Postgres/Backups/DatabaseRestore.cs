using System.IO.Compression;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace StudyQuiz.Postgres.Backups;

/// <summary>Brings a backup into an empty database: all of it, checked, or nothing.</summary>
public static class DatabaseRestore
{
    /// <summary>A table that is there while a restore is under way: one that was interrupted can be begun again.</summary>
    internal const string Mark = "restore_under_way";

    private const long LargestManifest = 16 * 1024 * 1024;

    /// <summary>
    /// Checks the whole file, makes the schema of its day, copies every table in one transaction, compares what then is there with the manifest, and
    /// brings the schema to the newest state.
    /// </summary>
    /// <exception cref="BackupException">The file is damaged, or newer than this version; or the database is not empty, or refuses the rows. It is as before then.</exception>
    /// <exception cref="NpgsqlException">The database failed.</exception>
    public static async Task<BackupManifest> RunAsync(
        string connectionString, string path, IReadOnlyList<MigrationScript> scripts, ILogger logger, IProgress<BackupProgress>? progress = null, CancellationToken stop = default)
    {
        try
        {
            await using var archive = await ZipFile.OpenReadAsync(path, stop);
            var manifest = await ReadAsync(archive, stop);
            var known = scripts.Select(script => script.Name).ToHashSet(StringComparer.Ordinal);
            if (manifest.Migrations.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
                throw new BackupException($"The backup was made by a newer version, which has the migration {unknown}: restore it with that version.");
            foreach (var table in manifest.Tables) await CheckAsync(archive, table, stop);
            await RequireEmptyAsync(connectionString, stop);

            var then = manifest.Migrations.ToHashSet(StringComparer.Ordinal);
            await DatabaseMigrator.MigrateAsync(connectionString, [.. scripts.Where(script => then.Contains(script.Name))], logger, stop);
            await FillAsync(connectionString, archive, manifest, progress, stop);
            await DatabaseMigrator.MigrateAsync(connectionString, scripts, logger, stop);
            return manifest;
        }
        catch (Exception unread) when (unread is InvalidDataException or JsonException or FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException or System.Text.DecoderFallbackException or EndOfStreamException)
        {
            throw new BackupException($"{path} can't be read as a backup: {unread.Message.ReplaceLineEndings(" ")}", unread);
        }
    }

    private static async Task<BackupManifest> ReadAsync(ZipArchive archive, CancellationToken stop)
    {
        if (archive.GetEntry(BackupManifest.EntryName) is not { Length: <= LargestManifest } entry) throw new InvalidDataException("it has no manifest, so that it may have been cut short.");
        await using var text = await entry.OpenAsync(stop);
        var manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(text, BackupManifest.Json, stop) ?? throw new InvalidDataException("its manifest is empty.");
        return manifest.Format == BackupManifest.Newest ? manifest : throw new BackupException($"The backup has format {manifest.Format}, and this version reads {BackupManifest.Newest}: restore it with the version that made it.");
    }

    private static async Task CheckAsync(ZipArchive archive, BackupTable table, CancellationToken stop)
    {
        await using var rows = await Entry(archive, table).OpenAsync(stop);
        var found = await TableCopy.CheckAsync(rows, stop);
        if ((found.Rows, found.Bytes, found.Sha256) != (table.Rows, table.Bytes, table.Sha256))
            throw new BackupException($"Table {table.Name} is damaged in the file: the manifest tells of {table.Rows} rows with SHA-256 {table.Sha256}, and there are {found.Rows} with {found.Sha256}. Nothing was restored.");
    }

    private static ZipArchiveEntry Entry(ZipArchive archive, BackupTable table) => archive.GetEntry(table.EntryName) ?? throw new InvalidDataException($"{table.EntryName} is missing.");

    private static async Task RequireEmptyAsync(string connectionString, CancellationToken stop)
    {
        await using var connection = new NpgsqlConnection(DatabaseBackup.ForCopying(connectionString));
        await connection.OpenAsync(stop);
        var tables = await DatabaseBackup.NamesAsync(
            connection,
            "select relname::text from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v') and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')", stop);
        if (tables.Count > 0 && !tables.Contains(Mark)) throw new BackupException($"The database is not empty ({tables.Count} tables): restore into a new one, or a new --data folder, and then let the app use that.");
        await DatabaseBackup.ExecuteAsync(connection, $"create table if not exists {Mark} ()", stop);
    }

    // References between tables are taken off for the time of the copy and put on again, which checks them: only a superuser could switch them off
    private static async Task FillAsync(string connectionString, ZipArchive archive, BackupManifest manifest, IProgress<BackupProgress>? progress, CancellationToken stop)
    {
        await using var connection = new NpgsqlConnection(DatabaseBackup.ForCopying(connectionString));
        await connection.OpenAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        try
        {
            await DatabaseBackup.ExecuteAsync(connection, TableCopy.Settings, stop);
            var references = await DatabaseBackup.NamesAsync(
                connection,
                "select format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace and conparentid = 0", stop);
            await EachAsync(connection, "select format('alter table %s drop constraint %I', conrelid::regclass, conname) from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace and conparentid = 0", stop);
            foreach (var (done, table) in manifest.Tables.Index())
            {
                var quoted = TableCopy.Quoted(table.Name);
                // What migrations put there is in the backup, too
                await DatabaseBackup.ExecuteAsync(connection, $"alter table {quoted} disable trigger user; delete from {quoted}", stop);
                await using var rows = await Entry(archive, table).OpenAsync(stop);
                var given = await TableCopy.InAsync(connection, table.Name, table.Columns, rows, stop);
                await DatabaseBackup.ExecuteAsync(connection, $"alter table {quoted} enable trigger user", stop);
                var found = await TableCopy.OutAsync(connection, table.Name, table.Columns, Stream.Null, stop);
                if ((found.Rows, found.Bytes, found.RowSum) != (given.Rows, given.Bytes, given.RowSum)) throw new BackupException($"Table {table.Name} came out otherwise than it went in: {given.Rows} rows of {given.Bytes} bytes, then {found.Rows} of {found.Bytes}. Nothing was restored.");
                progress?.Report(new BackupProgress(table.Name, table.Rows, done + 1, manifest.Tables.Count));
            }

            foreach (var reference in references) await DatabaseBackup.ExecuteAsync(connection, reference, stop);
            foreach (var sequence in manifest.Sequences)
            {
                await using var set = new NpgsqlCommand("select setval($1::regclass, $2)", connection) { Parameters = { new() { Value = TableCopy.Quoted(sequence.Name) }, new() { Value = sequence.Last } } };
                await set.ExecuteNonQueryAsync(stop);
            }

            await DatabaseBackup.ExecuteAsync(connection, $"drop table {Mark}", stop);
        }
        catch (PostgresException refused)
        {
            throw new BackupException($"The database refuses the backup's rows, and none were kept: {refused.SqlState} {refused.MessageText}", refused);
        }

        await transaction.CommitAsync(stop);
        await DatabaseBackup.ExecuteAsync(connection, "analyze", stop);
    }

    private static async Task EachAsync(NpgsqlConnection connection, string statements, CancellationToken stop)
    {
        foreach (var statement in await DatabaseBackup.NamesAsync(connection, statements, stop)) await DatabaseBackup.ExecuteAsync(connection, statement, stop);
    }
}
