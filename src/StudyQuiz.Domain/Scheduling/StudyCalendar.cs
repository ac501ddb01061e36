namespace StudyQuiz.Domain.Scheduling;

/// <summary>A learner's study days: they begin at a rollover hour of the clock on the wall, so that an evening that ends after midnight is one day.</summary>
/// <remarks>
/// A day whose rollover hour is skipped when clocks go forward begins with the first moment after the gap; one whose hour comes twice
/// begins with the first. So days never overlap and never go back, whatever the clocks do.
/// </remarks>
public sealed class StudyCalendar(TimeZoneInfo zone, int rolloverHour = StudyCalendar.DefaultRolloverHour)
{
    /// <summary>Four in the morning.</summary>
    public const int DefaultRolloverHour = 4;

    private readonly int _rolloverHour = rolloverHour is >= 0 and <= 23
        ? rolloverHour
        : throw new ArgumentOutOfRangeException(nameof(rolloverHour), rolloverHour, "A rollover hour is 0 to 23.");

    /// <summary>The study day that an instant belongs to.</summary>
    public DateOnly DayOf(DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime.AddHours(-_rolloverHour));
        if (at < StartOf(day)) return day.AddDays(-1);
        return at >= StartOf(day.AddDays(1)) ? day.AddDays(1) : day;
    }

    /// <summary>The instant with which a study day begins.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        var wall = day.ToDateTime(new TimeOnly(_rolloverHour, 0));
        while (zone.IsInvalidTime(wall)) wall = wall.AddMinutes(1);
        var offset = zone.IsAmbiguousTime(wall) ? zone.GetAmbiguousTimeOffsets(wall).Max() : zone.GetUtcOffset(wall);
        return new DateTimeOffset(wall, offset);
    }
}
