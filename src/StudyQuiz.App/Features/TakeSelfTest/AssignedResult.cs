using Npgsql;
using StudyQuiz.App.Features.TakeAssignment;
using StudyQuiz.Domain.Quizzes;

namespace StudyQuiz.App.Features.TakeSelfTest;

/// <summary>What the rules of an assignment keep of a result.</summary>
internal static class AssignedResult
{
    /// <summary>What a page shows in place of a result whose answers are not told yet, or never; null where they may be told.</summary>
    public static async Task<object?> HidesAsync(NpgsqlConnection connection, Attempt attempt, DateTimeOffset now)
    {
        if (attempt.AssignmentId is not { } id || await Assignment.OfAttemptAsync(connection, attempt.Id) is not { } assignment) return null;
        if (AssignmentRules.Tells(assignment.Rules, assignment.Ended, now)) return null;
        var run = (await AssignedRun.OfAsync(connection, id, [attempt.LearnerId])).First(one => one.Id == attempt.Id);
        var answers = await ShowResult.AnswersAsync(connection, attempt.Id);
        return new { Attempt = attempt, Run = run, Total = answers.Sum(answer => answer.Points ?? 1), assignment.Link, TellsAt = assignment.Rules.Answers == AnswersShown.AfterWindow ? assignment.End : null };
    }

    /// <summary>Where the assignment is that an attempt is a run of.</summary>
    public static async Task<string?> LinkAsync(NpgsqlConnection connection, Attempt attempt) =>
        attempt.AssignmentId is null ? null : (await Assignment.OfAttemptAsync(connection, attempt.Id))?.Link;
}
