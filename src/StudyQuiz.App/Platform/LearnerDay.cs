namespace StudyQuiz.App.Platform;

/// <summary>Instants as a learner's clock on the wall shows them.</summary>
public static class LearnerDay
{
    /// <summary>The zone of a learner who has not chosen one, and whose browser told none.</summary>
    public const string DefaultZone = "Asia/Shanghai";

    /// <summary>The browser's own zone; every page with a script writes it, and it counts when a learner begins.</summary>
    public const string ZoneCookie = "zone";

    // Like the language that a page is written in: that of whoever asked for it
    private static readonly AsyncLocal<string?> _here = new();

    /// <summary>From here on a request's times are told by the clock of its browser.</summary>
    public static void TellAsIn(HttpContext http) => _here.Value = ZoneOf(http);

    /// <summary>An instant, given in UTC, in a learner's zone, or else in that of the browser; as it is where this machine does not know the zone.</summary>
    public static DateTime Of(DateTime instant, string? zone = null) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(zone ?? _here.Value ?? DefaultZone, out var found)
            ? TimeZoneInfo.ConvertTimeFromUtc(instant, found)
            : instant;

    /// <summary>The instant at which that clock shows a time; null where it never does, for the hour is skipped there.</summary>
    public static DateTimeOffset? Instant(DateTime shown)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(_here.Value ?? DefaultZone, out var zone)) zone = TimeZoneInfo.Utc;
        return zone.IsInvalidTime(shown) ? null : new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(shown, DateTimeKind.Unspecified), zone), TimeSpan.Zero);
    }

    /// <summary>The zone of somebody who begins in this browser.</summary>
    public static string ZoneOf(HttpContext http) =>
        http.Request.Cookies[ZoneCookie] is { } zone && IsZone(zone) ? zone : DefaultZone;

    /// <summary>Whether this machine knows a zone by that name. The name is looked at first: the machine would open whatever file it leads to.</summary>
    public static bool IsZone(string name) =>
        name.Length is > 0 and <= 64 && name[0] != '/' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '+' or '-' or '/')
        && TimeZoneInfo.TryFindSystemTimeZoneById(name, out _);
}
