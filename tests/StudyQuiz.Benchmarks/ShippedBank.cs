using StudyQuiz.Generation.Banks;

namespace StudyQuiz.Benchmarks;

/// <summary>The bank that StudyQuiz ships with, as the build put it beside this program.</summary>
internal static class ShippedBank
{
    public static string Yaml { get; } = File.ReadAllText(Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "questions"), "*.yaml").Order(StringComparer.Ordinal).First());

    /// <summary>The raw text that it was made from.</summary>
    public static string Source { get; } = File.ReadAllText(Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "questions", "sources")).Order(StringComparer.Ordinal).First());

    public static BankFile Bank { get; } = BankFile.Read(Yaml).Bank ?? throw new InvalidOperationException("The shipped bank can't be read.");
}
