using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Extensions;
using StudyQuiz.App.Components;

namespace StudyQuiz.App.Platform;

/// <summary>What a browser sees of a fault, a missing page or a missing role; programs get problem details instead.</summary>
public static class FaultPages
{
    public static void UseFaultPages(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            SuppressDiagnosticsCallback = context => context.Exception is LearnerGoneException, // of others the middleware logs the fault, once
            ExceptionHandler = http => http.Features.Get<IExceptionHandlerFeature>()?.Error is LearnerGoneException ? TellGoneAsync(http) : TellFaultAsync(http),
        });
        app.UseStatusCodePages(async context =>
        {
            var http = context.HttpContext;
            if (http.Request.Path.StartsWithSegments("/api/v1", StringComparison.Ordinal))
            {
                await ProblemAsync(http, http.Response.StatusCode);
                return;
            }

            if (!IsPage(http)) return;
            var name = http.Response.StatusCode switch
            {
                StatusCodes.Status404NotFound => "NotFound",
                StatusCodes.Status403Forbidden => "Forbidden",
                StatusCodes.Status429TooManyRequests => "TooMany",
                StatusCodes.Status400BadRequest when http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } => "Stale",
                StatusCodes.Status400BadRequest => "BadRequest",
                _ => null,
            };
            if (name is not null) await Pages.Render<MessagePage>(new { Name = name }, http.Response.StatusCode).ExecuteAsync(http);
        });
    }

    private static Task TellFaultAsync(HttpContext http) => IsPage(http)
        ? Pages.Render<MessagePage>(new { Name = "Error", Number = http.TraceIdentifier }, StatusCodes.Status500InternalServerError).ExecuteAsync(http)
        : ProblemAsync(http, StatusCodes.Status500InternalServerError);

    // Asked for again, a page finds nobody any more and says what it says to those who have begun nothing
    private static Task TellGoneAsync(HttpContext http)
    {
        if (!HttpMethods.IsGet(http.Request.Method)) return IsPage(http) ? Pages.NotFound().ExecuteAsync(http) : ProblemAsync(http, StatusCodes.Status404NotFound);
        http.Response.Redirect(http.Request.GetEncodedPathAndQuery());
        return Task.CompletedTask;
    }

    private static Task ProblemAsync(HttpContext http, int status) =>
        Results.Problem(statusCode: status).ExecuteAsync(http);

    private static bool IsPage(HttpContext http) =>
        !http.Request.Path.StartsWithSegments("/api/v1", StringComparison.Ordinal) &&
        http.Request.GetTypedHeaders().Accept.Any(accept => accept.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));
}
