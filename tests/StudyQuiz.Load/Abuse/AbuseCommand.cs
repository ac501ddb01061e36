using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace StudyQuiz.Load.Abuse;

/// <summary><c>abuse</c>: bots at work from one address of loopback, while people join and play from another.</summary>
internal static class AbuseCommand
{
    private static readonly Option<int> _seconds = new("--seconds") { Description = "How long each attack lasts", DefaultValueFactory = _ => 30 };
    private static readonly Option<int> _rate = new("--rate") { Description = "Requests of the flood in a second", DefaultValueFactory = _ => 1000 };
    private static readonly Option<int> _players = new("--players") { Description = "How many people join during the flood", DefaultValueFactory = _ => 600 };
    private static readonly Option<bool> _json = new("--json") { Description = "Print one line of JSON in place of the table" };
    private static readonly JsonSerializerOptions _web = new(JsonSerializerDefaults.Web);

    public static Command Create()
    {
        foreach (var (option, most) in new[] { (_seconds, 300), (_rate, 5000), (_players, 5000) })
        {
            option.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<int>() is var given && (given < 1 || given > most)) result.AddError($"{option.Name} is 1 to {most}.");
            });
        }

        var command = new Command("abuse", "Floods of requests, messages, broken frames and passwords, while people join and play") { _seconds, _rate, _players, _json };
        command.SetAction(async (parsed, stop) =>
            Write(await RunAsync(new AbuseOptions(TimeSpan.FromSeconds(parsed.GetValue(_seconds)), parsed.GetValue(_rate), parsed.GetValue(_players)), stop), parsed.GetValue(_json)));
        return command;
    }

    private static async Task<IReadOnlyList<AbuseResult>> RunAsync(AbuseOptions options, CancellationToken stop)
    {
        Progress.Say("starting PostgreSQL and the app");
        await using var server = await ServerUnderLoad.StartAsync(hosts: 1, stop);
        using var people = new Web(server.Address);
        var scenarios = new AbuseScenarios(server, people, await server.SignInAsync(people, stop), options, stop);
        var results = new List<AbuseResult>();
        foreach (var run in (Func<Task<AbuseResult>>[])[scenarios.NobodyAsync, scenarios.FloodAsync, scenarios.MessagesAsync, scenarios.FramesAsync, scenarios.PasswordsAsync])
        {
            var result = await run();
            Progress.Say($"{result.Name}: {result.Sent}; {result.Honest}, p99 {result.HonestP99Ms:0} ms");
            results.Add(result);
        }

        foreach (var complaint in server.Complaints.Take(5)) Progress.Say(complaint);
        var faults = server.Complaints.Count(line => line.Contains("\"LogLevel\":\"Error\"", StringComparison.Ordinal));
        return faults == 0 ? results : [.. results, new AbuseResult("the app's log", $"{faults} faults", "", 0, 0, "faults were logged")];
    }

    private static int Write(IReadOnlyList<AbuseResult> results, bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { abuse = results }, _web));
        }
        else
        {
            var table = new Table().AddColumns("attack", "what became of it", "people meanwhile", "their p50", "their p99, ms").Border(TableBorder.Markdown);
            foreach (var result in results) table.AddRow(result.Name, result.Sent, result.Honest, Text(result.HonestP50Ms), Text(result.HonestP99Ms));
            AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 180);
            AnsiConsole.Write(table);
        }

        foreach (var result in results.Where(result => result.Breach is not null)) Console.Error.WriteLine($"{result.Name}: {result.Breach}");
        return results.All(result => result.Breach is null) ? 0 : 1;
    }

    private static string Text(double milliseconds) => milliseconds.ToString("0", CultureInfo.InvariantCulture);
}
