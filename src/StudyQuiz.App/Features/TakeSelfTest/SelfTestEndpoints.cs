namespace StudyQuiz.App.Features.TakeSelfTest;

/// <summary>Self-tests: started, answered, handed in, looked at.</summary>
public static class SelfTestEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        StartSelfTest.Map(app);
        ShowAttempt.Map(app);
        SaveAnswer.Map(app);
        PracticeAnswer.Map(app);
        Challenge.Map(app);
        Reading.Map(app);
        ExtraTime.Map(app);
        SubmitAttempt.Map(app);
        ShowResult.Map(app);
    }
}
