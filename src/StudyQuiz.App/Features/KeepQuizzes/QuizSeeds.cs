using StudyQuiz.Domain;

namespace StudyQuiz.App.Features.KeepQuizzes;

/// <summary>The order in which a quiz that is the same for everyone shows a question's options, on the screen and on paper.</summary>
internal static class QuizSeeds
{
    public static long Of(long quiz, long question) => Shuffle.Derive(quiz ^ question, 1);
}
