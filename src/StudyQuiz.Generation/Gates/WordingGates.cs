using System.Text.RegularExpressions;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.Generation.Gates;

/// <summary>Items test the text, not test-taking: no cue, no trap of wording.</summary>
/// <remarks>
/// After T. M. Haladyna, S. M. Downing and M. C. Rodriguez, A Review of Multiple-Choice Item-Writing Guidelines for Classroom Assessment
/// (2002), and the item-writing guide of the National Board of Medical Examiners.
/// </remarks>
public static partial class WordingGates
{
    /// <summary>A key that shares fewer character pairs with the stem is no clue.</summary>
    public const int LeastClue = 2;

    /// <summary>It is a clue when it shares this many times what the next option shares.</summary>
    public const int MostTimes = 3;

    // Headings as options, and a heading that a stem quotes
    private const int LongestHeading = 4;
    private const int ShortHeading = 4;

    /// <summary>No question asks for what is wrong, missing or not so. Statements and clozes assert and may be negative; so may what a stem cites from the source.</summary>
    public static IEnumerable<Fault> NegativeStems(BankFile bank)
    {
        var text = new BankText(bank);
        foreach (var question in bank.Questions)
            if (question.Body is not (TrueFalse or Cloze) && Negative().Match(Quotations.WithoutCited(question.Body.Stem, text)) is { Success: true } found)
                yield return new Fault(question.Id, "negative-stem", $"Its stem asks for what is not so (“{found.Value}”): ask for what is.");
    }

    /// <summary>No option says “all” or “never” where the source does not: such options are guessed to be wrong. Words count as the source's when the option or the evidence has them from it.</summary>
    public static IEnumerable<Fault> Absolutes(BankFile bank)
    {
        var text = new BankText(bank);
        foreach (var question in bank.Questions)
            foreach (var option in ItemParts.Options(question.Body))
                if (Absolute().Match(option.Text) is { Success: true } found
                    && !question.Body.Evidence.Any(evidence => evidence.Quote.Contains(found.Value, StringComparison.Ordinal)) && !text.Holds(option.Text))
                    yield return new Fault(question.Id, "absolute-option", $"Its option “{option.Text}” says “{found.Value}”, which the source does not: word it without.");
    }

    /// <summary>No option is about the other options (以上都对).</summary>
    public static IEnumerable<Fault> OptionsOnOptions(BankFile bank)
    {
        foreach (var question in bank.Questions)
            foreach (var option in ItemParts.Options(question.Body))
                if (OnOptions().IsMatch(option.Text))
                    yield return new Fault(question.Id, "option-on-options", $"Its option “{option.Text}” is about the other options: take one that stands by itself.");
    }

    /// <summary>No stem or option negates twice in words that are not the source's: its evidence, a citation in the stem, a whole option.</summary>
    public static IEnumerable<Fault> DoubleNegatives(BankFile bank)
    {
        var text = new BankText(bank);
        foreach (var question in bank.Questions.Where(question => question.Body is not Cloze))
            foreach (var words in ItemParts.Options(question.Body).Select(option => option.Text).Prepend(question.Body.Stem))
                if (TwiceNegative().Match(Quotations.WithoutCited(words, text)) is { Success: true } found && !text.Holds(words)
                    && !question.Body.Evidence.Any(evidence => evidence.Quote.Contains(found.Value, StringComparison.Ordinal)))
                    yield return new Fault(question.Id, "double-negative", $"“{found.Value}” negates twice: say it straight.");
    }

