using Dapper;
using Npgsql;
using StudyQuiz.App.Features.ReadAudit;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;

namespace StudyQuiz.App.Features.ReviewQuestions;

/// <summary>What editors do to a question beside its wording and its status, each in a transaction of its own and on record: for the pages and for programs.</summary>
internal static class ReviewActs
{
    /// <summary>What becomes of a change that waits, but for approving it.</summary>
    /// <param name="what">return, submit or drop.</param>
    /// <param name="words">Why it goes back to its author.</param>
    /// <returns>Null for no such act; false where that version is not what waits any more.</returns>
    public static async Task<bool?> SettleAsync(NpgsqlConnection connection, long question, string what, long seen, string words, Guid person, DateTimeOffset now)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var isDone = what switch
        {
            "return" => await ProposedChange.ReturnAsync(connection, question, seen, words, person, now),
            "submit" => await ProposedChange.SubmitAsync(connection, question, seen, person, now),
            "drop" => await ProposedChange.DropAsync(connection, question, seen, person, now),
            _ => (bool?)null,
        };
        await transaction.CommitAsync();
        return isDone;
    }

    /// <summary>Asks somebody who may edit banks to look at a question, or nobody in particular.</summary>
    /// <returns>False where they may not.</returns>
    public static async Task<bool> AssignAsync(NpgsqlConnection connection, long question, Guid? to, Guid person, DateTimeOffset now)
    {
        var reviewers = await ReviewQueue.ReviewersAsync(connection);
        if (to is not null && reviewers.All(reviewer => reviewer.Id != to)) return false;
        await using var transaction = await connection.BeginTransactionAsync();
        if (await connection.ExecuteAsync("update question set assigned_to = @to where id = @question and assigned_to is distinct from @to", new { question, to }) == 1)
            await Audit.AddAsync(connection, person, AuditActs.Assigned, AuditActs.OfQuestion(question), new { to = reviewers.FirstOrDefault(reviewer => reviewer.Id == to)?.Name }, now);
        await transaction.CommitAsync();
        return true;
    }

    /// <summary>Says something about a question among editors; sent twice it is said once.</summary>
    public static async Task CommentAsync(NpgsqlConnection connection, long question, Guid id, string words, Guid person, DateTimeOffset now)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        if (await QuestionComment.AddAsync(connection, question, id, person, words, now)) await Audit.AddAsync(connection, person, AuditActs.Commented, AuditActs.OfQuestion(question), new { words }, now);
        await transaction.CommitAsync();
    }

    /// <summary>Calls a comment settled, or takes that back.</summary>
    /// <returns>False where it is so already, or there is none.</returns>
    public static async Task<bool> ResolveAsync(NpgsqlConnection connection, long question, long comment, bool isResolved, Guid person, DateTimeOffset now)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var isDone = await QuestionComment.ResolveAsync(connection, question, comment, isResolved, person, now);
        if (isDone) await Audit.AddAsync(connection, person, AuditActs.CommentResolved, AuditActs.OfQuestion(question), new { comment, resolved = isResolved }, now);
        await transaction.CommitAsync();
        return isDone;
    }

    /// <summary>Calls settled what learners marked about a question.</summary>
    /// <returns>How many marks.</returns>
    public static async Task<int> ResolveFlagsAsync(NpgsqlConnection connection, long question, Guid person, DateTimeOffset now)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var flags = await connection.ExecuteAsync("update question_flag set resolved_at = @now, resolved_by = @person where question_id = @question and resolved_at is null", new { question, person, now });
        if (flags > 0) await Audit.AddAsync(connection, person, AuditActs.FlagsResolved, AuditActs.OfQuestion(question), new { flags }, now);
        await transaction.CommitAsync();
        return flags;
    }

    /// <summary>Whether something may be published then: ahead of now, and no more than two years.</summary>
    public static bool IsTime(DateTimeOffset at, DateTimeOffset now) => at > now && at <= now.AddYears(2);

    /// <summary>Words as they are kept; null for what is too long.</summary>
    public static string? Words(string typed, int longest) => typed.ReplaceLineEndings("\n").Trim() is var words && words.Length <= longest && StorableText.Is(words) ? words : null;
}
