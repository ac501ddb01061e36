using StudyQuiz.Domain;

namespace StudyQuiz.App.Platform;

/// <summary>Refuses requests whose query or form holds what the database cannot store, before it becomes a fault in some statement.</summary>
public static class StorableValues
{
    public static IApplicationBuilder UseStorableValues(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (http.Request.Query.All(field => field.Value.All(IsStorable)) && await HasStorableFormAsync(http))
        {
            await next();
        }
        else
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
    });

    // Only where something answers: nobody's form is read for a page that is not there.
    private static async Task<bool> HasStorableFormAsync(HttpContext http)
    {
        if (http.GetEndpoint() is not { } endpoint || !http.Request.HasFormContentType) return true;
        // A large one is read after it is known who sends it; its endpoint says in place what can't be stored.
        if (endpoint.Metadata.GetMetadata<LargeForm>() is not null) return true;
        try
        {
            return (await http.Request.ReadFormAsync(http.RequestAborted)).All(field => field.Value.All(IsStorable));
        }
        catch (InvalidDataException)
        {
            return false; // no form at all, whatever it says it is
        }
    }

    private static bool IsStorable(string? value) => value is null || StorableText.Is(value);
}
