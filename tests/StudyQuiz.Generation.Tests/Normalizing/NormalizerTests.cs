using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Tests.Normalizing;

/// <summary>One defect at a time.</summary>
public sealed class NormalizerTests
{
    // Enough text to stand before and after a defect, without any of its own
    private const string Before = "清晨的集市里，卖豆腐的老人把第一板豆腐摆上案头。";
    private const string After = "到了中午，雨停了，人们又回到街上来。";

    [Theory]
    [InlineData("甲乙丙丁。\n戊己庚辛。")]
    [InlineData("甲乙丙丁。\r\n戊己庚辛。\r\n")]
    [InlineData("甲乙丙丁。\r戊己庚辛。")]
    [InlineData("甲乙丙丁。\u2028戊己庚辛。")]
    [InlineData("\ufeff　　甲乙丙丁。\f\n\n　　戊己庚辛。\t")]
    [InlineData("甲乙 丙\u200b丁。\n戊\u00a0己　庚\u00ad辛 。")]
    public void Line_ends_and_white_space_of_all_kinds(string raw) => Assert.Equal(["甲乙丙丁。", "戊己庚辛。"], Paragraphs(raw));

    [Fact]
    public void Spaces_between_words_and_around_numbers_stay() => Assert.Equal(
        ["用 Open XML 写成的文件共 20 份，名叫Open Day。"], Paragraphs("用 Open\u00a0XML 写成的文件共  20 份 ，名叫Open Day。"));

    [Theory]
    [InlineData("来源：青山日报", "青山日报", null)]
    [InlineData("来源：青山日报 2024-05-18 09:30", "青山日报", "2024-05-18")]
    [InlineData("青山日报  2024年5月18日 09:30", "青山日报", "2024-05-18")]
    [InlineData("发布时间：2024/05/18 来源：青山在线 作者：张三", "青山在线", "2024-05-18")]
    [InlineData("2024-05-18T09:30:00Z", null, "2024-05-18")]
    [InlineData("（二〇二四年五月十八日）", null, "2024-05-18")]
    [InlineData("作者：张三 责任编辑：李四", null, null)]
    [InlineData("（责任编辑：李四）", null, null)]
    [InlineData("来源｜青山日报", "青山日报", null)]
    [InlineData("Posted on 18 May 2024 by Communications Team", null, "2024-05-18")]
    [InlineData("原文链接：https://example.org/a/b?c=1", null, null)]
    public void Lines_about_the_text_are_lifted(string line, string? publisher, string? published)
    {
        var clean = Normalizer.Clean($"集市的一天\n{line}\n{Before}\n{After}");
        Assert.Equal([Before, After], clean.Paragraphs.Select(paragraph => paragraph.Text));
        Assert.Equal(new LiftedDetails("集市的一天", publisher, published is null ? null : DateOnly.ParseExact(published, "yyyy-MM-dd", null)), clean.Details);
        Assert.Equal(2, clean.Repairs.Count(repair => repair.Kind == RepairKind.Lifted));
    }

    [Theory]
    [InlineData("2024年5月18日，我们在这里开会。")]
    [InlineData("时间：就是生命，请大家爱惜。")]
    [InlineData("来源：这些豆腐都是本地大豆做的，请大家放心吃。")]
    [InlineData("告诉大家一个好消息：桥修好了。")]
    public void Sentences_that_only_look_like_such_lines_stay(string sentence) => Assert.Equal([Before, sentence, After], Paragraphs($"{Before}\n{sentence}\n{After}"));

    [Fact]
    public void A_subtitle_belongs_to_the_title_and_a_speaker_does_not()
    {
        var clean = Normalizer.Clean($"让集市更热闹\n——在镇里座谈会上的讲话\n镇长 张三\n（2024年5月18日）\n\n{Before}\n{After}");
        Assert.Equal(new LiftedDetails("让集市更热闹——在镇里座谈会上的讲话", null, new DateOnly(2024, 5, 18)), clean.Details);
        Assert.Equal([Before, After], clean.Paragraphs.Select(paragraph => paragraph.Text));
    }

    [Fact]
    public void A_single_line_is_no_title() => Assert.Equal(["大家好"], Paragraphs("大家好"));

