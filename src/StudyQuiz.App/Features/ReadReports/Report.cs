using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Reports;

namespace StudyQuiz.App.Features.ReadReports;

/// <summary>What a game or an assignment came to.</summary>
/// <param name="Path">Its page; files and the sheet to print are below it.</param>
/// <param name="IsGame">A game, and not an assignment.</param>
/// <param name="Full">The most that can be scored.</param>
/// <param name="PassMark">From how much on it is passed; null where nobody passes or fails.</param>
/// <param name="Answers">How many answers are stored.</param>
/// <param name="Quiz">What it was made from, where that is still there.</param>
public sealed record Report(
    string Path, Guid Id, string Title, string Host, bool IsGame, DateTime From, DateTime? To, decimal Full, decimal? PassMark, int Answers, Guid? Quiz,
    IReadOnlyList<ReportQuestion> Questions, IReadOnlyList<ReportPerson> People)
{
    /// <summary>Of a game, in their order.</summary>
    public IReadOnlyList<ReportPoll> Polls { get; init; } = [];

    /// <summary>Questions of a game that count for nobody, in their order.</summary>
    public IReadOnlyList<LeftOutRound> LeftOut { get; init; } = [];

    /// <summary>Teams as the podium showed them, best first; empty where everybody played alone.</summary>
    public IReadOnlyList<TeamStanding> Teams { get; init; } = [];

    /// <summary>Whether scores are numbers of right answers, and not points: in games whose questions weigh the same, with no half right answers.</summary>
    public bool CountsRights { get; init; }

    /// <summary>The mean score of everyone.</summary>
    public decimal? Mean => People.Count == 0 ? null : People.Average(person => person.Score);

    public bool Passes(ReportPerson person) => PassMark is not { } mark || person.Score >= mark;

    /// <summary>Half of all answers took so long at most.</summary>
    public TimeSpan? Median => ItemFigures.Median(Questions.SelectMany(question => question.Times));

    public IReadOnlyList<ScoreBand> Bands => ScoreBand.Of([.. People.Select(person => person.Score)], Full, PassMark);

    /// <summary>Everybody on the list that it was opened for; empty where there was none.</summary>
    public IReadOnlyList<ExpectedPerson> Expected { get; init; } = [];

    /// <summary>The people of each group, where groups are known, best first; those of whom nobody came at the end.</summary>
    public IReadOnlyList<ReportGroup> Groups =>
        Expected.Count == 0 && People.All(person => person.Unit is null) ? [] :
        [
            .. People.Select(person => person.Unit ?? "").Concat(Expected.Select(person => person.Unit ?? "")).Distinct(StringComparer.Ordinal)
                .Select(unit => new ReportGroup(unit, [.. People.Where(person => (person.Unit ?? "") == unit)], [.. Expected.Where(person => person.Came is null && (person.Unit ?? "") == unit).Select(person => person.Name)]))
                .OrderByDescending(group => group.Mean ?? -1).ThenBy(group => group.Name, StringComparer.Ordinal),
        ];

    /// <summary>Questions that need a look first.</summary>
    public IEnumerable<ReportQuestion> Ordered => Questions.OrderBy(question => question.Flags.Count == 0).ThenBy(question => question.Discrimination is < 0 ? 0 : 1).ThenBy(question => question.Number);
}

