using System.Net.Sockets;
using Npgsql;

namespace StudyQuiz.Postgres;

/// <summary>Says in one line what is wrong with a connection, for the start of the app and its doctor.</summary>
public static class ConnectionProbe
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Connects once, for at most 5 seconds. Null when the database can be used, else one line that says what is wrong and what
    /// to do. It never holds the password, nor any other part of a string that can't be parsed.
    /// </summary>
    public static async Task<string?> DescribeFailure(string connectionString, CancellationToken cancellation = default)
    {
        if (connectionString.Contains("://", StringComparison.Ordinal))
            return "The connection string is written as an address: write 'Host=…;Port=5432;Database=…;Username=…;Password=…' instead.";
        NpgsqlConnectionStringBuilder to;
        try
        {
            to = new(connectionString) { Pooling = false, Timeout = (int)_patience.TotalSeconds };
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return "The connection string can't be read: write 'Host=…;Port=5432;Database=…;Username=…;Password=…', and put a value with ; or = into single quotes.";
        }
        if (string.IsNullOrEmpty(to.Host)) return "The connection string names no host: add 'Host=…'.";

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(_patience);
        try
        {
            await using var connection = new NpgsqlConnection(to.ConnectionString);
            await connection.OpenAsync(limit.Token);
            return connection.PostgreSqlVersion.Major >= PostgresBinaries.OldestMajor ? null
                : $"PostgreSQL at {Place(to)} is version {connection.PostgreSqlVersion}: StudyQuiz needs {PostgresBinaries.OldestMajor} or newer, upgrade the server or name another.";
        }
        catch (PostgresException e)
        {
            return Refusal(to, e);
        }
        catch (NpgsqlException e)
        {
            return Unreachable(to, e);
        }
        catch (SocketException e)
        {
            return Unreachable(to, e);
        }
        catch (Exception e) when (e is TimeoutException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return Silent(to);
        }
    }

    private static string Place(NpgsqlConnectionStringBuilder to) => $"{to.Host}:{to.Port}";

    private static string Silent(NpgsqlConnectionStringBuilder to) =>
        $"No answer from {Place(to)} within {_patience.TotalSeconds:0} s: check the address, and that no firewall is between.";

    private static string Refusal(NpgsqlConnectionStringBuilder to, PostgresException e) => e.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword => $"PostgreSQL at {Place(to)} refuses the password of user '{to.Username}' (28P01): correct Username and Password in the connection string.",
        PostgresErrorCodes.InvalidAuthorizationSpecification => $"PostgreSQL at {Place(to)} doesn't let user '{to.Username}' in (28000): create the user, or allow this machine in pg_hba.conf.",
        PostgresErrorCodes.InvalidCatalogName => $"PostgreSQL at {Place(to)} has no database '{to.Database ?? to.Username}' (3D000): create it with 'createdb', or correct Database in the connection string.",
        PostgresErrorCodes.InsufficientPrivilege => $"User '{to.Username}' may not connect to database '{to.Database}' at {Place(to)} (42501): grant it CONNECT.",
        PostgresErrorCodes.TooManyConnections => $"PostgreSQL at {Place(to)} has no connection left (53300): raise max_connections, or end what holds them.",
        PostgresErrorCodes.CannotConnectNow => $"PostgreSQL at {Place(to)} is starting or stopping (57P03): try again in a moment.",
        _ => $"PostgreSQL at {Place(to)} refuses the connection ({e.SqlState}): {OneLine(e.MessageText)}.",
    };

    private static string Unreachable(NpgsqlConnectionStringBuilder to, Exception e)
    {
        for (var cause = e; cause is not null; cause = cause.InnerException!)
        {
            if (cause is TimeoutException) return Silent(to);
            if (cause is not SocketException socket) continue;
            return socket.SocketErrorCode switch
            {
                SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => $"The host '{to.Host}' is unknown: correct Host in the connection string.",
                SocketError.ConnectionRefused => $"Nothing listens at {Place(to)}: start PostgreSQL there, or correct Host and Port in the connection string.",
                SocketError.TimedOut => Silent(to),
                _ => $"{Place(to)} can't be reached ({socket.SocketErrorCode}): check the network, or correct Host and Port in the connection string.",
            };
        }
        return e.Message.Contains("password", StringComparison.OrdinalIgnoreCase)
            ? $"PostgreSQL at {Place(to)} asks for a password: add Username and Password to the connection string."
            : $"The connection to {Place(to)} failed: {OneLine(e.Message)}. Check that it is a PostgreSQL server, and its TLS settings.";
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
