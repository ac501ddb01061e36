using Dapper;
using Npgsql;

namespace StudyQuiz.App.Features.StudyCards;

/// <summary>What a deck could hold: the key points and the types of its source's published questions.</summary>
/// <param name="KeyPoints">In the order of the tree; those without a question of their own or below are left out.</param>
public sealed record DeckScope(IReadOnlyList<ScopePoint> KeyPoints, IReadOnlyList<ScopeType> Types, IReadOnlySet<(long KeyPoint, string Type)> Pairs)
{
    /// <summary>Whether there is any question of these key points and types.</summary>
    public bool Holds(IReadOnlyCollection<long> keyPoints, IReadOnlyCollection<string> types) => Pairs.Any(pair => keyPoints.Contains(pair.KeyPoint) && types.Contains(pair.Type));

    internal static async Task<DeckScope> OfAsync(NpgsqlConnection connection, long source)
    {
        var counts = (await connection.QueryAsync<(long KeyPoint, string Type, int Questions)>(
            "select key_point_id, type, count(*)::int from question where source_id = @source and status = 'published' group by key_point_id, type", new { source })).AsList();
        var points = (await connection.QueryAsync<(long Id, long? Parent, string Heading)>(
            "select id, parent_id, heading from key_point where source_id = @source order by position, id", new { source })).AsList();
        var own = counts.GroupBy(row => row.KeyPoint).ToDictionary(point => point.Key, point => point.Sum(row => row.Questions));
        var below = points.ToLookup(point => point.Parent ?? 0);
        return new DeckScope(
            [.. Under(0, 0)],
            [.. counts.GroupBy(row => row.Type, StringComparer.Ordinal).Select(type => new ScopeType(type.Key, type.Sum(row => row.Questions))).OrderBy(type => Array.IndexOf(Order, type.Type))],
            counts.Select(row => (row.KeyPoint, row.Type)).ToHashSet());

        IEnumerable<ScopePoint> Under(long parent, int depth)
        {
            foreach (var point in below[parent])
            {
                var deeper = Under(point.Id, depth + 1).ToList();
                var questions = own.GetValueOrDefault(point.Id);
                if (questions == 0 && deeper.Count == 0) continue;
                yield return new ScopePoint(point.Id, point.Heading, depth, questions, deeper.Count > 0);
                foreach (var one in deeper) yield return one;
            }
        }
    }

    private static readonly string[] Order = ["single_choice", "true_false", "multiple_choice", "cloze", "ordering", "matching", "flashcard"];
}

/// <summary>A key point to choose.</summary>
/// <param name="Depth">0 for the top of the tree.</param>
/// <param name="Questions">Published questions of its own.</param>
/// <param name="HasBelow">Whether other key points with questions belong to it.</param>
public sealed record ScopePoint(long Id, string Heading, int Depth, int Questions, bool HasBelow);

/// <summary>A type to choose.</summary>
public sealed record ScopeType(string Type, int Questions);
