using Dapper;
using Npgsql;

namespace StudyQuiz.App.Features.StudyCards;

/// <summary>What a deck could hold: the key points, the types and the tags of its source's published questions.</summary>
/// <param name="KeyPoints">In the order of the tree; those without a question of their own or below are left out.</param>
/// <param name="Tags">By name.</param>
public sealed record DeckScope(
    IReadOnlyList<ScopePoint> KeyPoints, IReadOnlyList<ScopeType> Types, IReadOnlyList<ScopeTag> Tags, IReadOnlySet<(long KeyPoint, string Type, string? Tag)> Kinds)
{
    /// <summary>Whether there is any question of these key points or those below them, of these types and, where there are any, tags.</summary>
    public bool Holds(IReadOnlyCollection<long> keyPoints, IReadOnlyCollection<string> types, IReadOnlyCollection<string> tags)
    {
        var held = WithBelow(keyPoints);
        return Kinds.Any(kind => held.Contains(kind.KeyPoint) && types.Contains(kind.Type) && (tags.Count == 0 || (kind.Tag is { } tag && tags.Contains(tag))));
    }

    // In the order of the tree what is deeper than a point belongs to it, up to the next that is not
    private HashSet<long> WithBelow(IReadOnlyCollection<long> chosen)
    {
        var (held, under) = (new HashSet<long>(), int.MaxValue);
        foreach (var point in KeyPoints)
        {
            if (point.Depth <= under) under = chosen.Contains(point.Id) ? point.Depth : int.MaxValue;
            if (under < int.MaxValue) held.Add(point.Id);
        }

        return held;
    }

    internal static async Task<DeckScope> OfAsync(NpgsqlConnection connection, Deck deck)
    {
        var counts = (await connection.QueryAsync<(long KeyPoint, string Type, int Questions)>(
            "select key_point_id, type, count(*)::int from question where source_id = @Source and status = 'published' group by key_point_id, type", new { deck.Source })).AsList();
        var points = (await connection.QueryAsync<(long Id, long? Parent, string Heading)>(
            "select id, parent_id, heading from key_point where source_id = @Source order by position, id", new { deck.Source })).AsList();
        var tagged = (await connection.QueryAsync<(long KeyPoint, string Type, string Tag, int Questions)>(
            """
            select q.key_point_id, q.type, t.tag, count(*)::int
            from question q join question_tag t on t.question_id = q.id
            where q.source_id = @Source and q.status = 'published'
            group by q.key_point_id, q.type, t.tag
            """,
            new { deck.Source })).AsList();
        var own = counts.GroupBy(row => row.KeyPoint).ToDictionary(point => point.Key, point => point.Sum(row => row.Questions));
        var below = points.ToLookup(point => point.Parent ?? 0);
        return new DeckScope(
            [.. Under(0, 0)],
            [.. counts.GroupBy(row => row.Type, StringComparer.Ordinal).Select(type => new ScopeType(type.Key, type.Sum(row => row.Questions))).OrderBy(type => Array.IndexOf(Order, type.Type))],
            [
                // one that was chosen and is gone since is shown, or nobody could see why the deck is empty
                .. tagged.Select(row => row.Tag).Concat(deck.Tags ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                    .Select(tag => new ScopeTag(tag, tagged.Where(row => row.Tag == tag).Sum(row => row.Questions))),
            ],
            counts.Select(row => (row.KeyPoint, row.Type, (string?)null)).Concat(tagged.Select(row => (row.KeyPoint, row.Type, (string?)row.Tag))).ToHashSet());

        IEnumerable<ScopePoint> Under(long parent, int depth)
        {
            foreach (var point in below[parent])
            {
                var deeper = Under(point.Id, depth + 1).ToList();
                var questions = own.GetValueOrDefault(point.Id);
                if (questions == 0 && deeper.Count == 0) continue;
                yield return new ScopePoint(point.Id, point.Heading, depth, questions, deeper.Sum(one => one.Questions));
                foreach (var one in deeper) yield return one;
            }
        }
    }

    private static readonly string[] Order = ["single_choice", "true_false", "multiple_choice", "cloze", "ordering", "matching", "flashcard"];
}

/// <summary>A key point to choose.</summary>
/// <param name="Depth">0 for the top of the tree.</param>
/// <param name="Questions">Published questions of its own.</param>
/// <param name="Below">Published questions of the key points that belong to it: who chooses it studies them too.</param>
public sealed record ScopePoint(long Id, string Heading, int Depth, int Questions, int Below);

/// <summary>A type to choose.</summary>
public sealed record ScopeType(string Type, int Questions);

/// <summary>A tag to choose.</summary>
public sealed record ScopeTag(string Tag, int Questions);
