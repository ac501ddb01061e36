using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.ExchangeQuestions;
using StudyQuiz.App.Features.KeepBank;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Features.EditQuestion;

/// <summary>Questions of the bank that stand close to one: on its key point, those that share runs of letters with its stem, and of a bank that is not huge all others.</summary>
internal sealed class Neighbours(IReadOnlyList<Neighbour> all)
{
    // Read and compared while somebody types
    private const int Most = 1500;

    private const int MostSharing = 400;

    public static async Task<Neighbours> OfAsync(NpgsqlConnection connection, EditedQuestion row, Question question) => new((await connection.QueryAsync<Neighbour>(
        """
        select q.id, q.slug, q.key_point_id = @KeyPoint as is_close, q.status, v.body::text as body, exists (select 1 from question_enemy e where e.question_id = q.id and e.enemy_id = @Id) as is_enemy
        from (
          (select id from question where key_point_id = @KeyPoint and id <> @Id and status not in ('retired', 'private') order by id limit 200)
          union
          (select id from question where source_id = @Source and id <> @Id and status not in ('retired', 'private') order by id limit @Most)
          union
          select question_id from find_near_words(@runs::tsquery[], @MostSharing)) as near
        join question q on q.id = near.id
        join question_version v on v.id = q.current_version_id
        where q.id <> @Id and q.status not in ('retired', 'private')
        """,
        new { row.Id, row.KeyPoint, row.Source, Most, MostSharing, runs = SearchWords.Runs(row.Source, question.Stem) })).AsList());

    /// <summary>Those that ask nearly the same, the likest first.</summary>
    public IReadOnlyList<(Neighbour Question, int Percent, bool SameAnswer)> Alike(Question question)
    {
        var near = new NearDuplicates();
        foreach (var one in all) near.Add(one.Slug, 0, one.Question);
        var bySlug = all.ToDictionary(one => one.Slug, StringComparer.Ordinal);
        return [.. near.AllOf(question).Take(3).Select(found => (bySlug[found.Slug!], found.Percent, found.SameAnswer))];
    }

    /// <summary>Those that give away its answer, or whose answer it gives away, unless the two are kept apart already.</summary>
    public IReadOnlyList<(Neighbour Question, bool IsGiven, string Key)> GiveAways(EditedQuestion row, Question question, IReadOnlyList<TextParagraph> paragraphs)
    {
        var close = all.Where(one => one.IsClose && !one.IsEnemy).ToList();
        if (close.Count == 0) return [];
        var bank = new BankFile(
            new BankSource(row.BankSlug, row.BankTitle, "", null, row.Language, "", ""), [.. paragraphs.Select(paragraph => new BankParagraph(paragraph.Label, paragraph.Text))],
            [new BankKeyPoint(row.KeyPointLabel, row.KeyPointHeading, 1, question.Evidence, [])],
            [.. close.Select(one => new BankQuestion(one.Slug, row.KeyPointLabel, QuestionOrigin.Edited, QuestionStatus.Published, one.Question, [])).Prepend(SaveQuestion.InBank(row, question))]);
        var bySlug = close.ToDictionary(one => one.Slug, StringComparer.Ordinal);
        return
        [
            .. Generation.Gates.GiveAways.Find(bank).Where(found => found.Item == row.Slug || found.Answers == row.Slug)
                .Select(found => (bySlug[found.Item == row.Slug ? found.Answers : found.Item], found.Item == row.Slug, found.Key)),
        ];
    }
}

/// <summary>A question of the same bank.</summary>
/// <param name="IsClose">Of the same key point.</param>
/// <param name="IsEnemy">Kept apart from it already.</param>
internal sealed record Neighbour(long Id, string Slug, bool IsClose, string Status, string Body, bool IsEnemy)
{
    public Question Question => field ??= JsonSerializer.Deserialize<Question>(Body, DomainJson.Options)!;
}
