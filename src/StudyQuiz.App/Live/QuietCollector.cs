namespace StudyQuiz.App.Live;

/// <summary>
/// Has the garbage collector stop when most of a room has answered, and next to nobody waits for anything. Under 5,000 connections it stops everything
/// for some 50 ms, and what their answers leave behind is nearly what starts it: left alone, it comes in the middle of a reveal, where the last phones
/// wait for it.
/// </summary>
public sealed class QuietCollector
{
    // Below that many screens a collection is too short to be seen
    private const int ManyScreens = 1_000;

    // With less behind it the next reveal has room enough: rooms that answer at the same time share one collection
    private const long WorthIt = 16 << 20;

    private long _allocated;

    /// <summary>Most of a game's players have answered. Returns at once.</summary>
    /// <param name="screens">The players' screens of that game on this app host.</param>
    public void Collect(int screens)
    {
        if (screens < ManyScreens) return;
        var before = Interlocked.Read(ref _allocated);
        var now = GC.GetTotalAllocatedBytes();
        if (now - before < WorthIt || Interlocked.CompareExchange(ref _allocated, now, before) != before) return;
        _ = Task.Run(() => GC.Collect(0, GCCollectionMode.Forced, blocking: true));
    }
}
