using System.Globalization;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.Domain.Tests.Scheduling;

public sealed class StudyCalendarTests
{
    [Theory]
    [InlineData("2026-03-01T19:59:00Z", "2026-03-01")]
    [InlineData("2026-03-01T20:00:00Z", "2026-03-02")]
    public void A_day_in_Shanghai_begins_at_four(string at, string day) =>
        Assert.Equal(DateOnly.Parse(day, CultureInfo.InvariantCulture), new StudyCalendar(Zone("Asia/Shanghai")).DayOf(At(at)));

    [Theory]
    [InlineData("Europe/London", 1)]
    [InlineData("Europe/London", 4)]
    [InlineData("America/New_York", 2)]
    [InlineData("Australia/Lord_Howe", 2)]
    [InlineData("Antarctica/Troll", 2)]
    [InlineData("America/Havana", 0)]
    [InlineData("Asia/Shanghai", 4)]
    public void Days_follow_each_other_through_every_change_of_the_clocks(string zone, int rollover)
    {
        var calendar = new StudyCalendar(Zone(zone), rollover);
        var at = At("2026-01-01T00:00:00Z");
        var day = calendar.DayOf(at);
        for (; at < At("2027-01-01T00:00:00Z"); at = at.AddMinutes(10))
        {
            var next = calendar.DayOf(at);
            Assert.InRange(next.DayNumber - day.DayNumber, 0, 1);
            Assert.InRange(at, calendar.StartOf(next), calendar.StartOf(next.AddDays(1)).AddTicks(-1));
            day = next;
        }
    }

    [Fact]
    public void A_day_whose_hour_the_clocks_skip_begins_after_the_gap() =>
        Assert.Equal(At("2026-03-29T01:00:00Z"), new StudyCalendar(Zone("Europe/London"), 1).StartOf(new DateOnly(2026, 3, 29)));

    private static TimeZoneInfo Zone(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
