using Dapper;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using StudyQuiz.App.Features.KeepQuizzes;
using StudyQuiz.App.Features.ReadAudit;
using StudyQuiz.App.Features.TakeSelfTest;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.TakeAssignment;

/// <summary>A host leaves an attempt out, so that somebody whose device broke, or who was disturbed, may begin again; or lets it count after all.</summary>
internal static class LeaveOut
{
    public const string Out = "leave-out";
    public const string Count = "count";

    public static async Task<IResult> PostAsync(Guid id, Guid attempt, HttpContext http, [FromForm(Name = "do")] string? what, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await Assignment.OfHostAsync(connection, id, EditQuiz.Owner(http)) is null) return Pages.NotFound();
        if (what is not (Out or Count)) return Results.BadRequest();
        return await RunAsync(connection, id, EditQuiz.Owner(http), attempt, what == Out, clock.Now) ? Results.LocalRedirect(Assignment.PathOf(id) + "#attempts") : Pages.NotFound();
    }

    /// <summary>Ends an attempt that is open with what is saved, and has it count for nothing; or has it count again, as it was handed in. Repeats change nothing.</summary>
    /// <returns>False where the assignment is not theirs, or has no such attempt.</returns>
    internal static async Task<bool> RunAsync(NpgsqlConnection connection, Guid assignment, Guid host, Guid attempt, bool isOut, DateTimeOffset now)
    {
        if (await Assignment.OfHostAsync(connection, assignment, host) is null) return false;
        await using var transaction = await connection.BeginTransactionAsync();
        var locked = await connection.QuerySingleOrDefaultAsync<Row>(
            "select submitted_at is null as IsOpen, left_out_at is not null as IsOut, taker_name as Name from attempt where id = @attempt and assignment_id = @assignment for update", new { attempt, assignment });
        if (locked is null) return false;
        if (locked.IsOut == isOut) return true;
        await connection.ExecuteAsync("update attempt set left_out_at = @at, left_out_by = @by where id = @attempt", new { attempt, at = isOut ? now : (DateTimeOffset?)null, by = isOut ? host : (Guid?)null });
        if (locked.IsOpen) await AttemptClosing.GradeAsync(connection, attempt, now);
        await Audit.AddAsync(connection, host, isOut ? AuditActs.AttemptLeftOut : AuditActs.AttemptCounted, AuditActs.OfAttempt(attempt), new { assignment, name = locked.Name }, now);
        await transaction.CommitAsync();
        return true;
    }

    private sealed record Row(bool IsOpen, bool IsOut, string? Name);
}
