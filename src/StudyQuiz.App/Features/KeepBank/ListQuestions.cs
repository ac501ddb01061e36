using System.Globalization;
using Dapper;
using Npgsql;

namespace StudyQuiz.App.Features.KeepBank;

/// <summary>Reads a page of a list of questions. Pages are kept apart by the last row's place in the order, so that the thousandth costs what the first does.</summary>
internal static class ListQuestions
{
    public const int Page = 50;

    // More are not counted
    private const int MostCounted = 1000;

    // Words that so many questions hold are met soon enough on the way through the order; of fewer, all are fetched and sorted
    private const int MostSorted = 2000;

    private const int MostNear = 400;

    /// <param name="sources">The banks, one or a topic's.</param>
    /// <param name="points">A key point and those below it; null for all.</param>
    /// <param name="after">The place behind which the page begins; or before which it ends.</param>
    /// <param name="size">How many a page holds.</param>
    public static async Task<QuestionList> OfAsync(
        NpgsqlConnection connection, IReadOnlyList<long> sources, QuestionFilter filter, IReadOnlyList<long>? points, ListPlace? after = null, ListPlace? before = null, int size = Page)
    {
        var (conditions, parameters) = Conditions(sources, filter, points);
        var words = SearchWords.Of(filter.Words);
        var isNear = false;
        int? least = null;
        // No letter among them: nothing says that
        if (words is null && filter.Words.Length > 0) conditions += " and false";
        if (words is not null)
        {
            parameters.Add("patterns", words.Patterns);
            parameters.Add("unsure", words.UnsurePatterns);
            parameters.Add("query", words.Query(sources));
            // Among few questions, all of them are looked through
            var few = filter.IsNarrow ? (await connection.QueryAsync<long>($"select l.question_id from question_listing l where {conditions} limit {MostCounted + 1}", parameters)).AsList() : null;
            var found = few?.Count <= MostCounted
                ? (await connection.QueryAsync<long>("select question_id from question_words where question_id = any(@few) and words like all(@patterns)", new { few = few.ToArray(), patterns = words.Patterns })).AsList()
                : await FindAsync(connection, parameters, MostSorted + 1);
            if (found.Count == 0 && (few is null || few.Count > MostCounted || (await FindAsync(connection, parameters, 1)).Count == 0))
            {
                isNear = true;
                found = await NearAsync(connection, words, sources);
            }

            parameters.Add("found", found.ToArray());
            const string IsFound = " and l.question_id = any(@found)";
            if (found.Count > MostSorted)
            {
                // To count them all would be to read all texts
                least = await CountAsync(connection, conditions + IsFound, parameters);
                // asked of each row as it comes: as "exists" the planner may join all texts
                conditions += " and (select w.words like all(@patterns) from question_words w where w.question_id = l.question_id)";
            }
            else
            {
                conditions += IsFound;
            }
        }

        var counted = least ?? await CountAsync(connection, conditions, parameters);
        if (counted == 0 && least is null) return new QuestionList([], 0, false, isNear, null, null);

        var sort = ListSort.Of(filter.Sort);
        if (after is not null && !sort.IsKey(after.Key)) after = null;
        if (before is not null && !sort.IsKey(before.Key)) before = null;
        var place = after ?? before;
        var descends = sort.Descends != (after is null && before is not null);
        // Few are fetched and sorted: on the way through an order they might all come last. OFFSET 0 keeps the planner from taking that way
        var read = least is null && counted <= MostCounted ? $"(select * from question_listing l where {conditions} offset 0) l where true" : $"question_listing l where {conditions}";
        if (place is not null)
        {
            read += $" and {sort.Compare(descends)}";
            parameters.Add("key", place.Key);
            parameters.Add("id", place.Id);
        }

        var rows = (await connection.QueryAsync<ListedQuestion>(
            $"""
            with page as materialized (
              select l.*, row_number() over (order by {sort.Order(descends)}) as place from (select * from {read} order by {sort.Order(descends)} limit {size + 1}) l)
            select l.question_id as id, s.slug as bank_slug, s.language, v.body ->> 'stem' as stem, l.type, l.status, l.difficulty, l.has_evidence, l.is_behind, k.heading, u.heading as above,
              nullif(a.user_name, '') as author, l.changed_at, l.tags, l.answers, l.facility, l.discrimination, l.median_ms, l.weeks, l.flags, l.concern,
              (select count(*)::int from appeal p where p.question_id = l.question_id and p.state = 'open') as appeals,
              (select count(*)::int from question_flag f where f.question_id = l.question_id) as reports,
              exists (select from question_proposal p where p.question_id = l.question_id and p.returned_at is null) as has_proposal
            from page l
            join question q on q.id = l.question_id
            join question_version v on v.id = q.current_version_id
            join source s on s.id = l.source_id
            join key_point k on k.id = l.key_point_id
            left join key_point u on u.id = k.parent_id
            left join account a on a.id = l.author
            order by l.place
            """,
            parameters)).AsList();
        var hasMore = rows.Count > size;
        if (hasMore) rows.RemoveAt(size);
        if (after is null && before is not null) rows.Reverse();
        var isAll = place is null && !hasMore;
        if (isAll || counted < rows.Count) counted = rows.Count;
        return new QuestionList(
            rows, Math.Min(counted, MostCounted), counted > MostCounted || (least is not null && !isAll), isNear,
            (before is null ? after is not null : hasMore) && rows.Count > 0 ? sort.PlaceOf(rows[0]) : null,
            (before is null ? hasMore : rows.Count > 0) ? sort.PlaceOf(rows[^1]) : null);
    }

