using System.Globalization;
using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Attempts;

namespace StudyQuiz.App.Features.TakeSelfTest;

/// <summary>A learner's share of time: set once, it holds for every clock that starts after that.</summary>
internal static class ExtraTime
{
    public const string Path = "/self-test/extra-time";

    public static void Map(IEndpointRouteBuilder app) => app.MapPost(Path, SetAsync);

    internal static Task<decimal> OfAsync(NpgsqlConnection connection, Guid? learner) =>
        learner is null ? Task.FromResult(1m) : connection.QuerySingleAsync<decimal>("select extra_time from learner where id = @learner", new { learner });

    /// <summary>As a choice of the form says it.</summary>
    internal static string Text(decimal extra) => extra.ToString("0.##", CultureInfo.InvariantCulture);

    private static async Task<IResult> SetAsync(IFormCollection form, HttpContext http, NpgsqlDataSource db, Learners learners)
    {
        if (!decimal.TryParse(form["extra"], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var extra) || !AttemptClock.Extras.Contains(extra)) return Results.BadRequest();
        var learner = await learners.FindOrBeginAsync(http, StartSelfTest.Filled(form["device"]));
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await connection.ExecuteAsync("update learner set extra_time = @extra where id = @learner", new { extra, learner });
        return Results.LocalRedirect("/self-test?extra=set#extra");
    }
}
