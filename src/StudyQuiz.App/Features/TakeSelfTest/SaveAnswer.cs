using Dapper;
using Microsoft.Extensions.Localization;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Attempts;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.TakeSelfTest;

/// <summary>
/// Stores one answer of a running attempt as it is given. The receipt goes out after the commit; a client that missed it sends the
/// same thing again under the same id.
/// </summary>
internal static class SaveAnswer
{
    private const int LargestBody = 16 * 1024;

    // What a browser's numbers count to without a gap: beyond it there is no next change
    private const long HighestSequence = (1L << 53) - 1;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/api/attempts/{attempt}/answers/{position}", SaveAsync);
        app.MapGet("/api/attempts/{attempt}", TellTimeAsync);
    }

    /// <param name="ClientId">Names this change; a repeat carries the same.</param>
    /// <param name="Sequence">Grows with every change that a client makes to an attempt: the highest counts, below <see cref="HighestSequence"/>.</param>
    /// <param name="Answer">In the positions on the screen; null takes the answer back.</param>
    internal sealed record Change(Guid ClientId, long Sequence, GivenAnswer? Answer);

    /// <param name="Saved">False where a newer change from another page stands.</param>
    /// <param name="Sequence">That of the change that counts now.</param>
    internal sealed record Receipt(bool Saved, long Sequence);

    internal sealed record Outcome(bool Submitted, bool Late, bool Stored);

    private sealed record Standing(Guid ClientId, long Sequence);

    private static async Task<IResult> SaveAsync(
        string attempt, string position, HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock, IStringLocalizer<SelfTestText> text)
    {
        if (!Guid.TryParse(attempt, out var id) || !int.TryParse(position, out var at)) return Refusal(text, StatusCodes.Status400BadRequest, "badRequest");
        if (await BoundedJson.ReadAsync<Change>(http, LargestBody) is not { Sequence: > 0 } change || change.ClientId == Guid.Empty) return Refusal(text, StatusCodes.Status400BadRequest, "badRequest");
        if (change.Sequence >= HighestSequence) return Refusal(text, StatusCodes.Status400BadRequest, "sequenceTooHigh");
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var (status, code, receipt) = await RunAsync(connection, id, at, change, await learners.FindAllAsync(http), clock.Now);
        return receipt is null ? Refusal(text, status, code) : Results.Ok(receipt);
    }

    /// <summary>Stores a change where it may still be stored.</summary>
    /// <param name="own">Whose attempts these are.</param>
    /// <returns>A receipt; or a status and the code that says why there is none.</returns>
    internal static async Task<(int Status, string Code, Receipt? Receipt)> RunAsync(NpgsqlConnection connection, Guid id, int at, Change change, IReadOnlyList<Guid> own, DateTimeOffset now)
    {
        static (int, string, Receipt?) Refuse(int status, string code) => (status, code, null);
        static (int, string, Receipt?) Stored(bool saved, long sequence) => (StatusCodes.Status200OK, "", new Receipt(saved, sequence));

        if (await Attempt.FindAsync(connection, id, own) is not { IsReading: false } found) return Refuse(404, "notFound");
        if (await Asked.FindAsync(connection, id, at) is not { } asked) return (await WithdrawnQuestions.OfAsync(connection, id)).Contains(at) ? Refuse(409, "withdrawn") : Refuse(404, "notFound");
        // A flashcard is judged beside its back
        if (change.Answer is SelfRated && asked.Answer is null) return Refuse(400, "unfitAnswer");
        // What has been told can't be taken back
        if (change.Answer is null ? found.IsToldAtOnce : !change.Answer.Fits(asked.Question)) return Refuse(400, "unfitAnswer");

        var answer = change.Answer is null ? null : asked.Presentation.ToAuthored(change.Answer);
        Outcome? outcome = found.IsToldAtOnce
            ? new Outcome(found.SubmittedAt is not null, found.IsOverdue(now), await PracticeAnswer.StoreAsync(connection, found, asked, change.ClientId, change.Sequence, answer!, now))
            : await StoreAsync(connection, id, at, change with { Answer = answer }, now);
        if (outcome is null) return Refuse(404, "notFound");
        if (outcome.Stored) return Stored(true, change.Sequence);

        // Asked for afterwards: a repeat that came at the same moment is not in the statement's own picture of the table.
        var standing = await connection.QuerySingleOrDefaultAsync<Standing?>(
            "select client_id as ClientId, sequence from attempt_answer where attempt_id = @id and position = @at", new { id, at });
        if (standing?.ClientId == change.ClientId) return Stored(true, standing.Sequence);
        if (outcome.Submitted || outcome.Late)
        {
            if (answer is not null) await LateAnswers.KeepAsync(connection, id, at, change.ClientId, change.Sequence, answer, now);
            return Refuse(409, outcome.Late ? "afterDeadline" : "alreadySubmitted");
        }

        // A practice that was closed between the look and the lock has no answer here
        return standing is null ? Refuse(409, "alreadySubmitted") : Stored(false, standing.Sequence);
    }

    /// <summary>The time left by the server's clock, for a page that slept, and what was withdrawn meanwhile.</summary>
    private static async Task<IResult> TellTimeAsync(
        string attempt, HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock, IStringLocalizer<SelfTestText> text)
    {
        if (!Guid.TryParse(attempt, out var id)) return Refusal(text, 400, "badRequest");
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await Attempt.FindAsync(connection, id, await learners.FindAllAsync(http)) is { } found
            ? Results.Ok(new { submitted = found.SubmittedAt is not null, remainingMs = found.LeftMs(clock.Now), withdrawn = await WithdrawnQuestions.OfAsync(connection, id) })
            : Refusal(text, 404, "notFound");
    }

    // One statement decides and stores. The share lock keeps it from crossing with the hand-in, which locks the attempt for update, and with its
    // deletion: null where the attempt is gone.
    internal static Task<Outcome?> StoreAsync(NpgsqlConnection connection, Guid attempt, int position, Change change, DateTimeOffset now) =>
        connection.QuerySingleOrDefaultAsync<Outcome>(
            """
            with held as materialized (
              select submitted_at, deadline from attempt where id = @attempt for share),
            stored as (
              insert into attempt_answer (attempt_id, position, client_id, sequence, answer, received_at)
              select @attempt, @position, @clientId, @sequence, @answer::jsonb, @now
              from held where submitted_at is null and @now <= deadline + @grace
              on conflict (attempt_id, position) do update
                set client_id = excluded.client_id, sequence = excluded.sequence, answer = excluded.answer, received_at = excluded.received_at
                where excluded.sequence > attempt_answer.sequence
              returning 1)
            select held.submitted_at is not null as Submitted, @now > held.deadline + @grace as Late, exists (select from stored) as Stored
            from held
            """,
            new
            {
                attempt,
                position,
                clientId = change.ClientId,
                sequence = change.Sequence,
                answer = GivenAnswers.Write(change.Answer),
                now,
                grace = AttemptClock.Grace,
            });

    private static IResult Refusal(IStringLocalizer<SelfTestText> text, int status, string code) =>
        Results.Problem(title: text["Refused." + code], statusCode: status, extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code });
}
