namespace StudyQuiz.App.Platform;

/// <summary>
/// Headers that keep a page to itself: no script, style or request of another origin, no inline script or style, no frame, no cache unless somebody
/// says otherwise. They are written when the answer begins, for a fault takes away what was written before it.
/// </summary>
public static class SecurityHeaders
{
    private const string Policy =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private const string TwoYears = "max-age=63072000; includeSubDomains";
    private static readonly object _nonceKey = new();

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        http.Response.OnStarting(static state =>
        {
            Write((HttpContext)state);
            return Task.CompletedTask;
        }, http);
        return next(http);
    });

    /// <summary>
    /// What scripts of this page carry. Once it is asked for, no script runs without it, from this site's addresses either: an upload or an answer of
    /// the API is no script. What browsers keep for times without a network is the same for everyone and names none.
    /// </summary>
    public static string Nonce(HttpContext http)
    {
        if (http.Items.TryGetValue(_nonceKey, out var known)) return (string)known!;
        var nonce = SecretToken.Create(bits: 128);
        http.Items[_nonceKey] = nonce;
        return nonce;
    }

    private static void Write(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.TryAdd("Content-Security-Policy", http.Items.TryGetValue(_nonceKey, out var nonce) ? $"{Policy}; script-src 'nonce-{nonce}'; worker-src 'self'" : Policy);
        headers.TryAdd("X-Content-Type-Options", "nosniff");
        headers.TryAdd("Referrer-Policy", "same-origin");
        headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
        headers.TryAdd("Cross-Origin-Resource-Policy", "same-origin");
        headers.TryAdd("Cache-Control", "no-store");
        // What runs on a developer's machine shares its name with everything else there
        if (http.Request.IsHttps && http.Request.Host.Host != "localhost") headers.TryAdd("Strict-Transport-Security", TwoYears);
    }
}
