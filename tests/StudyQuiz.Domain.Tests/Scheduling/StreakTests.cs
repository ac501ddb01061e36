using CsCheck;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.Domain.Tests.Scheduling;

public sealed class StreakTests
{
    private static readonly DateOnly _today = new(2026, 11, 24);

    // Each letter a day, the last one today: s studied, anything else not
    [Theory]
    [InlineData("sss", 3, "", true)]
    [InlineData("ss.", 2, "", true)]
    [InlineData("ss.s", 3, "1", false)]
    [InlineData("ss..", 2, "1", false)]
    [InlineData("s.ssssss", 7, "6", true)]
    [InlineData("s.sssss", 6, "5", false)]
    [InlineData("ss..s", 1, "", true)]
    [InlineData("s.sss.s", 4, "1", false)]
    [InlineData("s.ssssss.s", 8, "1,8", false)]
    [InlineData("sss...", 0, "", false)]
    [InlineData("", 0, "", false)]
    [InlineData(".", 0, "", false)]
    public void One_missed_day_in_any_seven_is_forgiven(string days, int count, string forgiven, bool canMiss)
    {
        var streak = Streak.Of(Studied(days), _today);
        Assert.Equal((count, forgiven, canMiss), (streak.Days, string.Join(',', streak.Forgiven.Select(day => _today.DayNumber - day.DayNumber)), streak.CanMiss));
    }

    [Fact]
    public void A_day_that_a_journey_left_ahead_counts_and_today_is_not_missed_for_it() =>
        Assert.Equal(3, Streak.Of([_today.AddDays(-2), _today.AddDays(-1), _today.AddDays(1)], _today).Days);

    [Fact]
    public void It_is_the_longest_run_up_to_now_in_which_no_seven_days_miss_two() => Gen.Bool.Array[0, 40].Sample(days =>
    {
        bool IsStudied(int ago) => ago >= 0 && ago < days.Length && days[ago];
        // By its words: every beginning is tried
        var best = 0;
        for (var from = days.Length - 1; from >= 0; from--)
        {
            var missed = Enumerable.Range(1, Math.Max(0, from)).Where(ago => ago <= from && !IsStudied(ago)).ToList();
            if (!IsStudied(from) || missed.Zip(missed.Skip(1)).Any(pair => pair.Second - pair.First < Streak.Window)) continue;
            best = Math.Max(best, Enumerable.Range(0, from + 1).Count(IsStudied));
        }

        Assert.Equal(best, Streak.Of(Enumerable.Range(0, days.Length).Where(IsStudied).Select(ago => _today.AddDays(-ago)), _today).Days);
    });

    [Fact]
    public void One_more_day_never_makes_it_shorter_and_what_may_be_missed_can_be() => Gen.Select(Gen.Bool.Array[1, 40], Gen.Int[0, 39]).Sample((days, more) =>
    {
        var studied = Enumerable.Range(0, days.Length).Where(ago => days[ago]).Select(ago => _today.AddDays(-ago)).ToList();
        var streak = Streak.Of(studied, _today);
        Assert.True(Streak.Of([.. studied, _today.AddDays(-more)], _today).Days >= streak.Days);
        var after = _today.AddDays(days[0] ? 2 : 1);
        Assert.Equal(streak.CanMiss, streak.Days > 0 && Streak.Of(studied, after).Days == streak.Days);
    });

    private static IEnumerable<DateOnly> Studied(string days) =>
        days.Select((what, i) => (what, Day: _today.AddDays(i + 1 - days.Length))).Where(one => one.what == 's').Select(one => one.Day);
}
