using System.Text.RegularExpressions;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Facts;

/// <summary>What single sentences hold: lists, coinages, framed terms, numbers, and how they end.</summary>
internal static partial class SentenceFacts
{
    private const int ShortestFrame = 10;
    private const int ShortestWhole = 5;
    private const int LongestFrame = 56;

    /// <param name="isWhole">A few words of it say enough to be a question.</param>
    public static IEnumerable<Fact> Of(SourceText text, KeyPointOwners owners, Place whole, bool isWhole)
    {
        var sentence = text.WithoutLabel(whole);
        if (owners.Of(sentence) is null) yield break;
        var clauses = Clauses.Of(text, Headline.Said(text, sentence));
        var shortest = (isWhole ? ShortestWhole : ShortestFrame) * text.Scale;
        for (var i = 0; i < clauses.Count; i++)
        {
            if (Words.Broken().IsMatch(text.At(clauses[i])) || text.Voices.OthersIn(sentence).Any(saying => saying.Holds(clauses[i]))) continue;
            var owner = owners.Of(clauses[i])!;
            var qualified = Qualified.Of(text, sentence, clauses[i]);
            var frame = Frame(text, clauses, i, shortest, qualified);
            foreach (var fact in Lists.Of(text, clauses[i]).Where(_ => qualified.Length <= LongestFrame * text.Scale).Select(list => new ListFact(owner, qualified, qualified, list.Items, list.IsOpen))) yield return fact;
            if (frame is null) continue;
            foreach (var (answer, role) in Terms(text, clauses, i).Where(term => IsTelling(text, term.Answer))) yield return new TermFact(owner, frame, frame, answer, role);
        }

        if (!text.Voices.OthersIn(sentence).Any() && Judgement(text, sentence) is { } judgement) yield return new JudgementFact(owners.Of(judgement.Judgement)!, sentence, judgement.Opening, judgement.Judgement);
        if (Ending(text, clauses, shortest) is { } ending && ending.Beginning.Start <= Qualified.Of(text, sentence, ending.Ending).Start) yield return new EndingFact(owners.Of(ending.Ending)!, new Place(sentence.Paragraph, ending.Beginning.Start, ending.Ending.End), ending.Beginning, ending.Ending);
    }

    private static IEnumerable<(Place Answer, TermRole Role)> Terms(SourceText text, IReadOnlyList<Place> clauses, int at)
    {
        var clause = clauses[at];
        var words = text.At(clause);
        foreach (var list in Lists.Of(text, clause)) foreach (var item in list.Items) if (item.Length <= 16) yield return (item, TermRole.ListItem);
        foreach (Match match in CoinagePattern().Matches(words)) yield return (Part(clause, match.Groups["x"]), TermRole.Coinage);
        foreach (Match match in FramePattern().Matches(words)) yield return (Part(clause, match.Groups["x"]), TermRole.Framed);
        foreach (Match match in NumberPattern().Matches(words))
            if (Part(clause, match.Groups["x"]) is var number && WrittenNumbers.Counts(text.Paragraphs[clause.Paragraph].Text, number.Start, number.End)) yield return (number, TermRole.Number);
        if (at > 0 && text.At(clauses[at - 1]).Contains("不仅", StringComparison.Ordinal) && ClimaxPattern().Match(words) is { Success: true } climax)
            yield return (Part(clause, climax.Groups["x"]), TermRole.Climax);
    }

    private static Place Part(Place clause, Group group) => new(clause.Paragraph, clause.Start + group.Index, clause.Start + group.Index + group.Length);

    // The clause, with as many before it as a reader needs, who says it and its condition among them; it occurs once in the whole text and points nowhere
    private static Place? Frame(SourceText text, IReadOnlyList<Place> clauses, int at, int shortest, Place qualified)
    {
        for (var from = at; from >= 0; from--)
        {
            var frame = new Place(clauses[at].Paragraph, clauses[from].Start, qualified.End);
            if (frame.Length > LongestFrame * text.Scale) return null;
            var words = text.At(frame);
            var isDependent = (from > 0 && DependsOnFormer().IsMatch(words)) || LacksSubject().IsMatch(words) || IsOnlyObject().IsMatch(text.At(clauses[at]));
            if (frame.Length >= shortest && frame.Start <= qualified.Start && !isDependent && text.Count(words, 2) == 1)
                return Words.Pointing().IsMatch(words) || Words.Broken().IsMatch(text.At(clauses[from])) ? null : frame;
        }

        return null;
    }

