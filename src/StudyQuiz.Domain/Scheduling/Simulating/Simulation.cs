namespace StudyQuiz.Domain.Scheduling.Simulating;

/// <summary>What is simulated.</summary>
/// <param name="Seed">Decides everything that is chance.</param>
public sealed record SimulationSettings(long Seed)
{
    /// <summary>1 or more.</summary>
    public int Days { get; init; } = 365;

    /// <summary>In each learner's deck, 1 or more.</summary>
    public int Cards { get; init; } = 1000;

    /// <summary>How many cards are met for the first time on a day, 1 or more.</summary>
    public int NewPerDay { get; init; } = 10;

    /// <summary>How many learners, each with a memory of their own; figures are their means. 1 or more.</summary>
    public int Learners { get; init; } = 20;

    /// <summary>How far learners and cards are from the default weights: see <see cref="SimulatedLearner"/>.</summary>
    public double Spread { get; init; } = 0.2;
}

/// <summary>A day of a simulation, as the mean over its learners.</summary>
/// <param name="Day">From 0.</param>
/// <param name="Reviews">Answers to cards that came back; first meetings are not among them.</param>
/// <param name="Recall">Mean probability, in the morning of the day, of recalling a card that was met before; 0 to 1, NaN on the first day.</param>
public sealed record SimulatedDay(int Day, double Reviews, double Recall);

/// <summary>How a strategy did.</summary>
/// <param name="ReviewsPerDay">Mean over days and learners.</param>
/// <param name="MostReviews">Of one learner on one day.</param>
/// <param name="Answered">The share of reviews that were recalled, 0 to 1.</param>
/// <param name="Recall">Mean over the days of <see cref="SimulatedDay.Recall"/>.</param>
/// <param name="FinalRecall">Mean probability of recalling a card on the morning after the last day.</param>
/// <param name="WeakestFinalRecall">The same of the learner for whom it is the least.</param>
public sealed record StrategyResult(
    string Name, IReadOnlyList<SimulatedDay> Days, double ReviewsPerDay, int MostReviews, double Answered, double Recall, double FinalRecall, double WeakestFinalRecall);

/// <summary>
/// Compares strategies over a year of learning. Every day each learner meets new cards until there are no more, and answers every card
/// that is due, once; nobody misses a day and there is no limit.
/// </summary>
public static class Simulation
{
    public static IReadOnlyList<StrategyResult> Run(SimulationSettings settings, IReadOnlyList<Strategy> strategies, CancellationToken stop = default)
    {
        if (settings is not { Days: >= 1, Cards: >= 1, NewPerDay: >= 1, Learners: >= 1, Spread: >= 0 })
            throw new ArgumentOutOfRangeException(nameof(settings), settings, "Days, cards, new cards a day and learners are 1 or more, the spread 0 or more.");
        var learners = Enumerable.Range(0, settings.Learners).Select(i => new SimulatedLearner(Shuffle.Derive(settings.Seed, i), settings.Cards, settings.Spread)).ToList();
        return [.. strategies.Select(strategy => Summed(strategy.Name, settings, [.. learners.Select(learner => Year(settings, learner, strategy, stop))]))];
    }

    private static StrategyResult Summed(string name, SimulationSettings settings, List<OneYear> years)
    {
        var days = Enumerable.Range(0, settings.Days)
            .Select(day => new SimulatedDay(day, years.Average(year => year.Reviews[day]), years.Average(year => year.Recall[day]))).ToList();
        return new StrategyResult(
            name, days, days.Average(day => day.Reviews), years.Max(year => year.Reviews.Max()),
            (double)years.Sum(year => year.Right) / Math.Max(1, years.Sum(year => year.Reviews.Sum())),
            days.Skip(1).Select(day => day.Recall).DefaultIfEmpty(double.NaN).Average(), years.Average(year => year.Recall[^1]), years.Min(year => year.Recall[^1]));
    }

    /// <summary>One learner's year: reviews of each day; recall on each morning, one more than there are days; and how many reviews were recalled.</summary>
    private sealed record OneYear(int[] Reviews, double[] Recall, int Right);

    private static OneYear Year(SimulationSettings settings, SimulatedLearner learner, Strategy strategy, CancellationToken stop)
    {
        var wait = strategy.Begin(settings.Cards);
        var memories = new Memory[settings.Cards];
        var (last, due, answers) = (new int[settings.Cards], new int[settings.Cards], new int[settings.Cards]);
        var (reviews, recall, right, met) = (new int[settings.Days], new double[settings.Days + 1], 0, 0);
        for (var day = 0; day <= settings.Days; day++)
        {
            stop.ThrowIfCancellationRequested();
            var known = 0.0;
            for (var card = 0; card < met; card++) known += learner.Recall(card, memories[card], day - last[card]);
            recall[day] = known / met;
            if (day == settings.Days) break;

            for (var card = 0; card < met; card++)
            {
                if (due[card] > day) continue;
                reviews[day]++;
                if (Ask(card, day) != Rating.Again) right++;
            }

            for (var more = Math.Min(settings.NewPerDay, settings.Cards - met); more > 0; more--) Ask(met++, day);
        }

        return new OneYear(reviews, recall, right);

        Rating Ask(int card, int day)
        {
            var days = day - last[card];
            Memory? memory = answers[card] == 0 ? null : memories[card];
            var rating = learner.Answer(card, answers[card], memory is { } known ? learner.Recall(card, known, days) : 0);
            memories[card] = learner.After(card, memory, days, rating);
            answers[card]++;
            last[card] = day;
            due[card] = day + wait(card, day, rating);
            return rating;
        }
    }
}
