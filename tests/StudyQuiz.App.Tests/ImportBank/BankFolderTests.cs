using StudyQuiz.App.Features.ImportBank;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.ImportBank;

public sealed class BankFolderTests(TestDatabase database) : IClassFixture<TestDatabase>, IDisposable
{
    private readonly TestFolder _folder = TestFolder.Create();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("../secret.txt")]
    [InlineData("sources/../../secret.txt")]
    [InlineData("/etc/passwd")]
    public async Task A_source_outside_the_bank_s_folder_is_refused(string file)
    {
        Directory.CreateDirectory(_folder.In("banks"));
        await File.WriteAllTextAsync(_folder.In("secret.txt"), SmallBank.Raw, TestContext.Current.CancellationToken);
        var bank = SmallBank.Create("traversal");
        await WriteAsync("banks/a.yaml", BankFile.Write(bank with { Source = bank.Source with { File = file } }));

        var report = await ImportAsync("banks/a.yaml");

        Assert.Contains("leaves the folder", Assert.Single(report.Refused).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_bad_file_does_not_keep_the_others_out()
    {
        Directory.CreateDirectory(_folder.In("sources"));
        await WriteAsync("sources/river.txt", SmallBank.Raw);
        await WriteAsync("a.yaml", "source: [\n");
        await WriteAsync("b.yaml", BankFile.Write(SmallBank.Create("good")));
        await WriteAsync("c.yaml", BankFile.Write(SmallBank.Create("lost") with { Source = SmallBank.Create("lost").Source with { File = "sources/none.txt" } }));
        await File.WriteAllBytesAsync(_folder.In("d.yaml"), [0xFF, 0xFE, 0x00], TestContext.Current.CancellationToken);

        var reports = await new BankFolder(new BankImporter(database.Source)).ImportAllAsync(_folder.Path, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(["a.yaml", "good", "lost", "d.yaml"], reports.Select(report => report.Source));
        Assert.Equal([1, 0, 1, 1], reports.Select(report => report.Refused.Count));
        Assert.Contains("line ", reports[0].Refused[0].Message, StringComparison.Ordinal);
        Assert.Contains("no such file", reports[2].Refused[0].Message, StringComparison.Ordinal);
        Assert.Contains("UTF-8", reports[3].Refused[0].Message, StringComparison.Ordinal);
    }

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(_folder.In(name), text, TestContext.Current.CancellationToken);

    private Task<ImportReport> ImportAsync(string name) =>
        new BankFolder(new BankImporter(database.Source)).ImportFileAsync(_folder.In(name), cancellation: TestContext.Current.CancellationToken);
}
