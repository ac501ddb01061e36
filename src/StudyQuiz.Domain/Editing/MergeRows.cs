using System.Globalization;

namespace StudyQuiz.Domain.Editing;

/// <summary>Merges options or pairs: each is followed from where both found it to where either put it.</summary>
internal static class MergeRows
{
    private static readonly QuestionRow _nothing = new("", "", false);

    public static (IReadOnlyList<MergedRow> Rows, IReadOnlyList<MergedRow> Gone, MergeState Order, MergedField Key) Of(IReadOnlyList<QuestionRow> found, IReadOnlyList<QuestionRow> mine, IReadOnlyList<QuestionRow> theirs)
    {
        var (fromMine, fromTheirs) = (Followed(found, mine), Followed(found, theirs));
        var slots = found.Select((row, at) => new Slot(row, RowOf(mine, fromMine, at), RowOf(theirs, fromTheirs, at))).ToList();
        // of what is new on both sides the same words are the same row
        var newMine = New(mine, fromMine);
        foreach (var row in newMine) slots.Add(new Slot(_nothing, row, New(theirs, fromTheirs).FirstOrDefault(other => other.First == row.First) ?? _nothing));
        foreach (var row in New(theirs, fromTheirs).Where(row => newMine.All(own => own.First != row.First))) slots.Add(new Slot(_nothing, _nothing, row));

        var (movedMine, movedTheirs) = (Moved(fromMine), Moved(fromTheirs));
        var leading = movedTheirs && !movedMine ? theirs : mine;
        var kept = slots.Where(slot => !slot.IsGone).OrderBy(slot => Place(slot, leading, ReferenceEquals(leading, mine))).ToList();
        var order = (movedMine, movedTheirs) switch
        {
            (false, false) => MergeState.Untouched,
            (true, false) => MergeState.Mine,
            (false, true) => MergeState.Theirs,
            _ => MergeState.Alike,
        };
        return ([.. kept.Select(slot => slot.Merged)], [.. slots.Where(slot => slot.IsGone).Select(slot => slot.Merged)], order, new MergedField(Key(kept, slot => slot.Found), Key(kept, slot => slot.Mine), Key(kept, slot => slot.Theirs)));
    }

    private sealed record Slot(QuestionRow Found, QuestionRow Mine, QuestionRow Theirs)
    {
        public MergedRow Merged => new(new MergedField(Found.First, Mine.First, Theirs.First), new MergedField(Found.Second, Mine.Second, Theirs.Second));

        // Taken out by one and left as it was by the other, or taken out by both
        public bool IsGone => Merged.First is var words && words.Value.Length == 0 && words.State != MergeState.Conflict;
    }

    // For each row of one side, the row that it was; null where it is new
    private static int?[] Followed(IReadOnlyList<QuestionRow> found, IReadOnlyList<QuestionRow> side)
    {
        var was = new int?[side.Count];
        var free = Enumerable.Range(0, found.Count).ToHashSet();
        for (var i = 0; i < side.Count; i++)
            if (free.Order().Cast<int?>().FirstOrDefault(at => found[at!.Value].First == side[i].First) is { } same) Take(i, same);
        // reworded where it stood
        for (var i = 0; i < side.Count; i++)
            if (was[i] is null && free.Contains(i)) Take(i, i);
        return was;

        void Take(int i, int at)
        {
            was[i] = at;
            free.Remove(at);
        }
    }

    private static QuestionRow RowOf(IReadOnlyList<QuestionRow> side, int?[] was, int at) => Array.IndexOf(was, at) is >= 0 and var i ? side[i] : _nothing;

    private static List<QuestionRow> New(IReadOnlyList<QuestionRow> side, int?[] was) => [.. side.Where((_, i) => was[i] is null)];

    private static bool Moved(int?[] was) => was.OfType<int>().Zip(was.OfType<int>().Skip(1), (one, next) => next < one).Any(moved => moved);

    // What the leading side does not have stands at the end
    private static int Place(Slot slot, IReadOnlyList<QuestionRow> leading, bool isMine)
    {
        var row = isMine ? slot.Mine : slot.Theirs;
        for (var i = 0; i < leading.Count; i++)
            if (ReferenceEquals(leading[i], row)) return i;
        return int.MaxValue;
    }

    private static string Key(List<Slot> slots, Func<Slot, QuestionRow> of) =>
        string.Join(',', slots.Select((slot, at) => (of(slot).Correct, at)).Where(one => one.Correct).Select(one => one.at.ToString(CultureInfo.InvariantCulture)));
}
