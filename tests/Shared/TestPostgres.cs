using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using StudyQuiz.Postgres;
using StudyQuiz.Tests.Shared;

[assembly: AssemblyFixture(typeof(TestPostgres))]

namespace StudyQuiz.Tests.Shared;

/// <summary>
/// One PostgreSQL for all tests of the process, started at the first wish. Every database is a copy of a template that holds the
/// product's migrations, so that a test class gets a fresh one in about 0.1 s.
/// </summary>
public sealed class TestPostgres : IAsyncLifetime
{
    private readonly Lazy<Task<(TestServer Server, string Template)>> _prepared = new(PrepareAsync);

    /// <summary>A new migrated database; the caller drops it.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var (server, template) = await _prepared.Value;
        return await CreateAsync(server, $"template {template}");
    }

    /// <summary>A new database without any table, for tests of migrating.</summary>
    public async Task<string> CreateEmptyDatabaseAsync() => await CreateAsync((await _prepared.Value).Server, "template template0");

    public async Task DropDatabaseAsync(string connectionString)
    {
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database;
        await ExecuteAsync((await _prepared.Value).Server, $"drop database if exists {name} with (force)");
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (!_prepared.IsValueCreated) return;
        var (server, template) = await _prepared.Value;
        NpgsqlConnection.ClearAllPools();
        await ExecuteAsync(server, $"drop database if exists {template} with (force)");
        await server.DisposeAsync();
    }

    private static async Task<(TestServer, string)> PrepareAsync()
    {
        var server = await TestServer.StartAsync();
        var connectionString = await CreateAsync(server, "template template0");
        await DatabaseMigrator.MigrateAsync(connectionString, MigrationScript.Embedded(), NullLogger.Instance);
        return (server, new NpgsqlConnectionStringBuilder(connectionString).Database!);
    }

    private static async Task<string> CreateAsync(TestServer server, string from)
    {
        var name = $"studyquiz_test_{Guid.NewGuid():N}";
        await ExecuteAsync(server, $"create database {name} {from}");
        return new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name }.ConnectionString;
    }

    private static async Task ExecuteAsync(TestServer server, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>The database of one test class: <c>class SomeTests(TestDatabase database) : IClassFixture&lt;TestDatabase&gt;</c>.</summary>
public sealed class TestDatabase(TestPostgres postgres) : IAsyncLifetime
{
    private NpgsqlDataSource? _source;

    public string ConnectionString { get; private set; } = "";

    /// <summary>The product's own data source on this database.</summary>
    public NpgsqlDataSource Source => _source ??= PostgresDataSource.Create(ConnectionString);

    public async ValueTask InitializeAsync() => ConnectionString = await postgres.CreateDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        if (_source is not null) await _source.DisposeAsync();
        await postgres.DropDatabaseAsync(ConnectionString);
    }
}
