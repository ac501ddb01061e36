using StudyQuiz.Generation.Gates;

namespace StudyQuiz.Generation.Tests.Gates;

public sealed class ChiSquareTests
{
    // Critical values from the tables of the NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4
    [Theory]
    [InlineData(3.841, 1, 0.05)]
    [InlineData(10.828, 1, 0.001)]
    [InlineData(5.991, 2, 0.05)]
    [InlineData(7.815, 3, 0.05)]
    [InlineData(6.251, 3, 0.10)]
    [InlineData(9.488, 4, 0.05)]
    [InlineData(18.467, 4, 0.001)]
    [InlineData(18.307, 10, 0.05)]
    [InlineData(0, 3, 1)]
    [InlineData(1e4, 3, 0)]
    public void Upper_tail(double statistic, int degrees, double expected) => Assert.Equal(expected, ChiSquare.UpperTail(statistic, degrees), 0.00005);

    [Theory]
    [InlineData(0.3)]
    [InlineData(4)]
    [InlineData(40)]
    public void With_two_degrees_it_is_an_exponential(double statistic) => Assert.Equal(Math.Exp(-statistic / 2), ChiSquare.UpperTail(statistic, 2), 1e-12);

    [Fact]
    public void Equal_counts_fit_and_one_sided_ones_do_not()
    {
        Assert.Equal(1, ChiSquare.OfEqualShares([7, 7, 7]), 1e-12);
        Assert.True(ChiSquare.OfEqualShares([21, 0, 0]) < 1e-8);
    }
}
