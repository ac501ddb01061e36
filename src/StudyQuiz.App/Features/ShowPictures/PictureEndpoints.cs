using System.Security.Cryptography;
using Dapper;
using Microsoft.Extensions.Localization;
using Npgsql;
using StudyQuiz.App.Features.EditQuestion;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.ShowPictures;

/// <summary>Pictures of questions: stored once by what they are, shown to whoever is shown the question, which alone tells their names.</summary>
public static class PictureEndpoints
{
    public const string Field = "pictureFile";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/pictures/{hash:regex(^[0-9a-f]{{64}}$)}", ShowAsync);
        app.MapPost("/pictures", UploadAsync).RequireAuthorization(Policies.EditBanks)
            .WithMetadata(new LargeForm(PictureFile.LargestBytes + 64 * 1024, _ => Task.FromResult(Results.StatusCode(StatusCodes.Status413PayloadTooLarge))));
    }

    /// <summary>Stores what a form sends.</summary>
    /// <returns>Its name, or why it is not taken.</returns>
    internal static async Task<(string? Hash, PictureRefusal? Refusal)> StoreAsync(NpgsqlConnection connection, IFormFile? file, Guid person, DateTimeOffset now)
    {
        if (file is not { Length: > 0 }) return (null, PictureRefusal.Kind);
        if (file.Length > PictureFile.LargestBytes) return (null, PictureRefusal.Large);
        var bytes = new byte[file.Length];
        await using (var stream = file.OpenReadStream()) await stream.ReadExactlyAsync(bytes);
        return await StoreAsync(connection, bytes, person, now);
    }

    /// <summary>Stores what is a picture by its bytes.</summary>
    /// <returns>Its name, or why it is not taken.</returns>
    internal static async Task<(string? Hash, PictureRefusal? Refusal)> StoreAsync(NpgsqlConnection connection, byte[] bytes, Guid person, DateTimeOffset now)
    {
        var (picture, refusal) = PictureFile.Read(bytes);
        if (picture is null) return (null, refusal);
        bytes = bytes[..picture.Length];
        var hash = SHA256.HashData(bytes);
        await connection.ExecuteAsync(
            "insert into picture (hash, type, width, height, bytes, stored_by, stored_at) values (@hash, @Type, @Width, @Height, @bytes, @person, @now) on conflict (hash) do nothing",
            new { hash, picture.Type, picture.Width, picture.Height, bytes, person, now });
        return (Convert.ToHexStringLower(hash), null);
    }

    /// <summary>A stored picture with what it shows; null where there is none of that name.</summary>
    internal static async Task<Picture?> FindAsync(NpgsqlConnection connection, string hash, string alt) =>
        IsHash(hash) && await connection.QuerySingleOrDefaultAsync<(int Width, int Height)?>("select width, height from picture where hash = @hash", new { hash = Convert.FromHexString(hash) }) is var (width, height)
            ? new Picture(hash, alt, width, height)
            : null;

    internal static async Task<IResult> ShowAsync(string hash, HttpContext http, NpgsqlDataSource db)
    {
        // It never changes: who has it need not be sent it again
        var headers = http.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.ETag = $"\"{hash}\"";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";
        if (http.Request.Headers.IfNoneMatch == headers.ETag) return Results.StatusCode(StatusCodes.Status304NotModified);
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await connection.QuerySingleOrDefaultAsync<(string Type, byte[] Bytes)?>("select type, bytes from picture where hash = @hash", new { hash = Convert.FromHexString(hash) }) is var (type, bytes)) return Results.Bytes(bytes, type);
        headers.CacheControl = "no-store";
        return Results.NotFound();
    }

    // As soon as it is chosen: a draft keeps its name, and the previews show it
    private static async Task<IResult> UploadAsync(HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock, IStringLocalizer<EditQuestionText> text)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var (hash, refusal) = await StoreAsync(connection, form.Files[Field], Viewer.Of(http.User).AccountId!.Value, clock.Now);
        return hash is not null ? Results.Json(await FindAsync(connection, hash, "")) : Results.Json(new { said = text["Error.Picture" + refusal].Value }, statusCode: StatusCodes.Status415UnsupportedMediaType);
    }

    internal static bool IsHash(string hash) => hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower);
}
