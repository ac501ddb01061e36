using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace StudyQuiz.App.Features.UseApi;

/// <summary>A page of a list.</summary>
/// <param name="Next">Goes into <c>after</c> for the next page; null on the last.</param>
public sealed record ApiPage<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Answers in the same words everywhere: problem details with a code, entity tags, pages.</summary>
internal static class ApiResults
{
    /// <summary>Items on a page where nothing is asked for, and the most.</summary>
    public static readonly (int Usual, int Most) PageSize = (50, 200);

    public static int Limit(int? limit) => Math.Clamp(limit ?? PageSize.Usual, 1, PageSize.Most);

    /// <summary>A page of rows of which one more was read than it holds.</summary>
    public static ApiPage<TItem> Page<TRow, TItem>(IReadOnlyList<TRow> rows, int limit, Func<TRow, TItem> show, Func<TRow, string> place) =>
        new([.. rows.Take(limit).Select(show)], rows.Count > limit ? place(rows[limit - 1]) : null);

    public static ProblemHttpResult Problem(int status, string code, string title, object? more = null) => TypedResults.Problem(
        title: title, statusCode: status, extensions: more is null ? new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code } : new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code, ["details"] = more });

    public static ProblemHttpResult NotFound() => Problem(StatusCodes.Status404NotFound, "notFound", "There is no such thing, or it is not yours.");

    public static ProblemHttpResult Invalid(string code, string title, object? more = null) => Problem(StatusCodes.Status422UnprocessableEntity, code, title, more);

    public static ProblemHttpResult Conflict(string code, string title) => Problem(StatusCodes.Status409Conflict, code, title);

    /// <summary>Says which version an answer shows.</summary>
    public static void Tag(HttpContext http, long version) => http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>The version that a write was made from, which every write of something that has versions names.</summary>
    /// <returns>Why nothing is written where it is missing.</returns>
    public static (long Version, ProblemHttpResult? Missing) Seen(HttpContext http)
    {
        var typed = http.Request.Headers.IfMatch.ToString().Trim();
        return typed is ['"', .. var inner, '"'] && long.TryParse(inner, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? (version, null)
            : (0, Problem(StatusCodes.Status428PreconditionRequired, "ifMatchMissing", "Send the ETag of what you have read as If-Match."));
    }

    public static ProblemHttpResult Stale() => Problem(StatusCodes.Status412PreconditionFailed, "changed", "It was changed since you read it. Read it again.");
}
