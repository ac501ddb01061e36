using Npgsql;

namespace StudyQuiz.App.Platform;

/// <summary>What is written while somebody only reads, such as when they came last.</summary>
internal static class ByTheWay
{
    /// <summary>Writes it, unless the database takes no writes just now: nobody is kept from reading by that, and <c>/ready</c> says so.</summary>
    public static async Task WriteAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.DiskFull)
        {
            // the next time
        }
    }
}