    [Theory]
    [InlineData("第 3 页 共 5 页")]
    [InlineData("- 3 -")]
    [InlineData("— 12 —")]
    [InlineData("3/5")]
    [InlineData("Page 3 of 5")]
    [InlineData("【打印】 【关闭窗口】")]
    [InlineData("字号：大 中 小")]
    [InlineData("分享到：微信 微博 QQ")]
    [InlineData("【纠错】 扫一扫 分享到微信")]
    [InlineData("扫一扫在手机打开当前页")]
    [InlineData("您当前的位置：首页 > 新闻 > 社会")]
    [InlineData("（下转第3版）")]
    [InlineData("讲话摘要")]
    [InlineData("上一篇：水价今年不变")]
    [InlineData("点击上方蓝字关注我们")]
    [InlineData("喜欢就点个“在看”吧")]
    [InlineData("未经授权不得转载")]
    [InlineData("▼")]
    [InlineData("👇👇")]
    [InlineData("Home | News | Events")]
    [InlineData("Skip to main content")]
    [InlineData("Related: How to compost | Report a missed bin")]
    public void Page_numbers_and_buttons_go(string line)
    {
        var clean = Normalizer.Clean($"{Before}\n{line}\n{After}");
        Assert.Equal([Before, After], clean.Paragraphs.Select(paragraph => paragraph.Text));
        Assert.Equal(new Repair(RepairKind.PageFurniture, Before.Length + 1, line.Length, line), Assert.Single(clean.Repairs));
    }

    [Fact]
    public void What_a_page_puts_around_the_words_of_a_line_goes_with_its_place()
    {
        var (first, second) = (Before[..^4], Before[^4..]);
        var raw = $"赶集的人天不亮就动身。\n{first}（下转第3版）\n（上接第1版）{second}\n{After} 【纠错】 【责任编辑：王芳】";
        var clean = Normalizer.Clean(raw);
        Assert.Equal(["赶集的人天不亮就动身。", Before, After], clean.Paragraphs.Select(paragraph => paragraph.Text));
        Assert.Equal(
            ["（下转第3版）", "（上接第1版）", " 【纠错】", " 【责任编辑：王芳】"],
            clean.Repairs.Where(repair => repair.Kind == RepairKind.PageFurniture).SelectMany(repair => repair.Removed.Replace("】 【", "】\n 【", StringComparison.Ordinal).Split('\n')));
        Assert.All(clean.Repairs, repair => Assert.StartsWith(repair.Removed, raw[repair.Start..], StringComparison.Ordinal));
        Assert.Equal(raw.IndexOf(second, StringComparison.Ordinal), clean.Paragraphs[1].RawOffset(Before.Length - 4));
    }

    [Theory]
    [InlineData("编辑：要学会用标点。")]
    [InlineData("相关阅读要从小学抓起，每天一刻钟。")]
    [InlineData("他在（上接第二层）的楼梯口等了一天。")]
    [InlineData("扫一扫院子，日子就亮堂了。")]
    public void Sentences_that_only_begin_like_it_stay(string sentence) => Assert.Equal([Before, sentence, After], Paragraphs($"{Before}\n{sentence}\n{After}"));

    [Fact]
    public void Titles_of_other_articles_behind_the_text_go()
    {
        var clean = Normalizer.Clean($"{Before}\n{After}\n相关阅读：\n水价今年不变\n新桥荷载试验完成");
        Assert.Equal([Before, After], clean.Paragraphs.Select(paragraph => paragraph.Text));
        Assert.Equal(["相关阅读：", "水价今年不变", "新桥荷载试验完成"], clean.Repairs.Where(repair => repair.Kind == RepairKind.PageFurniture).Select(repair => repair.Removed));
    }

    [Fact]
    public void An_original_title_is_lifted_and_names_a_text_that_has_no_other()
    {
        Assert.Equal("水价今年不变", Normalizer.Clean($"{Before}\n{After}\n（原标题：水价今年不变）").Details.Title);
        Assert.Equal([Before, After], Paragraphs($"{Before}\n{After}\n原标题：水价今年不变"));
    }

