using System.Buffers.Binary;
using System.Text.Json;
using Npgsql;
using StudyQuiz.App.Tests.ImportBank;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.Commands;

public sealed class DatabaseCommandTests(TestPostgres postgres) : IAsyncLifetime
{
    private readonly TestFolder _folder = TestFolder.Create();
    private string _database = "";

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateEmptyDatabaseAsync();
        Directory.CreateDirectory(_folder.In("sources"));
        await File.WriteAllTextAsync(_folder.In("sources/river.txt"), SmallBank.Raw);
        await File.WriteAllTextAsync(_folder.In("river.yaml"), BankFile.Write(SmallBank.Create("river")));
    }

    public async ValueTask DisposeAsync()
    {
        await postgres.DropDatabaseAsync(_database);
        _folder.Dispose();
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=postgres;Password=top-secret;Database=x")]
    [InlineData("Host=no-such-host.invalid;Username=postgres;Password=top-secret")]
    [InlineData("postgres://postgres:top-secret@127.0.0.1/x")]
    [InlineData("Password=top-secret")]
    [InlineData("top-secret")]
    public async Task A_connection_that_fails_is_one_line_without_the_password(string connectionString)
    {
        foreach (var command in new[] { "serve", "migrate" })
        {
            var run = await StudyQuizProcess.RunAsync(_folder.Path, connectionString, command);

            Assert.Equal(1, run.ExitCode);
            var line = Assert.Single(run.Error);
            Assert.DoesNotContain(run.Output.Concat(run.Error), text => text.Contains("top-secret", StringComparison.Ordinal) || text.Contains("   at ", StringComparison.Ordinal));
            Assert.True(line.Length > 20);
        }
    }

    [Fact]
    public async Task Migrate_then_preview_then_import_then_import_again()
    {
        var early = await RunAsync("import", _folder.In("river.yaml"));
        Assert.Equal(1, early.ExitCode);
        Assert.Contains("studyquiz migrate", Assert.Single(early.Error), StringComparison.Ordinal);

        Assert.Contains((await RunAsync("migrate")).Output, line => line.StartsWith("applied 2026", StringComparison.Ordinal));
        Assert.Equal(["The database is up to date."], (await RunAsync("migrate")).Output);

        var preview = Report(await RunAsync("import", _folder.In("river.yaml"), "--preview", "--json"));
        var first = Report(await RunAsync("import", _folder.In("river.yaml"), "--json"));
        var second = Report(await RunAsync("import", _folder.In("river.yaml"), "--json"));
        Assert.Equal((6, 6, 0), (preview["new"].GetArrayLength(), first["new"].GetArrayLength(), second["new"].GetArrayLength()));
        Assert.Equal(6, second["unchanged"].GetArrayLength());
        Assert.Equal(["source", "new", "changed", "unchanged", "conflicts", "missing", "refused"], first.Keys);
    }

    [Fact]
    public async Task The_embedded_database_is_made_by_whatever_command_comes_first()
    {
        var run = await StudyQuizProcess.RunAsync(_folder.In("data"), null, "import", _folder.In("river.yaml"), "--json");
        Assert.Equal((0, ""), (run.ExitCode, string.Join('\n', run.Error)));
        Assert.Equal(6, Report(run)["new"].GetArrayLength());
    }

    [Fact]
    public async Task An_import_that_is_refused_names_the_item_and_exits_with_1()
    {
        await RunAsync("migrate");
        var yaml = (await File.ReadAllTextAsync(_folder.In("river.yaml"), TestContext.Current.CancellationToken)).Replace("quote: 河水急", "quote: 河水缓", StringComparison.Ordinal);
        await File.WriteAllTextAsync(_folder.In("river.yaml"), yaml, TestContext.Current.CancellationToken);

        var run = await RunAsync("import", _folder.In("river.yaml"));

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("river: nothing was imported.", run.Output[0]);
        Assert.Contains("summer: P01 does not hold “河水缓”", run.Output[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_admin_is_made_with_a_password_from_standard_input()
    {
        await RunAsync("migrate");

        Assert.Equal((0, "chief is an admin now: sign in at /sign-in."), await AdminAsync("chief", "correct horse battery\n"));
        await using (var source = NpgsqlDataSource.Create(_database))
        await using (var read = source.CreateCommand("select password_hash from account where user_name = 'chief'"))
        {
            // ASP.NET Core Identity's third format: PBKDF2, HMAC-SHA-512, turns, length of the salt
            var hash = Convert.FromBase64String((string)(await read.ExecuteScalarAsync(TestContext.Current.CancellationToken))!);
            Assert.Equal((1, 2u, 210_000u, 16u), (hash[0], Number(1), Number(5), Number(9)));
            uint Number(int at) => BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(at));
        }

        Assert.Equal((1, "Someone is called 'chief' already: choose another name, or give that account the role on the page People."), await AdminAsync("chief", "another password\n"));
        Assert.Equal((1, "The password is too short: use at least 8 characters."), await AdminAsync("second", "short\n"));
        Assert.Equal((1, "The password is one of those that are guessed first: choose one that is not on every list, nor made of the name or words of the place."), await AdminAsync("second", "second2026\n"));
        Assert.Equal((1, "No password came on standard input: send it as one line."), await AdminAsync("second", ""));
    }

    [Fact]
    public async Task The_doctor_says_what_is_applied_and_what_is_not()
    {
        var before = await RunAsync("doctor");
        Assert.Equal(1, before.ExitCode);
        Assert.Contains(before.Output, line => line.StartsWith("ok    database     PostgreSQL 18", StringComparison.Ordinal));
        Assert.Contains(before.Output, line => line.StartsWith("WRONG migrations", StringComparison.Ordinal) && line.Contains("studyquiz migrate", StringComparison.Ordinal));

        await RunAsync("migrate");
        Assert.Contains((await RunAsync("doctor")).Output, line => line.StartsWith("ok    migrations", StringComparison.Ordinal));

        var none = await StudyQuizProcess.RunAsync(_folder.Path, "Host=127.0.0.1;Port=1;Username=postgres", "doctor");
        Assert.Equal(1, none.ExitCode);
        Assert.Contains(none.Output, line => line.StartsWith("WRONG database     Nothing listens at 127.0.0.1:1", StringComparison.Ordinal));
    }

    private async Task<(int ExitCode, string Says)> AdminAsync(string name, string input)
    {
        var run = await StudyQuizProcess.RunAsync(input, _folder.Path, _database, ["admin", "create", name]);
        return (run.ExitCode, Assert.Single(run.Output.Concat(run.Error)));
    }

    private Task<(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Error)> RunAsync(params string[] args) =>
        StudyQuizProcess.RunAsync(_folder.Path, _database, args);

    private static Dictionary<string, JsonElement> Report((int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Error) run)
    {
        Assert.Equal((0, ""), (run.ExitCode, string.Join('\n', run.Error)));
        return JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(string.Join('\n', run.Output))!;
    }
}
