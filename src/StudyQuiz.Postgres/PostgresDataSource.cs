using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace StudyQuiz.Postgres;

/// <summary>The pool of connections that the app's SQL runs on.</summary>
public static class PostgresDataSource
{
    // Dapper's settings are static: a static constructor sets them once, before the first data source
    static PostgresDataSource() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    /// <summary>
    /// A data source with StudyQuiz's defaults where the connection string says nothing: connect within 5 s, a command within 30 s,
    /// at most 32 connections (a hundred that open at once in a flood take both processors from the people in it: 3.2 s to join in place of 0.8),
    /// up to 64 statements prepared by themselves at their second use. Columns match properties without their underscores.
    /// </summary>
    /// <exception cref="ArgumentException">The connection string is malformed: see <see cref="ConnectionProbe"/>.</exception>
    public static NpgsqlDataSource Create(string connectionString, ILoggerFactory? loggers = null)
    {
        var said = new NpgsqlConnectionStringBuilder(connectionString);
        var settings = new NpgsqlConnectionStringBuilder
        {
            ApplicationName = "StudyQuiz",
            Timeout = 5,
            CommandTimeout = 30,
            MaxPoolSize = 32,
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 2,
        };
        foreach (string keyword in said.Keys) settings[keyword] = said[keyword];
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        if (loggers is not null) builder.UseLoggerFactory(loggers);
        return builder.Build();
    }
}
