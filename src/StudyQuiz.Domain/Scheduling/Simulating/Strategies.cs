namespace StudyQuiz.Domain.Scheduling.Simulating;

/// <summary>A way to decide when a card comes back, for a whole deck.</summary>
/// <remarks>It sees answers only, one a card and day, never the learner's memory.</remarks>
public abstract class Strategy
{
    /// <summary>As tables call it.</summary>
    public abstract string Name { get; }

    /// <summary>Begins a deck.</summary>
    /// <returns>What takes the card, the day from 0 and the answer, and gives the days to wait, 1 or more.</returns>
    public abstract Func<int, int, Rating, int> Begin(int cards);
}

/// <summary>FSRS-6 with the default weights, without steps of minutes and without fuzz: the product's own <see cref="Scheduler"/>.</summary>
/// <param name="retention">Desired, above 0, below 1.</param>
public sealed class FsrsStrategy(double retention) : Strategy
{
    private static readonly DateOnly _first = new(2026, 1, 1);

    public override string Name => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"FSRS-6 at {retention:0.00}");

    public override Func<int, int, Rating, int> Begin(int cards)
    {
        var scheduler = new Scheduler(SchedulingSettings.Default with { DesiredRetention = retention, ShortTerm = false });
        var deck = new Card[cards];
        Array.Fill(deck, Card.New);
        return (card, day, rating) =>
        {
            var on = _first.AddDays(day);
            deck[card] = scheduler.Answer(deck[card], new Review(new DateTimeOffset(on, new TimeOnly(12, 0), TimeSpan.Zero), on, rating));
            return deck[card].ScheduledDays;
        };
    }
}

/// <summary>
/// SM-2 as P. A. Woźniak published it (1990): 1 day, 6 days, then the last interval times the card's ease, rounded up. The ease begins with
/// 2.5 and changes by 0.1 − (5 − q)·(0.08 + (5 − q)·0.02), never below 1.3; Hard is quality 3, Good 4, Easy 5. What was not recalled begins
/// with 1 day again and keeps its ease.
/// </summary>
public sealed class Sm2Strategy : Strategy
{
    public override string Name => "SM-2";

    public override Func<int, int, Rating, int> Begin(int cards)
    {
        var deck = new (int Right, int Interval, double Ease)[cards];
        Array.Fill(deck, (0, 0, 2.5));
        return (card, _, rating) =>
        {
            var (right, interval, ease) = deck[card];
            if (rating == Rating.Again)
            {
                (right, interval) = (0, 1);
            }
            else
            {
                right++;
                interval = right switch { 1 => 1, 2 => 6, _ => (int)Math.Ceiling(interval * ease) };
                var below = 5 - ((int)rating + 1);
                ease = Math.Max(1.3, ease + 0.1 - below * (0.08 + below * 0.02));
            }

            deck[card] = (right, interval, ease);
            return interval;
        };
    }
}

/// <summary>The same ladder for every card; what was not recalled begins again.</summary>
/// <param name="days">The waits, each 1 or more; the last one repeats.</param>
public sealed class FixedStrategy(params IReadOnlyList<int> days) : Strategy
{
    public override string Name => $"fixed {string.Join('-', days)}";

    public override Func<int, int, Rating, int> Begin(int cards)
    {
        var step = new int[cards];
        Array.Fill(step, -1);
        return (card, _, rating) => days[step[card] = rating == Rating.Again ? 0 : Math.Min(step[card] + 1, days.Count - 1)];
    }
}
