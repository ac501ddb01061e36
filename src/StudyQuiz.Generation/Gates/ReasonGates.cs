using System.Text.RegularExpressions;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.Generation.Gates;

/// <summary>What a learner reads after the answer, explanation and reasons of options, teaches what the key says.</summary>
public static partial class ReasonGates
{
    /// <summary>The explanation of a choice that a person worded shares at least so many character pairs with the key or the evidence.</summary>
    public const int LeastShared = 2;

    private static readonly string[] _ellipses = ["……", "…", "..."];

    /// <summary>What stands in quotation marks is the source's: in the evidence or elsewhere in the text. What an ellipsis parts is looked for part by part.</summary>
    public static IEnumerable<Fault> Quotes(BankFile bank)
    {
        var text = new BankText(bank);
        // the same heading is quoted by many questions, and to look through a long text takes a while
        var known = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var question in bank.Questions)
            foreach (var words in Reasons(question.Body).SelectMany(Quotations.In).SelectMany(words => words.Split(_ellipses, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
            {
                if (question.Body.Evidence.Any(evidence => evidence.Quote.Contains(words, StringComparison.Ordinal))) continue;
                if (!known.TryGetValue(words, out var holds)) known[words] = holds = text.Holds(words);
                if (!holds) yield return new Fault(question.Id, "reason-quotes", $"Its explanation or the reason of an option has “{words}” in quotation marks, but the text does not say it: copy the words of the source, or take the marks out.");
            }
    }

    /// <summary>
    /// No explanation and no reason of the right option calls a wrong option right, or tells it without the key; no reason of a wrong
    /// option calls this right, none of a right one calls this wrong; the explanation of a statement does not judge it otherwise, tell a
    /// false one as it stands, or give another number of the same things than a true one.
    /// </summary>
    public static IEnumerable<Fault> AgainstKey(BankFile bank) =>
        bank.Questions.SelectMany(question => (question.Body is TrueFalse statement ? AgainstVerdict(statement) : AgainstOptions(question.Body)).Select(why => new Fault(question.Id, why)));

    /// <summary>
    /// The explanation of a single choice or cloze holds the key or a quote of the evidence. That of a choice which a person worded may
    /// paraphrase, and shares <see cref="LeastShared"/> character pairs with them.
    /// </summary>
    public static IEnumerable<Fault> KeyExplained(BankFile bank)
    {
        foreach (var question in bank.Questions.Where(question => question.Body is SingleChoice or Cloze))
        {
            var keys = question.Body is Cloze cloze ? cloze.Accepted : [.. ItemParts.Keys(question.Body)];
            var proof = keys.Concat(question.Body.Evidence.Select(evidence => evidence.Quote)).ToList();
            var told = ItemParts.Compared(question.Body.Explanation);
            if (keys.Count == 0 || proof.Exists(words => ItemParts.Compared(words) is { Length: > 0 } plain && told.Contains(plain, StringComparison.Ordinal))) continue;
            var pairs = Bigrams.Of(question.Body.Explanation);
            if (question is { Origin: not QuestionOrigin.Generated, Body: SingleChoice } && proof.SelectMany(Bigrams.Of).Distinct(StringComparer.Ordinal).Count(pairs.Contains) >= LeastShared) continue;
            yield return new Fault(question.Id, "answer-unexplained", $"Its explanation speaks neither of its answer “{keys[0]}” nor of its evidence: say why this answer is right.");
        }
    }

    private static IEnumerable<string> Reasons(Question body) => ItemParts.Options(body).Select(option => option.Why ?? "").Prepend(body.Explanation);

    private static IEnumerable<(string Code, GateWords Words)> AgainstOptions(Question body)
    {
        var options = ItemParts.Options(body);
        var wrong = options.Where(option => !option.Correct && option.Text.Length > 0).ToList();
        var right = options.Where(option => option.Correct).ToList();
        // without a key there is nothing to go against: the gate of right answers says so
        if (right.Count == 0) yield break;
        foreach (var reason in right.Select(option => option.Why ?? "").Prepend(body.Explanation))
            foreach (var option in wrong)
                if (IsNamedRight(reason, option.Text) || (!right.Exists(key => reason.Contains(key.Text, StringComparison.Ordinal)) && DistractorGates.Tells(reason, option.Text)))
                    yield return ("reason-for-wrong", $"“{reason}” tells the wrong option “{option.Text}” as if it were right: say why the right one is.");
        foreach (var option in wrong.Where(option => option.Why is { } why && (SaysRight().IsMatch(why) || wrong.Exists(other => IsNamedRight(why, other.Text)))))
            yield return ("wrong-called-right", $"The reason “{option.Why}” of the wrong option “{option.Text}” calls it or another wrong one right: say why it is wrong.");
        foreach (var option in right.Where(option => option.Why is { } why && (SaysWrong().IsMatch(why) || SaysAbsent().IsMatch(why))))
            yield return ("right-called-wrong", $"The reason “{option.Why}” of the right option “{option.Text}” calls it wrong: say why it is right.");
    }

    private static bool IsNamedRight(string reason, string option) => TextPlaces.Of(option, reason).Any(at =>
        BeforeRight().IsMatch(reason[..at]) || AfterRight().IsMatch(reason[(at + option.Length)..]));

    private static IEnumerable<(string Code, GateWords Words)> AgainstVerdict(TrueFalse statement)
    {
        var (told, reason) = (ItemParts.Told(statement), statement.Explanation);
        if (statement.Answer ? SaysWrong().IsMatch(reason) || (SaysAbsent().IsMatch(reason) && !DistractorGates.IsNegated(told, told.Length)) : SaysRight().IsMatch(reason))
            yield return statement.Answer
                ? ("true-called-wrong", (GateWords)$"Its explanation “{reason}” says that the statement is wrong, and its answer the opposite: correct the one or the other.")
                : ("false-called-right", (GateWords)$"Its explanation “{reason}” says that the statement is right, and its answer the opposite: correct the one or the other.");
        else if (!statement.Answer && told.Length > 0 && DistractorGates.Tells(reason, told) && !SaysWrong().IsMatch(reason))
            yield return ("false-explained", $"Its explanation tells “{told}”, which is marked false: say what the source has instead.");
        else if (statement.Answer && OtherNumber(told, reason) is { } other)
            yield return ("other-number", $"Its explanation says “{other}” and the statement, which is marked true, another number: correct the one or the other.");
    }

    // The only number of a thing in the statement and the only one of that thing in the explanation
    private static string? OtherNumber(string told, string reason)
    {
        var there = Counts().Matches(reason).ToLookup(match => match.Groups["thing"].Value, StringComparer.Ordinal);
        foreach (var here in Counts().Matches(told).GroupBy(match => match.Groups["thing"].Value, StringComparer.Ordinal))
            if (here.Count() == 1 && there[here.Key].ToList() is [var other] && ItemParts.Compared(other.Value) != ItemParts.Compared(here.First().Value)) return other.Value;
        return null;
    }

    // 一 is as often an article or a part of a word, 第 makes a place of a number
    [GeneratedRegex("(?<![第0-9.,一二两三四五六七八九十百千万亿几])([0-9]+([.,][0-9]+)*|(?!一[^二两三四五六七八九十百千万亿])[一二两三四五六七八九十百千万亿]+)(?<thing>[次年月日天个人名家件册项倍元吨米里岁成种条%％])", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Counts();

    [GeneratedRegex("((正确|对)的?(答案|选项|一项|说法)?|答案|应该?选|应当选)(应该?|应当)?(是|为|即)?[：:]?[“「‘]?$|([Rr]ight|[Cc]orrect)( answer| option| one)?( is|:) ?[“‘]?$", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex BeforeRight();

    [GeneratedRegex("^[”」’]?(这?一项|这个选项|这个答案)?(才|就|也)?(是|为)?(正确|对的|答案)|^[”’]? is (also )?(the )?(right|correct)\\b", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex AfterRight();

    // A whole clause that is a verdict; that something in the text is right is none
    [GeneratedRegex("(^|[。；！，：])[这此该本题说一个条项点选陈述法句话种表判断所以因此故是为也都才就完全]*(正确|对|属实|无误)(的|答案|选项|说法)*([。；！，：]|$)|(^|[^不])符合原文|与原文(相符|一致)|(^|[.;!] )([Tt]his|[Tt]hat|[Ii]t|[Tt]he statement)? ?(is )?(also )?([Rr]ight|[Cc]orrect|[Tt]rue)([.,;!]|$)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex SaysRight();

    [GeneratedRegex("(^|[。；！，：])[这此该本题说一个条项点选陈述法句话种表判断所以因此故是为也都完全]*(错误|错|不对|不正确|不属实|有误)(的|答案|选项|说法)*([。；！，：]|$)|不符合原文|与原文不(符|一致)|(^|[.;!] )([Tt]his|[Tt]hat|[Ii]t|[Tt]he statement)? ?(is )?([Ww]rong|[Ii]ncorrect|[Ff]alse|not (right|correct|true))([.,;!]|$)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex SaysWrong();

    [GeneratedRegex("(文中|原文)没有(这样写|这么写|这样说)|没有写到它|[Tt]he text does not say this|It is not said under", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex SaysAbsent();
}
