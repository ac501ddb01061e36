using System.Text.Json;
using Dapper;
using Microsoft.Extensions.Primitives;
using Npgsql;
using StudyQuiz.Domain;

namespace StudyQuiz.App.Features.EditQuestion;

/// <summary>What an editor has typed and not saved, kept as it was typed, one a page: it is offered on return and goes when the question is saved or the draft discarded.</summary>
internal static class QuestionDrafts
{
    // More than the form's fields together can hold
    private const int LargestFields = 200_000;

    // What a page that was left open may still send is older than this
    private static readonly TimeSpan _closedFor = TimeSpan.FromDays(2);

    /// <summary>Keeps a form. What is older than what is kept, and what comes after the draft was closed, changes nothing: sending it again is harmless.</summary>
    /// <returns>False where it is too large.</returns>
    public static async Task<bool> KeepAsync(NpgsqlConnection connection, Guid draft, EditedQuestion row, Guid person, long sequence, IFormCollection form, DateTimeOffset now)
    {
        var fields = JsonSerializer.Serialize(Kept(form), DomainJson.Options);
        if (fields.Length > LargestFields || !StorableText.Is(fields)) return false;
        await connection.ExecuteAsync(
            """
            insert into question_draft (id, account_id, source_id, question_id, fields, sequence, kept_at) values (@draft, @person, @Source, nullif(@question, 0), @fields::jsonb, @sequence, @now)
            on conflict (id) do update set fields = excluded.fields, sequence = excluded.sequence, kept_at = excluded.kept_at
            where question_draft.account_id = excluded.account_id and question_draft.closed_at is null and question_draft.sequence < excluded.sequence
            """,
            new { draft, person, row.Source, question = row.Id, fields, sequence, now });
        return true;
    }

    /// <summary>The newest open draft of an editor: of a question, or of the new questions of a bank; a certain one where it is named.</summary>
    public static async Task<QuestionDraft?> FindAsync(NpgsqlConnection connection, EditedQuestion row, Guid person, Guid? draft = null) =>
        await connection.QuerySingleOrDefaultAsync<(Guid Id, string Fields, DateTime KeptAt)?>(
            """
            select id, fields::text, kept_at from question_draft
            where account_id = @person and source_id = @Source and question_id is not distinct from nullif(@question, 0) and closed_at is null and (@draft::uuid is null or id = @draft)
            order by kept_at desc limit 1
            """,
            new { person, row.Source, question = row.Id, draft }) is { } found
            ? new QuestionDraft(found.Id, Form(found.Fields), found.KeptAt)
            : null;

    /// <summary>Closes a draft for good, and all others of the same question: what was saved last is what the editor means.</summary>
    public static Task CloseAsync(NpgsqlConnection connection, EditedQuestion row, Guid person, Guid? draft, DateTimeOffset now) =>
        connection.ExecuteAsync(
            """
            delete from question_draft where account_id = @person and closed_at < @forgotten;
            insert into question_draft (id, account_id, source_id, question_id, fields, sequence, kept_at, closed_at)
            select @draft, @person, @Source, nullif(@question, 0), '[]', 0, @now, @now where @draft::uuid is not null
            on conflict (id) do nothing;
            update question_draft set closed_at = @now, fields = '[]'
            where account_id = @person and closed_at is null and (id = @draft or (@question > 0 and question_id = @question))
            """,
            new { person, row.Source, question = row.Id, draft, now, forgotten = now - _closedFor });

    private static IEnumerable<string[]> Kept(IFormCollection form) =>
        form.Where(field => !field.Key.StartsWith("__", StringComparison.Ordinal)).SelectMany(field => field.Value.OfType<string>().Select(value => new[] { field.Key, value }));

    private static FormCollection Form(string fields) => new(
        JsonSerializer.Deserialize<string[][]>(fields, DomainJson.Options)!.GroupBy(field => field[0], StringComparer.Ordinal)
            .ToDictionary(field => field.Key, field => new StringValues([.. field.Select(one => one[1])]), StringComparer.Ordinal));
}

/// <summary>What was typed and not saved.</summary>
/// <param name="Form">As the browser sent it.</param>
internal sealed record QuestionDraft(Guid Id, IFormCollection Form, DateTime KeptAt);
