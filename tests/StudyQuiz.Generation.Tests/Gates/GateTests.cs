using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Gates;

namespace StudyQuiz.Generation.Tests.Gates;

public sealed class GateTests
{
    private readonly BankFile _bank = Sample.Bank();

    [Fact]
    public void The_shipped_bank_passes_all_gates() => Assert.Empty(BankGates.Check(Sample.Shipped()));

    [Fact]
    public void The_sample_passes_all_gates() => Assert.Empty(BankGates.Check(_bank));

    [Fact]
    public void A_question_without_evidence() => Found("evidence", "card", "no evidence", _bank.WithBody<Flashcard>("card", card => card with { Evidence = [] }));

    [Theory]
    [InlineData("P02", "渔民依赖大河", null, "does not hold")]
    [InlineData("P09", "渔民依靠大河", null, "not in this bank")]
    [InlineData("P02", "大河", null, "more than once")]
    [InlineData("P02", "大河", 3, "does not stand at offset 3")]
    [InlineData("P02", "大河", 13, "does not stand at offset 13")]
    [InlineData("P02", "大河", -1, "does not stand at offset -1")]
    [InlineData("P02", "大河", int.MaxValue, "does not stand")]
    [InlineData("P02", "", null, "quotes nothing")]
    public void A_wrong_quote(string paragraph, string quote, int? at, string word)
    {
        Found("evidence", "card", word, _bank.WithBody<Flashcard>("card", card => card with { Evidence = [new(paragraph, quote, at)] }));
        var point = _bank.KeyPoints[0] with { Evidence = [new(paragraph, quote, at)] };
        Found("key point evidence", "K1", word, _bank with { KeyPoints = [point] });
    }

    [Fact]
    public void A_key_point_without_evidence_at_any_depth()
    {
        var child = _bank.KeyPoints[0].Points[0] with { Evidence = [] };
        Found("key point evidence", "K1.1", "no evidence", _bank with { KeyPoints = [_bank.KeyPoints[0] with { Points = [child] }] });
    }

    [Theory]
    [InlineData("船夫敬畏大河", "0 times")]
    [InlineData("船夫＿＿＿＿大河", "2 times")]
    [InlineData("船夫＿＿＿小河", "occurs 0 times")]
    [InlineData("＿＿＿", "occurs 2 times", "大河")]
    public void A_cloze_that_is_not_one_sentence_of_the_source(string stem, string word, string answer = "敬畏") =>
        Found("cloze in the text", "cloze", word, _bank.WithBody<Cloze>("cloze", cloze => cloze with { Stem = stem, Accepted = [answer] }));

    [Theory]
    [InlineData("single", "0 of its options", "春", "夏")]
    [InlineData("single", "2 of its options", "春+", "夏+", "秋")]
    [InlineData("single", "no wrong option", "春+")]
    [InlineData("single", "say the same", "春+", "夏", "夏。")]
    [InlineData("multiple", "1 of its options", "清+", "急", "浊")]
    [InlineData("multiple", "no wrong option", "清+", "急+")]
    public void Wrong_numbers_of_right_options(string id, string word, params string[] options)
    {
        var list = options.Select(text => new Option(text.TrimEnd('+'), text.EndsWith('+'))).ToList();
        Found("right answers", id, word, _bank.With(id, question => question with
        {
            Body = question.Body is SingleChoice single ? single with { Options = list } : (MultipleChoice)question.Body with { Options = list },
        }));
    }

