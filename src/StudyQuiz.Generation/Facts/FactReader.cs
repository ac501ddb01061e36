using StudyQuiz.Generation.Gates;
using StudyQuiz.Generation.KeyPoints;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Facts;

/// <summary>Reads the facts of a text off its structure and its function words. What is doubtful, broken or points elsewhere is no fact.</summary>
public static class FactReader
{
    /// <summary>In a text of fewer characters every clause counts: a few words around a blank say enough, for there is little that they could be mistaken for.</summary>
    private const int ShortText = 200;

    /// <summary>Two tellings of a number that share more than this of what stands around it are one.</summary>
    private const double MostAlike = 0.5;

    // A figure that a text has more often tells nothing apart
    private const int MostOfNumber = 40;

    /// <summary>All facts, in the order of the text for each kind.</summary>
    public static IReadOnlyList<Fact> Read(SourceText text, IReadOnlyList<KeyPoint> keyPoints)
    {
        var owners = new KeyPointOwners(keyPoints);
        var numbers = text.Structure.AllSeries().SelectMany(series => series.Points).Select(point => point.Marker).ToLookup(marker => marker.Paragraph);
        // of a language without patterns nothing is told but what digits tell
        var isKnown = Normalizing.Languages.IsKnown(text.Clean.Language);
        var isShort = text.Paragraphs.Sum(paragraph => paragraph.Text.Length) < ShortText * text.Scale;
        // a view of others is one in all its points: the sentence is looked at as a whole before it is parted
        var sentences = text.Structure.Sentences.Select(sentence => sentence.Place)
            .Where(place => !text.Paragraphs[place.Paragraph].IsHeading && !text.IsDoubtful(place) && !OthersViews.AreIn(text, place) && !OthersViews.OnlyAsks(text, place) && !AnswersQuestion(text, place) && !Words.OfTalk().IsMatch(text.At(text.WithoutLabel(place))))
            .Select(place => (Sentence: place, Parts: text.BetweenMarkers(place).ToList()))
            // one of several points of a sentence is whole, however short it is
            .SelectMany(cut => cut.Parts.Select(part => (cut.Sentence, Words: part, IsWhole: isShort || cut.Parts.Count > 1)))
            // said by someone who is named before another point, it can't be quoted with its speaker
            .Where(part => text.Voices.OtherBefore(part.Sentence, part.Words) is null).ToList();
        IReadOnlyList<Fact> facts = [.. SeriesFacts.Of(text, owners).Concat(Parallels.Of(text, owners)).Concat(ClauseFacts.Of(text, owners)).Concat(WhoSays.Of(text, owners)).Concat(sentences.SelectMany(sentence => SentenceFacts.Of(text, owners, sentence.Words, sentence.IsWhole, isShort)))
            .Where(fact => !AsksForNumbering(fact, numbers) && (isKnown || fact is SeriesFact or PointFact or TermFact { Role: TermRole.Number }))
            .Select(fact => fact with { IsNegative = Words.Negation().IsMatch(text.At(fact.Quote)) })];
        var repeated = RepeatedLists(text, facts);
        var again = RepeatedNumbers(text, facts);
        List<Fact> told = [.. facts.Where(fact => !again.Contains(fact) && (fact is not (ListFact or TermFact { Role: TermRole.ListItem }) || !repeated.Exists(clause => clause.Overlaps(fact.Quote))))];
        return [.. told, .. Figures.Of(text, told)];
    }

    // What did we save? About a third.: in English the answer is often no sentence without the question
    private static bool AnswersQuestion(SourceText text, Place sentence)
    {
        var words = text.Paragraphs[sentence.Paragraph].Text.AsSpan(0, sentence.Start).TrimEnd();
        return !text.IsChinese && words.Length > 0 && words[^1] == '?';
    }

    /// <summary>Clauses that list what an earlier one lists: asked twice, one would give the other away.</summary>
    private static List<Place> RepeatedLists(SourceText text, IReadOnlyList<Fact> facts)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. facts.OfType<ListFact>().Where(list => !seen.Add(string.Join('、', list.Items.Select(text.At).Order(StringComparer.Ordinal)))).Select(list => list.Clause)];
    }

    /// <summary>Numbers of which an earlier sentence says in nearly the same words what they are of, as where a report and the speech itself tell them.</summary>
    private static HashSet<Fact> RepeatedNumbers(SourceText text, IReadOnlyList<Fact> facts)
    {
        var again = new HashSet<Fact>(ReferenceEqualityComparer.Instance);
        foreach (var same in facts.OfType<TermFact>().Where(term => term.Role == TermRole.Number).GroupBy(term => text.At(term.Answer), StringComparer.Ordinal).Where(same => same.Skip(1).Any()))
        {
            var kept = new List<(Place Quote, IReadOnlySet<string> Around)>();
            foreach (var term in same.Take(MostOfNumber))
            {
                var around = Bigrams.Of(string.Concat(text.At(term.Clause with { End = term.Answer.Start }), text.At(term.Clause with { Start = term.Answer.End })));
                if (kept.Exists(other => !other.Quote.Overlaps(term.Quote) && around.Count(other.Around.Contains) > MostAlike * Math.Min(around.Count, other.Around.Count))) again.Add(term);
                else kept.Add((term.Quote, around));
            }
        }

        return again;
    }

    // What numbers a point within a sentence, as in 'and (4)', is no number that the text tells
    private static bool AsksForNumbering(Fact fact, ILookup<int, Place> markers) => fact switch
    {
        TermFact term => markers[term.Answer.Paragraph].Any(term.Answer.Overlaps),
        ListFact list => list.Items.Any(item => markers[item.Paragraph].Any(item.Overlaps)),
        _ => false,
    };
}

/// <summary>Tells which key point a place belongs to.</summary>
internal sealed class KeyPointOwners
{
    private readonly ILookup<int, (Place Scope, KeyPoint Point)> _scopes;

    public KeyPointOwners(IReadOnlyList<KeyPoint> keyPoints) =>
        _scopes = keyPoints.SelectMany(point => point.WithDescendants())
            .SelectMany(point => point.Scope.Concat(point.Evidence).Select(scope => (scope, point)))
            .ToLookup(pair => pair.scope.Paragraph);

    /// <summary>The deepest key point whose part of the text holds the place, or overlaps it; null when none does.</summary>
    public KeyPoint? Of(Place place) =>
        _scopes[place.Paragraph].Where(pair => pair.Scope.Holds(place)).OrderBy(pair => pair.Scope.Length).FirstOrDefault().Point
        ?? _scopes[place.Paragraph].LastOrDefault(pair => pair.Scope.Overlaps(place)).Point;
}
