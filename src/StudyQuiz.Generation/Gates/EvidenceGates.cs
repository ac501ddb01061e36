using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.Generation.Gates;

/// <summary>Every claim carries the words of the source that prove it.</summary>
public static class EvidenceGates
{
    /// <summary>Every question has evidence, and each quote stands where it says.</summary>
    public static IEnumerable<Fault> QuestionEvidence(BankFile bank) =>
        Check(bank, bank.Questions.Select(question => (question.Id, question.Body.Evidence)));

    /// <summary>Every key point has evidence, and each quote stands where it says.</summary>
    public static IEnumerable<Fault> KeyPointEvidence(BankFile bank) =>
        Check(bank, bank.AllKeyPoints().Select(point => (point.Id, point.Evidence)));

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
