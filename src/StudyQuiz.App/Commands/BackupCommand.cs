using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using StudyQuiz.Postgres;
using StudyQuiz.Postgres.Backups;

namespace StudyQuiz.App.Commands;

/// <summary><c>studyquiz backup</c> and <c>studyquiz restore</c>: all that an installation knows in one file, and back.</summary>
internal static class BackupCommand
{
    private static readonly Option<string> _out = new("--out") { Description = "The file to write; one that is there is replaced", Required = true, HelpName = "FILE" };
    private static readonly Argument<string> _file = new("FILE") { Description = "A file that 'backup' wrote" };

    public static Command CreateBackup()
    {
        var command = new Command("backup", "Write everything into one file, from one moment, while the app goes on") { _out, Settings.DataOption };
        command.SetAction(BackupAsync);
        return command;
    }

    public static Command CreateRestore()
    {
        var command = new Command("restore", "Bring a backup into an empty database: all of it, checked, or nothing") { _file, Settings.DataOption };
        command.SetAction(RestoreAsync);
        return command;
    }

    private static async Task<int> BackupAsync(ParseResult command, CancellationToken stop)
    {
        using var loggers = Quiet.Loggers();
        await using var database = await Database.OpenAsync(Settings.Of(command), loggers, share: true, stop);
        var path = command.GetRequiredValue(_out);
        var manifest = await WithProgressAsync("Backing up", progress => DatabaseBackup.WriteAsync(database.ConnectionString, path, TimeProvider.System.GetUtcNow(), progress, stop));
        Print($"Wrote {manifest.Rows:N0} rows of {manifest.Tables.Count} tables to {path} ({new FileInfo(path).Length / 1e6:N1} MB), as they were at {manifest.Made:yyyy-MM-dd HH:mm:ss} UTC.");
        Print($"It holds password hashes and keys: keep it as safe as the database.");
        return 0;
    }

    private static async Task<int> RestoreAsync(ParseResult command, CancellationToken stop)
    {
        using var loggers = Quiet.Loggers();
        await using var database = await Database.OpenAsync(Settings.Of(command), loggers, share: false, stop);
        var manifest = await WithProgressAsync(
            "Restoring", progress => DatabaseRestore.RunAsync(database.ConnectionString, command.GetRequiredValue(_file), MigrationScript.Embedded(), loggers.CreateLogger("StudyQuiz"), progress, stop));
        Print($"Restored {manifest.Rows:N0} rows of {manifest.Tables.Count} tables, as they were at {manifest.Made:yyyy-MM-dd HH:mm:ss} UTC; every table was compared with the file.");
        return 0;
    }

    // A bar on a terminal, a line for each table elsewhere
    private static async Task<BackupManifest> WithProgressAsync(string what, Func<IProgress<BackupProgress>, Task<BackupManifest>> work)
    {
        if (Console.IsOutputRedirected) return await work(new Told(done => Print($"{done.Table}: {done.Rows:N0} rows")));
        return await AnsiConsole.Progress().StartAsync(async context =>
        {
            var bar = context.AddTask(what);
            return await work(new Told(done =>
            {
                bar.MaxValue = done.Of;
                bar.Value = done.Done;
                bar.Description = $"{what}: {Markup.Escape(done.Table)}";
            }));
        });
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>Tells at once and in order, which <see cref="Progress{T}"/> does not.</summary>
    private sealed class Told(Action<BackupProgress> tell) : IProgress<BackupProgress>
    {
        public void Report(BackupProgress value) => tell(value);
    }
}
