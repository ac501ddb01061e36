namespace StudyQuiz.App.Live;

/// <summary>Game time in the database: whole microseconds since the game was opened.</summary>
internal static class GameTime
{
    public static long ToMicroseconds(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;

    public static TimeSpan FromMicroseconds(long microseconds) => TimeSpan.FromTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    /// <summary>What remains after a trip through the database, so that memory and a rebuild agree to the tick.</summary>
    public static TimeSpan Whole(TimeSpan time) => FromMicroseconds(ToMicroseconds(time));
}
