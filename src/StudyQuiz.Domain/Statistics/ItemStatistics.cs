using System.Text.Json.Serialization;
using StudyQuiz.Domain.Reports;

namespace StudyQuiz.Domain.Statistics;

/// <summary>
/// What people's first answers say about a question, by the formulas of Moodle's quiz statistics
/// (https://docs.moodle.org/dev/Quiz_statistics_calculations): x is what an answer earned, y what its person earned with all others.
/// <list type="bullet">
/// <item>facility = mean(x)</item>
/// <item>discrimination index = C(x, y) / √(V(x)·V(y)), their correlation</item>
/// <item>discriminative efficiency = C(x, y) / Cmax, where Cmax is the covariance of the same credits and scores, each in ascending order:
/// how much of what its difficulty allows the question tells people apart</item>
/// </list>
/// Moodle's y is the sum over one quiz; here sittings differ in length, so it is the mean, which of sittings of one length gives the same figures.
/// </summary>
public sealed record ItemStatistics
{
    /// <summary>Of fewer people nothing is said but how many they were.</summary>
    public const int FewestPeople = 5;

    /// <summary>Of fewer people who stands where is chance.</summary>
    public const int FewestToTellApart = 10;

    /// <summary>Of a smaller third no share is drawn: one person would be all of it.</summary>
    public const int FewestOfThird = 3;

    /// <summary>How many weeks are drawn.</summary>
    public const int MostWeeks = 8;

    public required int People { get; init; }

    public double? Facility { get; init; }

    public Interval? FacilityInterval { get; init; }

    /// <summary>How far credits lie from their mean, by the sample.</summary>
    public double? Deviation { get; init; }

    /// <summary>Of how many people it is known what else they earned.</summary>
    public required int Compared { get; init; }

    public double? Discrimination { get; init; }

    public Interval? DiscriminationInterval { get; init; }

    public double? Efficiency { get; init; }

    /// <summary>Of each option who chose it; empty where nothing is chosen.</summary>
    public IReadOnlyList<OptionPicks> Options { get; init; } = [];

    /// <summary>How many people each third has, the weakest first; empty where too few can be told apart.</summary>
    public IReadOnlyList<int> Thirds { get; init; } = [];

    /// <summary>Whether shares by thirds say something: each has enough people, which many who stand equal can keep one from.</summary>
    [JsonIgnore]
    public bool HasThirds => Thirds.Count > 0 && Thirds.Min() >= FewestOfThird;

    public TimeFigures? Times { get; init; }

    /// <summary>The last weeks that had answers, in their order.</summary>
    public IReadOnlyList<WeekFigures> Weeks { get; init; } = [];

    /// <param name="options">How many there are to choose; 0 where nothing is chosen.</param>
    public static ItemStatistics Of(IReadOnlyCollection<FirstAnswer> answers, int options)
    {
        var compared = answers.Where(answer => answer.Others is not null).Select(answer => (answer.Credit, Others: answer.Others!.Value)).ToList();
        var facility = answers.Count < FewestPeople ? null : ItemFigures.Facility([.. answers.Select(answer => answer.Credit)]);
        var discrimination = compared.Count < FewestToTellApart ? null : ItemFigures.Discrimination(compared);
        return new ItemStatistics
        {
            People = answers.Count,
            Facility = facility,
            FacilityInterval = facility is { } share ? Interval.OfShare(share, answers.Count) : null,
            Deviation = facility is null ? null : Math.Sqrt(Covariance([.. answers.Select(answer => (double)answer.Credit)], [.. answers.Select(answer => (double)answer.Credit)])),
            Compared = compared.Count,
            Discrimination = discrimination,
            DiscriminationInterval = discrimination is { } index ? Interval.OfCorrelation(index, compared.Count) : null,
            Efficiency = discrimination is null ? null : EfficiencyOf(compared),
            Options = facility is null ? [] : OptionPicks.Of(answers, options),
            Thirds = compared.Count < FewestToTellApart ? [] : [.. OptionPicks.Thirds(answers).Select(third => third.Count)],
            Times = TimeFigures.Of([.. answers.Select(answer => answer.Took).OfType<TimeSpan>()]),
            Weeks = [.. answers.GroupBy(answer => answer.Week).OrderBy(week => week.Key).TakeLast(MostWeeks).Select(week => new WeekFigures(week.Key, week.Count(), (double)week.Average(answer => answer.Credit)))],
        };
    }

