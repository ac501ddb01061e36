using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Gates;

namespace StudyQuiz.Generation.Tests.Gates;

public sealed class WordingGateTests
{
    private readonly BankFile _bank = GoodBank.Create();

    [Theory]
    [InlineData("下列说法不正确的是？", true)]
    [InlineData("下列各项中，错误的是哪一项？", true)]
    [InlineData("哪一项不属于三件事？", true)]
    [InlineData("以下没有提到的是？", true)]
    [InlineData("文中没有提到的是哪项？", true)]
    [InlineData("除书屋外，下列各项都做了？", true)]
    [InlineData("除书屋外，还要做什么？", false)]
    [InlineData("关于藏书不足的问题，文中提出了哪些要求？", false)]
    [InlineData("哪些人不断学习？", false)]
    public void Negative_stems(string stem, bool found)
    {
        Assert.Equal(found, WordingGates.NegativeStems(_bank.With("readers", item => item with { Body = item.Body with { Stem = stem } })).Any());
        Assert.Empty(WordingGates.NegativeStems(_bank.With("readers", item => item with { Body = item.Body with { Stem = $"“{stem}”说的是谁？" } }) with { Paragraphs = [new("P01", stem)] }));
        Assert.Empty(WordingGates.NegativeStems(_bank.With("training", item => item with { Body = item.Body with { Stem = stem } })));
    }

    [Theory]
    [InlineData("所有干部", true)]
    [InlineData("从不培训", true)]
    [InlineData("集体所有制单位", false)]
    [InlineData("任何村民", false)]
    public void Absolutes(string option, bool found) =>
        Assert.Equal(found, WordingGates.Absolutes(WithWrong(option) with { Paragraphs = [.. _bank.Paragraphs, new("P05", "欢迎任何村民。")] }).Any());

    [Fact]
    public void An_absolute_of_the_evidence_is_the_sources() =>
        Assert.Empty(WordingGates.Absolutes(WithWrong("一律拆除").With("readers", item => item with { Body = item.Body with { Evidence = [new("P02", "不能一律新建")] } })));

    [Theory]
    [InlineData("以上都对", true)]
    [InlineData("以上皆是", true)]
    [InlineData("以上说法均不正确", true)]
    [InlineData("都不是", true)]
    [InlineData("None of the above", true)]
    [InlineData("全都来自乡村", false)]
    [InlineData("五十岁以上的村民", false)]
    public void Options_on_options(string option, bool found) => Assert.Equal(found, WordingGates.OptionsOnOptions(WithWrong(option)).Any());

    [Theory]
    [InlineData("不能不学", true)]
    [InlineData("并非不学", true)]
    [InlineData("非学三遍不可", true)]
    [InlineData("不能不断重来", false)]
    [InlineData("不学就不能领读", false)]
    public void Double_negatives(string words, bool found)
    {
        Assert.Equal(found, WordingGates.DoubleNegatives(WithWrong(words)).Any());
        Assert.Empty(WordingGates.DoubleNegatives(WithWrong(words) with { Paragraphs = [new("P01", words)] }));
        Assert.Equal(found, WordingGates.DoubleNegatives(_bank.With("training", item => item with { Body = item.Body with { Stem = words } })).Any());
        Assert.Empty(WordingGates.DoubleNegatives(_bank.With("training", item => item with { Body = item.Body with { Stem = words, Evidence = [new("P02", words)] } })));
    }

    [Theory]
    [InlineData("山里的书车怎样？", "山里的书车多", "县内人少", true)]
    [InlineData("山里的书车怎样？", "山里人多", "县里人少", false)]
    [InlineData("山里的书车怎样？", "山里的书车多", "县里的书车少", false)]
    [InlineData("山里的书车怎样？", "山里的书车多", "县里书车少", true)]
    [InlineData("山里的书车怎样？", "县里的人多", "山里的书车少", false)]
    public void Clues(string stem, string key, string wrong, bool found) => Assert.Equal(found, WordingGates.Clues(
        _bank.WithBody<SingleChoice>("readers", item => item with { Stem = stem, Options = [new(key, true), new(wrong, false)] })).Any());

    [Theory]
    [InlineData("“夜里风大的时候关窗”是文中讲哪一点时写到的？", "防风", "防火", true)]
    [InlineData("“夜里风大的时候关窗”是文中讲哪一点时写到的？", "防风", "通风", false)]
    [InlineData("“夜里风大的时候关窗”是文中讲哪一点时写到的？", "防火", "防风", false)]
    [InlineData("“夜里风大的时候关窗”是文中讲哪一点时写到的？", "防住从北面山口吹来的大风", "防住从南面山口烧来的山火", false)]
    [InlineData("下列哪一项写在“防风”这一点里？", "夜里风大的时候关窗", "夜里火小的时候关灯", true)]
    [InlineData("下列哪一项写在“防风”这一点里？", "夜里有声响就要关窗", "夜里火小的时候关灯", false)]
    public void Only_the_key_repeats_a_character_of_a_short_heading(string stem, string key, string wrong, bool found) => Assert.Equal(found, WordingGates.Clues(
        _bank.WithBody<SingleChoice>("readers", single => single with { Stem = stem, Options = [new Option(key, Correct: true), new Option(wrong, Correct: false)] }).With("readers", item => item with { Origin = QuestionOrigin.Generated })).Any());

    [Theory]
    [InlineData("文中在“检修农机要赶在春分前”之后紧接着写的是什么？", "农机手都要到场", "村民都要到场", true)]
    [InlineData("文中在“检修农机要赶在春分前”之后紧接着写的是什么？", "农机手都要到场", "检修的人都要到场", false)]
    [InlineData("文中在“检修农机要赶在春分前”之后紧接着写的是什么？", "机手都要到场", "村民都要到场", false)]
    [InlineData("“The keeper mended the lamp”: how does the text go on?", "the lamps burned all night", "the boats went out at dawn", false)]
    [InlineData("“The keeper mended the lantern”: how does the text go on?", "the lantern burned all night", "the boats went out at dawn", true)]
    public void Only_the_key_repeats_a_word(string stem, string key, string wrong, bool found)
    {
        var bank = _bank.WithBody<SingleChoice>("keepers", item => item with { Stem = stem, Options = [new(key, true), new(wrong, false)] });
        Assert.Equal(found, WordingGates.Clues(bank).Any());
        Assert.Empty(WordingGates.Clues(bank.With("keepers", item => item with { Origin = QuestionOrigin.Edited })));
    }

    [Theory]
    [InlineData("也要把路修通", "路要修通", true)]
    [InlineData("也要把路修通", "才能把路修通", false)]
    [InlineData("要把路修通", "路要修通", false)]
    [InlineData("so that the road is mended", "the road is mended", true)]
    public void Only_the_key_is_tied_to_the_stem(string key, string wrong, bool found) => Assert.Equal(found, WordingGates.Clues(
        _bank.WithBody<SingleChoice>("keepers", item => item with { Stem = "“哪怕下雨”，原文紧接着写的是什么？", Options = [new(key, true), new(wrong, false)] })).Any());

    private BankFile WithWrong(string text) => _bank.WithBody<SingleChoice>("readers", item => item with { Options = [item.Options[0], new(text, false)] });
}