    [Fact]
    public void Labels_that_run_into_the_title_are_told_from_it()
    {
        var details = Normalizer.Clean($"在全县水利大会上的讲话（节选）来源：县政府网站发布时间：2024-03-01浏览次数：1203次\n{Before}\n{After}").Details;
        Assert.Equal(new LiftedDetails("在全县水利大会上的讲话（节选）", "县政府网站", new DateOnly(2024, 3, 1)), details);
    }

    [Fact]
    public void The_address_goes_with_the_speech_that_is_told_again()
    {
        var speech = string.Concat(Enumerable.Range(0, 4).Select(i => $"第{(char)('甲' + i)}条水渠今年冬天要清到河口，渠边的{(char)('子' + i)}号水闸开春以前全部换新。"));
        var clean = Normalizer.Clean($"同志们：\n{speech}\n讲话摘要\n同志们：\n{speech}");
        Assert.Equal(["同志们：", speech], clean.Paragraphs.Select(paragraph => paragraph.Text));
        Assert.Equal(2, clean.Repairs.Count(repair => repair.Kind == RepairKind.ToldTwice));
    }

    [Fact]
    public void Bare_numbers_that_count_pages_go_and_others_stay()
    {
        var page = string.Concat(Enumerable.Range(0, 12).Select(i => $"第{i}号摊位的东西卖得{(char)('甲' + i)}快。\n"));
        Assert.DoesNotContain(Paragraphs(Before + "\n" + page + "7\n" + page.Replace('快', '慢') + "8\n" + After), paragraph => paragraph is "7" or "8");
        Assert.Contains("12", Paragraphs($"{Before}\n春季\n12\n夏季\n13\n{After}"));
    }

    [Theory]
    [InlineData("央视网消息（新闻联播）：", "央视网")]
    [InlineData("青山社白石5月20日电（记者张三）", "青山社")]
    [InlineData("青山日报讯 （记者 张三 通讯员 李四）", "青山日报")]
    [InlineData("青山网讯：", "青山网")]
    [InlineData("本报讯（记者张三）", null)]
    [InlineData("白石5月20日电", null)]
    [InlineData("白石5月20日电  ", null)]
    [InlineData("本报白石5月20日电 （记者张三）", null)]
    [InlineData("（记者 张三）", null)]
    public void What_agencies_put_first_goes_by_its_form(string leadIn, string? publisher)
    {
        var clean = Normalizer.Clean(leadIn + Before + "\n" + After);
        Assert.Equal([Before, After], clean.Paragraphs.Select(paragraph => paragraph.Text));
        Assert.Equal(publisher, clean.Details.Publisher);
        Assert.Equal(RepairKind.LeadIn, clean.Repairs[0].Kind);
    }

    [Theory]
    [InlineData("镇上说了集市要从干净做起", "青山社白石5月20日电", "青山社")]
    [InlineData("坚持早开市，办好“早集市”", "青山网5月20日讯（记者张三）", "青山网")]
    [InlineData("镇上说了集市要从干净做起", "本报白石5月20日电 ", null)]
    public void A_dateline_that_is_glued_to_the_title_shows_where_the_title_ends(string title, string leadIn, string? publisher)
    {
        var clean = Normalizer.Clean(title + leadIn + Before + After);
        Assert.Equal([Before + After], clean.Paragraphs.Select(paragraph => paragraph.Text));
        Assert.Equal((title, publisher), (clean.Details.Title, clean.Details.Publisher));
        Assert.Equal([new Repair(RepairKind.Lifted, 0, title.Length, title), new Repair(RepairKind.LeadIn, title.Length, leadIn.TrimEnd().Length, leadIn.TrimEnd())],
            clean.Repairs.Where(repair => repair.Kind != RepairKind.WhiteSpace));
    }

    [Theory]
    [InlineData("集市开了。镇上说了集市要从干净做起青山社白石5月20日电。")]
    [InlineData("镇上的人昨天在集市上和街上都读到了青山社白石5月20日电，说的是集市。")]
    [InlineData("镇上说了集市要从干净做起也要从热闹做起白石通讯社5月20日电集市开了。")]
    public void A_dateline_that_a_sentence_speaks_of_stays(string sentence) => Assert.Equal([sentence + After], Paragraphs(sentence + After));

