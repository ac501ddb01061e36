namespace StudyQuiz.Domain.Statistics;

/// <summary>What in a question's statistics asks for a look. A flag is raised only where chance hardly explains the figure; it never decides anything.</summary>
public static class ItemFlags
{
    /// <summary>Those who are good at the rest are worse at this one: likely a wrong key or a stem that misleads who knows.</summary>
    public const string Negative = "negative";

    /// <summary>A wrong option that hardly anybody chooses.</summary>
    public const string Dead = "dead";

    public const string Easy = "easy";
    public const string Hard = "hard";

    /// <summary>It takes much longer than others of its type in its bank, or is answered much faster.</summary>
    public const string Slow = "slow";

    public const string Fast = "fast";

    /// <summary>All of them, what is worse first.</summary>
    public static IReadOnlyList<string> All { get; } = [Negative, Dead, Hard, Easy, Slow, Fast];

    private const double EasyFrom = 0.95;
    private const double EasyAtLeast = 0.8;
    private const double HardTo = 0.3;
    private const double HardAtMost = 0.45;
    private const double DeadBelow = 0.05;
    private const double DeadAtMost = 0.1;

    // Of a normal distribution 3 deviations hold all but 3 of 1,000; the median deviation from the median is so much smaller than one
    private const double Deviations = 3;
    private const double OfMedian = 1.4826;
    private const int FewestPeers = 8;

    /// <param name="wrong">The positions of wrong options, where one is chosen of several.</param>
    /// <param name="peers">The median times of the bank's questions of its type.</param>
    public static IReadOnlyList<string> Of(ItemStatistics figures, IReadOnlyCollection<int> wrong, IReadOnlyCollection<TimeSpan> peers)
    {
        var flags = new List<string>();
        if (figures.DiscriminationInterval is { High: < 0 }) flags.Add(Negative);
        if (DeadOptions(figures, wrong).Count > 0) flags.Add(Dead);
        if (figures is { Facility: <= HardTo, FacilityInterval.High: <= HardAtMost }) flags.Add(Hard);
        if (figures is { Facility: >= EasyFrom, FacilityInterval.Low: >= EasyAtLeast }) flags.Add(Easy);
        if (figures.Times is { } times && OutlierOf(times.Median, peers) is { } outlier) flags.Add(outlier);
        return flags;
    }

    /// <summary>The positions of wrong options that hardly anybody chooses.</summary>
    public static IReadOnlyList<int> DeadOptions(ItemStatistics figures, IReadOnlyCollection<int> wrong) =>
    [
        .. wrong.Where(option => option < figures.Options.Count && (double)figures.Options[option].People / figures.People is < DeadBelow and var share
            && Interval.OfShare(share, figures.People).High < DeadAtMost),
    ];

    // By logarithms: twice as long is as far as half as long
    private static string? OutlierOf(TimeSpan median, IReadOnlyCollection<TimeSpan> peers)
    {
        if (peers.Count < FewestPeers || median <= TimeSpan.Zero) return null;
        var logs = peers.Where(peer => peer > TimeSpan.Zero).Select(peer => Math.Log(peer.TotalSeconds)).ToList();
        var middle = Middle(logs);
        var spread = Math.Max(OfMedian * Middle(logs.Select(log => Math.Abs(log - middle))), 0.1);
        return ((Math.Log(median.TotalSeconds) - middle) / spread) switch { > Deviations => Slow, < -Deviations => Fast, _ => null };
    }

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
