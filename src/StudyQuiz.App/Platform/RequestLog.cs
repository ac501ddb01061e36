using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;

namespace StudyQuiz.App.Platform;

/// <summary>One line a request. It takes the place of the framework's, which prints addresses whole and so the secrets in them.</summary>
public static partial class RequestLog
{
    /// <summary>Paths that capability links begin with: what follows is a secret.</summary>
    private static readonly string[] BeforeSecrets = ["/first-admin/", "/j/", "/w/", "/seat/", "/reset-password/", "/continue/", "/a/", "/i/"];

    /// <summary>Silences what prints a request's path, also as the scope around other lines, and what says no more than our line does.</summary>
    public static ILoggingBuilder AddRequestLog(this ILoggingBuilder logging) => logging
        .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
        .AddFilter("Microsoft.AspNetCore.Routing", LogLevel.Warning)
        .AddFilter("Microsoft.AspNetCore.StaticFiles", LogLevel.Information);

    public static IApplicationBuilder UseRequestLog(this WebApplication app)
    {
        var clock = app.Services.GetRequiredService<Clock>();
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(RequestLog).FullName!);
        return app.Use(async (http, next) =>
        {
            var began = clock.Timestamp;
            using var scope = logger.BeginScope("{RequestId}", http.TraceIdentifier);
            try
            {
                await next();
            }
            finally
            {
                var (status, took) = (http.Response.StatusCode, Milliseconds(clock.Since(began)));
                if (IsRefusal(http)) Refused(logger, http.TraceIdentifier, http.Request.Method, Redact(http.Request.Path), status, took, Viewer.Of(http.User).AccountId);
                else Answered(logger, http.TraceIdentifier, http.Request.Method, Redact(http.Request.Path), status, took);
            }
        });
    }

    /// <summary>The path without the secret of a capability link, and without what would move a terminal's cursor. Queries are left out altogether.</summary>
    public static string Redact(string? path)
    {
        var prefix = BeforeSecrets.FirstOrDefault(known => path?.StartsWith(known, StringComparison.OrdinalIgnoreCase) == true);
        return prefix is not null ? prefix + "…" : path is null ? "" : path.Any(char.IsControl) ? string.Concat(path.Select(c => char.IsControl(c) ? '\uFFFD' : c)) : path;
    }

    // Not who is missing or hidden: what is nobody's business answers as if it were not there
    private static bool IsRefusal(HttpContext http) => http.Response.StatusCode is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status429TooManyRequests
        || http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false };

    private static string Milliseconds(TimeSpan took) => took.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture);

    [LoggerMessage(Level = LogLevel.Information, Message = "{RequestId} {Method} {Path} {Status} in {Milliseconds} ms")]
    private static partial void Answered(ILogger logger, string requestId, string method, string path, int status, string milliseconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{RequestId} {Method} {Path} {Status} in {Milliseconds} ms: refused to account {Account}")]
    private static partial void Refused(ILogger logger, string requestId, string method, string path, int status, string milliseconds, Guid? account);
}
