using Dapper;
using Npgsql;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.ShowProgress;

/// <summary>What a learner did on a study day.</summary>
/// <param name="Answers">Given in cards, self-tests and games; what was undone is none.</param>
/// <param name="OnCards">As devices measured it, from a card's appearance to the answer.</param>
/// <param name="OnTests">In self-tests: see <see cref="AllAsync"/>.</param>
public sealed record StudiedDay(DateOnly Day, int Answers, TimeSpan OnCards, TimeSpan OnTests)
{
    /// <summary>Nobody measures how long an answer of a practice takes: as long as passed since the one before, but no longer than this, for pages stay open.</summary>
    public static readonly TimeSpan LongestAnswer = TimeSpan.FromMinutes(3);

    public TimeSpan Spent => OnCards + OnTests;

    /// <summary>
    /// Every day on which a learner did anything, in no order. A timed self-test in which anything was answered takes from its start to its end,
    /// on the day of its end; any other one the times between its answers. How long live games took is not known here.
    /// </summary>
    internal static async Task<IReadOnlyList<StudiedDay>> AllAsync(NpgsqlConnection connection, Guid learner, StudyCalendar calendar, Guid[] undone)
    {
        var answered = (await AnswersAsync(connection, learner, undone)).ToDictionary(row => row.Day);
        var tested = (await TestsAsync(connection, learner)).ToLookup(row => calendar.DayOf(new DateTimeOffset(row.At, TimeSpan.Zero)), row => row.Spent);
        return
        [
            .. answered.Keys.Union(tested.Select(day => day.Key)).Select(day =>
            {
                var (_, answers, ms) = answered.GetValueOrDefault(day);
                return new StudiedDay(day, answers, TimeSpan.FromMilliseconds(ms), tested[day].Aggregate(TimeSpan.Zero, (sum, spent) => sum + spent));
            }),
        ];
    }

    // What was undone is no answer, and a regrade is no further one. All are counted from their index; the few that were undone are taken off again
    private static Task<IEnumerable<(DateOnly Day, int Answers, long Ms)>> AnswersAsync(NpgsqlConnection connection, Guid learner, Guid[] undone) =>
        connection.QueryAsync<(DateOnly, int, long)>(
            """
            select day, sum(answers)::int, sum(ms)::bigint
            from (
              select day, count(*) as answers, coalesce(sum(took_ms), 0) as ms from review where learner_id = @learner and replaces is null group by day
              union all
              select day, -1, -coalesce(took_ms, 0) from review where learner_id = @learner and client_id = any(@undone)) r
            group by day
            having sum(answers) > 0
            """,
            new { learner, undone });

    private static Task<IEnumerable<(DateTime At, TimeSpan Spent)>> TestsAsync(NpgsqlConnection connection, Guid learner) =>
        connection.QueryAsync<(DateTime, TimeSpan)>(
            """
            select submitted_at, submitted_at - started_at
            from attempt a
            where learner_id = @learner and submitted_at is not null and mode = 'exam' and exists (select from attempt_answer w where w.attempt_id = a.id)
            union all
            select date_bin('15 minutes', received_at, timestamptz 'epoch'), sum(least(received_at - since, @longest))
            from (
              select w.received_at, lag(w.received_at, 1, a.started_at) over (partition by a.id order by w.received_at) as since
              from attempt a
              cross join lateral (select received_at from attempt_answer w where w.attempt_id = a.id offset 0) w
              where a.learner_id = @learner and a.mode in ('practice', 'challenge')) w
            group by 1
            """,
            new { learner, longest = LongestAnswer });
}
