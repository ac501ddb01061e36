using StudyQuiz.Generation.Normalizing;
using StudyQuiz.Generation.Structuring;
using StudyQuiz.Generation.Tests.Normalizing;

namespace StudyQuiz.Generation.Tests.Structuring;

public sealed class StructureTests
{
    public static TheoryData<string> Names => [.. SampleText.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_text_has_the_structure_that_was_written_by_hand(string name)
    {
        var expected = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Texts", name + ".tree.txt")).ReplaceLineEndings("\n").Trim();
        Assert.Equal(expected, Tree(Normalizer.Clean(SampleText.Raw(name)).Paragraphs));
    }

    /// <summary>The tree as the files of the folder Texts write it.</summary>
    public static string Tree(IReadOnlyList<CleanParagraph> paragraphs)
    {
        var lines = new List<string>();
        foreach (var series in StructureReader.Read(paragraphs).Series) Write(series, "");
        return string.Join('\n', lines);

        void Write(Series series, string indent)
        {
            lines.Add($"{indent}- series {series.Style} {(series.Closed ? "closed" : "open")} lead=\"{(series.Lead is null ? "" : At(series.Lead))}\"");
            foreach (var point in series.Points)
            {
                lines.Add($"{indent}  {point.Number} {At(point.Heading)}");
                foreach (var inner in point.Inner) Write(inner, indent + "    ");
            }
        }

        string At(Place place) => paragraphs[place.Paragraph].Text[place.Start..place.End];
    }
}
