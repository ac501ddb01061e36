using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Tests.Items;

/// <summary>What an explanation tells in order stands in that order in the text, over paragraphs too.</summary>
public sealed class TextOrderTests
{
    private const string Raw = """
        果园今年有两件大事。

        一、修好上山的路
        山路很长，走一趟要半天。修路先修桥，石头桥要在五月以前完工。
        挑石头上山，年轻人每天都要去一趟。

        二、引来山顶的水
        引水先修渠，水渠要从山顶修到山脚。
        水管由供销社买来，每家只出运费和人工。
        """;

    [Fact]
    public void Parts_told_in_order_stand_so_in_the_text()
    {
        var clean = Normalizer.Clean(Raw);
        var text = string.Join('\n', clean.Paragraphs.Select(paragraph => paragraph.Text));
        var told = Generator.Draft(clean, new GenerationSettings("sample", "sources/sample.txt", "00", 1)).Candidates.Select(candidate => candidate.Question.Body)
            .OfType<MultipleChoice>().Select(body => body.Explanation.Split("依次写道：")).Where(parts => parts.Length == 2).Select(parts => parts[1].TrimEnd('。').Split('；')).ToList();
        Assert.NotEmpty(told);
        Assert.All(told, parts => Assert.Equal(parts.OrderBy(part => text.IndexOf(part, StringComparison.Ordinal)), parts));
    }
}
