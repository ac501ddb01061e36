using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.Generation.Gates;

/// <summary>What is marked wrong or false is so.</summary>
public static class DistractorGates
{
    /// <summary>A wrong option shares at most this much with a right one.</summary>
    public const double MostLikeKey = 0.6;

    // How far before words their negation is looked for, in characters
    private const int NegationReach = 40;
    private const string Figures = "0123456789十百千万亿";
    private const string ClauseEnds = "，。；：！？,.;:!?";

    // A clause with one of these says what is not so; 不仅, 不断 and the like don't turn its meaning round
    private static readonly string[] _negations = ["不", "没有", "避免", "防止", "禁止", "杜绝", "严禁", "而非", "并非", "未"];
    private static readonly string[] _noNegations = ["不仅", "不但", "不断", "不只", "不光", "不论", "不管", "不同", "不少", "不足", "未来"];

    /// <summary>
    /// No wrong option is supported: the evidence does not hold it (unless in a clause that negates it), the text does not hold the
    /// stem's clause with it put into the blank, it neither contains nor is contained in a right option, and it shares at most
    /// <see cref="MostLikeKey"/> of its character pairs with one (Jaccard). One that equals a right option breaks the gate of right answers.
    /// No false statement stands in the text word for word.
    /// </summary>
    public static IEnumerable<Fault> Supported(BankFile bank)
    {
        var text = new BankText(bank);
        foreach (var question in bank.Questions)
        {
            if (question.Body is TrueFalse { Answer: false } statement && ItemParts.Told(statement) is { Length: > 0 } told && text.Holds(told))
                yield return new Fault(question.Id, "false-in-text", $"The text says “{told}”, which is marked false: set answer: true, or change what it says.");
            var options = ItemParts.Options(question.Body);
            if (options.Count == 0) continue;
            var quotes = question.Body.Evidence.Select(evidence => ItemParts.Compared(evidence.Quote)).ToList();
            var right = options.Where(option => option.Correct).Select(option => option.Text).ToList();
            foreach (var wrong in options.Where(option => !option.Correct))
                if (WhyNot(wrong.Text, right, quotes, question.Body.Stem, text) is { } why) yield return new Fault(question.Id, why);
        }
    }

    private static (string Code, GateWords Words)? WhyNot(string wrong, List<string> right, List<string> quotes, string stem, BankText text)
    {
        var plain = ItemParts.Compared(wrong);
        if (plain.Length == 0) return null;
        if (quotes.Exists(quote => Asserts(quote, plain)))
            return ("wrong-in-evidence", $"Its evidence holds the wrong option “{wrong}”: take another option, or quote only the words that the key rests on.");
        if (Inserted(stem, wrong) is { } clause && text.Holds(clause))
            return ("wrong-in-text", $"The text says “{clause}”, so that the wrong option “{wrong}” is right too: take another.");
        foreach (var key in right)
        {
            var other = ItemParts.Compared(key);
            if (plain == other) continue;
            if (Contains(plain, other) || Contains(other, plain)) return ("wrong-in-right", $"The wrong option “{wrong}” and the right one “{key}” contain one another: take another.");
            var alike = Bigrams.Jaccard(plain, other);
            if (alike > MostLikeKey)
                return ("wrong-like-right", $"The wrong option “{wrong}” is too like the right one “{key}” ({alike * 100:0} % of their character pairs, {MostLikeKey * 100:0} % are allowed): take another.");
        }

        return null;
    }

    private static bool Asserts(string quote, string words) => Places(words, quote).Any(at => !IsNegated(quote, at));

    /// <summary>Whether a text holds words, not as a part of a longer number only, in a clause that negates nothing before or after them.</summary>
    internal static bool Tells(string text, string words) => Places(words, text).Any(at => !IsNegated(text, at) && !IsNegated(text, ClauseEnd(text, at + words.Length)));

    private static int ClauseEnd(string text, int at)
    {
        while (at < text.Length && !ClauseEnds.Contains(text[at], StringComparison.Ordinal)) at++;
        return at;
    }

    private static bool Contains(string whole, string part) => Places(part, whole).Any();

    // 5年 does not stand in 15年, nor 3 in 3万
    private static IEnumerable<int> Places(string part, string whole) => TextPlaces.Of(part, whole).Where(at =>
        !(at > 0 && IsFigure(whole[at - 1]) && IsFigure(part[0]))
        && !(at + part.Length < whole.Length && IsFigure(whole[at + part.Length]) && IsFigure(part[^1])));

    private static bool IsFigure(char c) => Figures.Contains(c, StringComparison.Ordinal);

    internal static bool IsNegated(string text, int at)
    {
        var start = at;
        while (start > 0 && at - start < NegationReach && !ClauseEnds.Contains(text[start - 1], StringComparison.Ordinal)) start--;
        var before = text[start..at];
        foreach (var harmless in _noNegations) before = before.Replace(harmless, "", StringComparison.Ordinal);
        return _negations.Any(negation => before.Contains(negation, StringComparison.Ordinal));
    }

    // The clause around a stem's only blank, with an option in it; null where nothing but the blank makes up the clause
    private static string? Inserted(string stem, string option)
    {
        var at = stem.IndexOf(Cloze.Blank, StringComparison.Ordinal);
        if (at < 0 || stem.IndexOf(Cloze.Blank, at + 1, StringComparison.Ordinal) >= 0) return null;
        var after = at + Cloze.Blank.Length;
        var start = at;
        while (start > 0 && !ClauseEnds.Contains(stem[start - 1], StringComparison.Ordinal)) start--;
        var end = after;
        while (end < stem.Length && !ClauseEnds.Contains(stem[end], StringComparison.Ordinal)) end++;
        return at - start + end - after >= 2 ? stem[start..at] + option + stem[after..end] : null;
    }
}
