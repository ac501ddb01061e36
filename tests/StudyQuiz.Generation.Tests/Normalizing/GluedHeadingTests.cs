using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Tests.Normalizing;

/// <summary>Headings that run into the sentence after them, where text was taken off a page without its line breaks.</summary>
public sealed class GluedHeadingTests
{
    [Theory]
    // the lead lists what the headings say
    [InlineData(
        "今年要做好助餐服务、办好夜校、修好路灯。一、做好助餐服务社区食堂要开到居民家门口，步行不超过十五分钟。二、办好夜校每周开三晚，教师由街道统一聘请。三、修好路灯坏灯三天之内换新，老巷加装声控灯。",
        "做好助餐服务|办好夜校|修好路灯")]
    // a subject that begins sentences follows each
    [InlineData(
        "窗口服务一直要坚持便民利民。（一）坚持便民利民我们要把窗口开到村里，周末轮流值班。（二）坚持公开透明大家都要把账目贴到墙上，每月更新一次。",
        "坚持便民利民|坚持公开透明")]
    [InlineData(
        "1.管好林中水渠各村必须在开春以前清完淤泥，不留死角。2.看好山上苗木每户都要认领一片林子，按月浇水。",
        "管好林中水渠|看好山上苗木")]
    // all are built alike
    [InlineData(
        "社区养老从老人最需要的地方做起。一、做好助餐服务社区食堂要开到老人家门口，步行不超过十五分钟。二、做好助医服务社区卫生站要为每位老人建立健康档案。三、做好助浴服务流动助浴车要配备护理员、医生和急救设备，服务后回访。",
        "做好助餐服务|做好助医服务|做好助浴服务")]
    // each in a paragraph of its own
    [InlineData(
        "大会提出要护住水源、留足饲草、管好渔船。\n一、护住水源进山的每条溪水装上滤网，岸边农户轮流看管。\n二、留足饲草西岸的芦苇留给过冬的牛羊，冬天只割东岸。\n三、管好渔船渔船每年春天停航两个月，船主到站里检修渔网。",
        "护住水源|留足饲草|管好渔船")]
    // all are equally long, and a sentence that begins differently in each follows: with what the text says elsewhere, with a demand, with a time
    [InlineData(
        "东湖水厂上月投产，水厂一天出水三万吨，东湖边的两条旧管停用。第一是减轻老厂负担东湖老厂建成已有四十年，夏天常常停水。第二是照顾山上住户东湖北坡住着三百户人家，水压一直不够。第三是留足将来余地水厂西墙外空着一块地，可以再建两座池子。",
        "减轻老厂负担|照顾山上住户|留足将来余地")]
    [InlineData(
        "渔港里的人都靠渔港过日子，都要把渔港当成自己的家。一、充分认识护港意义渔港是几代人的饭碗，不能在这一代手里荒了。二、准确把握眼前难处要先把淤泥清到外海，再修码头。三、切实担起各自责任各村各户都要把旧网收好，按月交到站里。",
        "充分认识护港意义|准确把握眼前难处|切实担起各自责任")]
    [InlineData(
        "（一）巩固已有成绩近年来村里修了三条水渠，旱地少了一半。（二）看清眼前差距我们还有四个组没有通水，挑水要走两里山路。（三）明确今后去处当前最要紧的是把北渠修通，年底以前放水。",
        "巩固已有成绩|看清眼前差距|明确今后去处")]
    public void They_are_parted_where_the_text_shows_where_they_end(string raw, string headings)
    {
        var clean = Normalizer.Clean(raw);
        Assert.Equal(headings.Split('|'), clean.Paragraphs.Where(paragraph => paragraph.IsHeading).Select(paragraph => paragraph.Text[(paragraph.Text.IndexOfAny(['、', '）', '.', '是']) + 1)..]));
        Assert.Equal(raw.Replace("\n", "", StringComparison.Ordinal), string.Concat(clean.Paragraphs.Select(paragraph => paragraph.Text)));
        // each parting is told with its place: the first character of the sentence
        Assert.Equal(
            headings.Split('|').Select(heading => Glued(raw, heading)),
            clean.Repairs.Where(repair => repair.Kind == RepairKind.PartedHeading).Select(repair => repair.Start));
        Assert.DoesNotContain(clean.Doubts, doubt => doubt.Kind == DoubtKind.GluedHeading);

        static int Glued(string raw, string heading) => raw.LastIndexOf(heading, StringComparison.Ordinal) + heading.Length;
    }

