using System.Net;
using System.Net.Sockets;
using Dapper;
using Npgsql;
using StudyQuiz.Postgres;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.Postgres;

public sealed class ConnectionTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string Secret = "s3cret;Word";

    [Fact]
    public async Task A_usable_database_has_no_failure() => Assert.Null(await ConnectionProbe.DescribeFailure(database.ConnectionString, Cancel));

    [Fact]
    public async Task A_refused_password_and_a_missing_database_are_told_apart()
    {
        var to = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var place = $"{to.Host}:{to.Port}";

        await AssertLineAsync($"PostgreSQL at {place} refuses the password of user '{to.Username}' (28P01): correct Username and Password",
            new NpgsqlConnectionStringBuilder(to.ConnectionString) { Password = Secret }.ConnectionString);
        await AssertLineAsync($"PostgreSQL at {place} has no database 'nowhere' (3D000): create it with 'createdb'",
            new NpgsqlConnectionStringBuilder(to.ConnectionString) { Database = "nowhere" }.ConnectionString);
        await AssertLineAsync($"PostgreSQL at {place} asks for a password: add Username and Password",
            new NpgsqlConnectionStringBuilder(to.ConnectionString) { Password = null }.ConnectionString);
    }

    [Theory]
    [InlineData("Host=no-such-host.invalid;Password='s3cret;Word'", "The host 'no-such-host.invalid' is unknown: correct Host")]
    [InlineData("Host=localhost;Password=s3cret;Word", "The connection string can't be read: write 'Host=")]
    [InlineData("Host=localhost;Port=many;Password='s3cret;Word'", "The connection string can't be read: write 'Host=")]
    [InlineData("postgres://studyquiz:s3cret;Word@localhost/studyquiz", "The connection string is written as an address: write 'Host=")]
    [InlineData("Database=studyquiz;Password='s3cret;Word'", "The connection string names no host: add 'Host=")]
    public async Task What_can_be_wrong_without_a_server_is_one_line(string connectionString, string begins) => await AssertLineAsync(begins, connectionString);

    [Fact]
    public async Task A_closed_port_and_a_silent_one_are_told_apart()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start(); // the system accepts, nobody ever answers
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        await AssertLineAsync($"No answer from 127.0.0.1:{port} within 5 s: check the address", $"Host=127.0.0.1;Port={port};Username=a;Password='{Secret}'");
        silent.Stop();
        await AssertLineAsync($"Nothing listens at 127.0.0.1:{port}: start PostgreSQL there", $"Host=127.0.0.1;Port={port};Username=a;Password='{Secret}'");
    }

    [Fact]
    public async Task The_data_source_maps_underscores_and_dates_and_leaves_what_the_string_says()
    {
        string[] list = ["K1", "K2"];
        await using var connection = await database.Source.OpenConnectionAsync(Cancel);
        var row = await connection.QuerySingleAsync<Row>("select @day as study_day, @at as answered_at, @list as key_points",
            new { day = new DateOnly(2026, 11, 24), at = DateTimeOffset.UnixEpoch, list });
        Assert.Equal((new DateOnly(2026, 11, 24), DateTimeOffset.UnixEpoch), (row.StudyDay, row.AnsweredAt));
        Assert.Equal(list, row.KeyPoints);

        await using var source = PostgresDataSource.Create(database.ConnectionString + ";Application Name=mine");
        var settings = new NpgsqlConnectionStringBuilder(source.ConnectionString);
        Assert.Equal(("mine", 5, 30, 64), (settings.ApplicationName, settings.Timeout, settings.CommandTimeout, settings.MaxAutoPrepare));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task AssertLineAsync(string begins, string connectionString)
    {
        var line = await ConnectionProbe.DescribeFailure(connectionString, Cancel);
        Assert.StartsWith(begins, line, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", line, StringComparison.Ordinal);
        Assert.DoesNotContain("Word", line!.Replace("Password", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
    }

    private sealed record Row
    {
        public DateOnly StudyDay { get; init; }
        public DateTimeOffset AnsweredAt { get; init; }
        public string[] KeyPoints { get; init; } = [];
    }
}
