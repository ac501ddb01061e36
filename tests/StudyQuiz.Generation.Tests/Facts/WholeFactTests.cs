using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Facts;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Tests.Facts;

/// <summary>What is asked is whole: a sentence and not half of it, a number with what it counts, a claim with who makes it and what the text makes of it.</summary>
public sealed class WholeFactTests
{
    [Fact]
    public void A_short_sentence_under_a_point_is_told_whole()
    {
        var clauses = Clauses("学堂要办好两件事。第一，开好门。学堂每天开到晚上九点，周末照常开门。第二，管好书。每本书都要有书签，借走的书要登记。");
        Assert.Equal(["学堂每天开到晚上九点，周末照常开门", "每本书都要有书签，借走的书要登记"], clauses);
    }

    [Theory]
    [InlineData("一家开了一百多年的老店门口那块黑漆金字的招牌，是一百年里没有一次短斤少两攒下来的，不是靠着一场又一场吆喝出来的。", "招牌")]
    [InlineData("未经店主同意擅自把店里的老物件搬到街上去卖钱的，由镇里的文化站把东西收回来交给店主保管，卖得的钱退给买的人。", "卖钱的")]
    public void A_subject_or_a_condition_without_the_rest_of_its_sentence_is_no_clause(string sentence, string end) =>
        Assert.DoesNotContain(Clauses($"老店有两条规矩。第一，守信。{sentence}第二，守时。老店每天早上七点开门，晚上九点关门。"), clause => clause.EndsWith(end, StringComparison.Ordinal));