    [Theory]
    // sentences without any heading
    [InlineData("今年要抓好社区食堂、社区夜校。一、社区食堂要开到居民家门口，步行不超过十五分钟。二、社区夜校要办到居民楼下，每周三晚。")]
    [InlineData("今年要抓好社区食堂、社区夜校。一、社区食堂建设要快，年底以前开业。二、社区夜校管理要严，每晚点名。")]
    [InlineData("一、全市东部地区学校要装上暖气，十月完工。二、全市西部地区医院要换上新床，五月完工。三、全市南部地区车站要加开夜班，三月开通。")]
    [InlineData("一、必须看到我们要走的路还长，不能松劲。二、必须相信我们要办的事能成，不能泄气。")]
    [InlineData("一、村里道路我们要一条一条修好，年底完工。二、村里水渠我们要一段一段清好，开春完工。")]
    [InlineData("一、充分调动各级干部的积极性，层层负责。二、认真安排各区抗旱工作要抓早，处处上心。")]
    [InlineData("今年要做好助餐服务。一、做好助餐服务的食堂要挂牌，每年一评。二、做好助餐服务的厨师要持证，每年一训。")]
    [InlineData("学校靠山，医院靠河，车站在镇口。一、全县东部学校要装上暖气，十月完工。二、全县西部医院要换上新床，五月完工。三、全县南部车站要加开夜班，三月开通。")]
    [InlineData("村里修了两年路。一、村口老桥要修牢，年底完工。二、河边老路要铺平，开春完工。三、山上老亭要漆好，夏天完工。")]
    [InlineData("一、北坡果园近年少了虫害，果子也甜。二、东湾鱼塘近年换了活水，鱼也多。三、南山茶田近年通了水渠，茶也香。")]
    [InlineData("第一，要清淤泥，再修码头。第二，要收旧网，按月交到站里。第三，要养鱼苗，开春放到外海。")]
    // dates, numbers and money
    [InlineData("全年要办三场庙会。一、2024年5月1日我们要在老街开场，连办三天。二、2024年10月1日我们要在河边开场，连办五天。")]
    [InlineData("1.5万元我们要用在桥上，2.5万元我们要用在路上。")]
    // headings with punctuation of their own
    [InlineData("今年要做好助餐服务、办好夜校。一、做好助餐服务。社区食堂要开到居民家门口。二、办好夜校。每个街道都要开一所。")]
    public void A_sentence_behind_a_number_stays_whole(string raw)
    {
        var clean = Normalizer.Clean(raw);
        Assert.DoesNotContain(clean.Repairs, repair => repair.Kind == RepairKind.PartedHeading);
        Assert.Equal([raw], clean.Paragraphs.Select(paragraph => paragraph.Text));
    }

    [Fact]
    public void Equally_long_headings_that_show_in_most_points_only_are_doubtful()
    {
        const string raw = "第一是巩固已有成绩近年来村里修了三条水渠，旱地少了一半。第二是看清眼前差距我们还有四个组没有通水，挑水要走两里山路。第三是把北渠修通，年底以前放水。";
        var clean = Normalizer.Clean(raw);
        Assert.Equal([raw], clean.Paragraphs.Select(paragraph => paragraph.Text));
        Assert.Equal(["巩固已有成绩近年来村里修了三条水渠", "看清眼前差距我们还有四个组没有通水"],
            clean.Doubts.Where(doubt => doubt.Kind == DoubtKind.GluedHeading).Select(doubt => raw.Substring(doubt.Start, doubt.Length)));
    }

    [Theory]
    [InlineData("一、做好助餐服务社区食堂要开到居民家门口，步行不超过十五分钟。二、办好夜校每个街道都要开一所，每周三晚。", "做好助餐服务社区食堂要开到居民家门口")]
    [InlineData("今年要做好助餐服务，办好夜校。一、做好助餐服务社区食堂要开到居民家门口。二、夜校每周三晚上课，教师由街道聘请。", "做好助餐服务社区食堂要开到居民家门口")]
    public void Where_it_is_not_certain_for_all_they_stay_whole_and_are_doubtful(string raw, string doubtful)
    {
        var clean = Normalizer.Clean(raw);
        Assert.Equal([raw], clean.Paragraphs.Select(paragraph => paragraph.Text));
        Assert.Contains(new Doubt(DoubtKind.GluedHeading, "P01", raw.IndexOf(doubtful, StringComparison.Ordinal), doubtful.Length), clean.Doubts);
    }

    [Fact]
    public void Where_line_breaks_were_lost_a_first_clause_before_a_comma_is_doubtful()
    {
        const string raw = "我讲三点意见。一、认识到位劳动课不只是扫地擦桌，要让学生知道东西从哪里来。二、课程落地各校每周至少安排一节课，不许占用。三、安全托底劳动工具要分级管理，刀具由专人保管。";
        Assert.Equal(3, Normalizer.Clean(raw).Doubts.Count(doubt => doubt.Kind == DoubtKind.GluedHeading));
    }

    [Theory]
    [InlineData("我讲两点意见。一、要把劳动课排进每个年级的课表，不许占用。二、要请村里的老师傅来教学生手艺，每周一次。")]
    [InlineData("我讲两点意见。\n一、每个年级的课表里都有劳动课，不许占用。\n二、村里的老师傅每周来教一次手艺，学生自愿参加。")]
    [InlineData("1. Weekly collection of waste. Every household in the north of the county will receive a brown bin by April.\n2. A network for surplus food. Every large shop in the county will offer unsold food to charities.")]
    public void A_demand_a_line_of_its_own_and_an_English_point_are_not(string raw) =>
        Assert.DoesNotContain(Normalizer.Clean(raw).Doubts, doubt => doubt.Kind == DoubtKind.GluedHeading);

    [Fact]
    public void Nothing_is_asked_about_a_heading_that_stays_glued()
    {
        var clean = Normalizer.Clean("社区工作要办好两件事。一、做好助餐服务社区食堂要开到居民家门口，步行不超过十五分钟。二、办好夜校每个街道都要开一所，每周上课三个晚上。");
        var bank = Generator.Generate(clean, new GenerationSettings("sample", "sources/sample.txt", "00", 1) { Title = "样本", Publisher = "本社" }).Bank;
        Assert.DoesNotContain(bank.Questions, question => BankFile.Write(bank with { Questions = [question], Paragraphs = [], KeyPoints = [] }).Contains("做好助餐服务社区食堂", StringComparison.Ordinal));
    }
}
