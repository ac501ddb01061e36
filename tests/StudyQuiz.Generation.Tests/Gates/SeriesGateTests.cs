using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Gates;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Tests.Gates;

public sealed class SeriesGateTests
{
    private readonly BankFile _bank = GoodBank.Create();

    [Theory]
    [InlineData("今年的重点工作有几项？", "how many")]
    [InlineData("今年共有多少项重点工作？", "how many")]
    [InlineData("今年的两项工作是哪2项？", "how many")]
    [InlineData("今年的重点工作分为两大类，是什么？", "how many")]
    [InlineData("最后一项工作是什么？", "the last")]
    [InlineData("今年的工作不包括什么？", "not among")]
    [InlineData("今年没有提到哪项工作？", "not among")]
    [InlineData("今年的前两项工作是什么？", null)]
    [InlineData("哪一项工作与书库有关？", null)]
    [InlineData("文中提到了哪些重点工作？", null)]
    [InlineData("几乎要办的是什么？", null)]
    [InlineData("“书库几项工作不是最后的”说的是什么？", null)]
    [InlineData("“几项”工作是什么？", "how many")]
    public void A_question_on_an_open_series(string stem, string? word)
    {
        var asked = _bank.With("work", item => item with { Body = item.Body with { Stem = stem } }) with { Paragraphs = [.. _bank.Paragraphs, new("P05", "书库几项工作不是最后的。")] };
        Check(SeriesGates.OpenSeries(asked, GoodBank.Structure(_bank)), word);
        Assert.Empty(SeriesGates.OpenSeries(asked, Closed()));
    }

    [Theory]
    [InlineData("年内的重点工作不包括读书节。", "not among")]
    [InlineData("年内的重点工作共有两项。", "how many")]
    [InlineData("年内没有停下重点工作。", null)]
    public void A_statement_on_an_open_series(string stem, string? word) => Check(SeriesGates.OpenSeries(
        _bank.WithBody<TrueFalse>("more", item => item with { Stem = stem, Evidence = [new("P04", "今年的重点工作要抓紧")] }), GoodBank.Structure(_bank)), word);

    [Theory]
    [InlineData("这一点有哪两项要求？", null)]
    [InlineData("这里不包括什么？", null)]
    [InlineData("最后一点要求防什么？", "最后一点")]
    [InlineData("文中讲了几个方面？", "几个方面")]
    public void A_question_on_what_one_point_says(string stem, string? word) => Check(SeriesGates.OpenSeries(
        _bank.WithBody<MultipleChoice>("dangers", item => item with { Stem = stem, Evidence = [new("P04", "防潮防火")] }), GoodBank.Structure(_bank)), word);

    [Fact]
    public void A_number_that_the_evidence_states_may_be_asked()
    {
        var structure = GoodBank.Structure(_bank);
        var opened = structure with { Series = [structure.Series[0] with { Closed = false }, structure.Series[1]] };
        var asked = _bank.With("order", item => item with { Body = item.Body with { Stem = "要做好哪三件事？", Evidence = [new("P02", "要做好三件事")] } });

        Assert.Empty(SeriesGates.OpenSeries(asked, opened));
    }

    [Fact]
    public void A_cloze_quotes_the_source() => Assert.Empty(SeriesGates.OpenSeries(_bank.WithBody<Cloze>("night", cloze => cloze with { Stem = "最后，开设＿＿＿。" }), GoodBank.Structure(_bank)));

    [Theory]
    [InlineData("重点工作的第二点是什么？", null)]
    [InlineData("第二点与修缮有何关系，老书库怎样？", null)]
    [InlineData("第三点是什么？", null)]
    [InlineData("“第三”讲的是什么？", null)]
    [InlineData("第二点是什么？", "several")]
    [InlineData("建设书香青河的第二件事之外，第二点重点工作是什么？", "several")]
    [InlineData("讲“第二，培养领读人”时，说了什么？", null)]
    [InlineData("文中写到：二是多多读书，对吗？", null)]
    [InlineData("文中写到：二是少少读书，对吗？", "none")]
    [InlineData("第四点是什么？", "none")]
    [InlineData("第十二条是什么？", "none")]
    [InlineData("重点工作中“二是”讲什么？", "none")]
    [InlineData("第二产业怎样？第一动力是什么？", null)]
    [InlineData("凡此种种一一是什么？", null)]
    public void An_ordinal(string stem, string? word) =>
        Check(SeriesGates.Ordinals(_bank.With("progress", item => item with { Body = item.Body with { Stem = stem } }) with { Paragraphs = [.. _bank.Paragraphs, new("P05", "二是多多读书。")] }, GoodBank.Structure(_bank)), word);

    [Fact]
    public void Without_series_nothing_is_open_but_ordinals_mean_nothing()
    {
        var none = new TextStructure([], []);
        Assert.Empty(SeriesGates.OpenSeries(_bank, none));
        Check(SeriesGates.Ordinals(_bank.With("progress", item => item with { Body = item.Body with { Stem = "第二点是什么？" } }), none), "none");
    }

    [Theory]
    [InlineData("k5-1-named-tasks-ordering", "文中提出了几项重点工作？", "how many")]
    [InlineData("k4-1-keywords-flashcard", "文中提出了几项重点工作？", "how many")]
    [InlineData("k5-1-named-tasks-ordering", "按先后排列，哪一项重点工作最后提出？", "the last")]
    [InlineData("k5-1-named-tasks-ordering", null, null)]
    public void The_shipped_banks_open_series(string id, string? stem, string? word)
    {
        var bank = Sample.Shipped();
        var paragraphs = Enumerable.Range(5, 5).Select(i => bank.Paragraphs[i].Text).ToList();
        var points = Enumerable.Range(1, 4).Select(n => new SeriesPoint(n, new Place(5 + n, 0, 3), new Place(5 + n, 3, paragraphs[n].IndexOf('。', StringComparison.Ordinal)), [], []));
        var structure = new TextStructure([], [new Series(MarkerStyle.OrdinalWord, new Place(5, 0, paragraphs[0].Length), [.. points], Closed: false)]);

        Check(SeriesGates.OpenSeries(bank.With(id, item => item with { Body = item.Body with { Stem = stem ?? item.Body.Stem } }), structure), word);
    }

    private TextStructure Closed()
    {
        var structure = GoodBank.Structure(_bank);
        return structure with { Series = [.. structure.Series.Select(series => series with { Closed = true })] };
    }

    private static void Check(IEnumerable<Fault> faults, string? word)
    {
        if (word is null) Assert.Empty(faults);
        else Assert.Contains(word, Assert.Single(faults).Message, StringComparison.Ordinal);
    }
}
