using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.TakeSelfTest;

namespace StudyQuiz.App.Features.AppealVerdicts;

/// <summary>Open appeals that say the same: one answer to one question, decided together.</summary>
/// <param name="Id">Of the oldest, which names them.</param>
/// <param name="Current">The version that is asked today; a decision names the one that it was made from.</param>
/// <param name="IsAskedStill">Whether the version that was answered is the one asked today.</param>
/// <param name="Appeals">How many there are.</param>
/// <param name="Words">What learners wrote, the oldest first.</param>
/// <param name="Reviewed">The question and the answer as the learner's result shows them.</param>
/// <param name="Counts">What it changes if the answer counts too; null where the question has as many as it can take.</param>
/// <param name="Key">What it changes if the answer becomes the key; null where it can't be keyed so.</param>
public sealed record QueuedAppeals(
    long Id, long Question, string Slug, string Title, string Language, string Status, long Current, bool IsAskedStill, long Appeals, DateTime Since, IReadOnlyList<string> Words,
    Answered Reviewed, Regrading? Counts, Regrading? Key)
{
    /// <summary>How many others gave the same answer without an appeal.</summary>
    public long Others => Math.Max(0, (Counts?.Same ?? 0) - Appeals);

    /// <summary>The most that the page shows at once: each is a question to be thought about.</summary>
    public const int APage = 10;

    private const int MostWords = 5;

    /// <summary>How many open appeals there are; those of one answer count each.</summary>
    internal static Task<long> CountAsync(NpgsqlConnection connection) => connection.QuerySingleAsync<long>("select count(*) from appeal where state = 'open'");

    /// <summary>Those that have waited longest.</summary>
    /// <param name="after">Since when those before them waited, and the id of the last; null from the first.</param>
    internal static async Task<IReadOnlyList<QueuedAppeals>> FirstAsync(NpgsqlConnection connection, (DateTime At, long Id)? after = null, int size = APage)
    {
        var rows = (await connection.QueryAsync<Row>(
            """
            select p.id, p.attempt_id as Attempt, p.position, p.question_version_id as Asked, q.id as Question, s.slug, s.title, s.language, q.status, q.current_version_id as Current, g.appeals, g.since, g.words
            from (
              select min(p.id) as id, count(*) as appeals, min(p.appealed_at) as since, (json_agg(p.words order by p.id) filter (where p.words is not null))::text as words
              from appeal p join question_version v on v.id = p.question_version_id
              where p.state = 'open'
              group by p.question_id, v.fork, p.answer_form
              having @at::timestamptz is null or (min(p.appealed_at), min(p.id)) > (@at, @id)
              order by min(p.appealed_at), min(p.id) limit @size) g
            join appeal p on p.id = g.id
            join question q on q.id = p.question_id
            join source s on s.id = q.source_id
            order by g.since, p.id
            """,
            new { size, at = after?.At, id = after?.Id ?? 0 })).AsList();
        var queued = new List<QueuedAppeals>();
        foreach (var row in rows)
        {
            if (await ShowResult.AnswersAsync(connection, row.Attempt, row.Position) is not [{ Answer: { } answer } reviewed]) continue;
            queued.Add(new QueuedAppeals(
                row.Id, row.Question, row.Slug, row.Title, row.Language, row.Status, row.Current, row.Current == row.Asked, row.Appeals, row.Since, [.. (row.Words is null ? [] : JsonSerializer.Deserialize<string[]>(row.Words)!).Take(MostWords)], reviewed,
                await Regrading.OfAsync(connection, row.Asked, answer, rekey: false), await Regrading.OfAsync(connection, row.Asked, answer, rekey: true)));
        }

        return queued;
    }

    private sealed record Row(
        long Id, Guid Attempt, int Position, long Asked, long Question, string Slug, string Title, string Language, string Status, long Current, long Appeals, DateTime Since, string? Words);
}
