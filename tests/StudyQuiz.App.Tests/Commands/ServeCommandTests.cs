using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.Commands;

public sealed class ServeCommandTests(TestPostgres postgres) : IAsyncLifetime
{
    private readonly TestFolder _folder = TestFolder.Create();
    private static readonly string[] _anyPort = ["--urls", "http://127.0.0.1:0"];
    private string _database = "";

    public async ValueTask InitializeAsync() => _database = await postgres.CreateEmptyDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        await postgres.DropDatabaseAsync(_database);
        _folder.Dispose();
    }

    [Fact]
    public async Task It_migrates_imports_answers_and_stops_at_Ctrl_C()
    {
        await using var serve = StudyQuizProcess.Start(_folder.Path, _database, "--urls", "http://127.0.0.1:0");
        var address = await serve.AddressAsync();
        using var client = new HttpClient { BaseAddress = address };

        Assert.Equal("live", await client.GetStringAsync(new Uri("/live", UriKind.Relative), TestContext.Current.CancellationToken));
        await Until.TrueAsync(async () => (await client.GetAsync(new Uri("/ready", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode == HttpStatusCode.OK, "/ready");
        await serve.SignalAsync("INT");

        Assert.Equal(0, await serve.EndAsync());
        Assert.Empty(serve.Error);
        Assert.Contains(serve.Output, line => line.Contains("Applied 1 migration(s)", StringComparison.Ordinal) || line.Contains("migration(s): 2026", StringComparison.Ordinal));
        Assert.Single(serve.Output, line => line.Contains("Bank yangtze-delta-symposium-2020: ", StringComparison.Ordinal) && line.Contains(" new, 0 changed", StringComparison.Ordinal));
        Assert.All(serve.Output, line => Assert.EndsWith("Z", JsonDocument.Parse(line).RootElement.GetProperty("Timestamp").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_used_is_one_line_before_anything_is_touched()
    {
        await File.WriteAllTextAsync(_folder.In("file"), "", TestContext.Current.CancellationToken);
        var file = await StudyQuizProcess.RunAsync(_folder.In("file"), null, "serve", "--urls", "http://127.0.0.1:0");
        Assert.Equal(1, file.ExitCode);
        Assert.Contains("--data", Assert.Single(file.Error), StringComparison.Ordinal);

        // A cluster on a database of one's own would be as many installations as hosts
        var alone = await StudyQuizProcess.RunAsync(new Dictionary<string, string?>(StringComparer.Ordinal) { ["ConnectionStrings__StudyQuiz"] = "", ["Cluster__Name"] = "quiz" }, _folder.In("alone"), ["serve", .. _anyPort]);
        Assert.Equal(1, alone.ExitCode);
        Assert.Contains("ConnectionStrings__StudyQuiz", Assert.Single(alone.Error), StringComparison.Ordinal);

        var wrong = await StudyQuizProcess.RunAsync(new Dictionary<string, string?>(StringComparer.Ordinal) { ["ConnectionStrings__StudyQuiz"] = _database, ["Limits__JoinsAtOnce"] = "many" }, _folder.Path, ["serve", .. _anyPort]);
        Assert.Equal(1, wrong.ExitCode);
        Assert.Contains("JoinsAtOnce", Assert.Single(wrong.Error), StringComparison.Ordinal);
        await using var connection = new Npgsql.NpgsqlConnection(_database);
        Assert.Equal(0, await Dapper.SqlMapper.QuerySingleAsync<int>(connection, "select count(*)::int from pg_class where relnamespace = 'public'::regnamespace"));
    }

    [Fact]
    public async Task The_link_for_the_first_admin_is_printed_until_there_is_one()
    {
        const string Says = "makes the first one, once: ";
        await using (var serve = StudyQuizProcess.Start(_folder.Path, _database, "serve", "--urls", "http://127.0.0.1:0"))
        {
            await serve.AddressAsync();
            string? link = null;
            await Until.TrueAsync(() => Task.FromResult((link = serve.Output.Select(line => StudyQuizProcess.WordAfter(Says, line)).FirstOrDefault(word => word is not null)) is not null), "the link");
            using var client = new HttpClient();
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri(link!), TestContext.Current.CancellationToken)).StatusCode);
            Assert.Equal(0, (await StudyQuizProcess.RunAsync("correct horse battery\n", _folder.Path, _database, ["admin", "create", "chief"])).ExitCode);
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri(link!), TestContext.Current.CancellationToken)).StatusCode);
            await serve.SignalAsync("TERM");
            Assert.Equal(0, await serve.EndAsync());
        }

        await using var again = StudyQuizProcess.Start(_folder.Path, _database, "serve", "--urls", "http://127.0.0.1:0");
        await again.AddressAsync();
        await again.SignalAsync("TERM");
        await again.EndAsync();
        Assert.DoesNotContain(again.Output, line => line.Contains(Says, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Its_own_PostgreSQL_is_shared_with_other_commands_and_stops_with_it()
    {
        await using var serve = StudyQuizProcess.Start(_folder.Path, null, "serve", "--urls", "http://127.0.0.1:0");
        await serve.AddressAsync();

        var migrate = await StudyQuizProcess.RunAsync(_folder.Path, null, "migrate");
        Assert.Equal((0, "The database is up to date."), (migrate.ExitCode, string.Join('\n', migrate.Output.Concat(migrate.Error))));
        var second = await StudyQuizProcess.RunAsync(_folder.Path, null, "serve", "--urls", "http://127.0.0.1:0");
        Assert.Equal(1, second.ExitCode);
        Assert.Contains("in use by another StudyQuiz", Assert.Single(second.Error), StringComparison.Ordinal);

        await serve.SignalAsync("TERM");
        Assert.Equal(0, await serve.EndAsync());
        Assert.False(File.Exists(_folder.In("cluster/postmaster.pid")));
        var doctor = await StudyQuizProcess.RunAsync(_folder.Path, null, "doctor");
        Assert.Contains(doctor.Output, line => line.StartsWith("ok    migrations", StringComparison.Ordinal));
        Assert.False(File.Exists(_folder.In("cluster/postmaster.pid")));
    }

    [Fact]
    public async Task A_port_in_use_is_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var run = await StudyQuizProcess.RunAsync(_folder.Path, _database, "serve", "--urls", $"http://127.0.0.1:{port}");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"Port {port} is used", Assert.Single(run.Error), StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("--urls", "localhost")]
    [InlineData("--public-url", "quiz.example.org")]
    [InlineData("--questions", "/no/such/folder")]
    public async Task A_setting_that_cannot_be_used_is_one_line(string option, string value)
    {
        var run = await StudyQuizProcess.RunAsync(_folder.Path, _database, ["serve", option, value, .. option == "--urls" ? [] : _anyPort]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(value, Assert.Single(run.Error), StringComparison.Ordinal);
    }
}
