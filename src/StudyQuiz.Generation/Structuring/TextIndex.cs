using StudyQuiz.Generation.Gates;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Structuring;

/// <summary>Counts where words stand in a text, by the places of each run of three characters: a long text must not be read through for every question.</summary>
internal sealed class TextIndex
{
    private const int Run = 3;

    private readonly IReadOnlyList<CleanParagraph> _paragraphs;
    private readonly Dictionary<(char, char, char), List<(int Paragraph, int At)>> _places = [];

    public TextIndex(IReadOnlyList<CleanParagraph> paragraphs)
    {
        _paragraphs = paragraphs;
        for (var paragraph = 0; paragraph < paragraphs.Count; paragraph++)
        {
            var text = paragraphs[paragraph].Text;
            for (var at = 0; at + Run <= text.Length; at++)
            {
                var run = (text[at], text[at + 1], text[at + 2]);
                if (!_places.TryGetValue(run, out var places)) _places[run] = places = [];
                places.Add((paragraph, at));
            }
        }
    }

    /// <summary>How often the words occur, counted up to <paramref name="most"/>.</summary>
    public int Count(string words, int most)
    {
        if (words.Length < Run) return _paragraphs.SelectMany(paragraph => TextPlaces.Of(words, paragraph.Text)).Take(most).Count();
        return !_places.TryGetValue((words[0], words[1], words[2]), out var places) ? 0
            : places.Where(place => string.CompareOrdinal(_paragraphs[place.Paragraph].Text, place.At, words, 0, words.Length) == 0).Take(most).Count();
    }
}
