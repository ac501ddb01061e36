using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Tests.Facts;

public sealed class NumberFactTests
{
    [Theory]
    [InlineData("去年全镇的果园一共栽下橘树1,350棵，山坡上又添了一片绿色。", "1,350")]
    [InlineData("果园的收入去年一共达到12,600,000元，山坡上又添了一片绿色。", "12,600,000元")]
    [InlineData("山上的护林员每晚8:45出门巡山，走遍东西两面的林子。", null)]
    [InlineData("山上的护林员每晚8：45出门巡山，走遍东西两面的林子。", null)]
    [InlineData("发现火情请拨打护林站的电话0578-66123498，说清楚在哪一面山坡。", null)]
    [InlineData("发现火情请拨打护林站的电话66123498，说清楚在哪一面山坡。", null)]
    [InlineData("护林的规矩写在村规民约第4.2节里面，大家翻开就能看到。", null)]
    [InlineData("护林的规矩写在村规民约第4、5条里面，大家翻开就能看到。", null)]
    [InlineData("山里的雨季每年持续4—6个月，护林员要背上雨衣出门。", null)]
    [InlineData("村里的老人从2011—2014年栽下了这一片橘树。", null)]
    [InlineData("山里的雨季每年持续6个月，护林员要背上雨衣出门。", "6")]
    [InlineData("护林队在9月份把东西两面的林子都走了一遍。", "9")]
    [InlineData("山里的学堂去年接待学生3000人次，护林员也来听课。", "3000人次")]
    [InlineData("From 1 March the lamp of the landing stage is lit on all evenings of the week.", null)]
    [InlineData("护林员每天在东西两面的林子里走上12公里山路。", "12公里")]
    [InlineData("护林站要由村民推选2至3名代表，轮流看守。", null)]
    [InlineData("护林站的火情电话24小时有人接听，从来不断。", null)]
    [InlineData("山坡上的果园去年扩大到3.5万平方米，一眼望不到边。", "3.5万平方米")]
    [InlineData("The orchard sold 12,700 boxes of pears to the towns along the river.", "12,700")]
    [InlineData("The ranger walks round the lake at 6:45 with two dogs and a lamp.", null)]
    [InlineData("The ranger keeps the old lamp of the 19th boat in her hut by the lake.", null)]
    public void Only_whole_numbers_are_asked_for(string sentence, string? answer)
    {
        var answers = Clozes(sentence);
        if (answer is null) Assert.DoesNotContain(answers, accepted => accepted.Any(char.IsAsciiDigit));
        else Assert.Equal([answer], answers.Where(accepted => accepted.Any(char.IsAsciiDigit)));
    }

    [Theory]
    [InlineData("护林员守着东西两面山上的六十八座瞭望塔。", "六十八座")]
    [InlineData("护林站去年花了八百六十万元修东西两面的山路。", "八百六十万元")]
    [InlineData("东西两面的林子里橘树占了百分之二十三。", "百分之二十三")]
    [InlineData("东西两面的林子里橘树占了将近六成。", "六成")]
    [InlineData("护林员在东西两面的林子里走了三十多年。", null)]
    [InlineData("护林员在林子里见过三四百只野山羊。", null)]
    [InlineData("护林员第三次走进东边那一片林子。", null)]
    [InlineData("护林员十年以后又走进东边那一片林子。", null)]
    [InlineData("护林站的果园里有橘树、梨树、枣树三棵老树。", null)]
    [InlineData("清明前后五天，护林员要守在东西两面的墓地旁边。", null)]
    [InlineData("护林站新买的四十八台风力灭火机，三月十日前要全部送到山上。", "四十八台")]
    [InlineData("护林的规矩说到底是四个坚持，写在墙上。", null)]
    [InlineData("村里的小学请护林员给三年级讲山里的故事。", null)]
    public void Numbers_written_in_Chinese_are_asked_for_where_they_count(string sentence, string? answer) =>
        Assert.Equal(answer is null ? [] : [answer], Clozes(sentence).Where(accepted => accepted.Length > 1 && "一二两三四五六七八九十百万".Contains(accepted[^2])));

    [Fact]
    public void A_number_that_is_told_again_in_nearly_the_same_words_is_asked_for_once()
    {
        const string Told = "护林站在全省建有18座瞭望塔，队员每年必须累计值守60天。校长听完很高兴。";
        Assert.Equal(["60天"], Clozes(Told + "护林站在全省建有18座瞭望塔，同伴们每年必须累计值守60天。"));
        // the same number of something else
        Assert.Equal(2, Clozes("东边的林子里一共栽下300棵橘树。西边的果园去年卖掉了300筐甜枣。").Count);
    }

