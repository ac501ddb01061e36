using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Tests.Normalizing;

/// <summary>A short line of the page in the middle of a sentence never becomes a part of it.</summary>
public sealed class InterruptionTests
{
    private const string First = "赶集的人天不亮就动身，挑着担子走过七座石桥，到了街口才歇脚。卖豆腐的老人把第一板豆腐";
    private const string Second = "摆上案头，热气一下子冒上来。街上的人都围过来看。";

    [Theory]
    [InlineData("广告")]
    [InlineData("【广告】豆浆机全场五折，满199元送茶杯！")]
    [InlineData("展开全文")]
    [InlineData("点击查看大图")]
    [InlineData("扫码关注公众号")]
    [InlineData("我要评论")]
    [InlineData("收藏 点赞 举报")]
    [InlineData("【相关阅读】今年的黄豆收成好")]
    [InlineData("推荐阅读：十种好吃的豆腐")]
    [InlineData("阅读原文")]
    public void Known_furniture_goes(string line)
    {
        var clean = Normalizer.Clean($"{First}\n{line}\n{Second}");
        Assert.Equal([First + Second], clean.Paragraphs.Select(paragraph => paragraph.Text));
        Assert.Equal(line, Assert.Single(clean.Repairs, repair => repair.Kind == RepairKind.PageFurniture).Removed);
    }

    [Fact]
    public void A_title_of_another_article_takes_nothing_along_that_follows_it()
    {
        const string rest = "摆上案头\n来的人越来越多。";
        Assert.Equal([First + "摆上案头来的人越来越多。"], Normalizer.Clean($"{First}\n相关阅读：今年的黄豆收成好\n{rest}").Paragraphs.Select(paragraph => paragraph.Text));
    }

    [Theory]
    [InlineData("小编带你看早市")]
    [InlineData("本地精选")]
    public void What_breaks_a_sentence_that_can_not_end_there_goes_and_is_logged(string line)
    {
        var first = First + "，";
        var clean = Normalizer.Clean($"{first}\n{line}\n{Second}");
        Assert.Equal([first + Second], clean.Paragraphs.Select(paragraph => paragraph.Text));
        var repair = Assert.Single(clean.Repairs, repair => repair.Kind == RepairKind.Interruption);
        Assert.Equal((line, first.Length + 1, line.Length), (repair.Removed, repair.Start, repair.Length));
        Assert.Empty(clean.Doubts);
    }

    [Fact]
    public void English_words_in_the_middle_of_a_sentence_go()
    {
        const string first = "The ferry carried 340 people across the bay that night. Nobody believed that the old";
        const string second = "captain had slept, and the crew said nothing about it for many years.";
        var clean = Normalizer.Clean($"The ferry\n\n{first}\nMore from our partners\n{second}");
        Assert.Equal([first + " " + second], clean.Paragraphs.Select(paragraph => paragraph.Text));
        Assert.Contains(clean.Repairs, repair => repair is { Kind: RepairKind.Interruption, Removed: "More from our partners" });
    }

    [Fact]
    public void Where_the_line_may_belong_to_the_sentence_nothing_is_asked_of_that()
    {
        var clean = Normalizer.Clean($"{First}\n小编带你看早市\n{Second}");
        var doubt = Assert.Single(clean.Doubts);
        Assert.Equal(DoubtKind.Interrupted, doubt.Kind);
        Assert.Contains("小编带你看早市", clean.Paragraphs[0].Text[doubt.Start..(doubt.Start + doubt.Length)], StringComparison.Ordinal);
        Assert.Equal(First.IndexOf("卖豆腐", StringComparison.Ordinal), doubt.Start);
    }

    [Theory]
    [InlineData("我们相信，\n路会通的\n灯会亮的。", "我们相信，路会通的灯会亮的。")]
    [InlineData("一、把市场管起来，把街道扫干净，把摊位排整齐，把秤都校准了，让大家放心\n街坊的话\n街坊们说，市场干净了。", null)]
    [InlineData("一、抓早市，促团结\n街坊的话\n街坊们说，市场干净了，来的人也多了。", null)]
    public void Short_lines_elsewhere_stay(string raw, string? whole)
    {
        var clean = Normalizer.Clean("早市的一天。街上的人都围过来看。\n" + raw);
        Assert.DoesNotContain(clean.Repairs, repair => repair.Kind == RepairKind.Interruption);
        if (whole is not null) Assert.Contains(whole, clean.Paragraphs.Select(paragraph => paragraph.Text));
    }
}
