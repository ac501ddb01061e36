using System.Security.Cryptography;
using System.Text;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Facts;
using StudyQuiz.Generation.Gates;
using StudyQuiz.Generation.Items;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Proposals;

/// <summary>What became of a proposal.</summary>
public abstract record ReadProposal
{
    /// <summary>It may go before the gates.</summary>
    public sealed record Candidate(Items.Candidate Question) : ReadProposal;

    public sealed record Refused(ProposalRefusal Why) : ReadProposal;
}

/// <summary>
/// Turns what a language model proposes into candidates, which then pass the gates like those of the rules, or refuses it. Only the
/// stem and the wrong options are the model's own words; what is right is copied from the text, and reasons and the explanation are
/// ours. Pure: the same proposal on the same draft gives the same candidate.
/// </summary>
public sealed class ProposalReader
{
    /// <summary>A stem shares at least this many letters in a row with its paragraph, for Chinese.</summary>
    private const int LeastShared = 3;

    /// <summary>What the ids of proposed questions begin with, so that a reviewer sees where they come from.</summary>
    public const string IdPrefix = "llm-";

    private readonly SourceText _text;
    private readonly Wording _wording;
    private readonly Attribution _attribution;
    private readonly string _whole;

    public ProposalReader(Drafted drafted)
    {
        _text = drafted.Text;
        _wording = Wording.Of(_text.IsChinese);
        _whole = string.Join('\n', _text.Paragraphs.Select(paragraph => paragraph.Text));
        _attribution = new Attribution(Attribution.People(_whole));
    }

    /// <param name="item">The proposal; null for one that is not as the schema says.</param>
    /// <param name="offered">The facts that it may name, by id.</param>
    public ReadProposal Read(ProposedItem? item, IReadOnlyDictionary<string, FactOffer> offered)
    {
        if (item is null) return new ReadProposal.Refused(ProposalRefusal.WrongSchema);
        if (!QuestionTypes.All.Contains(item.Type, StringComparer.Ordinal)) return new ReadProposal.Refused(ProposalRefusal.UnknownType);
        if (!offered.TryGetValue(item.Fact, out var offer)) return new ReadProposal.Refused(ProposalRefusal.UnknownFact);
        if (ProposedTexts.WhyNot(item, _text.Scale) is { } text) return new ReadProposal.Refused(text);
        if (!HasShape(item)) return new ReadProposal.Refused(ProposalRefusal.WrongShape);
        if (Find(item.Quote, offer) is not { } place) return new ReadProposal.Refused(ProposalRefusal.QuoteNotThere);
        if (_text.IsDoubtful(place)) return new ReadProposal.Refused(ProposalRefusal.DoubtfulQuote);
        return WhyNot(item, place, offer.Fact) is { } why ? new ReadProposal.Refused(why) : new ReadProposal.Candidate(Candidate(item, offer, place));
    }

    // The fact's own sentence first: its paragraph may hold the words more than once
    private Place? Find(string quote, FactOffer offer)
    {
        if (quote.Length == 0) return null;
        var inside = offer.Context.IndexOf(quote, StringComparison.Ordinal);
        if (inside >= 0) return new Place(offer.Place.Paragraph, offer.Place.Start + inside, offer.Place.Start + inside + quote.Length);
        var start = _text.Paragraphs[offer.Place.Paragraph].Text.IndexOf(quote, StringComparison.Ordinal);
        return start < 0 ? null : new Place(offer.Place.Paragraph, start, start + quote.Length);
    }

    // How many options must be right is a gate's matter
    private static bool HasShape(ProposedItem item) => item.IsTrue is not null == (item.Type == QuestionTypes.TrueFalse) && item.Type switch
    {
        QuestionTypes.SingleChoice or QuestionTypes.MultipleChoice => item is { Right.Count: > 0, Left.Count: 0 } && item.Wrong.Count + item.Right.Count >= 3,
        QuestionTypes.TrueFalse => item is { Right.Count: 0, Wrong.Count: 0, Left.Count: 0 },
        QuestionTypes.Cloze => item is { Right.Count: 1, Wrong.Count: 0, Left.Count: 0 },
        QuestionTypes.Ordering => item is { Right.Count: >= 3, Wrong.Count: 0, Left.Count: 0 },
        QuestionTypes.Matching => item is { Right.Count: >= 2, Wrong.Count: 0 } && item.Left.Count == item.Right.Count,
        _ => item is { Right.Count: > 0, Wrong.Count: 0, Left.Count: 0 },
    };

    private ProposalRefusal? WhyNot(ProposedItem item, Place place, Fact fact)
    {
        var quote = _text.At(place);
        if (IsDenied(place)) return ProposalRefusal.Denied;
        if (item.Right.Concat(item.Left).Any(key => !quote.Contains(key, StringComparison.Ordinal))) return ProposalRefusal.KeyNotInQuote;
        if (item.Type == QuestionTypes.Ordering && !fact.IsOrdered) return ProposalRefusal.FreeOrder;
        if (item.Type == QuestionTypes.Ordering && !StandInOrder(item.Right, quote)) return ProposalRefusal.OtherOrder;
        if (item.Type == QuestionTypes.Matching && !StandInOrder(item.Left.Zip(item.Right, (left, right) => new[] { left, right }).SelectMany(pair => pair), quote)) return ProposalRefusal.OtherOrder;
        if (item.IsTrue is { } isTrue && !(IsWhole(place, fact) && FollowsFrom(quote, item.Stem, isTrue))) return ProposalRefusal.StatementNotFromQuote;
        // a cloze's stem is the text's own sentence, or its gate refuses it
        return item.Type == QuestionTypes.Cloze ? null : StemWhyNot(item.Stem, place);
    }

