using System.Globalization;
using Microsoft.Extensions.Localization;
using StudyQuiz.App.Components;
using StudyQuiz.App.Features.StudyCards;

namespace StudyQuiz.App.Features.ExchangeCards;

/// <summary>A card's two sides as plain text, with the page's words where a side needs some.</summary>
internal sealed class NoteText(IStringLocalizer<ExchangeText> text, IStringLocalizer<QuestionText> words)
{
    public DeckNote NoteOf(CardFace face, long question, CardGuid guid, string keyPoint, IEnumerable<string> tags) => new(
        question, guid, Front(face.Stem, face.Choices), string.Join('\n', Back(face)), [Tag(keyPoint), Tag(words["Type." + face.Type].Value), .. tags.Select(Tag)]);

    /// <summary>The stem, then what it lists, lettered.</summary>
    public static string Front(string stem, IReadOnlyList<string>? choices) => string.Join('\n', (choices ?? []).Select((choice, i) => $"{Letter(i)}. {choice}").Prepend(stem));

    private IEnumerable<string> Back(CardFace face)
    {
        var answer = face.Answer;
        if (answer.Judgement is { } judgement) yield return words[judgement ? "True" : "False"];
        foreach (var right in answer.Right ?? []) yield return $"{Letter(right)}. {face.Choices![right]}";
        for (var i = 0; i < (answer.Lines?.Count ?? 0); i++) yield return answer.IsNumbered ? string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {answer.Lines![i]}") : answer.Lines![i];
        if (answer.Also is { Count: > 0 } also) yield return text["Also", string.Join(text["ListSeparator"], also)];
        if (!string.IsNullOrWhiteSpace(face.Explanation)) yield return text["Explanation", face.Explanation];
        foreach (var evidence in face.Evidence) yield return text["Evidence", evidence.Paragraph, string.Concat(evidence.Pieces.Select(piece => piece.Text))];
    }

    private static string Letter(int place) => ((char)('A' + place)).ToString();

    // Anki ends a tag at a space, and two colons would put it below another
    private static string Tag(string text) => string.Join('_', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace("::", ":", StringComparison.Ordinal);
}
