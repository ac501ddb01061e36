using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Gates;

namespace StudyQuiz.App.Features.EditQuestion;

/// <summary>Stores a changed question as its next version. Older versions stay, for whoever was asked them.</summary>
internal static class SaveQuestion
{
    /// <summary>What the gates find in a question by itself.</summary>
    /// <returns>
    /// What keeps the change from being stored: faults that would keep a bank from being imported, in a gate that found fewer in the question as it was,
    /// for who mends one thing need not mend all. And everything else that could be better.
    /// </returns>
    public static (IReadOnlyList<GateFinding> Faults, IReadOnlyList<GateFinding> Others) Check(EditedQuestion row, Question changed, IReadOnlyList<TextParagraph> paragraphs)
    {
        var before = Findings(row, row.Question, paragraphs).CountBy(finding => finding.Gate, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var after = Findings(row, changed, paragraphs).ToList();
        var worse = after.CountBy(finding => finding.Gate, StringComparer.Ordinal).Where(gate => gate.Value > before.GetValueOrDefault(gate.Key)).Select(gate => gate.Key).ToHashSet(StringComparer.Ordinal);
        var found = after.ToLookup(finding => worse.Contains(finding.Gate) && BankGates.All.First(gate => gate.Name == finding.Gate).ForImport);
        return ([.. found[true]], [.. found[false]]);
    }

    private static IEnumerable<GateFinding> Findings(EditedQuestion row, Question question, IReadOnlyList<TextParagraph> paragraphs)
    {
        var bank = new BankFile(
            new BankSource(row.BankSlug, row.BankTitle, "", null, row.Language, "", ""),
            [.. paragraphs.Select(paragraph => new BankParagraph(paragraph.Label, paragraph.Text))],
            [new BankKeyPoint(row.KeyPointLabel, row.KeyPointHeading, 1, question.Evidence, [])],
            [new BankQuestion(row.Slug, row.KeyPointLabel, QuestionOrigin.Edited, QuestionStatus.Published, question, [])]);
        return BankGates.Check(bank).Where(finding => finding.Item == row.Slug);
    }

    /// <param name="seen">The version that the change was made from.</param>
    /// <param name="meaningChanged">Begins a new fork: cards of the old one are not asked any more.</param>
    /// <returns>False when the question was changed since: nothing was stored then. A repeat, and a change that changes nothing, is none.</returns>
    public static async Task<bool> RunAsync(NpgsqlConnection connection, EditedQuestion row, Question question, long seen, bool meaningChanged, string why, Guid person)
    {
        var body = JsonSerializer.Serialize(question, DomainJson.Options);
        if (body == JsonSerializer.Serialize(row.Question, DomainJson.Options)) return true;
        return await connection.ExecuteAsync(
            """
            with current as (
              select q.id, v.fork, v.source_version_id from question q join question_version v on v.id = q.current_version_id
              where q.id = @Id and q.current_version_id = @seen
              for no key update of q
            ), added as (
              insert into question_version (question_id, version, fork, source_version_id, body, reason, created_by)
              select c.id, (select max(version) + 1 from question_version where question_id = c.id),
                     case when @meaningChanged then (select max(fork) + 1 from question_version where question_id = c.id) else c.fork end,
                     c.source_version_id, @body::jsonb, @why, @person
              from current c
              returning id, question_id
            )
            update question q set current_version_id = a.id, origin = case when q.origin = 'generated' then 'edited' else q.origin end
            from added a where q.id = a.question_id
            """,
            new { row.Id, seen, meaningChanged, body, why = why.Length == 0 ? "edit" : why, person }) == 1;
    }
}
