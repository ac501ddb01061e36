using CsCheck;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Tests.Questions;

public sealed class PresentationTests
{
    [Fact]
    public void A_seed_always_gives_the_same_order() => Gen.Long.Sample(seed =>
    {
        foreach (var question in Sample.Graded) Assert.Equal(Presentation.Of(question, seed).Order, Presentation.Of(question, seed).Order);
    });

    [Fact]
    public void Shown_and_authored_translate_into_each_other() => Gen.Long.Sample(seed =>
    {
        foreach (var question in Sample.Graded)
        {
            var presentation = Presentation.Of(question, seed);
            var key = Grading.Key(question)!;
            var shown = presentation.ToShown(key);
            Assert.True(shown.Fits(question));
            Assert.Equal(Verdict.Right, Grading.Grade(question, presentation.ToAuthored(shown)));
            Assert.Equivalent(shown, presentation.ToShown(presentation.ToAuthored(shown)), strict: true);
        }
    });

    [Fact]
    public void An_ordering_is_never_shown_in_order() => Gen.Long.Sample(seed =>
        Assert.NotEqual([0, 1, 2, 3], Presentation.Of(Sample.Ordering, seed).Order));

    [Fact]
    public void A_shuffle_is_a_permutation() => Gen.Select(Gen.Int[0, 40], Gen.Long).Sample((count, seed) =>
        Assert.Equal(Enumerable.Range(0, count), Shuffle.Positions(count, seed).Order()));

    // Computed by another implementation: an attempt of last year must show the order that its learner saw.
    [Fact]
    public void A_shuffle_is_the_same_for_ever()
    {
        Assert.Equal([3, 1, 6, 2, 4, 0, 7, 5], Shuffle.Positions(8, 42));
        Assert.Equal([7, 3, 5, 4, 2, 6, 1, 0], Shuffle.Positions(8, -1));
        Assert.Equal(5632914758302621589, Shuffle.Derive(42, 3));
    }

    [Fact]
    public void Every_place_is_as_likely_as_any_other()
    {
        var counts = new int[6, 6];
        for (var seed = 0L; seed < 6000; seed++)
        {
            var positions = Shuffle.Positions(6, seed);
            for (var place = 0; place < 6; place++) counts[positions[place], place]++;
        }

        foreach (var count in counts) Assert.InRange(count, 850, 1150); // 1000 expected, standard deviation 29
    }
}
