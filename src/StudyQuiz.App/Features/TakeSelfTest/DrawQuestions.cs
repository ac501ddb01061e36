using Dapper;
using Npgsql;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Attempts;

namespace StudyQuiz.App.Features.TakeSelfTest;

/// <summary>
/// Finds candidates for an attempt without reading all that a source has: of each key point and type a window of a few questions in the order of
/// their lots, which no one can tell from chance. Where the windows hold all there is, which is so for most sources, the candidates are all.
/// The same seed finds the same ones, as long as the bank stays as it is.
/// </summary>
internal static class DrawQuestions
{
    // Few enough to be read in milliseconds. Of a small window the questions with much room before their lot would be drawn too often
    private const int MostCandidates = 1600;
    private const int NarrowestWindow = 6;

    /// <summary>The key points of a scope, in the order of the text.</summary>
    public static async Task<IReadOnlyList<long>> PointsAsync(NpgsqlConnection connection, Scope scope) =>
        (await connection.QueryAsync<long>(
            scope.KeyPoints.Count == 0
                ? "select id from key_point where source_id = @Source order by position, id"
                : """
                  with recursive chosen as (
                    select id, position from key_point where source_id = @Source and id = any(@points)
                    union select k.id, k.position from key_point k join chosen on k.parent_id = chosen.id)
                  select id from chosen order by position, id
                  """,
            new { scope.Source, points = scope.KeyPoints.ToArray() })).AsList();

    /// <summary>Key points in an order of the seed.</summary>
    public static IReadOnlyList<long> Shuffled(IReadOnlyList<long> points, long seed)
    {
        var byId = points.Order().ToList();
        return [.. Shuffle.Positions(byId.Count, seed).Select(place => byId[place])];
    }

    /// <summary>Candidates by id, of some key points.</summary>
    public static async Task<IReadOnlyList<Candidate>> OfAsync(NpgsqlConnection connection, IReadOnlyList<long> points, IReadOnlyList<string> types, long seed) =>
        (await DrawAsync(connection, points, types, seed)).Drawn;

    /// <summary>The same.</summary>
    /// <returns>Also whether these are all that the key points have of the types.</returns>
    public static async Task<(IReadOnlyList<Candidate> Drawn, bool IsAll)> DrawAsync(NpgsqlConnection connection, IReadOnlyList<long> points, IReadOnlyList<string> types, long seed)
    {
        if (points.Count == 0 || types.Count == 0) return ([], true);
        var width = Math.Max(NarrowestWindow, MostCandidates / (points.Count * types.Count));
        var drawn = (await connection.QueryAsync<Candidate>(
            """
            select q.id as Question, p.id as KeyPoint, t.type
            from unnest(@points) as p (id)
            cross join unnest(@types) as t (type)
            cross join lateral (
              select id from (
                (select q.id from question q
                 where q.key_point_id = p.id and q.type = t.type and q.lot >= @from and q.status = 'published' and q.current_version_id is not null
                 order by q.lot limit @width)
                union all
                (select q.id from question q
                 where q.key_point_id = p.id and q.type = t.type and q.lot < @from and q.status = 'published' and q.current_version_id is not null
                 order by q.lot limit @width)) around
              limit @width) q
            order by q.id
            """,
            new
            {
                points = points.ToArray(),
                types = types.ToArray(),
                from = (int)(Shuffle.Derive(seed, 0) >> 32),
                width,
            })).AsList();
        return (drawn, drawn.CountBy(one => (one.KeyPoint, one.Type)).All(window => window.Value < width));
    }

    /// <summary>Questions in the order of the text, from behind one of them on and round to it again.</summary>
    /// <param name="points">Those of the scope, in their order.</param>
    /// <param name="last">The question behind which it begins, with its key point; null for the beginning.</param>
    public static async Task<IReadOnlyList<long>> InOrderAsync(
        NpgsqlConnection connection, IReadOnlyList<long> points, IReadOnlyList<string> types, (long Question, long KeyPoint)? last, int most)
    {
        var from = last is { } behind ? points.ToList().IndexOf(behind.KeyPoint) : -1;
        IReadOnlyList<Stretch> way = from < 0
            ? [.. points.Select(point => new Stretch(point, 0, long.MaxValue))]
            :
            [
                new Stretch(points[from], last!.Value.Question, long.MaxValue),
                .. points.Skip(from + 1).Concat(points.Take(from)).Select(point => new Stretch(point, 0, long.MaxValue)),
                new Stretch(points[from], 0, last.Value.Question),
            ];
        // A few key points often hold enough; of thousands that hold little more are looked at each time
        var found = new List<long>();
        for (var (at, count) = (0, 4); at < way.Count && found.Count < most; at += count, count = Math.Min(count * 4, 256))
            found.AddRange(await StretchesAsync(connection, [.. way.Skip(at).Take(count)], types, most - found.Count));
        return found;
    }

    private static Task<IEnumerable<long>> StretchesAsync(NpgsqlConnection connection, IReadOnlyList<Stretch> way, IReadOnlyList<string> types, int most) =>
        connection.QueryAsync<long>(
            """
            select q.id
            from unnest(@points, @above, @upTo) with ordinality as p (id, above, up_to, place)
            cross join lateral (
              select q.id from question q
              where q.key_point_id = p.id and q.id > p.above and q.id <= p.up_to and q.type = any(@types) and q.status = 'published' and q.current_version_id is not null
              order by q.id limit @most) q
            order by p.place, q.id
            limit @most
            """,
            new
            {
                points = way.Select(stretch => stretch.KeyPoint).ToArray(),
                above = way.Select(stretch => stretch.Above).ToArray(),
                upTo = way.Select(stretch => stretch.UpTo).ToArray(),
                types = types.ToArray(),
                most,
            });

    // A key point's questions above an id, up to another
    private sealed record Stretch(long KeyPoint, long Above, long UpTo);
}
