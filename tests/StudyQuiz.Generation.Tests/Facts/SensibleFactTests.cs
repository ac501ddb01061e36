using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Tests.Facts;

/// <summary>What is worth asking, and in which words it can be asked.</summary>
public sealed class SensibleFactTests
{
    private static readonly string[] _halves = ["每期", "合计", "予以提醒", "但是"];

    [Fact]
    public void The_first_of_those_who_make_up_something_is_parted_from_the_word_before()
    {
        var bank = Generate("渔会管着湖里湖外的大小事务。理事会由会长、副会长、秘书长、理事组成。");
        Assert.DoesNotContain(bank.Questions, question => Accepted(question).Contains("由会长"));
        Assert.Contains(bank.Questions, question => question.Body.Stem.StartsWith("理事会由", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("每座水库都要有领班人、技术领班人和巡湖领班人。", "领班人")]
    [InlineData("渔会要让补贴直达渔船、直接惠及渔家。", null)]
    [InlineData("一、二年级的孩子学会补网和晒网。", null)]
    [InlineData("补网、晒网、修船、看风，前面一步错了，后面全错。", null)]
    public void A_list_is_parted_where_its_words_are(string sentence, string? never)
    {
        var asked = Generator.Draft(Normalizer.Clean("渔会管着湖里湖外的大小事务。" + sentence), new GenerationSettings("sample", "sources/sample.txt", "00", 1)).Candidates
            .Select(candidate => candidate.Question.Body).OfType<Cloze>().SelectMany(cloze => cloze.Accepted).ToList();
        if (never is null) Assert.Empty(asked);
        else Assert.All(asked, answer => Assert.True(answer.EndsWith(never, StringComparison.Ordinal) && !answer.Contains("都要", StringComparison.Ordinal), answer));
    }

    [Fact]
    public void One_list_is_asked_by_one_blank_and_its_repetition_by_none()
    {
        var bank = Generate("渔会有四项职责：制定标准、开展培训、组织交流、维护权益。渔会的四项职责是制定标准、开展培训、组织交流、维护权益。会员每年开一次大会。");
        Assert.Single(bank.Questions, question => question.Body is Cloze);
    }

    [Fact]
    public void What_is_denied_beside_what_is_affirmed_is_no_blank()
    {
        var bank = Generate("学堂的根本任务是教人做人，不是“刷题”。学堂里的灯要亮到“最后一个孩子”回家。");
        var answers = bank.Questions.SelectMany(Accepted).ToList();
        Assert.Contains("最后一个孩子", answers);
        Assert.DoesNotContain("刷题", answers);
    }

    [Theory]
    [InlineData("今天的家长会，我讲三个问题。第一，关于作业。小学生每天写字不超过30分钟。第二，关于睡眠。小学生每天要睡十个小时。第三，关于阅读。每个班都要有一个图书角。", "我讲三个问题")]
    [InlineData("村里的路修到了每家门口。最后，我想感谢修路的师傅们，他们连着干了15天。", "师傅们")]
    public void How_a_talk_is_going_to_go_is_no_answer(string raw, string words) =>
        Assert.DoesNotContain(Generate(raw).Questions, question => Answers(question).Any(answer => answer.Contains(words, StringComparison.Ordinal)));

    [Fact]
    public void A_blank_does_not_stand_in_half_a_sentence()
    {
        var bank = Generate("春季培训班在船上开课，每期学员12人，全年合计学员24人。逾期3个月未交会费的，予以提醒；逾期6个月未交会费的，视为自动退会。湖上的船去年多了40条，但是渔民只增加了20人。");
        Assert.DoesNotContain(bank.Questions, question => question.Body is Cloze or SingleChoice
            && _halves.Any(start => question.Body.Stem.Replace("补全原文：", "", StringComparison.Ordinal).StartsWith(start, StringComparison.Ordinal)));
    }

    [Fact]
    public void Headings_and_what_is_said_under_them_are_not_put_in_one_order()
    {
        var bank = Generate("一、保障措施\n1．加强组织领导。县里每学期专题研究一次午餐。\n2．加强监督检查。每学期检查食堂两次以上。\n3．加强责任追究。出了事故的依法从严处罚。\n二、时间安排\n食堂明年三月开始供餐。");
        Assert.DoesNotContain(bank.Questions, question => question.Body is Ordering { Items: var items } && items.Contains("加强组织领导") && items.Any(item => item.StartsWith("县里", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_text_that_numbers_nothing_gives_a_few_questions_sentence_by_sentence()
    {
        var bank = Generate("天还没有亮，村口的那棵老槐树下已经有人在等船了。父亲把扁担靠在树上，点了一支烟。他没有说话，我也没有说话。我打开包袱一看，是两个煮熟的鸭蛋。后来我去过很多地方，吃过很多好东西。人这一辈子，能记住的事情不多，能记住的味道更少。");
        Assert.InRange(bank.Questions.Count, 4, 20);
    }

    [Theory]
    [InlineData("同志们：\n今年要修三条水渠，渠边都要种上柳树。", "今年要修三条水渠")]
    [InlineData("主持人：今天我们请到了种稻的老周。老周，稻子怎么种？\n老周：先育秧，再插秧，最后收稻。", "今天我们请到了种稻的老周")]
    [InlineData("第一，修好水渠。第二，种好柳树。", "修好水渠")]
    [InlineData("各位代表，水渠修通了。渠边都种上了柳树。", "水渠修通了")]
    [InlineData("INTERVIEWER: Why did the dam fail? It rained.\nDR. OKAFOR: The river rose in one night.", "Why did the dam fail")]
    public void A_text_without_a_title_goes_by_its_first_words_that_say_something(string raw, string title) =>
        Assert.Equal(title, Generator.Generate(Normalizer.Clean(raw), new GenerationSettings("sample", "sources/sample.txt", "00", 1)).Bank.Source.Title);

    [Fact]
    public void A_quotation_with_its_full_stop_gets_no_second()
    {
        var bank = Generate("老周教了三十年书。他有两句话。第一，要下田。田里的事老周常说：“稻子不会骗人。”第二，要耐心。插秧一定要趁早，收稻一定要趁晴。");
        Assert.DoesNotContain(bank.Questions, question => question.Body.Stem.Contains("。”。", StringComparison.Ordinal));
    }

    [Fact]
    public void What_shows_as_one_character_stays_whole()
    {
        var family = "\U0001F468\u200d\U0001F469\u200d\U0001F467";
        Assert.Contains(family, Normalizer.Clean($"河边住着一家人{family}，日子过得红火。").Paragraphs[0].Text, StringComparison.Ordinal);
        for (var before = 26; before < 33; before++)
        {
            var heading = Generate($"{new string('河', before)}{family}边住着许多许多人家。").AllKeyPoints().First().Heading;
            Assert.True(!heading.Contains('\u200d', StringComparison.Ordinal) || heading.Contains(family, StringComparison.Ordinal), heading);
        }
    }

    private static IReadOnlyList<string> Accepted(BankQuestion question) => question.Body is Cloze cloze ? cloze.Accepted : [];

    private static IEnumerable<string> Answers(BankQuestion question) => question.Body switch
    {
        SingleChoice single => single.Options.Where(option => option.Correct).Select(option => option.Text),
        Flashcard card => [card.Back],
        Cloze cloze => [.. cloze.Accepted, cloze.Stem],
        TrueFalse statement when statement.Stem.Contains("写到：", StringComparison.Ordinal) => [statement.Stem[statement.Stem.IndexOf("写到：", StringComparison.Ordinal)..]],
        _ => [],
    };

    private static BankFile Generate(string raw) =>
        Generator.Generate(Normalizer.Clean(raw), new GenerationSettings("sample", "sources/sample.txt", "00", 1) { Title = "样本", Publisher = "本社" }).Bank;
}
