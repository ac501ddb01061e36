using Dapper;
using Npgsql;

namespace StudyQuiz.App.Features.KeepQuizzes;

/// <summary>The key points of some sources, each with the one at the top of its branch.</summary>
internal sealed class PointTree
{
    private readonly IReadOnlyDictionary<long, Row> _points;

    private PointTree(IReadOnlyList<Row> rows)
    {
        _points = rows.ToDictionary(row => row.Id);
        All = [.. rows.Select(row => row.Id)];
        Tops = [.. rows.Where(row => row.Parent is null).Select(row => new TopPoint(row.Id, row.Source, row.Heading, row.Language))];
    }

    /// <summary>In the order of the texts.</summary>
    public IReadOnlyList<long> All { get; }

    /// <summary>Those that stand below no other.</summary>
    public IReadOnlyList<TopPoint> Tops { get; }

    public static async Task<PointTree> OfAsync(NpgsqlConnection connection, IReadOnlyList<long> sources) =>
        new((await connection.QueryAsync<Row>(
            """
            select k.id, k.parent_id as Parent, k.source_id as Source, k.heading, s.language
            from key_point k join source s on s.id = k.source_id
            where k.source_id = any(@sources) order by k.source_id, k.position, k.id
            """,
            new { sources = sources.ToArray() })).AsList());

    /// <summary>The key point at the top of its branch; itself where this tree does not know it.</summary>
    public long TopOf(long point)
    {
        while (_points.TryGetValue(point, out var row) && row.Parent is { } parent) point = parent;
        return point;
    }

    private sealed record Row(long Id, long? Parent, long Source, string Heading, string Language);
}

/// <summary>A key point that stands below no other.</summary>
public sealed record TopPoint(long Id, long Source, string Heading, string Language);
