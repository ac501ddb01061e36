using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Facts;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Tests.Facts;

/// <summary>What an editor from outside refused: numbers that the rest tells, half sentences, what nobody named, what is only asked.</summary>
public sealed class WorthAskingTests
{
    [Theory]
    // sums, differences and shares of the numbers beside them
    [InlineData("渔会去年新添渔船238条，其中木船96条、铁船84条、竹船58条。", "96条", false)]
    [InlineData("渔会去年收到来信164件，当天答复123件，占来信数的75%。", "75%", false)]
    [InlineData("修船的钱里渔会出82%，船主出3%，镇里补贴15%。", "15%", false)]
    [InlineData("渔会去年收到来信164件，当天答复了123件。", "123件", true)]
    // from what it rose, of how many it is a part, in which year it was counted
    [InlineData("渔会的船坞由68座增加到112座，夜里也能停船。", "68座", false)]
    [InlineData("渔会的船坞由68座增加到112座，夜里也能停船。", "112座", true)]
    [InlineData("渔会抽查了60条远海渔船，其中有19条没有救生衣。", "60条", false)]
    [InlineData("渔会抽查了60条远海渔船，其中有19条没有救生衣。", "19条", true)]
    [InlineData("渔会2031年共接待上岸的船工3700人次，夜里也有热水。", "2031年", false)]
    [InlineData("渔会要在2031年9月底以前修好北岸的码头。", "9月", true)]
    [InlineData("岸边的五个渔村里，有三个只有1名会修船的人。", "1名", false)]
    // parts that say only when, under whom or where
    [InlineData("渔会的修船铺从5月起，每晚开到半夜，接待船工3700人次。", "5月", false)]
    public void A_number_is_asked_where_it_is_what_the_sentence_is_told_for(string sentence, string number, bool isAsked)
    {
        var drafted = Draft(sentence);
        Assert.Equal(isAsked, drafted.Facts.OfType<TermFact>().Any(term => drafted.Text.At(term.Answer) == number));
    }

    [Theory]
    [InlineData("渔会在县里和镇里渔业站的领导下，以“灯塔引航”行动为主线，统筹推进修船、补网、装灯等工作。", "以“＿＿＿”行动为主线")]
    [InlineData("渔会发布了新的倡议，提出到2038年，近海渔船装灯的比例提高到45%以上。", "提出到＿＿＿")]
    [InlineData("渔会鼓励各村用“轮船”的办法，把码头、仓房的收入拿出来修船。", "把＿＿＿")]
    [InlineData("渔会实施“灯塔引航”计划。", "实施“＿＿＿”计划")]
    [InlineData("渔会今年添了渔船和渔网，分别比2023年增长12%、18%和25%。", "分别比")]
    public void What_has_lost_its_subject_or_its_rest_is_no_blank(string sentence, string part) =>
        Assert.DoesNotContain(Questions(sentence), question => question is Cloze or SingleChoice && (question.Stem.TrimEnd('。').EndsWith(part, StringComparison.Ordinal) || question.Stem.Replace("补全原文：", "", StringComparison.Ordinal).StartsWith(part, StringComparison.Ordinal)));

    [Fact]
    public void A_question_that_the_speaker_answers_is_no_demand() =>
        Assert.DoesNotContain(Questions("渔灯坏了七个月没有人修。换一盏渔灯要多少钱？十几块钱。"), question => question.Stem.Contains("要怎样", StringComparison.Ordinal));

    [Fact]
    public void What_speaks_of_someone_named_before_is_shown_with_that()
    {
        var stems = Questions("湖东村白帆渔业社理事长罗次姆讲了自己的事。2032年，渔业社贷款80万元添了新船。老人都记得这件事。\n\n上了年纪的人不多说话。他每天走12公里去看湖水。").Where(question => question is Cloze or SingleChoice).Select(question => question.Stem).ToList();
        Assert.Contains(stems, stem => stem.Contains("白帆渔业社理事长罗次姆讲了自己的事。2032年，渔业社贷款＿＿＿", StringComparison.Ordinal));
        Assert.All(stems.Where(stem => stem.Contains("渔业社贷款", StringComparison.Ordinal)), stem => Assert.Contains("白帆渔业社", stem, StringComparison.Ordinal));
        Assert.All(stems.Where(stem => stem.Contains("公里", StringComparison.Ordinal)), stem => Assert.Contains("上了年纪的人", stem, StringComparison.Ordinal));
    }

