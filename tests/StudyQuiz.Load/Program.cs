using System.CommandLine;
using System.Runtime.InteropServices;
using StudyQuiz.Load;
using StudyQuiz.Load.Abuse;
using StudyQuiz.Load.Faults;
using StudyQuiz.Postgres;

var root = new RootCommand("Puts StudyQuiz under load on this machine and measures what its users would notice.")
{
    GameCommand.Create(),
    BareHub.CreateCommand(),
    FaultsCommand.Create(),
    AbuseCommand.Create(),
    CardsCommand.Create(),
    AttemptsCommand.Create(),
    BanksCommand.Create(),
    ImportsCommand.Create(),
};
using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
// Its own handling would end this process before the servers that it started have ended
var configuration = new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };
try
{
    return await root.Parse(args).InvokeAsync(configuration, stop.Token);
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 130;
}
catch (Exception expected) when (expected is LoadFailure or EmbeddedPostgresException or InvalidOperationException)
{
    Console.Error.WriteLine(expected.Message);
    return 2;
}

// A second signal gets through: a person who presses Ctrl+C twice means it.
void Stop(PosixSignalContext context)
{
    context.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}
