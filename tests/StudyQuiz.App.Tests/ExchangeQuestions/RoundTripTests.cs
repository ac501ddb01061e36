using System.Globalization;
using System.Text;
using StudyQuiz.App.Features.ExchangeQuestions;
using StudyQuiz.App.Features.ExchangeQuestions.Formats;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Tests.ExchangeQuestions;

/// <summary>Our own bank into each format and back: what comes back is what went, but for what the format says that it can't carry.</summary>
public sealed class RoundTripTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Formats { get; } = [.. QuestionFormat.All.Where(format => format.Read is not null).Select(format => format.Name)];

    [Fact]
    public void The_table_of_what_each_format_carries_of_the_shipped_bank()
    {
        var bank = Shipped();
        var table = new StringBuilder("| format | questions | left out | lost | altered |\n| --- | --- | --- | --- | --- |\n");
        foreach (var format in QuestionFormat.All)
        {
            var export = ExportQuestions.Of(format, new ExportedBank(bank, ""), all: true, Now);
            table.Append(CultureInfo.InvariantCulture, $"| {format.Name} | {export.Written} of {bank.Questions.Count} | {string.Join(", ", export.LeftOut.CountBy(one => one.Why.Code).Select(one => $"{one.Value} {one.Key}"))} | {string.Join(", ", export.Lost.Select(part => $"{part.Key} {part.Value}"))} | {export.Altered.Count} |\n");
            Assert.Equal(bank.Questions.Count, export.Written + export.LeftOut.Count);
            Assert.True(export.Altered.Count == 0, $"{format.Name}: {string.Join(' ', export.Altered)}");
        }

        output.WriteLine(table.ToString());
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Awkward_texts_come_back_as_they_went_or_are_named(string name)
    {
        var format = QuestionFormat.Find(name)!;
        var export = ExportQuestions.Of(format, new ExportedBank(Awkward(), ""), all: true, Now);

        // lines that look like marks of a paper are what paper and plain text can't tell apart from them
        Assert.Equal(name is "text" or "docx" ? ["marks"] : [], export.Altered);
    }

    [Fact]
    public void What_comes_back_otherwise_is_noticed()
    {
        var bank = Awkward();
        var csv = QuestionFormat.Find("csv")!;
        var bytes = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(csv.Write(bank, Now)).Replace("=1+1", "=1+2", StringComparison.Ordinal));

        var back = ExportQuestions.ReadBack(csv, bank, bytes, Now).Single(pair => pair.Was.Id == "formula");

        Assert.Equal(("=1+1", "'=1+2"), (back.Was.Body.Stem[..4], "'" + back.Is!.Body.Stem[..4]));
    }

    [Fact]
    public void A_bank_file_leaves_out_what_could_not_be_imported_again()
    {
        var bank = Shipped();
        var bare = bank with { Questions = [bank.Questions[0] with { Body = bank.Questions[0].Body with { Evidence = [] } }, .. bank.Questions.Skip(1)], KeyPoints = [.. bank.KeyPoints, new BankKeyPoint("imported", "导入", 1, [], [])] };

        var export = ExportQuestions.Of(QuestionFormat.Find("yaml")!, new ExportedBank(bare, ""), all: false, Now);

        Assert.Equal([bank.Questions[0].Id], export.LeftOut.Select(one => one.Id));
        var read = BankFile.Read(Encoding.UTF8.GetString(export.Bytes));
        Assert.Empty(read.Errors);
        Assert.DoesNotContain(read.Bank!.KeyPoints, point => point.Id == "imported");
    }

    internal static BankFile Shipped() => BankFile.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "questions", "yangtze-delta-symposium-2020.yaml"))).Bank!;

    private static BankFile Awkward() => Shipped() with
    {
        Questions =
        [
            Question("signs", Bodies.Choice("a=b ~ c # d {e} : f \\ g // h %50% [html] <b>& \"q\" 'p' | ; , -> =>", [new Option("=甲", true, "因为 = ~ #"), new Option("%20%", false), new Option("{乙}", false, "<i>不</i>"), new Option("A. 丁", false)], false)),
            Question("formula", Bodies.Choice("=1+1 是多少？", [new Option("-2", true), new Option("+3", false), new Option("@x", false), new Option("'引号", false)], false)),
            Question("several", Bodies.Choice("哪些对？", [new Option("一、甲", true), new Option("（二）乙", true), new Option("3. 丙", false), new Option("“丁”", false)], true)),
            Question("digits-1", Bodies.Cloze("全长＿＿＿公里", ["6300", "6,300", "六千三百"])),
            Question("2-begins-with-a-digit", Bodies.Cloze("＿＿＿在前", ["甲|乙", "丙"], anyOrder: true)) with { Tags = ["水文 地理", "b,c"] },
            Question("judged", Bodies.TrueFalse("“√”是对，“×”是错。", false)),
            Question("order", Bodies.Ordering("排一排", ["3. 丙", "1. 甲", "2. 乙", "A. 丁"])),
            Question("pairs", Bodies.Matching("配一配", [new MatchPair("1 - 甲", "a=b"), new MatchPair("乙；丙", "c, d")])),
            Question("card", Bodies.Flashcard("正面有\n两行", "1. 背面\n2. 也有\n\"引号\"")),
            Question("marks", Bodies.Flashcard("一问\nA. 像选项\n答案：像答案", "答")),
            Question("emoji", Bodies.Flashcard("𠮷野家 🎓 é", "ａｂｃ ＡＢＣ")),
        ],
    };

    private static BankQuestion Question(string id, Question body) =>
        new(id, "K1", QuestionOrigin.Written, QuestionStatus.Draft, body with { Explanation = body is Flashcard ? "因为：\n第二行" : "因为 {a} = b。\n第二行", Difficulty = 3, Evidence = [new Evidence("P01", "中共中央总书记", 0), new Evidence("P02", "出席座谈会并讲话")] }, ["card"]);
}
