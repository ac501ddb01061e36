using Npgsql;
using StudyQuiz.App.Features.AppealVerdicts;
using StudyQuiz.App.Features.ReviewQuestions;
using StudyQuiz.Domain.Editing;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Features.EditQuestion;

/// <summary>Stores a change of a question that passed the gates, once what only its editor can tell has been said: for the page and for programs.</summary>
internal static class ChangeQuestion
{
    /// <param name="row">The question as it is.</param>
    /// <param name="question">As it is to be.</param>
    /// <param name="typed">What was said beside it.</param>
    /// <param name="seen">The version that the change was made from.</param>
    /// <param name="also">What belongs into the same transaction.</param>
    /// <returns>What has to be said first, by field: nothing is stored then. Else how it was saved.</returns>
    public static async Task<(IReadOnlyDictionary<string, string> Asked, SavedAs Saved)> RunAsync(
        NpgsqlConnection connection, EditedQuestion row, Question question, QuestionForm typed, long seen, Guid person, DateTimeOffset now, Func<Task>? also = null)
    {
        var look = await LookAsync(connection, row, question, typed);
        return look.Asked.Count > 0 ? (look.Asked, SavedAs.Unchanged) : (look.Asked, await StoreAsync(connection, row, question, typed, seen, look, person, now, also));
    }

    /// <summary>What a change would do beside changing words.</summary>
    /// <param name="Asked">What has to be said first, by field.</param>
    public sealed record Look(IReadOnlyDictionary<string, string> Asked, IReadOnlyList<MeaningSign> Signs, Regrading? Regrading, (long Version, int Fork) Answered);

    public static async Task<Look> LookAsync(NpgsqlConnection connection, EditedQuestion row, Question question, QuestionForm typed)
    {
        var asked = new Dictionary<string, string>(StringComparer.Ordinal);
        var signs = Rewording.SignsOf(row.Question, question);
        if (typed.MeaningChanged is null && (signs.Count > 0 || QuestionForm.ChangesKey(row.Question, question))) asked[QuestionForm.Fields.Meaning] = QuestionForm.ChangesKey(row.Question, question) ? "KeyChanged" : "MeaningAsked";
        // Of another meaning, earlier answers were not given to what is asked now
        var answered = await RegradeByEdit.AnsweredAsync(connection, row.Id);
        var regrading = typed.MeaningChanged == true || answered.Fork != row.Fork ? null : await Regrading.ByEditAsync(connection, answered.Version, question);
        if (typed.Regrade is null && regrading is { Changes.Count: > 0 }) asked[QuestionForm.Fields.Regrade] = "RegradeAsked";
        // Why the old meaning may do without evidence says nothing of the new one. Where that waits, whoever publishes it is asked
        if (typed.MeaningChanged == true && question.Evidence.Count == 0 && typed.Waiver.Length == 0 && row.Status == Names.Of(QuestionStatus.Published) && !QuestionWorkflow.Waits(QuestionStatus.Published, await WorkflowSettings.RulesAsync(connection)))
            asked[QuestionForm.Fields.Waiver] = "WaiverAsked";
        return new Look(asked, signs, regrading, answered);
    }

    public static async Task<SavedAs> StoreAsync(NpgsqlConnection connection, EditedQuestion row, Question question, QuestionForm typed, long seen, Look look, Guid person, DateTimeOffset now, Func<Task>? also = null)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        // Who brings a change that waits back to what is published takes it back
        var isTakenBack = row.IsProposed && await row.AtAsync(connection, row.Served) is { } served && SaveQuestion.AreSame(question, served);
        var saved = isTakenBack
            ? await ProposedChange.DropAsync(connection, row.Id, row.Version, person, now) ? SavedAs.Served : SavedAs.Conflict
            : await SaveQuestion.RunAsync(connection, row, question, seen, typed.MeaningChanged == true, typed.Why, person, now, waiver: question.Evidence.Count == 0 ? typed.Waiver : "");
        if (saved is SavedAs.Conflict or SavedAs.Trashed) return saved;
        await SaveQuestion.KeepApartAsync(connection, row, row.Id, typed.Enemies);
        if (saved != SavedAs.Unchanged && !isTakenBack)
        {
            await RegradeByEdit.SettleAsync(connection, row.Id, look.Regrading is { Keys.Count: > 0 } && typed.Regrade != false ? look.Answered.Version : null);
            // Nobody's results are changed by one person alone where two are asked for: then whoever publishes it sets that off
            if (!(await WorkflowSettings.RulesAsync(connection)).AsksSecond) await RegradeByEdit.RunAsync(connection, [row.Id], person, now);
        }

        if (also is not null) await also();
        await transaction.CommitAsync();
        return saved;
    }
}
