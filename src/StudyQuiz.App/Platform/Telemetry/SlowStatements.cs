using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace StudyQuiz.App.Platform.Telemetry;

/// <summary>Logs each statement that takes too long, with its text (parameters stay out of it) and who had it run.</summary>
public sealed partial class SlowStatements(TelemetrySettings settings, ILogger<SlowStatements> log) : IHostedService, IDisposable
{
    private const string Statements = "Npgsql";
    private const int MostShown = 400;
    private ActivityListener? _listener;
    private long _count;

    /// <summary>How many there have been since the start.</summary>
    public long Count => Interlocked.Read(ref _count);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.SlowSql == TimeSpan.Zero) return Task.CompletedTask;
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is Statements or Traces.Name or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => options.Source.Name == Statements ? ActivitySamplingResult.AllData : ActivitySamplingResult.PropagationData,
            ActivityStopped = activity =>
            {
                if (activity.Source.Name == Statements && activity.Duration > settings.SlowSql) Tell(activity);
            },
        };
        ActivitySource.AddActivityListener(_listener);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _listener?.Dispose();

    private void Tell(Activity statement)
    {
        // Opening a connection is one, too, and no statement
        if ((statement.GetTagItem("db.query.text") ?? statement.GetTagItem("db.statement")) is not string sql) return;
        Interlocked.Increment(ref _count);
        var line = Blanks().Replace(sql, " ").Trim();
        Slow(log, statement.Duration.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture), Traces.CallerOf(statement), line.Length > MostShown ? line[..MostShown] + "…" : line);
    }

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Blanks();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Slow SQL, {Milliseconds} ms, for {Caller}: {Statement}")]
    private static partial void Slow(ILogger logger, string milliseconds, string caller, string statement);
}
