using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using StudyQuiz.App.Components;

namespace StudyQuiz.App.Platform;

/// <summary>Results that render a page.</summary>
public static class Pages
{
    /// <summary>Renders a component as the whole response.</summary>
    /// <param name="parameters">An object whose properties are the component's parameters.</param>
    public static RazorComponentResult Render<TPage>(object? parameters = null, int status = StatusCodes.Status200OK)
        where TPage : IComponent =>
        new(typeof(TPage), parameters ?? new { }) { StatusCode = status, PreventStreamingRendering = true };

    public static RazorComponentResult NotFound() =>
        Render<MessagePage>(new { Name = "NotFound" }, StatusCodes.Status404NotFound);
}