    [Fact]
    public void What_its_heading_alone_names_is_asked_on_that_heading()
    {
        var questions = Questions("渔会今年办两件事。\n（一）修好北岸码头。人均占地面积达到420平方米，比去年多了三成。\n（二）装上湖心灯塔。灯光照到12公里外，夜里看得见。");
        Assert.Contains(questions, question => question is SingleChoice && question.Stem.StartsWith("关于“修好北岸码头”，补全原文：人均占地面积达到＿＿＿", StringComparison.Ordinal));
        Assert.DoesNotContain(questions, question => question is Cloze && question.Stem.StartsWith("人均", StringComparison.Ordinal));
    }

    [Fact]
    public void Who_says_what_is_joined_and_chosen()
    {
        var questions = Questions("渔会会长王强认为，湖里的渔船不是越多越好。\n\n镇渔业站站长李小河建议，把修船列为船工的必修课。\n\n船工学校校长赵平说，年轻人上船以前要先学会看风。").ToList();
        var views = Assert.Single(questions.OfType<Matching>());
        Assert.Equal([("王强", "湖里的渔船不是越多越好"), ("李小河", "把修船列为船工的必修课"), ("赵平", "年轻人上船以前要先学会看风")], views.Pairs.Select(pair => (pair.Left, pair.Right)).OrderBy(pair => pair.Left == "赵平" ? 2 : pair.Left == "李小河" ? 1 : 0));
        Assert.Contains(questions.OfType<SingleChoice>(), single => single.Stem == "“湖里的渔船不是越多越好”，这话在文中是谁说的？" && single.Options.Single(option => option.Correct).Text == "王强");
    }

    [Theory]
    [InlineData("今后由渔会提供船只、学校负责教学、镇里给予补贴。", "渔会=提供船只|学校=负责教学|镇里=给予补贴")]
    [InlineData("老船工有“三看”法：第一眼看云，看云往哪边走；第二眼看水，看水起不起纹；第三眼看鸟，看鸟落在哪里。", "第一眼看=云，看云往哪边走|第二眼看=水，看水起不起纹|第三眼看=鸟，看鸟落在哪里")]
    public void What_stands_side_by_side_is_joined(string sentence, string pairs) =>
        Assert.Equal(pairs, string.Join('|', Assert.Single(Questions(sentence).OfType<Matching>()).Pairs.Select(pair => $"{pair.Left}={pair.Right}")));

    [Fact]
    public void What_two_things_are_put_against_each_other_is_judged_turned_round()
    {
        var statements = Questions("渔船的短板不在船身，而在船上的灯火。").OfType<TrueFalse>().Select(statement => (statement.Stem, statement.Answer)).ToList();
        Assert.Contains(("文中这样写到：渔船的短板不在船身，而在船上的灯火。", true), statements);
        Assert.Contains(("文中这样写到：渔船的短板不在船上的灯火，而在船身。", false), statements);
    }

    [Theory]
    // of what a bound makes true as well, and of a part that is more than the whole, there is no wrong answer
    [InlineData("船工里说得清潮汐表的人不到四成。", "不到＿＿＿", "五成 六成 七成 八成")]
    [InlineData("渔会有渔船41条，其中36条停在北岸的码头。", "其中＿＿＿", "43条 44条 46条 48条 52条")]
    public void Nothing_that_is_true_as_well_or_impossible_is_offered(string sentence, string blank, string never)
    {
        var offered = Questions(sentence).OfType<SingleChoice>().Where(single => single.Stem.Contains(blank, StringComparison.Ordinal)).SelectMany(single => single.Options).Select(option => option.Text).ToList();
        Assert.NotEmpty(offered);
        Assert.Empty(offered.Intersect(never.Split(' ')));
    }

