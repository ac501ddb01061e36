using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Tests.Normalizing;

/// <summary>The report that the project began with: the same speech told twice, with a caption in a sentence and a page wrap in a word.</summary>
public sealed class FirstSourceTests(ITestOutputHelper output)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "questions");
    private static readonly string Raw = File.ReadAllText(Path.Combine(Folder, "sources", "yangtze-delta-symposium-2020.txt"));

    private readonly CleanText _clean = Normalizer.Clean(Raw);

    [Fact]
    public void Its_paragraphs_are_those_of_the_bank()
    {
        var bank = BankFile.Read(File.ReadAllText(Path.Combine(Folder, "yangtze-delta-symposium-2020.yaml"))).Bank!;
        Assert.Equal(bank.Paragraphs.Select(paragraph => (paragraph.Id, paragraph.Text)), _clean.Paragraphs.Select(paragraph => (paragraph.Id, paragraph.Text)));
        Assert.DoesNotContain(_clean.Paragraphs, paragraph => paragraph.IsHeading);
    }

    [Fact]
    public void Title_source_and_date_are_lifted() => Assert.Equal(
        new LiftedDetails("习近平主持召开扎实推进长三角一体化发展座谈会 并在座谈会上给出长三角一体化发展“指南”", "央视网", new DateOnly(2020, 8, 22)),
        _clean.Details);

    [Fact]
    public void Every_repair_is_listed()
    {
        foreach (var repair in _clean.Repairs) output.WriteLine($"{repair.Kind} {repair.Start}+{repair.Length} {repair.Removed}");
        var counts = _clean.Repairs.CountBy(repair => repair.Kind).OrderBy(count => count.Key).Select(count => $"{count.Key} {count.Value}");
        Assert.Equal(
            ["WhiteSpace 1", "Lifted 3", "LeadIn 1", "Caption 1", "JoinedLines 5", "RepeatedTail 1", "ToldTwice 13"], counts);
        Assert.Equal("央视网消息（新闻联播）：", Assert.Single(_clean.Repairs, repair => repair.Kind == RepairKind.LeadIn).Removed);
        Assert.Equal("场的重要桥梁。", Assert.Single(_clean.Repairs, repair => repair.Kind == RepairKind.RepeatedTail).Removed);
        Assert.EndsWith("新华社", Assert.Single(_clean.Repairs, repair => repair.Kind == RepairKind.Caption).Removed, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_doubtful() => Assert.Empty(_clean.Doubts);
}
