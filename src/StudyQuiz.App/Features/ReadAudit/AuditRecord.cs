using System.Globalization;
using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.ReadAudit;

/// <summary>A page of the record, the newest first.</summary>
/// <param name="Next">The row that the next page begins before; null on the last.</param>
public sealed record AuditRecord(AuditFilter Filter, IReadOnlyList<AuditEntry> Entries, long? Next)
{
    private const int APage = 50;

    // What of a question's row is a version, or several
    private static readonly HashSet<string> _versionParts = new(StringComparer.Ordinal) { "version", "before", "after", "current", "corrected" };

    internal static async Task<AuditRecord> OfAsync(NpgsqlConnection connection, AuditFilter filter)
    {
        var rows = await RowsAsync(connection, filter, APage + 1);
        var shown = rows.Take(APage).ToList();
        var questions = (await connection.QueryAsync<AuditedQuestion>(
            """
            select q.id, s.slug as Bank, s.language, v.body->>'stem' as Stem
            from unnest(@ids) as o (id) join question q on q.id = o.id join source s on s.id = q.source_id join question_version v on v.id = q.current_version_id
            """,
            new { ids = shown.Select(row => AuditActs.QuestionOf(row.Object)).OfType<long>().Distinct().ToArray() })).ToDictionary(question => question.Id);
        var people = (await connection.QueryAsync<(Guid Id, string Name)>(
            "select id, user_name from account where id = any(@ids) and erased_at is null",
            new { ids = shown.Select(row => AuditActs.AccountOf(row.Object)).OfType<Guid>().Distinct().ToArray() })).ToDictionary(person => person.Id, person => person.Name);
        var edits = shown.Select(EditOf).ToList();
        // Versions are told by the numbers that people know them by
        var named = shown.Where(row => AuditActs.QuestionOf(row.Object) is not null).SelectMany(row => VersionsIn(row.Details)).Distinct().ToArray();
        var numbers = (await connection.QueryAsync<(long Id, int Number)>("select id, version from question_version where id = any(@named)", new { named })).ToDictionary(version => version.Id, version => version.Number);
        var versions = (await connection.QueryAsync<(long Id, int Number, string Body)>(
            "select id, version, body::text from question_version where id = any(@ids)", new { ids = edits.OfType<(long Before, long After)>().SelectMany(edit => new[] { edit.Before, edit.After }).Distinct().ToArray() }))
            .ToDictionary(version => version.Id, version => (version.Number, Question: JsonSerializer.Deserialize<Question>(version.Body, DomainJson.Options)!));
        return new AuditRecord(
            filter,
            [
                .. shown.Zip(edits, (row, edit) => new AuditEntry(
                    row.Id, row.Actor, row.ActorName, row.Act, row.Object, row.At,
                    AuditActs.QuestionOf(row.Object) is { } question ? questions.GetValueOrDefault(question) : null,
                    AuditActs.AccountOf(row.Object) is { } account ? people.GetValueOrDefault(account) : null,
                    Told(row.Details, AuditActs.QuestionOf(row.Object) is null ? null : numbers),
                    edit is var (before, after) && versions.TryGetValue(before, out var old) && versions.TryGetValue(after, out var young) ? new AuditedEdit(old.Number, old.Question, young.Number, young.Question) : null)),
            ],
            rows.Count > APage ? shown[^1].Id : null);
    }

