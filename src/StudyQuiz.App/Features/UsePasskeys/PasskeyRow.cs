using System.Buffers.Text;
using Dapper;
using Npgsql;

namespace StudyQuiz.App.Features.UsePasskeys;

/// <summary>A passkey as its owner sees it.</summary>
public sealed record PasskeyRow(byte[] CredentialId, string? Name, DateTime CreatedAt, DateTime? UsedAt)
{
    /// <summary>Names it in a form.</summary>
    public string Id => Base64Url.EncodeToString(CredentialId);

    internal static async Task<IReadOnlyList<PasskeyRow>> OfAsync(NpgsqlConnection connection, Guid account) =>
        (await connection.QueryAsync<PasskeyRow>("select credential_id, name, created_at, used_at from account_passkey where account_id = @account order by created_at", new { account })).AsList();
}
