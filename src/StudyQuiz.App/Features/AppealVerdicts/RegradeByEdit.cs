using System.Globalization;
using Npgsql;
using StudyQuiz.App.Features.EditQuestion;
using StudyQuiz.App.Features.ReadAudit;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.AppealVerdicts;

/// <summary>Grades earlier answers by the key that an editor gave a question, as an accepted appeal does.</summary>
internal static class RegradeByEdit
{
    /// <summary>In the transaction that stored the new version, which holds the question.</summary>
    /// <param name="before">As it was before.</param>
    public static async Task RunAsync(NpgsqlConnection connection, EditedQuestion before, Regrading regrading, string why, Guid person, DateTimeOffset now)
    {
        if (regrading.Keys.Count == 0) return;
        var saved = (await EditedQuestion.FindAsync(connection, before.BankSlug, before.Id))!;
        await new RegradeAnswers(connection, string.Create(CultureInfo.InvariantCulture, $"edit/{saved.Version}"), person, why, now).RunAsync(regrading);
        var heard = (await OpenAppeal.OfAsync(connection, before.Id, before.Fork)).Where(open => open.CountsBy(regrading)).Select(open => open.Id).ToArray();
        await OpenAppeal.CloseAsync(connection, heard, AppealStates.Accepted, why, person, now);
        await Audit.AddAsync(
            connection, person, AuditActs.Rekeyed, AuditActs.OfQuestion(before.Id),
            new { version = before.Version, current = saved.Version, corrected = regrading.Keys.Keys.Order().ToArray(), regrading.Up, regrading.Down, appeals = heard, reason = why }, now);
    }
}
