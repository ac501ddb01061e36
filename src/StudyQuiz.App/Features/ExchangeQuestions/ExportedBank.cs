using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.ImportBank;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Features.ExchangeQuestions;

/// <summary>A bank as it stands here now, as a bank file, and the raw text that it was made from.</summary>
internal sealed record ExportedBank(BankFile Bank, string Raw)
{
    /// <summary>Null where there is none of that name.</summary>
    public static async Task<ExportedBank?> LoadAsync(NpgsqlConnection connection, string slug)
    {
        var source = await connection.QuerySingleOrDefaultAsync<SourceRow?>(
            """
            select s.id, s.slug, s.title, s.publisher, s.published, s.language, v.id as version, v.sha256, v.raw
            from source s join source_version v on v.id = s.current_version_id where s.slug = @slug
            """,
            new { slug });
        if (source is null) return null;
        var paragraphs = await connection.QueryAsync<BankParagraph>("select label as id, text from paragraph where source_version_id = @Version order by position", source);
        var points = (await connection.QueryAsync<PointRow>("select id, label, parent_id as parent, heading, weight, evidence::text as evidence from key_point where source_id = @Id order by position, id", source)).AsList();
        var questions = (await StoredQuestion.OfSourceAsync(connection, source.Id)).Values.OrderBy(question => question.Id).Select(Question);
        return new ExportedBank(
            new BankFile(new BankSource(source.Slug, source.Title, source.Publisher, source.Published, source.Language, $"sources/{source.Slug}.txt", source.Sha256), [.. paragraphs], Tree(points, null), [.. questions]),
            source.Raw);
    }

    /// <summary>
    /// The bank so that its file can be imported again: questions without evidence and key points of which nothing is asked are left out, and a key
    /// point that imports made rests on the evidence of its questions.
    /// </summary>
    public BankFile Importable()
    {
        var questions = Bank.Questions.Where(question => question.Body.Evidence.Count > 0).ToList();
        var kept = questions.Select(question => question.Id).ToHashSet(StringComparer.Ordinal);
        return Bank with
        {
            Questions = [.. questions.Select(question => question with { Enemies = [.. question.Enemies.Where(kept.Contains)] })],
            KeyPoints = [.. Bank.KeyPoints.Select(Proved).OfType<BankKeyPoint>()],
        };

        BankKeyPoint? Proved(BankKeyPoint point) => point.Evidence.Count > 0 ? point
            : questions.Find(question => question.KeyPoint == point.Id) is { } asked ? point with { Evidence = [asked.Body.Evidence[0]] }
            : null;
    }

    private static List<BankKeyPoint> Tree(List<PointRow> points, long? parent) =>
        [.. points.Where(point => point.Parent == parent).Select(point => new BankKeyPoint(point.Label, point.Heading, point.Weight, JsonSerializer.Deserialize<List<Evidence>>(point.Evidence, DomainJson.Options)!, Tree(points, point.Id)))];

    private static BankQuestion Question(StoredQuestion stored) => new(
        stored.Slug, stored.KeyPoint, Enum.Parse<QuestionOrigin>(stored.Origin, ignoreCase: true), Enum.Parse<QuestionStatus>(stored.Status, ignoreCase: true), stored.Question,
        [.. (stored.Enemies?.Split(' ') ?? []).Order(StringComparer.Ordinal)])
    {
        Tags = [.. (stored.Tags?.Split('\n') ?? []).Order(StringComparer.Ordinal)],
    };

    private sealed record SourceRow(long Id, string Slug, string Title, string Publisher, DateOnly? Published, string Language, long Version, string Sha256, string Raw);

    private sealed record PointRow(long Id, string Label, long? Parent, string Heading, int Weight, string Evidence);
}
