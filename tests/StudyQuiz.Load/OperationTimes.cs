using System.Globalization;
using Spectre.Console;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.Load;

/// <summary>How long the statements of the product's operations took on the server, by operation.</summary>
internal sealed class OperationTimes(ExecutedStatements heard, params string[] tables)
{
    private readonly Dictionary<string, (double? Budget, List<IReadOnlyList<ExecutedStatement>> Ran)> _byName = new(StringComparer.Ordinal);

    /// <summary>What ran since the last time was one operation.</summary>
    /// <param name="budget">The milliseconds that all its statements may take together at p99; null for none.</param>
    public void Note(string what, double? budget)
    {
        if (!_byName.TryGetValue(what, out var kept)) _byName[what] = kept = (budget, []);
        kept.Ran.Add(heard.Take());
    }

    /// <summary>What ran since the last time was no operation that is asked for.</summary>
    public void Skip() => heard.Take();

    /// <param name="plans">Whether to print the plans of each operation's slowest run.</param>
    /// <returns>0; 1 where a budget is not kept or a whole table was read.</returns>
    public int Write(bool plans)
    {
        var table = new Table().AddColumns("milliseconds on the server", "statements", "p50", "p99", "most", "runs", "budget, p99", "reads a whole table").Border(TableBorder.Markdown);
        var isOver = false;
        foreach (var (what, (budget, ran)) in _byName)
        {
            var sorted = ran.Select(Sum).Order().ToList();
            double At(double part) => sorted[Math.Min(sorted.Count - 1, (int)(part * sorted.Count))];
            var scans = ran.Count(one => one.Any(statement => statement.ScansAll(tables)));
            isOver |= At(0.99) > budget || scans > 0;
            table.AddRow(
                what, Text(ran.Average(one => one.Count)), Text(At(0.5)), Text(At(0.99)), Text(sorted[^1]), Text(ran.Count), budget is { } asked ? Text(asked) : "", scans == 0 ? "never" : Text(scans));
            if (plans) Console.WriteLine($"{what}\n{string.Join('\n', ran.MaxBy(Sum)!.Select(statement => string.Create(CultureInfo.InvariantCulture, $"{statement.Milliseconds} ms {statement.Plan}")))}\n");
        }

        AnsiConsole.Write(table);
        if (!isOver) return 0;
        Console.Error.WriteLine("A budget is not kept, or a whole table is read.");
        return 1;
    }

    private static double Sum(IReadOnlyList<ExecutedStatement> statements) => statements.Sum(one => one.Milliseconds);

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
