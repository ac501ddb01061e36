using StudyQuiz.Generation.Items;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Tests.Items;

public sealed class NumbersTests
{
    [Theory]
    [InlineData("45", "不超过", "个工作日", "55 35 65 30")]
    [InlineData("10", "每班", "名学生", "5 15 20")]
    [InlineData("44", "共", "人", "54 64 36 75")]
    [InlineData("4月1日", "从", "起", "5月1日 3月1日 6月1日 2月1日")]
    [InlineData("6月30日", "到", "止", "7月31日 5月31日 8月31日")]
    [InlineData("2031年1月1日", "从", "起", "2031年2月1日 2031年3月1日")]
    [InlineData("5月15日", "在", "前", "5月20日 5月10日 5月25日 5月5日")]
    [InlineData("5月17日", "在", "前", "5月18日 5月16日")]
    [InlineData("六十八座", "", "", "五十六座 八十三座 四十四座")]
    [InlineData("八百六十万元", "", "", "一千零五十万元 七百一十万元")]
    [InlineData("百分之二十三", "", "", "百分之十九 百分之二十八")]
    [InlineData("二十九点六公里", "", "", "三十六点一公里 二十四点三公里")]
    [InlineData("一百二十年", "", "", "九十年 一百五十年")]
    [InlineData("两次", "", "", "三次 一次")]
    [InlineData("47.6%", "占", "", "38.9% 58.1%")]
    [InlineData("8.5元", "节约", "", "10.4元 12.3元")]
    [InlineData("六成", "占", "", "八成 九成 四成")]
    [InlineData("三分之二", "经过", "以上", "四分之三 二分之一 五分之四")]
    [InlineData("6", "每天", "小时", "8 4")]
    [InlineData("1.5倍", "放宽到", "", "2倍 2.5倍 3倍")]
    [InlineData("three", "", " volumes", "four two five")]
    [InlineData("thirty", "", " boats", "forty twenty fifty")]
    [InlineData("10", "", "月份", "8 12 7")]
    [InlineData("1990", "Between 1950 and ", ", the town lost", "1995 1985 2000 1980")]
    [InlineData("1931", "has been read since ", ", shows", "1934 1929")]
    [InlineData("9.40", "leaves at ", " p.m.", "9.50 9.30 9.20 9.10")]
    public void Beside_a_number_stand_others_that_are_as_round(string number, string before, string after, string first) =>
        Assert.Equal(first, string.Join(' ', Numbers.Changed(number, before, after).Take(first.Split(' ').Length)));

    [Fact]
    public void A_number_stands_beside_others_that_more_than_its_last_figure_tells_apart()
    {
        var ranks = new HashSet<int>();
        for (var number = 4; number < 5_000; number = (number * 5 / 4) + 1)
        {
            var others = Numbers.Changed($"{number}件", $"第{number}组收到", "").Take(3).Select(other => int.Parse(other.TrimEnd('件'), System.Globalization.CultureInfo.InvariantCulture)).ToList();
            Assert.Equal(3, others.Distinct().Count());
            Assert.All(others, other => Assert.True(Math.Abs(other - number) * 10 >= number && other > 0, $"{number}: {other}"));
            ranks.Add(others.Count(other => other < number));
        }

        // the right one is not always the second of four
        Assert.True(ranks.Count > 1);
    }

    [Theory]
    [InlineData("From May, the last boat leaves the old landing stage at 9.40 p.m.", "p.m.")]
    [InlineData("From May, the last boat leaves the old landing stage at 9.40 in the evening.", "evening.")]
    public void A_sentence_to_complete_ends_in_one_full_stop(string sentence, string end)
    {
        var asked = Generator.Draft(Normalizer.Clean(sentence), new GenerationSettings("sample", "sources/sample.txt", "00", 1)).Candidates
            .Select(candidate => candidate.Question.Body.Stem).Single(stem => stem.StartsWith("Complete the text", StringComparison.Ordinal));
        Assert.True(asked.EndsWith(end, StringComparison.Ordinal) && !asked.EndsWith("..", StringComparison.Ordinal), asked);
    }
}
