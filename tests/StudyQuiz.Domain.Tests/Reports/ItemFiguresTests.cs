using CsCheck;
using StudyQuiz.Domain.Reports;

namespace StudyQuiz.Domain.Tests.Reports;

public sealed class ItemFiguresTests
{
    [Fact]
    public void What_the_good_get_right_and_the_others_wrong_discriminates_and_the_reverse_is_negative()
    {
        (decimal, decimal)[] good = [(0, 1), (0, 2), (0, 3), (1, 7), (1, 8), (1, 9)];
        Assert.InRange(ItemFigures.Discrimination(good)!.Value, 0.9, 1);
        Assert.InRange(ItemFigures.Discrimination([.. good.Select(one => (1 - one.Item1, one.Item2))])!.Value, -1, -0.9);
        Assert.Null(ItemFigures.Discrimination([.. good.Take(4)]));
        Assert.Null(ItemFigures.Discrimination([.. good.Select(one => (1m, one.Item2))]));
    }

    [Fact]
    public void Discrimination_lies_between_minus_one_and_one() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 40]).Array[0, 60].Sample(people =>
        {
            if (ItemFigures.Discrimination([.. people.Select(one => (one.Item1 / 2m, (decimal)one.Item2))]) is { } value) Assert.InRange(value, -1.0000001, 1.0000001);
        });

    [Fact]
    public void Facility_is_the_share_that_was_earned_and_half_took_the_median_at_most()
    {
        Assert.Equal(0.5, ItemFigures.Facility([1, 0.5m, 0]));
        Assert.Null(ItemFigures.Facility([]));
        Assert.Equal(TimeSpan.FromSeconds(3), ItemFigures.Median([TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)]));
        Assert.Equal(TimeSpan.FromSeconds(2), ItemFigures.Median([TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1)]));
        Assert.Null(ItemFigures.Median([]));
    }

    [Fact]
    public void Every_score_is_in_one_band_and_the_pass_mark_begins_one() =>
        Gen.Select(Gen.Int[1, 300], Gen.Int[0, 300], Gen.Int[0, 600].Array[0, 50]).Sample((full, mark, halves) =>
        {
            var scores = halves.Select(half => half / 2m).Where(score => score <= full).ToList();
            decimal? pass = mark is > 0 && mark <= full ? mark : null;
            var bands = ScoreBand.Of(scores, full, pass);
            Assert.Equal(scores.Count, bands.Sum(band => band.People));
            Assert.Equal((0, full), (bands[0].From, bands[^1].To));
            Assert.All(bands.Zip(bands.Skip(1)), pair => Assert.Equal(pair.First.To + 1, pair.Second.From));
            Assert.Equal(scores.Count(score => pass is null || score >= pass), bands.Where(band => band.Passes).Sum(band => band.People));
            Assert.True(bands.Count <= 9);
        });
}
