using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.Generation.Gates;

/// <summary>The database can store every text.</summary>
public static class TextGates
{
    /// <summary>No text holds U+0000 or half a surrogate pair.</summary>
    public static IEnumerable<Fault> Storable(BankFile bank) =>
        Texts(bank).Where(text => !StorableText.Is(text.Text)).Select(text => text.Item).Distinct(StringComparer.Ordinal)
            .Select(item => new Fault(item, "unstorable", $"It holds a character that can't be stored (U+0000 or half of a surrogate pair): delete it."));

    private static IEnumerable<(string Item, string Text)> Texts(BankFile bank)
    {
        var source = bank.Source;
        foreach (var text in new[] { source.Slug, source.Title, source.Publisher, source.Language, source.File }) yield return (source.Slug, text);
        foreach (var paragraph in bank.Paragraphs) yield return (paragraph.Id, paragraph.Text);
        foreach (var point in bank.AllKeyPoints())
            foreach (var text in Quotes(point.Evidence).Append(point.Heading)) yield return (point.Id, text);
        foreach (var question in bank.Questions)
            foreach (var text in Of(question.Body).Concat(Quotes(question.Body.Evidence))) yield return (question.Id, text);
    }

    private static IEnumerable<string> Of(Question body) => new[] { body.Stem, body.Explanation }.Concat(body switch
    {
        SingleChoice single => Of(single.Options),
        MultipleChoice multiple => Of(multiple.Options),
        Cloze cloze => cloze.Accepted,
        Ordering ordering => ordering.Items,
        Matching matching => matching.Pairs.SelectMany(pair => new[] { pair.Left, pair.Right }),
        Flashcard card => [card.Back],
        _ => [],
    });

    private static IEnumerable<string> Of(IEnumerable<Option> options) => options.SelectMany(option => new[] { option.Text, option.Why ?? "" });

    private static IEnumerable<string> Quotes(IEnumerable<Evidence> evidence) => evidence.SelectMany(quote => new[] { quote.Paragraph, quote.Quote });
}
