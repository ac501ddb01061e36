using StudyQuiz.Domain.Statistics;

namespace StudyQuiz.Domain.Tests.Statistics;

/// <summary>Figures that were worked out by hand; the comments show how.</summary>
public sealed class ItemStatisticsTests
{
    private static readonly DateOnly _monday = new(2026, 11, 23);

    // Ten people with 1.0, 0.9 … 0.1 otherwise; right are the best four and the one with 0.5
    private static readonly FirstAnswer[] _ten = [.. Enumerable.Range(1, 10).Select(tenth => Of(tenth is >= 7 or 5 ? 1 : 0, tenth / 10m, picks: tenth is >= 7 or 5 ? 0 : tenth == 6 ? 1 : 2))];

    [Fact]
    public void Moodles_figures_of_ten_people()
    {
        var figures = ItemStatistics.Of(_ten, 4);

        Assert.Equal((10, 10, 0.5), (figures.People, figures.Compared, figures.Facility));
        // Wilson: (0.5 + 3.8415/20 ± 1.96·√(0.025 + 3.8415/400)) / (1 + 3.8415/10)
        Assert.Equal((0.2366, 0.7634), (Round(figures.FacilityInterval!.Value.Low), Round(figures.FacilityInterval.Value.High)));
        // √(2.5 / 9)
        Assert.Equal(0.5270, Round(figures.Deviation));
        // Σxy − n·x̄·ȳ = 3.9 − 2.75 = 1.15; Σ(x−x̄)² = 2.5; Σ(y−ȳ)² = 0.825; 1.15 / √2.0625
        Assert.Equal(0.8008, Round(figures.Discrimination));
        // artanh 0.8008 = 1.1007 ± 1.96/√7
        Assert.Equal((0.3451, 0.9509), (Round(figures.DiscriminationInterval!.Value.Low), Round(figures.DiscriminationInterval.Value.High)));
        // At best the upper five are right: 4.0 − 2.75 = 1.25; 1.15 / 1.25
        Assert.Equal(0.92, Round(figures.Efficiency));
        // 0.1 to 0.3, 0.4 to 0.7, 0.8 to 1.0: the seventh of ten has its middle at 6.5, which is less than two thirds
        Assert.Equal([3, 4, 3], figures.Thirds);
        Assert.True(figures.HasThirds);
        Assert.Equal(["5: 0 2 3", "1: 0 1 0", "4: 3 1 0", "0: 0 0 0"], figures.Options.Select(option => $"{option.People}: {string.Join(' ', option.ByThird)}"));
    }

    [Fact]
    public void Of_few_people_and_of_such_as_did_alike_nothing_is_made_up()
    {
        var few = ItemStatistics.Of([.. _ten.Take(4)], 4);
        Assert.Equal((4, null, null, null), (few.People, few.Facility, few.Discrimination, few.Efficiency));
        Assert.Empty(few.Options);
        Assert.Null(ItemStatistics.Of([.. _ten.Take(9)], 4).Discrimination);

        var alike = ItemStatistics.Of([.. _ten.Select(one => one with { Credit = 1 })], 4);
        Assert.Equal((1, 0, null, null), (alike.Facility!.Value, alike.Deviation!.Value, alike.Discrimination, alike.Efficiency));
        Assert.Empty(ItemFlags.Of(alike, [1, 2, 3], []));
        Assert.Equal(0, ItemStatistics.Of([], 0).People);
    }

    [Fact]
    public void Who_stands_equal_is_in_one_third_and_order_decides_nothing()
    {
        FirstAnswer[] answers = [.. Enumerable.Range(0, 12).Select(i => Of(i % 2, i < 8 ? 0.5m : 0.9m, picks: 0))];
        Assert.Equal([0, 8, 4], ItemStatistics.Of(answers, 1).Thirds);
        Assert.False(ItemStatistics.Of(answers, 1).HasThirds);
        Assert.Equal(ItemStatistics.Of(answers, 1).Thirds, ItemStatistics.Of([.. answers.Reverse()], 1).Thirds);
    }

