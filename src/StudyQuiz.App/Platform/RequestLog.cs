using System.Globalization;

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
                Answered(logger, http.TraceIdentifier, http.Request.Method, Redact(http.Request.Path), http.Response.StatusCode, Milliseconds(clock.Since(began)));
            }
        });
    }

    /// <summary>The path without the secret of a capability link. Queries are left out altogether.</summary>
    public static string Redact(string? path)
    {
        var prefix = BeforeSecrets.FirstOrDefault(known => path?.StartsWith(known, StringComparison.OrdinalIgnoreCase) == true);
        return prefix is null ? path ?? "" : prefix + "…";
    }

    private static string Milliseconds(TimeSpan took) => took.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture);

    [LoggerMessage(Level = LogLevel.Information, Message = "{RequestId} {Method} {Path} {Status} in {Milliseconds} ms")]
    private static partial void Answered(ILogger logger, string requestId, string method, string path, int status, string milliseconds);
}