    [Fact]
    public void The_number_of_a_point_is_never_asked_for()
    {
        var answers = Clozes("The club will do four things by the lake: (1) mend the old landing stage, (2) buy 1,400 metres of rope, (3) paint the boats and (4) clear the reeds along the shore.");
        Assert.Equal(["1,400"], answers.Where(accepted => accepted.Any(char.IsAsciiDigit)));
    }

    [Fact]
    public void A_number_with_a_comma_is_changed_as_a_whole()
    {
        var wrong = Wrong("去年全镇的果园一共栽下橘树1,350棵，山坡上又添了一片绿色。");
        Assert.NotEmpty(wrong);
        Assert.All(wrong, number => Assert.Matches(@"\A1,[0-9]{3}\z", number));
    }

    [Fact]
    public void A_bare_year_stands_among_years_near_it() =>
        Assert.Equal(["1966", "1970", "1971"], Wrong("The keeper came to the lighthouse on the cape in 1968.").Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("1200", "00")]
    [InlineData("1,350", "0")]
    [InlineData("30000个", "000个")]
    [InlineData("48", "")]
    [InlineData("350", "0")]
    [InlineData("2.50倍", "0倍")]
    [InlineData("90%", "0%")]
    public void A_round_number_stands_among_round_numbers(string number, string end)
    {
        var wrong = Wrong($"去年全镇的果园里新添的橘树达到{number}{(char.IsAsciiDigit(number[^1]) ? "棵" : "")}，山坡上又添了一片绿色。");
        Assert.Equal(3, wrong.Count);
        Assert.All(wrong, other => Assert.EndsWith(end, other, StringComparison.Ordinal));
        Assert.All(wrong, other => Assert.True(end.Length > 0 || !other.EndsWith('0'), other));
    }

    [Theory]
    [InlineData("护林站每天在23时点名，守夜的人都要答到。", "24")]
    [InlineData("护林站每天在17时58分点名，守夜的人都要答到。", "59")]
    [InlineData("护林站从2月27日起点名，守夜的人都要答到。", "2月28日")]
    public void A_wrong_time_is_one_that_could_be(string sentence, string latest)
    {
        var wrong = Wrong(sentence);
        Assert.NotEmpty(wrong);
        var last = int.Parse(Last(latest), System.Globalization.CultureInfo.InvariantCulture);
        Assert.All(wrong, number => Assert.InRange(int.Parse(Last(number), System.Globalization.CultureInfo.InvariantCulture), 1, last));

        static string Last(string number) => number.TrimEnd('日').Split('月')[^1];
    }

    [Fact]
    public void A_number_that_stands_elsewhere_of_something_else_may_be_wrong_here_and_one_of_the_same_thing_may_not()
    {
        const string others = "村里4月15日修路，8月7日架桥。";
        Assert.Subset(Wrong(others + "护林员每天在东西两面的林子里走上6小时山路。").ToHashSet(StringComparer.Ordinal), new HashSet<string>(["4", "8"], StringComparer.Ordinal));
        Assert.DoesNotContain("8", Wrong(others + "护林员每天在东西两面的林子里走上6小时山路，雨天也要走8小时。"), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("2000年", "1995年", "2005年", "2010年", "1990年")]
    [InlineData("10月18日", "10月16日", "10月17日", "10月19日", "10月20日")]
    [InlineData("10月20日", "10月10日", "10月15日", "10月25日", "10月30日")]
    public void A_year_and_a_day_stand_among_those_next_to_them(string date, params string[] near) =>
        Assert.Subset(near.ToHashSet(StringComparer.Ordinal), Wrong($"全镇的果园从{date}起新栽了橘树和梨树，山坡上又添了一片绿色。").ToHashSet(StringComparer.Ordinal));

    private static List<string> Clozes(string sentence) =>
        [.. Questions(sentence).OfType<Cloze>().SelectMany(cloze => cloze.Accepted)];

    private static List<string> Wrong(string sentence) =>
        [.. Questions(sentence).OfType<SingleChoice>().Where(single => single.Stem.Contains(Cloze.Blank, StringComparison.Ordinal))
            .SelectMany(single => single.Options).Where(option => !option.Correct).Select(option => option.Text)];

    // all that is written, before the choice of a balanced bank
    private static IEnumerable<Question> Questions(string sentence) =>
        Generator.Draft(Normalizer.Clean(sentence), new GenerationSettings("sample", "sources/sample.txt", "00", 1)).Candidates.Select(candidate => candidate.Question.Body);
}
