namespace StudyQuiz.App.Live;

/// <summary>Live games: the silo that runs them, the hubs that people reach them by.</summary>
public static class LiveServices
{
    public static void AddLive(this WebApplicationBuilder builder)
    {
    }

    public static void MapLive(this IEndpointRouteBuilder app)
    {
    }
}
