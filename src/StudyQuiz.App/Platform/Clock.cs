namespace StudyQuiz.App.Platform;

/// <summary>The product's clock. Frameworks keep their own, so that a test can step this one without stopping theirs.</summary>
public sealed class Clock(TimeProvider time)
{
    /// <summary>The time in UTC.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>A reading that only grows, for measuring elapsed time within this process.</summary>
    public long Timestamp => time.GetTimestamp();

    public TimeSpan Since(long timestamp) => time.GetElapsedTime(timestamp);

    /// <summary>Runs a callback once after a delay; dispose to cancel.</summary>
    public ITimer After(TimeSpan delay, Action callback) =>
        time.CreateTimer(_ => callback(), null, delay, Timeout.InfiniteTimeSpan);

    public Task DelayAsync(TimeSpan delay, CancellationToken stop) => Task.Delay(delay, time, stop);
}
