using StudyQuiz.Domain.Scheduling;
using StudyQuiz.Domain.Scheduling.Simulating;

namespace StudyQuiz.Domain.Tests.Scheduling;

public sealed class SimulationTests
{
    private static readonly IReadOnlyList<Strategy> _strategies = [new FsrsStrategy(0.90), new Sm2Strategy(), new FixedStrategy(1, 3, 7, 14, 30, 60)];

    [Fact]
    public void The_same_seed_gives_the_same_year_and_another_seed_another()
    {
        var settings = new SimulationSettings(7) { Days = 60, Cards = 100, Learners = 2 };
        var (one, again, other) = (Simulation.Run(settings, _strategies), Simulation.Run(settings, _strategies), Simulation.Run(settings with { Seed = 8 }, _strategies));
        Assert.Equal(one.SelectMany(result => result.Days), again.SelectMany(result => result.Days));
        Assert.NotEqual(one[0].Days, other[0].Days);
    }

    [Fact]
    public void Where_the_world_is_as_FSRS_believes_reviews_are_recalled_as_often_as_desired()
    {
        foreach (var desired in new[] { 0.80, 0.90, 0.95 })
        {
            var result = Assert.Single(Simulation.Run(new SimulationSettings(1) { Learners = 2, Spread = 0 }, [new FsrsStrategy(desired)]));
            Assert.InRange(result.Answered, desired - 0.04, desired + 0.02);
            Assert.InRange(result.FinalRecall, desired, 1);
        }
    }

    [Fact]
    public void More_retention_costs_more_reviews()
    {
        var results = Simulation.Run(new SimulationSettings(1) { Learners = 2 }, [new FsrsStrategy(0.80), new FsrsStrategy(0.90)]);
        Assert.True(results[0].ReviewsPerDay < results[1].ReviewsPerDay);
        Assert.True(results[0].FinalRecall < results[1].FinalRecall);
    }

    [Fact]
    public void SM2_and_the_ladder_wait_as_published()
    {
        var sm2 = new Sm2Strategy().Begin(1);
        Assert.Equal([1, 6, 15, 38, 1, 1, 6, 15], new[] { Rating.Good, Rating.Good, Rating.Good, Rating.Good, Rating.Again, Rating.Good, Rating.Good, Rating.Good }.Select(rating => sm2(0, 0, rating)));
        var ladder = new FixedStrategy(1, 3, 7).Begin(1);
        Assert.Equal([1, 3, 7, 7, 1, 3], new[] { Rating.Good, Rating.Easy, Rating.Hard, Rating.Good, Rating.Again, Rating.Good }.Select(rating => ladder(0, 0, rating)));
    }
}
