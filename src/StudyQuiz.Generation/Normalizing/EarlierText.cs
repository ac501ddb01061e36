using System.Text.RegularExpressions;
using StudyQuiz.Generation.Gates;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>What a text has said so far, to tell whether a sentence says it again.</summary>
internal sealed class EarlierText(bool latin)
{
    // Measured on a report that tells a speech twice: new text shares at most 0.38 of its runs, copies at least 0.94
    private const double Contained = 0.6;

    // A copy in other words still shares most pairs of letters with its one sentence
    private const double Alike = 0.6;

    // Numbers of dates change between tellings; others are what a sentence is about
    private static readonly Regex Numbers = Pattern.Of(@"\d+(?<date>[年月日时点分:：])?");

    private readonly int _run = latin ? 16 : 8;
    private readonly int _shortRun = latin ? 8 : 4;
    private readonly HashSet<ulong> _runs = [];
    private readonly Dictionary<ulong, int> _sentenceOfShortRun = [];
    private readonly List<string> _sentences = [];
    private readonly HashSet<string> _bare = new(StringComparer.Ordinal);

    /// <summary>Whether a sentence was told before, nearly in these words and with the same numbers.</summary>
    public bool Has(string sentence)
    {
        var bare = Sentences.Bare(sentence);
        if (bare.Length == 0) return false;
        if (bare.Length < _run) return _bare.Contains(bare);

        var closest = Closest(bare);
        var runs = Grams.Of(bare, _run).ToList();
        var contained = runs.Count(_runs.Contains);
        if (contained == runs.Count) return true;
        if (closest is null || HasOtherNumbers(sentence, closest)) return false;
        return contained >= Contained * runs.Count
            || (bare.Length < 2 * closest.Length && closest.Length < 3 * bare.Length && Bigrams.Jaccard(bare, closest) >= Alike);
    }

    public void Add(IEnumerable<string> sentences)
    {
        foreach (var sentence in sentences)
        {
            var bare = Sentences.Bare(sentence);
            _runs.UnionWith(Grams.Of(bare, _run));
            foreach (var run in Grams.Of(bare, _shortRun)) _sentenceOfShortRun.TryAdd(run, _sentences.Count);
            _sentences.Add(sentence);
            if (bare.Length < _run) _bare.Add(bare);
        }
    }

    /// <summary>The earlier sentence that shares most short runs.</summary>
    private string? Closest(string bare)
    {
        var votes = new Dictionary<int, int>();
        foreach (var run in Grams.Of(bare, Math.Min(_shortRun, bare.Length)))
            if (_sentenceOfShortRun.TryGetValue(run, out var sentence)) votes[sentence] = votes.GetValueOrDefault(sentence) + 1;
        return votes.Count == 0 ? null : _sentences[votes.OrderByDescending(vote => vote.Value).ThenBy(vote => vote.Key).First().Key];
    }

    private static bool HasOtherNumbers(string sentence, string earlier)
    {
        var known = Numbers.Matches(earlier).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        return Numbers.Matches(sentence).Any(match => !match.Groups["date"].Success && !known.Contains(match.Value));
    }
}
