namespace StudyQuiz.Domain.Scheduling;

/// <summary>How long a learner has kept at it: the days studied up to now in which no two days of any seven in a row were missed.</summary>
/// <remarks>
/// A missed day ends nothing as long as it is the only one in any seven days. Today is open until it is over: without an answer it counts neither
/// as studied nor as missed. A streak begins with a day that was studied; what was missed before it is no part of it. One more day studied never
/// makes it shorter.
/// </remarks>
/// <param name="Days">The days studied; those that were forgiven are not among them.</param>
/// <param name="Forgiven">The missed days that it goes over, the latest first.</param>
/// <param name="CanMiss">Whether the day that comes next, today where nothing was answered yet, may be missed.</param>
public sealed record Streak(int Days, IReadOnlyList<DateOnly> Forgiven, bool CanMiss)
{
    /// <summary>So many days in a row hold one that may be missed.</summary>
    public const int Window = 7;

    /// <param name="studied">The study days on which anything was answered, as they were stored: in any order, also more than once.</param>
    /// <param name="today">The learner's study day. After a journey westwards days that were studied may lie ahead of it.</param>
    public static Streak Of(IEnumerable<DateOnly> studied, DateOnly today)
    {
        var days = studied.ToHashSet();
        var open = days.Contains(today) ? today.AddDays(1) : today;
        var (count, forgiven) = (0, new List<DateOnly>());
        for (var day = days.Append(today).Max(); ; day = day.AddDays(-1))
        {
            if (days.Contains(day)) count++;
            else if (day >= today) continue;
            else if (IsTooNear(day) || !days.Contains(day.AddDays(-1))) break;
            else forgiven.Add(day);
        }

        return new Streak(count, forgiven, count > 0 && !(forgiven is [var latest, ..] && open.DayNumber - latest.DayNumber < Window));

        bool IsTooNear(DateOnly day) => forgiven is [.., var later] && later.DayNumber - day.DayNumber < Window;
    }
}
