using Microsoft.AspNetCore.Antiforgery;
using StudyQuiz.App.Components;

namespace StudyQuiz.App.Platform;

/// <summary>What a browser sees of a fault, a missing page or a missing role; programs get problem details instead.</summary>
public static class FaultPages
{
    public static void UseFaultPages(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            SuppressDiagnosticsCallback = _ => false, // the middleware logs the fault, once
            ExceptionHandler = http => http.RequestServices.GetRequiredService<IProblemDetailsService>() is var problems && IsPage(http)
                ? Pages.Render<MessagePage>(new { Name = "Error", Number = http.TraceIdentifier }, StatusCodes.Status500InternalServerError).ExecuteAsync(http)
                : problems.WriteAsync(new() { HttpContext = http, ProblemDetails = { Status = StatusCodes.Status500InternalServerError } }).AsTask(),
        });
        app.UseStatusCodePages(async context =>
        {
            var http = context.HttpContext;
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

    private static bool IsPage(HttpContext http) =>
        http.Request.GetTypedHeaders().Accept.Any(accept => accept.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));
}
