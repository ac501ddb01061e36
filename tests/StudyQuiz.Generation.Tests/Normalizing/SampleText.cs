using StudyQuiz.Generation.Normalizing;
using StudyQuiz.Generation.Reading;

namespace StudyQuiz.Generation.Tests.Normalizing;

/// <summary>A text of the folder Texts and what must come of it.</summary>
internal static class SampleText
{
    public static readonly string[] Names = ["reading-plan", "water-saving", "museum-talk", "repair-cafe", "lift-page", "phone-rules", "county-figures"];

    public static string Raw(string name)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Texts", name + ".raw.txt");
        return Assert.IsType<SourceReading.Text>(SourceReader.Read(File.ReadAllBytes(file), file)).Raw;
    }

    public static string Expected(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Texts", name + ".clean.txt")).ReplaceLineEndings("\n");

    /// <summary>A clean text in the form of the expected ones.</summary>
    public static string Written(CleanText clean)
    {
        var (title, publisher, published) = clean.Details;
        string?[] details = [title is null ? null : $"title: {title}", publisher is null ? null : $"publisher: {publisher}", published is null ? null : $"published: {published:yyyy-MM-dd}"];
        var head = string.Concat(details.OfType<string>().Select(line => line + "\n"));
        return head + (head.Length > 0 ? "\n" : "") + string.Concat(clean.Paragraphs.Select(paragraph => (paragraph.IsHeading ? "# " : "") + paragraph.Text + "\n"));
    }
}
