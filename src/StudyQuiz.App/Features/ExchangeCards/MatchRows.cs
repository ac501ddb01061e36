using System.Text.RegularExpressions;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.ExchangeCards;

/// <summary>What a row is, and after the import what became of it.</summary>
public enum RowState
{
    /// <summary>A question of ours.</summary>
    Known,

    /// <summary>Nobody's question here.</summary>
    New,

    Refused,

    /// <summary>A draft now.</summary>
    Added,

    /// <summary>The draft that an earlier import made has the file's text now.</summary>
    Updated,

    /// <summary>The draft that an earlier import made says the same.</summary>
    Unchanged,

    /// <summary>The draft that an earlier import made has been worked on since: it stays.</summary>
    Conflict,

    /// <summary>Left out: only an editor can add it, and only to a bank that was chosen.</summary>
    Left,
}

/// <summary>A row as a page and the report have it.</summary>
/// <param name="Reason">Of its resource; null where the row is not refused.</param>
/// <param name="Reviews">How many of its reviews are not in the learner's log, or were added to it.</param>
/// <param name="Already">How many of them were there before.</param>
/// <param name="FirstLine">Where the same thing stands, of a row that repeats another.</param>
/// <param name="LeftOut">How many of its reviews are left out, and why.</param>
public sealed record RowReport(int Line, RowState State, string? Reason, string Front, IReadOnlyDictionary<LeftOut, int> LeftOut, int Reviews = 0, int Already = 0, int? FirstLine = null)
{
    /// <inheritdoc cref="ImportedRow.OtherCards"/>
    public int OtherCards { get; init; }
}

/// <summary>A row of a file, compared with what is here.</summary>
/// <param name="Version">The version of ours that its reviews are for; null where it is no question of ours.</param>
/// <param name="Slug">Of the draft that an editor may make of it.</param>
internal sealed record MatchedRow(ImportedRow Row, RowState State, string? Reason, long? Version, string Slug, IReadOnlyList<NewReview> Reviews, int Already, int? FirstLine)
{
    public RowReport Report => new(Row.Line, State, Reason, Row.Front, State == RowState.Known || Row.Reviews.Count == 0 ? Row.LeftOut : new Dictionary<LeftOut, int>(Row.LeftOut) { [LeftOut.Unknown] = Row.Reviews.Count }, Reviews.Count, Already, FirstLine)
    {
        OtherCards = State == RowState.Refused ? 0 : Row.OtherCards,
    };
}

/// <summary>A bank that a file is compared with.</summary>
internal sealed record ChosenBank(long Id, string Slug, string Title, string Language);

/// <summary>Compares a file's rows with the questions here: by guid, else by the same front in the chosen bank.</summary>
internal static partial class MatchRows
{
    /// <param name="learner">Null where this browser has begun nothing.</param>
    public static async Task<IReadOnlyList<MatchedRow>> OfAsync(NpgsqlConnection connection, ImportedFile file, ChosenBank? bank, Guid? learner)
    {
        var byGuid = await ByGuidAsync(connection, file);
        var inBank = bank is null ? [] : await OfBankAsync(connection, bank.Id);
        var bySlug = inBank.ToDictionary(question => question.Slug, StringComparer.Ordinal);
        var byFront = inBank.ToLookup(question => AnkiText.Normal(question.Stem), StringComparer.Ordinal);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);

        var rows = file.Rows.Select(row => row.Refusal is not null ? new Found(row, row.Refusal, null, "", null) : Unrepeated(Find(row), seen)).ToList();
        var logs = learner is { } id ? await LogsAsync(connection, id, [.. rows.Select(row => row.Question?.Id).OfType<long>().Distinct()]) : [];
        return [.. rows.Select(row => Matched(row, logs))];