    /// <summary>All that a filter finds, up to so many.</summary>
    public static async Task<IReadOnlyList<long>> AllAsync(NpgsqlConnection connection, long source, QuestionFilter filter, IReadOnlyList<long>? points, int most)
    {
        var (conditions, parameters) = Conditions([source], filter, points);
        if (SearchWords.Of(filter.Words) is { } words)
        {
            conditions += " and exists (select from question_words w where w.question_id = l.question_id and w.pairs @@ @query::tsquery and w.words like all(@patterns))";
            parameters.Add("patterns", words.Patterns);
            parameters.Add("query", words.Query([source]));
        }

        return (await connection.QueryAsync<long>($"select l.question_id from question_listing l where {conditions} order by l.question_id limit {most.ToString(CultureInfo.InvariantCulture)}", parameters)).AsList();
    }

    private static Task<int> CountAsync(NpgsqlConnection connection, string conditions, DynamicParameters parameters) =>
        connection.QuerySingleAsync<int>($"select count(*)::int from (select from question_listing l where {conditions} limit {MostCounted + 1}) counted", parameters);

    private static async Task<List<long>> FindAsync(NpgsqlConnection connection, DynamicParameters parameters, int most) =>
        (await connection.QueryAsync<long>($"select find_words(@query::tsquery, @unsure, {most.ToString(CultureInfo.InvariantCulture)})", parameters)).AsList();

    private static async Task<List<long>> NearAsync(NpgsqlConnection connection, SearchWords words, IReadOnlyList<long> sources) =>
    [
        .. (await connection.QueryAsync<(long Id, string Words)>($"select question_id, words from find_near_words(@queries::tsquery[], {MostNear})", new { queries = words.NearQueries(sources) }))
            .Select(row => (row.Id, Distance: row.Words.Split('\n').Select(words.DistanceIn).Append(words.DistanceIn(row.Words)).Min()))
            .Where(row => row.Distance is not null).OrderBy(row => row.Distance).ThenBy(row => row.Id).Take(Page).Select(row => row.Id),
    ];

