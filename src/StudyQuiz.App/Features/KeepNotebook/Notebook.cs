using Dapper;
using Npgsql;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.Domain.Notebooks;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.KeepNotebook;

/// <summary>A question of a learner's notebook.</summary>
/// <param name="Group">The key point above its own, or its own where none is.</param>
/// <param name="Version">The question's version that was asked when it was last missed.</param>
/// <param name="Origin">Where that was: one of <see cref="ReviewOrigins"/>.</param>
public sealed record NotebookItem(
    long Question, string Type, long SourceId, NotebookPoint Point, NotebookPoint Group, NotebookEntry Entry, long Version, string Origin)
{
    /// <summary>Whether the server can grade it, so that it can be practised in a self-test.</summary>
    public bool IsGraded => QuestionTypes.Graded.Contains(Type, StringComparer.Ordinal);
}

/// <summary>A key point by which a notebook is sorted.</summary>
public sealed record NotebookPoint(long Id, int Position, string Heading);

/// <summary>A source of which something is, or lately was, in a notebook.</summary>
public sealed record NotebookSource(long Id, string Slug, string Title, string Language, string Publisher, DateOnly? Published);

/// <summary>Everything that a learner's notebook holds, and what has left it in the last days. It follows from the review log at every look.</summary>
/// <param name="Today">The learner's study day.</param>
/// <param name="Needed">On how many days a question must be right to leave.</param>
/// <param name="Sources">The one of the last wrong answer first.</param>
public sealed record Notebook(DateOnly Today, string TimeZone, int Needed, IReadOnlyList<NotebookSource> Sources, IReadOnlyList<NotebookItem> Items)
{
    /// <summary>For how many days what has left is still shown.</summary>
    public const int DaysShown = 30;

    /// <summary>The questions of a filter, in its order.</summary>
    public IReadOnlyList<NotebookItem> Of(NotebookFilter filter)
    {
        var source = SourceOf(filter);
        var asked = Items.Where(item => item.SourceId == source?.Id && item.Entry.LeftOn is not null == filter.IsLeft
            && (filter.Point is not { } point || item.Point.Id == point || item.Group.Id == point)
            && (filter.Type is null || item.Type == filter.Type));
        return
        [
            .. asked.OrderByDescending(item => filter.IsLeft ? item.Entry.LeftOn!.Value.DayNumber : filter.IsMostMissed ? item.Entry.Misses : 0)
                .ThenByDescending(item => item.Entry.Miss.At).ThenBy(item => item.Question),
        ];
    }

    /// <summary>The source that a filter asks for; where it names none, that of the last wrong answer.</summary>
    public NotebookSource? SourceOf(NotebookFilter filter) =>
        filter.Source is { } slug ? Sources.FirstOrDefault(source => source.Slug == slug) : Sources is [var first, ..] ? first : null;

    internal static async Task<Notebook> OfAsync(NpgsqlConnection connection, Guid learner, DateOnly today)
    {
        var (zone, chosen) = await connection.QuerySingleAsync<(string, int?)>("select time_zone, notebook_days from learner where id = @learner", new { learner });
        var needed = chosen ?? NotebookEntry.UsualDays;
        var entries = await EntriesAsync(connection, learner, needed, today.AddDays(-DaysShown));
        var places = (await connection.QueryAsync<Place>(
            """
            select q.id as Question, q.type, q.source_id as Source, k.id as Point, k.position, k.heading, g.id as "Group", g.position as GroupPosition, g.heading as GroupHeading
            from unnest(@questions) as e (question)
            cross join lateral (select * from question q where q.id = e.question offset 0) q
            join key_point k on k.id = q.key_point_id
            left join key_point g on g.id = k.parent_id
            """,
            new { questions = entries.Select(one => one.Question).ToArray() })).ToDictionary(place => place.Question);
        var sources = (await connection.QueryAsync<NotebookSource>(
            "select id, slug, title, language, publisher, published from source where id = any(@ids)", new { ids = places.Values.Select(place => place.Source).Distinct().ToArray() }))
            .ToDictionary(source => source.Id);
        IReadOnlyList<NotebookItem> items = [.. entries.Select(one => places[one.Question].Read(one))];
        // A source that has nothing in the notebook any more comes after those that have
        return new Notebook(
            today, zone, needed,
            [.. items.GroupBy(item => item.SourceId).OrderByDescending(group => group.Any(item => item.Entry.LeftOn is null)).ThenByDescending(group => group.Max(item => item.Entry.Miss.At)).Select(group => sources[group.Key])],
            items);
    }

