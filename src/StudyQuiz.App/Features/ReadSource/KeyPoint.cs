using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Components;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.ReadSource;

/// <summary>A key point with the words it rests on and how well its reader remembers it.</summary>
/// <param name="Recall">Predicted for today, the mean of its learned questions; null where none was learned.</param>
/// <param name="Learned">How many of its questions were ever answered.</param>
/// <param name="Due">How many of those come back today.</param>
/// <param name="Questions">How many published questions ask for it.</param>
/// <param name="Graded">How many of those a self-test can ask.</param>
public sealed record KeyPoint(long Id, string Heading, IReadOnlyList<Evidence> Evidence, double? Recall, int Learned, int Due, int Questions, int Graded)
{
    /// <summary>Learned, and likelier to be missed than a deck usually lets a card become.</summary>
    public bool IsWeak => RecallBand.Of(Recall) is >= 1 and <= 3;

    /// <summary>Only key points that have none below them: those above are headings over the same sentences.</summary>
    internal static async Task<IReadOnlyList<KeyPoint>> OfAsync(NpgsqlConnection connection, long source, QuestionRecall recall)
    {
        var rows = await connection.QueryAsync<(long Id, string Heading, string Evidence)>(
            """
            select k.id, k.heading, k.evidence::text
            from key_point k left join key_point g on g.id = k.parent_id
            where k.source_id = @source and not exists (select 1 from key_point c where c.parent_id = k.id)
            order by coalesce(g.position, k.position), k.position, k.id
            """,
            new { source });
        var questions = (await connection.QueryAsync<(long Id, long KeyPoint, string Type)>(
            "select id, key_point_id, type from question where source_id = @source and status = 'published'", new { source })).ToLookup(question => question.KeyPoint);
        return
        [
            .. rows.Select(row =>
            {
                var known = questions[row.Id].Select(question => recall.Of(question.Id)).OfType<double>().ToList();
                return new KeyPoint(
                    row.Id, row.Heading, JsonSerializer.Deserialize<Evidence[]>(row.Evidence, DomainJson.Options)!,
                    known.Count == 0 ? null : known.Average(), known.Count, questions[row.Id].Count(question => recall.IsDue(question.Id)),
                    questions[row.Id].Count(), questions[row.Id].Count(question => QuestionTypes.Graded.Contains(question.Type)));
            }),
        ];
    }
}

/// <summary>A learner's predicted recall of a source's questions.</summary>
internal sealed class QuestionRecall
{
    private readonly Dictionary<long, (double Recall, bool IsDue)> _cards;

    private QuestionRecall(Dictionary<long, (double, bool)> cards) => _cards = cards;

    public bool IsEmpty => _cards.Count == 0;

    /// <summary>Null for what was never answered.</summary>
    public double? Of(long question) => _cards.TryGetValue(question, out var card) ? card.Recall : null;

    public bool IsDue(long question) => _cards.TryGetValue(question, out var card) && card.IsDue;

    /// <param name="learner">Null where this browser has begun nothing: then nothing is remembered.</param>
    public static async Task<QuestionRecall> OfAsync(NpgsqlConnection connection, Guid? learner, string slug, DateTimeOffset now)
    {
        if (learner is not { } own || await Deck.FindAsync(connection, own, slug) is not { } deck) return new QuestionRecall([]);
        var today = (await StudyLearner.LoadAsync(connection, own)).Calendar.DayOf(now);
        var fsrs = deck.Scheduling.Model();
        var rows = await connection.QueryAsync<CardRow>(
            $"""
            select {CardRow.Columns}
            from question q
            join question_version v on v.id = q.current_version_id
            join card c on c.learner_id = @own and c.question_id = q.id and c.fork = v.fork
            where q.source_id = @Source and q.status = 'published'
            """,
            new { own, deck.Source });
        return new QuestionRecall(rows.ToDictionary(row => row.Question, row => (Recall.Ahead(today, row.Read().Card, fsrs), row.Read().Day <= today)));
    }
}

/// <summary>The key point that is open.</summary>
/// <param name="Label">Of the paragraph below whose sentence it stands.</param>
/// <param name="Questions">Its published questions, those that are being asked left out.</param>
/// <param name="Asked">How many are left out because an attempt of this reader is asking them.</param>
public sealed record OpenPoint(KeyPoint KeyPoint, string Label, IReadOnlyList<PointQuestion> Questions, int Asked)
{
    /// <param name="open">A key point's id, and after a hyphen the paragraph; what names none opens none.</param>
    /// <param name="asked">Questions that this reader is being asked: to find them beside their sentence would answer them.</param>
    internal static async Task<OpenPoint?> OfAsync(
        NpgsqlConnection connection, string? open, IReadOnlyList<MarkedParagraph> paragraphs, QuestionRecall recall, IReadOnlySet<long> asked)
    {
        var (id, label) = open?.Split('-', 2) switch { [var one] => (one, null), [var one, var at] => (one, at), _ => ("", null) };
        var places = paragraphs.SelectMany(paragraph => paragraph.Notes.Select(note => (paragraph.Label, note.KeyPoint)))
            .Where(place => long.TryParse(id, out var wanted) && place.KeyPoint.Id == wanted).ToList();
        if (places.Count == 0) return null;

        var found = places.Find(place => place.Label == label) is { KeyPoint: not null } there ? there : places[0];
        var questions = (await connection.QueryAsync<(long Id, string Type, string Stem)>(
            """
            select q.id, q.type, v.body ->> 'stem'
            from question q join question_version v on v.id = q.current_version_id
            where q.key_point_id = @Id and q.status = 'published' order by q.id
            """,
            new { found.KeyPoint.Id })).AsList();
        return new OpenPoint(
            found.KeyPoint, found.Label,
            [.. questions.Where(question => !asked.Contains(question.Id)).Select(question => new PointQuestion(question.Type, MarkedText.Plain(question.Stem), recall.Of(question.Id)))],
            questions.Count(question => asked.Contains(question.Id)));
    }
}

/// <summary>A question of a key point.</summary>
/// <param name="Recall">Null where it was never answered.</param>
public sealed record PointQuestion(string Type, string Stem, double? Recall);
