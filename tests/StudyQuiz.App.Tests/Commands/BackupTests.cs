using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using StudyQuiz.App.Features.JoinGame;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Tests.Live;
using StudyQuiz.Domain.Games;
using StudyQuiz.Postgres;
using StudyQuiz.Postgres.Backups;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.Commands;

/// <summary>Everything is written into one file and brought back, and what is damaged is refused as a whole.</summary>
public sealed class BackupTests(TestApp app, TestPostgres postgres) : IClassFixture<TestApp>, IAsyncLifetime
{
    private readonly TestFolder _folder = TestFolder.Create();
    private string _target = "";

    public async ValueTask InitializeAsync() => _target = await postgres.CreateEmptyDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        await postgres.DropDatabaseAsync(_target);
        _folder.Dispose();
    }

    [Fact]
    public async Task A_restored_installation_holds_what_the_first_one_held()
    {
        await PlayAsync();
        var file = _folder.In("all.backup");
        await using var first = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        // The app goes on, and may note something of the game just then: what the file holds is told by sums that are the same before it and after it
        IReadOnlyDictionary<string, (long, string?)>? held = null;
        for (var tries = 0; held is null && tries < 5; tries++)
        {
            var before = await SumsAsync(first);
            var written = await StudyQuizProcess.RunAsync(_folder.Path, app.ConnectionString, "backup", "--out", file);
            Assert.Equal((0, ""), (written.ExitCode, string.Join('\n', written.Error)));
            if ((await SumsAsync(first)).OrderBy(sum => sum.Key).SequenceEqual(before.OrderBy(sum => sum.Key))) held = before;
        }

        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));

        var restored = await StudyQuizProcess.RunAsync(_folder.Path, _target, "restore", file);

        Assert.Equal((0, ""), (restored.ExitCode, string.Join('\n', restored.Error)));
        await using var second = new NpgsqlConnection(_target);
        var restoredSums = await SumsAsync(second);
        Assert.Equal(held!.Keys.Order(), restoredSums.Keys.Order());
        Assert.Contains("game_answer", restoredSums.Keys);
        Assert.All(held, table => Assert.Equal((table.Key, table.Value), (table.Key, restoredSums[table.Key])));
        const string Constraints = "select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace order by 1";
        Assert.Equal(await first.QueryAsync<string>(Constraints), await second.QueryAsync<string>(Constraints));
        Assert.Equal(0, await second.QuerySingleAsync<int>("select count(*)::int from pg_trigger where tgenabled = 'D'"));
        // The next one gets a number of its own
        await second.ExecuteAsync("insert into source (slug, title, publisher, language) values ('after', '', '', 'zh-CN')");

        Assert.Contains("not empty", await RefusedAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_damaged_newer_or_refused_by_the_database_leaves_it_empty()
    {
        await PlayAsync();
        var file = await BackUpAsync();

        Assert.Contains("can't be read", await RefusedAsync(Changed(file, archive => archive.GetEntry("manifest.json")!.Delete())), StringComparison.Ordinal);
        Assert.Contains("account is damaged", await RefusedAsync(Changed(file, archive => Write(archive, "tables/account.copy", text => text.Replace("admin", "nimda", StringComparison.Ordinal) + "x"))), StringComparison.Ordinal);
        Assert.Contains("newer version", await RefusedAsync(Changed(file, archive => Write(archive, "manifest.json", text => text.Replace("20261124-01-foundation", "29991231-01-future", StringComparison.Ordinal)))), StringComparison.Ordinal);
        await using (var connection = new NpgsqlConnection(_target)) Assert.Empty(await TablesAsync(connection));

        // A game without its host: the file is whole, but what it holds does not belong together
        var orphaned = Changed(file, archive =>
        {
            var rows = Write(archive, "tables/account.copy", _ => "");
            Write(archive, "manifest.json", text => Holding(text, "account", rows));
        });
        Assert.Contains("refuses", await RefusedAsync(orphaned), StringComparison.Ordinal);
        await using (var connection = new NpgsqlConnection(_target)) Assert.Equal(0, await connection.QuerySingleAsync<int>("select (select count(*) from game)::int + (select count(*) from source)::int"));

        // What was tried before is no reason to refuse the right file
        Assert.True((await RestoreAsync(file)).Rows > 0);
    }

    [Fact]
    public async Task Rows_that_the_server_puts_in_another_order_are_the_same_and_others_are_not()
    {
        await PlayAsync();
        await using (var first = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            // Four long rows on a page and one for which there is no room, then short ones; once a part is gone, a new table finds other room for the rest
            await first.ExecuteAsync(
                """
                insert into audit (act, object, details, at) select case n % 5 when 0 then 'filling' else 'test' end, '', to_jsonb(repeat('x', case n % 5 when 0 then 450 else 1850 end)), now() from generate_series(1, 500) n;
                insert into audit (act, object, details, at) select 'test', '', to_jsonb(n), now() from generate_series(1, 2000) n;
                alter table audit disable trigger user;
                delete from audit where act = 'filling';
                alter table audit enable trigger user;
                """);
            await first.ExecuteAsync("""insert into audit (act, object, details, at) values ('ordered', 'test', '{"a": 1, "b": 2}', now())""");
        }

        var file = await BackUpAsync();
        await RestoreAsync(file);
        const string AsStored = "select id from audit where act = 'test' order by ctid";
        await using (var first = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken))
        await using (var second = new NpgsqlConnection(_target))
        {
            var (before, after) = ((await first.QueryAsync<long>(AsStored)).AsList(), (await second.QueryAsync<long>(AsStored)).AsList());
            Assert.Equal(before.Order(), after.Order());
            Assert.False(before.SequenceEqual(after), "the order is the same, so that this shows nothing");
        }

        await postgres.DropDatabaseAsync(_target);
        _target = await postgres.CreateEmptyDatabaseAsync();
        // The server writes the keys in their order, and so the row not as the file has it
        var reordered = Changed(file, archive =>
        {
            var rows = Write(archive, "tables/audit.copy", text => text.Replace("""{"a": 1, "b": 2}""", """{"b": 2, "a": 1}""", StringComparison.Ordinal));
            Write(archive, "manifest.json", manifest => Holding(manifest, "audit", rows));
        });
        Assert.Contains("audit came out otherwise", await RefusedAsync(reordered), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_or_is_none_is_one_line()
    {
        File.WriteAllText(_folder.In("none.backup"), "no archive");
        var none = await StudyQuizProcess.RunAsync(_folder.Path, _target, "restore", _folder.In("none.backup"));
        Assert.Contains("can't be read as a backup", Assert.Single(none.Error), StringComparison.Ordinal);
        Assert.Contains("can't be read as a backup", await RefusedAsync(_folder.In("missing.backup")), StringComparison.Ordinal);
        var unwritable = await Assert.ThrowsAsync<BackupException>(() => DatabaseBackup.WriteAsync(app.ConnectionString, _folder.In("none.backup/inside"), app.Time.GetUtcNow()));
        Assert.Contains("can't be written", unwritable.Message, StringComparison.Ordinal);
    }

    // A game with answers, an account, and text that is awkward to copy
    private async Task PlayAsync()
    {
        using var admin = await app.SignedInAsync($"admin{Guid.NewGuid():N}"[..20], Roles.Admin);
        var game = await TestGame.OpenAsync(app);
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        using var player = await TestPlayer.JoinAsync(app, await connection.QuerySingleAsync<string>("select pin from game where id = @Id", new { game.Id }), "一号");
        await connection.ExecuteAsync("update game set title = @title where id = @Id", new { game.Id, title = "a\tb\\N\r\nc\\.\n\u2028👩‍🏫\"'" });
        await game.UntilAsync(GamePhase.Open);
        Assert.True((await game.Grain.Answer(1, 1, await game.KeyAsync())).Received);
        await game.UntilAsync(GamePhase.Podium);
        Assert.Contains("一号", System.Net.WebUtility.HtmlDecode(await player.ReadAsync(GameResult.PathOf(game.Id))), StringComparison.Ordinal);
    }

    private async Task<string> BackUpAsync()
    {
        await DatabaseBackup.WriteAsync(app.ConnectionString, _folder.In("all.backup"), app.Time.GetUtcNow());
        Assert.Equal([_folder.In("all.backup")], Directory.GetFiles(_folder.Path, "all.backup*"));
        return _folder.In("all.backup");
    }

    private Task<BackupManifest> RestoreAsync(string file) => DatabaseRestore.RunAsync(_target, file, MigrationScript.Embedded(), NullLogger.Instance);

    private async Task<string> RefusedAsync(string file) => (await Assert.ThrowsAsync<BackupException>(() => RestoreAsync(file))).Message;

    private string Changed(string file, Action<ZipArchive> change)
    {
        var copy = _folder.In($"{Guid.NewGuid():N}.backup");
        File.Copy(file, copy);
        using var archive = ZipFile.Open(copy, ZipArchiveMode.Update);
        change(archive);
        return copy;
    }

    private static string Write(ZipArchive archive, string name, Func<string, string> change)
    {
        var entry = archive.GetEntry(name)!;
        using var reader = new StreamReader(entry.Open());
        var text = reader.ReadToEnd();
        reader.Dispose();
        entry.Delete();
        using var writer = new StreamWriter(archive.CreateEntry(name).Open());
        var changed = change(text);
        writer.Write(changed);
        return changed;
    }

    private static string Holding(string manifest, string table, string rows)
    {
        var root = JsonNode.Parse(manifest)!;
        var entry = root["tables"]!.AsArray().First(one => one!["name"]!.GetValue<string>() == table)!;
        (entry["rows"], entry["bytes"], entry["sha256"]) = (rows.Count(c => c == '\n'), Encoding.UTF8.GetByteCount(rows), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(rows))));
        return root.ToJsonString();
    }

    private static async Task<IReadOnlyList<string>> TablesAsync(NpgsqlConnection connection) =>
        [.. await connection.QueryAsync<string>("select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relpersistence = 'p' and relname not in ('schema_migration', 'heartbeat', 'cluster', 'cluster_member', 'restore_under_way') order by relname")];

    private static async Task<IReadOnlyDictionary<string, (long, string?)>> SumsAsync(NpgsqlConnection connection)
    {
        var sums = new Dictionary<string, (long, string?)>(StringComparer.Ordinal);
        foreach (var table in await TablesAsync(connection)) sums[table] = await SumAsync(connection, table);
        return sums;
    }

    private static Task<(long Rows, string? Sum)> SumAsync(NpgsqlConnection connection, string table) =>
        connection.QuerySingleAsync<(long, string?)>($"""select count(*), md5(string_agg(t::text, E'\n' order by t::text)) from "{table}" t""");
}
