using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace StudyQuiz.Load;

/// <summary>What is asked of a run.</summary>
/// <param name="JoinRate">The most players that begin to join in a second; null for as many as the server takes.</param>
/// <param name="HostPause">How long the host looks at each picture before going on.</param>
/// <param name="Hosts">App hosts that are started; the players are spread over them.</param>
/// <param name="App">A running app to use in place of one that is started here.</param>
internal sealed record GameOptions(int Players, int Questions, double? JoinRate, Answering Answering, TimeSpan HostPause, int Hosts, Uri? App, bool Json);

/// <summary><c>game</c>: one game of many players, then the same on a bare hub.</summary>
internal static class GameCommand
{
    // What OpenGame lets a game have.
    private const int MostPlayers = 5000;
    private const int MostQuestions = 50;
    private const int MostHosts = 9;

    private static readonly Option<int> _players = new("--players") { Description = "How many join", DefaultValueFactory = _ => 100 };
    private static readonly Option<int> _questions = new("--questions") { Description = "How many are asked", DefaultValueFactory = _ => 4 };
    private static readonly Option<double?> _joinRate = new("--join-rate") { Description = "The most players that begin to join in a second [default: as many as the server takes]" };
    private static readonly Option<TimeSpan> _answerWithin = new("--answer-within") { Description = "All answer within this time of the opening, such as 2s or 500ms", DefaultValueFactory = _ => TimeSpan.FromSeconds(2), CustomParser = ParseTime };
    private static readonly Option<TimeSpan> _hostPause = new("--host-pause") { Description = "How long the host looks before going on; below the 3 s after which a round closes by itself", DefaultValueFactory = _ => TimeSpan.FromSeconds(1), CustomParser = ParseTime };
    private static readonly Option<int> _hosts = new("--hosts") { Description = "How many app hosts play as one, with the players spread over them", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> _seed = new("--seed") { Description = "Decides who answers what and when", DefaultValueFactory = _ => 1 };
    private static readonly Option<Uri?> _app = new("--app")
    {
        Description = $"A running app to use. Its host's name and password are in {RunningApp.HostVariable} (name:password), its database in {RunningApp.DatabaseVariable}",
        CustomParser = result => new Uri(result.Tokens[0].Value),
    };

    private static readonly Option<bool> _json = new("--json") { Description = "Print one line of JSON in place of the tables" };

    public static Command Create()
    {
        foreach (var (option, most) in new[] { (_players, MostPlayers), (_questions, MostQuestions), (_hosts, MostHosts) })
        {
            option.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<int>() is var given && (given < 1 || given > most)) result.AddError($"{option.Name} is 1 to {most}.");
            });
        }

        var command = new Command("game", "One game of many players, who join by PIN and answer at once; then the same on a bare hub") { _players, _questions, _joinRate, _answerWithin, _hostPause, _hosts, _seed, _app, _json };
        command.SetAction(async (parsed, stop) =>
        {
            var options = new GameOptions(
                parsed.GetValue(_players), parsed.GetValue(_questions), parsed.GetValue(_joinRate),
                new Answering(parsed.GetValue(_answerWithin), parsed.GetValue(_seed)), parsed.GetValue(_hostPause), parsed.GetValue(_hosts), parsed.GetValue(_app), parsed.GetValue(_json));
            return Report.Write(await LoadRun.RunAsync(options, stop), options);
        });
        return command;
    }

    private static TimeSpan ParseTime(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var (number, unit) = text.EndsWith("ms", StringComparison.Ordinal) ? (text[..^2], TimeSpan.FromMilliseconds(1)) : (text.TrimEnd('s'), TimeSpan.FromSeconds(1));
        if (double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var count) && count is >= 0 and <= 60_000) return unit * count;
        result.AddError($"'{text}' is no time: write it as 2s or 500ms.");
        return TimeSpan.Zero;
    }
}
