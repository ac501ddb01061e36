using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using StudyQuiz.App.Features.ShowPictures;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.UseApi;

/// <summary>A stored picture.</summary>
/// <param name="Hash">By which a question names it.</param>
/// <param name="Address">Where its bytes are, for everybody who knows the hash.</param>
public sealed record ApiStoredPicture(string Hash, int Width, int Height, string Address);

/// <summary>Pictures of questions: stored once by what they are.</summary>
internal static class PicturesApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var pictures = api.MapGroup("/pictures").WithTags("Pictures");
        pictures.MapPost("", StoreAsync).Needs(ApiScopes.BanksWrite, ApiScopes.Editors).RequireRateLimiting(RateLimits.ApiHeavy).Accepts<Stream>("application/octet-stream").WithName("StorePicture")
            .WithSummary("Stores a picture: png, jpeg, webp or gif, 2 MB and 4096 pixels a side at most. The same picture again has the same hash.");
        pictures.MapGet("/{hash}", ShowAsync).Needs(null).Produces<Stream>(StatusCodes.Status200OK, "application/octet-stream").WithName("GetPicture").WithSummary("The bytes of a picture. They never change.");
    }

    private static async Task<IResult> ShowAsync(string hash, HttpContext http, NpgsqlDataSource db) => PictureEndpoints.IsHash(hash) ? await PictureEndpoints.ShowAsync(hash, http, db) : ApiResults.NotFound();

    private static async Task<Results<Created<ApiStoredPicture>, ProblemHttpResult>> StoreAsync(HttpContext http, NpgsqlDataSource db, Clock clock)
    {
        if (await BanksApi.ReadAsync(http, PictureFile.LargestBytes) is not { } bytes) return ApiResults.Problem(StatusCodes.Status413PayloadTooLarge, "large", "A picture has 2 MB at most.");
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var (hash, refusal) = await PictureEndpoints.StoreAsync(connection, bytes, Viewer.Of(http.User).AccountId!.Value, clock.Now);
        if (hash is null) return ApiResults.Problem(StatusCodes.Status415UnsupportedMediaType, ApiResults.Camel(refusal!.Value), "It is no png, jpeg, webp or gif, is not whole, or is too large.");
        var picture = (await PictureEndpoints.FindAsync(connection, hash, ""))!;
        return TypedResults.Created($"/api/v1/pictures/{hash}", new ApiStoredPicture(hash, picture.Width, picture.Height, Picture.PathOf(hash)));
    }
}
