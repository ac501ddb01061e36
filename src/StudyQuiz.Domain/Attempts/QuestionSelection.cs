namespace StudyQuiz.Domain.Attempts;

/// <summary>A question that an attempt may hold.</summary>
/// <param name="Type">One of <see cref="Questions.QuestionTypes"/>.</param>
public sealed record Candidate(long Question, long KeyPoint, string Type);

/// <summary>Two questions of which one gives away the other's answer.</summary>
public sealed record Enemies(long One, long Other);

/// <summary>Which questions an attempt asks.</summary>
public static class QuestionSelection
{
    /// <summary>
    /// At most <paramref name="number"/> questions in the order in which they are asked: key points in turn, within a key point the
    /// type that was used least, never two enemies. Of each type one question is held free of enemies, so that a rare type with many of
    /// them is not crowded out where there is room for all. The same seed and candidates give the same questions.
    /// </summary>
    /// <param name="candidates">In an order of their own, such as by id: the seed shuffles positions.</param>
    public static IReadOnlyList<long> SelectQuestions(
        IReadOnlyList<Candidate> candidates, IReadOnlyCollection<Enemies> enemies, int number, long seed)
    {
        var shuffled = Shuffle.Positions(candidates.Count, seed).Select(position => candidates[position]).ToList();
        var rivals = Rivals(enemies);
        var waiting = new Queue<LinkedList<Candidate>>(shuffled.GroupBy(c => c.KeyPoint).Select(group => new LinkedList<Candidate>(group)));
        var picked = new List<long>();
        var barred = BarredByOneOfEachType(shuffled, rivals);
        var used = new Dictionary<string, int>(StringComparer.Ordinal);

        while (picked.Count < number && waiting.TryDequeue(out var ofKeyPoint))
        {
            if (Next(ofKeyPoint, barred, used) is not { } next) continue;
            ofKeyPoint.Remove(next);
            picked.Add(next.Question);
            barred.UnionWith(rivals[next.Question]);
            used[next.Type] = used.GetValueOrDefault(next.Type) + 1;
            waiting.Enqueue(ofKeyPoint);
        }

        return picked;
    }

    /// <summary>At most <paramref name="number"/> questions in the order of the candidates; of two enemies the first.</summary>
    public static IReadOnlyList<long> TakeInOrder(IEnumerable<long> candidates, IReadOnlyCollection<Enemies> enemies, int number)
    {
        var rivals = Rivals(enemies);
        var picked = new List<long>();
        var barred = new HashSet<long>();
        foreach (var candidate in candidates)
        {
            if (picked.Count >= number) break;
            if (!barred.Add(candidate)) continue;
            picked.Add(candidate);
            barred.UnionWith(rivals[candidate]);
        }

        return picked;
    }

    // The rarest type chooses first: it has the fewest to choose from.
    private static HashSet<long> BarredByOneOfEachType(List<Candidate> shuffled, ILookup<long, long> rivals)
    {
        var barred = new HashSet<long>();
        foreach (var ofType in shuffled.GroupBy(c => c.Type).OrderBy(group => group.Count()))
        {
            if (ofType.FirstOrDefault(c => !barred.Contains(c.Question)) is { } one) barred.UnionWith(rivals[one.Question]);
        }

        return barred;
    }

    internal static ILookup<long, long> Rivals(IReadOnlyCollection<Enemies> enemies) =>
        enemies.SelectMany(e => new[] { (e.One, e.Other), (e.Other, e.One) }).ToLookup(e => e.Item1, e => e.Item2);

    // Among a key point's questions that nobody bars, the first whose type was used least so far.
    private static Candidate? Next(LinkedList<Candidate> ofKeyPoint, HashSet<long> barred, Dictionary<string, int> used) =>
        ofKeyPoint.Where(c => !barred.Contains(c.Question)).MinBy(c => used.GetValueOrDefault(c.Type));
}
