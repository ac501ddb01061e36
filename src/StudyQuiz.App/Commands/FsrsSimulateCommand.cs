using System.CommandLine;
using System.Globalization;
using System.Text;
using StudyQuiz.Domain.Scheduling.Simulating;

namespace StudyQuiz.App.Commands;

/// <summary><c>studyquiz fsrs simulate</c>: a year of flashcards under FSRS-6, SM-2 and fixed intervals, as a table and a picture.</summary>
internal static class FsrsSimulateCommand
{
    private static readonly Option<int> _days = Number("--days", "How long", 365, 3650);
    private static readonly Option<int> _cards = Number("--cards", "In each learner's deck", 1000, 20_000);
    private static readonly Option<int> _newPerDay = Number("--new", "New cards a day", 10, 20_000);
    private static readonly Option<int> _learners = Number("--learners", "How many, each with a memory of their own; figures are means", 20, 1000);
    private static readonly Option<long> _seed = new("--seed") { Description = "Decides everything that is chance", DefaultValueFactory = _ => 1 };
    private static readonly Option<double> _spread = new("--spread") { Description = "How far learners, and again their cards, are from the weights that FSRS-6 believes in; 0: not at all", DefaultValueFactory = _ => 0.2 };
    private static readonly Option<string?> _svg = new("--svg") { Description = "Draw it into this file", HelpName = "FILE" };

    public static Command Create()
    {
        _spread.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0 and <= 1)) result.AddError("--spread is 0 to 1.");
        });
        var command = new Command("simulate", "Simulate a year of flashcards under FSRS-6, SM-2 and fixed intervals") { _days, _cards, _newPerDay, _learners, _seed, _spread, _svg };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult command, CancellationToken stop)
    {
        var settings = new SimulationSettings(command.GetValue(_seed))
        {
            Days = command.GetValue(_days),
            Cards = command.GetValue(_cards),
            NewPerDay = command.GetValue(_newPerDay),
            Learners = command.GetValue(_learners),
            Spread = command.GetValue(_spread),
        };
        var results = Simulation.Run(settings, [new FsrsStrategy(0.90), new FsrsStrategy(0.80), new FsrsStrategy(0.94), new Sm2Strategy(), new FixedStrategy(1, 3, 7, 14, 30, 60)], stop);
        Console.Write(Table(results));
        if (command.GetValue(_svg) is not { } file) return 0;
        try
        {
            await File.WriteAllTextAsync(file, SimulationPicture.Draw([results[0], results[3], results[4]]), new UTF8Encoding(false), stop);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"{file}: {refused.Message}");
        }

        return 0;
    }

    // Markdown, so that it goes into a text as it is
    private static string Table(IReadOnlyList<StrategyResult> results)
    {
        var table = new StringBuilder("| scheduler | reviews a day | most on one day | recalled when reviewed | mean recall of what was learned | recall after the last day | that of the weakest learner |\n| --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (var result in results)
            table.Append(CultureInfo.InvariantCulture, $"| {result.Name} | {result.ReviewsPerDay:0.0} | {result.MostReviews} | {result.Answered:0.0%} | {result.Recall:0.0%} | {result.FinalRecall:0.0%} | {result.WeakestFinalRecall:0.0%} |\n");
        return table.ToString();
    }

    private static Option<int> Number(string name, string says, int usual, int most)
    {
        var option = new Option<int>(name) { Description = says, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var given && (given < 1 || given > most)) result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is 1 to {most}."));
        });
        return option;
    }
}
