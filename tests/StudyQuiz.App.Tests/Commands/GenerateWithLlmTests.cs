using StudyQuiz.App.Tests.ProposeQuestions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.Commands;

/// <summary><c>studyquiz generate --llm</c> as people run it.</summary>
public sealed class GenerateWithLlmTests : IDisposable
{
    private readonly TestFolder _folder = TestFolder.Create();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_configuration_one_line_names_the_settings_and_nothing_is_written()
    {
        var run = await GenerateAsync(server: null, "--llm");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Llm__Address", Assert.Single(run.Error), StringComparison.Ordinal);
        Assert.Empty(run.Output);
        Assert.False(File.Exists(_folder.In("water.yaml")));
    }

    [Fact]
    public async Task Configured_but_not_asked_for_nothing_is_sent()
    {
        await using var server = await LlmServer.SayingAsync(Speech.Well);

        var run = await GenerateAsync(server);

        Assert.Equal((0, 0), (run.ExitCode, server.Requests.Count));
        Assert.DoesNotContain(run.Output, line => line.StartsWith("Language model", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Asked_for_it_adds_drafts_and_says_what_came_of_it()
    {
        await using var server = await LlmServer.SayingAsync(Speech.Well);

        var run = await GenerateAsync(server, "--llm", "--count", "300", "--report", _folder.In("report.json"));

        Assert.Equal((0, ""), (run.ExitCode, string.Join('\n', run.Error)));
        Assert.Contains(run.Output, line => line.StartsWith("Language model: 1 proposed, 1 passed the gates, 1 chosen", StringComparison.Ordinal));
        var (bank, errors) = BankFile.Read(await File.ReadAllTextAsync(_folder.In("water.yaml"), TestContext.Current.CancellationToken));
        Assert.Empty(errors);
        Assert.Single(Speech.Proposed(bank!));
        await NowhereTheKeyAsync(run);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(401)]
    public async Task A_server_that_fails_and_repeats_the_key_does_not_fail_the_command(int status)
    {
        await using var server = await LlmServer.FailingAsync(status, $"{{\"error\":{{\"message\":\"bad key {Speech.Key}\"}}}}");

        var run = await GenerateAsync(server, "--llm", "--report", _folder.In("report.json"));

        Assert.Equal((0, ""), (run.ExitCode, string.Join('\n', run.Error)));
        Assert.Contains(run.Output, line => line.Contains($"{status}", StringComparison.Ordinal) && line.StartsWith("  failed", StringComparison.Ordinal));
        Assert.Contains("  The bank is the rules' alone.", run.Output);
        Assert.True(File.Exists(_folder.In("water.yaml")));
        await NowhereTheKeyAsync(run);
    }

    private async Task NowhereTheKeyAsync((int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Error) run)
    {
        Assert.DoesNotContain(run.Output.Concat(run.Error), line => line.Contains(Speech.Key, StringComparison.Ordinal));
        foreach (var file in Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain(Speech.Key, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Error)> GenerateAsync(LlmServer? server, params string[] options)
    {
        await File.WriteAllTextAsync(_folder.In("speech.txt"), Speech.Text, TestContext.Current.CancellationToken);
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Llm__Address"] = server?.Address.ToString() ?? "",
            ["Llm__Model"] = server is null ? "" : "test-model",
            ["Llm__Key"] = server is null ? "" : Speech.Key,
        };
        return await StudyQuizProcess.RunAsync(environment, _folder.Path, ["generate", _folder.In("speech.txt"), "--publisher", "校报", "--out", _folder.In("water.yaml"), .. options]);
    }
}