    [Fact]
    public void Times_and_weeks()
    {
        var figures = ItemStatistics.Of([.. Enumerable.Range(1, 10).Select(i => Of(i <= 5 ? 1 : 0, null, 0) with { Took = TimeSpan.FromSeconds(i), Week = _monday.AddDays(-7 * i) })], 0);
        Assert.Equal(new TimeFigures(10, TimeSpan.FromSeconds(3.25), TimeSpan.FromSeconds(5.5), TimeSpan.FromSeconds(7.75)), figures.Times);
        Assert.Equal((8, new WeekFigures(_monday.AddDays(-7), 1, 1), 0), (figures.Weeks.Count, figures.Weeks[^1], figures.Weeks[0].Share));
    }

    [Fact]
    public void Flags_are_raised_where_chance_hardly_explains_them_and_not_before()
    {
        // Whoever is good is wrong: −0.80 of ten people has its interval below 0, of four times as many people anyway
        var reversed = ItemStatistics.Of([.. _ten.Select(one => one with { Credit = 1 - one.Credit })], 4);
        Assert.Equal(-0.8008, Round(reversed.Discrimination));
        Assert.Equal([ItemFlags.Negative], ItemFlags.Of(reversed, [1, 2, 3], []));
        Assert.Empty(ItemFlags.Of(ItemStatistics.Of([.. _ten.Select((one, i) => one with { Credit = i % 3 == 0 ? 1 : 0 })], 4), [1, 2, 3], []));

        // Option 3 is chosen by nobody: of 34 people Wilson's upper end is 10.2 %, of 35 it is 9.9 %
        FirstAnswer[] many = [.. Enumerable.Range(0, 35).Select(i => Of(i % 2, null, i % 3))];
        Assert.Equal([ItemFlags.Dead], ItemFlags.Of(ItemStatistics.Of(many, 4), [1, 2, 3], []));
        Assert.Empty(ItemFlags.Of(ItemStatistics.Of([.. many.Skip(1)], 4), [1, 2, 3], []));

        Assert.Equal([ItemFlags.Easy], ItemFlags.Of(ItemStatistics.Of([.. Enumerable.Repeat(Of(1, null, 0), 16)], 0), [], []));
        Assert.Empty(ItemFlags.Of(ItemStatistics.Of([.. Enumerable.Repeat(Of(1, null, 0), 15)], 0), [], []));
        Assert.Equal([ItemFlags.Hard], ItemFlags.Of(ItemStatistics.Of([.. Enumerable.Repeat(Of(0, null, 0), 9), Of(1, null, 0)], 0), [], []));
    }

    [Fact]
    public void A_time_is_odd_beside_those_of_its_type()
    {
        TimeSpan[] peers = [.. ((int[])[8, 9, 9, 10, 10, 11, 11, 12]).Select(seconds => TimeSpan.FromSeconds(seconds))];
        Assert.Equal(["slow"], FlagsAt(40));
        Assert.Equal(["fast"], FlagsAt(2));
        Assert.Empty(FlagsAt(14));
        Assert.Empty(ItemFlags.Of(TakingSeconds(40), [], [.. peers.Skip(1)]));

        IReadOnlyList<string> FlagsAt(int seconds) => ItemFlags.Of(TakingSeconds(seconds), [], peers);
        ItemStatistics TakingSeconds(int seconds) => ItemStatistics.Of([.. Enumerable.Range(0, 6).Select(i => Of(i % 2, null, 0) with { Took = TimeSpan.FromSeconds(seconds) })], 0);
    }

    private static FirstAnswer Of(decimal credit, decimal? others, int picks) => new(credit, others, [picks], null, _monday);

    private static double Round(double? value) => Math.Round(value!.Value, 4);
}
