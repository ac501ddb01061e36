using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Gates;

namespace StudyQuiz.Generation.Tests.Gates;

/// <summary>Gates on how the whole bank is balanced.</summary>
public sealed class BalanceTests
{
    private readonly BankFile _bank = GoodBank.Create();

    [Theory]
    [InlineData(null, 7, 7, 7)]
    [InlineData("12 times in position 2", 4, 12, 4)]
    [InlineData(null, 6, 8, 6)]
    [InlineData(null, 0, 14, 0)] // 14 over 3 positions are too few to tell
    [InlineData("30 times in position 1", 30, 0, 0, 0)]
    public void Position_of_the_key(string? word, params int[] counts)
    {
        var items = counts.SelectMany((count, position) => Enumerable.Range(0, count).Select(_ => Single(position, counts.Length)));
        Check(PositionGates.KeyPosition(Bank(items)), word);
    }

    [Fact]
    public void Each_number_of_options_is_tested_by_itself()
    {
        var items = Enumerable.Range(0, 20).Select(i => Single(i % 2, 2)).Concat(Enumerable.Range(0, 20).Select(_ => Single(2, 3)));
        Check(PositionGates.KeyPosition(Bank(items)), "20 single choices with 3 options");
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(1, 0, true)]
    [InlineData(1, 2, true)]
    [InlineData(2, 0, false)]
    [InlineData(1, 3, false)]
    [InlineData(2, 3, true)]
    [InlineData(4, 6, true)]
    [InlineData(6, 4, true)]
    [InlineData(3, 7, false)]
    [InlineData(7, 3, false)]
    [InlineData(14, 21, true)]
    public void True_and_false(int right, int wrong, bool passes) =>
        Assert.Equal(passes, !TrueFalseGates.Balance(Bank(Statements(right, true, 10).Concat(Statements(wrong, false, 10)))).Any());

    [Theory]
    [InlineData(2, 10, 2, 12, true)]
    [InlineData(2, 10, 2, 13, false)]
    [InlineData(2, 13, 2, 10, false)]
    [InlineData(1, 30, 2, 10, true)]
    public void Length_of_statements(int right, int rightLength, int wrong, int wrongLength, bool passes) =>
        Assert.Equal(passes, !TrueFalseGates.Length(Bank(Statements(right, true, rightLength).Concat(Statements(wrong, false, wrongLength)))).Any());

    [Fact]
    public void A_key_point_of_weight_3_without_a_question() =>
        Assert.Equal(["K2.2"], CoverageGates.KeyPoints(_bank with { Questions = [.. _bank.Questions.Where(item => item.KeyPoint != "K2.2")] }).Select(fault => fault.Item));

    [Theory]
    [InlineData(3, 5, true)]
    [InlineData(2, 5, false)]
    [InlineData(0, 0, true)]
    public void Key_points_of_weight_2(int asked, int all, bool passes)
    {
        var points = Enumerable.Range(0, all).Select(i => new BankKeyPoint($"W{i}", "", 2, [], [])).ToList();
        var bank = _bank with { KeyPoints = points, Questions = [.. points.Take(asked).Select(point => _bank.Questions[0] with { KeyPoint = point.Id })] };
        Assert.Equal(passes, !CoverageGates.KeyPoints(bank).Any());
    }

    private static SingleChoice Single(int position, int options) => new()
    {
        Stem = "?",
        Explanation = "",
        Evidence = [],
        Difficulty = 1,
        Options = [.. Enumerable.Range(0, options).Select(i => new Option($"{i}", i == position))],
    };

    private static IEnumerable<Question> Statements(int count, bool answer, int length) => Enumerable.Range(0, count)
        .Select(_ => new TrueFalse { Stem = new string('字', length), Answer = answer, Explanation = "", Evidence = [], Difficulty = 1 });

    private BankFile Bank(IEnumerable<Question> bodies) =>
        _bank with { Questions = [.. bodies.Select((body, i) => new BankQuestion($"q{i}", "K1", QuestionOrigin.Written, QuestionStatus.Published, body, []))] };

    private static void Check(IEnumerable<Fault> faults, string? word)
    {
        if (word is null) Assert.Empty(faults);
        else Assert.Contains(word, Assert.Single(faults).Message, StringComparison.Ordinal);
    }
}