        Found Find(ImportedRow row)
        {
            var slug = SlugOf(row);
            if (CardGuid.Read(row.Guid) is { } guid && byGuid.TryGetValue(guid, out var ours)) return new Found(row, null, ours, slug, null);
            if (bySlug.TryGetValue(slug, out var imported)) return new Found(row, null, imported, slug, null);
            return Fronts(row.Front).Select(front => byFront[AnkiText.Normal(front)].ToList()).FirstOrDefault(found => found.Count > 0) switch
            {
                null => row.Back.Length == 0 ? new Found(row, "EmptyBack", null, slug, null) : new Found(row, null, null, slug, null),
                [var one] => new Found(row, null, one, slug, null),
                _ => new Found(row, "Ambiguous", null, slug, null),
            };
        }
    }

    /// <summary>The draft's slug: the same whenever the same note comes again.</summary>
    private static string SlugOf(ImportedRow row) =>
        "imported-" + CardLog.IdOf("note", row.Guid.Length > 0 ? row.Guid : "front " + AnkiText.Normal(row.Front)).ToString("n")[..20];

    // A front of ours may have come back with its options
    private static IEnumerable<string> Fronts(string front)
    {
        yield return front;
        if (front.Split('\n') is [var stem, .. { Length: > 0 } options] && options.All(option => Lettered().IsMatch(option))) yield return stem;
    }

    private static Found Unrepeated(Found found, Dictionary<string, int> seen)
    {
        if (found.Refusal is not null) return found;
        var key = found.Question is { } question ? question.Version.ToString(System.Globalization.CultureInfo.InvariantCulture) : found.Slug;
        return seen.TryAdd(key, found.Row.Line) ? found : found with { Refusal = "Repeated", FirstLine = seen[key] };
    }

    private static MatchedRow Matched(Found found, Dictionary<(long Question, int Fork), List<(Guid Id, DateTime At)>> logs)
    {
        if (found.Refusal is not null) return new MatchedRow(found.Row, RowState.Refused, found.Refusal, null, found.Slug, [], 0, found.FirstLine);
        if (found.Question is not { } question) return new MatchedRow(found.Row, RowState.New, found.Row.LosesMedia ? "Media" : null, null, found.Slug, [], 0, null);
        var log = logs.GetValueOrDefault((question.Id, question.Fork)) ?? [];
        var (ids, times) = (log.Select(row => row.Id).ToHashSet(), log.Select(row => row.At.Ticks).Order().ToArray());
        var reviews = found.Row.Reviews.Select(review => Review(review, found.Row, question)).Where(review => !ids.Contains(review.ClientId) && !IsThere(review, times)).ToList();
        return new MatchedRow(found.Row, RowState.Known, null, question.Version, found.Slug, reviews, found.Row.Reviews.Count - reviews.Count, null);
    }

    // What was exported here comes back with its times and under other ids: nobody answers a card twice in half a second
    private static bool IsThere(NewReview review, long[] times)
    {
        var at = review.ReviewedAt.UtcTicks;
        var next = Array.BinarySearch(times, at - TimeSpan.TicksPerSecond / 2);
        if (next < 0) next = ~next;
        return next < times.Length && times[next] <= at + TimeSpan.TicksPerSecond / 2;
    }

    private static NewReview Review(ImportedReview review, ImportedRow row, Question question)
    {
        var isAssessed = review.SkipsSteps && (review.Rating is Rating.Again or Rating.Good);
        return new NewReview(
            CardLog.IdOf(ReviewOrigins.Import, review.Id, row.Guid), question.Version, isAssessed ? ReviewKind.Assessed : ReviewKind.Rated, review.Rating,
            DateTimeOffset.FromUnixTimeMilliseconds(review.Id), review.TookMs > 0 ? review.TookMs : null);
    }

    // Drafts are their editors' alone
    private static async Task<Dictionary<CardGuid, Question>> ByGuidAsync(NpgsqlConnection connection, ImportedFile file)
    {
        var guids = file.Rows.Select(row => CardGuid.Read(row.Guid)).OfType<CardGuid>().Distinct().ToList();
        if (guids.Count == 0) return [];
        return (await connection.QueryAsync<(string Source, string Question, int Fork, long Id, long Version)>(
            """
            select g.source, g.question, g.fork, q.id, v.id
            from unnest(@sources, @questions, @forks) as g (source, question, fork)
            join source s on s.slug = g.source
            join question q on q.source_id = s.id and q.slug = g.question and q.status in ('published', 'retired')
            join lateral (select id from question_version v where v.question_id = q.id and v.fork = g.fork order by v.id = q.current_version_id desc, version desc limit 1) v on true
            """,
            new { sources = guids.Select(g => g.Source).ToArray(), questions = guids.Select(g => g.Question).ToArray(), forks = guids.Select(g => g.Fork).ToArray() }))
            .ToDictionary(row => new CardGuid(row.Source, row.Question, row.Fork), row => new Question(row.Id, row.Question, row.Fork, row.Version, ""));
    }

    private static async Task<List<Question>> OfBankAsync(NpgsqlConnection connection, long bank) =>
        (await connection.QueryAsync<Question>(
            """
            select q.id, q.slug, v.fork, v.id as Version, v.body->>'stem' as Stem
            from question q join question_version v on v.id = q.current_version_id
            where q.source_id = @bank and q.status = 'published'
            """,
            new { bank })).AsList();

    private static async Task<Dictionary<(long, int), List<(Guid, DateTime)>>> LogsAsync(NpgsqlConnection connection, Guid learner, long[] questions) =>
        questions.Length == 0 ? [] : (await connection.QueryAsync<(long Question, int Fork, Guid Id, DateTime At)>(
            "select question_id, fork, client_id, reviewed_at from review where learner_id = @learner and question_id = any(@questions) and kind <> 'undone'", new { learner, questions }))
            .GroupBy(row => (row.Question, row.Fork)).ToDictionary(log => log.Key, log => log.Select(row => (row.Id, row.At)).ToList());

    private sealed record Question(long Id, string Slug, int Fork, long Version, string Stem);

    private sealed record Found(ImportedRow Row, string? Refusal, Question? Question, string Slug, int? FirstLine);

    [GeneratedRegex(@"^[A-Z]\. ", RegexOptions.NonBacktracking)]
    private static partial Regex Lettered();
}
