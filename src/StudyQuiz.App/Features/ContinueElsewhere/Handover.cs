using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.ContinueElsewhere;

/// <summary>What takes a learner without an account to another browser: a code to type, or a link to scan.</summary>
internal sealed record NewHandover(string Code, string Path);

/// <summary>Hands a learner without an account to another browser, once, within ten minutes. Whoever has code or link is that learner then.</summary>
internal static class Handover
{
    public const string Path = "/continue";

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>Tries at a code from one network within <see cref="Lifetime"/>: a class has one for all, and 31^8 codes to guess from.</summary>
    public const int MostTries = 100;

    /// <summary>Tries from all networks together.</summary>
    public const int MostTriesAnywhere = 2000;

    // Without what is read for something else: 0 and O, 1, I and L
    private const string Letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
    private const int Length = 8;

    private const string IsGood = "purpose = 'handover' and used_at is null and expires_at > @now";

    /// <summary>Makes a code and a link in place of this learner's earlier ones.</summary>
    public static async Task<NewHandover> CreateAsync(NpgsqlConnection connection, Guid learner, DateTimeOffset now, CancellationToken stop)
    {
        var (secret, code) = (SecretToken.Create(), RandomNumberGenerator.GetString(Letters, Length));
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            delete from capability_link where (purpose = 'handover' and learner_id = @learner) or expires_at < @now - interval '1 day';
            insert into capability_link (secret_hash, code_hash, purpose, learner_id, created_at, expires_at) values (@hash, @code, 'handover', @learner, @now, @until);
            """,
            new { hash = SecretToken.Hash(secret), code = SecretToken.Hash(code), learner, now, until = now + Lifetime },
            cancellationToken: stop));
        await transaction.CommitAsync(stop);
        return new NewHandover($"{code[..4]}-{code[4..]}", $"{Path}/{secret}");
    }

    /// <summary>A code as it was made, of what somebody typed; null where it can't be one.</summary>
    public static string? Clean(string? typed)
    {
        if (typed is null || typed.Length > 40) return null;
        var code = string.Concat(typed.Normalize(NormalizationForm.FormKC).ToUpperInvariant().Where(letter => !char.IsWhiteSpace(letter) && !char.IsPunctuation(letter)));
        return code.Length == Length && code.All(Letters.Contains) ? code : null;
    }

    /// <summary>Gives the secret of a fresh link for a code, which is used up by it, and the link that was shown beside it. Null where the code is wrong, used or over.</summary>
    public static async Task<string?> ExchangeAsync(NpgsqlConnection connection, string code, DateTimeOffset now, CancellationToken stop)
    {
        var secret = SecretToken.Create();
        var exchanged = await connection.ExecuteAsync(new CommandDefinition(
            $"update capability_link set secret_hash = @hash, code_hash = null where code_hash = @code and {IsGood}",
            new { hash = SecretToken.Hash(secret), code = SecretToken.Hash(code), now },
            cancellationToken: stop));
        return exchanged == 1 ? secret : null;
    }

    /// <summary>Whose history a link hands over; null where it is used, replaced or over, or where an account has the history now.</summary>
    public static async Task<Guid?> FindAsync(NpgsqlConnection connection, string? secret, DateTimeOffset now, CancellationToken stop) =>
        secret is null ? null : await connection.QuerySingleOrDefaultAsync<Guid?>(new CommandDefinition(
            $"""
            select l.id from capability_link c join learner l on l.id = c.learner_id
            where c.secret_hash = @hash and {IsGood} and l.account_id is null and l.merged_into is null
            """,
            new { hash = SecretToken.Hash(secret), now },
            cancellationToken: stop));

    /// <summary>Uses a link up, in the caller's transaction: of two at once the second waits and then finds it used.</summary>
    public static async Task<bool> UseAsync(NpgsqlConnection connection, string secret, DateTimeOffset now, CancellationToken stop) =>
        await connection.ExecuteAsync(new CommandDefinition(
            $"update capability_link set used_at = @now, code_hash = null where secret_hash = @hash and {IsGood}",
            new { hash = SecretToken.Hash(secret), now },
            cancellationToken: stop)) == 1;
}
