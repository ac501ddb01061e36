using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.Postgres;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests;

/// <summary>
/// The product's own host in this process, on a free loopback port and a database of its own, with a clock that only the test moves.
/// <c>class SomeTests(TestApp app) : IClassFixture&lt;TestApp&gt;</c>.
/// </summary>
public sealed class TestApp(TestPostgres postgres) : IAsyncLifetime
{
    // By a clock that stands still, whatever a test sends comes at once
    private const string Unhurried = "--Limits:MessagesAtOnce=10000";

    private WebApplication? _app;

    /// <summary>The product's clock: it stands still until it is advanced.</summary>
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero));

    public NpgsqlDataSource Database { get; private set; } = null!;

    public string ConnectionString { get; private set; } = "";

    /// <summary>What later starts add to the product's services, such as a language model; see <see cref="RestartAsync"/>.</summary>
    public Action<IServiceCollection>? Change { get; set; }

    /// <summary>Configuration of later starts, such as <c>--Cluster:Name=one</c>.</summary>
    public string[] Arguments { get; set; } = [];

    /// <summary>Everything the host logged.</summary>
    public LogRecorder Log { get; } = new();

    public IServiceProvider Services => _app!.Services;

    public Uri Address { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await postgres.CreateDatabaseAsync();
        await StartAsync();
    }

    /// <summary>Stops the host and starts another on the same database, as after a restart of the machine.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    /// <summary>A second host on the same database, which knows nothing of the first.</summary>
    public async Task<TestAppTwin> StartTwinAsync()
    {
        var source = PostgresDataSource.Create(ConnectionString);
        var app = await StartHostAsync(source);
        return new TestAppTwin(app, source);
    }

    /// <summary>A browser that has not been here before.</summary>
    public TestBrowser Browser() => new(Address);

    /// <summary>Returns once a statement of the product waits for a lock that the test holds.</summary>
    public Task SomebodyWaitsAsync() => Until.TrueAsync(
        async () =>
        {
            await using var connection = await Database.OpenConnectionAsync();
            return await connection.QuerySingleAsync<bool>("select exists (select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')");
        },
        "a statement that waits for a lock");

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await postgres.DropDatabaseAsync(ConnectionString);
    }

    private async Task StartAsync()
    {
        Database = PostgresDataSource.Create(ConnectionString);
        _app = await StartHostAsync(Database);
        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    private async Task<WebApplication> StartHostAsync(NpgsqlDataSource source)
    {
        var app = StudyQuizHost.Create(new AppHostOptions(source, "http://127.0.0.1:0"), [Unhurried, .. Arguments], change: services =>
        {
            services.AddSingleton(new Clock(Time));
            services.AddLogging(logging => logging.ClearProviders().AddProvider(Log));
            Change?.Invoke(services);
        });
        await app.StartAsync();
        return app;
    }

    private async Task StopAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        await Database.DisposeAsync();
    }
}

/// <summary>A second host beside a <see cref="TestApp"/>.</summary>
public sealed class TestAppTwin(WebApplication app, NpgsqlDataSource source) : IAsyncDisposable
{
    public IServiceProvider Services => app.Services;

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await source.DisposeAsync();
    }
}
