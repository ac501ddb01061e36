using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Primitives;
using StudyQuiz.Domain;

namespace StudyQuiz.App.Platform;

/// <summary>
/// Refuses requests whose query or form holds what the database cannot store, before it becomes a fault in some statement. Of what editors type it is left
/// out, together with all else that nobody sees: what they write stands on everyone's pages, and a form that was long in filling in is not refused for it.
/// </summary>
public static class StorableValues
{
    public static IApplicationBuilder UseStorableValues(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        var isEditing = http.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(rule => rule.Policy == Policies.EditBanks) == true;
        if (isEditing && !http.Request.Query.All(field => field.Value.All(IsClean))) http.Request.Query = new QueryCollection(http.Request.Query.ToDictionary(field => field.Key, field => Clean(field.Value), StringComparer.OrdinalIgnoreCase));
        if (http.Request.Query.All(field => field.Value.All(IsStorable)) && await HasStorableFormAsync(http, isEditing))
        {
            await next();
        }
        else
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
    });

    // Only where something answers: nobody's form is read for a page that is not there.
    private static async Task<bool> HasStorableFormAsync(HttpContext http, bool isEditing)
    {
        if (http.GetEndpoint() is not { } endpoint || !http.Request.HasFormContentType) return true;
        // A large one is read after it is known who sends it; its endpoint sees to it.
        if (endpoint.Metadata.GetMetadata<LargeForm>() is not null) return true;
        try
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            if (isEditing && !form.All(field => field.Value.All(IsClean))) http.Request.Form = form = new FormCollection(form.ToDictionary(field => field.Key, field => Clean(field.Value), StringComparer.OrdinalIgnoreCase), form.Files);
            return form.All(field => field.Value.All(IsStorable));
        }
        catch (InvalidDataException)
        {
            return false; // no form at all, whatever it says it is
        }
    }

    private static bool IsStorable(string? value) => value is null || StorableText.Is(value);

    private static bool IsClean(string? value) => value is null || ReferenceEquals(StorableText.Clean(value), value);

    private static StringValues Clean(StringValues values) => new([.. values.Select(value => value is null ? null : StorableText.Clean(value))]);
}
