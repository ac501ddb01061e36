using Dapper;
using Npgsql;

namespace StudyQuiz.App.Features.StudyCards;

/// <summary>What a learner did to a question other than answering it.</summary>
internal static class QuestionMarks
{
    // Each part has a time of its own, so that of two devices the later change of the same part counts, in whatever order they arrive
    private const string LaterCounts =
        """
        on conflict (learner_id, question_id) do update set
          favourite = case when excluded.favourite_at > m.favourite_at then excluded.favourite else m.favourite end, favourite_at = greatest(m.favourite_at, excluded.favourite_at),
          suspended = case when excluded.suspended_at > m.suspended_at then excluded.suspended else m.suspended end, suspended_at = greatest(m.suspended_at, excluded.suspended_at),
          buried_day = case when excluded.buried_at > m.buried_at then excluded.buried_day else m.buried_day end, buried_at = greatest(m.buried_at, excluded.buried_at),
          note = case when excluded.note_at > m.note_at then excluded.note else m.note end, note_at = greatest(m.note_at, excluded.note_at)
        """;

    /// <summary>Stores a change; what is null stays as it is.</summary>
    /// <param name="buried">Put off until that study day is over.</param>
    /// <param name="note">Empty takes the note away.</param>
    public static Task StoreAsync(NpgsqlConnection connection, Guid learner, long question, DateTimeOffset at, bool? favourite, bool? suspended, DateOnly? buried, string? note) =>
        connection.ExecuteAsync(
            $"""
            insert into question_mark as m (learner_id, question_id, favourite, favourite_at, suspended, suspended_at, buried_day, buried_at, note, note_at)
            values (@learner, @question, coalesce(@favourite, false), case when @favourite is null then '-infinity' else @at end,
                    coalesce(@suspended, false), case when @suspended is null then '-infinity' else @at end,
                    @buried, case when @buried::date is null then '-infinity' else @at end, nullif(@note, ''), case when @note is null then '-infinity' else @at end)
            {LaterCounts}
            """,
            new { learner, question, favourite, suspended, buried, note, at = at.UtcDateTime });

    /// <summary>Gives all marks of one learner to another, in the caller's transaction.</summary>
    public static Task MoveAsync(NpgsqlConnection connection, Guid from, Guid to) =>
        connection.ExecuteAsync(
            $"""
            insert into question_mark as m (learner_id, question_id, favourite, favourite_at, suspended, suspended_at, buried_day, buried_at, note, note_at)
            select @to, question_id, favourite, favourite_at, suspended, suspended_at, buried_day, buried_at, note, note_at from question_mark where learner_id = @from
            {LaterCounts};
            delete from question_mark where learner_id = @from;
            """,
            new { from, to });
}
