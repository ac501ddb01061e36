using System.Diagnostics;

namespace StudyQuiz.App.Live;

/// <summary>Calls to games that survive the death of the host that ran them.</summary>
internal static class Failover
{
    // The others know of a death after two seconds, and the next call starts the game anew.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Repeats a call that got lost with the game's host. Every call that is made with it does no harm when it is made twice.</summary>
    public static async Task<T> InsistAsync<T>(Func<Task<T>> call)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return await call();
            }
            catch (Exception gone) when (gone is SiloUnavailableException or OrleansMessageRejectionException && Stopwatch.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(Pause);
            }
        }
    }
}
