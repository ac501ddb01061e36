namespace StudyQuiz.App.Platform;

/// <summary>Instants as a learner's clock on the wall shows them.</summary>
public static class LearnerDay
{
    /// <summary>The zone of a learner who has not chosen one.</summary>
    public const string DefaultZone = "Asia/Shanghai";

    /// <summary>An instant, given in UTC, in a learner's zone; as it is where this machine does not know the zone.</summary>
    public static DateTime Of(DateTime instant, string? zone = null) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(zone ?? DefaultZone, out var found)
            ? TimeZoneInfo.ConvertTimeFromUtc(instant, found)
            : instant;
}
