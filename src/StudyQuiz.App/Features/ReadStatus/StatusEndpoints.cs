using Npgsql;
using StudyQuiz.App.Live;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Platform.Telemetry;

namespace StudyQuiz.App.Features.ReadStatus;

/// <summary>How the service does: database, app hosts, games that are going on. For admins.</summary>
public static class StatusEndpoints
{
    public const string Path = "/status";

    public static void Map(IEndpointRouteBuilder app) => app.MapGet(Path, ShowAsync).RequireAuthorization(Policies.ManagePeople);

    private static async Task<IResult> ShowAsync(HttpContext http, NpgsqlDataSource db, GameRelay relay, SlowStatements slow, RefusedCounts refused, IConfiguration configuration, Clock clock)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Pages.Render<StatusPage>(new { Status = await ServiceStatus.OfAsync(db, relay, slow, refused, configuration, clock, http.RequestAborted) });
    }
}