/// <summary>What people did with a question.</summary>
/// <param name="Number">Its place: in a game the round's, polls, slides and what counts for nobody included, as the screens told it.</param>
/// <param name="Presentation">The order in which everyone saw its options; the author's where each saw another.</param>
/// <param name="Slug">Its source's.</param>
/// <param name="Credits">Of everyone who was asked.</param>
/// <param name="Rests">What each of them earned with all others, in the same order.</param>
/// <param name="Picks">How many chose each option, by the author's positions; of a judgement true, then false.</param>
/// <param name="IsCorrected">Whether an accepted appeal changed its key since.</param>
/// <param name="IsHostsKey">Whether the host corrected its key during the game.</param>
/// <param name="Appeals">How many appeals wait.</param>
public sealed record ReportQuestion(
    int Number, long Id, string Slug, string Language, bool IsOwn, Question Question, Presentation Presentation, IReadOnlyList<decimal> Credits, IReadOnlyList<decimal> Rests, IReadOnlyList<TimeSpan> Times,
    IReadOnlyList<int> Picks, IReadOnlyDictionary<Outcome, int> Outcomes, bool IsCorrected, bool IsHostsKey, int Appeals)
{
    private const double Hard = 0.3;
    private const double Easy = 0.95;

    public double? Facility => ItemFigures.Facility(Credits);

    public double? Discrimination => ItemFigures.Discrimination([.. Credits.Zip(Rests)]);

    public TimeSpan? Median => ItemFigures.Median(Times);

    public int Of(Outcome outcome) => Outcomes.GetValueOrDefault(outcome);

    /// <summary>Resources that say why it needs a look.</summary>
    public IReadOnlyList<string> Flags =>
    [
        .. Discrimination is < 0 ? new[] { "Flag.Negative" } : [],
        .. IsCorrected ? ["Flag.Corrected"] : Array.Empty<string>(),
        .. IsHostsKey ? ["Flag.HostsKey"] : Array.Empty<string>(),
        .. Appeals > 0 ? ["Flag.Appeals"] : Array.Empty<string>(),
        .. Facility is { } facility && Credits.Count >= ItemFigures.FewestPeople ? facility <= Hard ? ["Flag.Hard"] : facility >= Easy ? ["Flag.Easy"] : [] : Array.Empty<string>(),
    ];
}

/// <summary>Somebody on the list that a game or an assignment was for.</summary>
/// <param name="Group">The group that they are in today, where the list is a group's and they are still on it.</param>
/// <param name="Came">What they came to; null for whoever was absent.</param>
public sealed record ExpectedPerson(string Name, string? Unit, Guid? Group, ReportPerson? Came);

/// <summary>A group in a report.</summary>
/// <param name="Name">Empty for those without one.</param>
/// <param name="Took">Who took part.</param>
/// <param name="Absent">Names of those who were on the list and did not.</param>
public sealed record ReportGroup(string Name, IReadOnlyList<ReportPerson> Took, IReadOnlyList<string> Absent)
{
    public decimal? Mean => Took.Count == 0 ? null : Took.Average(person => person.Score);
}

/// <summary>A question of a game that counts for nobody.</summary>
/// <param name="IsVoid">Declared void after its close; else skipped.</param>
/// <param name="Answers">How many had been given, which stay stored.</param>
public sealed record LeftOutRound(int Round, string Stem, bool IsVoid, int Answers);

/// <summary>What a room chose in a poll.</summary>
/// <param name="Round">Its place in the game, questions and slides counted.</param>
public sealed record ReportPoll(int Round, string Title, IReadOnlyList<PollOption> Options)
{
    public int Answers => Options.Sum(option => option.Count);

    public double? ShareOf(PollOption option) => Answers == 0 ? null : (double)option.Count / Answers;
}

/// <summary>An option and how many chose it.</summary>
public sealed record PollOption(string Text, int Count);

/// <summary>What a person came to.</summary>
/// <param name="Unit">Null where it was not asked.</param>
/// <param name="Score">By the keys of today, see <see cref="Report.CountsRights"/>.</param>
/// <param name="Before">What it was at the end, where a corrected key has changed it since: the podium stands by this.</param>
/// <param name="Points">Of a game: the podium's.</param>
/// <param name="Took">All of the time.</param>
/// <param name="Outcomes">By question, in their order; null where it was not asked.</param>
public sealed record ReportPerson(
    string Name, string? Unit, decimal Score, decimal? Before, int Rank, int? Points, TimeSpan? Took, DateTime? At, IReadOnlyList<Outcome?> Outcomes)
{
    /// <summary>Null where everybody played alone.</summary>
    public string? Team { get; init; }

    public int Right => Outcomes.Count(outcome => outcome == Outcome.Right);
}
