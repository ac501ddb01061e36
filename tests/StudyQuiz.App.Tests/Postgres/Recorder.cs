using Microsoft.Extensions.Logging;

namespace StudyQuiz.App.Tests.Postgres;

/// <summary>Keeps log lines for a test to read.</summary>
internal sealed class Recorder : ILogger
{
    private readonly List<(LogLevel Level, string Line)> _lines = [];

    public IReadOnlyList<string> LinesFrom(LogLevel level)
    {
        lock (_lines) return [.. _lines.Where(line => line.Level >= level).Select(line => line.Line)];
    }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lines) _lines.Add((logLevel, formatter(state, exception)));
    }
}
