using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.AppealVerdicts;

/// <summary>A learner says that an answer should have counted; an editor decides, and what that changes is graded again.</summary>
public static class AppealEndpoints
{
    /// <summary>The editors' page.</summary>
    public const string Queue = "/appeals";

    public static void Map(IEndpointRouteBuilder app)
    {
        MakeAppeal.Map(app);
        var appeals = app.MapGroup(Queue).RequireAuthorization(Policies.EditBanks);
        appeals.MapGet("", DecideAppeal.ShowAsync);
        appeals.MapPost("{id:long}", DecideAppeal.DecideAsync);
        appeals.MapGet("{id:long}", () => Results.LocalRedirect(Queue)); // a refusal stands at this address
    }
}
