using System.Globalization;
using System.Text.Json;
using HdrHistogram;
using Spectre.Console;

namespace StudyQuiz.Load;

/// <summary>Says how a run went.</summary>
internal static class Report
{
    private const int TroublesShown = 5;
    private const double FanOutBudget = 1.3;
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);

    /// <returns>The exit code: 0 when every player came in and every receipt stands for one stored answer, else 1.</returns>
    public static int Write(LoadResult result, GameOptions options)
    {
        foreach (var trouble in result.Troubles.CountBy(trouble => trouble).Take(TroublesShown)) Progress.Say($"{trouble.Value} × {trouble.Key}");
        var figures = result.Figures;
        if (options.Json) Console.WriteLine(JsonSerializer.Serialize(figures, _json));
        else WriteTables(result);

        if (Breach(figures, options) is not { } breach) return 0;
        Console.Error.WriteLine(breach);
        return 1;
    }

    private static string? Breach(GameFigures figures, GameOptions options)
    {
        if (figures.Lost > 0 || figures.Doubled > 0) return $"{figures.Lost} answers were lost and {figures.Doubled} doubled.";
        if (figures.Joined < figures.Players) return $"{figures.Players - figures.Joined} players did not come in.";
        var expected = figures.Joined * options.Questions;
        return figures.Stored == expected ? null : $"{figures.Sent} answers were sent and {figures.Stored} stored, where {expected} were to be.";
    }

    private static void WriteTables(LoadResult result)
    {
        var times = new Table().AddColumns("milliseconds", "p50", "p90", "p99", "most", "count", "budget, p99").Border(TableBorder.Simple);
        foreach (var column in times.Columns.Skip(1)) column.RightAligned();
        Add(times, "receipt", result.Product.Receipt, "500");
        Add(times, "reveal, each player", result.Product.Reveal, "");
        Add(times, "reveal, last player", result.Product.LastReveal, "1000");
        Add(times, "spread of the opening", result.Product.OpenSpread, "");
        Add(times, "spread of the reveal", result.Product.RevealSpread, "");
        Add(times, "bare hub: receipt", result.Bare.Receipt, "");
        Add(times, "bare hub: reveal, each player", result.Bare.Reveal, "");
        Add(times, "bare hub: reveal, last player", result.Bare.LastReveal, "");

        var figures = result.Figures;
        var counts = new Table().AddColumns("", "", "budget").HideHeaders().Border(TableBorder.Simple);
        counts.Columns[1].RightAligned();
        Add(counts, "players, joined", $"{figures.Players}, {figures.Joined}", "all");
        Add(counts, "joins a second", figures.JoinPerSecond, "");
        Add(counts, "answers sent, stored", $"{figures.Sent}, {figures.Stored}", "equal");
        Add(counts, "lost, doubled", $"{figures.Lost}, {figures.Doubled}", "0, 0");
        Add(counts, "largest reveal, bytes", result.Bytes.GetValueOrDefault(Domain.Games.GamePhase.Closed), "");
        Add(counts, "app process, MB at most", figures.ServerRssMb, "500");
        Add(counts, $"{figures.Hosts} app process(es), CPU seconds", figures.ServerCpuSeconds, "");
        Add(counts, "CPU of a join, ms: app, database", $"{figures.JoinCpuMs}, {figures.DatabaseJoinCpuMs}", "");
        Add(counts, "CPU of a player's question, ms: app, database", $"{figures.AnswerCpuMs}, {figures.DatabaseAnswerCpuMs}", "");
        Add(counts, "reveal to the last player against the bare hub, p50", Math.Round(Ratio(result, 50), 2), $"{FanOutBudget}");
        Add(counts, "reveal to the last player against the bare hub, p99", Math.Round(Ratio(result, 99), 2), $"{FanOutBudget}");
        AnsiConsole.Write(times);
        AnsiConsole.Write(counts);
    }

    private static double Ratio(LoadResult result, double percentile) =>
        Latencies.Milliseconds(result.Product.LastReveal, percentile) / Latencies.Milliseconds(result.Bare.LastReveal, percentile);

    private static void Add(Table table, string what, LongHistogram of, string budget) => table.AddRow(
        what, Text(Latencies.Milliseconds(of, 50)), Text(Latencies.Milliseconds(of, 90)), Text(Latencies.Milliseconds(of, 99)), Text(Latencies.Milliseconds(of, 100)), Text(of.TotalCount), budget);

    private static void Add(Table table, string what, object value, string budget) => table.AddRow(what, Text(value), budget);

    private static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
