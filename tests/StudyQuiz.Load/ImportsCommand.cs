using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Dapper;
using Spectre.Console;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.Load;

/// <summary><c>imports</c>: gives the command line and the page files that are made to do harm, and measures what refusing each takes.</summary>
internal static class ImportsCommand
{
    private const double SecondsBudget = 2;
    private const double GrowthBudget = 100;

    private static readonly Option<int> _runs = new("--runs") { Description = "How often each is tried; the worst is told", DefaultValueFactory = _ => 3 };
    private static readonly Option<bool> _noPage = new("--no-page") { Description = "The command line alone" };

    public static Command Create()
    {
        var command = new Command("imports", "Hostile files into the command line and the page: time and memory of refusing each") { _runs, _noPage };
        command.SetAction(RunAsync);
        return command;
    }

    private sealed record Measured(string What, double Seconds, double Mb, string Said);

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        using var folder = TestFolder.Create();
        var runs = parsed.GetValue(_runs);
        // What a start of the program takes, with a file that is as it should be
        var good = await CommandAsync(folder, "a good file", "good.csv", Encoding.UTF8.GetBytes("题干,答案\n天是蓝的,对\n"), runs, stop);
        var commands = new List<Measured> { good };
        foreach (var what in HostileFiles.Measured)
        {
            var (name, bytes) = HostileFiles.Make(what);
            commands.Add(await CommandAsync(folder, what, name, bytes, runs, stop));
        }

        var pages = parsed.GetValue(_noPage) ? [] : await PagesAsync(runs, stop);
        var table = new Table().AddColumns("file", "command, s", "MB more than a good file", "page, s", "MB more than before", "refused with").Border(TableBorder.Markdown);
        foreach (var one in commands)
        {
            var page = pages.FirstOrDefault(page => page.What == one.What);
            table.AddRow(Markup.Escape(one.What), Text(one.Seconds), Text(one.Mb - good.Mb), page is null ? "" : Text(page.Seconds), page is null ? "" : Text(page.Mb), Markup.Escape(one.Said));
        }

        AnsiConsole.Profile.Width = 250;
        AnsiConsole.Write(table);
        Console.WriteLine($"A good file takes the command {Text(good.Seconds)} s and {Text(good.Mb)} MB; load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]}.");
        var beyond = commands.Where(one => one.Seconds > SecondsBudget || one.Mb - good.Mb > GrowthBudget).Concat(pages.Where(one => one.Seconds > SecondsBudget || one.Mb > GrowthBudget)).Select(one => one.What).Distinct().ToList();
        if (beyond.Count == 0) return 0;
        Console.Error.WriteLine($"Beyond {SecondsBudget} s or {GrowthBudget} MB: {string.Join(", ", beyond)}.");
        return 1;
    }

    private static async Task<Measured> CommandAsync(TestFolder folder, string what, string name, byte[] bytes, int runs, CancellationToken stop)
    {
        var path = Path.Combine(Directory.CreateDirectory(folder.In("files")).FullName, name);
        await File.WriteAllBytesAsync(path, bytes, stop);
        var (seconds, mb, said) = (0.0, 0.0, "");
        for (var run = 0; run < runs; run++)
        {
            var began = Stopwatch.GetTimestamp();
            using var process = Process.Start(new ProcessStartInfo(Path.Combine(AppFolder, "studyquiz"), ["import", path, "--preview", "--json"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(stop), process.StandardError.ReadToEndAsync(stop));
            while (!process.HasExited)
            {
                mb = Math.Max(mb, PeakMb(process.Id));
                await Task.Delay(2, stop);
            }

            seconds = Math.Max(seconds, Stopwatch.GetElapsedTime(began).TotalSeconds);
            said = Said(await output) ?? $"exit code {process.ExitCode}: {(await error).Split('\n')[0]}";
        }

        File.Delete(path);
        return new Measured(what, seconds, mb, said);
    }

    private static async Task<List<Measured>> PagesAsync(int runs, CancellationToken stop)
    {
        await using var server = await ServerUnderLoad.StartAsync(1, stop);
        using var web = new Web(server.Address);
        var editor = await server.SignInAsync(web, stop);
        await using var connection = await server.Database.OpenConnectionAsync(stop);
        var slug = await connection.QueryFirstAsync<string>("select slug from source where owner_id is null and current_version_id is not null order by id limit 1");
        var path = $"/banks/{slug}/import";
        var process = server.ProcessId;
        var measured = new List<Measured>();
        foreach (var what in HostileFiles.Measured)
        {
            var (name, bytes) = HostileFiles.Make(what);
            var (seconds, mb) = (0.0, 0.0);
            for (var run = 0; run < runs; run++)
            {
                var form = await editor.ReadAsync(path, stop);
                // Forgets the peak of what was before
                await File.WriteAllTextAsync($"/proc/{process}/clear_refs", "5", stop);
                var before = PeakMb(process);
                var began = Stopwatch.GetTimestamp();
                try
                {
                    await editor.UploadAsync(form, path, "file", name, bytes, stop);
                }
                catch (HttpRequestException)
                {
                    // answered before all of it was sent
                }

                seconds = Math.Max(seconds, Stopwatch.GetElapsedTime(began).TotalSeconds);
                mb = Math.Max(mb, PeakMb(process) - before);
            }

            measured.Add(new Measured(what, seconds, mb, ""));
        }

        return measured;
    }

    private static string AppFolder => Path.GetFullPath(typeof(ImportsCommand).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(fact => fact.Key == "AppFolder").Value!);

    private static string? Said(string json)
    {
        try
        {
            using var report = JsonDocument.Parse(json);
            return report.RootElement.GetProperty("refused") is { } refused && refused.GetArrayLength() > 0 ? refused[0].GetProperty("why").GetString() : "nothing";
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // The largest resident set; 0 once the process is gone
    private static double PeakMb(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line.AsSpan(6, line.Length - 8).Trim(), CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static string Text(double value) => value.ToString(value < 10 ? "0.00" : "0", CultureInfo.InvariantCulture);
}
