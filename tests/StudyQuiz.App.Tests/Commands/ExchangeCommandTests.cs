using System.Text.Json;
using StudyQuiz.App.Tests.ImportBank;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.Commands;

public sealed class ExchangeCommandTests(TestPostgres postgres) : IAsyncLifetime
{
    private readonly TestFolder _folder = TestFolder.Create();
    private string _database = "";

    public async ValueTask InitializeAsync() => _database = await postgres.CreateDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        await postgres.DropDatabaseAsync(_database);
        _folder.Dispose();
    }

    [Fact]
    public async Task A_preview_needs_no_database_and_names_every_line()
    {
        // nothing answers there
        const string nowhere = "Host=127.0.0.1;Port=1;Username=x;Password=y;Database=z";
        var good = await StudyQuizProcess.RunAsync(_folder.Path, nowhere, "import", Sample("paper.txt"), "--format", "text", "--preview", "--json");
        var aiken = await StudyQuizProcess.RunAsync(_folder.Path, nowhere, "import", Sample("broken.aiken.txt"), "--preview", "--json");
        await File.WriteAllBytesAsync(_folder.In("bomb.xml"), "<!DOCTYPE a [<!ENTITY b 'c'>]><quiz/>"u8.ToArray(), TestContext.Current.CancellationToken);
        var hostile = await StudyQuizProcess.RunAsync(_folder.Path, nowhere, "import", _folder.In("bomb.xml"), "--format", "moodle-xml", "--json");

        Assert.Equal((0, 1, 1), (good.ExitCode, aiken.ExitCode, hostile.ExitCode));
        var report = Report(good);
        Assert.Equal([5, 10, 17, 27, 28, 35, 42], report.GetProperty("new").EnumerateArray().Select(row => row.GetProperty("line").GetInt32()));
        Assert.Equal((0, 0), (report.GetProperty("changed").GetArrayLength(), report.GetProperty("unchanged").GetArrayLength()));
        Assert.Equal([30, 37, 50, 53], report.GetProperty("refused").EnumerateArray().Select(row => row.GetProperty("line").GetInt32()));
        Assert.Contains("only √, ×", report.GetProperty("refused")[0].GetProperty("why").GetString(), StringComparison.Ordinal);
        Assert.Equal((0, 5), (Report(aiken).GetProperty("new").GetArrayLength(), Report(aiken).GetProperty("refused").GetArrayLength()));
        Assert.Contains("DTD", Report(hostile).GetProperty("refused")[0].GetProperty("why").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_goes_into_a_bank_once_and_the_bank_into_a_file()
    {
        Directory.CreateDirectory(_folder.In("sources"));
        await File.WriteAllTextAsync(_folder.In("sources/river.txt"), SmallBank.Raw, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_folder.In("river.yaml"), BankFile.Write(SmallBank.Create("river")), TestContext.Current.CancellationToken);
        Assert.Equal(0, (await RunAsync("import", _folder.In("river.yaml"))).ExitCode);

        var nowhere = await RunAsync("import", Sample("good.aiken.txt"));
        Assert.Equal((1, true), (nowhere.ExitCode, Assert.Single(nowhere.Error).Contains("--into SLUG", StringComparison.Ordinal)));
        var missing = await RunAsync("import", Sample("good.aiken.txt"), "--into", "lake", "--json");
        Assert.Equal((1, true), (missing.ExitCode, Report(missing).GetProperty("refused")[0].GetProperty("why").GetString()!.Contains("There is no bank 'lake'", StringComparison.Ordinal)));

        var stored = Report(await RunAsync("import", Sample("good.aiken.txt"), "--into", "river", "--json"));
        Assert.Equal((3, true), (stored.GetProperty("new").GetArrayLength(), stored.GetProperty("stored").GetBoolean()));
        Assert.All(stored.GetProperty("new").EnumerateArray(), row => Assert.Equal(("draft", "none"), (row.GetProperty("status").GetString(), row.GetProperty("evidence").GetString())));
        var again = Report(await RunAsync("import", Sample("good.aiken.txt"), "--into", "river", "--preview", "--json"));
        Assert.Equal((0, 3, false), (again.GetProperty("new").GetArrayLength(), again.GetProperty("unchanged").GetArrayLength(), again.GetProperty("stored").GetBoolean()));

        var export = await RunAsync("export", "river", "--format", "yaml", "--out", _folder.In("out/river.yaml"));
        Assert.Contains(export.Output, line => line.StartsWith("Left out (3): It has no evidence", StringComparison.Ordinal));
        Assert.Equal(3, Report(await RunAsync("import", _folder.In("out/river.yaml"), "--preview", "--json")).GetProperty("unchanged").EnumerateArray().Count(id => id.GetString() is "water" or "spring" or "summer"));
        var csv = await RunAsync("export", "river", "--format", "csv", "--out", _folder.In("river.csv"));
        Assert.Equal((0, $"Wrote 6 question(s) to {_folder.In("river.csv")}."), (csv.ExitCode, csv.Output[0]));
        Assert.Equal(6, Report(await RunAsync("import", _folder.In("river.csv"), "--into", "river", "--preview", "--json")).GetProperty("unchanged").GetArrayLength());
        Assert.Equal(1, (await RunAsync("export", "river", "--format", "pdf", "--out", _folder.In("x"))).ExitCode);
    }

    private static string Sample(string name) => Path.Combine(AppContext.BaseDirectory, "ExchangeQuestions", "samples", name);

    private Task<(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Error)> RunAsync(params string[] args) => StudyQuizProcess.RunAsync(_folder.Path, _database, args);

    private static JsonElement Report((int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Error) run) => JsonDocument.Parse(string.Join('\n', run.Output)).RootElement;
}
