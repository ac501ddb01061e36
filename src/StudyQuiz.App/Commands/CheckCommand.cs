using System.CommandLine;
using Spectre.Console;
using StudyQuiz.App.Features.ImportBank;
using StudyQuiz.Generation.Gates;

namespace StudyQuiz.App.Commands;

/// <summary><c>studyquiz check BANK.yaml</c>: reads a bank and its source and runs every gate.</summary>
internal static class CheckCommand
{
    private static readonly Argument<string> _file = new("BANK.yaml") { Description = "The bank file" };

    public static Command Create()
    {
        var command = new Command("check", "Check a bank file: can it be read, and does it pass every gate") { _file };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult command, CancellationToken stop)
    {
        var loaded = await BankOnDisk.LoadAsync(command.GetRequiredValue(_file), stop);
        if (loaded.Bank is not { } bank)
        {
            foreach (var problem in loaded.Problems) Console.WriteLine(problem.Message);
            return 1;
        }

        var results = BankGates.All.Select(gate => (gate.Name, Faults: gate.Check(bank).ToList())).ToList();
        results.Insert(0, ("source file", [.. loaded.Problems.Select(problem => new Fault(problem.Item, "source", $"{problem.Message}"))]));
        Summarise(results);
        foreach (var (gate, faults) in results)
            foreach (var fault in faults) Console.WriteLine($"{gate}: {fault.Item}: {fault.Message}");
        return results.Any(result => result.Faults.Count > 0) ? 1 : 0;
    }

    private static void Summarise(List<(string Name, List<Fault> Faults)> results)
    {
        if (Console.IsOutputRedirected)
        {
            foreach (var (name, faults) in results) Console.WriteLine($"{(faults.Count == 0 ? "pass" : "FAIL")} {name}{(faults.Count == 0 ? "" : $" ({faults.Count})")}");
            return;
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumns("Gate", "Result");
        foreach (var (name, faults) in results) table.AddRow(name, faults.Count == 0 ? "[green]pass[/]" : $"[red]{faults.Count} to mend[/]");
        AnsiConsole.Write(table);
    }
}