    /// <summary>Null where the question could not tell anyone apart: all earned the same.</summary>
    private static double? EfficiencyOf(IReadOnlyList<(decimal Credit, decimal Others)> people)
    {
        double[] credits = [.. people.Select(one => (double)one.Credit)], others = [.. people.Select(one => (double)one.Others)];
        var most = Covariance([.. credits.Order()], [.. others.Order()]);
        return most < 1e-9 ? null : Covariance(credits, others) / most;
    }

    private static double Covariance(double[] one, double[] other)
    {
        var (meanOne, meanOther) = (one.Average(), other.Average());
        return one.Zip(other).Sum(pair => (pair.First - meanOne) * (pair.Second - meanOther)) / (one.Length - 1);
    }
}

/// <summary>Who chose an option.</summary>
/// <param name="People">All who chose it.</param>
/// <param name="ByThird">How many of each third did, the weakest first; empty where too few can be told apart.</param>
public sealed record OptionPicks(int People, IReadOnlyList<int> ByThird)
{
    internal static IReadOnlyList<OptionPicks> Of(IReadOnlyCollection<FirstAnswer> answers, int options)
    {
        var thirds = answers.Count(answer => answer.Others is not null) < ItemStatistics.FewestToTellApart ? [] : Thirds(answers);
        return
        [
            .. Enumerable.Range(0, options).Select(option => new OptionPicks(
                answers.Count(answer => answer.Picks.Contains(option)), [.. thirds.Select(third => third.Count(answer => answer.Picks.Contains(option)))])),
        ];
    }

    /// <summary>People by what they earned otherwise, in three parts. Who stands equal stays together, so that the order in which they came decides nothing.</summary>
    internal static IReadOnlyList<IReadOnlyList<FirstAnswer>> Thirds(IReadOnlyCollection<FirstAnswer> answers)
    {
        var known = answers.Where(answer => answer.Others is not null).ToList();
        List<FirstAnswer>[] thirds = [[], [], []];
        var before = 0;
        foreach (var equal in known.GroupBy(answer => answer.Others!.Value).OrderBy(equal => equal.Key).Select(equal => equal.ToList()))
        {
            // by the middle of those who stand equal
            var third = (int)((before + (equal.Count / 2.0)) * 3 / known.Count);
            thirds[Math.Min(2, third)].AddRange(equal);
            before += equal.Count;
        }

        return thirds;
    }
}

/// <summary>How long answers took: a quarter of them at most the first, half of them at most the second, and so on.</summary>
public sealed record TimeFigures(int Measured, TimeSpan Quarter, TimeSpan Median, TimeSpan ThreeQuarters)
{
    internal static TimeFigures? Of(IReadOnlyCollection<TimeSpan> times)
    {
        if (times.Count < ItemStatistics.FewestPeople) return null;
        var sorted = times.Order().ToList();
        return new TimeFigures(sorted.Count, At(0.25), At(0.5), At(0.75));

        // Between the two nearest, as PostgreSQL's percentile_cont
        TimeSpan At(double part)
        {
            var place = part * (sorted.Count - 1);
            var below = (int)place;
            return sorted[below] + ((sorted[Math.Min(below + 1, sorted.Count - 1)] - sorted[below]) * (place - below));
        }
    }
}

/// <summary>A week's answers.</summary>
/// <param name="From">Its Monday.</param>
/// <param name="Share">Of the points.</param>
public sealed record WeekFigures(DateOnly From, int People, double Share);
