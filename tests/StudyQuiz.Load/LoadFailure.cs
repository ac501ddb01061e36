namespace StudyQuiz.Load;

/// <summary>A run can't be carried out or took longer than its phase may; the message is one line.</summary>
internal sealed class LoadFailure(string message) : Exception(message);

/// <summary>Bounds on waiting.</summary>
internal static class Patience
{
    /// <summary>Waits for something that must happen within a time.</summary>
    /// <exception cref="LoadFailure">It did not.</exception>
    public static async Task<T> WithinAsync<T>(this Task<T> work, TimeSpan limit, string what, CancellationToken stop)
    {
        try
        {
            return await work.WaitAsync(limit, stop);
        }
        catch (TimeoutException)
        {
            throw new LoadFailure($"{what} took longer than {limit.TotalSeconds:0} s.");
        }
    }

    /// <summary>Waits for something that ought to happen within a time; false when it did not.</summary>
    public static async Task<bool> ComesWithinAsync(this Task work, TimeSpan limit, CancellationToken stop)
    {
        try
        {
            await work.WaitAsync(limit, stop);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
