using System.CommandLine;
using System.Globalization;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using StudyQuiz.Postgres;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.Load;

/// <summary>A server with the database of many reviews, built now or kept from a run before.</summary>
internal sealed class StudiedDatabase : IAsyncDisposable
{
    public static readonly DateOnly Today = new(2026, 11, 24);

    private static readonly Option<int> _sources = new("--sources") { Description = "How many, of 1,000 questions each", DefaultValueFactory = _ => 100 };
    private static readonly Option<int> _learners = new("--learners") { Description = "How many, with 1,000 cards each and the first one 10,000", DefaultValueFactory = _ => 1000 };
    private static readonly Option<int> _reviews = new("--reviews") { Description = "Of each card", DefaultValueFactory = _ => 5 };
    private static readonly Option<string?> _data = new("--data") { Description = "A folder that keeps the database: what is there is used, so that several commands run on one" };

    private readonly TestFolder? _folder;
    private readonly EmbeddedPostgres _postgres;

    private StudiedDatabase(TestFolder? folder, EmbeddedPostgres postgres)
    {
        (_folder, _postgres) = (folder, postgres);
        Source = PostgresDataSource.Create(postgres.ConnectionString);
    }

    /// <summary>How it is built, for commands that measure on it.</summary>
    public static IReadOnlyList<Option> Options { get; } = [_sources, _learners, _reviews, _data];

    public NpgsqlDataSource Source { get; }

    public static async Task<StudiedDatabase> OpenAsync(ParseResult parsed, CancellationToken stop)
    {
        var kept = parsed.GetValue(_data);
        var folder = kept is null ? TestFolder.Create() : null;
        var postgres = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataFolder = kept is null ? folder!.In("data") : Path.GetFullPath(kept) }, NullLogger.Instance, stop);
        var database = new StudiedDatabase(folder, postgres);
        try
        {
            await DatabaseMigrator.MigrateAsync(postgres.ConnectionString, MigrationScript.Embedded(), NullLogger.Instance, stop);
            await using var connection = await database.Source.OpenConnectionAsync(stop);
            var reviews = await connection.QuerySingleAsync<bool>("select exists (select from learner)")
                ? await connection.QuerySingleAsync<long>("select count(*) from review", commandTimeout: 600)
                : await StudiedBank.FillAsync(connection, new StudiedBankSize(parsed.GetValue(_sources), 1000, parsed.GetValue(_learners), parsed.GetValue(_reviews)), Today, isLarge: true, Progress.Say);
            Progress.Say(string.Create(CultureInfo.InvariantCulture, $"{reviews:n0} reviews; statements"));
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Learners, each with a source of their own; the first one has ten sources.</summary>
    public static async Task<IReadOnlyList<(Guid Learner, string Slug, long Source)>> LearnersAsync(NpgsqlConnection connection) =>
        (await connection.QueryAsync<(Guid, string, long)>(
            """
            select l.id, s.slug, s.id
            from learner l
            cross join lateral (select q.source_id from card c join question q on q.id = c.question_id where c.learner_id = l.id limit 1) c
            join source s on s.id = c.source_id order by l.id
            """)).AsList();

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await _postgres.DisposeAsync();
        _folder?.Dispose();
    }
}
