using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Facts;
using StudyQuiz.Generation.Gates;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Items;

/// <summary>A wrong answer and where the text has it; the place is null where it was made by changing the right one.</summary>
internal sealed record Distractor(string Text, Place? Place);

/// <summary>
/// Chooses wrong answers: first siblings in the same series, then what plays the same part elsewhere in the text. One that the evidence
/// supports, that holds or is held by the key, or that is nearly the key, is never taken; three options are enough.
/// </summary>
internal sealed class DistractorPool
{
    /// <summary>The most wrong options a question gets.</summary>
    public const int Most = 3;

    /// <summary>The fewest it must have.</summary>
    public const int Fewest = 2;

    private const double MostAlike = 0.6;

    // A long text counts thousands of things by the same unit
    private const int MostMixed = 100;

    private const int ShortestDemand = 8;

    // A speech may be one paragraph: what is about the same thing stands within a few sentences
    private const int NearBy = 200;

    // A word that stands all over a text ties no end to a beginning
    private const int MostOccurrences = 4;

    private static readonly char[] _sentenceEnds = ['。', '！', '？', '；'];

    private readonly SourceText _text;
    private readonly long _seed;
    private readonly Years _years;
    private readonly List<Distractor> _headings;
    private readonly List<Distractor> _endings;
    private readonly ILookup<string, Distractor> _endingsByWord;
    private readonly ILookup<int, Distractor> _endingsByParagraph;
    private readonly ILookup<string, Distractor> _theses;
    private readonly ILookup<bool, Distractor> _demands;
    private readonly ILookup<TermRole, Distractor> _terms;
    private readonly ILookup<string, Distractor> _numbers;

    public DistractorPool(SourceText text, IReadOnlyList<Fact> facts, long seed)
    {
        _text = text;
        _seed = seed;
        _years = new Years(text);
        _headings = Distinct(facts.OfType<PointFact>().Select(fact => fact.Point.Heading));
        _endings = Distinct(facts.OfType<EndingFact>().Select(fact => fact.Ending));
        _endingsByWord = _endings.SelectMany(ending => ContentWords.Of(ending.Text).Select(word => (word, ending))).ToLookup(pair => pair.word, pair => pair.ending, StringComparer.Ordinal);
        _endingsByParagraph = _endings.ToLookup(ending => ending.Place!.Paragraph);
        _theses = facts.OfType<ThesisFact>().GroupBy(fact => LeadingUp(text.At(fact.Beginning)), StringComparer.Ordinal)
            .SelectMany(form => Distinct(form.Select(fact => fact.Thesis)).Select(thesis => (form.Key, thesis))).ToLookup(pair => pair.Key, pair => pair.thesis, StringComparer.Ordinal);
        _demands = facts.OfType<DemandFact>().GroupBy(fact => IsForbidden(text, fact.Beginning)).SelectMany(side => Distinct(side.Select(fact => fact.Demand)).Select(demand => (side.Key, demand))).ToLookup(pair => pair.Key, pair => pair.demand);
        _terms = facts.OfType<TermFact>().GroupBy(fact => fact.Role)
            .SelectMany(role => Distinct(role.Select(fact => fact.Answer)).Select(distractor => (role.Key, distractor)))
            .ToLookup(pair => pair.Key, pair => pair.distractor);
        _numbers = _terms[TermRole.Number].ToLookup(number => Numbers.UnitOf(number.Text), StringComparer.Ordinal);
    }

    /// <summary>Headings: those of the same series, and of others only where these are too few; they are often told by their form.</summary>
    /// <param name="right">Headings that would be right as well.</param>
    public IReadOnlyList<Distractor> Headings(Place key, IEnumerable<Place> siblings, string shown, IReadOnlySet<Place> right) =>
        Choose(key, Distinct(siblings), [.. _headings.Where(heading => !right.Contains(heading.Place!) && IsOfForm(heading.Text, _text.At(key)))], shown, mostOfThen: Fewest);

    // A heading of another series is seen to be one unless it begins or ends as the right one does
    private static bool IsOfForm(string heading, string key) => (heading[0] == key[0] || heading[^1] == key[^1]) && ClauseForm.Of(heading) == ClauseForm.Of(key);

    /// <summary>Clauses said under other points of the series.</summary>
    public IReadOnlyList<Distractor> Clauses(Place key, IEnumerable<Place> siblings, string shown) => Choose(key, Distinct(siblings), [], shown);

    /// <summary>What sentences built alike say of other things.</summary>
    public IReadOnlyList<Distractor> Parts(Place key, IEnumerable<Place> others, string shown) => Choose(key, Distinct(others), [], shown);

