using StudyQuiz.Generation.Gates;

namespace StudyQuiz.Generation.Tests.Gates;

public sealed class BigramsTests
{
    [Theory]
    [InlineData("一体化", "一体化", 1)]
    [InlineData("一体化", "高质量", 0)]
    [InlineData("一体化", "一体", 0.5)]
    [InlineData("“一体化”。", "一体 化", 1)]
    [InlineData("夏", "夏", 1)]
    [InlineData("", "", 0)]
    public void Share_of_common_pairs(string a, string b, double expected) => Assert.Equal(expected, Bigrams.Jaccard(a, b));
}
