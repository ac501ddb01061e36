using Npgsql;
using StudyQuiz.App.Platform.Telemetry;

namespace StudyQuiz.App.Platform;

/// <summary>Work that a host does again and again as long as it runs.</summary>
internal static class Repeatedly
{
    /// <summary>Does it at once and then so long after each end. A database that is away is told, and costs one turn.</summary>
    /// <param name="every">By the machine's own clock: nothing is due to the second.</param>
    /// <param name="work">What is done.</param>
    /// <param name="failed">Told of a database, or a game, that failed.</param>
    /// <param name="stop">Ends it.</param>
    /// <param name="due">Released where there is something to do at once; null where everything can wait for its turn.</param>
    public static async Task DoAsync(TimeSpan every, Func<CancellationToken, Task> work, Action<Exception> failed, CancellationToken stop, SemaphoreSlim? due = null)
    {
        while (!stop.IsCancellationRequested)
        {
            var worked = false;
            try
            {
                using (Traces.Begin(NameOf(work.Method.DeclaringType!))) await work(stop);
                worked = true;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception trouble) when (trouble is NpgsqlException or TimeoutException or OrleansException)
            {
                failed(trouble);
            }

            // What failed is not tried again at once, whoever asks for it
            await (worked && due is not null ? due.WaitAsync(every, stop) : Task.Delay(every, stop)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // A lambda's is a class that the compiler made within the one that it stands in
    private static string NameOf(Type worker) => worker is { IsNested: true, DeclaringType: { } outer } ? outer.Name : worker.Name;
}
