using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Gates;

namespace StudyQuiz.Generation.Tests.Gates;

/// <summary>A generated item whose words the text does not say, not whole, or not as its own is found; what a person wrote on them is not.</summary>
public sealed class SourceGateTests
{
    private readonly BankFile _bank = GoodBank.Create();

    [Theory]
    [InlineData("有人说书屋夜里没有读者来，这种说法不对。", "书屋夜里没有读者来", true)]
    [InlineData("书屋夜里没有读者来。这种说法不对。", "书屋夜里没有读者来", true)]
    [InlineData("把书屋叫作“摆设”，这是没有去看过。", "把书屋叫作“摆设”", true)]
    [InlineData("书屋夜里有读者来，这要谢谢看管的老师。", "书屋夜里有读者来", false)]
    public void Rejected_views(string sentence, string quote, bool found) => Check(SourceGates.Rejected, sentence, quote, found);

    [Theory]
    [InlineData("书屋夜里的灯，是山里孩子的星。", "书屋夜里的灯", true)]
    [InlineData("书屋夜里的灯，正是山里孩子的星。", "书屋夜里的灯", true)]
    [InlineData("书屋夜里的灯一直亮着，孩子们都来。", "书屋夜里的灯一直亮着", false)]
    [InlineData("书屋夜里的灯亮着，是否关掉由老师定。", "书屋夜里的灯亮着", false)]
    [InlineData("一、二年级的孩子由老师送到书屋。", "二年级的孩子由老师送到书屋", true)]
    [InlineData("一、二年级的孩子由老师送到书屋。", "一、二年级的孩子由老师送到书屋", false)]
    [InlineData("必须看到，书屋的灯还不够亮。", "看到，书屋的灯还不够亮", true)]
    [InlineData("需要说明的是，书屋的灯由村里出钱。", "说明的是，书屋的灯由村里出钱", true)]
    [InlineData("2022年修好的42间书屋中，有29间通了电。", "2022年修好的42间书屋中", true)]
    [InlineData("2022年修好了42间书屋，有3间在高中。", "有3间在高中", false)]
    [InlineData("对住得最远的16户人家，书车要送到门口。", "对住得最远的16户人家", true)]
    [InlineData("对住得最远的16户人家，书车要送到门口。", "对住得最远的16户人家，书车要送到门口", false)]
    [InlineData("对查出的缺页书逐本登记，再送去修补。", "对查出的缺页书逐本登记", false)]
    [InlineData("每天只要读上20页，就是一个好读者。", "每天只要读上20页", true)]
    [InlineData("积雪超过30厘米，书车就停开。", "积雪超过30厘米", true)]
    [InlineData("擦书架、补书页、贴标签，都由孩子们做。", "擦书架、补书页、贴标签", true)]
    [InlineData("书车每周三进山，就连下雪天也不停。", "书车每周三进山", false)]
    [InlineData("书车每周三进山，把新书送到门口。", "书车每周三进山", false)]
    [InlineData("书屋关门时，灯由老师关。", "书屋关门时", true)]
    [InlineData("逾期不还的，下一次少借一本。", "逾期不还的", true)]
    [InlineData("今年书屋的要求是：晚上九点以前灯不能灭。", "今年书屋的要求是", true)]
    [InlineData("办好书屋：晚上九点以前灯不能灭。", "办好书屋", false)]
    public void Half_sentences(string sentence, string quote, bool found) => Check(SourceGates.Halves, sentence, quote, found);

    [Theory]
    [InlineData("责任编辑：李小书。", "责任编辑：李小书", true)]
    [InlineData("书屋里的孩子展开全文都在看书。", "书屋里的孩子展开全文都在看书", true)]
    [InlineData("图为孩子们在书屋里看书。", "图为孩子们在书屋里看书", true)]
    [InlineData("书屋开门了（李小书 摄）。", "书屋开门了（李小书 摄）", true)]
    [InlineData("村里请来一位编辑教孩子们办报。", "村里请来一位编辑教孩子们办报", false)]
    public void Page_furniture(string sentence, string quote, bool found) => Check(SourceGates.Furniture, sentence, quote, found);

    [Theory]
    [InlineData("书屋要分两步修。一、分清轻重缓急书屋先修屋顶，再修门窗。二、安排各家人手村小教师轮流去看，每周一换。", "书屋先修屋顶", true)]
    [InlineData("书屋要分两步修。一、要先把书屋的屋顶修好，再修门窗。二、要请村小教师轮流去看管，每周一换。", "先把书屋的屋顶修好", false)]
    public void Glued_headings(string sentence, string quote, bool found) => Check(SourceGates.Glued, sentence, quote, found);

    private void Check(Func<BankFile, IEnumerable<Fault>> gate, string sentence, string quote, bool found)
    {
        var bank = _bank with { Paragraphs = [.. _bank.Paragraphs, new("P05", sentence)] };
        bank = bank.With("work", item => item with { Body = new Flashcard { Stem = "书屋怎样？", Back = quote, Explanation = quote, Evidence = [new("P05", quote)], Difficulty = 1 } });
        Assert.Empty(gate(_bank));
        Assert.Equal(found ? ["work"] : [], gate(bank).Select(fault => fault.Item).Distinct());
        Assert.Empty(gate(bank.With("work", item => item with { Origin = QuestionOrigin.Edited })));
    }
}
