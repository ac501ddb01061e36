using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;

namespace StudyQuiz.App.Tests.Live;

/// <summary>The load driver in small: real processes, the join pages, web sockets, a database that writes to the disk. No time is asserted.</summary>
public sealed class LoadTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(4);

    private static string Driver => Path.GetFullPath(typeof(LoadTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(fact => fact.Key == "LoadDriver").Value!);

    [Fact]
    public async Task Forty_players_lose_no_answer_and_double_none()
    {
        var (code, output, error) = await RunAsync("game", "--players", "40", "--questions", "2", "--answer-within", "500ms", "--host-pause", "100ms", "--json");

        Assert.True(code == 0, error);
        var figures = JsonNode.Parse(output.TrimEnd().Split('\n')[^1])!.AsObject();
        Assert.Equal(
            ["players", "joined", "joinPerSecond", "receiptP50Ms", "receiptP99Ms", "revealP50Ms", "revealP99Ms", "sent", "stored", "lost", "doubled", "serverRssMb", "serverCpuSeconds", "bareHubRevealP99Ms",
                "hosts", "joinCpuMs", "answerCpuMs", "databaseJoinCpuMs", "databaseAnswerCpuMs"],
            figures.Select(figure => figure.Key));
        Assert.Equal((40, 80, 80, 0, 0), (Count("joined"), Count("sent"), Count("stored"), Count("lost"), Count("doubled")));
        Assert.All(["receiptP99Ms", "revealP99Ms", "bareHubRevealP99Ms", "serverRssMb", "serverCpuSeconds", "joinCpuMs", "answerCpuMs", "databaseJoinCpuMs", "databaseAnswerCpuMs"], figure => Assert.True(figures[figure]!.GetValue<double>() > 0, figure));

        int Count(string figure) => figures[figure]!.GetValue<int>();
    }

    [Fact]
    public async Task Killed_servers_and_repeats_cost_no_receipt_and_no_score()
    {
        var (code, output, error) = await RunAsync("faults", "--players", "8", "--app-kills", "1", "--postgres-kills", "1", "--cut", "0", "--silent", "0", "--hosts", "1", "--troubles", "false", "--json");

        Assert.True(code == 0, error);
        var faults = JsonNode.Parse(output.TrimEnd().Split('\n')[^1])!["faults"]!.AsArray();
        Assert.Equal([16, 16, 16], faults.Select(fault => fault!["receipts"]!.GetValue<int>()));
        Assert.All(faults, fault => Assert.True(fault!["survived"]!.GetValue<bool>()));
        Assert.All(faults, fault => Assert.All(["lost", "wrongScores", "otherSeats", "missed"], figure => Assert.Equal(0, fault![figure]!.GetValue<int>())));
        Assert.All(faults, fault => Assert.InRange(fault!["recoverySeconds"]!.GetValue<double>(), 0, 60));
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(_patience);
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Driver, .. args]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
