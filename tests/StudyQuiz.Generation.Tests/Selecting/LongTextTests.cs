using System.Globalization;
using System.Text;
using StudyQuiz.Generation.Normalizing;
using StudyQuiz.Generation.Selecting;

namespace StudyQuiz.Generation.Tests.Selecting;

/// <summary>A text that yields far more than anybody can go through.</summary>
public sealed class LongTextTests
{
    private static readonly Lazy<Drafted> _drafted = new(() => Draft(Speech(sections: 120)));

    private static readonly Lazy<GeneratedBank> _long = new(() => Generator.Choose(_drafted.Value, proposals: null));

    [Fact]
    public void A_long_text_gets_no_more_by_default_than_its_key_points_need_or_a_thousand()
    {
        var (bank, report) = _long.Value;
        Assert.InRange(bank.Questions.Count, 800, 1_000);
        Assert.NotNull(report.Limit);
        Assert.True(report.Limit.IsCut);
        Assert.Equal(1_000, report.Limit.Most);
        Assert.Equal(report.Characters / 15, report.Limit.ByLength);
    }

    [Fact]
    public void Gates_look_at_a_bounded_multiple_of_what_can_be_chosen()
    {
        var report = _long.Value.Report;
        var written = report.Types.Sum(type => type.Written);
        Assert.True(report.Limit!.Unchecked > 0);
        Assert.InRange(written - report.Limit.Unchecked, report.Types.Sum(type => type.Passed), 3 * report.Limit.Most);
        Assert.All(report.Types, type => Assert.True(type.Chosen > 0, type.Type));
    }

    [Fact]
    public void It_covers_its_key_points_and_passes_all_gates() => Assert.Empty(_long.Value.Report.Open);

    [Fact]
    public void The_same_drafts_are_looked_at_each_time()
    {
        // that the same drafts give the same bytes, shorter texts show
        static IEnumerable<string> Kept(Drafted drafted) => Thinning.Of(drafted.Candidates, drafted.KeyPoints, most: 1_000).Select(candidate => candidate.Question.Id);
        Assert.Equal(Kept(_drafted.Value), Kept(Draft(Speech(sections: 120))));
    }

    [Fact]
    public void Who_asks_for_more_gets_more()
    {
        var (bank, report) = Generator.Choose(_drafted.Value with { Settings = Settings with { MostQuestions = 1_200 } }, proposals: null);
        Assert.InRange(bank.Questions.Count, 1_001, 1_200);
        Assert.False(report.Limit!.IsCut);
    }

    [Fact]
    public void A_short_text_is_looked_at_whole()
    {
        var report = Generate(Speech(sections: 2)).Report;
        Assert.Equal((false, 0), (report.Limit!.IsCut, report.Limit.Unchecked));
    }

    [Fact]
    public void So_few_questions_as_are_asked_for_still_cover_what_weighs_most()
    {
        var drafted = Draft(Speech(sections: 30));
        var heavy = drafted.KeyPoints.SelectMany(point => point.WithDescendants()).Count(point => point.Weight == 3);
        var report = Generate(Speech(sections: 30), heavy).Report;
        Assert.All(report.Coverage.Where(point => point.Weight == 3), point => Assert.True(point.Questions > 0, point.Heading));
    }

    private static readonly GenerationSettings Settings = new("long", "sources/long.txt", "00", 1) { Title = "样本", Publisher = "本社" };

    private static Drafted Draft(string raw) => Generator.Draft(Normalizer.Clean(raw), Settings);

    private static GeneratedBank Generate(string raw, int? most = null) => Generator.Generate(Normalizer.Clean(raw), Settings with { MostQuestions = most });

    // Built like a speech, of words that mean nothing and hardly ever come twice
    private static string Speech(int sections)
    {
        var (text, drawn) = (new StringBuilder(), 0u);
        string Word(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => (char)(0x5000 + (int)(unchecked(++drawn * 2654435761u) >> 18))));
        for (var section = 0; section < sections; section++)
        {
            text.Append(Word(6)).Append("，要").Append(Word(8)).Append('。');
            foreach (var number in "一二三四")
                text.Append(CultureInfo.InvariantCulture, $"第{number}，{Word(9)}。{Word(9)}，{Word(4)}、{Word(4)}、{Word(4)}等{Word(4)}。{Word(11)}，{Word(10)}{drawn % 800 + 12}个{Word(3)}。");
            text.Append('\n');
        }

        return text.ToString();
    }
}
