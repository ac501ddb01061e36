using System.Security.Cryptography;
using Npgsql;

namespace StudyQuiz.Postgres;

/// <summary>Asks a server that a killed app left behind whether it is the one of our cluster.</summary>
internal static class RunningServer
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    /// <summary>The server to attach to, or null when none runs on this cluster (any more).</summary>
    /// <exception cref="PostgresStartException">A process holds the cluster and doesn't answer.</exception>
    public static async Task<ServerProcess?> FindAsync(DataFolder folder, Cluster cluster, CancellationToken cancellation)
    {
        // Only a server that works in this very folder can read back what was written there a moment ago. A path proves less: the
        // folder may be a copy of one whose server still runs, or the process number may have gone to another PostgreSQL.
        var proof = RandomNumberGenerator.GetHexString(32, lowercase: true);
        DataFolder.WriteForServer(Path.Combine(folder.Cluster, "studyquiz.proof"), proof);
        var until = TimeProvider.System.GetTimestamp();
        while (ServerProcess.Of(folder.Cluster) is { IsAlive: true } running)
        {
            var answer = await AskAsync(cluster.ConnectionString(running.Port, "postgres"), cancellation);
            if (answer == proof) return running;
            if (answer is not null) break;
            if (TimeProvider.System.GetElapsedTime(until) > _patience)
                throw new PostgresStartException($"PostgreSQL (process {running.Id}) holds {folder.Path} but doesn't answer on port {running.Port}: end that process and start again.");
            await Task.Delay(100, cancellation);
        }

        if (ServerProcess.Of(folder.Cluster) is { IsAlive: true }) ServerProcess.Forget(folder.Cluster); // a server, but not of this folder
        return null;
    }

    /// <summary>What the server reads, empty when it is another one, null when it isn't ready to say.</summary>
    private static async Task<string?> AskAsync(string connectionString, CancellationToken cancellation)
    {
        try
        {
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = 5 }.ConnectionString);
            await connection.OpenAsync(cancellation);
            await using var command = new NpgsqlCommand("select pg_read_file('studyquiz.proof', true)", connection);
            return await command.ExecuteScalarAsync(cancellation) as string ?? "";
        }
        catch (PostgresException e)
        {
            return e.SqlState == PostgresErrorCodes.CannotConnectNow ? null : "";
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }
}
