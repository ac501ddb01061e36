using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Structuring;

/// <summary>
/// Finds the sentences and the series of a clean text by its punctuation and its numbering alone, so that it reads a text about
/// anything alike.
/// </summary>
public static class StructureReader
{
    /// <summary>The structure; the same text always gives the same.</summary>
    public static TextStructure Read(IReadOnlyList<CleanParagraph> paragraphs)
    {
        var sentences = Sentences.Of(paragraphs).ToList();
        var markers = paragraphs.SelectMany(MarkerScanner.Find).ToList();
        foreach (var others in new[] { SubjectMarkers.Of(paragraphs, markers), SectionMarkers.Of(paragraphs, markers) })
            if (others.Count > 0) markers = [.. others.Concat(markers).OrderBy(marker => marker.Place.Paragraph).ThenBy(marker => marker.Place.Start).ThenBy(marker => marker.Style)];
        var drafts = SeriesNesting.Of(markers, paragraphs);
        return new TextStructure(sentences, new SeriesExtents(paragraphs, sentences).Of(drafts));
    }
}
