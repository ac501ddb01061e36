using System.Text.Json;
using StudyQuiz.Domain;

namespace StudyQuiz.App.Platform;

/// <summary>JSON that a browser posts: whole records only, and no more than a page ever has to send.</summary>
public static class BoundedJson
{
    // A body without a list or an answer must not become a record with a null in it
    private static readonly JsonSerializerOptions Strict = new(DomainJson.Options)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <param name="largest">Bytes.</param>
    /// <returns>Null where the body is larger, is no JSON, or lacks something.</returns>
    public static async Task<T?> ReadAsync<T>(HttpContext http, int largest)
        where T : class
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0)
        {
            if (body.Length + read > largest) return null;
            body.Write(buffer, 0, read);
        }

        try
        {
            return JsonSerializer.Deserialize<T>(body.GetBuffer().AsSpan(0, (int)body.Length), Strict);
        }
        catch (Exception malformed) when (malformed is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}