    /// <summary>
    /// The right one of a single choice does not stand out by the words of the stem that it repeats; in a generated question it is not the only one that repeats
    /// any word of what the stem quotes, or among headings of a few characters any character, nor the only one that begins with a word that ties it to the stem.
    /// </summary>
    public static IEnumerable<Fault> Clues(BankFile bank)
    {
        foreach (var question in bank.Questions)
        {
            if (question.Body is not SingleChoice single) continue;
            var stem = Bigrams.Of(single.Stem);
            var shared = single.Options.Select(option => (option.Correct, option.Text, Shared: Bigrams.Of(option.Text).Count(stem.Contains))).OrderByDescending(option => option.Shared).ToList();
            if (shared.Count > 1 && shared[0].Correct && shared[0].Shared >= LeastClue && shared[0].Shared >= MostTimes * shared[1].Shared)
                yield return new Fault(question.Id, "clue-words", $"The right option “{shared[0].Text}” repeats far more words of the stem than any other: word the stem otherwise, or let other options share them.");
            else if (question.Origin == QuestionOrigin.Generated && OnlyEcho(single) is { } word)
                yield return new Fault(question.Id, "clue-word", $"Only the right option repeats a word of the stem, “{word}”: let a wrong one share it.");
            else if (question.Origin == QuestionOrigin.Generated && OnlyCharacter(single) is { } character)
                yield return new Fault(question.Id, "clue-letter", $"Of its short options only the right one has “{character}”, as the stem does: let a wrong one share it.");
            else if (question.Origin == QuestionOrigin.Generated && OnlyTied(single) is { } opening)
                yield return new Fault(question.Id, "clue-opening", $"Only the right option begins with “{opening}”, as what goes on from the stem does: let a wrong one begin so.");
        }
    }

    /// <summary>Whether a stem asks for what is not so.</summary>
    internal static bool IsNegative(string stem) => Negative().IsMatch(stem);

    private static string? OnlyTied(SingleChoice single) =>
        single.Options.FirstOrDefault(option => option.Correct) is { } key && ContentWords.Opening(key.Text) is { Length: > 0 } opening
        && !single.Options.Any(option => !option.Correct && ContentWords.Opening(option.Text).Length > 0) ? opening : null;

    // 防风 beside 防腐 and 防撞, where the stem quotes 风速超过…: in headings so short every character is a word
    private static char? OnlyCharacter(SingleChoice single)
    {
        if (single.Options.FirstOrDefault(option => option.Correct) is not { } key) return null;
        var quoted = string.Concat(Quotations.In(single.Stem));
        if (quoted.Length == 0 || (quoted.Length > ShortHeading && single.Options.Any(option => option.Text.Length > LongestHeading))) return null;
        var shown = ContentWords.CharactersOf(quoted);
        var others = single.Options.Where(option => !option.Correct).SelectMany(option => option.Text).ToHashSet();
        return key.Text.Where(c => shown.Contains(c) && !others.Contains(c)).Cast<char?>().FirstOrDefault();
    }

    private static string? OnlyEcho(SingleChoice single)
    {
        var quoted = string.Join('\n', Quotations.In(single.Stem));
        var shown = ContentWords.Of(quoted.Length > 0 ? quoted : single.Stem);
        var echoes = single.Options.Where(option => option.Correct).SelectMany(option => ContentWords.Of(option.Text)).Where(shown.Contains).ToList();
        return echoes.Count > 0 && !single.Options.Any(option => !option.Correct && ContentWords.Shared(shown, option.Text) > 0) ? echoes[0] : null;
    }

    [GeneratedRegex("(下列|以下|哪|选项)[^，。；？]{0,12}?(不正确|不属于|不包括|不包含|不符合|不准确|不恰当|不是|不对|不应|不能|不可|不宜|没有|错误|有误|未提|未列|未包)|(不正确|不属于|不包括|不包含|不符合|没有提|未提|错误|有误)[^，。；？]{0,6}(是[？：:]|哪|[一几]项)|除[^，。；？]{1,20}[，]?(下列|以下|其余|其他|哪)[^，。；？]{0,8}(都|均|皆)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Negative();

    [GeneratedRegex("一切|所有(?!制|权|者|人)|任何|必然|必定|绝对|绝不|从不|从来不|从未|永远|唯一|毫无|总是|一律|完全|全都", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Absolute();

    [GeneratedRegex("(以上|上述|前述|前面|其他|其余)[^，。]{0,4}(都|皆|均|全)|^(都|皆|均|全都?)(对|错|正确|不对|不是|是)$|无正确(答案|选项)|[Aa]ll of the above|[Nn]one of the above", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex OnOptions();

    [GeneratedRegex("(不能|不可|不会|不应|不得|不是|不无|并非|并不是|没有|无人|无一|莫|未必|未尝|难道)不(?!仅|但|断|只|同|足|利|良|便|平|光|论|管)|非[^，。；？]{1,8}不可", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex TwiceNegative();
}
