using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.Domain;

namespace StudyQuiz.App.Platform;

/// <summary>The record of what people with a role did to what is everyone's. Rows are only ever added; the database refuses anything else.</summary>
public static class Audit
{
    /// <summary>Adds a row in the caller's transaction: what was done and that it was done are stored together or not at all.</summary>
    /// <param name="act">What was done, such as <c>appeal.accepted</c>.</param>
    /// <param name="subject">To what, such as <c>question/17</c>.</param>
    /// <param name="details">What is needed to understand it later.</param>
    internal static Task AddAsync(NpgsqlConnection connection, Guid? actor, string act, string subject, object details, DateTimeOffset at) =>
        connection.ExecuteAsync(
            "insert into audit (actor, act, object, details, at) values (@actor, @act, @subject, @details::jsonb, @at)",
            new { actor, act, subject, details = JsonSerializer.Serialize(details, DomainJson.Options), at });
}
