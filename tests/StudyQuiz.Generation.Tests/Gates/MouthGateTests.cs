using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Gates;

namespace StudyQuiz.Generation.Tests.Gates;

public sealed class MouthGateTests
{
    private readonly BankFile _bank = GoodBank.Create();

    [Theory]
    [InlineData("领读人“每年培训三次”。", "quotation marks")]
    [InlineData("领读人「每年培训三次」。", "quotation marks")]
    [InlineData("领读人“每年培训三次", "quotation marks")]
    [InlineData("领读人不必“每年培训两次”。", null)]
    [InlineData("“一村一屋、一屋一灯”没有成形。", "show the source's wording")]
    [InlineData("周明指出，每年培训三次。", "周明指出")]
    [InlineData("周明还强调：每年培训三次。", "周明还强调")]
    [InlineData("周明在会上要求每年培训三次。", "周明在会上要求")]
    [InlineData("他提出每年培训三次。", "他提出")]
    [InlineData("县委书记说每年培训三次。", "县委书记说")]
    [InlineData("王小河认为，每年培训三次。", "王小河认为")]
    [InlineData("村民王小河告诉记者，每年培训三次。", "王小河告诉记者")]
    [InlineData("王小河告诉本报记者：每年培训三次。", "王小河告诉本报记者")]
    [InlineData("文中提出，每年培训三次。", null)]
    [InlineData("文章还指出，每年培训三次。", null)]
    [InlineData("会议强调，每年培训三次。", null)]
    [InlineData("总的来说，领读人每年培训三次。", null)]
    [InlineData("没有其他要求，每年培训三次。", null)]
    [InlineData("文中在“周明强调，今年的重点工作要抓紧”之后讲到读书节。", "show the source's wording")]
    [InlineData("按新的要求，每年培训三次。", null)]
    [InlineData("青河县县长吴小雨主持会议。", "gives")]
    [InlineData("会议由邻县县长周明主持。", "gives")]
    [InlineData("青河县县长周亮主持会议。", "gives")]
    [InlineData("青河县县长周明主持会议。", null)]
    [InlineData("会议由县长周明主持。", null)]
    [InlineData("会上县长周明没有讲话。", null)]
    [InlineData("文中说一村一屋、一屋一书已成形。", "changed")]
    [InlineData("文中说一村一屋、一屋一灯未成形。", null)]
    public void A_false_statement(string stem, string? word)
    {
        Check(_bank.WithBody<TrueFalse>("training", item => item with { Stem = stem }), word);
        if (word is not null) Check(_bank.WithBody<TrueFalse>("training", item => item with { Stem = stem, Answer = true }), null);
    }

    [Theory]
    [InlineData("村里怎样？", "“小书屋”", "quotation marks")]
    [InlineData("规划“＿＿＿”怎样？", "小书屋", "quotation marks")]
    [InlineData("周明指出，要办好＿＿＿。", "小书屋", "周明指出")]
    [InlineData("周明指出：", "小书屋", "周明指出")]
    [InlineData("周明指出要办什么？", "小书屋", null)]
    [InlineData("谁主持会议？", "青河县县长吴小雨", "gives")]
    [InlineData("谁主持会议？", "青河县县长周明", null)]
    public void A_wrong_option(string stem, string wrong, string? word) =>
        Check(_bank.WithBody<SingleChoice>("keepers", item => item with { Stem = stem, Options = [new("对", true), new(wrong, false)] }), word);

    [Fact]
    public void A_cited_passage_may_name_who_said_it() => Check(_bank.WithBody<TrueFalse>("training", item => item with
    {
        Stem = "文中在“周明强调，今年的重点工作要抓紧”之后讲到读书节。",
        Evidence = [new("P04", "周明强调，今年的重点工作要抓紧。第一，修缮老书库")],
    }), null);

    [Fact]
    public void The_reveal_may_be_an_options_reason() => Check(_bank.WithBody<SingleChoice>("keepers", item => item with
    {
        Options = [new("对", true), new("“一村一屋、一屋一灯”没有成形", false, "“一村一屋、一屋一灯”已经成形。")],
    }), null);

    [Fact]
    public void People_of_a_text() =>
        Assert.True(Attribution.People(_bank.Paragraphs[0].Text + "老张还认为，好。会议强调，好。他指出，好。城市长远发展。总书记强调，好。").SetEquals(["周明", "吴小雨", "老张", "总书记"]));

    private static void Check(BankFile bank, string? word)
    {
        var faults = MouthGates.Words(bank).ToList();
        if (word is null) Assert.Empty(faults);
        else Assert.Contains(word, Assert.Single(faults).Message, StringComparison.Ordinal);
    }
}
