using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.ReadSource;

/// <summary>The source text with its key points in the margin, and a question's evidence marked in place.</summary>
public static class ReadSourceEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/sources", ListAsync);
        app.MapGet("/sources/{slug}", ShowAsync);
    }

    private static async Task<IResult> ListAsync(NpgsqlDataSource db, HttpContext http)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var sources = (await connection.QueryAsync<ListedSource>(
            """
            select s.slug, s.title, s.publisher, s.published, s.language,
                   (select count(*) from key_point k where k.source_id = s.id and not exists (select 1 from key_point c where c.parent_id = k.id)) as KeyPoints,
                   (select count(*) from question q where q.source_id = s.id and q.status = 'published') as Questions
            from source s where s.current_version_id is not null and exists (select 1 from question q where q.source_id = s.id and q.status = 'published')
            order by s.id desc
            """)).AsList();
        return sources is [var only] ? Results.LocalRedirect($"/sources/{Uri.EscapeDataString(only.Slug)}") : Pages.Render<SourcesPage>(new { Sources = sources });
    }

    private static async Task<IResult> ShowAsync(
        string slug, HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock, string? mark = null, string? open = null, string? show = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var source = await connection.QuerySingleOrDefaultAsync<SourceRow?>(
            "select id, current_version_id as Version, slug, title, publisher, published, language from source where slug = @slug and current_version_id is not null",
            new { slug });
        if (source is null || !await MayReadAsync(connection, source.Id, Viewer.Of(http.User))) return Pages.NotFound();

        var learner = await learners.FindAsync(http);
        var recall = await QuestionRecall.OfAsync(connection, learner, slug, clock.Now);
        var keyPoints = await KeyPoint.OfAsync(connection, source.Id, recall);
        var asked = await AskedAsync(connection, await learners.FindAllAsync(http));
        var marks = long.TryParse(mark, out var version) ? await EvidenceAsync(connection, source.Id, version, asked) : [];
        var onlyWeak = show == SourcePage.Weak && !recall.IsEmpty;
        var shown = onlyWeak ? [.. keyPoints.Where(point => point.IsWeak)] : keyPoints;
        var paragraphs = (await connection.QueryAsync<(string Label, string Text)>(
            "select label, text from paragraph where source_version_id = @version order by position", new { version = source.Version }))
            .Select(p => MarkedParagraph.Of(p.Label, p.Text, shown, marks)).ToList();
        return Pages.Render<SourcePage>(new
        {
            Source = source,
            KeyPoints = keyPoints,
            Paragraphs = (IReadOnlyList<MarkedParagraph>)paragraphs,
            HasMarks = paragraphs.Exists(p => p.Pieces.Any(piece => piece.Marked)),
            HasMemory = !recall.IsEmpty,
            OnlyWeak = onlyWeak,
            Open = await OpenPoint.OfAsync(connection, open, paragraphs, recall, asked),
            Device = learner is null ? SecretToken.Create() : null,
        });
    }

    // A text whose questions are all drafts is its editors' alone; one that was ever asked about stays, for results lead to it.
    private static async Task<bool> MayReadAsync(NpgsqlConnection connection, long source, Viewer viewer) =>
        viewer.IsEditor || viewer.IsAdmin || await connection.QuerySingleAsync<bool>(
            """
            select exists (select 1 from question where source_id = @source and status = 'published')
              or exists (select 1 from attempt where source_id = @source)
              or exists (select 1 from game where source_id = @source)
            """,
            new { source });

    // What this reader is being asked right now
    private static async Task<IReadOnlySet<long>> AskedAsync(NpgsqlConnection connection, IReadOnlyList<Guid> learners) =>
        learners.Count == 0 ? new HashSet<long>() : (await connection.QueryAsync<long>(
            """
            select v.question_id
            from attempt a
            join attempt_question aq on aq.attempt_id = a.id
            join question_version v on v.id = aq.question_version_id
            where a.learner_id = any(@learners) and a.submitted_at is null and a.mode <> 'read' and aq.outcome is null
            """,
            new { learners = learners.ToArray() })).ToHashSet();

    // Nothing is marked for a question that is being asked, in whatever version: the mark would be the answer.
    private static async Task<IReadOnlyList<Evidence>> EvidenceAsync(NpgsqlConnection connection, long source, long version, IReadOnlySet<long> asked)
    {
        var found = await connection.QuerySingleOrDefaultAsync<(long Question, string? Body)>(
            """
            select q.id, v.body::text
            from question_version v join question q on q.id = v.question_id
            where v.id = @version and q.source_id = @source and q.status in ('published', 'retired')
            """,
            new { version, source });
        return found.Body is null || asked.Contains(found.Question) ? [] : JsonSerializer.Deserialize<Question>(found.Body, DomainJson.Options)!.Evidence;
    }
}

/// <summary>A source in the list.</summary>
public sealed record ListedSource(string Slug, string Title, string Publisher, DateOnly? Published, string Language, long KeyPoints, long Questions);

/// <summary>A source and its current version.</summary>
public sealed record SourceRow(long Id, long Version, string Slug, string Title, string Publisher, DateOnly? Published, string Language);
