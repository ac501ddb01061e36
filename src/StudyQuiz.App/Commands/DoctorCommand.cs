using System.CommandLine;
using StudyQuiz.Postgres;

namespace StudyQuiz.App.Commands;

/// <summary><c>studyquiz doctor</c>: looks at everything that 'serve' needs and says what to do where something is wrong.</summary>
internal static class DoctorCommand
{
    /// <summary>One line of the doctor's.</summary>
    internal sealed record Finding(bool IsWell, string What, string Says);

    public static Command Create()
    {
        var command = new Command("doctor", "Look for what is wrong with this installation") { Settings.DataOption };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult command, CancellationToken stop)
    {
        var settings = Settings.Of(command);
        var wrong = false;
        await foreach (var finding in LookAsync(settings, stop))
        {
            Console.WriteLine($"{(finding.IsWell ? "ok   " : "WRONG")} {finding.What,-12} {finding.Says}");
            wrong |= !finding.IsWell;
        }

        return wrong ? 1 : 0;
    }

    private static async IAsyncEnumerable<Finding> LookAsync(Settings settings, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        if (settings.ConnectionString is null)
        {
            yield return Machine.Disk(settings.DataFolder);
            yield return await Machine.BinariesAsync(settings.DataFolder, stop);
        }

        foreach (var finding in await DatabaseAsync(settings, stop)) yield return finding;
        yield return await Machine.PortAsync(ServePlan.DefaultPort, stop);
        yield return Machine.Addresses(LanAddress.All());
    }

    private static async Task<IReadOnlyList<Finding>> DatabaseAsync(Settings settings, CancellationToken stop)
    {
        // looking must not set anything up
        if (settings.ConnectionString is null && !Directory.Exists(Path.Combine(settings.DataFolder, "cluster")))
            return [new(true, "database", $"none yet in {settings.DataFolder}: 'studyquiz serve' makes it")];
        try
        {
            using var loggers = Quiet.Loggers();
            await using var database = await Database.OpenAsync(settings, loggers, share: true, stop);
            await using var connection = await database.Source.OpenConnectionAsync(stop);
            var place = settings.ConnectionString is null ? "embedded in " + settings.DataFolder : $"{connection.Host}:{connection.Port}, database {connection.Database}";
            return [new(true, "database", $"PostgreSQL {connection.PostgreSqlVersion}, {place}"), Migrations(database)];
        }
        catch (Exception failed) when (failed is CommandFailure or EmbeddedPostgresException)
        {
            return [new(false, "database", failed.Message)];
        }
    }

    private static Finding Migrations(Database database)
    {
        var all = MigrationScript.Embedded();
        var pending = DatabaseMigrator.Pending(database.ConnectionString, all);
        return pending.Count == 0
            ? new(true, "migrations", $"all {all.Count} applied")
            : new(false, "migrations", $"{all.Count - pending.Count} of {all.Count} applied, pending {string.Join(", ", pending)}: run 'studyquiz migrate'");
    }
}
