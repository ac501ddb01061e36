using StudyQuiz.Tests.Shared;

namespace StudyQuiz.Browser.Tests;

/// <summary>Classes whose tests go one after the other with one app: starting one and compiling its pages costs more than most tests.</summary>
[CollectionDefinition]
public sealed class OneAppForSelfTests : ICollectionFixture<AppProcess>;

/// <inheritdoc cref="OneAppForSelfTests"/>
[CollectionDefinition]
public sealed class OneAppForGames : ICollectionFixture<AppProcess>;

/// <inheritdoc cref="OneAppForSelfTests"/>
[CollectionDefinition]
public sealed class OneAppForCards : ICollectionFixture<AppProcess>;

/// <inheritdoc cref="OneAppForSelfTests"/>
[CollectionDefinition]
public sealed class OneAppForEditors : ICollectionFixture<AppProcess>;

/// <summary>
/// The product as a process of its own on a database of its own: <c>class SomeTests(AppProcess app) : IClassFixture&lt;AppProcess&gt;</c>.
/// It can be killed and started again on the same port.
/// </summary>
public sealed class AppProcess(TestPostgres postgres) : IAsyncLifetime
{
    private string _connectionString = "";
    private string? _firstAdminPath;
    private ServedApp? _app;

    /// <summary>A free port of loopback, the same for every start.</summary>
    public int Port { get; } = ServedApp.FreePort();

    /// <summary>Of the app's database, for looking at what is stored.</summary>
    public string ConnectionString => _connectionString;

    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>The path of the one-use link by which the first admin is made, as it was printed by a start that found no admin.</summary>
    public string FirstAdminPath => _app?.FirstAdminPath ?? _firstAdminPath ?? throw new InvalidOperationException("The app has not printed a link.");

    public async ValueTask InitializeAsync()
    {
        _connectionString = await postgres.CreateDatabaseAsync();
        await StartAsync();
    }

    public async Task StartAsync()
    {
        _firstAdminPath = _app?.FirstAdminPath ?? _firstAdminPath;
        _app = await ServedApp.StartAsync(Facts.AppFolder, $"http://*:{Port}", Address, _connectionString);
    }

    /// <summary>kill -9: no goodbye to anyone.</summary>
    public Task KillAsync() => _app!.KillAsync();

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        await postgres.DropDatabaseAsync(_connectionString);
    }
}