    /// <summary>What is in, and what left on a day or later.</summary>
    private static async Task<IReadOnlyList<Missed>> EntriesAsync(NpgsqlConnection connection, Guid learner, int needed, DateOnly from)
    {
        var marks = (await connection.QueryAsync<(long Question, int Fork, string Act, DateTime At, DateOnly Day)>(
            "select question_id, fork, act, marked_at, day from notebook_mark where learner_id = @learner", new { learner })).ToDictionary(mark => (mark.Question, mark.Fork));
        // The first part is read from its index alone; only for what was ever missed the log is looked at. One question at a time: for many of them
        // a plan would rather read all questions of everyone
        var rows = await connection.QueryAsync<LogRow>(
            """
            with missed as materialized (
              select distinct r.question_id, r.fork from review r where r.learner_id = @learner and r.rating = 1),
            asked as materialized (
              select m.* from missed m
              cross join lateral (
                select 1 from question q join question_version v on v.id = q.current_version_id
                where q.id = m.question_id and q.status = 'published' and v.fork = m.fork offset 0) q)
            select r.question_id as Question, r.fork, r.question_version_id as Version, r.origin, r.client_id as ClientId, r.reviewed_at as ReviewedAt, r.received_at as ReceivedAt,
                   r.day, r.kind, r.rating, r.replaces
            from asked
            join review r on r.learner_id = @learner and r.question_id = asked.question_id and r.fork = asked.fork
            """,
            new { learner });
        var missed = new List<Missed>();
        foreach (var log in rows.GroupBy(row => (row.Question, row.Fork)))
        {
            var mark = marks.TryGetValue(log.Key, out var made) ? new NotebookMark(made.Act == NotebookMarks.Removed, new DateTimeOffset(made.At, TimeSpan.Zero), made.Day) : null;
            if (NotebookEntry.Of(log.Select(row => row.Read()), needed, mark) is not { } entry || entry.LeftOn < from) continue;
            var asked = log.First(row => row.ClientId == entry.Miss.Id);
            missed.Add(new Missed(log.Key.Question, entry, asked.Version, asked.Origin));
        }

        return missed;
    }

    private sealed record Missed(long Question, NotebookEntry Entry, long Version, string Origin);

    private sealed record Place(long Question, string Type, long Source, long Point, int Position, string Heading, long? Group, int? GroupPosition, string? GroupHeading)
    {
        public NotebookItem Read(Missed missed)
        {
            var own = new NotebookPoint(Point, Position, Heading);
            return new NotebookItem(
                Question, Type, Source, own, Group is { } above ? new NotebookPoint(above, GroupPosition!.Value, GroupHeading!) : own, missed.Entry, missed.Version, missed.Origin);
        }
    }

    private sealed record LogRow(
        long Question, int Fork, long Version, string Origin, Guid ClientId, DateTime ReviewedAt, DateTime ReceivedAt, DateOnly Day, string Kind, short? Rating, Guid? Replaces)
    {
        public LoggedReview Read() => new(
            ClientId, new DateTimeOffset(ReviewedAt, TimeSpan.Zero), new DateTimeOffset(ReceivedAt, TimeSpan.Zero), Day,
            Enum.Parse<ReviewKind>(Kind, ignoreCase: true), (Rating)(Rating ?? 0), Replaces);
    }
}
