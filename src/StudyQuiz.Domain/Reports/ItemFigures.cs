namespace StudyQuiz.Domain.Reports;

/// <summary>What one run of a quiz says about its questions.</summary>
public static class ItemFigures
{
    /// <summary>Of fewer people discrimination is chance.</summary>
    public const int FewestPeople = 5;

    /// <summary>The share of the points that was earned; null where nobody was asked.</summary>
    public static double? Facility(IReadOnlyCollection<decimal> credits) => credits.Count == 0 ? null : (double)credits.Average();

    /// <summary>
    /// Whether those who are good at the rest are good at this one: the correlation of its credit with the sum of all others, −1 to 1.
    /// Null of few people, and where all did alike.
    /// </summary>
    public static double? Discrimination(IReadOnlyCollection<(decimal Credit, decimal Others)> people)
    {
        if (people.Count < FewestPeople) return null;
        var (meanCredit, meanRest) = (people.Average(one => (double)one.Credit), people.Average(one => (double)one.Others));
        var both = people.Sum(one => ((double)one.Credit - meanCredit) * ((double)one.Others - meanRest));
        var spread = Math.Sqrt(people.Sum(one => Math.Pow((double)one.Credit - meanCredit, 2)) * people.Sum(one => Math.Pow((double)one.Others - meanRest, 2)));
        return spread < 1e-9 ? null : both / spread;
    }

    /// <summary>The time that half of them took at most.</summary>
    public static TimeSpan? Median(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Order().ToList();
        if (sorted.Count == 0) return null;
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}

/// <summary>How many people scored from so many on.</summary>
/// <param name="To">The highest whole score in it.</param>
/// <param name="Passes">Whether these passed; true where there is no pass mark.</param>
public sealed record ScoreBand(int From, int To, int People, bool Passes)
{
    private static readonly int[] _widths = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000];

    /// <summary>Bands of one width, the full score alone; the pass mark begins one.</summary>
    /// <param name="pass">From how many on it is passed; null where nobody passes or fails.</param>
    public static IReadOnlyList<ScoreBand> Of(IReadOnlyCollection<decimal> scores, decimal full, decimal? pass)
    {
        var most = Math.Max(1, (int)Math.Floor(full));
        var width = _widths.FirstOrDefault(width => most / width <= 6, most);
        var starts = new SortedSet<int>(Enumerable.Range(0, (most / width) + 1).Select(i => i * width).Where(start => start < most)) { most };
        var mark = pass is { } points ? (int)Math.Ceiling(points) : 0;
        if (mark > 0 && mark <= most) starts.Add(mark);
        var list = starts.ToList();
        return
        [
            .. list.Select((start, i) => new ScoreBand(
                start, i + 1 < list.Count ? list[i + 1] - 1 : most,
                scores.Count(score => score >= (i == 0 ? decimal.MinValue : start) && (i + 1 == list.Count || score < list[i + 1])), start >= mark)),
        ];
    }
}
