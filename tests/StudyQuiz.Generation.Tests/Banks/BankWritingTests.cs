using CsCheck;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.Generation.Tests.Banks;

public sealed class BankWritingTests
{
    [Fact]
    public void The_shipped_bank_reads_back_equal()
    {
        var bank = Sample.Shipped();

        Assert.Equal(Sample.Content(bank), Sample.Content(Sample.Read(BankFile.Write(bank))));
    }

    [Fact]
    public void The_shipped_bank_is_written_as_it_stands_but_for_its_comments()
    {
        var kept = Sample.ShippedYaml().Split('\n').Where(line => !line.TrimStart().StartsWith('#'));

        Assert.Equal(string.Join('\n', kept), BankFile.Write(Sample.Shipped()));
    }

    [Fact]
    public void The_sample_is_written_byte_for_byte() => Assert.Equal(Sample.Yaml, BankFile.Write(Sample.Bank()));

    [Theory]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("~")]
    [InlineData("12")]
    [InlineData("2024-05-01")]
    [InlineData("- a")]
    [InlineData("键: 值")]
    [InlineData("a #b")]
    [InlineData(" 前后有空格 ")]
    [InlineData("第一行\n第二行\n")]
    [InlineData("他说“好”，又说\"行\"\\")]
    [InlineData("[a], {b}")]
    [InlineData("*x &y !z %d @e `f")]
    [InlineData("𠮷野家 👨‍👩‍👧")]
    [InlineData("\u0001\u0085\u2028\uFEFF\t")]
    public void Awkward_text_reads_back_equal(string text) => Survives(text);

    [Fact]
    public void Any_storable_text_reads_back_equal()
    {
        var awkward = Gen.OneOf(Gen.Char, Gen.Char[" \t\n\r:#,-?[]{}&*!|>'\"%@`~\\\0。“”＿𠮷"]).Array[1, 30].Select(c => new string(c));
        awkward.Where(text => Domain.StorableText.Is(text) && !string.IsNullOrWhiteSpace(text)).Sample(Survives);
    }

    [Fact]
    public void Chinese_is_not_escaped() => Assert.Contains("stem: 渔民靠什么？", BankFile.Write(Sample.Bank()), StringComparison.Ordinal);

    [Fact]
    public void That_the_order_of_a_list_is_free_survives()
    {
        var bank = Sample.Bank().WithBody<Cloze>("cloze", cloze => cloze with { AnyOrder = true });
        var written = BankFile.Write(bank);
        Assert.Contains("any_order: true", written, StringComparison.Ordinal);
        Assert.Equal(Sample.Content(bank), Sample.Content(Sample.Read(written)));
    }

    private static void Survives(string text)
    {
        var bank = Sample.Bank()
            .WithBody<Cloze>("cloze", cloze => cloze with { Stem = text, Accepted = [text, text] })
            .WithBody<Ordering>("ordering", ordering => ordering with { Items = [text, text] })
            .WithBody<SingleChoice>("single", single => single with { Options = [new(text, true, text), new("a", false)] });

        Assert.Equal(Sample.Content(bank), Sample.Content(Sample.Read(BankFile.Write(bank))));
    }
}
