using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.ReadPrivacy;

/// <summary>What is kept, why, for how long, and who sees it.</summary>
public static class PrivacyEndpoints
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/privacy", () => Pages.Render<PrivacyPage>());
}
