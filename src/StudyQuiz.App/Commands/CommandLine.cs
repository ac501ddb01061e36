using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.Postgres;
using StudyQuiz.Postgres.Backups;

namespace StudyQuiz.App.Commands;

/// <summary>What 'studyquiz' understands.</summary>
public static class CommandLine
{
    /// <returns>The exit code: 0 done, 1 not done or something is wrong, 130 ended by a signal.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (OperatingSystem.IsWindows()) Console.OutputEncoding = Encoding.UTF8;
        using var stop = new CancellationTokenSource();
        using var interrupt = StopOn(PosixSignal.SIGINT, stop);
        using var terminate = StopOn(PosixSignal.SIGTERM, stop);
        var configuration = new InvocationConfiguration
        {
            // Its own handling ends the process 2 s after a signal, whether PostgreSQL has stopped or not
            ProcessTerminationTimeout = null,
            EnableDefaultExceptionHandler = false,
        };
        try
        {
            return await Root().Parse(args).InvokeAsync(configuration, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 130;
        }
        catch (Exception expected) when (expected is CommandFailure or EmbeddedPostgresException or MigrationFailedException or SettingException or BackupException)
        {
            return Fail(expected.Message);
        }
        catch (NpgsqlException lost)
        {
            return Fail($"The database failed: {lost.Message.ReplaceLineEndings(" ")}. Run 'studyquiz doctor'.");
        }
    }

    private static RootCommand Root()
    {
        var root = new RootCommand("StudyQuiz turns a text into a question bank, and lets people learn it alone and in live quizzes. Without a command it serves.");
        ServeCommand.AddTo(root);
        root.Add(MigrateCommand.Create());
        root.Add(GenerateCommand.Create());
        root.Add(CheckCommand.Create());
        root.Add(ImportCommand.Create());
        root.Add(ExportCommand.Create());
        root.Add(FsrsCommand.Create());
        root.Add(AdminCommand.Create());
        root.Add(BackupCommand.CreateBackup());
        root.Add(BackupCommand.CreateRestore());
        root.Add(DoctorCommand.Create());
        return root;
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }

    // A second signal of a kind gets through: a person who presses Ctrl+C twice means it.
    private static PosixSignalRegistration StopOn(PosixSignal signal, CancellationTokenSource stop) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = !stop.IsCancellationRequested;
        stop.Cancel();
    });
}

/// <summary>A command can't do what it was asked to; the message is one line and says what to do.</summary>
internal sealed class CommandFailure(string message) : Exception(message);
