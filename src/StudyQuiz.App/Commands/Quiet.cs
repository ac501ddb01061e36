using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Commands;

/// <summary>Logs of commands that answer and end: their output is what was asked for, so only trouble is logged, to standard error.</summary>
internal static class Quiet
{
    public static ILoggerFactory Loggers() => LoggerFactory.Create(logging => logging
        .SetMinimumLevel(LogLevel.Warning)
        .AddStudyQuizLogs()
        .Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
}