    /// <summary>What the text puts forward elsewhere in the same way.</summary>
    public IReadOnlyList<Distractor> Theses(Place key, Place beginning, string shown) => Choose(key, [.. _theses[LeadingUp(_text.At(beginning))]], [], shown);

    // what lies in something, what something is, and what must be done can't stand for each other
    private static string LeadingUp(string beginning) => beginning[Math.Max(0, beginning.Length - 2)..];

    /// <summary>Terms of the same role elsewhere, then of the other roles but numbers.</summary>
    public IReadOnlyList<Distractor> Terms(Place key, TermRole role, string shown) => role switch
    {
        TermRole.Number => OtherNumbers(key),
        TermRole.Climax => Choose(key, [.. _terms[role]], OfForm(_endings, key), shown),
        // to put other words between the text's own quotation marks would be to misquote it
        TermRole.Coinage => [],
        _ => OfOneKind(key, shown),
    };

    // A number that the text has of the same thing might be right as well; one of other things that count the same, in another sentence, is what a reader mixes up
    private List<Distractor> OtherNumbers(Place key)
    {
        var paragraph = _text.Paragraphs[key.Paragraph].Text;
        var (number, after) = (_text.At(key), paragraph[key.End..]);
        var thing = after.Length > 0 && char.IsLetter(after[0]) ? after[..1] : "";
        var before = _text.At(key with { Start = 0, End = key.Start });
        var sentence = (Before: before[(before.LastIndexOfAny(_sentenceEnds) + 1)..], After: after[..(after.IndexOfAny(_sentenceEnds) is >= 0 and var end ? end : after.Length)]);
        bool MayStand(string other) => Numbers.KeepsSense(number, other, before, after) && Numbers.KeepsOrder(number, other, sentence.Before, sentence.After) && _years.MayBe(number, other, before, after);
        var mixed = Numbers.MayBeMixed(number) ? _numbers[Numbers.UnitOf(number)].Where(other => other.Place!.Paragraph != key.Paragraph).Take(MostMixed).Where(other => Numbers.AreMixed(number, other.Text) && MayStand(other.Text))
            .OrderBy(other => ItemContext.Pick(_seed, number + other.Text, int.MaxValue)).Take(1).Select(other => other.Text).ToList() : [];
        var wrong = mixed.Concat(Numbers.Changed(number, before, after).Where(other => !HoldsNumber(other + thing) && MayStand(other) && !mixed.Exists(one => Numbers.AreNear(one, other))))
            .Take(Most).Select(other => new Distractor(other, null)).ToList();
        return wrong.Count < Fewest ? [] : wrong;
    }

    private bool HoldsNumber(string words) => _text.Paragraphs.Any(paragraph => TextPlaces.Of(words, paragraph.Text).Any(at => !WrittenNumbers.IsCut(paragraph.Text, at, at + words.Length)));

    // Without knowing words, what ends (or in English begins) alike is most likely of one kind: 自然规律 beside 经济规律, never beside 山区
    private List<Distractor> OfOneKind(Place key, string shown)
    {
        var words = _text.At(key);
        return Choose(key, [.. _terms[TermRole.ListItem].Concat(_terms[TermRole.Framed]).Where(distractor => distractor.Text[^1] == words[^1]).OrderBy(distractor => distractor.Text.Length)], [], shown);
    }

    /// <summary>What is demanded of others, or forbidden to them where it is forbidden. A few words fit only those of whom they are said.</summary>
    public IReadOnlyList<Distractor> Demands(Place key, Place beginning, string shown) =>
        key.Length < ShortestDemand * _text.Scale ? [] : Choose(key, OfForm(_demands[IsForbidden(_text, beginning)], key), [], shown);

    private static bool IsForbidden(SourceText text, Place beginning) => Words.Negation().IsMatch(text.At(beginning));

    /// <summary>Ends of other sentences.</summary>
    public IReadOnlyList<Distractor> Endings(Place key, string shown) => Choose(key, OfForm(_endings, key), [], shown);

    private List<Distractor> OfForm(IEnumerable<Distractor> endings, Place key)
    {
        var form = ClauseForm.Of(_text.At(key));
        return [.. endings.Where(ending => ClauseForm.Of(ending.Text) == form)];
    }

