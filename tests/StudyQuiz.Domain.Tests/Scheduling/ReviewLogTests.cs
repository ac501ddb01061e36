using CsCheck;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.Domain.Tests.Scheduling;

/// <summary>Whatever the order in which devices send their rows, and however often, the card is the same.</summary>
public sealed class ReviewLogTests
{
    private static readonly DateTimeOffset _start = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly Scheduler _scheduler = new(SchedulingSettings.Default);
    private static readonly StudyCalendar _calendar = new(TimeZoneInfo.Utc);

    [Fact]
    public void Two_devices_with_500_reviews_each_make_one_card_in_any_order_of_arrival() =>
        Gen.Select(Gen.Int.List[500, 500], Gen.Int.List[500, 500], Gen.Long).Sample(
            (phone, desk, seed) =>
            {
                List<LoggedReview> rows = [.. Device(1, phone), .. Device(2, desk)];
                var once = ReviewLog.Fold(rows, _scheduler, seed);
                // some rows arrive twice
                var shuffled = Shuffle.Positions(rows.Count, seed).Select(at => rows[at]).Concat(rows.Take(100));
                Assert.Equal(once, ReviewLog.Fold(shuffled, _scheduler, seed));
                Assert.Equal(rows.Count(row => row.Replaces is null), ReviewLog.Effective(rows).Count + rows.Count(row => row.Kind == ReviewKind.Undone));
            },
            iter: 20);

    [Fact]
    public void An_undone_answer_never_was()
    {
        var (first, second) = (Answer(1, 0, Rating.Good), Answer(2, 3, Rating.Again));
        var undo = second with { Id = Id(3), Kind = ReviewKind.Undone, Replaces = second.Id };
        Assert.Equal(ReviewLog.Fold([first], _scheduler), ReviewLog.Fold([undo, second, first], _scheduler));
    }

    [Fact]
    public void An_undo_that_arrives_before_its_answer_waits_for_it()
    {
        var answer = Answer(1, 0, Rating.Again);
        var undo = answer with { Id = Id(2), Kind = ReviewKind.Undone, Replaces = answer.Id };
        Assert.Equal(Card.New, ReviewLog.Fold([undo], _scheduler));
        Assert.Equal(Card.New, ReviewLog.Fold([undo, answer], _scheduler));
    }

    [Fact]
    public void An_undone_undo_brings_the_answer_back()
    {
        var answer = Answer(1, 0, Rating.Good);
        var undo = answer with { Id = Id(2), ReviewedAt = _start.AddMinutes(1), Kind = ReviewKind.Undone, Replaces = answer.Id };
        var redo = undo with { Id = Id(3), ReviewedAt = _start.AddMinutes(2), Replaces = undo.Id };
        Assert.Equal(ReviewLog.Fold([answer], _scheduler), ReviewLog.Fold([redo, undo, answer], _scheduler));
    }

    [Fact]
    public void A_chain_of_undos_of_any_length_is_followed()
    {
        var rows = new List<LoggedReview> { Answer(1, 0, Rating.Good) };
        for (var i = 2; i <= 100_001; i++) rows.Add(rows[^1] with { Id = Id(i), ReviewedAt = _start.AddSeconds(i), Kind = ReviewKind.Undone, Replaces = rows[^1].Id });
        Assert.Equal(ReviewLog.Fold(rows.Take(1), _scheduler), ReviewLog.Fold(rows, _scheduler));
        Assert.Equal(Card.New, ReviewLog.Fold(rows.Take(100_000), _scheduler));
    }

    [Fact]
    public void A_regrade_counts_at_the_time_of_what_it_replaces_and_the_last_one_decides()
    {
        var (first, second) = (Answer(1, 0, Rating.Again), Answer(2, 3, Rating.Good));
        var regrade = first with { Id = Id(3), ReviewedAt = _start.AddDays(9), Kind = ReviewKind.Assessed, Rating = Rating.Good, Replaces = first.Id };
        var again = regrade with { Id = Id(4), ReviewedAt = _start.AddDays(10), Rating = Rating.Again };
        var corrected = again with { Id = Id(5), ReviewedAt = _start.AddDays(11), Rating = Rating.Good, Replaces = again.Id };
        Assert.Equal(
            ReviewLog.Fold([first with { Kind = ReviewKind.Assessed, Rating = Rating.Good }, second], _scheduler),
            ReviewLog.Fold([corrected, again, second, regrade, first], _scheduler));
        Assert.Equal(
            ReviewLog.Fold([first with { Kind = ReviewKind.Assessed }, second], _scheduler),
            ReviewLog.Fold([again, second, regrade, first], _scheduler));
    }

    [Fact]
    public void A_clock_that_is_ahead_can_not_review_in_the_future()
    {
        var ahead = Answer(1, 400, Rating.Good) with { ReceivedAt = _start };
        Assert.Equal(_start, ReviewLog.Fold([ahead], _scheduler).LastReviewAt);
    }

    [Fact]
    public void What_a_clock_that_is_ahead_sent_together_counts_in_its_own_order()
    {
        LoggedReview[] rows = [Answer(3, 400, Rating.Again) with { ReceivedAt = _start }, Answer(2, 401, Rating.Good) with { ReceivedAt = _start }, Answer(1, 402, Rating.Good) with { ReceivedAt = _start }];
        Assert.Equal([Rating.Again, Rating.Good, Rating.Good], ReviewLog.Effective([rows[2], rows[0], rows[1]]).Select(row => row.Rating));
    }

    [Fact]
    public void A_quiz_answer_skips_the_steps() =>
        Assert.Equal(CardPhase.Review, ReviewLog.Fold([Answer(1, 0, Rating.Again) with { Kind = ReviewKind.Assessed }], _scheduler).Phase);

    /// <summary>A device's rows: answers, every seventh of them undone.</summary>
    private static IEnumerable<LoggedReview> Device(int device, List<int> numbers)
    {
        var at = _start.AddMinutes(device);
        for (var i = 0; i < numbers.Count; i++)
        {
            var number = numbers[i] & int.MaxValue;
            at = at.AddMinutes(number % 4_000);
            var kind = number % 5 == 0 ? ReviewKind.Assessed : ReviewKind.Rated;
            var rating = kind == ReviewKind.Assessed ? (number % 2 == 0 ? Rating.Good : Rating.Again) : (Rating)(number % 4 + 1);
            var answer = new LoggedReview(Id(device * 10_000 + i), at, at.AddMinutes(number % 3_000), _calendar.DayOf(at), kind, rating);
            yield return answer;
            if (i % 7 == 0) yield return answer with { Id = Id(device * 10_000 + 5_000 + i), ReviewedAt = at.AddSeconds(5), Kind = ReviewKind.Undone, Replaces = answer.Id };
        }
    }

    private static LoggedReview Answer(int id, int day, Rating rating)
    {
        var at = _start.AddDays(day);
        return new LoggedReview(Id(id), at, at.AddSeconds(1), _calendar.DayOf(at), ReviewKind.Rated, rating);
    }

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);
}
