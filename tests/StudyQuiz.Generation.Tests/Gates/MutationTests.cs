using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Gates;

namespace StudyQuiz.Generation.Tests.Gates;

/// <summary>A good bank, changed in one way: the gates whose rule that breaks object, and no others.</summary>
public sealed class MutationTests
{
    private static readonly Dictionary<string, (Func<BankFile, BankFile> Change, string[] Gates)> _mutations = new(StringComparer.Ordinal)
    {
        ["half a surrogate pair in a stem"] = (Stem("keepers", "乡村书屋由谁轮流看管\uD840？"), ["storable text"]),
        ["a character dropped from a quote"] = (Quote("keepers", "P02", "由村小教师轮看管"), ["evidence"]),
        ["a quote moved to another paragraph"] = (Quote("keepers", "P01", "由村小教师轮流看管"), ["evidence"]),
        ["a quote moved to another place of its paragraph"] = (Evidence("keepers", new Evidence("P02", "由村小教师轮流看管", 3)), ["evidence"]),
        ["no evidence"] = (bank => bank.With("keepers", item => item with { Body = item.Body with { Evidence = [] } }), ["evidence"]),
        ["a key point's quote changed"] = (bank => bank with { KeyPoints = [bank.KeyPoints[0] with { Evidence = [new("P01", "全县读书工作会")] }, .. bank.KeyPoints.Skip(1)] }, ["key point evidence"]),
        ["a second option marked right"] = (Option("readers", 1, option => option with { Correct = true }), ["right answers", "evidence of the key"]),
        ["no option marked right"] = (Option("readers", 0, option => option with { Correct = false }), ["right answers", "supported distractors"]),
        ["an answer of punctuation only"] = (bank => bank.WithBody<Cloze>("night", cloze => cloze with { Accepted = [.. cloze.Accepted, "……"] }), ["right answers"]),
        ["a cloze's sentence reworded"] = (Stem("night", "第二，设立＿＿＿。"), ["cloze in the text"]),
        ["a generated key paraphrased"] = (Option("keepers", 1, option => option with { Text = "村小老师" }), ["verbatim key"]),
        ["a part of a generated card's back paraphrased"] = (bank => bank.WithBody<Flashcard>("work", card => card with { Back = "修缮老书库；开设夜间读书室" }), ["verbatim key"]),
        ["a cloze that cuts a number in two"] = (bank => bank.WithBody<Cloze>("night", cloze => cloze with { Stem = "青河县县长周明2＿＿＿在全县阅读工作会上讲话", Accepted = ["0日"], Explanation = "原文写的是20日。", Evidence = [new("P01", "青河县县长周明20日在全县阅读工作会上讲话")] }), ["cloze in the text", "verbatim key"]),
        ["a distractor swapped for words of the evidence"] = (Option("keepers", 0, option => option with { Text = "轮流看管" }), ["supported distractors"]),
        ["a distractor that holds the key"] = (Option("keepers", 0, option => option with { Text = "村小教师们" }), ["supported distractors"]),
        ["a distractor that the text puts into the blank"] = (Blank("对他们的安排是，每年＿＿＿两次。", "开会", "从退休教师和返乡青年中挑选领读人", "培训"), ["supported distractors", "evidence of the key"]),
        ["a true statement turned into a false one"] = (bank => bank.WithBody<TrueFalse>("more", item => item with { Answer = false }), ["true and false"]),
        ["a false statement in the words of the text"] = (Stem("training", "根据文中内容，每年培训两次。"), ["supported distractors", "reasons against the key"]),
        ["a wrong time that no clock shows"] = (Option("keepers", 0, option => option with { Text = "27时的人" }), ["possible times"]),
        ["an explanation that tells parts in another order"] = (Explanation("work", "文中讲今年的工作时依次写道：开设夜间阅览室；修缮老书库。"), ["order of the text"]),
        ["a quoted false statement"] = (Stem("training", "根据文中内容，领读人“每年培训三次”。"), ["words in a mouth"]),
        ["a quoted distractor"] = (Option("keepers", 0, option => option with { Text = "“老书虫”" }), ["words in a mouth"]),
        ["a false statement that someone said"] = (Stem("training", "周明指出，领读人每年要培训三次。"), ["words in a mouth"]),
        ["a person in another office"] = (Stem("training", "根据文中内容，会议由青河县县长吴小雨主持。"), ["words in a mouth", "evidence of the key"]),
        ["another person in an office"] = (Stem("training", "根据文中内容，青河县县长周亮在会上讲话。"), ["words in a mouth", "evidence of the key"]),
        ["a quoted formulation changed"] = (Stem("training", "根据文中内容，一村一屋、一屋一书已成形。"), ["words in a mouth", "evidence of the key"]),
        ["how many of an open series"] = (Stem("work", "文中的重点工作有几项？"), ["open series"]),
        ["a total of an open series"] = (Stem("work", "今年要抓紧哪两项重点工作？"), ["open series"]),
        ["the last of an open series"] = (Stem("work", "今年的重点工作最后提到了什么？"), ["open series"]),
        ["what an open series lacks"] = (Stem("work", "除修缮和开设外，今年没有提到什么？"), ["open series"]),
        ["two parts of an order swapped"] = (bank => bank.WithBody<Ordering>("order", ordering => ordering with { Items = [ordering.Items[1], ordering.Items[0], ordering.Items[2]] }), ["order of the text"]),
        ["the right sides of pairs swapped"] = (bank => bank.WithBody<Matching>("pairs", matching => matching with { Pairs = [new("领读人", "每周三进山"), new("流动书车", "每年培训两次")] }), ["pairs of the text"]),
        ["a statement on what comes next changed"] = (Statement("more", "文中在“从退休教师和返乡青年中挑选领读人”之后紧接着写到：流动书车每周三进山。"), ["statements on points", "statement length", "evidence of the key"]),
        ["a statement put under another point"] = (Statement("more", "文中讲“培养领读人”这一点时写到：流动书车每周三进山。"), ["statements on points", "statement length", "evidence of the key"]),
        ["a point with another number"] = (Statement("more", "文中在“要做好三件事”之后逐点展开，培养领读人是第三点。"), ["statements on points", "statement length", "evidence of the key"]),
        ["an enemy that is not in the bank"] = (Enemies("keepers", "nobody"), ["enemies"]),
        ["an enemy removed on one side"] = (Enemies("dangers"), ["enemies"]),
        ["an enemy removed on both sides"] = (bank => Enemies("dangers")(Enemies("work")(bank)), ["give-aways"]),
        ["a key put into another stem"] = (Stem("pairs", "把退休教师和返乡青年等左边的各项与安排配起来。"), ["give-aways"]),
        ["an item twice"] = (bank => Twice(bank, "keepers", null), ["one item per fact", "like stems"]),
        ["an item twice in other words"] = (bank => Twice(bank, "keepers", "哪些人管书屋？"), ["one item per fact"]),
        ["a statement nearly twice"] = (bank => Twice(bank, "training", "根据文中内容，领读人每年要培训四次。"), ["like stems"]),
        ["the stem of an item of another type"] = (bank => bank.WithBody<SingleChoice>("keepers", single => new Flashcard { Stem = bank.Questions.Single(question => question.Id == "readers").Body.Stem, Back = "由村小教师轮流看管", Explanation = single.Explanation, Evidence = single.Evidence, Difficulty = 1 }), ["like stems"]),
        ["the only item on a point retired"] = (bank => bank.With("night", item => item with { Status = QuestionStatus.Retired }), ["coverage"]),
        ["an ordinal of two series"] = (Stem("progress", "第二点说得怎样？"), ["ordinals"]),
        ["its key put into its stem"] = (Stem("readers", "从退休教师和返乡青年中挑的领读人来自什么人？"), ["key in its stem", "clue in the stem"]),
        ["words of its key put into its stem"] = (Stem("readers", "哪些教师和别的什么人可当领读人？"), ["clue in the stem"]),
        ["a negative stem"] = (Stem("readers", "下列哪些人不能当领读人？"), ["negative stems"]),
        ["a statement that negates twice"] = (Stem("training", "根据文中内容，领读人不能不每年学三次。"), ["double negatives"]),
        ["an option with “all”"] = (Option("readers", 1, option => option with { Text = "机关干部和所有职工" }), ["absolute options"]),
        ["an option on the others"] = (Option("keepers", 0, option => option with { Text = "以上都对" }), ["options on options"]),
        ["keys longer than what is wrong"] = (bank => Options("readers", "机关干部和职工", "大学师生和干部")(Options("keepers", "干部", "学生")(bank)), ["longest key"]),
        ["a lengthened key"] = (Option("readers", 0, option => option with { Text = "退休教师和返乡青年，还有愿意领读的乡亲们" }), ["option length"]),
        ["a list to be typed"] = (bank => bank.WithBody<Cloze>("night", cloze => cloze with { Accepted = [.. cloze.Accepted, "夜间、阅览室"] }), ["typed answers"]),
        ["an explanation that quotes what the text does not say"] = (Explanation("keepers", "由村小教师轮流看管，也就是“老师管书”。"), ["quotes in reasons"]),
        ["a reason that quotes what the text does not say"] = (Option("keepers", 0, option => option with { Why = "文中写的是「教师看管」。" }), ["quotes in reasons"]),
        ["an explanation that names a wrong option"] = (Explanation("keepers", "由村小教师轮流看管，正确答案是返乡学生。"), ["reasons against the key"]),
        ["the right option's reason names a wrong one"] = (Option("keepers", 1, option => option with { Why = "应选退休干部。" }), ["reasons against the key"]),
        ["the right option's reason calls it wrong"] = (Option("keepers", 1, option => option with { Why = "文中没有这样写。" }), ["reasons against the key"]),
        ["a wrong option called right"] = (Option("keepers", 0, option => option with { Why = "这一项也是正确的。" }), ["reasons against the key"]),
        ["a true statement called wrong"] = (Explanation("more", "这个说法是错误的。"), ["reasons against the key"]),
        ["a false statement called right"] = (Explanation("training", "说法正确。"), ["reasons against the key"]),
        ["a false statement told as it stands"] = (Explanation("training", "领读人每年要培训三次。"), ["reasons against the key"]),
        ["a true statement explained with another number"] = (Explanation("more", "读者增加了五成。"), ["reasons against the key"]),
        ["an explanation of something else"] = (Explanation("readers", "见第二段。"), ["answer explained"]),
        ["a cloze explained without its answer"] = (Explanation("night", "第二项工作。"), ["answer explained"]),
        ["a rejected view asked"] = (Ask("有人说书屋夜里没有读者来，这种说法不对。", "书屋夜里没有＿＿＿来", "读者", "书屋夜里没有读者来"), ["rejected views"]),
        ["a caption asked"] = (Ask("图为老支书在屋前挂灯笼。", "图为老支书在屋前挂＿＿＿", "灯笼", "图为老支书在屋前挂灯笼"), ["page furniture"]),
        ["a glued heading asked"] = (Ask("灯笼要分两步挂。一、分清先后次序灯笼先挂屋前，再挂屋后。二、安排各家人手老支书挨家去请，每天一家。", "分清先后次序灯笼先挂＿＿＿", "屋前", "分清先后次序灯笼先挂屋前"), ["glued headings"]),
        ["a subject without its 是 as a card's back"] = (bank => bank.With("progress", item => item with { Origin = QuestionOrigin.Generated, Body = item.Body is Flashcard card ? card with { Stem = "什么被比作夜里的星？", Back = "屋前的灯笼", Explanation = "屋前的灯笼。", Evidence = [new("P05", "屋前的灯笼，是孩子们的星")] } : item.Body })
            with
        { Paragraphs = [.. bank.Paragraphs, new("P05", "屋前的灯笼，是孩子们的星。")] }, ["half sentences"]),
        ["sides of pairs that share a word"] = (bank => bank.WithBody<Matching>("pairs", matching => matching with { Pairs = [new("领读人", "挑选领读人"), new("流动书车", "流动书车每周三进山")] }), ["told by words"]),
        ["an answer put into the title"] = (bank => bank with { Source = bank.Source with { Title = "从流动书车看阅读" } }, ["answers in the title"]),
        ["a wrong end that can't follow"] = (bank => bank.With("keepers", item => item with { Body = ((SingleChoice)item.Body) with { Stem = "“藏书不少于两千册”，原文紧接着写的是什么？", Options = [new("由村小教师轮流看管", true), new("退休干部轮流来看管", false)], Evidence = [new("P02", "藏书不少于两千册，由村小教师轮流看管")] } }), ["unlike ends"]),
        ["a number that the others of its stem tell"] = (Ask("书屋有书238册，其中童书96册、画册84册、词典58册。", "书屋有书238册，其中童书＿＿＿、画册84册、词典58册", "96册", "书屋有书238册，其中童书96册、画册84册、词典58册"), ["counted numbers"]),
        ["a wrong number next to the right one"] = (bank => bank.WithBody<SingleChoice>("keepers", single => single with
        {
            Stem = "补全原文：书屋今年买了新书＿＿＿册。",
            Options = [new("2130", true), new("2131", false), new("2610", false)],
            Explanation = "书屋今年买了新书2130册。",
            Evidence = [new("P05", "书屋今年买了新书2130册")],
        })
            with
        { Paragraphs = [.. bank.Paragraphs, new("P05", "书屋今年买了新书2130册。")] }, ["near numbers"]),
        ["a stem that asks nothing"] = (Stem("keepers", "空"), ["stems that ask"]),
        ["evidence of something else"] = (Quote("keepers", "P02", "藏书不少于两千册"), ["evidence of the key"]),
        ["lengthened true statements"] = (bank => Stem("van", "根据文中内容，流动书车每周三进山，把新书一本一本送到山里学生手中。")(bank), ["statement length"]),
    };