    /// <summary>
    /// Ends of other sentences that a reader of the beginning could expect: they take up a word of it, or one of its right end and stand near it. Where the right one takes
    /// one up, at least one does; else it would be the only one that fits. Those that take one up come first. A statement needs only one of them.
    /// </summary>
    public IReadOnlyList<Distractor> Continuations(Place beginning, Place key)
    {
        var shown = _text.At(beginning);
        var (words, own) = (ContentWords.Of(shown), ContentWords.Of(_text.At(key)));
        // 哪怕…，也…: an end that is not tied so, or is where the right one is not, is out of the question, and so is what forbids where something was counted
        var form = ClauseForm.Of(_text.At(key));
        bool IsAlike(Distractor ending) => ClauseForm.Of(ending.Text) == form;
        // what the whole text is about, half of its ends take up
        List<Distractor> taken = [.. words.Where(word => _text.Count(word, MostOccurrences + 1) <= MostOccurrences).SelectMany(word => _endingsByWord[word]).Distinct().Where(IsAlike).OrderBy(ending => ending.Text.Length)];
        var chosen = Choose(key, taken, [.. _endingsByParagraph[key.Paragraph].Where(ending => IsAlike(ending) && Math.Abs(ending.Place!.Start - key.Start) <= NearBy * _text.Scale && ContentWords.Shared(own, ending.Text) > 0)], shown, fewest: 1);
        return ContentWords.Shared(words, _text.At(key)) > 0 && !chosen.Exists(ending => ContentWords.Shared(words, ending.Text) > 0) ? [] : chosen;
    }

    private List<Distractor> Distinct(IEnumerable<Place> places) =>
        [.. places.Select(place => new Distractor(_text.At(place), place)).DistinctBy(distractor => TypedText.Normalize(distractor.Text), StringComparer.Ordinal).OrderBy(distractor => distractor.Text.Length)];

    private List<Distractor> Choose(Place key, IReadOnlyList<Distractor> first, IReadOnlyList<Distractor> then, string shown, int fewest = Fewest, int mostOfThen = Most)
    {
        var words = _text.At(key);
        var pairs = Bigrams.Of(words);
        var chosen = new List<Distractor>();
        foreach (var pool in new[] { first, then })
        {
            var fitting = Near(pool, words.Length).Where(distractor => IsOfLikeLength(distractor.Text, words))
                .OrderBy(distractor => Distance(distractor.Text, words)).ThenBy(distractor => ItemContext.Pick(_seed, words + distractor.Text, int.MaxValue));
            foreach (var distractor in fitting)
            {
                if (chosen.Count == Most || (pool == then && chosen.Count >= mostOfThen)) break;
                if (IsWrong(distractor, key, words, pairs, shown) && chosen.All(other => Bigrams.Jaccard(other.Text, distractor.Text) <= MostAlike && Fits(other.Text, distractor.Text)))
                    chosen.Add(distractor);
            }
        }

        return chosen.Count < fewest ? [] : chosen;
    }

    /// <summary>How many longer and how many shorter texts of a pool are looked at: a long text must not cost the square of its length.</summary>
    private const int MostLookedAt = 60;

    // A pool is in the order of its lengths
    private static IEnumerable<Distractor> Near(IReadOnlyList<Distractor> pool, int length)
    {
        var (low, high) = (0, pool.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (pool[middle].Text.Length < length) low = middle + 1;
            else high = middle;
        }

        return pool.Skip(Math.Max(0, low - MostLookedAt)).Take(2 * MostLookedAt);
    }

    private bool IsWrong(Distractor distractor, Place key, string words, IReadOnlySet<string> pairs, string shown)
    {
        var text = distractor.Text;
        return !text.Contains(words, StringComparison.Ordinal) && !words.Contains(text, StringComparison.Ordinal)
            && !shown.Contains(text, StringComparison.Ordinal) && !text.Contains('“', StringComparison.Ordinal)
            && (distractor.Place is null || !distractor.Place.Overlaps(key))
            && Bigrams.Jaccard(pairs, Bigrams.Of(text)) <= MostAlike
            && !_text.IsDoubtful(distractor.Place ?? key);
    }

    // A little under the twofold that a gate allows, since two wrong answers are held to it as well
    private static bool IsOfLikeLength(string a, string b) => Math.Max(a.Length, b.Length) <= Math.Max(2, 1.8 * Math.Min(a.Length, b.Length));

    private static bool Fits(string a, string b) => Math.Max(a.Length, b.Length) <= 2 * Math.Min(a.Length, b.Length);

    // Like length, like ending; a shorter one is further off than a longer one, lest the key stand out as the longest
    private static int Distance(string distractor, string key)
    {
        var difference = distractor.Length - key.Length;
        var sameEnd = distractor[^1] == key[^1] ? 0 : 2;
        return (difference >= 0 ? difference : (-2 * difference) + 1) + sameEnd;
    }
}
