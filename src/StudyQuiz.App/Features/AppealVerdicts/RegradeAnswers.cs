using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.App.Features.TakeSelfTest;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.AppealVerdicts;

/// <summary>Carries out what a <see cref="Regrading"/> says, in the caller's transaction, which holds the question.</summary>
/// <param name="decision">Names it, so that the rows of the log that it writes are always the same.</param>
internal sealed class RegradeAnswers(NpgsqlConnection connection, string decision, Guid? person, string why, DateTimeOffset now)
{
    private const string Regraded = "regrade";

    public async Task RunAsync(Regrading regrading)
    {
        await CorrectAsync(regrading.Keys);
        await ChangeAsync(regrading.Changes);
        var tested = regrading.Changes.Where(change => IsRight(change.Before) != IsRight(change.After)).Select(change => new Turned(
            change.Learner, ReviewOrigins.SelfTest, CardLog.IdOf(ReviewOrigins.SelfTest, change.Attempt, change.Position), change.Version, IsRight(change.After)));
        var turned = tested.Concat(await PlayedAsync(regrading)).ToList();
        // One order of learners for everyone, as at the end of a game
        foreach (var learner in turned.GroupBy(one => one.Learner).OrderBy(rows => rows.Key))
        {
            foreach (var origin in learner.GroupBy(one => one.Origin, StringComparer.Ordinal)) await LogAsync(learner.Key, origin.Key, [.. origin]);
        }
    }

    private Task CorrectAsync(IReadOnlyDictionary<long, Question> keys) =>
        connection.ExecuteAsync(
            """
            insert into key_correction (question_version_id, body, corrected_at)
            select k.version, k.body::jsonb, @now from unnest(@versions, @bodies) as k (version, body)
            on conflict (question_version_id) do update set body = excluded.body, corrected_at = excluded.corrected_at
            """,
            new { now, versions = keys.Keys.ToArray(), bodies = keys.Values.Select(key => JsonSerializer.Serialize(key, DomainJson.Options)).ToArray() });

    private Task ChangeAsync(IReadOnlyList<ChangedVerdict> changes) =>
        connection.ExecuteAsync(
            """
            with changed as (
              select * from unnest(@attempts, @positions, @credits, @outcomes) as c (attempt, position, credit, outcome)),
            recorded as (
              insert into regrade (attempt_id, position, credit_before, outcome_before, credit_after, outcome_after, regraded_by, why, regraded_at)
              select q.attempt_id, q.position, q.credit, q.outcome, c.credit, c.outcome, @person, @why, @now
              from changed c join attempt_question q on q.attempt_id = c.attempt and q.position = c.position)
            update attempt_question q set credit = c.credit, outcome = c.outcome
            from changed c where q.attempt_id = c.attempt and q.position = c.position
            """,
            new
            {
                person,
                why,
                now,
                attempts = changes.Select(change => change.Attempt).ToArray(),
                positions = changes.Select(change => change.Position).ToArray(),
                credits = changes.Select(change => change.After.Credit).ToArray(),
                outcomes = changes.Select(change => (int)change.After.Outcome).ToArray(),
            });

    // What games have written already; one that has not yet will write it by the new key. The podium stands
    private async Task<IEnumerable<Turned>> PlayedAsync(Regrading regrading)
    {
        var rows = await connection.QueryAsync<PlayedRow>(
            """
            select g.id as Game, r.round, s.seat, s.learner_id as Learner, r.question_version_id as Version, r.corrected::text as Corrected, a.answer::text as Answer
            from game_round r
            join game g on g.id = r.game_id and g.reviews_written_at is not null
            join game_answer a on a.game_id = r.game_id and a.round = r.round
            join game_seat s on s.game_id = a.game_id and s.seat = a.seat and s.learner_id is not null
            where r.question_version_id = any(@versions) and r.voided_at is null
            """,
            new { versions = regrading.Keys.Keys.ToArray() });
        return rows.Select(row => (Row: row, Answer: GivenAnswers.Read(row.Answer)))
            .Select(one => (one.Row, Was: IsRight(Grading.Grade(one.Row.Played(regrading.Before), one.Answer)), Is: IsRight(Grading.Grade(one.Row.Played(regrading.Keys), one.Answer))))
            .Where(one => one.Was != one.Is)
            .Select(one => new Turned(one.Row.Learner, ReviewOrigins.Game, CardLog.IdOf(ReviewOrigins.Game, one.Row.Game, one.Row.Round, one.Row.Seat), one.Row.Version, one.Is));
    }

    // A further row over each answer that the log has. An earlier regrade of it is older, whatever the clock says
    private async Task LogAsync(Guid learner, string origin, IReadOnlyList<Turned> turned)
    {
        var logged = (await connection.QueryAsync<(Guid Review, DateTime? Last)>(
            """
            select r.client_id, (select max(o.reviewed_at) from review o where o.learner_id = @learner and o.replaces = r.client_id)
            from review r where r.learner_id = @learner and r.client_id = any(@reviews)
            """,
            new { learner, reviews = turned.Select(one => one.Review).ToArray() })).ToDictionary(row => row.Review, row => row.Last);
        await CardLog.AddAsync(
            connection, learner, origin,
            [
                .. turned.Where(one => logged.ContainsKey(one.Review)).Select(one => new NewReview(
                    CardLog.IdOf(Regraded, decision, one.Review), one.Version, ReviewKind.Assessed, one.IsRight ? Rating.Good : Rating.Again,
                    logged[one.Review] is { } last && last >= now.UtcDateTime ? new DateTimeOffset(last, TimeSpan.Zero).AddMilliseconds(1) : now, Replaces: one.Review)),
            ],
            now);
    }

    private static bool IsRight(Verdict verdict) => verdict.Outcome == Outcome.Right;

    /// <param name="Review">The row of the log that says otherwise.</param>
    private sealed record Turned(Guid Learner, string Origin, Guid Review, long Version, bool IsRight);

    /// <param name="Corrected">The question with the key that the host gave it in the game; null where the host left it alone.</param>
    private sealed record PlayedRow(Guid Game, int Round, int Seat, Guid Learner, long Version, string? Corrected, string Answer)
    {
        // The host's own key stands, and what editors have accepted counts beside it: as the SQL function played_question has it
        public Question Played(IReadOnlyDictionary<long, Question> keys)
        {
            var question = keys[Version];
            if (Corrected is null) return question;
            var corrected = JsonSerializer.Deserialize<Question>(Corrected, DomainJson.Options)!;
            return question.AlsoCounts is null ? corrected : corrected with { AlsoCounts = question.AlsoCounts };
        }
    }
}
