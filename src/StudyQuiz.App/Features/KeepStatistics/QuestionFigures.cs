using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Statistics;

namespace StudyQuiz.App.Features.KeepStatistics;

/// <summary>A question's statistics as they are kept.</summary>
/// <param name="Flags">What of them asks for a look.</param>
/// <param name="RefreshedAt">Up to when answers are in them.</param>
public sealed record QuestionFigures(ItemStatistics Figures, IReadOnlyList<string> Flags, DateTime RefreshedAt)
{
    /// <summary>Null where nobody has answered it in its present meaning yet.</summary>
    public static async Task<QuestionFigures?> FindAsync(NpgsqlConnection connection, long question) =>
        await connection.QuerySingleOrDefaultAsync<(string Figures, string[] Flags, DateTime RefreshedAt)?>(
            """
            select s.figures::text, l.flags, s.refreshed_at
            from question_statistics s join question_listing l on l.question_id = s.question_id join question q on q.id = s.question_id
            join question_version v on v.id = q.current_version_id and v.fork = s.fork
            where s.question_id = @question
            """,
            new { question }) is var (figures, flags, at)
            ? new QuestionFigures(JsonSerializer.Deserialize<ItemStatistics>(figures, DomainJson.Options)!, flags, at)
            : null;
}
