using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Extensions;
using StudyQuiz.App.Components;

namespace StudyQuiz.App.Platform;

/// <summary>What a browser sees of a fault, a missing page or a missing role; programs get problem details instead.</summary>
public static partial class FaultPages
{
    public static void UseFaultPages(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            SuppressDiagnosticsCallback = context => context.Exception is LearnerGoneException or BadHttpRequestException, // of others the middleware logs the fault, once
            ExceptionHandler = http => http.Features.Get<IExceptionHandlerFeature>()?.Error switch
            {
                LearnerGoneException => TellGoneAsync(http),
                BadHttpRequestException bad => TellBadAsync(http, bad),
                _ => TellFaultAsync(http),
            },
        });
        app.UseStatusCodePages(async context =>
        {
            var http = context.HttpContext;
            if (http.Request.Path.StartsWithSegments("/api/v1", StringComparison.Ordinal))
            {
                await ProblemAsync(http, http.Response.StatusCode);
                return;
            }

            if (IsPage(http)) await TellAsync(http);
        });
    }

    /// <summary>Refuses a form whose token is not the one that its page got; stands behind what looks at the token.</summary>
    public static void UseStaleForms(this WebApplication app) => app.Use((http, next) =>
    {
        if (http.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false }) return next(http);
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    });

    private static Task TellAsync(HttpContext http)
    {
        var name = http.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => "NotFound",
            StatusCodes.Status403Forbidden => "Forbidden",
            StatusCodes.Status429TooManyRequests => "TooMany",
            StatusCodes.Status400BadRequest when http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } => "Stale",
            StatusCodes.Status400BadRequest => "BadRequest",
            _ => null,
        };
        return name is null ? Task.CompletedTask : Pages.Render<MessagePage>(new { Name = name }, http.Response.StatusCode).ExecuteAsync(http);
    }

    // Programs are told where their body does not fit
    private static Task TellBadAsync(HttpContext http, BadHttpRequestException bad)
    {
        http.Response.StatusCode = bad.StatusCode;
        return IsPage(http) ? TellAsync(http) : Results.Problem(PlaceOf(bad), statusCode: bad.StatusCode).ExecuteAsync(http);
    }

    private static string? PlaceOf(BadHttpRequestException bad) => bad.InnerException switch
    {
        JsonException json when Missing().Match(json.Message) is { Success: true } missing => $"The body lacks {missing.Groups["names"].Value}.",
        JsonException { Path: { Length: > 0 } path } => $"The body does not fit at {path}.",
        JsonException => "The body is no JSON.",
        _ => null,
    };

    // The serializer's own words, of which the type's name is nobody's business
    [GeneratedRegex("missing required properties including: (?<names>.+?)\\.?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Missing();

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