    [Theory]
    [InlineData("图为集市一角。")]
    [InlineData("图为集市一角。张三 摄")]
    [InlineData("张三摄影报道")]
    [InlineData("集市上人来人往。（青山日报记者张三摄）")]
    [InlineData("5月18日，集市上人来人往。青山社")]
    [InlineData("青山社记者 张三 摄")]
    [InlineData("▲集市一角")]
    public void A_caption_goes_even_within_a_sentence(string caption)
    {
        Assert.Equal([Before, After], Paragraphs($"{Before}\n{caption}\n{After}"));
        Assert.Equal(["天亮以前，" + Before, After], Paragraphs($"天亮以前，\n\n{caption}\n\n{Before}\n{After}"));
    }

    [Fact]
    public void A_broken_sentence_is_joined_and_a_heading_is_not()
    {
        var clean = Normalizer.Clean($"{Before}\n一、热闹的早市\n早市开得早，谁来得早，谁的菜就新鲜。摊主们说，最忙的时候是六点到七点，过了八点人就少\n了，可以坐下来喝一碗豆浆。\n（一）卖菜的人\n{After}");
        Assert.Equal(
            [
                (Before, false), ("一、热闹的早市", true), ("早市开得早，谁来得早，谁的菜就新鲜。摊主们说，最忙的时候是六点到七点，过了八点人就少了，可以坐下来喝一碗豆浆。", false),
                ("（一）卖菜的人", true), (After, false),
            ],
            clean.Paragraphs.Select(paragraph => (paragraph.Text, paragraph.IsHeading)));
        Assert.Single(clean.Repairs, repair => repair.Kind == RepairKind.JoinedLines);
    }

    [Fact]
    public void A_line_that_only_says_who_speaks_is_joined_to_what_is_said() =>
        Assert.Equal(["张三指出集市要更干净。", "李四表示，集市要更热闹。"], Paragraphs("张三指出\n集市要更干净。\n李四表示，\n集市要更热闹。"));

    [Fact]
    public void An_address_and_a_lead_stay_by_themselves() =>
        Assert.Equal(["各位街坊：", "要做两件事：", "一是扫地；", "二是洒水。"], Paragraphs("各位街坊：\n要做两件事：\n一是扫地；\n二是洒水。"));

    [Fact]
    public void A_tail_that_stands_twice_goes()
    {
        var clean = Normalizer.Clean($"{Before}\n板豆腐摆上案头。\n{After}");
        Assert.Equal([Before, After], clean.Paragraphs.Select(paragraph => paragraph.Text));
        Assert.Equal(new Repair(RepairKind.RepeatedTail, Before.Length + 1, 8, "板豆腐摆上案头。"), Assert.Single(clean.Repairs));
    }

    private const string Telling =
        "集市在河边开了四十年，从十几个摊位长到三百多个摊位，附近六个村子的人都来这里买菜卖菜。去年冬天，镇里给集市盖了顶棚，铺了石板，又修了两间厕所和一间热水房。";

    [Fact]
    public void What_was_told_goes_and_what_is_new_in_the_second_telling_stays()
    {
        var again = Telling.Replace("去年冬天", "今年春天桥也通了车。去年的冬天", StringComparison.Ordinal).Replace("四十年", "四十多年", StringComparison.Ordinal);
        var clean = Normalizer.Clean($"{Telling}\n{After}\n集市的四十年\n{again}\n{After}");
        Assert.Equal([Telling, After, "集市的四十年", "今年春天桥也通了车。"], clean.Paragraphs.Select(paragraph => paragraph.Text));
        Assert.Contains(clean.Repairs, repair => repair.Kind == RepairKind.ToldTwice);
    }

    [Fact]
    public void The_heading_of_a_section_that_went_goes_too() =>
        Assert.Equal([Telling, After], Paragraphs($"{Telling}\n{After}\n又一次说到集市\n{Telling}"));

    [Fact]
    public void The_same_words_with_other_numbers_are_new()
    {
        const string Village = "东村今年种树1200棵，修路3公里，新开水渠两条，全村老少都上了工地，比原定的日子提前一个月完工，县里给村里记了一等功。";
        var other = Village.Replace("东村", "西村", StringComparison.Ordinal).Replace("1200", "860", StringComparison.Ordinal).Replace("3公里", "5公里", StringComparison.Ordinal);
        Assert.Equal([Village, other], Paragraphs($"{Village}\n{other}"));
    }

