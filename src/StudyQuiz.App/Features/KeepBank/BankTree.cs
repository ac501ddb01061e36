using Dapper;
using Npgsql;
using StudyQuiz.App.Features.GenerateBank;

namespace StudyQuiz.App.Features.KeepBank;

/// <summary>A bank's key points, each with how well questions cover it and how many of them need a look.</summary>
public sealed class BankTree
{
    // More are told apart by opening one
    private const int MostLines = 200;

    private readonly Dictionary<long, BankPoint> _byId;

    private BankTree(IReadOnlyList<BankPoint> points)
    {
        All = points;
        _byId = points.ToDictionary(point => point.Id);
    }

    public IReadOnlyList<BankPoint> All { get; }

    /// <summary>All questions of the bank that are not retired.</summary>
    public int Questions => Top.Sum(point => point.Questions);

    public int Concern => Top.Sum(point => point.Concern);

    /// <summary>Key points that stand on their own, and how many of them a published question asks.</summary>
    public (int Covered, int All) Cover => (Top.Sum(point => point.Covered), Top.Sum(point => point.Leaves));

    private IEnumerable<BankPoint> Top => All.Where(point => point.Depth == 0);

    /// <param name="summary">Of the generation that made the bank: facts that nothing asks about. Null where it came in as a file.</param>
    internal static async Task<BankTree> OfAsync(NpgsqlConnection connection, long source, GenerationSummary? summary)
    {
        var points = (await connection.QueryAsync<BankPoint>("select id, label, heading, parent_id as parent from key_point where source_id = @source order by position, id", new { source })).AsList();
        var counts = (await connection.QueryAsync<(long Point, string Status, int Number, int Concern)>(
            "select key_point_id, status, sum(questions)::int, sum(concern)::int from question_tally where source_id = @source group by key_point_id, status", new { source })).ToLookup(row => row.Point);
        var byId = points.ToDictionary(point => point.Id);
        var inner = points.ToLookup(point => point.Parent);
        foreach (var top in points.Where(point => point.Parent is not { } parent || !byId.ContainsKey(parent))) Sum(top, 0);
        return new BankTree(InOrder(points.Where(point => point.Depth == 0)).ToList());

        void Sum(BankPoint point, int depth)
        {
            var own = counts[point.Id].Where(row => row.Status != "retired").ToList();
            (point.Depth, point.Questions, point.Concern, point.Missing) = (depth, own.Sum(row => row.Number), own.Sum(row => row.Concern), summary?.Shortfalls.GetValueOrDefault(point.Label) ?? 0);
            (point.Published, point.Open) = (own.Where(row => row.Status == "published").Sum(row => row.Number), own.Where(row => row.Status is "draft" or "review").Sum(row => row.Number));
            foreach (var below in inner[point.Id])
            {
                Sum(below, depth + 1);
                point.Add(below);
            }

            if (inner[point.Id].Any()) return;
            (point.Leaves, point.Covered) = (1, point.Published > 0 ? 1 : 0);
        }

        IEnumerable<BankPoint> InOrder(IEnumerable<BankPoint> some) => some.SelectMany(point => InOrder(inner[point.Id]).Prepend(point));
    }

    public BankPoint? Find(long id) => _byId.GetValueOrDefault(id);

    /// <summary>A key point and all below it; null for none.</summary>
    public IReadOnlyList<long>? Below(long? id) =>
        id is not { } top || !_byId.ContainsKey(top) ? null : [.. All.Where(point => point.Id == top || Above(point).Any(above => above.Id == top)).Select(point => point.Id)];

    /// <summary>Those to show: all, or of very many the upper ones, those above one that is open, and what lies in it.</summary>
    public IReadOnlyList<BankPoint> Lines(long? open)
    {
        if (All.Count <= MostLines) return All;
        var way = open is { } id && Find(id) is { } there ? Above(there).Prepend(there).Select(point => point.Id).ToHashSet() : [];
        return [.. All.Where(point => point.Depth == 0 || way.Contains(point.Id) || (point.Parent is { } parent && way.Contains(parent))).Take(MostLines)];
    }

    private IEnumerable<BankPoint> Above(BankPoint point)
    {
        for (var at = point.Parent; at is { } id && _byId.TryGetValue(id, out var above); at = above.Parent) yield return above;
    }
}

/// <summary>A key point with what lies in it and below it, but for retired questions.</summary>
public sealed record BankPoint
{
    public required long Id { get; init; }
    public required string Label { get; init; }
    public required string Heading { get; init; }
    public required long? Parent { get; init; }
    public int Depth { get; set; }
    public int Questions { get; set; }
    public int Published { get; set; }
    public int Open { get; set; }

    /// <summary>Questions that need a look.</summary>
    public int Concern { get; set; }

    /// <summary>Facts that no question asks about.</summary>
    public int Missing { get; set; }

    /// <summary>Key points with none below them.</summary>
    public int Leaves { get; set; }

    /// <summary>Those of them that a published question asks.</summary>
    public int Covered { get; set; }

    public int Percent => Missing > 0 ? 100 * Published / (Published + Missing) : Leaves == 0 ? 0 : 100 * Covered / Leaves;

    internal void Add(BankPoint below)
    {
        Questions += below.Questions;
        Published += below.Published;
        Open += below.Open;
        Concern += below.Concern;
        Missing += below.Missing;
        Leaves += below.Leaves;
        Covered += below.Covered;
    }
}