    // Only what is asked for stands in the statement, so that each has the plan that fits it
    private static (string Conditions, DynamicParameters Parameters) Conditions(IReadOnlyList<long> sources, QuestionFilter filter, IReadOnlyList<long>? points)
    {
        var conditions = sources.Count == 1 ? "l.source_id = @source" : "l.source_id = any(@sources)";
        conditions += filter.Status switch { null => " and l.status <> 'retired'", QuestionFilter.All => "", _ => " and l.status = @Status" };
        if (filter.Type is not null) conditions += " and l.type = @Type";
        if (points is not null) conditions += " and l.key_point_id = any(@points)";
        if (filter.Tag is not null) conditions += " and l.tags @> array[@Tag]";
        if (filter.Author is not null) conditions += " and l.author = @Author";
        conditions += filter.Flag switch
        {
            null => "",
            QuestionFilter.AnyFlag => " and (l.flags <> '{}' or l.is_behind)",
            QuestionFilter.Behind => " and l.is_behind",
            QuestionFilter.NoEvidence => " and not l.has_evidence",
            QuestionFilter.Appeals => " and l.question_id in (select question_id from appeal where state = 'open')",
            QuestionFilter.Reports => " and l.question_id in (select question_id from question_flag)",
            _ => " and l.flags <> '{}' and l.flags @> array[@Flag]",
        };
        return (conditions, new DynamicParameters(new { source = sources[0], sources = sources.ToArray(), filter.Status, filter.Type, points = points?.ToArray(), filter.Tag, filter.Author, filter.Flag }));
    }
}

/// <summary>A page of a list of questions.</summary>
/// <param name="Count">How many there are in all, as far as they are counted: of words that very many say, among those looked at.</param>
/// <param name="IsMore">Whether there may be more than were counted.</param>
/// <param name="IsNear">Nothing says the words that were looked for; these say nearly so.</param>
/// <param name="Before">Where the page before this one ends; null for the first.</param>
/// <param name="After">Where the next one begins; null for the last.</param>
public sealed record QuestionList(IReadOnlyList<ListedQuestion> Questions, int Count, bool IsMore, bool IsNear, ListPlace? Before, ListPlace? After);

/// <summary>A row's place in the order of a list.</summary>
/// <param name="Key">What it is sorted by, as the database reads it.</param>
public sealed record ListPlace(string Key, long Id)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id}~{Key}");

    public static ListPlace? Parse(string? text) =>
        text?.Split('~', 2) is [var id, var key] && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new ListPlace(key, number) : null;
}

/// <summary>An order of a list; ids break ties.</summary>
internal sealed record ListSort(string Column, string Type, bool Descends, Func<ListedQuestion, string> Key, Func<string, bool> IsKey)
{
    private const string Id = "l.question_id";

    public static ListSort Of(string name) => name switch
    {
        "concern" => new("l.concern", "int", true, row => Text(row.Concern), IsWhole),
        "changed" => new("l.changed_at", "timestamptz", true, row => row.ChangedAt.ToString("O", CultureInfo.InvariantCulture), key => DateTime.TryParseExact(key, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)),
        "facility" => new("l.facility_key", "real", false, row => Text(row.Facility), IsReal),
        "discrimination" => new("l.discrimination_key", "real", false, row => Text(row.Discrimination), IsReal),
        "answers" => new("l.answers", "int", true, row => Text(row.Answers), IsWhole),
        _ => new(Id, "bigint", false, _ => "", _ => true),
    };

    public string Order(bool descends) => Column == Id ? $"{Id}{Word(descends)}" : $"{Column}{Word(descends)}, {Id}{Word(descends)}";

    public string Compare(bool descends) => Column == Id ? $"{Id} {(descends ? '<' : '>')} @id" : $"({Column}, {Id}) {(descends ? '<' : '>')} (@key::{Type}, @id)";

    public ListPlace PlaceOf(ListedQuestion row) => new(Key(row), row.Id);

    private static string Word(bool descends) => descends ? " desc" : "";

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    // Behind all others where there is none, as the generated column has it
    private static string Text(float? value) => (value ?? 2).ToString("R", CultureInfo.InvariantCulture);

    private static bool IsWhole(string key) => int.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    private static bool IsReal(string key) => float.TryParse(key, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite(value);
}
