using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.Generation.Gates;

/// <summary>Every claim carries the words of the source that prove it.</summary>
public static class EvidenceGates
{
    private const int ShortestWord = 3;

    // Words of one root mostly agree in so many letters
    private const int Root = 5;

    /// <summary>Every question has evidence, and each quote stands where it says.</summary>
    public static IEnumerable<Fault> QuestionEvidence(BankFile bank) =>
        Check(bank, bank.Questions.Select(question => (question.Id, question.Body.Evidence)));

    /// <summary>Every key point has evidence, and each quote stands where it says.</summary>
    public static IEnumerable<Fault> KeyPointEvidence(BankFile bank) =>
        Check(bank, bank.AllKeyPoints().Select(point => (point.Id, point.Evidence)));

    /// <summary>
    /// The quotes speak of the answer: they hold at least some of its words, of a statement some of what it states. A question about a passage that its stem
    /// cites from them, and one for what is not so, may be answered in other words.
    /// </summary>
    public static IEnumerable<Fault> HoldKey(BankFile bank)
    {
        foreach (var question in bank.Questions.Where(question => question.Body.Evidence.Count > 0))
        {
            var quoted = string.Join('\n', question.Body.Evidence.Select(evidence => evidence.Quote));
            if (WordingGates.IsNegative(question.Body.Stem) || Quotations.In(question.Body.Stem).Any(words => words.Length >= Quotations.ShortestAltered && quoted.Contains(words, StringComparison.Ordinal))) continue;
            if (question.Body is TrueFalse)
            {
                if (!Speaks(quoted, question.Body.Stem)) yield return new Fault(question.Id, "statement-not-in-evidence", $"Its evidence holds not one word of its statement: quote what the source says of it.");
                continue;
            }

            var keys = question.Body switch
            {
                SingleChoice or MultipleChoice or Cloze => ItemParts.Keys(question.Body),
                Flashcard card => [card.Back],
                // These two have gates of their own
                _ => [],
            };
            foreach (var key in keys.Where(key => !Speaks(quoted, key)))
                yield return new Fault(question.Id, "key-not-in-evidence", $"Its evidence holds not one word of its answer “{key}”: quote the words that say it.");
        }
    }

    private static bool Speaks(string quoted, string words)
    {
        var (key, there) = (ItemParts.Compared(words), ItemParts.Compared(quoted));
        if (there.Contains(key, StringComparison.Ordinal)) return true;
        if (key.Any(c => c is >= '\u2e80' and <= '\u9fff' or >= '\uac00' and <= '\ud7ff')) return Bigrams.Of(there) is var pairs && Bigrams.Of(key).Any(pairs.Contains);
        // Scripts with spaces between words: by the beginnings of words, and nothing is said of those that have too short ones only
        var own = WordsOf(words).ToHashSet(StringComparer.Ordinal);
        return own.Count == 0 || WordsOf(quoted).Any(own.Contains);
    }

    private static IEnumerable<string> WordsOf(string text)
    {
        for (var (start, at) = (0, 0); at <= text.Length; at++)
        {
            if (at < text.Length && char.IsLetterOrDigit(text[at])) continue;
            if (at - start >= ShortestWord) yield return text[start..Math.Min(at, start + Root)].ToLowerInvariant();
            start = at + 1;
        }
    }

    private static IEnumerable<Fault> Check(BankFile bank, IEnumerable<(string Id, IReadOnlyList<Evidence> Evidence)> items)
    {
        var paragraphs = bank.Paragraphs.ToDictionary(paragraph => paragraph.Id, paragraph => paragraph.Text, StringComparer.Ordinal);
        foreach (var (id, evidence) in items)
        {
            if (evidence.Count == 0) yield return new Fault(id, "no-evidence", $"It has no evidence: quote the words of the source that it rests on.");
            foreach (var quote in evidence)
                if (WhyNot(quote, paragraphs) is { } why) yield return new Fault(id, why);
        }
    }

    private static (string Code, GateWords Words)? WhyNot(Evidence evidence, Dictionary<string, string> paragraphs)
    {
        var quote = evidence.Quote;
        if (!paragraphs.TryGetValue(evidence.Paragraph, out var text))
            return ("evidence-paragraph", $"Its evidence names paragraph {evidence.Paragraph}, which is not in this bank: name the one that holds “{quote}”.");
        if (quote.Length == 0) return ("evidence-empty", $"Its evidence in {evidence.Paragraph} quotes nothing: give the words.");
        var places = TextPlaces.Of(quote, text).Take(2).ToList();
        if (places.Count == 0) return ("evidence-not-there", $"{evidence.Paragraph} does not hold “{quote}”: copy the words exactly, punctuation too.");
        if (evidence.At is not { } at)
            return places.Count == 1 ? null : ("evidence-twice", $"“{quote}” occurs more than once in {evidence.Paragraph}: quote more of it, or add at: {places[0]} or the offset of the other.");
        return at >= 0 && at <= text.Length - quote.Length && string.CompareOrdinal(text, at, quote, 0, quote.Length) == 0
            ? null
            : ("evidence-offset", $"“{quote}” does not stand at offset {at} of {evidence.Paragraph} but at {places[0]}: correct at, or leave it out where the quote occurs once.");
    }
}
