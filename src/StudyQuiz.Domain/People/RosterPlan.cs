namespace StudyQuiz.Domain.People;

/// <summary>What becomes of a line. Resources are named after these.</summary>
public enum LineFate
{
    /// <summary>A new person.</summary>
    New,

    /// <summary>Somebody known by their number who is in another group of the tree: goes to the one that the line names.</summary>
    Moved,

    /// <summary>Somebody known by name in that group, whose number was not known yet.</summary>
    Numbered,

    /// <summary>Somebody who is there already.</summary>
    Unchanged,
    Refused,
}

/// <summary>Somebody on the lists of a tree of groups.</summary>
public sealed record KnownMember(Guid Id, Guid Group, string Name, string? Code);

/// <summary>A group of a tree.</summary>
public sealed record KnownGroup(Guid Id, Guid? Parent, string Name);

/// <summary>A line with what becomes of it.</summary>
/// <param name="Group">The group that it goes to; null where that has to be made first, or nothing is done.</param>
/// <param name="Member">The person who is known.</param>
/// <param name="Other">Who has the number already.</param>
public sealed record PlannedLine(RosterLine Line, LineFate Fate, LineRefusal? Refusal = null, Guid? Group = null, Guid? Member = null, string? Other = null);

/// <summary>Compares a list with the people of a tree of groups. A list that is given again finds everybody there and changes nothing.</summary>
public static class RosterPlan
{
    /// <summary>How many levels of groups there may be.</summary>
    public const int Deepest = 6;

    /// <param name="lines">The list.</param>
    /// <param name="target">The group that it is for.</param>
    /// <param name="groups">The whole tree, the target in it.</param>
    /// <param name="members">Everybody in it.</param>
    public static IReadOnlyList<PlannedLine> Of(IReadOnlyList<RosterLine> lines, Guid target, IReadOnlyList<KnownGroup> groups, IReadOnlyList<KnownMember> members)
    {
        var children = groups.ToLookup(group => group.Parent);
        var below = Below(target, children);
        var above = PathOf(target, null, groups);
        var depth = DepthOf(target, groups);
        var byCode = members.Where(member => member.Code is not null).GroupBy(member => member.Code!, StringComparer.OrdinalIgnoreCase).ToDictionary(same => same.Key, same => same.First(), StringComparer.OrdinalIgnoreCase);
        var byName = members.ToLookup(member => RosterLines.Called(member.Name), StringComparer.OrdinalIgnoreCase);
        var used = new HashSet<Guid>();
        return [.. lines.Select(Plan)];

        PlannedLine Plan(RosterLine line)
        {
            if (line.Refusal is { } refusal) return new PlannedLine(line, LineFate.Refused, refusal);
            // A path may begin with the group itself, as its own export does, or above it
            var known = Enumerable.Range(0, Math.Min(line.Units.Count, above.Count) + 1).Last(count => line.Units.Take(count).SequenceEqual(above.TakeLast(count), StringComparer.OrdinalIgnoreCase));
            line = line with { Units = [.. line.Units.Skip(known)] };
            var units = line.Units;
            var group = Find(target, units);
            if (group is null && depth + units.Count > Deepest) return new PlannedLine(line, LineFate.Refused, LineRefusal.Deep);
            if (line.Code is not null && byCode.TryGetValue(line.Code, out var person))
            {
                if (!Same(RosterLines.Called(person.Name), line.Name)) return new PlannedLine(line, LineFate.Refused, LineRefusal.NumberTaken, Other: person.Name);
                // A line without a unit leaves somebody in whichever group below they are
                var stays = units.Count == 0 ? below.Contains(person.Group) : person.Group == group;
                return stays ? new PlannedLine(line, LineFate.Unchanged, Group: person.Group, Member: person.Id) : new PlannedLine(line, LineFate.Moved, Group: group, Member: person.Id);
            }

            var namesakes = byName[line.Name].Where(member => (units.Count == 0 ? below.Contains(member.Group) : member.Group == group) && !used.Contains(member.Id)).OrderBy(member => member.Group != target).ToList();
            var one = line.Code is null ? namesakes.FirstOrDefault() : namesakes.Find(member => member.Code is null);
            if (one is null) return new PlannedLine(line, LineFate.New, Group: group);
            used.Add(one.Id);
            return new PlannedLine(line, line.Code is null ? LineFate.Unchanged : LineFate.Numbered, Group: one.Group, Member: one.Id);
        }

        // A group's own name may have a stroke in it
        Guid? Find(Guid at, IReadOnlyList<string> units) => units.Count == 0 ? at : Enumerable.Range(1, units.Count)
            .SelectMany(taken => children[at].Where(group => Same(group.Name, string.Join('/', units.Take(taken)))).Select(group => Find(group.Id, [.. units.Skip(taken)])))
            .FirstOrDefault(found => found is not null);
    }

    /// <summary>A group and all below it.</summary>
    public static IReadOnlySet<Guid> Below(Guid top, ILookup<Guid?, KnownGroup> children)
    {
        var all = new HashSet<Guid> { top };
        var next = new Stack<Guid>([top]);
        while (next.TryPop(out var at))
        {
            foreach (var child in children[at].Where(child => all.Add(child.Id))) next.Push(child.Id);
        }

        return all;
    }

    /// <summary>Its name and those above, from the top or from a group above it.</summary>
    public static IReadOnlyList<string> PathOf(Guid group, Guid? from, IReadOnlyList<KnownGroup> groups)
    {
        var known = groups.ToDictionary(one => one.Id);
        var path = new List<string>();
        for (Guid? at = group; at is { } id && path.Count <= groups.Count && known.TryGetValue(id, out var one); at = id == from ? null : one.Parent) path.Insert(0, one.Name);
        return path;
    }

    /// <summary>Its level; 1 at the top.</summary>
    public static int DepthOf(Guid group, IReadOnlyList<KnownGroup> groups)
    {
        var parents = groups.ToDictionary(one => one.Id, one => one.Parent);
        var depth = 0;
        for (Guid? at = group; at is { } id && depth <= groups.Count; at = parents.GetValueOrDefault(id)) depth++;
        return depth;
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
