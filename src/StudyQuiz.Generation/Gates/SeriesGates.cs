using System.Text.RegularExpressions;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Gates;

/// <summary>What items ask about a series of numbered points, the text establishes.</summary>
public static partial class SeriesGates
{
    /// <summary>A stem names a series when they share at least this many character pairs that no other series in question has.</summary>
    public const int LeastShared = 2;

    /// <summary>Items on an open series ask neither how many points it has, nor which is last, nor what is not among them.</summary>
    public static IEnumerable<Fault> OpenSeries(BankFile bank) => OpenSeries(bank, BankText.Structure(bank));

    /// <summary>
    /// The same for a structure at hand. An item is on an open series when its evidence touches the lead or the marker or heading of
    /// a point; one whose evidence lies within a point may have a list of its own, so that only “the last point” and “how many
    /// points” are refused there. A number that the evidence itself states, with the same two characters after it, may be asked.
    /// </summary>
    /// <remarks>A cloze quotes the source and asks none of this, nor do passages that a stem cites. The gate reads the stem's wording, not its meaning: a count asked for in other words passes.</remarks>
    public static IEnumerable<Fault> OpenSeries(BankFile bank, TextStructure structure)
    {
        var text = new BankText(bank);
        var unclosed = structure.AllSeries().Where(series => !series.Closed).ToList();
        if (unclosed.Count == 0) yield break;
        foreach (var question in bank.Questions.Where(question => question.Body is not Cloze))
        {
            var places = text.Places(question.Body);
            var on = unclosed.Exists(series => Frame(series).Any(frame => places.Any(frame.Overlaps)));
            var within = on || unclosed.Exists(series => series.Points.SelectMany(point => point.Body).Any(body => places.Any(body.Overlaps)));
            var stem = Quotations.WithoutCited(question.Body.Stem, text);
            (string, GateWords)? why = on ? WhyNot(question.Body, stem) : within && OfPoints().Match(stem) is { Success: true } found ? ("open-points", $"It asks “{found.Value}” of a series that the text leaves open: ask for what the text names.") : null;
            if (why is { } open) yield return new Fault(question.Id, open);
        }
    }

    /// <summary>A stem that names the N-th point means exactly one series.</summary>
    public static IEnumerable<Fault> Ordinals(BankFile bank) => Ordinals(bank, BankText.Structure(bank));

    /// <summary>
    /// The same for a structure at hand. Series that are numbered as the stem does and have such a point are in question; where
    /// there are several, the stem must share <see cref="LeastShared"/> character pairs with the lead and headings of exactly one, not
    /// counting those which others in question have as well. What is cited can't be mistaken: a cloze, a passage in quotation marks, a
    /// number with words after it that stand in the text once.
    /// </summary>
    public static IEnumerable<Fault> Ordinals(BankFile bank, TextStructure structure)
    {
        var text = new BankText(bank);
        var all = structure.AllSeries().Where(series => !series.Style.IsWithoutNumber()).ToList();
        var frames = Frames(all, text);
        foreach (var question in bank.Questions.Where(question => question.Body is not Cloze))
            foreach (var ordinal in Ordinal.In(Quotations.WithoutCited(question.Body.Stem, text)))
            {
                if (ordinal.Clause.Length >= Quotations.ShortestCited && text.HoldsOnce(ordinal.Clause)) continue;
                var meant = all.Where(series => (ordinal.Style is null || series.Style == ordinal.Style) && series.Points.Any(point => point.Number == ordinal.Number)).ToList();
                if (meant.Count > 1) meant = Named(question.Body.Stem, meant, frames);
                if (meant.Count != 1)
                    yield return meant.Count == 0
                        ? new Fault(question.Id, "ordinal-none", $"Its stem names “{ordinal.Words}”, but none of the text's series can be meant: say what the points are about, or don't name a number.")
                        : new Fault(question.Id, "ordinal-several", $"Its stem names “{ordinal.Words}”, but several of the text's series can be meant: say what the points are about, or don't name a number.");
            }
    }

    private static List<Series> Named(string stem, List<Series> candidates, Dictionary<string, List<Series>> frames)
    {
        var own = new Dictionary<Series, int>(ReferenceEqualityComparer.Instance);
        foreach (var pair in Bigrams.Of(stem))
            if (frames.TryGetValue(pair, out var holders) && holders.Where(candidates.Contains).Take(2).ToList() is [var only]) own[only] = own.GetValueOrDefault(only) + 1;
        var named = candidates.Where(series => own.GetValueOrDefault(series) >= LeastShared).ToList();
        return named.Count == 0 ? candidates : named;
    }

    // Which series have a pair of characters in what makes them one
    private static Dictionary<string, List<Series>> Frames(List<Series> all, BankText text)
    {
        var frames = new Dictionary<string, List<Series>>(StringComparer.Ordinal);
        foreach (var series in all)
            foreach (var pair in Frame(series).SelectMany(place => Bigrams.Of(text.At(place))).Distinct(StringComparer.Ordinal))
            {
                if (!frames.TryGetValue(pair, out var holders)) frames[pair] = holders = [];
                holders.Add(series);
            }

        return frames;
    }

    // What makes a series one: what it unfolds, its numbers, its headings
    private static IEnumerable<Place> Frame(Series series)
    {
        var points = series.Points.SelectMany(point => new[] { point.Marker, point.Heading });
        return series.Lead is { } lead ? points.Prepend(lead) : points;
    }

    private static (string Code, GateWords Words)? WhyNot(Question body, string stem)
    {
        foreach (Match count in Counts().Matches(stem))
            if (!body.Evidence.Any(evidence => States(evidence.Quote, count.Groups["of"].Value))) return ("open-count", $"It asks or says how many there are (“{count.Value}”) of a series that the text leaves open: ask for what the text names.");
        if (Last().Match(stem) is { Success: true } last) return ("open-last", $"It asks for the last (“{last.Value}”) of a series that the text leaves open: ask for what the text names.");
        var among = body is TrueFalse ? NotAmong().Match(stem) : Without().Match(stem);
        return among.Success ? ("open-among", $"It asks what is not among the points (“{among.Value}”) of a series that the text leaves open: ask for what the text names.") : null;
    }

    private static bool States(string quote, string counted)
    {
        foreach (var at in TextPlaces.Of(counted, quote))
            if (at > 0 && "一二两三四五六七八九十0123456789".Contains(quote[at - 1], StringComparison.Ordinal)) return true;
        return false;
    }

    // “of” is what is counted, as far as two characters tell; 前三项 counts off from the start and 哪一项 picks one: neither claims a total
    [GeneratedRegex("(?<!前)(几(?!乎|何|经|度)|多少|(哪|共有?|包括|分为)([二两三四五六七八九十][一二三四五六七八九十]?|[2-9]|[1-9][0-9]+))(?<of>[个项点条大类种步][^，。？]?)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Counts();

    [GeneratedRegex("最后", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Last();

    [GeneratedRegex("最后(一|的)?(个|点|项|条|步|方面)|(几|多少)(点|个?方面)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex OfPoints();

    [GeneratedRegex("不属于|不包括|不包含|不在其中|不在此列", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex NotAmong();

    [GeneratedRegex("不属于|不包括|不包含|不在其中|不在此列|没有|未(提|列|包)|除了?|不是", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Without();
}