    [Fact]
    public void A_refrain_stays_and_is_a_doubt()
    {
        var clean = Normalizer.Clean($"{Before}集市热闹，日子就红火。\n{After}集市热闹，日子就红火。");
        Assert.Equal([Before + "集市热闹，日子就红火。", After + "集市热闹，日子就红火。"], clean.Paragraphs.Select(paragraph => paragraph.Text));
        Assert.Equal([new Doubt(DoubtKind.RepeatedSentence, "P02", After.Length, 11)], clean.Doubts);
    }

    [Theory]
    [InlineData("老人说：“豆腐要趁热吃。", DoubtKind.UnbalancedQuotes, 4, 1)]
    [InlineData("老人说豆腐要趁热吃）。", DoubtKind.UnbalancedQuotes, 9, 1)]
    [InlineData("集市散了。人们慢慢地走", DoubtKind.OpenParagraph, 5, 6)]
    [InlineData("豆\ufffd要趁热吃。", DoubtKind.Unreadable, 1, 1)]
    [InlineData("一、热闹的早市以天不亮就来的菜农和磨了一夜豆腐的老人还有卖早点的夫妻为主角，天天如此。", DoubtKind.GluedHeading, 2, 35)]
    public void Places_that_can_not_be_relied_on_are_doubts(string paragraph, DoubtKind kind, int start, int length)
    {
        var clean = Normalizer.Clean($"{Before}\n{paragraph}");
        Assert.Equal(paragraph, clean.Paragraphs[1].Text);
        Assert.Contains(new Doubt(kind, "P02", start, length), clean.Doubts);
    }

    [Fact]
    public void Text_without_breaks_is_cut_at_sentences_when_it_has_no_numbers()
    {
        var raw = string.Concat(Enumerable.Range(0, 100).Select(i => $"集市上第{i}号摊位卖的是{(char)('一' + i * 7)}{(char)('丁' + i * 5)}和{(char)('七' + i * 11)}。"));
        var clean = Normalizer.Clean(raw);
        Assert.Equal(raw, string.Concat(clean.Paragraphs.Select(paragraph => paragraph.Text)));
        Assert.All(clean.Paragraphs, paragraph => Assert.InRange(paragraph.Text.Length, 1, 600));
        Assert.Equal(clean.Paragraphs.Count - 1, clean.Repairs.Count(repair => repair.Kind == RepairKind.CutParagraph));
    }

    [Fact]
    public void A_single_dash_is_no_bullet() => Assert.Equal(["集市到了。——那是四十年前的事。"], Paragraphs("集市到了。——那是四十年前的事。"));

    [Theory]
    [InlineData("A library is more than its books.\nIt is a place to meet, and a quiet ex-\nample of what a town can share.", "A library is more than its books.|It is a place to meet, and a quiet example of what a town can share.")]
    [InlineData("Our well-known choir sang.\nThe ladder is a well-\nknown one, and it is long.", "Our well-known choir sang.|The ladder is a well-known one, and it is long.")]
    public void English_words_divided_at_line_ends_are_joined(string raw, string expected) => Assert.Equal(expected.Split('|'), Paragraphs(raw));

    [Theory]
    [InlineData("Good evening, 大家 and welcome to the library.", "en")]
    [InlineData("大家晚上好，欢迎来到图书馆（library）参加活动。", "zh-CN")]
    [InlineData("", "zh-CN")]
    public void The_language_is_that_of_most_letters(string raw, string language) => Assert.Equal(language, Normalizer.Clean(raw).Language);

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n　\n")]
    [InlineData("来源：青山日报\n2024-05-18\n- 3 -")]
    public void Nothing_readable_gives_no_paragraphs(string raw) => Assert.Empty(Paragraphs(raw));

    [Fact]
    public void Half_of_a_character_is_not_kept()
    {
        var clean = Normalizer.Clean("豆" + '\ud83d' + "腐。" + '\ude00');
        Assert.Equal("豆腐。", Assert.Single(clean.Paragraphs).Text);
        Assert.Equal(2, clean.Repairs.Count(repair => repair.Kind == RepairKind.WhiteSpace));
    }

    private static IEnumerable<string> Paragraphs(string raw) => Normalizer.Clean(raw).Paragraphs.Select(paragraph => paragraph.Text);
}
