using System.Diagnostics;
using System.Globalization;
using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;
using StudyQuiz.Postgres;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.Postgres;

public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly TestFolder _folder = TestFolder.Create();
    private readonly Recorder _log = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task First_start_gives_a_durable_utf8_server_on_loopback_only()
    {
        await using var server = await StartAsync();

        Assert.Equal(18, server.Version.Major);
        Assert.False(server.Attached);
        var settings = await QueryAsync<(string Name, string Value)>(server, "select name, setting from pg_settings");
        string Setting(string name) => settings.Single(setting => setting.Name == name).Value;
        Assert.Equal(("on", "127.0.0.1", "200", "UTC", "UTF8"), (Setting("fsync"), Setting("listen_addresses"), Setting("max_connections"), Setting("TimeZone"), Setting("server_encoding")));
        Assert.Equal(("b", "C.UTF-8"), (await QueryAsync<(string, string)>(server, "select datlocprovider::text, datlocale from pg_database where datname = 'studyquiz'")).Single());

        var wrong = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Password = "guess", Pooling = false }.ConnectionString;
        Assert.Contains("28P01", await ConnectionProbe.DescribeFailure(wrong, Cancel), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.In("password")));
    }

    [Fact]
    public async Task Second_start_keeps_data_port_and_password()
    {
        string first;
        await using (var server = await StartAsync())
        {
            first = server.ConnectionString;
            await ExecuteAsync(server, "create table kept as select 42 as answer");
        }

        await using var again = await StartAsync();
        Assert.Equal(first, again.ConnectionString);
        Assert.False(again.Attached);
        Assert.Equal(42, (await QueryAsync<int>(again, "select answer from kept")).Single());
    }

    [Fact]
    public async Task Further_settings_and_a_fixed_port_are_used_and_a_taken_port_is_refused()
    {
        int port;
        await using (var server = await StartAsync(new() { DataFolder = _folder.Path, Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["work_mem"] = "7MB" } }))
        {
            port = new NpgsqlConnectionStringBuilder(server.ConnectionString).Port;
            Assert.Equal("7MB", (await QueryAsync<string>(server, "show work_mem")).Single());
            using var other = TestFolder.Create();
            var refusal = await Assert.ThrowsAsync<PostgresStartException>(() => StartAsync(new() { DataFolder = other.Path, Port = port }));
            Assert.StartsWith($"Port {port} on 127.0.0.1 is used by another program: choose another port", refusal.Message, StringComparison.Ordinal);
        }

        await using var again = await StartAsync(new() { DataFolder = _folder.Path, Port = port + 1 });
        Assert.Equal(port + 1, new NpgsqlConnectionStringBuilder(again.ConnectionString).Port);
    }

    [Fact]
    public async Task A_second_process_is_refused_until_the_first_is_gone_and_the_next_attaches_to_a_killed_ones_server()
    {
        await using (var server = await StartAsync())
        {
            await ExecuteAsync(server, "create table kept as select 42 as answer");
            using var second = DataFolderOwner.Start(_folder.Path);
            var answer = await second.AnswerAsync();
            Assert.Equal($"{nameof(DataFolderInUseException)}: The data folder {_folder.Path} is in use by another StudyQuiz (process {Environment.ProcessId}): stop that one, or choose another folder with --data.", answer);
        }

        int postmaster;
        using (var owner = DataFolderOwner.Start(_folder.Path))
        {
            Assert.Equal("ready", await owner.AnswerAsync());
            var refusal = await Assert.ThrowsAsync<DataFolderInUseException>(() => StartAsync());
            Assert.Contains($"(process {owner.Id})", refusal.Message, StringComparison.Ordinal);
            postmaster = Postmaster;
            await owner.KillAsync();
        }

        await using var next = await StartAsync();
        Assert.True(next.Attached);
        Assert.Equal(postmaster, Postmaster);
        Assert.Equal(42, (await QueryAsync<int>(next, "select answer from kept")).Single());
        await next.StopAsync(Cancel);
        Assert.False(File.Exists(PidFile));
    }

    [Fact]
    public async Task A_killed_server_is_restarted_with_its_committed_data_and_the_incident_is_logged_once()
    {
        await using var server = await StartAsync();
        await ExecuteAsync(server, "create table kept as select 42 as answer");
        var killed = Postmaster;

        using (var process = Process.GetProcessById(killed)) process.Kill();
        await Until.TrueAsync(async () => await ConnectionProbe.DescribeFailure(server.ConnectionString, Cancel) is null && Postmaster != killed, "the server is back");

        Assert.Equal(42, (await QueryAsync<int>(server, "select answer from kept")).Single());
        await Until.TrueAsync(() => Task.FromResult(_log.LinesFrom(LogLevel.Warning).Any(line => line.StartsWith("PostgreSQL is back", StringComparison.Ordinal))), "its return is logged");
        Assert.Single(_log.LinesFrom(LogLevel.Warning), line => line.Contains("ended unexpectedly", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_setup_killed_half_way_is_done_again()
    {
        using (var owner = DataFolderOwner.Start(_folder.Path))
        {
            await Until.TrueAsync(() => Task.FromResult(Directory.EnumerateDirectories(_folder.Path, "cluster.new-*").Any()), "initdb has begun");
            await owner.KillAsync();
        }
        Assert.False(Directory.Exists(_folder.In("cluster")));

        await using var server = await StartAsync();
        Assert.Equal(1, (await QueryAsync<int>(server, "select 1")).Single());
    }

    [Fact]
    public async Task A_copied_folder_gets_a_server_of_its_own_while_the_originals_runs()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "cp -a");
        await using var server = await StartAsync();
        await ExecuteAsync(server, "create table kept as select 42 as answer; checkpoint");
        using var copy = TestFolder.Create();
        using (var copying = Process.Start("cp", ["-a", _folder.Path + "/.", copy.Path])) await copying.WaitForExitAsync(Cancel);

        await using var second = await StartAsync(new() { DataFolder = copy.Path });
        Assert.False(second.Attached);
        Assert.NotEqual(server.ConnectionString, second.ConnectionString);
        await ExecuteAsync(second, "update kept set answer = 43");
        Assert.Equal(42, (await QueryAsync<int>(server, "select answer from kept")).Single());
    }

    [Fact]
    public async Task A_folder_of_another_major_version_is_refused()
    {
        await using (await StartAsync()) { }
        await File.WriteAllTextAsync(_folder.In("cluster/PG_VERSION"), "17\n", Cancel);

        var refusal = await Assert.ThrowsAsync<DataFolderVersionException>(() => StartAsync());
        Assert.StartsWith($"The data folder {_folder.Path} was made by PostgreSQL 17, and PostgreSQL 18 can't open it: dump it", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Root_leaves_a_normal_users_folder_as_it_is()
    {
        Assert.SkipUnless(!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess, "needs root to make another user's folder");
        var conf = _folder.In("cluster/postgresql.conf");
        Directory.CreateDirectory(_folder.In("cluster"));
        await File.WriteAllTextAsync(_folder.In("cluster/PG_VERSION"), "18\n", Cancel);
        await File.WriteAllTextAsync(conf, "# theirs", Cancel);
        using (var giving = Process.Start("chown", ["-R", "1000:1000", _folder.In("cluster")])) await giving.WaitForExitAsync(Cancel);

        var refusal = await Assert.ThrowsAsync<DataFolderUnusableException>(() => StartAsync());
        Assert.StartsWith($"The database in {_folder.Path} belongs to another user", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("# theirs", await File.ReadAllTextAsync(conf, Cancel));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string PidFile => _folder.In("cluster/postmaster.pid");

    private int Postmaster => File.Exists(PidFile) ? int.Parse(File.ReadLines(PidFile).First(), CultureInfo.InvariantCulture) : 0;

    private Task<EmbeddedPostgres> StartAsync(EmbeddedPostgresOptions? options = null) => EmbeddedPostgres.StartAsync(options ?? new() { DataFolder = _folder.Path }, _log, Cancel);

    private static async Task<List<T>> QueryAsync<T>(EmbeddedPostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        return (await connection.QueryAsync<T>(sql)).AsList();
    }

    private static async Task ExecuteAsync(EmbeddedPostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await connection.ExecuteAsync(sql);
    }
}
