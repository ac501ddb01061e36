namespace StudyQuiz.Domain.Quizzes;

/// <summary>A run of an assignment that was handed in, as it is compared with others.</summary>
public sealed record FinishedRun(decimal Points, TimeSpan Took, DateTimeOffset StartedAt);

/// <summary>Whether somebody may begin.</summary>
public enum MayBegin
{
    Yes,
    NotYet,
    Over,
    NoAttemptsLeft,
}

/// <summary>Who may take an assignment when, which run counts, and when what was right is told.</summary>
public static class AssignmentRules
{
    /// <summary>The most names of a board: low ranks are never shown.</summary>
    public const int BoardNames = 5;

    /// <param name="ended">When its host ended it before its time; null where not.</param>
    /// <param name="begun">How many runs this person has begun.</param>
    public static MayBegin Decide(QuizRules rules, DateTimeOffset? ended, int begun, DateTimeOffset now)
    {
        if (rules.From > now) return MayBegin.NotYet;
        if (End(rules, ended) <= now) return MayBegin.Over;
        return begun >= (rules.Attempts ?? int.MaxValue) ? MayBegin.NoAttemptsLeft : MayBegin.Yes;
    }

    /// <summary>When nobody can answer any more; null where there is no end.</summary>
    public static DateTimeOffset? End(QuizRules rules, DateTimeOffset? ended) => ended < rules.Until || rules.Until is null ? ended ?? rules.Until : rules.Until;

    /// <summary>When a run that begins now is over; null where no clock runs.</summary>
    /// <param name="time">As long as this person has it.</param>
    public static DateTimeOffset? Deadline(QuizRules rules, DateTimeOffset? ended, TimeSpan time, DateTimeOffset now)
    {
        var end = End(rules, ended);
        // Told after each answer there is no clock but the end of the whole
        if (rules.Answers == AnswersShown.AfterEach) return end;
        return end < now + time ? end : now + time;
    }

    /// <summary>Whether what was right may be told of a run that was handed in.</summary>
    public static bool Tells(QuizRules rules, DateTimeOffset? ended, DateTimeOffset now) => rules.Answers switch
    {
        AnswersShown.AfterWindow => End(rules, ended) <= now,
        AnswersShown.Never => false,
        _ => true,
    };

    /// <summary>The run that counts.</summary>
    /// <typeparam name="TRun">What stands for a run.</typeparam>
    /// <param name="runs">At least one, in any order.</param>
    public static TRun Counted<TRun>(CountedAttempt rule, IEnumerable<TRun> runs, Func<TRun, FinishedRun> of) => rule switch
    {
        CountedAttempt.First => runs.MinBy(run => of(run).StartedAt)!,
        CountedAttempt.Last => runs.MaxBy(run => of(run).StartedAt)!,
        _ => runs.OrderByDescending(run => of(run).Points).ThenBy(run => of(run).Took).ThenBy(run => of(run).StartedAt).First(),
    };

    /// <summary>Ranks by points, equal ones by time; equal in both share a rank. Best first.</summary>
    /// <typeparam name="TRun">What stands for a run.</typeparam>
    public static IReadOnlyList<(TRun Run, int Rank)> Ranked<TRun>(IEnumerable<TRun> runs, Func<TRun, FinishedRun> of)
    {
        var sorted = runs.OrderByDescending(run => of(run).Points).ThenBy(run => of(run).Took).ThenBy(run => of(run).StartedAt).ToList();
        var ranked = new List<(TRun Run, int Rank)>(sorted.Count);
        foreach (var (i, run) in sorted.Index())
        {
            var tied = i > 0 && of(ranked[i - 1].Run).Points == of(run).Points && of(ranked[i - 1].Run).Took == of(run).Took;
            ranked.Add((run, tied ? ranked[i - 1].Rank : i + 1));
        }

        return ranked;
    }
}
