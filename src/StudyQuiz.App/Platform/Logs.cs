using System.Text.Encodings.Web;

namespace StudyQuiz.App.Platform;

/// <summary>Logs: a readable line on a terminal, one JSON object a line where a program reads them.</summary>
public static class Logs
{
    public static ILoggingBuilder AddStudyQuizLogs(this ILoggingBuilder logging)
    {
        logging.ClearProviders()
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Npgsql", LogLevel.Warning)
            .AddFilter("Orleans", LogLevel.Warning)
            // at every start it warns of a stall as long as the machine has been up: it measures before it has begun
            .AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error)
            // at every start it recommends the server's garbage collector, which this program leaves out for the memory that it takes
            .AddFilter("Orleans.Runtime.Silo", LogLevel.Error);
        if (!Console.IsOutputRedirected)
        {
            return logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss ";
            });
        }

        return logging.AddJsonConsole(console =>
        {
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            // Chinese stays readable; the log is no web page
            console.JsonWriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        });
    }

    /// <summary>Tells a person something that isn't a log: as it is on a terminal, else as one more line of the log.</summary>
    public static void Announce(this ILogger logger, string text)
    {
        if (Console.IsOutputRedirected) logger.LogInformation("{Announcement}", text);
        else Console.WriteLine(text);
    }
}
