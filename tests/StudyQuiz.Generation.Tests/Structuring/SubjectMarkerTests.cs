using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Gates;
using StudyQuiz.Generation.Normalizing;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Tests.Structuring;

/// <summary>Essays number their points by what they say of one subject, paragraph after paragraph.</summary>
public sealed class SubjectMarkerTests
{
    private const string Essay = """
        今天想和大家谈谈摆渡。

        摆渡首先是看水的学问。老船工每天天不亮就去看石阶上的水痕，看了40年，记满了12个本子。

        摆渡也是等人的学问。最后一班船总要多等10分钟，因为对岸的医生常常晚到。

        这样等了几十年，没有一个人埋怨过。

        摆渡还是认错的学问。船靠错了码头，船工要自己把客人的货背回去。
        """;

    [Fact]
    public void Its_points_are_asked_like_numbered_ones()
    {
        var text = Normalizer.Clean(Essay);
        var read = new SourceText(text, StructureReader.Read(text.Paragraphs));
        var series = Assert.Single(read.Structure.Series);
        Assert.Equal(["看水的学问", "等人的学问", "认错的学问"], series.Points.Select(point => read.At(point.Heading)));
        Assert.Equal([1, 2, 3], series.Points.Select(point => point.Number));
        Assert.Equal("这样等了几十年，没有一个人埋怨过。", read.At(series.Points[1].Body[^1]));

        var drafted = Generator.Draft(text, new GenerationSettings("sample", "sources/sample.txt", "00", 1) { Title = "样本" });
        Assert.Empty(BankGates.CheckForImport(Generator.Choose(drafted, proposals: null).Bank));
        Assert.Contains(drafted.Candidates.Select(candidate => candidate.Question), question => question.Body is SingleChoice single && single.Stem.Contains("记满了12个本子”是文中讲哪一点", StringComparison.Ordinal) && single.Options.Single(option => option.Correct).Text == "看水的学问");
    }

    [Theory]
    [InlineData("摆渡还是认错的学问", "撑船还是认错的学问")] // another subject: two are no series
    [InlineData("摆渡首先是看水的学问", "摆渡也是看水的学问")] // nothing begins it
    [InlineData("摆渡也是等人的学问", "摆渡也是因为有人要过河")] // a reason is no point
    public void Of_others_no_series_is_made(string from, string to) => Assert.Empty(StructureReader.Read(Normalizer.Clean(Essay.Replace(from, to, StringComparison.Ordinal)).Paragraphs).Series);
}
