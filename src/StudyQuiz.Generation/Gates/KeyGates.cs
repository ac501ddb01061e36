using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.Generation.Gates;

/// <summary>What counts as right is what the source says.</summary>
public static class KeyGates
{
    /// <summary>The longest answer that anyone is asked to type, in characters.</summary>
    public const int LongestTyped = 20;

    /// <summary>
    /// Every key of a generated item stands in one paragraph word for word; where it has several parts, joined by ； or on lines of
    /// their own, each part does. Words that begin or end in the middle of a number stand nowhere. What a person worded may paraphrase.
    /// </summary>
    public static IEnumerable<Fault> Verbatim(BankFile bank)
    {
        var text = new BankText(bank);
        foreach (var question in bank.Questions.Where(question => question.Origin == QuestionOrigin.Generated))
            foreach (var key in ItemParts.Keys(question.Body))
                if (!IsVerbatim(key, question.Body, text))
                    yield return new Fault(question.Id, "key-not-in-text", $"Its key “{key}” does not stand in the text, at least not but as a part of a longer number: copy the words of the source, or set origin: edited if a person vouches for the wording.");
    }

    /// <summary>
    /// What has to be typed can be: at most <see cref="LongestTyped"/> characters, no blank, and no list with 、, whose items a reader
    /// may well give in another order.
    /// </summary>
    public static IEnumerable<Fault> Typed(BankFile bank)
    {
        foreach (var question in bank.Questions)
            foreach (var answer in question.Body is Cloze cloze ? cloze.Accepted : [])
            {
                if (answer.Length > LongestTyped) yield return new Fault(question.Id, "answer-long", $"Its answer “{answer}” has {answer.Length} characters, {LongestTyped} at most can be asked for: blank a shorter part.");
                if (answer.Contains(Cloze.Blank, StringComparison.Ordinal)) yield return new Fault(question.Id, "answer-blank", $"Its answer “{answer}” holds a blank: give the words that stand there.");
                if (answer.Contains('、', StringComparison.Ordinal)) yield return new Fault(question.Id, "answer-list", $"Its answer “{answer}” is a list, which may be typed in another order: blank one of its items, or ask for them with a choice.");
            }
    }

    private static bool MayBePartOfNumber(string words) => words.Length > 0 && (char.IsAsciiDigit(words[0]) || char.IsAsciiDigit(words[^1]) || char.IsAsciiDigit(words.TrimStart(',', '.', ':', '：', '/', '-').FirstOrDefault()));

    // The evidence first: it nearly always holds the key, and is much shorter than the text
    private static bool IsVerbatim(string key, Question body, BankText text)
    {
        bool Stands(string words) => MayBePartOfNumber(words) ? text.HoldsWhole(words) : body.Evidence.Any(evidence => evidence.Quote.Contains(words, StringComparison.Ordinal) && text.Holds(evidence.Quote)) || text.Holds(words);
        if (body is SingleChoice && AnswerGates.CutsNumber(body.Stem, key)) return false;
        return Stands(key) || (ItemParts.Parts(key).ToList() is { Count: > 0 } parts && parts.TrueForAll(Stands));
    }
}
