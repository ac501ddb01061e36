using StudyQuiz.App.Features.SetPreferences;

namespace StudyQuiz.App.Features;

/// <summary>What users can do, each from its own folder.</summary>
public static class Endpoints
{
    public static void MapFeatures(this IEndpointRouteBuilder app)
    {
        PreferencesEndpoints.Map(app);
    }
}
