using System.Text.RegularExpressions;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.Generation.Gates;

/// <summary>A generated item can't be answered without having read the text: by its words, by the title, by what can't follow.</summary>
public static partial class EvidentGates
{
    private const int ShortestKey = 2;

    // What a whole text is about stands under every point of it
    private const int MostOccurrences = 4;

    /// <summary>
    /// No right option of a multiple choice is the only kind that repeats a word of what its stem quotes, no true statement on a point repeats one of the point, and of what is to be joined at
    /// least half, two at the fewest, can't be joined by a word that only its two sides share.
    /// </summary>
    public static IEnumerable<Fault> Echoes(BankFile bank)
    {
        var text = new BankText(bank);
        foreach (var question in Generated(bank))
            if (question.Body switch
            {
                MultipleChoice multiple => OnlyRight(multiple, text),
                TrueFalse { Answer: true } statement when PointGates.SaidUnder().Match(statement.Stem) is { Success: true } said => Telling(said.Groups["heading"].Value, text).FirstOrDefault(ContentWords.Of(said.Groups["clause"].Value).Contains),
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

    private static string? OnlyRight(MultipleChoice multiple, BankText text)
    {
        var shown = Telling(string.Join('\n', Quotations.In(multiple.Stem)), text).ToHashSet(StringComparer.Ordinal);
        if (shown.Count == 0 || multiple.Options.Any(option => !option.Correct && ContentWords.Shared(shown, option.Text) > 0)) return null;
        return multiple.Options.Where(option => option.Correct).SelectMany(option => ContentWords.Of(option.Text)).FirstOrDefault(shown.Contains);
    }

    private static string? JoinedByWords(Matching matching, BankText text)
    {
        var rights = matching.Pairs.Select(pair => ContentWords.Of(pair.Right)).ToList();
        var told = matching.Pairs.Select((pair, at) => Telling(pair.Left, text).FirstOrDefault(word => rights[at].Contains(word) && rights.Count(right => right.Contains(word)) == 1)).OfType<string>().ToList();
        var left = matching.Pairs.Count - told.Count;
        return told.Count > 0 && (left < 2 || left < told.Count) ? told[0] : null;
    }

    private static IEnumerable<string> Telling(string words, BankText text) =>
        ContentWords.Of(words).Where(word => TextPlaces.Of(word, text.Whole).Take(MostOccurrences + 1).Count() <= MostOccurrences);

    private static IEnumerable<BankQuestion> Generated(BankFile bank) => bank.Questions.Where(question => question.Origin == QuestionOrigin.Generated);

    [GeneratedRegex("(紧接着(写|说)的是什么？|how does (the text|this) go on\\?)$", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex AskedEnd();

    [GeneratedRegex("^[，,；;：: ]*(?<clause>[^，；。：！？;:!?]+?)(?=[，；。：！？;:!?]|, |\\.$|\\. |$)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex NextClause();
}
