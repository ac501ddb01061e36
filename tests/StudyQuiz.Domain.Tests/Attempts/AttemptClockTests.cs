using CsCheck;
using StudyQuiz.Domain.Attempts;

namespace StudyQuiz.Domain.Tests.Attempts;

public sealed class AttemptClockTests
{
    private static readonly DateTimeOffset _began = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);
    private static readonly Gen<TimeSpan> _times = Gen.Long[0, TimeSpan.TicksPerHour * 3].Select(TimeSpan.FromTicks);
    private static readonly Gen<decimal> _extras = Gen.Int[0, AttemptClock.Extras.Count - 1].Select(place => AttemptClock.Extras[place]);

    [Fact]
    public void An_answer_counts_until_the_grace_after_the_deadline_and_not_a_tick_longer() => _times.Sample(time =>
    {
        var deadline = _began + time;
        Assert.True(AttemptClock.Takes(deadline, deadline + AttemptClock.Grace));
        Assert.False(AttemptClock.Takes(deadline, deadline + AttemptClock.Grace + TimeSpan.FromTicks(1)));
    });

    [Fact]
    public void What_counted_at_an_instant_counted_before_it() => Gen.Select(_times, _times, _times).Sample((time, one, other) =>
    {
        var (earlier, later) = one < other ? (one, other) : (other, one);
        if (AttemptClock.Takes(_began + time, _began + later)) Assert.True(AttemptClock.Takes(_began + time, _began + earlier));
    });

    [Fact]
    public void Extra_time_gives_that_share_more_and_never_less() => Gen.Select(_times, _extras).Sample((time, extra) =>
    {
        var given = AttemptClock.With(extra, time);
        Assert.InRange(given.Ticks, time.Ticks, time.Ticks * 2);
        Assert.Equal((long)(time.Ticks * extra), given.Ticks);
    });

    [Fact]
    public void What_is_left_runs_down_with_the_clock_and_stops_at_nothing() => Gen.Select(_times, _times).Sample((time, gone) =>
        Assert.Equal(gone < time ? time - gone : TimeSpan.Zero, AttemptClock.Left(_began + time, _began + gone)));

    [Fact]
    public void Without_a_deadline_everything_counts_and_nothing_is_left()
    {
        Assert.True(AttemptClock.Takes(null, DateTimeOffset.MaxValue));
        Assert.Equal(TimeSpan.Zero, AttemptClock.Left(null, _began));
    }
}
