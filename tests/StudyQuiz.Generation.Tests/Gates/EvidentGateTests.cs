using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Gates;

namespace StudyQuiz.Generation.Tests.Gates;

/// <summary>A generated item that can be answered without having read the text is found; what a person wrote is not.</summary>
public sealed class EvidentGateTests
{
    private readonly BankFile _bank = GoodBank.Create();

    [Theory]
    [InlineData("文中讲“用好流动书车”这一点时写到：流动书车每周三进山。", true, true)]
    [InlineData("文中讲“用好流动书车”这一点时写到：把新书送到学生手中。", true, false)]
    [InlineData("文中讲“用好流动书车”这一点时写到：流动书车每周三进山。", false, false)]
    [InlineData("文中讲“办好乡村书屋”这一点时写到：流动书车每周三进山，把新书送到学生手中。", false, true)]
    [InlineData("文中讲“办好乡村书屋”这一点时写到：把新书送到学生手中。", false, false)]
    public void A_statement_does_not_repeat_its_point(string stem, bool answer, bool found) =>
        Check(EvidentGates.Echoes, found, new TrueFalse { Stem = stem, Answer = answer, Explanation = "流动书车每周三进山。", Evidence = [new("P02", "流动书车每周三进山，把新书送到学生手中")], Difficulty = 1 });

    [Theory]
    [InlineData("书车每周三进山", "送书到学生手中", "书屋每晚都点灯", true)]
    [InlineData("书车每周三进山", "送书到学生手中", "书车每月修一次", false)]
    [InlineData("每周三要进山", "送书到学生手中", "书屋每晚都点灯", false)]
    public void Not_only_what_is_right_repeats_a_word_of_the_stem(string right, string other, string wrong, bool found) =>
        Check(EvidentGates.Echoes, found, new MultipleChoice { Stem = "文中讲“用好流动书车”时，写到了下列哪些内容？", Options = [new(right, true), new(other, true), new(wrong, false)], Explanation = "见第二段。", Evidence = [new("P02", "用好流动书车")], Difficulty = 1 });

    [Theory]
    [InlineData("书车每周三进山", "书屋每晚都点灯", "名单每年换一次", true)]
    [InlineData("书车每周三进山", "由老师轮流看管", "每年培训两次", true)]
    [InlineData("每周三进山", "由老师轮流看管", "每年开课两次", false)]
    [InlineData("每周三进山", "由老师轮流看屋", "每年开课两次", true)]
    public void Sides_are_not_joined_by_their_words(string van, string house, string readers, bool found) =>
        Check(EvidentGates.Echoes, found, new Matching { Stem = "把各点与内容连起来。", Pairs = [new("用好流动书车", van), new("办好乡村书屋", house), new("培养领读人", readers)], Explanation = "见第二段。", Evidence = [new("P02", "用好流动书车")], Difficulty = 1 });

    [Theory]
    [InlineData("全县＿＿＿工作会", "阅读", true)]
    [InlineData("全县阅读＿＿＿会", "工作", true)]
    [InlineData("读者＿＿＿了四成", "增加", false)]
    public void What_the_title_says_is_not_asked(string stem, string answer, bool found) =>
        Check(EvidentGates.InTitle, found, new Cloze { Stem = stem, Accepted = [answer], Explanation = "见原文。", Evidence = [new("P01", "全县阅读工作会")], Difficulty = 1 });

    [Theory]
    [InlineData("书车开到了山脚下", false)]
    [InlineData("新书由校长来挑选", true)]
    [InlineData("不得把旧书送进山", true)]
    [InlineData("把旧书运回到县里", false)]
    [InlineData("把38本书运回县里", true)]
    [InlineData("也把旧书运回县里", true)]
    public void A_wrong_end_is_built_like_the_right_one(string wrong, bool found)
    {
        string[] right = wrong.StartsWith("书车", StringComparison.Ordinal) ? ["书车停在了校门口", "学生上车领书"] : ["把新书送到学生手中", "把书单贴在车门上"];
        Check(EvidentGates.Ends, found, new SingleChoice
        {
            Stem = "“流动书车每周三进山”，原文紧接着写的是什么？",
            Options = [new(right[0], true), new(wrong, false)],
            Explanation = "见第二段。",
            Evidence = [new("P02", "流动书车每周三进山")],
            Difficulty = 1,
        });
    }

    [Theory]
    [InlineData("把旧书送回老师手中", false)]
    [InlineData("新书由老师来送", true)]
    public void Nor_is_one_that_is_told_as_a_statement(string wrong, bool found) =>
        Check(EvidentGates.Ends, found, new TrueFalse { Stem = $"文中在“流动书车每周三进山”之后紧接着写到：{wrong}。", Answer = false, Explanation = "见第二段。", Evidence = [new("P02", "流动书车每周三进山")], Difficulty = 1 });

    [Theory]
    [InlineData("“流动书车每周三进山”是文中讲哪一点时写到的？", true)]
    [InlineData("“每周三车进山”是文中讲哪一点时写到的？", true)]
    [InlineData("“每周三进山”是文中讲哪一点时写到的？", false)]
    public void Nor_does_a_clause_whose_point_is_asked_for(string stem, bool found) =>
        Check(EvidentGates.Echoes, found, new SingleChoice { Stem = stem, Options = [new("用好流动书车", true), new("办好乡村书屋", false), new("培养领读书人", false)], Explanation = "见第二段。", Evidence = [new("P02", "用好流动书车")], Difficulty = 1 });

    private void Check(Func<BankFile, IEnumerable<Fault>> gate, bool found, Question body)
    {
        Assert.Empty(gate(_bank));
        var bank = _bank.With("work", item => item with { Body = body });
        Assert.Equal(found ? ["work"] : [], gate(bank).Select(fault => fault.Item).Distinct());
        Assert.Empty(gate(bank.With("work", item => item with { Origin = QuestionOrigin.Edited })));
    }
}
