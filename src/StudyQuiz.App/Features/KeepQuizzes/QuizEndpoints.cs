using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.KeepQuizzes;

/// <summary>A host makes quizzes and papers: sections, blueprint, rules; picks questions, writes own ones.</summary>
public static class QuizEndpoints
{
    public const string List = "/quizzes";

    public static void Map(IEndpointRouteBuilder app)
    {
        var quizzes = app.MapGroup(List).RequireAuthorization(Policies.HostGames);
        ListQuizzes.Map(quizzes);
        EditQuiz.Map(quizzes);
        EditSection.Map(quizzes);
        OwnQuestion.Map(quizzes);
        Extras.Map(quizzes);
    }
}
