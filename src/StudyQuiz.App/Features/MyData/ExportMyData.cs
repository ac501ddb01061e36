using System.Data;
using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Npgsql;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.MyData;

/// <summary>One download of all that is kept about whoever asks. It is written row by row as the database gives it, however long the history is.</summary>
internal static class ExportMyData
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <param name="format"><c>json</c>, or <c>zip</c> for one CSV a table.</param>
    public static async Task<IResult> AnswerAsync(HttpContext http, string? format, NpgsqlDataSource db, Learners learners, Clock clock)
    {
        var account = Viewer.Of(http.User).AccountId;
        var learner = await learners.FindAsync(http);
        if ((account is null && learner is null) || format is not ("json" or "zip")) return Pages.NotFound();

        var name = string.Create(CultureInfo.InvariantCulture, $"studyquiz-{clock.Now:yyyyMMdd}.{format}");
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        http.Response.ContentType = format == "json" ? "application/json; charset=utf-8" : "application/zip";
        // A zip's table ends with a synchronous write of a few bytes, whatever one calls
        if (format == "zip") http.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
        await using ExportFile file = format == "json" ? new JsonExport(http.Response.BodyWriter) : await CsvExport.BeginAsync(http.Response.Body, http.RequestAborted);
        await WriteAsync(file, db, learner, account, http.RequestAborted);
        return TypedResults.Empty;
    }

    private static async Task WriteAsync(ExportFile file, NpgsqlDataSource db, Guid? learner, Guid? account, CancellationToken stop)
    {
        await using var connection = await db.OpenConnectionAsync(stop);
        // All tables as they are at one moment
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);
        foreach (var section in ExportSections.All)
        {
            await using var command = new NpgsqlCommand(section.Sql, connection) { CommandTimeout = (int)Patience.TotalSeconds };
            Add(command, "learner", learner);
            Add(command, "account", account);
            await using var rows = await command.ExecuteReaderAsync(stop);
            await file.BeginSectionAsync(section.Name, [.. Enumerable.Range(0, rows.FieldCount).Select(rows.GetName)], stop);
            while (await rows.ReadAsync(stop)) await file.AddRowAsync([.. Enumerable.Range(0, rows.FieldCount).Select(i => Read(rows, i))], stop);
            await file.EndSectionAsync(stop);
        }

        await file.EndAsync(stop);
    }

    private static void Add(NpgsqlCommand command, string name, Guid? value)
    {
        if (command.CommandText.Contains('@' + name, StringComparison.Ordinal))
            command.Parameters.Add(new NpgsqlParameter(name, NpgsqlTypes.NpgsqlDbType.Uuid) { Value = (object?)value ?? DBNull.Value });
    }

    private static object? Read(NpgsqlDataReader rows, int column) =>
        rows.IsDBNull(column) ? null
        : rows.GetPostgresType(column).Name == "jsonb" ? new JsonText(rows.GetString(column))
        : rows.GetValue(column);
}

/// <summary>A value that is JSON already.</summary>
internal sealed record JsonText(string Json)
{
    public override string ToString() => Json;
}