    /// <summary>The rows themselves, the newest first.</summary>
    internal static async Task<IReadOnlyList<AuditRow>> RowsAsync(NpgsqlConnection connection, AuditFilter filter, int most)
    {
        // What there is goes into one statement only where it is asked for, so that each filter has its index
        string?[] conditions =
        [
            filter.Of is null ? null : "a.object = @Of", filter.By is null ? null : "a.actor = @By", filter.Unknown is null ? null : "false",
            filter.What is null ? null : "a.act = any(@acts)", filter.Since is null ? null : "a.at >= @since", filter.Until is null ? null : "a.at < @until",
            filter.Before is null ? null : "(a.at, a.id) < (select b.at, b.id from audit b where b.id = @Before)",
        ];
        return (await connection.QueryAsync<AuditRow>(
            $"""
            select a.id, a.actor, nullif(p.user_name, '') as ActorName, a.act, a.object, a.details::text as Details, a.at
            from audit a left join account p on p.id = a.actor
            where {string.Join(" and ", conditions.OfType<string>().DefaultIfEmpty("true"))}
            order by a.at desc, a.id desc limit @most
            """,
            new
            {
                filter.Of,
                filter.By,
                filter.Before,
                acts = filter.What is null ? null : AuditActs.Kinds[filter.What],
                since = filter.Since is { } since ? LearnerDay.Instant(since.ToDateTime(TimeOnly.MinValue)) : null,
                until = filter.Until is { } until ? LearnerDay.Instant(until.AddDays(1).ToDateTime(TimeOnly.MinValue)) : null,
                most,
            })).AsList();
    }

    // The versions that an edit led from and to
    private static (long Before, long After)? EditOf(AuditRow row) =>
        row.Act == AuditActs.Edited && JsonDocument.Parse(row.Details).RootElement is var told && told.TryGetProperty("before", out var before) && told.TryGetProperty("after", out var after)
        && before.TryGetInt64(out var from) && after.TryGetInt64(out var to)
            ? (from, to)
            : null;

    private static IEnumerable<long> VersionsIn(string details) =>
        JsonDocument.Parse(details).RootElement.EnumerateObject().Where(part => _versionParts.Contains(part.Name)).SelectMany(part => part.Value.ValueKind == JsonValueKind.Array ? part.Value.EnumerateArray().AsEnumerable() : [part.Value])
            .Select(value => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var id) ? id : 0).Where(id => id > 0);

    private static IReadOnlyList<(string Name, string Value)> Told(string details, Dictionary<long, int>? numbers) =>
    [
        .. JsonDocument.Parse(details).RootElement.EnumerateObject()
            .Select(part => (part.Name, Text(part.Value, numbers is not null && _versionParts.Contains(part.Name) ? numbers : null))).Where(part => part.Item2.Length > 0),
    ];

    private static string Text(JsonElement value, Dictionary<long, int>? numbers) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(one => Text(one, numbers))),
        // one that is gone has no number any more
        JsonValueKind.Number when numbers is not null && value.TryGetInt64(out var id) => numbers.TryGetValue(id, out var number) ? number.ToString(CultureInfo.InvariantCulture) : "–",
        _ => value.GetRawText(),
    };
}

/// <summary>A row of the record.</summary>
/// <param name="Actor">Who did it; null once their account is gone.</param>
/// <param name="Subject">What it was done to, such as <c>question/17</c>.</param>
/// <param name="Question">That question as it is now; null where it was none, or is gone.</param>
/// <param name="Person">That person's name; null where it was none, or they are gone.</param>
/// <param name="Details">What is needed to understand it.</param>
/// <param name="Edit">What an edit changed; null where it was none, or a version is gone.</param>
public sealed record AuditEntry(
    long Id, Guid? Actor, string? ActorName, string Act, string Subject, DateTime At, AuditedQuestion? Question, string? Person, IReadOnlyList<(string Name, string Value)> Details, AuditedEdit? Edit);

/// <summary>A question before and after it was edited.</summary>
/// <param name="From">The number of the version.</param>
public sealed record AuditedEdit(int From, Question Before, int To, Question After);

/// <summary>A question that something was done to.</summary>
public sealed record AuditedQuestion(long Id, string Bank, string Language, string Stem);

/// <summary>A row as it is stored.</summary>
/// <param name="ActorName">Null once their account is gone.</param>
internal sealed record AuditRow(long Id, Guid? Actor, string? ActorName, string Act, string Object, string Details, DateTime At);
