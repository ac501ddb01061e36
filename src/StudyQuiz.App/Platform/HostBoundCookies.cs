using Microsoft.Extensions.Primitives;

namespace StudyQuiz.App.Platform;

/// <summary>
/// Behind TLS every cookie of this site bears the prefix by which browsers bind it to this very host: no neighbour in the domain and nobody who can
/// write into plain http plants one. Inside, cookies have their plain names, as they have on the plain http of a LAN, where browsers drop the prefix.
/// </summary>
public static class HostBoundCookies
{
    public const string Prefix = "__Host-";

    public static IApplicationBuilder UseHostBoundCookies(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (!http.Request.IsHttps) return next(http);
        http.Request.Headers.Cookie = Plain(http.Request.Headers.Cookie);
        // Registered first, it runs last, when all cookies are there
        http.Response.OnStarting(static state =>
        {
            var headers = ((HttpContext)state).Response.Headers;
            headers.SetCookie = Bound(headers.SetCookie);
            return Task.CompletedTask;
        }, http);
        return next(http);
    });

    // What lacks the prefix was set by somebody else
    private static StringValues Plain(StringValues sent)
    {
        var own = string.Join(';', sent.ToArray()).Split(';', StringSplitOptions.TrimEntries)
            .Where(cookie => cookie.StartsWith(Prefix, StringComparison.Ordinal)).Select(cookie => cookie[Prefix.Length..]).ToArray();
        return own.Length == 0 ? StringValues.Empty : string.Join("; ", own);
    }

    private static StringValues Bound(StringValues set) => set.Select(cookie => Prefix + (
        cookie!.Contains("; secure", StringComparison.OrdinalIgnoreCase) ? cookie : cookie + "; secure")).ToArray();
}
