using System.Globalization;
using System.Text.RegularExpressions;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Gates;

/// <summary>A generated item can't be answered without having read the text: by its words, by the title, by what can't follow.</summary>
public static partial class EvidentGates
{
    private const int ShortestKey = 2;

    // What a whole text is about stands under every point of it
    private const int MostOccurrences = 8;

    // Nor does a character that stands all over it say of what a clause is
    private const int MostRare = 4;

    // So near is less than a part of so many
    private const int NearBy = 12;

    /// <summary>
    /// What is asked about where something stands is not told by a word, or a character that the text hardly has elsewhere: no clause to be placed, chosen or judged repeats one of its own point
    /// that the other points, or the other options, have not; nor is any of what is to be joined so. A statement that puts a clause under another point does not repeat a word of its own.
    /// </summary>
    public static IEnumerable<Fault> Echoes(BankFile bank)
    {
        var text = new BankText(bank);
        var structure = new Lazy<TextStructure>(() => BankText.Structure(bank));
        foreach (var question in Generated(bank))
            if (question.Body switch
            {
                SingleChoice single => Placed(single, text),
                MultipleChoice multiple => OnlyRight(multiple, text),
                TrueFalse statement when PointGates.SaidUnder().Match(statement.Stem) is { Success: true } said => Judged(statement.Answer, said.Groups["heading"].Value, said.Groups["clause"].Value, text, structure),
                Matching matching => JoinedByWords(matching, text),
                _ => null,
            } is { } word)
                yield return new Fault(question.Id, "pair-told", $"“{word}” tells what belongs together: take what does not repeat it.");
    }

    /// <summary>What is to be chosen or typed does not stand in the title, which every page shows.</summary>
    public static IEnumerable<Fault> InTitle(BankFile bank)
    {
        foreach (var question in Generated(bank).Where(question => question.Body is SingleChoice or Cloze))
            if (ItemParts.Keys(question.Body).FirstOrDefault(key => key.Length >= ShortestKey && bank.Source.Title.Contains(key, StringComparison.OrdinalIgnoreCase)) is { } key)
                yield return new Fault(question.Id, "answer-in-title", $"Its answer “{key}” stands in the title: ask about something else.");
    }

    /// <summary>No number that is to be chosen or typed follows from the other numbers that its stem shows: 238公里，其中96公里、84公里和＿＿＿.</summary>
    public static IEnumerable<Fault> Counted(BankFile bank)
    {
        foreach (var question in Generated(bank))
            if (question.Body is SingleChoice or Cloze && ItemParts.Keys(question.Body).FirstOrDefault() is { Length: > 0 } key && question.Body.Stem.IndexOf(Cloze.Blank, StringComparison.Ordinal) is >= 0 and var at
                && Derived.IsTold(question.Body.Stem.Replace(Cloze.Blank, key, StringComparison.Ordinal), at, at + key.Length))
                yield return new Fault(question.Id, "number-told", $"Its answer “{key}” follows from the other numbers of its stem: show fewer of them, or ask for another.");
    }

    /// <summary>No wrong number stands so near to the right one that only the last figure tells them apart; of years, days and small numbers those next to them may.</summary>
    public static IEnumerable<Fault> Near(BankFile bank)
    {
        foreach (var question in Generated(bank).Where(question => question.Body is SingleChoice))
            if (question.Body is SingleChoice single && single.Options.FirstOrDefault(option => option.Correct)?.Text is { } key && Counting().Match(key) is { Success: true, Index: 0 }
                && single.Stem.Contains(Cloze.Blank, StringComparison.Ordinal) && !DateNext().IsMatch(key + single.Stem[(single.Stem.IndexOf(Cloze.Blank, StringComparison.Ordinal) + Cloze.Blank.Length)..])
                && single.Options.FirstOrDefault(option => !option.Correct && IsNear(key, option.Text)) is { } near)
                yield return new Fault(question.Id, "number-near", $"“{near.Text}” is so near to “{key}” that only the last figure tells: take a number that is further off.");
    }

    private static bool IsNear(string key, string other) =>
        Counting().Match(key) is { Success: true } one && Counting().Match(other) is { Success: true, Index: 0 } two && key[one.Length..] == other[two.Length..]
        && decimal.Parse(one.Value, NumberStyles.Number, CultureInfo.InvariantCulture) is var a && decimal.Parse(two.Value, NumberStyles.Number, CultureInfo.InvariantCulture) is var b && Math.Abs(a - b) * NearBy < Math.Max(a, b);

    /// <summary>What is wrong after a beginning is built like what is right, so that it could follow: <see cref="ClauseForm"/>.</summary>
    public static IEnumerable<Fault> Ends(BankFile bank)
    {
        var text = new BankText(bank);
        foreach (var question in Generated(bank))
            foreach (var (right, wrong) in WrongEnds(question.Body, text))
                if (ClauseForm.Of(right) != ClauseForm.Of(wrong))
                    yield return new Fault(question.Id, "unlike-end", $"“{wrong}” is built otherwise than “{right}”, so that it can't follow: take an end of the same form.");
    }

