namespace StudyQuiz.App.Platform;

/// <summary>Refuses JSON endpoints and hubs to pages of other origins, and to callers that do not say where they come from.</summary>
/// <remarks>
/// Browsers send Origin with every POST and every WebSocket handshake, but not with a same-origin GET; the GETs of SignalR's
/// fallbacks carry a connection token that only the checked negotiation hands out.
/// </remarks>
public static class OriginCheck
{
    public static IApplicationBuilder UseOriginCheck(this IApplicationBuilder app, Uri? publicUrl) => app.Use(async (http, next) =>
    {
        var path = http.Request.Path;
        var guarded = path.StartsWithSegments("/hubs", StringComparison.Ordinal)
            ? http.WebSockets.IsWebSocketRequest || !HttpMethods.IsGet(http.Request.Method)
            : path.StartsWithSegments("/api", StringComparison.Ordinal) && !HttpMethods.IsGet(http.Request.Method)
                // A program that sends no cookie acts by its token alone, which no other site's page can send
                && !(path.StartsWithSegments("/api/v1", StringComparison.Ordinal) && http.Request.Headers.Cookie.Count == 0);
        if (guarded && !IsOwn(http.Request, publicUrl))
        {
            await Results.Problem(
                title: "This request does not come from a page of this site.",
                detail: "Open the site itself and try again; behind a proxy, set PublicUrl to the address that people use.",
                statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(http);
            return;
        }

        await next();
    });

    private static bool IsOwn(HttpRequest request, Uri? publicUrl)
    {
        if (!Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin)) return false;
        var host = origin.IsDefaultPort ? origin.Host : $"{origin.Host}:{origin.Port}";
        var same = string.Equals(origin.Scheme, request.Scheme, StringComparison.OrdinalIgnoreCase)
            && string.Equals(host, request.Host.Value, StringComparison.OrdinalIgnoreCase);
        return same || (publicUrl is not null && Uri.Compare(origin, publicUrl, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0);
    }
}
