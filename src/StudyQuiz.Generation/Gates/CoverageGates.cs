using StudyQuiz.Generation.Banks;

namespace StudyQuiz.Generation.Gates;

/// <summary>What must be known is asked.</summary>
public static class CoverageGates
{
    /// <summary>At least this share of the key points of weight 2 has a question.</summary>
    public const double LeastOfWeight2 = 0.6;

    /// <summary>
    /// Every key point of weight 3, and <see cref="LeastOfWeight2"/> of those of weight 2, has a question on itself or on a point below it.
    /// </summary>
    public static IEnumerable<Fault> KeyPoints(BankFile bank)
    {
        var asked = bank.Questions.Select(question => question.KeyPoint).ToHashSet(StringComparer.Ordinal);
        var covered = new HashSet<string>(StringComparer.Ordinal);
        foreach (var point in bank.KeyPoints) Mark(point, asked, covered);

        var points = bank.AllKeyPoints().ToList();
        foreach (var point in points.Where(point => point.Weight == 3 && !covered.Contains(point.Id)))
            yield return new Fault(point.Id, "point-unasked", $"No question asks about “{point.Heading}” or a point below it: add one, or lower its weight.");

        var second = points.Where(point => point.Weight == 2).ToList();
        var open = second.Where(point => !covered.Contains(point.Id)).Select(point => point.Id).ToList();
        if (second.Count > 0 && (double)(second.Count - open.Count) / second.Count < LeastOfWeight2)
            yield return new Fault(bank.Source.Slug, "points-unasked", $"Only {second.Count - open.Count} of {second.Count} key points of weight 2 have a question, {LeastOfWeight2 * 100:0} % must: ask about some of {string.Join(", ", open)}.");
    }

    private static bool Mark(BankKeyPoint point, HashSet<string> asked, HashSet<string> covered)
    {
        var below = false;
        foreach (var child in point.Points) below |= Mark(child, asked, covered);
        if (!below && !asked.Contains(point.Id)) return false;
        covered.Add(point.Id);
        return true;
    }
}