    private static IEnumerable<(string Right, string Wrong)> WrongEnds(Question body, BankText text)
    {
        if (body is SingleChoice single && AskedEnd().IsMatch(single.Stem) && single.Options.FirstOrDefault(option => option.Correct) is { } key)
            return single.Options.Where(option => !option.Correct).Select(option => (key.Text, option.Text));
        if (body is not TrueFalse { Answer: false } statement || PointGates.GoesOnWith().Match(statement.Stem) is not { Success: true } told) return [];
        return text.PlacesOf(told.Groups["beginning"].Value).Select(text.After).Select(rest => NextClause().Match(rest)).Where(next => next.Success).Take(1)
            .Select(next => (next.Groups["clause"].Value, told.Groups["told"].Value));
    }

    private static string? Placed(SingleChoice single, BankText text)
    {
        if (single.Options.FirstOrDefault(option => option.Correct) is not { } key || !OnPlace().IsMatch(single.Stem)) return null;
        var quoted = string.Join('\n', Quotations.In(single.Stem));
        return Told(quoted, key.Text, single.Options.Where(option => !option.Correct).Select(option => option.Text), text);
    }

    private static string? OnlyRight(MultipleChoice multiple, BankText text)
    {
        // which of several statements are true no word of their subject tells
        if (Agreeing().IsMatch(multiple.Stem)) return null;
        var quoted = string.Join('\n', Quotations.In(multiple.Stem));
        var wrong = multiple.Options.Where(option => !option.Correct).Select(option => option.Text).ToList();
        return multiple.Options.Where(option => option.Correct).Select(option => Told(quoted, option.Text, wrong, text)).FirstOrDefault(word => word is not null);
    }

    // under its own point a clause may repeat what all points have; under another, nothing of its own
    private static string? Judged(bool isTrue, string heading, string clause, BankText text, Lazy<TextStructure> structure)
    {
        if (isTrue) return Told(heading, clause, [], text);
        var places = text.PlacesOf(clause).ToList();
        var own = structure.Value.AllSeries().SelectMany(series => series.Points).Where(point => point.Body.Any(body => places.Exists(body.Overlaps))).Select(point => text.At(point.Heading)).Where(words => words != heading);
        return own.Select(words => Told(words, clause, [heading], text)).FirstOrDefault(word => word is not null);
    }

    private static string? JoinedByWords(Matching matching, BankText text) =>
        matching.Pairs.Select(pair => Told(pair.Left, pair.Right, matching.Pairs.Where(other => other != pair).Select(other => other.Right), text)).FirstOrDefault(word => word is not null);

    // What two texts share and none of the others has: a word, or a character so rare that it must be the same thing's
    private static string? Told(string one, string other, IEnumerable<string> others, BankText text)
    {
        var elsewhere = string.Join('\n', others);
        var words = ContentWords.Of(other);
        if (Telling(one, text).FirstOrDefault(word => words.Contains(word) && !ContentWords.Of(elsewhere).Contains(word)) is { } word) return word;
        var characters = ContentWords.CharactersOf(other);
        return ContentWords.CharactersOf(one).Where(c => characters.Contains(c) && !elsewhere.Contains(c, StringComparison.Ordinal) && TextPlaces.Of(c.ToString(), text.Whole).Take(MostRare + 1).Count() <= MostRare)
            .Select(c => c.ToString()).FirstOrDefault();
    }

    private static IEnumerable<string> Telling(string words, BankText text) =>
        ContentWords.Of(words).Where(word => TextPlaces.Of(word, text.Whole).Take(MostOccurrences + 1).Count() <= MostOccurrences);

    private static IEnumerable<BankQuestion> Generated(BankFile bank) => bank.Questions.Where(question => question.Origin == QuestionOrigin.Generated);

    // the generator's own wordings: 是文中讲哪一点时写到的, 写在“…”这一点里 and their English
    [GeneratedRegex("是文中讲哪一点时写到的？$|这一点里？$|^Under which point does the text say|^Which of these is said under", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex OnPlace();

    [GeneratedRegex("[0-9]{1,3}(,[0-9]{3})+(\\.[0-9]+)?|[0-9]+(\\.[0-9]+)?", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Counting();

    [GeneratedRegex("^[0-9]*(年|月|日|[0-9年]*月[0-9]+日)|^[0-9.]+[时点分秒：:]|^[0-9.]+ ?([ap]\\.?m|o['’]clock)|^(1[0-9]{3}|20[0-9]{2})([^0-9]|$)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex DateNext();

    [GeneratedRegex("与原文一致？$|agree with the text\\?$", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Agreeing();

    [GeneratedRegex("(紧接着(写|说)的是什么？|，(怎么办|会怎样)？|，另一方面呢？|how does (the text|this) go on\\?)$", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex AskedEnd();

    [GeneratedRegex("^[，,；;：: ]*(?<clause>[^，；。：！？;:!?]+?)(?=[，；。：！？;:!?]|, |\\.$|\\. |$)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex NextClause();
}
