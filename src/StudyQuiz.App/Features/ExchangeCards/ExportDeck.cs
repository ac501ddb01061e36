using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.Localization;
using Npgsql;
using StudyQuiz.App.Components;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.ExchangeCards;

/// <summary>A deck as a file: for Anki with the learner's own scheduling and, if wished, history, or as a table.</summary>
internal static class ExportDeck
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/cards/{slug}/export", ExportAsync);

    private static async Task<IResult> ExportAsync(
        string slug, HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock, IStringLocalizer<ExchangeText> text, IStringLocalizer<QuestionText> words,
        string? format = null, string? history = null)
    {
        if (format is not ("apkg" or "tsv" or "csv")) return Results.BadRequest();
        var learner = await learners.FindAsync(http);
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, http.RequestAborted);
        if (await Deck.FindAsync(connection, learner, slug) is not { } deck) return Pages.NotFound();
        var notes = await NotesAsync(connection, deck, new NoteText(text, words));
        if (notes.Count == 0) return Pages.NotFound();

        http.Response.Headers.CacheControl = "no-store";
        return format switch
        {
            "tsv" => Results.File(Encoding.UTF8.GetBytes(Tsv(notes)), "text/tab-separated-values; charset=utf-8", $"{slug}.tsv"),
            // without its mark Excel reads Chinese as something else
            "csv" => Results.File([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Csv(notes))], "text/csv; charset=utf-8", $"{slug}.csv"),
            _ => Results.File(WritePackage.Of(await WithMemoriesAsync(connection, learner, deck, notes, history == "1", clock.Now)), "application/octet-stream", $"{slug}.apkg"),
        };
    }

    private static string Tsv(IReadOnlyList<DeckNote> notes)
    {
        var text = new StringBuilder("#separator:tab\n#html:false\n#columns:guid\tfront\tback\ttags\n#guid column:1\n#tags column:4\n");
        foreach (var note in notes) text.Append(DelimitedText.AnkiLine(Cells(note)));
        return text.ToString();
    }

    private static string Csv(IReadOnlyList<DeckNote> notes)
    {
        var text = new StringBuilder(DelimitedText.CsvLine(["guid", "front", "back", "tags"]));
        foreach (var note in notes) text.Append(DelimitedText.CsvLine(Cells(note)));
        return text.ToString();
    }

    private static string[] Cells(DeckNote note) => [note.Guid.ToString(), note.Front, note.Back, string.Join(' ', note.Tags)];

    /// <summary>The questions of a deck that are published, as notes, in the bank's order.</summary>
    public static async Task<IReadOnlyList<DeckNote>> NotesAsync(NpgsqlConnection connection, Deck deck, NoteText text)
    {
        var rows = (await connection.QueryAsync<Row>(
            $"""
            select q.id as Question, q.slug, v.fork, v.source_version_id as SourceVersion, v.body::text as Body, k.heading as KeyPoint,
                   (select string_agg(t.tag, E'\n' order by t.tag) from question_tag t where t.question_id = q.id) as Tags
            from question q
            join question_version v on v.id = q.current_version_id
            join key_point k on k.id = q.key_point_id
            where q.source_id = @source and {deck.HoldsQuestion}
            order by q.id
            """,
            new { source = deck.Source, keyPoints = deck.KeyPoints, types = deck.Types, tags = deck.Tags })).AsList();
        var texts = (await connection.QueryAsync<(long Version, string Label, string Text)>(
            "select source_version_id, label, text from paragraph where source_version_id = any(@versions)",
            new { versions = rows.Select(row => row.SourceVersion).Distinct().ToArray() }))
            .GroupBy(row => row.Version).ToDictionary(one => one.Key, one => (IReadOnlyDictionary<string, string>)one.ToDictionary(row => row.Label, row => row.Text, StringComparer.Ordinal));
        return [.. rows.Select(row =>
        {
            // The order of the options is the question's own, or every export would change every note
            var face = CardFace.Of(
                JsonSerializer.Deserialize<Question>(row.Body, DomainJson.Options)!, Shuffle.Derive(row.Question, row.Fork),
                texts.GetValueOrDefault(row.SourceVersion) ?? new Dictionary<string, string>(StringComparer.Ordinal));
            return text.NoteOf(face, row.Question, new CardGuid(deck.Slug, row.Slug, row.Fork), row.KeyPoint, row.Tags?.Split('\n') ?? []);
        })];
    }

    private static async Task<ExportedDeck> WithMemoriesAsync(NpgsqlConnection connection, Guid? learner, Deck deck, IReadOnlyList<DeckNote> notes, bool withHistory, DateTimeOffset now)
    {
        if (learner is not { } id)
        {
            var anyone = new StudyCalendar(TimeZoneInfo.TryFindSystemTimeZoneById(LearnerDay.DefaultZone, out var zone) ? zone : TimeZoneInfo.Utc);
            return new ExportedDeck(deck.Slug, deck.Title, notes, new Dictionary<long, NoteMemory>(), anyone, now);
        }

        var questions = notes.Select(note => note.Question).ToArray();
        var cards = (await connection.QueryAsync<CardRow>(
            $"select {CardRow.Columns} from card c where c.learner_id = @id and c.question_id = any(@questions)", new { id, questions })).ToDictionary(card => (card.Question, card.Fork));
        var suspended = (await connection.QueryAsync<long>(
            "select question_id from question_mark where learner_id = @id and question_id = any(@questions) and suspended", new { id, questions })).ToHashSet();
        var log = withHistory ? await LogAsync(connection, id, questions) : Enumerable.Empty<LogRow>().ToLookup(row => (row.Question, row.Fork));
        var scheduler = new Scheduler(deck.Scheduling);
        var memories = notes.ToDictionary(note => note.Question, note => new NoteMemory(
            cards.GetValueOrDefault((note.Question, note.Guid.Fork)), suspended.Contains(note.Question),
            Answers(log[(note.Question, note.Guid.Fork)], scheduler, CardRow.FuzzSeed(id, note.Question, note.Guid.Fork))));
        return new ExportedDeck(deck.Slug, deck.Title, notes, memories, (await StudyLearner.LoadAsync(connection, id)).Calendar, now);
    }

    private static async Task<ILookup<(long Question, int Fork), LogRow>> LogAsync(NpgsqlConnection connection, Guid learner, long[] questions) =>
        (await connection.QueryAsync<LogRow>(
            """
            select question_id as Question, fork, client_id as ClientId, reviewed_at as ReviewedAt, received_at as ReceivedAt, day, kind, rating, took_ms as TookMs, replaces
            from review where learner_id = @learner and question_id = any(@questions)
            """,
            new { learner, questions })).ToLookup(row => (row.Question, row.Fork));

    // The fold again, noting at each answer what it found and what it made of it
    private static List<LoggedAnswer> Answers(IEnumerable<LogRow> log, Scheduler scheduler, long seed)
    {
        var rows = log.ToDictionary(row => row.ClientId);
        var (card, answers) = (Card.New, new List<LoggedAnswer>());
        foreach (var answer in ReviewLog.Effective(rows.Values.Select(row => row.Read())))
        {
            var before = card;
            card = ReviewLog.Next(card, answer, scheduler, seed);
            answers.Add(new LoggedAnswer(answer, rows[answer.Id].TookMs, before.Phase, IntervalOf(before), IntervalOf(card), card.Memory.Difficulty));
        }

        return answers;
    }

    private static int IntervalOf(Card card) =>
        card is { Phase: CardPhase.Learning or CardPhase.Relearning, ScheduledDays: 0, Due: { } due, LastReviewAt: { } last } ? -(int)(due - last).TotalSeconds : card.ScheduledDays;

    private sealed record Row(long Question, string Slug, int Fork, long SourceVersion, string Body, string KeyPoint, string? Tags);

    private sealed record LogRow(
        long Question, int Fork, Guid ClientId, DateTime ReviewedAt, DateTime ReceivedAt, DateOnly Day, string Kind, short? Rating, int? TookMs, Guid? Replaces)
    {
        public LoggedReview Read() => new(
            ClientId, new DateTimeOffset(ReviewedAt, TimeSpan.Zero), new DateTimeOffset(ReceivedAt, TimeSpan.Zero), Day,
            Enum.Parse<ReviewKind>(Kind, ignoreCase: true), (Rating)(Rating ?? 1), Replaces);
    }
}
