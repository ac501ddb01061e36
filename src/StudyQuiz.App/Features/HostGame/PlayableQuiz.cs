using Npgsql;
using StudyQuiz.App.Features.KeepQuizzes;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Quizzes;

namespace StudyQuiz.App.Features.HostGame;

/// <summary>A quiz of the host's that a game is to be opened from.</summary>
/// <param name="Rounds">How many of its questions, polls and slides can be played live.</param>
/// <param name="LeftOut">How many of its questions can't.</param>
public sealed record PlayableQuiz(Guid Id, string Title, int Rounds, int LeftOut)
{
    internal static async Task<PlayableQuiz?> FindAsync(NpgsqlConnection connection, Guid id, Guid host)
    {
        if (await Quiz.FindAsync(connection, id, host) is not { } quiz) return null;
        var items = await QuizContent.OfAsync(connection, quiz.Plan, await QuizItem.OfAsync(connection, id), quiz.Seed);
        var rounds = RoundsOf(quiz.Plan, items).Count();
        return new PlayableQuiz(id, quiz.Title, rounds, items.Count - rounds);
    }

    /// <summary>What can be played live, in its order; questions weigh as their sections have it.</summary>
    internal static IEnumerable<NewRound> RoundsOf(QuizPlan plan, IReadOnlyList<QuizItem> items)
    {
        var least = plan.Sections.Where(section => section.Number > 0).Select(section => section.Points).DefaultIfEmpty(1).Min();
        foreach (var item in items)
        {
            if (item.Extra is { } extra) yield return NewRound.Of(extra);
            else if (item.Question is { } question && QuestionTypes.Live.Contains(question.Type))
                yield return NewRound.Of(question.Version, question.Body, (int)Math.Round(GameScoring.UsualPoints * plan.Find(item.Section)!.Points / least));
        }
    }
}
