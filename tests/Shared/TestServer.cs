using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using StudyQuiz.Postgres;
using Testcontainers.PostgreSql;

namespace StudyQuiz.Tests.Shared;

/// <summary>
/// The PostgreSQL that tests run on: the one named by STUDYQUIZ_TEST_POSTGRES (its user must be allowed to create databases), else
/// a container where a Docker engine answers, else the embedded one. Where all three fail the tests fail; none is skipped.
/// </summary>
internal sealed class TestServer(string connectionString, IAsyncDisposable? owned, TestFolder? folder) : IAsyncDisposable
{
    public const string EnvironmentName = "STUDYQUIZ_TEST_POSTGRES";

    public string ConnectionString { get; } = connectionString;

    public static async Task<TestServer> StartAsync()
    {
        if (Environment.GetEnvironmentVariable(EnvironmentName) is { Length: > 0 } named)
            return await ConnectionProbe.DescribeFailure(named) is { } failure ? throw new InvalidOperationException($"{EnvironmentName}: {failure}") : new(named, null, null);

        if (await DockerAnswersAsync())
        {
            var container = new PostgreSqlBuilder("postgres:18").WithCommand("-c", "fsync=off", "-c", "max_connections=200").Build();
            await container.StartAsync();
            return new(container.GetConnectionString(), container, null);
        }

        var folder = TestFolder.Create();
        // No test cuts the power, and a killed process loses nothing that was written: fsync only costs time here
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["fsync"] = "off", ["shared_buffers"] = "64MB" };
        var server = await EmbeddedPostgres.StartAsync(new() { DataFolder = folder.Path, Settings = settings }, NullLogger.Instance);
        return new(server.ConnectionString, server, folder);
    }

    public async ValueTask DisposeAsync()
    {
        if (owned is not null) await owned.DisposeAsync();
        folder?.Dispose();
    }

    private static async Task<bool> DockerAnswersAsync()
    {
        if (OperatingSystem.IsWindows()) return File.Exists(@"\\.\pipe\docker_engine");
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        EndPoint?[] doors = [
            Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } host && Uri.TryCreate(host, UriKind.Absolute, out var uri) ? EndPointOf(uri) : null,
            new UnixDomainSocketEndPoint("/var/run/docker.sock"),
            new UnixDomainSocketEndPoint(Path.Combine(home, ".docker/run/docker.sock")),
        ];
        foreach (var door in doors)
            if (door is not null && await AcceptsAsync(door)) return true;
        return false;
    }

    private static EndPoint EndPointOf(Uri uri) => uri.Scheme == "unix" ? new UnixDomainSocketEndPoint(uri.AbsolutePath) : new DnsEndPoint(uri.Host, uri.Port);

    private static async Task<bool> AcceptsAsync(EndPoint door)
    {
        using var socket = door is UnixDomainSocketEndPoint ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            await socket.ConnectAsync(door, limit.Token);
            return true;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
