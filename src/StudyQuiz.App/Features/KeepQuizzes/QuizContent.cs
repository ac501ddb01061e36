using Npgsql;
using StudyQuiz.Domain.Quizzes;

namespace StudyQuiz.App.Features.KeepQuizzes;

/// <summary>What a quiz asks, whole and in order.</summary>
internal static class QuizContent
{
    /// <summary>Section by section: what is held and may be asked, and behind it what is drawn for this once, where the quiz draws each time.</summary>
    /// <param name="items">What the quiz holds.</param>
    public static async Task<IReadOnlyList<QuizItem>> OfAsync(NpgsqlConnection connection, QuizPlan plan, IReadOnlyList<QuizItem> items, long seed)
    {
        var held = items.Where(item => item.Question?.IsAskable != false).ToList();
        if (!plan.Rules.DrawnPerAttempt) return [.. plan.Sections.SelectMany(section => held.Where(item => item.Section == section.Id))];
        var drawn = await DrawQuiz.OfAsync(connection, plan, held, seed);
        var questions = (await QuizQuestion.OfAsync(connection, [.. drawn.SelectMany(section => section.Questions)])).ToDictionary(question => question.Id);
        return
        [
            .. plan.Sections.SelectMany(section => held.Where(item => item.Section == section.Id)
                .Concat(drawn.First(one => one.Section == section.Id).Questions.Select(id => new QuizItem(Guid.Empty, section.Id, true, questions[id], null)))),
        ];
    }
}
