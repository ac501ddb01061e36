namespace StudyQuiz.App.Features.EditQuestion;

/// <summary>A long text is shown, and looked at while somebody types, around what a question quotes of it.</summary>
internal static class TextWindow
{
    /// <summary>The paragraphs nearest to the named ones, in their order, as many as fit; all where the text is no longer.</summary>
    /// <param name="labels">Those it is about; the text's beginning where none is named.</param>
    public static IReadOnlyList<TextParagraph> Around(IReadOnlyList<TextParagraph> paragraphs, IEnumerable<string> labels, int mostCharacters)
    {
        if (paragraphs.Sum(paragraph => paragraph.Text.Length) <= mostCharacters) return paragraphs;
        var named = labels.ToHashSet(StringComparer.Ordinal);
        var places = paragraphs.Index().Where(paragraph => named.Contains(paragraph.Item.Label)).Select(paragraph => paragraph.Index).DefaultIfEmpty(0).ToList();
        var left = mostCharacters;
        return
        [
            .. Enumerable.Range(0, paragraphs.Count).OrderBy(at => places.Min(place => Math.Abs(place - at)))
                // what is quoted is there, however long it is
                .TakeWhile(at => places.Contains(at) | (left -= paragraphs[at].Text.Length) >= 0).Order().Select(at => paragraphs[at]),
        ];
    }
}
