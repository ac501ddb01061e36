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

    /// <summary>What ran until now is not counted.</summary>
    public void Clear() => _byName.Clear();

    /// <param name="plans">Whether to print what each statement took, and the plans of each operation's slowest run.</param>
    /// <returns>0; 1 where a budget is not kept or a whole table was read.</returns>
    public int Write(bool plans)
    {
        var table = new Table().AddColumns("milliseconds on the server", "statements", "p50", "p99", "most", "runs", "budget, p99", "reads a whole table").Border(TableBorder.Markdown);
        var isOver = false;
        foreach (var (what, (budget, ran)) in _byName)
        {
            var sorted = ran.Select(Sum).Order().ToList();
            var scans = ran.Count(one => one.Any(statement => statement.ScansAll(tables)));
            isOver |= At(sorted, 0.99) > budget || scans > 0;
            table.AddRow(
                what, Text(ran.Average(one => one.Count)), Text(At(sorted, 0.5)), Text(At(sorted, 0.99)), Text(sorted[^1]), Text(ran.Count), budget is { } asked ? Text(asked) : "", scans == 0 ? "never" : Text(scans));
            if (plans) WritePlans(what, ran);
        }

        AnsiConsole.Write(table);
        if (!isOver) return 0;
        Console.Error.WriteLine("A budget is not kept, or a whole table is read.");
        return 1;
    }

    // What each of an operation's statements takes, then how its slowest run went
    private static void WritePlans(string what, List<IReadOnlyList<ExecutedStatement>> ran)
    {
        Console.WriteLine(what);
        foreach (var statement in ran.SelectMany(one => one).GroupBy(one => one.Beginning, StringComparer.Ordinal))
        {
            var sorted = statement.Select(one => one.Milliseconds).Order().ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {sorted.Count,6} × p50 {At(sorted, 0.5),7:0.00}, p99 {At(sorted, 0.99),7:0.00} ms: {statement.Key}"));
        }

        Console.WriteLine(string.Join('\n', ran.MaxBy(Sum)!.Select(statement => string.Create(CultureInfo.InvariantCulture, $"{statement.Milliseconds} ms {statement.Plan}"))) + "\n");
    }

    private static double At(List<double> sorted, double part) => sorted[Math.Min(sorted.Count - 1, (int)(part * sorted.Count))];

    private static double Sum(IReadOnlyList<ExecutedStatement> statements) => statements.Sum(one => one.Milliseconds);

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