    [Theory]
    [InlineData("木作学堂今年要扩建，新增两间教室和一个料场，总投资95万元。", "95万元", "木作学堂今年要扩建")]
    [InlineData("截至去年年底，全县的学前教育普惠率达到93%。", "93%", "截至去年年底")]
    [InlineData("东村修路30公里，通到了山脚下；西村修路20公里，比前年多了8公里。", "8公里", "西村修路")]
    public void A_number_is_asked_with_what_it_counts(string sentence, string number, string start)
    {
        var facts = Draft(sentence + "村里的人都来看。").Facts.OfType<TermFact>().ToList();
        var fact = Assert.Single(facts, fact => sentence.Substring(fact.Answer.Start, fact.Answer.Length) == number);
        Assert.StartsWith(start, sentence[fact.Clause.Start..fact.Clause.End], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("其中老街上修好的有12盏路灯，都装上了新灯泡。")]
    [InlineData("但是北坡的果园里只剩下30棵橘树还在结果子。")]
    [InlineData("上一代的水泵每分钟出水只有16升，用了十年。")]
    [InlineData("2023年9月。")]
    [InlineData("会议决定，自12月1日起，学校的球场在周末开放。", "会议决定，自12月1日起")]
    [InlineData("Dario Conti, who has sold shoes for 22 years, said that his customers would leave.", "Dario Conti, who has sold shoes for 22 years")]
    [InlineData("滤网到期前15天，机器上的指示灯会变成黄色。", "滤网到期前15天")]
    [InlineData("If waste has not fallen by a fifth by 2028, the plan will be reviewed by the council.", "If waste has not fallen by a fifth by 2028")]
    public void What_goes_on_from_another_sentence_or_only_says_when_is_no_blank(string sentence, string? whole = null) =>
        Assert.DoesNotContain(Draft("镇上的人都来开会。" + sentence).Facts.OfType<TermFact>(),
            fact => fact.Role == TermRole.Number && (whole is null || fact.Clause.Length <= whole.Length));

    [Theory]
    [InlineData("把背下来的答案叫作“学会了”，这是自己骗自己。", "学会了")]
    [InlineData("把上报差错的同事看成“告密的人”，这种观念要彻底改掉。", "告密的人")]
    [InlineData("有的店把隔夜的茶叫“陈香茶”卖给客人，这不过是好听而已。", "陈香茶")]
    public void What_a_later_clause_judges_is_not_asked_without_it(string sentence, string term) =>
        Assert.DoesNotContain(Draft("镇上的老师傅讲规矩。" + sentence).Facts, fact => fact is TermFact && sentence.Contains(term, StringComparison.Ordinal));

    [Theory]
    [InlineData("各村防汛要做到“四个提前”，即提前预警、提前转移、提前关桥、提前送粮。")]
    [InlineData("老木匠接活一直有“三不做”：料不干不做，尺寸不定不做，急着要的不做。")]
    public void A_name_for_what_comes_next_is_no_answer(string sentence) =>
        Assert.DoesNotContain(Draft(sentence + "村里人都记得。").Facts.OfType<TermFact>(), fact => fact.Role == TermRole.Coinage);

    [Theory]
    [InlineData("必须看到，山里的路还有三十里没有修通，运一车果子要走两天。", "看到")]
    [InlineData("需要说明的是，果园的路由村里出钱来修，谁家也不用多交一分钱。", "说明的是")]
    [InlineData("也要清醒认识到，山里的路还有三十里没有修通，运一车果子要走两天。", "认识到")]
    public void What_only_announces_a_sentence_is_left_out_whole(string sentence, string half)
    {
        var drafted = Draft($"果园有两件事。第一，修路。{sentence}第二，修渠。水渠要从山顶修到山脚，一年修完。");
        var said = sentence[(sentence.IndexOf('，', StringComparison.Ordinal) + 1)..^1];
        Assert.Contains(drafted.Facts.OfType<ClauseFact>(), fact => drafted.Text.At(fact.Clause) == said);
        Assert.All(drafted.Facts, fact => Assert.False(drafted.Text.At(fact.Quote).StartsWith(half, StringComparison.Ordinal), drafted.Text.At(fact.Quote)));
    }

    [Theory]
    [InlineData("2022年栽下的42个果园中，有29个已经结果，13个还要再等两年。")]
    [InlineData("过去三年修好的120里山路中，一半通到了山顶的村子。")]
    public void Among_what_something_is_is_no_statement(string sentence) =>
        Assert.DoesNotContain(Draft("果园的人都来了。" + sentence).Facts.OfType<TermFact>(), fact => fact.Clause.Length <= sentence.IndexOf('，', StringComparison.Ordinal));

    [Fact]
    public void To_what_end_is_no_clause()
    {
        var clauses = Clauses("The trust has two tasks. First, we must fence the bank, so that the cattle no longer trample the gravel of the river. Farmers will pay for the wire. Second, we must build a pass, so that the eels can swim above the weir. The mill will pay for the stones.").ToList();
        Assert.NotEmpty(clauses);
        Assert.DoesNotContain(clauses, clause => clause.StartsWith("so that", StringComparison.Ordinal));
    }

    [Fact]
    public void A_card_on_all_of_a_point_does_not_leave_out_most_of_it()
    {
        var cards = Draft("老店有两条规矩。第一，守住信用。这是祖上传下来的规矩，谁也不许改，改了就不是这家店里的人。秤要足，尺要满。第二，守准时辰。老店每天早上七点开门，晚上九点关门。").Candidates.Select(candidate => candidate.Question.Body).ToList();
        Assert.DoesNotContain(cards, card => card is Flashcard { Back: "秤要足，尺要满" });
        Assert.Contains(cards, card => card is Flashcard { Back: "老店每天早上七点开门，晚上九点关门" });
        // nor half of one of its sentences
        Assert.DoesNotContain(Draft("老店有两条规矩。第一，分好茶叶。茶叶按照采摘的日子分成春、夏、秋三等，谷雨以前采的归入春茶，大暑以前采的归入夏茶，霜降以前采的归入秋茶。每天收摊以前盘点一次，缺货当天补齐。第二，守准时辰。老店每天早上七点开门，晚上九点关门。").Candidates.Select(candidate => candidate.Question.Body), card => card is Flashcard recall && recall.Back.Contains("每天收摊", StringComparison.Ordinal) && !recall.Back.Contains("霜降", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_several_speak_in_turn_questions_say_who()
    {
        var bank = Generate("""
            记者：两位校长，学校的午睡是怎么办的？
            林校长：我们去年买了210张躺椅，费用由区里承担一半。全校有1860名学生能躺着睡。
            赵校长：我们的教室大，难在管人。全校午睡的学生有2400人，值班老师每天多上40分钟班。
            林校长：值班不能只靠老师，每个班每周来一位家长。孩子们下午第一节课走神的少了一半。
            赵校长：午睡要做得久才有用，我们准备先做十年。
            """);
        var asked = bank.Questions.Select(question => question.Body.Stem).ToList();
        Assert.NotEmpty(asked);
        Assert.All(asked, stem => Assert.Matches("[林赵]校长", stem));
        Assert.Contains(asked, stem => stem.Contains("林校长", StringComparison.Ordinal) && stem.Contains("学生能躺着睡", StringComparison.Ordinal));
        Assert.DoesNotContain(bank.Questions, question => question.Body is Cloze or TrueFalse);
        Assert.DoesNotContain(StudyQuiz.Generation.Gates.BankGates.Check(bank), finding => finding.Gate == "coverage");
    }

    [Fact]
    public void An_item_of_an_English_list_is_no_clause()
    {
        var bank = Generate("""
            The library makes two promises. First, it will lend more than books. You can already borrow a sewing machine, a telescope or a set of tools. Second, it will stay warm. The new boiler was paid for by the county, the school, and the mill.
            """);
        Assert.DoesNotContain(bank.Questions.SelectMany(Keys), key => key is "a telescope or a set of tools" or "and the mill" or "the school");
    }

    private static IEnumerable<string> Keys(BankQuestion question) => question.Body switch
    {
        SingleChoice single => single.Options.Where(option => option.Correct).Select(option => option.Text),
        MultipleChoice multiple => multiple.Options.Where(option => option.Correct).Select(option => option.Text),
        Flashcard card => card.Back.Split("; "),
        _ => [],
    };

    private static IEnumerable<string> Clauses(string raw)
    {
        var drafted = Draft(raw);
        return drafted.Facts.OfType<ClauseFact>().Select(fact => drafted.Text.At(fact.Clause));
    }

    private static Drafted Draft(string raw) => Generator.Draft(Normalizer.Clean(raw), Settings());

    private static BankFile Generate(string raw) => Generator.Generate(Normalizer.Clean(raw), Settings()).Bank;

    private static GenerationSettings Settings() => new("sample", "sources/sample.txt", "00", 1) { Title = "样本", Publisher = "本社" };
}
