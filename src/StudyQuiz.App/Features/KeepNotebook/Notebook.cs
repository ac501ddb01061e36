using Dapper;
using Npgsql;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Notebooks;

namespace StudyQuiz.App.Features.KeepNotebook;

/// <summary>A question of a learner's notebook.</summary>
/// <param name="Group">The key point above its own, or its own where none is.</param>
public sealed record NotebookItem(long Question, string Type, long SourceId, NotebookPoint Point, NotebookPoint Group, KeptEntry Entry);

/// <summary>A key point by which a notebook is sorted.</summary>
public sealed record NotebookPoint(long Id, int Position, string Heading);

/// <summary>A source of which something is, or lately was, in a notebook.</summary>
public sealed record NotebookSource(long Id, string Slug, string Title, string Language, string Publisher, DateOnly? Published);

/// <summary>Everything that a learner's notebook holds, and what has left it in the last days.</summary>
/// <param name="Today">The learner's study day.</param>
/// <param name="Needed">On how many days a question must be right to leave.</param>
/// <param name="Sources">The one of the last wrong answer first.</param>
/// <param name="Asked">How many are left out because a running exam asks them.</param>
public sealed record Notebook(DateOnly Today, string TimeZone, int Needed, IReadOnlyList<NotebookSource> Sources, IReadOnlyList<NotebookItem> Items, int Asked)
{
    /// <summary>For how many days what has left is still shown.</summary>
    public const int DaysShown = 30;

    /// <summary>The questions of a filter, in its order.</summary>
    public IReadOnlyList<NotebookItem> Of(NotebookFilter filter) =>
    [
        .. Within(filter).OrderByDescending(item => filter.IsLeft ? item.Entry.LeftOn!.Value.DayNumber : filter.IsMostMissed ? item.Entry.Misses : 0)
            .ThenByDescending(item => item.Entry.MissedAt).ThenBy(item => item.Question),
    ];

    /// <summary>The questions of a filter, as they come: a page counts dozens of views.</summary>
    public IEnumerable<NotebookItem> Within(NotebookFilter filter)
    {
        var source = SourceOf(filter)?.Id;
        return Items.Where(item => item.SourceId == source && item.Entry.LeftOn is not null == filter.IsLeft
            && (filter.Point is not { } point || item.Point.Id == point || item.Group.Id == point)
            && (filter.Type is null || item.Type == filter.Type));
    }

    /// <summary>The source that a filter asks for; where it names none, that of the last wrong answer.</summary>
    public NotebookSource? SourceOf(NotebookFilter filter) =>
        filter.Source is { } slug ? Sources.FirstOrDefault(source => source.Slug == slug) : Sources is [var first, ..] ? first : null;

    internal static async Task<Notebook> OfAsync(NpgsqlConnection connection, Guid learner, DateOnly today, IReadOnlySet<long> asked)
    {
        await CardLog.EnsureFoldedAsync(connection, learner);
        var (zone, chosen) = await connection.QuerySingleOrDefaultAsync<(string, int?)?>("select time_zone, notebook_days from learner where id = @learner", new { learner }) ?? throw new LearnerGoneException();
        var needed = chosen ?? NotebookEntry.UsualDays;
        // One question at a time: for many of them a plan would rather read all questions of everyone
        var all = (await connection.QueryAsync<Row>(
            $"""
            select c.question_id as Question, c.missed_review as Review, c.missed_at as MissedAt, c.missed_day as MissedDay, c.misses, c.right_days as RightDays,
                   c.notebook_state as State, c.left_day as LeftOn, q.type, q.source_id as Source, q.key_point_id as Point
            from card c
            cross join lateral (
              select q.type, q.source_id, q.key_point_id from question q
              where q.id = c.question_id and q.status = 'published' and q.current_version_id is not null offset 0) q
            where c.learner_id = @learner and c.missed_review is not null and coalesce(c.left_day, 'infinity'::date) >= @from and {CardRow.IsOfCurrentFork}
            """,
            new { learner, from = today.AddDays(-DaysShown) })).AsList();
        var rows = all.Where(row => !asked.Contains(row.Question)).ToList();
        var points = (await connection.QueryAsync<PointRow>(
            """
            select k.id, k.position, k.heading, g.id as "Group", g.position as GroupPosition, g.heading as GroupHeading
            from key_point k left join key_point g on g.id = k.parent_id
            where k.id = any(@ids)
            """,
            new { ids = rows.Select(row => row.Point).Distinct().ToArray() })).ToDictionary(point => point.Id, point => (point.Own, point.Above));
        var sources = (await connection.QueryAsync<NotebookSource>(
            "select id, slug, title, language, publisher, published from source where id = any(@ids)", new { ids = rows.Select(row => row.Source).Distinct().ToArray() }))
            .ToDictionary(source => source.Id);
        IReadOnlyList<NotebookItem> items = [.. rows.Select(row => new NotebookItem(row.Question, row.Type, row.Source, points[row.Point].Own, points[row.Point].Above, row.Entry(needed)))];
        // A source that has nothing in the notebook any more comes after those that have
        return new Notebook(
            today, zone, needed,
            [.. items.GroupBy(item => item.SourceId).OrderByDescending(group => group.Any(item => item.Entry.LeftOn is null)).ThenByDescending(group => group.Max(item => item.Entry.MissedAt)).Select(group => sources[group.Key])],
            items, all.Count - rows.Count);
    }

    private sealed record Row(
        long Question, Guid Review, DateTime MissedAt, DateOnly MissedDay, int Misses, int RightDays, string State, DateOnly? LeftOn, string Type, long Source, long Point)
    {
        public KeptEntry Entry(int needed) =>
            new(Review, new DateTimeOffset(MissedAt, TimeSpan.Zero), MissedDay, Misses, RightDays, needed, Enum.Parse<NotebookState>(State, ignoreCase: true), LeftOn);
    }

    private sealed record PointRow(long Id, int Position, string Heading, long? Group, int? GroupPosition, string? GroupHeading)
    {
        public NotebookPoint Own { get; } = new(Id, Position, Heading);

        public NotebookPoint Above => Group is { } above ? new NotebookPoint(above, GroupPosition!.Value, GroupHeading!) : Own;
    }
}