    // From the start of the sentence: a quote must not begin behind the word that turns it round
    private bool IsDenied(Place place)
    {
        var before = _text.Paragraphs[place.Paragraph].Text[..place.End];
        var start = place.Start;
        while (start > 0 && !"。！？；!?;".Contains(before[start - 1], StringComparison.Ordinal)) start--;
        return Words.Negation().IsMatch(before[start..]);
    }

    // A fact begins behind the number of its point, which is no clause of its own
    private bool IsWhole(Place place, Fact fact)
    {
        var paragraph = _text.Paragraphs[place.Paragraph].Text;
        return ProposedStatements.IsWhole(paragraph, place.Start, place.End) || (place.Start == fact.Quote.Start && ProposedStatements.IsWhole(paragraph[place.Start..], 0, place.Length));
    }

    private static bool StandInOrder(IEnumerable<string> words, string quote)
    {
        var from = 0;
        foreach (var word in words)
        {
            var at = quote.IndexOf(word, from, StringComparison.Ordinal);
            if (at < 0) return false;
            from = at + word.Length;
        }

        return true;
    }

    private static bool FollowsFrom(string quote, string stem, bool isTrue)
    {
        var told = ItemParts.Told(new TrueFalse { Stem = stem, Answer = isTrue, Explanation = "", Evidence = [], Difficulty = 1 }).TrimEnd('.');
        return isTrue ? ProposedStatements.IsTold(told, quote) : ProposedStatements.IsChanged(told, quote);
    }

    private ProposalRefusal? StemWhyNot(string stem, Place place)
    {
        if (Gates.Quotations.In(stem).Any(words => !_whole.Contains(words, StringComparison.Ordinal))) return ProposalRefusal.MadeUpQuotation;
        if (_attribution.In(stem) is not null) return ProposalRefusal.Attribution;
        var (paragraph, least) = (_text.Paragraphs[place.Paragraph].Text, LeastShared * _text.Scale);
        var isShared = Enumerable.Range(0, Math.Max(0, stem.Length - least + 1)).Select(at => stem.Substring(at, least))
            .Any(words => words.All(c => char.IsLetterOrDigit(c) || c == ' ') && paragraph.Contains(words, StringComparison.OrdinalIgnoreCase));
        return isShared ? null : ProposalRefusal.StemNotFromText;
    }

    private Candidate Candidate(ProposedItem item, FactOffer offer, Place place)
    {
        var identity = offer.Fact.Identity(_text);
        string[] evidence = [_text.At(place)];
        var proof = new[] { offer.Fact.Quote, place }.Distinct().ToList();
        var body = Body(item, _wording.TextReads(evidence[0].TrimEnd('。', '.'))) with
        {
            // a quote inside another proves nothing more
            Evidence = [.. proof.Where(one => !proof.Exists(other => other != one && other.Holds(one))).Select(_text.Evidence)],
        };
        var content = string.Join('\u001f', new[] { identity, item.Type, item.Quote, item.IsTrue?.ToString() ?? "", item.Stem }
            .Concat(item.Right).Append("").Concat(item.Wrong).Append("").Concat(item.Left));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, 6));
        return new Candidate(offer.Fact, identity, new BankQuestion($"{IdPrefix}{item.Type.Split('_')[0]}-{hash}", offer.Fact.KeyPoint.Id, QuestionOrigin.Generated, QuestionStatus.Draft, body, []))
        {
            Asked = string.Join('\u001f', item.Right),
        };
    }

    private Question Body(ProposedItem item, string explanation)
    {
        IReadOnlyList<Option> options = [.. item.Right.Select(text => new Option(text, Correct: true, explanation)), .. item.Wrong.Select(text => new Option(text, Correct: false, WhyWrong(text)))];
        var difficulty = item.Right.Count == 0 ? 2 : Choices.Difficulty(item.Right[0], item.Wrong, item.Stem.Length);
        return item.Type switch
        {
            QuestionTypes.SingleChoice => new SingleChoice { Stem = item.Stem, Options = options, Explanation = explanation, Evidence = [], Difficulty = difficulty },
            QuestionTypes.MultipleChoice => new MultipleChoice { Stem = item.Stem, Options = options, Explanation = explanation, Evidence = [], Difficulty = difficulty },
            QuestionTypes.TrueFalse => new TrueFalse { Stem = item.Stem, Answer = item.IsTrue == true, Explanation = explanation, Evidence = [], Difficulty = difficulty },
            QuestionTypes.Cloze => new Cloze { Stem = item.Stem, Accepted = [item.Right[0]], Explanation = explanation, Evidence = [], Difficulty = difficulty },
            QuestionTypes.Ordering => new Ordering { Stem = item.Stem, Items = item.Right, Explanation = explanation, Evidence = [], Difficulty = 3 },
            QuestionTypes.Matching => new Matching { Stem = item.Stem, Pairs = [.. item.Left.Zip(item.Right, (left, right) => new MatchPair(left, right))], Explanation = explanation, Evidence = [], Difficulty = 3 },
            _ => new Flashcard { Stem = item.Stem, Back = _wording.Join(item.Right), Explanation = explanation, Evidence = [], Difficulty = difficulty },
        };
    }

    private string WhyWrong(string text)
    {
        for (var at = 0; at < _text.Paragraphs.Count; at++)
            if (_text.Paragraphs[at].Text.Contains(text, StringComparison.Ordinal)) return _wording.NotHere(at + 1);
        return _wording.NowhereSaid;
    }
}
