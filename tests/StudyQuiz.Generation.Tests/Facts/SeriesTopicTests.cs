using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Facts;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Tests.Facts;

/// <summary>By which words a question names a series.</summary>
public sealed class SeriesTopicTests
{
    private const string Points = "第一，守好灯。灯要每晚擦两遍，油要添满。第二，修好船。船底的缝要用桐油补上。第三，记好账。每一班坐了多少人，都写在木牌上。";

    [Theory]
    [InlineData("下面，我讲三点意见。")]
    [InlineData("今天，我想和大家商量三件事。")]
    [InlineData("我讲三个方面的问题。")]
    [InlineData("现将主要情况总结如下。")]
    [InlineData("具体做法如下。")]
    [InlineData("主要有以下几点。")]
    public void One_that_parts_the_whole_text_is_named_so_where_its_lead_only_counts(string lead) =>
        Assert.Contains("全文讲到了哪些要点？", Stems($"乡亲们：\n{lead}\n{Points}"), StringComparer.Ordinal);

    [Fact]
    public void A_lead_that_says_of_what_names_it() =>
        Assert.Contains("文中围绕“守渡口要做好三件事”讲到了哪些要点？", Stems($"守渡口要做好三件事。{Points}"), StringComparer.Ordinal);

    [Theory]
    [InlineData("为此，我讲四个问题。")]
    [InlineData("怎么办？")]
    public void A_lead_that_names_nothing_names_no_part_of_a_text(string lead)
    {
        var around = string.Concat(Enumerable.Range(1, 12).Select(n => $"渡口的第{n}任船工把两岸的水情记在了自己的本子上，留给后来的人慢慢地看。"));
        Assert.DoesNotContain(Stems($"{around}\n{lead}{Points}\n{around.Replace("船工", "守灯人", StringComparison.Ordinal)}"), stem => stem.Contains("问题”", StringComparison.Ordinal) || stem.Contains("怎么办”", StringComparison.Ordinal));
    }

    [Fact]
    public void In_an_answer_the_question_names_it() =>
        Assert.Contains("文中围绕“守渡口最难的是什么”讲到了哪些要点？", Stems($"记者：您在渡口多少年了？\n老秦：二十六年，从十八岁守到今天。\n记者：那么，守渡口最难的是什么？\n老秦：主要是三件事。{Points}"), StringComparer.Ordinal);

    [Fact]
    public void A_notice_names_it_by_its_matter() =>
        Assert.Contains("文中围绕“做好2031年渡口加装夜灯工作”讲到了哪些要点？", Stems("经镇里同意，现就做好2031年渡口加装夜灯工作通知如下。\n一、添灯。每座码头装三盏大灯。\n二、换线。旧线全部埋到地下。\n三、守夜。每晚两个人轮流看灯。"), StringComparer.Ordinal);

    [Fact]
    public void A_heading_names_it_as_a_whole() =>
        Assert.Contains("文中围绕“看清水情，守住渡口的安稳”讲到了哪些要点？", Stems("一、看清水情，守住渡口的安稳\n（一）涨水要早看。每天早晚各看一次水尺。\n（二）退水要慢看。退水的泥滩最容易陷船。\n二、管好船只，不误两岸的人\n（一）旧船先修。旧船的缝要用桐油补上。\n（二）新船先试。新船要空走三趟才能坐人。"), StringComparer.Ordinal);

    [Fact]
    public void Who_speaks_is_no_part_of_it() =>
        Assert.DoesNotContain(Stems($"老秦在渡口讲了话。他指出，渡口守了二十年，船工们都肯出力，做成了几件实事。{Points}老秦还说了些别的。他说，两岸的人都记着渡口。王婶说，渡口是大家的。"), stem => stem.Contains("“他", StringComparison.Ordinal));

    [Fact]
    public void A_lastly_beyond_the_announced_number_closes_the_talk()
    {
        var clean = Normalizer.Clean("渡口要办三件大事。\n首先，修好北岸的码头。码头要用石头砌。\n其次，换掉两条旧船。旧船留给孩子们学划。\n再次，添一盏大灯。灯要亮过整个河面。\n船工们都出了力。\n最后，我宣布两个决定：第一，每人发一件雨衣；第二，逢五的日子渡船不收钱。");
        var series = StudyQuiz.Generation.Structuring.StructureReader.Read(clean.Paragraphs).Series;
        Assert.Equal([3, 2], series.Select(one => one.Points.Count));
        Assert.True(series[0].Closed);
    }

    [Fact]
    public void Points_after_who_says_them_are_numbered_too()
    {
        var clean = Normalizer.Clean("校长向新生提出三点希望。他指出，第一要扎根书本。书要读得慢。第二要扎根土地。地要走得远。第三要扎根内心。心要静得下来。");
        var series = Assert.Single(StudyQuiz.Generation.Structuring.StructureReader.Read(clean.Paragraphs).Series);
        Assert.Equal((3, "校长向新生提出三点希望。"), (series.Points.Count, clean.Paragraphs[0].Text[series.Lead!.Start..series.Lead.End]));
    }

    private static List<string> Stems(string text) => [.. Draft(text).Candidates.Where(candidate => candidate.Fact is SeriesFact && candidate.Question.Body is Flashcard).Select(candidate => candidate.Question.Body.Stem)];

    private static Drafted Draft(string text) => Generator.Draft(Normalizer.Clean(text), new GenerationSettings("sample", "sources/sample.txt", "00", 1));
}
