using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.HttpResults;

namespace StudyQuiz.App.Features.UseApi;

/// <summary>A page of a list.</summary>
/// <param name="Next">Goes into <c>after</c> for the next page; null on the last.</param>
public sealed record ApiPage<T>(IReadOnlyList<T> Items, string? Next) : IApiPage;

/// <summary>A page of whatever list.</summary>
internal interface IApiPage
{
    string? Next { get; }
}

/// <summary>Answers in the same words everywhere: problem details with a code, entity tags, pages.</summary>
internal static class ApiResults
{
    /// <summary>Items on a page where nothing is asked for, and the most.</summary>
    public static readonly (int Usual, int Most) PageSize = (50, 200);

    /// <summary>Has answers of the API say what is null, as their schema does: what was read can be sent back whole.</summary>
    public static void TellNulls(JsonSerializerOptions options) => options.TypeInfoResolver = (options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(type =>
    {
        if (type.Kind != JsonTypeInfoKind.Object || type.Type.Namespace != typeof(ApiResults).Namespace) return;
        foreach (var property in type.Properties) property.ShouldSerialize = static (_, _) => true;
    });

    /// <summary>The code of a problem that no endpoint named.</summary>
    public static string CodeOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "badRequest",
        StatusCodes.Status401Unauthorized => "noToken",
        StatusCodes.Status403Forbidden => "forbidden",
        StatusCodes.Status404NotFound => "notFound",
        StatusCodes.Status405MethodNotAllowed => "method",
        StatusCodes.Status413PayloadTooLarge => "large",
        StatusCodes.Status415UnsupportedMediaType => "mediaType",
        StatusCodes.Status429TooManyRequests => "tooMany",
        _ => "fault",
    };

    public static int Limit(int? limit) => Math.Clamp(limit ?? PageSize.Usual, 1, PageSize.Most);

    /// <summary>A page of rows of which one more was read than it holds.</summary>
    public static ApiPage<TItem> Page<TRow, TItem>(IReadOnlyList<TRow> rows, int limit, Func<TRow, TItem> show, Func<TRow, string> place) =>
        new([.. rows.Take(limit).Select(show)], rows.Count > limit ? place(rows[limit - 1]) : null);

    /// <summary>A page of a list that is read whole, for it is short. Goes on behind a row that is known by its place, or where it was if it is gone.</summary>
    public static ApiPage<TItem> PageOf<TRow, TItem>(IReadOnlyList<TRow> all, string? after, int? limit, Func<TRow, string> key, Func<TRow, TItem> show)
    {
        var from = 0;
        if (after is not null)
        {
            if (after.Split('~', 2) is not [var told, var last] || !int.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out var place)) throw new NoSuchPlaceException();
            var known = all.Index().Where(row => key(row.Item) == last).Select(row => row.Index).FirstOrDefault(-1);
            from = known >= 0 ? known + 1 : Math.Clamp(place, 0, all.Count);
        }

        var rows = all.Skip(from).Take(Limit(limit)).ToList();
        return new([.. rows.Select(show)], from + rows.Count < all.Count ? string.Create(CultureInfo.InvariantCulture, $"{from + rows.Count - 1}~{key(rows[^1])}") : null);
    }

    /// <summary>A page of rows that are counted through: what is left out before it, as a place.</summary>
    public static int Skipped(string? after) => after is null ? 0 : int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 1_000_000 ? number : throw new NoSuchPlaceException();

    /// <summary>
    /// Tells the next page of a list in a header too, as programs that know no body of ours follow it; refuses a place that no page told; and sends nothing to
    /// whoever has the version already.
    /// </summary>
    public static async ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (int.TryParse(context.HttpContext.Request.Query["limit"], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var limit) && (limit < 1 || limit > PageSize.Most)) return Problem(StatusCodes.Status400BadRequest, "limit", $"A page holds 1 to {PageSize.Most}.");
        object? result;
        try
        {
            result = await next(context);
        }
        catch (NoSuchPlaceException)
        {
            return Problem(StatusCodes.Status400BadRequest, "after", "No page told that place: begin again without it.");
        }

        var http = context.HttpContext;
        if (HttpMethods.IsGet(http.Request.Method) && http.Response.Headers.ETag is [{ } tag] && http.Request.Headers.IfNoneMatch.ToString() is { Length: > 0 } known && known.Split(',').Any(one => Strong(one) == tag)) return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        if ((result is INestedHttpResult nested ? nested.Result : result) is IValueHttpResult { Value: IApiPage { Next: { } place } })
        {
            var request = context.HttpContext.Request;
            var query = QueryString.Create(request.Query.Where(field => field.Key != "after").Append(new("after", place)));
            context.HttpContext.Response.Headers.Link = $"<{request.Path}{query}>; rel=\"next\"";
        }

        return result;
    }

    /// <summary>Refuses lists with nothing in one of their places, which no reader of JSON does.</summary>
    public static ValueTask<object?> RefuseHolesAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.Arguments.Any(argument => argument is not null && IsOurs(argument) && HasHole(argument, 0))
            ? ValueTask.FromResult<object?>(Problem(StatusCodes.Status400BadRequest, "hole", "A list of the body has null in one of its places."))
            : next(context);

    private static bool HasHole(object? value, int depth) => value switch
    {
        null or string => false,
        System.Collections.IEnumerable list => list.Cast<object?>().Any(item => item is null || HasHole(item, depth + 1)),
        _ => depth < 8 && IsOurs(value) && value.GetType().GetProperties().Any(property => property.GetIndexParameters().Length == 0 && HasHole(property.GetValue(value), depth + 1)),
    };

    private static bool IsOurs(object value) => value.GetType().Namespace == typeof(ApiResults).Namespace;

    /// <summary>A name of ours as JSON has it.</summary>
    public static string Camel(Enum value) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    public static DateTimeOffset Utc(DateTime at) => new(at, TimeSpan.Zero);

    public static DateTimeOffset? Utc(DateTime? at) => at is { } known ? Utc(known) : null;

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
        var typed = Strong(http.Request.Headers.IfMatch.ToString());
        return typed is ['"', .. (['0'] or [not '0', ..]) and var inner, '"'] && long.TryParse(inner, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? (version, null)
            : (0, Problem(StatusCodes.Status428PreconditionRequired, "ifMatchMissing", "Send the ETag of what you have read as If-Match."));
    }

    // Proxies that compress make an entity tag a weak one
    private static string Strong(string tag) => tag.Trim() is var told && told.StartsWith("W/", StringComparison.Ordinal) ? told[2..] : told;

    public static ProblemHttpResult Stale() => Problem(StatusCodes.Status412PreconditionFailed, "changed", "It was changed since you read it. Read it again.");
}

/// <summary>A list is asked to go on from a place that none of its pages told.</summary>
internal sealed class NoSuchPlaceException : Exception;

/// <summary>Marks an endpoint that changes what has versions: it wants If-Match.</summary>
internal sealed record NeedsVersion;

/// <summary>Marks an endpoint whose answer has an entity tag.</summary>
internal sealed record TellsVersion;
