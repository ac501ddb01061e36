using System.CommandLine;
using StudyQuiz.Postgres;

namespace StudyQuiz.App.Commands;

/// <summary><c>studyquiz migrate</c>: brings the database to the newest state, for those who start several hosts.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Bring the database to the newest state") { Settings.DataOption };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult command, CancellationToken stop)
    {
        using var loggers = Quiet.Loggers();
        await using var database = await Database.OpenAsync(Settings.Of(command), loggers, share: true, stop);
        var applied = await DatabaseMigrator.MigrateAsync(database.ConnectionString, MigrationScript.Embedded(), loggers.CreateLogger("StudyQuiz"), stop);
        foreach (var script in applied) Console.WriteLine("applied " + script);
        if (applied.Count == 0) Console.WriteLine("The database is up to date.");
        return 0;
    }
}
