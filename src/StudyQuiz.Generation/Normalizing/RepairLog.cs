namespace StudyQuiz.Generation.Normalizing;

/// <summary>Notes what the steps change.</summary>
internal sealed class RepairLog(string raw)
{
    private const int LongestRemoved = 80;

    private readonly List<Repair> _repairs = [];

    /// <summary>In the order of the raw text.</summary>
    public IReadOnlyList<Repair> Repairs => [.. _repairs.OrderBy(repair => repair.Start)];

    /// <summary>Notes that a stretch of the raw text was taken out.</summary>
    public void TookOut(RepairKind kind, int start, int end) =>
        _repairs.Add(new Repair(kind, start, end - start, Letters.WithoutLoneSurrogates(raw[start..Math.Min(end, start + LongestRemoved)])));

    /// <summary>The same; nothing to note for null.</summary>
    public void TookOut(RepairKind kind, (int Start, int End)? range)
    {
        if (range is { } taken) TookOut(kind, taken.Start, taken.End);
    }

    /// <summary>Notes lines that were joined, or a paragraph that was cut (<paramref name="start"/> equals <paramref name="end"/>).</summary>
    public void Changed(RepairKind kind, int start, int end, string removed = "") => _repairs.Add(new Repair(kind, start, end - start, removed));
}
