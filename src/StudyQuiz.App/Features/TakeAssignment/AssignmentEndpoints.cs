namespace StudyQuiz.App.Features.TakeAssignment;

/// <summary>Quizzes at everyone's own pace: assigned, taken by link, reported on.</summary>
public static class AssignmentEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        AssignQuiz.Map(app);
        TakeByLink.Map(app);
        AssignmentReport.Map(app);
    }
}
