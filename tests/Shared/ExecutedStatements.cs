using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;
using Npgsql;

namespace StudyQuiz.Tests.Shared;

/// <summary>A statement that the server ran.</summary>
/// <param name="Milliseconds">Its execution on the server, planning left out.</param>
/// <param name="Plan">As it was run, with the text of the statement.</param>
internal sealed partial record ExecutedStatement(double Milliseconds, string Plan)
{
    /// <summary>How the statement begins, on one line.</summary>
    public string Beginning => Blanks().Replace(Plan["Query Text: ".Length..].Split("Query Parameters:")[0], " ") is var line && line.Length > 100 ? line[..100] : line;

    /// <summary>Whether it read a whole table; a part of the plan that was never executed read nothing.</summary>
    public bool ScansAll(params string[] tables) => tables.Any(table => Regex.IsMatch(Plan, $@"Seq Scan on {table}\b(?!.*\(never executed\))", RegexOptions.None, TimeSpan.FromSeconds(1)));

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Blanks();
}

/// <summary>Hears from the server's auto_explain how it ran a connection's statements: the product's own, unchanged. Needs a superuser.</summary>
internal sealed partial class ExecutedStatements
{
    private readonly List<ExecutedStatement> _heard = [];

    private ExecutedStatements(NpgsqlConnection connection) => connection.Notice += (_, told) =>
    {
        if (Told().Match(told.Notice.MessageText) is { Success: true } match)
            _heard.Add(new ExecutedStatement(double.Parse(match.Groups["ms"].Value, CultureInfo.InvariantCulture), match.Groups["plan"].Value));
    };

    public static async Task<ExecutedStatements> ListenAsync(NpgsqlConnection connection)
    {
        await connection.ExecuteAsync(
            """
            load 'auto_explain';
            set auto_explain.log_min_duration = 0; set auto_explain.log_analyze = on; set auto_explain.log_timing = off; set auto_explain.log_buffers = on; set client_min_messages = log
            """);
        return new ExecutedStatements(connection);
    }

    /// <summary>What ran since the last time.</summary>
    public IReadOnlyList<ExecutedStatement> Take()
    {
        var taken = _heard.ToList();
        _heard.Clear();
        return taken;
    }

    [GeneratedRegex(@"^duration: (?<ms>[\d.]+) ms\s+plan:\s+(?<plan>.*)$", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Told();
}