    public static TheoryData<string> Mutations => [.. _mutations.Keys];

    [Fact]
    public void Unchanged_no_gate_objects()
    {
        Assert.Empty(GoodBank.Check(GoodBank.Create()));
        Assert.Empty(BankGates.Check(GoodBank.Create()));
    }

    [Fact]
    public void Every_gate_has_a_mutation() => Assert.Equal(
        BankGates.All.Select(gate => gate.Name).Except(["key position"]).Order(StringComparer.Ordinal), // takes a bank of fifteen single choices: see BalanceTests
        _mutations.Values.SelectMany(mutation => mutation.Gates).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Mutations))]
    public void Exactly_the_right_gates_object(string mutation)
    {
        var (change, gates) = _mutations[mutation];

        var bank = change(GoodBank.Create());

        Assert.Equal(gates.Order(StringComparer.Ordinal), Names(GoodBank.Check(bank)));
        Assert.Equal(gates.Order(StringComparer.Ordinal), Names(BankGates.Check(bank)));
    }

    private static IEnumerable<string> Names(IEnumerable<GateFinding> findings) => findings.Select(finding => finding.Gate).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static Func<BankFile, BankFile> Stem(string id, string stem) => bank => bank.With(id, item => item with { Body = item.Body with { Stem = stem } });

    private static Func<BankFile, BankFile> Explanation(string id, string explanation) => bank => bank.With(id, item => item with { Body = item.Body with { Explanation = explanation } });

    private static Func<BankFile, BankFile> Statement(string id, string stem) => bank => bank.With(id, item => item with { Origin = QuestionOrigin.Generated, Body = item.Body with { Stem = stem } });

    /// <summary>A new paragraph, and a generated cloze on it.</summary>
    private static Func<BankFile, BankFile> Ask(string paragraph, string stem, string answer, string quote) => bank =>
        bank.WithBody<Cloze>("van-cloze", cloze => cloze with { Stem = stem, Accepted = [answer], Explanation = $"原文写的是{answer}。", Evidence = [new("P05", quote)] })
            with
        { Paragraphs = [.. bank.Paragraphs, new("P05", paragraph)] };

    private static Func<BankFile, BankFile> Quote(string id, string paragraph, string quote) => Evidence(id, new Evidence(paragraph, quote));

    private static Func<BankFile, BankFile> Evidence(string id, Evidence evidence) => bank => bank.With(id, item => item with { Body = item.Body with { Evidence = [evidence] } });

    private static Func<BankFile, BankFile> Enemies(string id, params string[] enemies) => bank => bank.With(id, item => item with { Enemies = enemies });

    private static Func<BankFile, BankFile> Option(string id, int at, Func<Option, Option> change) => bank =>
        bank.WithBody<SingleChoice>(id, single => single with { Options = [.. single.Options.Select((option, i) => i == at ? change(option) : option)] });

    private static Func<BankFile, BankFile> Options(string id, params string[] wrong) => bank => bank.WithBody<SingleChoice>(id, single => single with
    {
        Options = [.. single.Options.Where(option => option.Correct), .. wrong.Select(text => new Option(text, false))],
    });

    private static Func<BankFile, BankFile> Blank(string stem, string key, string quote, string wrong) => bank => bank.With("readers", item => item with
    {
        Body = ((SingleChoice)item.Body) with { Stem = stem, Evidence = [new Evidence("P02", quote)], Options = [new(key, true), new(wrong, false)] },
    });

    private static BankFile Twice(BankFile bank, string id, string? stem)
    {
        var item = bank.Questions.Single(question => question.Id == id);
        return bank with { Questions = [.. bank.Questions, item with { Id = "twice", Body = item.Body with { Stem = stem ?? item.Body.Stem } }] };
    }
}
