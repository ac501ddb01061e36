namespace StudyQuiz.Domain.Attempts;

/// <summary>
/// Looks for a whole paper where drawing at random comes out short because questions bar each other: the sections with the least choice first, of their
/// questions those that bar fewest others, then places that stayed open by exchanging one question for another. It finds what can be found quickly, not
/// always what there is; the same seed and candidates give the same paper.
/// </summary>
internal sealed class PaperSearch
{
    // The shipped bank, in which 562 pairs bar each other, takes some twenty
    private const int Exchanges = 200;

    private readonly IReadOnlyList<Candidate> _candidates;
    private readonly ILookup<Candidate, Candidate> _rivals;
    private readonly Dictionary<string, int> _open;
    private readonly HashSet<Candidate> _asked = [];
    private readonly Dictionary<Candidate, int> _bars = [];
    private readonly long _seed;

    public PaperSearch(IReadOnlyList<Candidate> candidates, IReadOnlyCollection<Enemies> enemies, IReadOnlyList<PaperSection> sections, long seed)
    {
        _seed = seed;
        _candidates = [.. Shuffle.Positions(candidates.Count, seed).Select(position => candidates[position])];
        var byQuestion = candidates.ToDictionary(one => one.Question);
        _rivals = enemies
            .SelectMany(pair => byQuestion.TryGetValue(pair.One, out var one) && byQuestion.TryGetValue(pair.Other, out var other) ? new[] { (one, other), (other, one) } : [])
            .Distinct().ToLookup(pair => pair.Item1, pair => pair.Item2);
        _open = sections.ToDictionary(section => section.Type, section => section.Number, StringComparer.Ordinal);
        Fill(sections);
        Exchange();
    }

    /// <summary>What was found, in no order.</summary>
    public IReadOnlyCollection<Candidate> Asked => _asked;

    private void Fill(IReadOnlyList<PaperSection> sections)
    {
        var held = _candidates.CountBy(one => one.Type).ToDictionary(StringComparer.Ordinal);
        foreach (var section in sections.OrderBy(section => held.GetValueOrDefault(section.Type) / (double)section.Number))
            while (_open[section.Type] > 0 && _candidates.Where(one => one.Type == section.Type && IsFree(one)).MinBy(one => _rivals[one].Count(IsFree)) is { } next) Take(next);
    }

    private void Exchange()
    {
        for (var step = 0; step < Exchanges && _open.Values.Any(places => places > 0); step++)
        {
            var from = (int)(Shuffle.Fraction(Shuffle.Derive(_seed, step)) * _candidates.Count);
            var wanted = _candidates.Skip(from).Concat(_candidates.Take(from)).Where(one => _open.GetValueOrDefault(one.Type) > 0 && !_asked.Contains(one)).ToList();
            if ((wanted.Find(IsFree) ?? wanted.Find(one => _bars.GetValueOrDefault(one) == 1)) is not { } next) return;
            if (_rivals[next].FirstOrDefault(_asked.Contains) is { } rival) GiveBack(rival);
            Take(next);
        }
    }

    private bool IsFree(Candidate one) => _bars.GetValueOrDefault(one) == 0 && !_asked.Contains(one);

    private void Take(Candidate one)
    {
        _asked.Add(one);
        _open[one.Type]--;
        foreach (var rival in _rivals[one]) _bars[rival] = _bars.GetValueOrDefault(rival) + 1;
    }

    private void GiveBack(Candidate one)
    {
        _asked.Remove(one);
        _open[one.Type]++;
        foreach (var rival in _rivals[one]) _bars[rival]--;
    }
}
