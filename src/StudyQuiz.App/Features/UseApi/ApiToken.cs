using Dapper;
using Npgsql;
using StudyQuiz.App.Features.ReadAudit;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;

namespace StudyQuiz.App.Features.UseApi;

/// <summary>A personal token: a secret by which a program acts for its owner, for some purposes and a time.</summary>
/// <param name="ScopeList">Parted by spaces.</param>
public sealed record ApiToken(Guid Id, string Name, string ScopeList, DateTime CreatedAt, DateTime ExpiresAt, DateTime? LastUsedAt)
{
    /// <summary>What every token begins with, so that one that leaked is known for what it is.</summary>
    public const string Prefix = "sq_";

    public const int LongestName = 100;

    /// <summary>The most that one account may have.</summary>
    public const int Most = 50;

    /// <summary>How many days a token may be good.</summary>
    public static readonly (int Least, int Most) Days = (1, 366);

    public IReadOnlyList<string> Scopes => ScopeList.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private const string Columns = "id, name, array_to_string(scopes, ' ') as ScopeList, created_at as CreatedAt, expires_at as ExpiresAt, last_used_at as LastUsedAt";

    /// <summary>Those that are good, the newest first.</summary>
    internal static async Task<IReadOnlyList<ApiToken>> OfAsync(NpgsqlConnection connection, Guid account, DateTimeOffset now) =>
        (await connection.QueryAsync<ApiToken>($"select {Columns} from api_token where account_id = @account and revoked_at is null and expires_at > @now order by created_at desc, id", new { account, now })).AsList();

    /// <summary>Makes one.</summary>
    /// <returns>It and its secret, which is not kept; null where the name is none, no scope is known, or there are too many.</returns>
    internal static async Task<(ApiToken Token, string Secret)?> MakeAsync(NpgsqlConnection connection, Guid account, string? name, IEnumerable<string?> scopes, int days, DateTimeOffset now)
    {
        var clean = StorableText.Clean(name ?? "").Trim();
        var known = ApiScopes.All.Intersect(scopes.OfType<string>(), StringComparer.Ordinal).ToArray();
        if (clean.Length is 0 or > LongestName || !StorableText.Is(clean) || known.Length == 0) return null;
        var secret = Prefix + SecretToken.Create();
        await using var transaction = await connection.BeginTransactionAsync();
        var made = await connection.QuerySingleOrDefaultAsync<ApiToken>(
            $"""
            insert into api_token (id, account_id, name, secret_hash, scopes, created_at, expires_at)
            select @id, @account, @clean, @hash, @known, @now, @until where (select count(*) from api_token where account_id = @account and revoked_at is null and expires_at > @now) < @Most
            returning {Columns}
            """,
            new { id = Guid.CreateVersion7(), account, clean, hash = SecretToken.Hash(secret), known, now, until = now.AddDays(Math.Clamp(days, Days.Least, Days.Most)), Most });
        if (made is null) return null;
        await Audit.AddAsync(connection, account, AuditActs.TokenMade, AuditActs.OfAccount(account), new { name = clean, scopes = known }, now);
        await transaction.CommitAsync();
        return (made, secret);
    }

    internal static async Task<bool> RevokeAsync(NpgsqlConnection connection, Guid account, Guid id, DateTimeOffset now)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        if (await connection.QuerySingleOrDefaultAsync<string?>("update api_token set revoked_at = @now where id = @id and account_id = @account and revoked_at is null returning name", new { id, account, now }) is not { } name) return false;
        await Audit.AddAsync(connection, account, AuditActs.TokenRevoked, AuditActs.OfAccount(account), new { name }, now);
        await transaction.CommitAsync();
        return true;
    }

    /// <summary>Whose a secret is and what for; that it was used is written once a minute. Null where it is none, or good no more.</summary>
    internal static async Task<(Guid Id, Guid Account, string Scopes)?> UseAsync(NpgsqlConnection connection, string secret, DateTimeOffset now)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal) || !SecretToken.HasShape(secret[Prefix.Length..])) return null;
        var hash = SecretToken.Hash(secret);
        var found = await connection.QuerySingleOrDefaultAsync<(Guid Id, Guid Account, string Scopes, bool IsStale)?>(
            """
            select t.id, t.account_id, array_to_string(t.scopes, ' '), t.last_used_at is null or t.last_used_at < @now - interval '1 minute' from api_token t join account a on a.id = t.account_id
            where t.secret_hash = @hash and t.revoked_at is null and t.expires_at > @now and a.disabled_at is null and a.erased_at is null
            """,
            new { hash, now });
        if (found is { IsStale: true }) await ByTheWay.WriteAsync(() => connection.ExecuteAsync("update api_token set last_used_at = @now where secret_hash = @hash", new { hash, now }));
        return found is { } token ? (token.Id, token.Account, token.Scopes) : null;
    }
}
