using System.Text.RegularExpressions;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Tests.Facts;

/// <summary>A question quotes one point of a series without the numbers of its neighbours.</summary>
public sealed partial class InnerMarkerTests
{
    [Theory]
    [InlineData("We will do four things this year: (1) open the reading room on Sundays, (2) buy 2,500 new books, (3) train twenty volunteers, and (4) repair the roof before October.", "buy ＿＿＿ new books")]
    [InlineData("装水表要注意三点：一是先给120户大户装上水表，二是老人户由村里免费安装180块水表，三是每月查表一次，查完当天贴到墙上。", "老人户由村里免费安装＿＿＿块水表")]
    [InlineData("""
        （一）把路修好
        今年修路要抓好两件事。一是把村口到小学的土路铺成水泥路，在340天里完工。二是在老桥旁边加装护栏和路灯，让晚上回家的人走得安心。
        （二）把水管好
        去年的旱灾给了大家教训。第一，清理上下两座水塘的淤泥，恢复蓄水能力。第二，给每块稻田装上水表，用水交钱。
        """, "")]
    public void A_question_holds_no_number_of_an_inner_series(string raw, string cloze)
    {
        var candidates = Generator.Draft(Normalizer.Clean(raw), new GenerationSettings("sample", "sources/sample.txt", "00", 1)).Candidates;
        Assert.NotEmpty(candidates);
        Assert.All(candidates, candidate => Assert.DoesNotMatch(MarkerPattern(), candidate.Question.Body.Stem));
        Assert.All(candidates.SelectMany(candidate => candidate.Options), option => Assert.DoesNotMatch(MarkerPattern(), option.Text));
        Assert.All(candidates.Select(candidate => candidate.Question.Body).OfType<Domain.Questions.Flashcard>(), card => Assert.DoesNotMatch(MarkerPattern(), card.Back));
        if (cloze.Length > 0) Assert.Contains(candidates, candidate => candidate.Question.Body is Domain.Questions.Cloze blank && blank.Stem.EndsWith(cloze, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\([1-4]\)|[一二三]是|第[一二]，|\band\z", RegexOptions.None, 1000)]
    private static partial Regex MarkerPattern();
}
