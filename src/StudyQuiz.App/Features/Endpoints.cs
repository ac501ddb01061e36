using StudyQuiz.App.Features.Home;
using StudyQuiz.App.Features.HostGame;
using StudyQuiz.App.Features.JoinGame;
using StudyQuiz.App.Features.ReadSource;
using StudyQuiz.App.Features.SetPreferences;
using StudyQuiz.App.Features.TakeSelfTest;

namespace StudyQuiz.App.Features;

/// <summary>What users can do, each from its own folder.</summary>
public static class Endpoints
{
    public static IServiceCollection AddFeatures(this IServiceCollection services) => services
        .AddSingleton<FindGame>()
        .AddSingleton<OpenGame>()
        .AddSingleton<PinGuard>();

    public static void MapFeatures(this IEndpointRouteBuilder app)
    {
        HomeEndpoints.Map(app);
        ReadSourceEndpoints.Map(app);
        SelfTestEndpoints.Map(app);
        HostGameEndpoints.Map(app);
        JoinGameEndpoints.Map(app);
        PreferencesEndpoints.Map(app);
    }
}
