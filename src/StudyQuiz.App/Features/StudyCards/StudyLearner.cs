using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.StudyCards;

/// <summary>A learner as flashcards need them: whose day it is, and how many buttons they rate with.</summary>
/// <param name="RatingButtons">2, 不会 and 会, or 4.</param>
public sealed record StudyLearner(Guid Id, string TimeZone, int RolloverHour, int RatingButtons)
{
    /// <summary>The learner's study days; those of the default zone where this machine does not know the learner's.</summary>
    public StudyCalendar Calendar => new(
        TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) ? zone : TimeZoneInfo.FindSystemTimeZoneById(LearnerDay.DefaultZone), RolloverHour);

    /// <exception cref="LearnerGoneException">There is no such learner any more.</exception>
    internal static async Task<StudyLearner> LoadAsync(NpgsqlConnection connection, Guid learner) =>
        await connection.QuerySingleOrDefaultAsync<StudyLearner>(
            "select id, time_zone as TimeZone, rollover_hour as RolloverHour, rating_buttons as RatingButtons from learner where id = @learner", new { learner })
        ?? throw new LearnerGoneException();

    /// <summary>
    /// Locks the learner until the transaction ends, so that two devices that send at once don't fold the same card from different rows.
    /// It does not stop what only refers to the learner, such as a new attempt.
    /// </summary>
    /// <exception cref="LearnerGoneException">There is no such learner any more.</exception>
    internal static async Task<StudyLearner> LockAsync(NpgsqlConnection connection, Guid learner) =>
        await connection.QuerySingleOrDefaultAsync<StudyLearner>(
            """
            select id, time_zone as TimeZone, rollover_hour as RolloverHour, rating_buttons as RatingButtons
            from learner where id = @learner for no key update
            """,
            new { learner })
        ?? throw new LearnerGoneException();
}