    /// <summary>A term that stands all over the text is its subject, and guessed without reading.</summary>
    private const int MostOccurrences = 4;

    private static bool IsTelling(SourceText text, Place term) =>
        text.Count(text.At(term), MostOccurrences + 1) <= MostOccurrences;

    private static (Place Opening, Place Judgement)? Judgement(SourceText text, Place sentence)
    {
        var words = text.At(sentence);
        var opening = Words.Connective().Match(words);
        if (!Words.Judging().IsMatch(words) || !opening.Success || text.Count(opening.Value, 2) > 1) return null;
        var said = Clauses.Of(text, sentence with { Start = sentence.Start + opening.Length });
        if (said.Count == 0) return null;
        var judgement = new Place(sentence.Paragraph, said[0].Start, said[^1].End);
        var isWhole = judgement.Length >= 6 * text.Scale && judgement.Length <= 40 * text.Scale && !Words.Pointing().IsMatch(text.At(judgement)) && !Words.Broken().IsMatch(text.At(judgement));
        return isWhole ? (sentence with { End = sentence.Start + opening.Value.TrimEnd(' ', '，', ',').Length }, judgement) : null;
    }

    private static (Place Beginning, Place Ending)? Ending(SourceText text, IReadOnlyList<Place> clauses, int shortest)
    {
        if (clauses.Count < 2) return null;
        var beginning = new Place(clauses[0].Paragraph, clauses[0].Start, clauses[^2].End);
        // only the end of a long beginning is shown
        for (var i = 1; beginning.Length > LongestFrame * text.Scale && i < clauses.Count - 1; i++) beginning = beginning with { Start = clauses[i].Start };
        var ending = clauses[^1];
        var isWhole = beginning.Length >= shortest && beginning.Length <= LongestFrame * text.Scale && ending.Length >= 6 * text.Scale && ending.Length <= 32 * text.Scale
            && !Words.Pointing().IsMatch(text.At(beginning)) && !Words.Pointing().IsMatch(text.At(ending)) && !Words.Broken().IsMatch(text.At(ending))
            && !clauses.SkipLast(1).Any(clause => beginning.Holds(clause) && Words.Broken().IsMatch(text.At(clause)))
            && text.At(ending).Count(c => c is '“' or '”') % 2 == 0;
        return isWhole ? (beginning, ending) : null;
    }

    [GeneratedRegex(@"[“「](?<x>[^“”「」。，；：！？]{2,16})[”」]", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex CoinagePattern();

    // the two words of a frame hold its term at both ends
    [GeneratedRegex(@"(?:以(?<x>[^以为的、，“”]{2,12})为(?!了|什|何)|[把将](?<x>[^把将作放摆、，“”]{3,16})(?:作为|放在|摆在))", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex FramePattern();

    [GeneratedRegex(@"\A(?:更|还|也|而且)(?:要|能|应|必须)?(?<x>.{4,24})\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex ClimaxPattern();

    [GeneratedRegex(@"(?<![0-9.])(?<x>(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日|[0-9]{4}年|(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?(?:个百分点|[%％‰]|[万亿]*(?:平方(?:公里|米)|公[里斤顷尺])|[万亿]*[年月日天个项家次人名元吨米倍岁所座条部件种类批轮届]?))(?![0-9])", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"\A(?:更|还|也|而且|并|且|又|以及|(?:and|or|but|which|who) )", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex DependsOnFormer();

    // 对…的，: what is to be done about it stands in the next clause
    [GeneratedRegex(@"\A[对凡][^，]*的\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex IsOnlyObject();

    // even at the start of a sentence: what it is about stands in the one before
    [GeneratedRegex(@"\A(?:就是|主要是|也就是|尤其是|特别是)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex LacksSubject();
}
