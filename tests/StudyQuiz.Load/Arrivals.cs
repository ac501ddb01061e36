using System.Diagnostics;

namespace StudyQuiz.Load;

/// <summary>When something reached each of a crowd, once for each.</summary>
/// <param name="crowd">How many it should reach.</param>
internal sealed class Arrivals(int crowd)
{
    private readonly long[] _at = new long[crowd];
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private long _first;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Completes when it has reached everyone.</summary>
    public Task All => _all.Task;

    /// <summary>When it reached somebody for the first time; 0 before that.</summary>
    public long First => Volatile.Read(ref _first);

    /// <summary>When it reached this one; 0 where it did not.</summary>
    public long this[int index] => Volatile.Read(ref _at[index]);

    /// <summary>Notes the first time for this one; later ones are ignored.</summary>
    public void Note(int index, long at)
    {
        if (Interlocked.CompareExchange(ref _at[index], at, 0) != 0) return;
        Interlocked.CompareExchange(ref _first, at, 0);
        if (Interlocked.Increment(ref _count) == crowd) _all.TrySetResult();
    }

    /// <summary>Times from a moment to each arrival.</summary>
    public IEnumerable<TimeSpan> Since(long moment) => _at.Where(at => at != 0).Select(at => Stopwatch.GetElapsedTime(moment, at));

    /// <summary>Time between the first and the last arrival.</summary>
    public TimeSpan Spread => Count == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(_at.Where(at => at != 0).Min(), _at.Max());
}
