using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace StudyQuiz.Load.Faults;

/// <summary><c>faults</c>: games to which bad things happen; what players were told is compared with what is stored.</summary>
internal static class FaultsCommand
{
    private static readonly Option<int> _players = new("--players") { Description = "How many play each game", DefaultValueFactory = _ => 100 };
    private static readonly Option<int> _appKills = new("--app-kills") { Description = "How often the app is killed", DefaultValueFactory = _ => 20 };
    private static readonly Option<int> _postgresKills = new("--postgres-kills") { Description = "How often PostgreSQL is killed", DefaultValueFactory = _ => 10 };
    private static readonly Option<int> _cut = new("--cut") { Description = "For how many seconds half of the players have no network; 0 leaves this out", DefaultValueFactory = _ => 30 };
    private static readonly Option<int> _silent = new("--silent") { Description = "How many sockets never read; 0 leaves this out", DefaultValueFactory = _ => 50 };
    private static readonly Option<int> _hosts = new("--hosts") { Description = "How many app hosts play as one in the scenarios that need several; 1 leaves those out", DefaultValueFactory = _ => 3 };
    private static readonly Option<int> _ownerKills = new("--owner-kills") { Description = "How often the host that runs the game is killed", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> _stop = new("--stop") { Description = "For how many seconds the host that runs the game is stopped (SIGSTOP); 0 leaves this out", DefaultValueFactory = _ => 40 };
    private static readonly Option<bool> _troubles = new("--troubles") { Description = "The database is read-only, full, hangs", DefaultValueFactory = _ => true };
    private static readonly Option<bool> _roll = new("--roll") { Description = "End and restart each host in turn, as a rolling deploy does", DefaultValueFactory = _ => true };
    private static readonly Option<string?> _previous = new("--previous") { Description = "The folder of an older build: hosts that begin with it are replaced by this one, one after the other, in the middle of a game" };
    private static readonly Option<bool> _json = new("--json") { Description = "Print one line of JSON in place of the table" };
    private static readonly JsonSerializerOptions _web = new(JsonSerializerDefaults.Web);

    public static Command Create()
    {
        _previous.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } folder && !File.Exists(Path.Combine(folder, "studyquiz.dll"))) result.AddError($"{folder} holds no build: there is no studyquiz.dll.");
        });
        var command = new Command("faults", "Games to which bad things happen: killed servers, cut networks, repeated answers, deaf sockets") { _players, _appKills, _postgresKills, _cut, _silent, _hosts, _ownerKills, _stop, _troubles, _roll, _previous, _json };
        command.SetAction(async (parsed, stop) =>
        {
            var options = new FaultOptions(
                parsed.GetValue(_players), parsed.GetValue(_appKills), parsed.GetValue(_postgresKills),
                TimeSpan.FromSeconds(parsed.GetValue(_cut)), parsed.GetValue(_silent),
                parsed.GetValue(_hosts), parsed.GetValue(_ownerKills), TimeSpan.FromSeconds(parsed.GetValue(_stop)), parsed.GetValue(_troubles), parsed.GetValue(_roll), new Answering(TimeSpan.FromSeconds(2), 1));
            return Write(await RunAsync(options, parsed.GetValue(_previous), stop), parsed.GetValue(_json));
        });
        return command;
    }

    private static async Task<IReadOnlyList<FaultResult>> RunAsync(FaultOptions options, string? previous, CancellationToken stop)
    {
        var alone = await RunAsync(1, options, scenarios => [
            ("repeated answers", options.Players > 0, scenarios.RepeatAsync),
            ("a cut network", options.Cut > TimeSpan.Zero, scenarios.CutAsync),
            ("sockets that never read", options.Silent > 0, scenarios.SilenceAsync),
            ("kill -9 of the app", options.AppKills > 0, scenarios.KillAppAsync),
            ("kill -9 of PostgreSQL", options.PostgresKills > 0, scenarios.KillPostgresAsync),
            ("a read-only database", options.Troubles, scenarios.ReadOnlyAsync),
            ("a full disk", options.Troubles, scenarios.FullAsync),
            ("a database that hangs", options.Troubles, scenarios.HangAsync),
        ], stop);
        if (options.Hosts < 2) return alone;
        IReadOnlyList<FaultResult> upgraded = previous is null ? [] : await RunAsync(options.Hosts, options, scenarios => [("from the previous build to this one", true, scenarios.UpgradeAsync)], stop, previous);
        var together = await RunAsync(options.Hosts, options, scenarios => [
            ("kill -9 of the owner", options.OwnerKills > 0, scenarios.KillOwnerAsync),
            ("SIGSTOP of the owner", options.Stop > TimeSpan.Zero, scenarios.StopOwnerAsync),
            ("kill -9 of all hosts", true, scenarios.KillAllAsync),
            ("SIGTERM of one host after the other", options.Roll, scenarios.RollAsync),
        ], stop);
        return [.. alone, .. upgraded, .. together];
    }

    private static async Task<IReadOnlyList<FaultResult>> RunAsync(
        int hosts, FaultOptions options, Func<FaultScenarios, IReadOnlyList<(string What, bool IsAsked, Func<Task<FaultResult>> Run)>> asked, CancellationToken stop, string? previous = null)
    {
        Progress.Say($"starting PostgreSQL and {hosts} app host(s)");
        await using var server = await ServerUnderLoad.StartAsync(hosts, stop, previous);
        var webs = server.Addresses.Select(address => new Web(address)).ToList();
        try
        {
            var results = new List<FaultResult>();
            foreach (var (what, _, run) in asked(new FaultScenarios(server, webs, await server.SignInAsync(webs[0], stop), options, stop)).Where(scenario => scenario.IsAsked))
            {
                Progress.Say(what);
                var result = await run();
                Progress.Say($"  {Told(result)}");
                results.Add(result);
            }

            return results;
        }
        finally
        {
            foreach (var web in webs) web.Dispose();
        }
    }

    private static int Write(IReadOnlyList<FaultResult> results, bool asJson)
    {
        if (asJson) Console.WriteLine(JsonSerializer.Serialize(new { faults = results.Select(ReportOf) }, _web));
        else WriteTable(results);
        foreach (var result in results.Where(result => result.Breach is not null)) Console.Error.WriteLine($"{result.Name}: {result.Breach}");
        return results.All(result => result.Breach is null) ? 0 : 1;
    }

    private static object ReportOf(FaultResult result) => new
    {
        result.Name,
        Survived = result.Breach is null,
        result.Audit.Lost,
        RecoverySeconds = Math.Round(result.Recovery.TotalSeconds, 2),
        Times = result.Faults,
        result.Audit.Receipts,
        result.Audit.Stored,
        result.Audit.WrongScores,
        result.Audit.OtherSeats,
        result.Audit.Missed,
        Milliseconds = result.Figures,
        result.Breach,
    };

    private static void WriteTable(IReadOnlyList<FaultResult> results)
    {
        var table = new Table().AddColumns("what happened", "times", "receipts", "rows", "lost", "wrong scores", "other seats", "missed", "milliseconds").Border(TableBorder.Simple);
        foreach (var column in table.Columns.Skip(1).Take(7)) column.RightAligned();
        foreach (var (name, faults, audit, figures, _, _) in results)
        {
            table.AddRow([name, .. new[] { faults, audit.Receipts, audit.Stored, audit.Lost, audit.WrongScores, audit.OtherSeats, audit.Missed }.Select(Text),
                Text(figures)]);
        }

        // Where it is not a terminal, columns of words would be some letters wide
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 180);
        AnsiConsole.Write(table);
    }

    // Told as it comes, so that what is known outlives a run that ends before its table
    private static string Told(FaultResult result) => string.Create(CultureInfo.InvariantCulture,
        $"{result.Audit.Receipts} receipts, {result.Audit.Stored} rows, {result.Audit.Lost} lost, {result.Audit.WrongScores} wrong scores, {result.Audit.OtherSeats} other seats; {Text(result.Figures)}");

    private static string Text(IReadOnlyDictionary<string, double> figures) =>
        string.Join("; ", figures.Select(figure => string.Create(CultureInfo.InvariantCulture, $"{figure.Key} {figure.Value:0}")));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
