using System.Globalization;
using StudyQuiz.Domain.Scheduling;
using StudyQuiz.Domain.Scheduling.Simulating;

namespace StudyQuiz.Domain.Tests.Scheduling;

public sealed class FsrsFitTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset _start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_log_that_other_weights_made_is_predicted_better_by_the_weights_fitted_to_it()
    {
        var values = FsrsWeights.Default.Values.ToArray();
        (values[2], values[8], values[11], values[20]) = (0.8, 1.2, 0.8, 0.35);
        var result = FsrsFit.Run(Log(300, 120, FsrsWeights.Of(values).Weights!, seed: 3), seed: 1);
        Say(result);
        Assert.True(result.IsBetter);
        Assert.True(result.After < result.Before - 0.005);
        Assert.InRange(result.HeldOut, result.Reviews / 5 - 20, result.Reviews / 5 + 20);
    }

    [Fact]
    public void A_log_that_the_defaults_made_keeps_them()
    {
        foreach (var seed in new[] { 1, 2, 3, 4, 5 })
        {
            var result = FsrsFit.Run(Log(200, 90, FsrsWeights.Default, seed), seed: 1);
            Say(result);
            Assert.InRange(result.After - result.Before, -0.02, 0.02);
            Assert.False(result.IsBetter);
        }
    }

    [Fact]
    public void Too_few_reviews_are_not_fitted()
    {
        var result = FsrsFit.Run(Log(20, 30, FsrsWeights.Default, seed: 1), seed: 1);
        Assert.InRange(result.Reviews, 1, FsrsFit.LeastReviews - 1);
        Assert.Equal((FsrsWeights.Default, false, true), (result.Weights, result.IsBetter, double.IsNaN(result.Before)));
    }

    [Fact]
    public void The_same_log_and_seed_give_the_same_weights()
    {
        var log = Log(200, 90, FsrsWeights.Default, seed: 2);
        Assert.Equal(FsrsFit.Run(log, seed: 9).Weights.Values, FsrsFit.Run(log, seed: 9).Weights.Values);
    }

    [Theory]
    [InlineData("always Again")]
    [InlineData("always Easy")]
    [InlineData("one card")]
    [InlineData("one day")]
    [InlineData("all at once on the second day")]
    public void A_log_without_sense_gives_weights_that_are_numbers_within_their_ranges(string which)
    {
        IReadOnlyList<IReadOnlyList<Review>> log = which switch
        {
            "always Again" => [.. Enumerable.Range(0, 60).Select(_ => Daily(10, _ => Rating.Again))],
            "always Easy" => [.. Enumerable.Range(0, 60).Select(_ => Daily(10, _ => Rating.Easy))],
            "one card" => [Daily(700, i => i % 3 == 0 ? Rating.Again : Rating.Good)],
            "one day" => [.. Enumerable.Range(0, 10).Select(_ => Enumerable.Range(0, 100).Select(i => At(0, i, Rating.Good)).ToList())],
            _ => [.. Enumerable.Range(0, 500).Select(_ => new List<Review> { At(0, 0, Rating.Good), At(1, 0, Rating.Again) })],
        };
        var result = FsrsFit.Run(log, seed: 1);
        Say(result);
        Assert.All(result.Weights.Values, weight => Assert.True(double.IsFinite(weight)));
        Assert.Equal(result.Weights.WithinRanges().Values, result.Weights.Values);
        if (result.HeldOut > 0) Assert.True(double.IsFinite(result.Before) && double.IsFinite(result.After));
        var fsrs = new Fsrs(result.Weights);
        var memory = Enum.GetValues<Rating>().Aggregate(fsrs.First(Rating.Again), (known, rating) => fsrs.Next(known, 3, rating));
        Assert.True(double.IsFinite(memory.Stability) && memory.Difficulty is >= 1 and <= 10);
    }

    [Fact]
    public void It_tells_how_far_it_is_and_can_be_stopped()
    {
        var log = Log(200, 90, FsrsWeights.Default, seed: 2);
        using var stop = new CancellationTokenSource();
        var heard = new List<double>();
        Assert.Throws<OperationCanceledException>(() => FsrsFit.Run(log, 1, null, new Heard(done => { heard.Add(done); if (heard.Count == 3) stop.Cancel(); }), stop.Token));
        Assert.Equal(3, heard.Count);
        Assert.Equal(heard.Order(), heard);
    }

    private void Say(FsrsFitResult result) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{result.Reviews} reviews, {result.HeldOut} held out: {result.Before:0.0000} to {result.After:0.0000}, {(result.IsBetter ? "better" : "kept")}"));

    private static Review At(int day, int minute, Rating rating) => new(_start.AddDays(day).AddMinutes(minute), DateOnly.FromDateTime(_start.AddDays(day).DateTime), rating);

    private static List<Review> Daily(int days, Func<int, Rating> rating) => [.. Enumerable.Range(0, days).Select(day => At(day, 0, rating(day)))];

    // What the product would log of a learner with these weights who comes every day
    private static List<IReadOnlyList<Review>> Log(int cards, int days, FsrsWeights weights, int seed)
    {
        var learner = new SimulatedLearner(seed, cards, 0, weights, shortTerm: true);
        var wait = new FsrsStrategy(0.9).Begin(cards);
        var log = new List<IReadOnlyList<Review>>();
        for (var card = 0; card < cards; card++)
        {
            var (reviews, memory, last) = (new List<Review>(), (Memory?)null, 0);
            for (var day = card % 20; day < days; day += wait(card, day, reviews[^1].Rating))
            {
                var recall = memory is { } known ? learner.Recall(card, known, day - last) : 0;
                var rating = learner.Answer(card, reviews.Count, recall);
                memory = learner.After(card, memory, day - last, rating);
                last = day;
                reviews.Add(At(day, card, rating));
            }

            log.Add(reviews);
        }

        return log;
    }

    private sealed class Heard(Action<double> hear) : IProgress<double>
    {
        public void Report(double value) => hear(value);
    }
}
