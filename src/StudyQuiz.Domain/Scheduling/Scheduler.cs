namespace StudyQuiz.Domain.Scheduling;

/// <summary>
/// When a card comes back: the steps of learning and relearning, and the intervals that <see cref="Fsrs"/> gives. Intervals of Hard, Good
/// and Easy differ by at least a day where the maximum leaves room, and none passes it (ts-fsrs lets Good and Easy go one and two days beyond).
/// </summary>
public sealed class Scheduler
{
    private readonly SchedulingSettings _settings;
    private readonly Fsrs _fsrs;

    public Scheduler(SchedulingSettings settings)
    {
        _settings = settings;
        _fsrs = settings.Model();
    }

    /// <summary>The model of memory with the learner's weights.</summary>
    public Fsrs Model => _fsrs;

    /// <summary>The card after a learner rated it.</summary>
    /// <param name="fuzz">
    /// 0 to below 1: where in its range an interval of three days or more falls, so that cards learned together don't all come back
    /// together. Null for the interval itself.
    /// </param>
    public Card Answer(Card card, Review review, double? fuzz = null)
    {
        var days = ElapsedDays(card, review);
        var next = Remembered(card, review, days);
        if (!_settings.ShortTerm) return InDays(next, review, Ordered(card, review, days, fuzz));
        return card.Phase == CardPhase.Review && review.Rating != Rating.Again
            ? InDays(next, review, Ordered(card, review, days, fuzz))
            : OnSteps(card, next, review, days, fuzz);
    }

    /// <summary>
    /// The card after an answer in a self-test or a game: right is Good, wrong is Again, and neither goes through steps, so that it is due
    /// on the next study day at the soonest.
    /// </summary>
    /// <param name="fuzz">As of <see cref="Answer"/>.</param>
    public Card Assess(Card card, DateTimeOffset at, DateOnly day, bool isRight, double? fuzz = null)
    {
        var review = new Review(at, day, isRight ? Rating.Good : Rating.Again);
        var days = ElapsedDays(card, review);
        var next = Remembered(card, review, days);
        return InDays(next, review, Interval(next.Memory, review, days, fuzz));
    }

    /// <summary>How many answers a new card takes on its first day if it is known each time: one more for every step of minutes after the first.</summary>
    public int AnswersToMeet => 1 + (_settings.ShortTerm ? _settings.LearningSteps.Skip(1).TakeWhile(step => step < TimeSpan.FromDays(1)).Count() : 0);

    private static int ElapsedDays(Card card, Review review) =>
        card.LastDay is { } last ? Math.Max(0, review.Day.DayNumber - last.DayNumber) : 0;

    private static Card InDays(Card card, Review review, int days) => card with
    {
        Phase = CardPhase.Review,
        Step = 0,
        ScheduledDays = days,
        Due = review.At.AddDays(days),
        DueDay = review.Day.AddDays(days),
    };

    private Card Remembered(Card card, Review review, int days) => card with
    {
        Memory = MemoryAfter(card, review.Rating, days),
        LastReviewAt = review.At,
        LastDay = review.Day,
        FirstDay = card.FirstDay ?? review.Day,
        Reviews = card.Reviews + 1,
        Lapses = card.Lapses + (card.Phase == CardPhase.Review && review.Rating == Rating.Again ? 1 : 0),
    };

    private Memory MemoryAfter(Card card, Rating rating, int days) =>
        card.Phase == CardPhase.New ? _fsrs.First(rating) : _fsrs.Next(card.Memory, days, rating);

    private Card OnSteps(Card card, Card next, Review review, int days, double? fuzz)
    {
        var isRelearning = card.Phase is CardPhase.Review or CardPhase.Relearning;
        var steps = isRelearning ? _settings.RelearningSteps : _settings.LearningSteps;
        var (wait, step) = Wait(steps, card.Phase == CardPhase.Review ? 0 : card.Step, review.Rating);
        if (wait == TimeSpan.Zero) return InDays(next, review, Interval(next.Memory, review, days, fuzz));
        if (wait >= TimeSpan.FromDays(1)) return InDays(next, review, Math.Min(wait.Days, _settings.LongestFrom(review.Day)));
        return next with
        {
            Phase = isRelearning ? CardPhase.Relearning : CardPhase.Learning,
            Step = step,
            ScheduledDays = 0,
            Due = review.At + wait,
            DueDay = review.Day,
        };
    }

    // Again begins anew; Hard stays, between the first two steps; Good goes to the next; Easy, and Good after the last, have done with steps
    private static (TimeSpan Wait, int Step) Wait(IReadOnlyList<TimeSpan> steps, int at, Rating rating)
    {
        if (at >= steps.Count) return default;
        return rating switch
        {
            Rating.Again => (steps[0], 0),
            Rating.Hard => (Minutes(steps.Count == 1 ? steps[0] * 1.5 : (steps[0] + steps[1]) / 2), at),
            Rating.Good when at + 1 < steps.Count => (steps[at + 1], at + 1),
            _ => default,
        };
    }

    private static TimeSpan Minutes(TimeSpan wait) => TimeSpan.FromMinutes(Math.Floor(wait.TotalMinutes + 0.5));

    /// <summary>The interval for the review's rating, kept in order with those of the other ratings.</summary>
    private int Ordered(Card card, Review review, int days, double? fuzz)
    {
        int Of(Rating rating) => Interval(MemoryAfter(card, rating, days), review, days, fuzz);
        var (again, hard, good, easy) = (0, Of(Rating.Hard), Of(Rating.Good), Of(Rating.Easy));
        if (_settings.ShortTerm)
        {
            hard = Math.Min(hard, good);
        }
        else
        {
            again = Math.Min(Of(Rating.Again), hard);
            hard = Math.Max(hard, again + 1);
        }

        good = Math.Max(good, hard + 1);
        easy = Math.Max(easy, good + 1);
        return Math.Min(_settings.LongestFrom(review.Day), review.Rating switch { Rating.Again => again, Rating.Hard => hard, Rating.Good => good, _ => easy });
    }

    private int Interval(Memory memory, Review review, int elapsed, double? fuzz)
    {
        var longest = _settings.LongestFrom(review.Day);
        var days = (int)Math.Min(Math.Max(1, Math.Floor(_fsrs.Interval(memory.Stability, _settings.DesiredRetention) + 0.5)), longest);
        return fuzz is { } place && days > 2 ? Fuzzed(days, elapsed, place, longest) : days;
    }

    // A day either way, and of what lies between 2.5 and 7 days 15%, between 7 and 20 days 10%, beyond 20 days 5% (Anki's and ts-fsrs' ranges)
    private static int Fuzzed(int days, int elapsed, double place, int longest)
    {
        double Part(double from, double to) => Math.Max(Math.Min(days, to) - from, 0);
        var by = 1 + 0.15 * Part(2.5, 7) + 0.10 * Part(7, 20) + 0.05 * Part(20, double.PositiveInfinity);
        var most = (int)Math.Min(Math.Floor(days + by + 0.5), longest);
        var least = (int)Math.Max(2, Math.Floor(days - by + 0.5));
        if (days > elapsed) least = Math.Max(least, elapsed + 1);
        least = Math.Min(least, most);
        return (int)Math.Floor(place * (most - least + 1)) + least;
    }
}