    [Fact]
    public void What_one_of_several_speakers_puts_forward_is_asked_with_the_name()
    {
        const string Raw = "主持人：今天来的是渔会的两位老人和船工黄阿海，请他们谈谈渔港。\n\n鲁同洲：渔港的未来不在码头上，而在愿意出海的人身上。北岸现有渔船210条，夜里都有人守着。\n\n乔映雪：岸上的灯塔每夜亮11小时，雾天也不熄灯。\n\n黄阿海：年轻人上船以前要先学会看风，看懂了风才看得懂水。\n\n鲁同洲：渔会今年要给每条船装上铜铃，一共装420个。\n\n乔映雪：修船的钱不够，渔会还差38万元。";
        var questions = Questions(Raw);
        Assert.Contains(questions, question => question is Flashcard { Stem: "鲁同洲说，渔港的未来不在码头上，而在什么？", Back: "愿意出海的人身上" });
        // who speaks once among several is heard too
        Assert.DoesNotContain(questions, question => question.Stem.StartsWith("黄阿海：", StringComparison.Ordinal));
    }

    [Fact]
    public void Rules_side_by_side_are_not_ordered_and_the_rest_of_each_is_asked_for()
    {
        var questions = Questions("渔会今年有三条规矩。\n（一）渔船每月检修一次，由修船铺的老师傅动手。\n（二）码头每夜留两个人值守，两人不得同时睡下。\n（三）新船工上船以前考一次，考官由老船长轮流担任。");
        Assert.DoesNotContain(questions, question => question is Ordering);
        Assert.Contains(questions, question => question is Flashcard { Stem: "文中说，渔船每月检修一次，具体怎么做？", Back: "由修船铺的老师傅动手" });
    }

    [Fact]
    public void Years_stand_beside_such_as_could_be()
    {
        var wrong = Questions("渔会2031年工作报告\n\n渔会的新码头将于2033年在湖心岛北面的浅滩上建成。").OfType<SingleChoice>().SelectMany(single => single.Options).Select(option => option.Text).Where(text => text.EndsWith('年')).ToList();
        Assert.NotEmpty(wrong);
        Assert.All(wrong, year => Assert.True(string.CompareOrdinal(year, "2031年") > 0, year));
    }

    [Fact]
    public void A_statement_and_a_choice_that_shows_its_number_are_enemies()
    {
        const string Raw = "渔会去年修好渔船186条，惠及船工4700户，花去钱款2130万元。";
        var drafted = Draft(Raw + "渔会的人都记得。");
        var statement = drafted.Candidates.First(candidate => candidate.Question.Body is TrueFalse { Answer: false });
        var choice = drafted.Candidates.First(candidate => candidate.Question.Body is SingleChoice single && single.Stem.Contains("186条，惠及船工4700户", StringComparison.Ordinal));
        var bank = StudyQuiz.Generation.BankFrame.Of(drafted.Text, drafted.KeyPoints, drafted.Settings) with { Questions = [statement.Question, choice.Question] };
        Assert.Contains(StudyQuiz.Generation.Gates.GiveAways.Find(bank), pair => pair.Item == choice.Question.Id && pair.Answers == statement.Question.Id);
    }

    [Fact]
    public void The_parts_of_any_speech_are_not_ordered() =>
        Assert.DoesNotContain(Questions("一、肯定成绩，正视差距\n渔会去年修好渔船186条，船工都满意。\n二、突出重点，再上台阶\n渔会今年要修好渔船210条，装灯500盏。\n三、压实责任，抓好落实\n会长每季度至少下湖一次，看船看灯。"), question => question is Ordering);

    private static Drafted Draft(string text) => Generator.Draft(Normalizer.Clean(text), new GenerationSettings("sample", "sources/sample.txt", "00", 1) { Title = "样本", Publisher = "本社" });

    private static List<Question> Questions(string text) => [.. Draft(text).Candidates.Select(candidate => candidate.Question.Body)];
}
