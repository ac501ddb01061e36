using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using StudyQuiz.Postgres;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.Postgres;

public sealed class DatabaseMigratorTests(TestPostgres postgres) : IAsyncLifetime
{
    private static readonly MigrationScript _first = new("20260101-01-first.sql", "create table first (id int primary key);\ncreate table log (line text);");
    private static readonly MigrationScript _second = new("20260101-02-second.sql", "insert into log values ('second'); alter table first add column name text;");

    private string _database = "";

    public async ValueTask InitializeAsync() => _database = await postgres.CreateEmptyDatabaseAsync();

    public async ValueTask DisposeAsync() => await postgres.DropDatabaseAsync(_database);

    [Fact]
    public async Task Scripts_are_applied_in_the_order_of_their_names_and_each_once()
    {
        Assert.Equal([_first.Name, _second.Name], DatabaseMigrator.Pending(_database, [_second, _first]));
        Assert.Equal([_first.Name, _second.Name], await MigrateAsync(_second, _first));
        Assert.Empty(DatabaseMigrator.Pending(_database, [_second, _first]));
        Assert.Empty(await MigrateAsync(_first, _second));
        Assert.Equal(["second"], await QueryAsync<string>("select line from log"));
        Assert.Equal([_first.Name, _second.Name], await QueryAsync<string>("select scriptname from schema_migration order by schemaversionsid"));
    }

    [Fact]
    public async Task Two_hosts_at_once_apply_each_script_once_and_both_return()
    {
        MigrationScript slow = new("20260101-03-slow.sql", "select pg_sleep(0.3); insert into log values ('slow');");
        var applied = await Task.WhenAll(MigrateAsync(_first, _second, slow), MigrateAsync(_first, _second, slow));

        Assert.Equal([0, 3], applied.Select(names => names.Count).Order());
        Assert.Equal(["second", "slow"], await QueryAsync<string>("select line from log order by line"));
    }

    [Fact]
    public async Task A_failing_script_is_named_with_its_line_and_rolled_back_while_earlier_ones_stay()
    {
        MigrationScript failing = new("20260101-03-failing.sql", "-- a comment; with a semicolon\ninsert into log values ('lost');\n\ninsert into first (id, nam)\nvalues (1, 'a');\n");
        MigrationScript later = new("20260101-04-later.sql", "create table later ();");

        var failure = await Assert.ThrowsAsync<MigrationFailedException>(() => MigrateAsync(_first, _second, failing, later));
        Assert.Equal("Migration 20260101-03-failing.sql failed at line 4 and was rolled back: 42703 column \"nam\" of relation \"first\" does not exist. Correct the script and start again.", failure.Message);
        Assert.Equal(["second"], await QueryAsync<string>("select line from log"));
        Assert.Equal([failing.Name, later.Name], DatabaseMigrator.Pending(_database, [_first, _second, failing, later]));

        // Nothing is left behind that would block the corrected script
        Assert.Equal([failing.Name, later.Name], await MigrateAsync(_first, _second, failing with { Sql = "insert into first (id, name) values (1, 'a')" }, later));
    }

    [Fact]
    public async Task Functions_with_dollar_quotes_and_semicolons_reach_the_server_as_written()
    {
        MigrationScript function = new("20260101-01-function.sql", """
            create function twice(n int) returns int language plpgsql as $body$ begin return n * 2; end $body$;
            create function thrice(n int) returns int language sql begin atomic; select n * 3; end;
            select '$variable$', 'a;b' -- ; not an end
            """);
        await MigrateAsync(function);
        Assert.Equal([8, 12], await QueryAsync<int>("select unnest(array[twice(4), thrice(4)])"));
    }

    [Fact]
    public async Task A_folder_gives_its_sql_files_and_the_product_carries_its_own()
    {
        using var folder = TestFolder.Create();
        await File.WriteAllTextAsync(folder.In(_first.Name), _first.Sql, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder.In("notes.txt"), "no script", TestContext.Current.CancellationToken);
        Assert.Equal([_first], MigrationScript.InFolder(folder.Path));
        Assert.All(MigrationScript.Embedded(), script => Assert.Matches(@"^\d{8}-\d{2}-[a-z0-9-]+\.sql$", script.Name));
    }

    private Task<IReadOnlyList<string>> MigrateAsync(params MigrationScript[] scripts) =>
        DatabaseMigrator.MigrateAsync(_database, scripts, NullLogger.Instance, TestContext.Current.CancellationToken);

    private async Task<IEnumerable<T>> QueryAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(_database);
        return await connection.QueryAsync<T>(sql);
    }
}