    [Fact]
    public void Other_types_without_a_usable_key()
    {
        Found("right answers", "cloze", "accepts no answer", _bank.WithBody<Cloze>("cloze", cloze => cloze with { Accepted = [] }));
        Found("right answers", "cloze", "say the same", _bank.WithBody<Cloze>("cloze", cloze => cloze with { Accepted = ["敬畏", "敬畏。"] }));
        Found("right answers", "ordering", "at least 3", _bank.WithBody<Ordering>("ordering", ordering => ordering with { Items = ["a", "b"] }));
        Found("right answers", "ordering", "say the same", _bank.WithBody<Ordering>("ordering", ordering => ordering with { Items = ["a", "b", "a"] }));
        Found("right answers", "matching", "at least 2", _bank.WithBody<Matching>("matching", matching => matching with { Pairs = [new("a", "b")] }));
        Found("right answers", "matching", "left sides", _bank.WithBody<Matching>("matching", matching => matching with { Pairs = [new("a", "b"), new("a", "c")] }));
        Found("right answers", "matching", "right sides", _bank.WithBody<Matching>("matching", matching => matching with { Pairs = [new("a", "b"), new("c", "b")] }));
        Found("right answers", "card", "back is empty", _bank.WithBody<Flashcard>("card", card => card with { Back = " " }));
    }

    [Theory]
    [InlineData("夏天好不好行船？哪个季节：夏", "already says")]
    [InlineData("渔民依靠什么样的大河流", "echoes", "渔民依靠的大河")]
    public void A_stem_that_gives_the_key_away(string stem, string word, string key = "夏") =>
        Found("key in its stem", "single", word, _bank.WithBody<SingleChoice>("single", single => single with { Stem = stem, Options = [new(key, true), new(key + "不", false)] }));

    [Fact]
    public void Two_stems_of_a_type_that_are_nearly_the_same()
    {
        var twin = _bank.Questions[6] with { Id = "twin", Body = _bank.Questions[6].Body with { Stem = "渔民靠什么呢？" } };
        Found("like stems", "twin", "card", _bank with { Questions = [.. _bank.Questions, twin] });

        var other = _bank.Questions[2] with { Id = "other", Body = _bank.Questions[2].Body with { Stem = "渔民靠什么呢？" } };
        Assert.DoesNotContain(BankGates.Check(_bank with { Questions = [.. _bank.Questions, other] }), finding => finding.Gate == "like stems");
    }

    [Fact]
    public void Options_of_unlike_length() =>
        Found("option length", "single", "5 characters", _bank.WithBody<SingleChoice>("single", single => single with { Options = [new("炎热的夏天", false), new("夏", true), new("秋天", false)] }));

    [Fact]
    public void Keys_that_are_the_longest_too_often()
    {
        var telling = _bank
            .WithBody<SingleChoice>("single", single => single with { Options = [new("春", false), new("夏天", true)] })
            .WithBody<MultipleChoice>("multiple", multiple => multiple with { Options = [new("清澈", true), new("急", true), new("浊", false)] });
        Found("longest key", "river", "single, multiple", telling);
    }

    [Fact]
    public void Enemies_that_do_not_exist_or_do_not_know_it()
    {
        Found("enemies", "card", "not in this bank", _bank.With("card", card => card with { Enemies = ["nobody"] }));
        Found("enemies", "card", "does not name it", _bank.With("card", card => card with { Enemies = ["cloze"] }));
        Found("enemies", "card", "itself", _bank.With("card", card => card with { Enemies = ["card"] }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0xD840)]
    [InlineData(0xDC0B)]
    public void Text_that_cannot_be_stored(int character)
    {
        var text = new string((char)character, 1);
        Found("storable text", "card", "can't be stored", _bank.With("card", card => card with { Body = card.Body with { Explanation = text } }));
        Found("storable text", "single", "can't be stored", _bank.WithBody<SingleChoice>("single", single => single with { Options = [.. single.Options, new("冬", false, text)] }));
        Found("storable text", "river", "can't be stored", _bank with { Source = _bank.Source with { Title = text } });
    }

    [Fact]
    public void Import_asks_less_than_shipping()
    {
        var echo = _bank.WithBody<SingleChoice>("single", single => single with { Stem = "哪个季节行船？夏？" });

        Assert.NotEmpty(BankGates.Check(echo));
        Assert.Empty(BankGates.CheckForImport(echo));
    }

    private static void Found(string gate, string item, string word, BankFile bank) =>
        Assert.Contains(BankGates.Check(bank), finding => finding.Gate == gate && finding.Item == item && finding.Message.Contains(word, StringComparison.Ordinal));
}
