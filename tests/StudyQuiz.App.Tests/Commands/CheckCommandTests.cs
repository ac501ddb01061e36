using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.Commands;

public sealed class CheckCommandTests : IDisposable
{
    private readonly TestFolder _folder = TestFolder.Create();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_shipped_bank_passes()
    {
        var run = await CheckAsync(Path.Combine(AppContext.BaseDirectory, "questions", "yangtze-delta-symposium-2020.yaml"));

        Assert.Equal((0, ""), (run.ExitCode, string.Join('\n', run.Error)));
        Assert.All(run.Output, line => Assert.StartsWith("pass ", line, StringComparison.Ordinal));
        Assert.Contains("pass source file", run.Output);
    }

    [Theory]
    [InlineData("sha256: 8fbc", "sha256: 9fbc", "FAIL source file (1)", "SHA-256")]
    [InlineData("quote: 坚持目标导向、问题导向相统一}", "quote: 坚持目标导航}", "FAIL evidence (1)", "k1-2-two-orientations-single")]
    [InlineData("difficulty: 1", "difficulty: 7", "line ", ", difficulty")]
    public async Task A_broken_bank_fails_and_says_where(string text, string instead, string first, string second)
    {
        var shipped = Path.Combine(AppContext.BaseDirectory, "questions");
        Directory.CreateDirectory(_folder.In("sources"));
        File.Copy(Path.Combine(shipped, "sources", "yangtze-delta-symposium-2020.txt"), _folder.In("sources/yangtze-delta-symposium-2020.txt"));
        var yaml = await File.ReadAllTextAsync(Path.Combine(shipped, "yangtze-delta-symposium-2020.yaml"), TestContext.Current.CancellationToken);
        var at = yaml.IndexOf(text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(_folder.In("broken.yaml"), yaml.Remove(at, text.Length).Insert(at, instead), TestContext.Current.CancellationToken);

        var run = await CheckAsync(_folder.In("broken.yaml"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(run.Output, line => line.Contains(first, StringComparison.Ordinal));
        Assert.Contains(run.Output, line => line.Contains(second, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_is_not_there_and_an_option_that_does_not_exist()
    {
        Assert.Equal(1, (await CheckAsync(_folder.In("none.yaml"))).ExitCode);
        Assert.Equal(1, (await StudyQuizProcess.RunAsync(_folder.Path, null, "serve", "--lann")).ExitCode);
    }

    private Task<(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Error)> CheckAsync(string file) => StudyQuizProcess.RunAsync(_folder.Path, null, "check", file);
}
