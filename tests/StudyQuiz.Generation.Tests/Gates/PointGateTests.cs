using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Gates;

namespace StudyQuiz.Generation.Tests.Gates;

public sealed class PointGateTests
{
    private readonly BankFile _bank = GoodBank.Create();

    [Theory]
    [InlineData("文中讲“培养领读人”这一点时写到：每年培训两次。", true)]
    [InlineData("文中讲“培养领读人”这一点时写到：每年培训三次。", false)]
    [InlineData("文中讲“培养领读人”这一点时写到：流动书车每周三进山。", false)]
    [InlineData("文中讲“办好乡村书屋”这一点时写到：由村小教师轮流看管。", true)]
    [InlineData("文中在“要做好三件事”之后逐点展开，培养领读人是第二点。", true)]
    [InlineData("文中在“要做好三件事”之后逐点展开，培养领读人是第一点。", false)]
    [InlineData("全文逐点展开，“培养领读人”是第二点。", true)]
    [InlineData("全文逐点展开，“培养领读人”是第三点。", false)]
    public void A_statement_on_a_point_is_marked_as_the_text_has_it(string stem, bool isTrue)
    {
        Assert.Empty(Statement(stem, isTrue));
        Assert.Equal("van", Assert.Single(Statement(stem, !isTrue)).Item);
    }

    [Theory]
    [InlineData("文中讲“一条没有的要点”这一点时写到：每年培训两次。")]
    [InlineData("根据文中内容，流动书车每周三进山送书。")]
    public void Other_statements_are_left_to_other_gates(string stem)
    {
        Assert.Empty(Statement(stem, true));
        Assert.Empty(Statement(stem, false));
    }

    [Fact]
    public void What_people_wrote_may_be_ordered_and_paired_by_something_else()
    {
        var ordered = _bank.WithBody<Ordering>("order", ordering => ordering with { Items = [.. ordering.Items.Reverse()] }).With("order", item => item with { Origin = QuestionOrigin.Written });
        Assert.Empty(PointGates.Order(ordered));
        var paired = _bank.WithBody<Matching>("pairs", matching => matching with { Pairs = [new("领读人", "每周三进山"), new("流动书车", "每年培训两次")] }).With("pairs", item => item with { Origin = QuestionOrigin.Edited });
        Assert.Empty(PointGates.Pairs(paired));
    }

    [Fact]
    public void Parts_that_the_evidence_does_not_hold_are_left_out() =>
        Assert.Empty(PointGates.Order(_bank.WithBody<Ordering>("order", ordering => ordering with { Items = ["用好书车", "办好书屋", "培养领读人"] })));

    [Theory]
    [InlineData("文中讲“修缮”时依次写道：修缮老书库；开设夜间阅览室。", false)]
    [InlineData("文中讲“修缮”时依次写道：开设夜间阅览室；修缮老书库。", true)]
    [InlineData("Under “x” the text says, in this order: 开设夜间阅览室; 修缮老书库.", true)]
    [InlineData("文中提到开设夜间阅览室；修缮老书库。", false)]
    public void What_an_explanation_tells_in_order_stands_so_in_the_text(string explanation, bool found) =>
        Assert.Equal(found ? ["work"] : [], PointGates.Order(_bank.With("work", item => item with { Body = item.Body with { Explanation = explanation } })).Select(fault => fault.Item));

    private IReadOnlyList<Fault> Statement(string stem, bool answer) => [.. PointGates.Statements(
        _bank.With("van", item => item with { Origin = QuestionOrigin.Generated, Body = (TrueFalse)item.Body with { Stem = stem, Answer = answer } }), GoodBank.Structure(_bank))];
}
