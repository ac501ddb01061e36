using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Tests.Facts;

public sealed class FragmentTests
{
    [Theory]
    [InlineData("When the keeper came to the lighthouse on the cape in 1968, nobody believed that the old lamp would burn for so many winters.", "winters")]
    [InlineData("Because the ferry carried 340 people across the bay that night, nobody believed that the old captain had slept.", "slept")]
    [InlineData("The keeper came to the lighthouse on the cape in 1968, and nobody believed that the old lamp would burn.", "1968")]
    [InlineData("如果每年在山坡上栽下300棵橘树，十年以后满山都是果园。", "果园")]
    [InlineData("大家每年在山坡上栽下300棵橘树，十年以后满山都是果园。", "橘树")]
    public void A_clause_that_says_only_when_or_why_is_no_statement(string sentence, string end)
    {
        var statements = Questions(sentence).OfType<TrueFalse>().Where(statement => statement is { Answer: true } && (statement.Stem.StartsWith("文中这样写到", StringComparison.Ordinal) || statement.Stem.StartsWith("The text has it", StringComparison.Ordinal))).ToList();
        Assert.NotEmpty(statements);
        Assert.All(statements, statement => Assert.EndsWith(end, statement.Stem.TrimEnd('。', '.'), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("今天请大家到果园里来，主要是商量在山坡上栽下300棵橘树。", "主要是")]
    [InlineData("护林员的办法很好懂，就是每天在林子里走上12公里山路。", "就是")]
    [InlineData("The club mends the landing stage in spring, and paints 24 boats before the regatta.", "and paints")]
    public void A_blank_does_not_stand_in_half_a_sentence(string sentence, string beginning)
    {
        var clozes = Questions(sentence).OfType<Cloze>().ToList();
        Assert.NotEmpty(clozes);
        Assert.All(clozes, cloze => Assert.False(cloze.Stem.StartsWith(beginning, StringComparison.Ordinal), cloze.Stem));
    }

    [Fact]
    public void Nor_where_the_sentence_itself_begins_so() =>
        Assert.Empty(Questions("大家都到果园里来了。主要是商量在山坡上栽下300棵橘树。").OfType<Cloze>());

    [Fact]
    public void Nor_where_the_clause_only_names_what_something_is_done_about() =>
        Assert.DoesNotContain(Questions("对乱砍的、乱挖的、乱占的，护林站要在30天里查清。").OfType<Cloze>(), cloze => cloze.Stem.EndsWith('的'));

    [Fact]
    public void What_we_know_is_no_sentence_of_its_own() =>
        Assert.DoesNotContain(
            Questions("Keepers have two rules. First, tell the truth. Write down in the log what the lamp burned, what the night watch forgot to write. Second, keep the lamp. Every boat in the harbour looks for the lamp at night."),
            question => question is Flashcard card && card.Back.Contains("; what the night", StringComparison.Ordinal));

    [Theory]
    [InlineData("对借住在渡口旧仓房的46户船民，镇里要在入冬之前全部安置好。", "要在入冬之前全部安置好")]
    [InlineData("只要每天在渡口多走12趟，两岸的学生就不会迟到。", "就不会迟到")]
    [InlineData("夜里渡口的风力超过7级的，渡船一律停在北岸。", "渡船一律停在北岸")]
    [InlineData("洗船板、补渔网、晒缆绳，都是渡口老人们的活。", "都是渡口老人们的活")]
    [InlineData("河面的冰层超过35厘米，冰车才能从渡口上过。", "冰车才能从渡口上过")]
    [InlineData("渡口每天只需添上3班船，一个冬天就能送完对岸的粮。", "就能送完对岸的粮")]
    [InlineData("去年上船的1340名学生里，八成说自己第一次看见了对岸。", "说自己第一次看见了对岸")]
    [InlineData("渡口的事情很明白，就是全镇用两年时间，修好南北两岸的码头。", "修好南北两岸的码头")]
    [InlineData("镇里今年拿出260万元，为渡口的每一条船配上救生衣。", "为渡口的每一条船配上救生衣")]
    [InlineData("After 14 years on the cold northern shore, the ferry was sold to a museum in the south.", "was sold to a museum")]
    public void What_says_nothing_alone_is_asked_with_what_it_says(string sentence, string rest)
    {
        var frames = Questions(sentence).Where(question => question is Cloze || question.Stem.StartsWith("补全原文", StringComparison.Ordinal) || question.Stem.StartsWith("文中这样写到", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(frames);
        Assert.All(frames, frame => Assert.Contains(rest, frame.Stem, StringComparison.Ordinal));
    }

    [Fact]
    public void Nor_is_it_told_to_stand_under_a_point_by_itself()
    {
        var questions = Questions("渡口有两条规矩。第一，先人后货。船上有病人时，货主一律等下一班。逢集的日子里人比货多得多，对岸的医生也常常半夜里过来看病，所以船家都记得这一条。第二，风大不开。风力超过7级的时候，渡船停在北岸。船家夜里听着风声睡觉，天亮时再看河面上的浪有多高，浪头漫过了石阶就不解缆绳。").ToList();
        Assert.DoesNotContain(questions, question => question.Stem.StartsWith("“船上有病人时”是文中讲哪一点", StringComparison.Ordinal) || question is Flashcard { Back: "风力超过7级的时候" });
    }

    [Theory]
    [InlineData("一年来，我们主要做了以下工作：", "我们主要做了以下工作")]
    [InlineData("为实现上述目标，重点抓好以下两个方面的工作。", "重点抓好以下两个方面的工作")]
    [InlineData("渡口今年要办两件大事，请大家一起商量。", "渡口今年要办两件大事")]
    public void What_only_says_when_or_what_for_is_no_topic(string lead, string topic)
    {
        var questions = Questions($"{lead}\n（一）修好北岸的码头。新铺了石阶120级，老人上船不再滑倒。\n（二）添了两条新渡船。每条船坐得下40个人，雨天也不用等。");
        Assert.Contains(questions, question => question is Flashcard && question.Stem.Contains($"“{topic}”", StringComparison.Ordinal));
    }

    [Fact]
    public void What_only_announces_is_said_under_no_point() =>
        Assert.DoesNotContain(
            Questions("渡口的安排分两部分。一、今年的安排。今年渡口总的要求是：人不落水、货不过夜、船不带病，把每一天当成第一天来过。北岸的码头要在五月以前修好。\n二、明年的打算。明年先看河水涨到哪里，再定新码头修在哪里。南岸的老仓房要腾出来给船民住。"),
            question => question.Stem.Contains("今年渡口总的要求是”", StringComparison.Ordinal) || question.Stem.EndsWith("今年渡口总的要求是。", StringComparison.Ordinal));

    [Theory]
    [InlineData("船工们把旧船板做成长凳、书架，摆在渡口的凉亭里。")]
    [InlineData("渡口要过紧日子，把余下钱款花在刀刃处、船民急需处。")]
    [InlineData("渡口和候船中心人多、老人多，绳缆、灯火、跳板一样都不能马虎。")]
    public void A_list_does_not_begin_before_what_it_is_made_into(string sentence) =>
        Assert.DoesNotContain(Questions(sentence).OfType<Cloze>(), cloze => cloze.Accepted[0].Contains('成') || cloze.Accepted[0].Contains('在') || cloze.Accepted[0].Contains('心'));

    [Theory]
    [InlineData("现在，我代表渡口合作社向大会报告工作，请各位船民提意见。", "请各位船民提意见")]
    [InlineData("今天我只讲三个问题：怎样看风，怎样看水，怎样看自己手里的船桨。", "怎样看自己手里的船桨")]
    public void What_a_speaker_is_going_to_say_is_not_asked(string sentence, string end) => Assert.DoesNotContain(Questions(sentence), question => question is Flashcard card && card.Back == end);

    [Theory]
    [InlineData("老船工的办法很好懂：从“看天吃饭”转向“看灯行船”。")]
    [InlineData("记者18日从渡口合作社的老船工那里获悉。")]
    [InlineData("5月开设了夜间的渡船，船工们轮流守夜。")]
    [InlineData("7名老船工分别守着东岸、西岸和江心的七座灯塔。")]
    [InlineData("渡口的救生衣每天点数，穿戴率100%。")]
    [InlineData("施工单位、监理单位和渡口老船工都签了字，码头才能开航。")]
    public void What_lacks_its_subject_or_is_told_by_the_rest_is_no_blank(string sentence) =>
        Assert.DoesNotContain(Questions("渡口的人都来了。" + sentence), question => question is Cloze);

    [Fact]
    public void How_many_alone_says_nothing_of_what() => Assert.DoesNotContain(Questions("今年要建5000张，每张补助3000元用于给床装上护栏。"), question => question is Cloze { Stem: "今年要建＿＿＿张" });

    [Fact]
    public void What_is_put_forward_is_not_asked_twice() =>
        Assert.Single(Questions("Some people ask whether it is worth the money. Prevention is not cheap, but repair is dearer."), question => question is Flashcard card && card.Back.Contains("repair is dearer", StringComparison.Ordinal));

    [Fact]
    public void An_ordinal_alone_says_nothing_of_what() => Assert.DoesNotContain(Questions("第一仗是“抢渡”。"), question => question is Cloze);

    [Fact]
    public void A_full_stop_of_a_short_form_ends_no_clause()
    {
        var stems = Questions("During the works, the towpath will be closed between 7 a.m. and 6 p.m. on weekdays.").Where(question => question is Cloze or SingleChoice).Select(question => question.Stem).ToList();
        Assert.NotEmpty(stems);
        Assert.All(stems, stem => Assert.Contains("on weekdays", stem, StringComparison.Ordinal));
    }

    private static IEnumerable<Question> Questions(string sentence) =>
        Generator.Draft(Normalizer.Clean(sentence), new GenerationSettings("sample", "sources/sample.txt", "00", 1)).Candidates.Select(candidate => candidate.Question.Body);
}
