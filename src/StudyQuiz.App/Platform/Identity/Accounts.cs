using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace StudyQuiz.App.Platform.Identity;

/// <summary>Why an account was not made. Resources are named after these.</summary>
public enum AccountRefusal
{
    BadName,
    ShortPassword,
    NameTaken,
}

/// <summary>Makes accounts. What else belongs to a new account goes into the same transaction, which the caller holds.</summary>
public static class Accounts
{
    /// <summary>The whole rule for passwords: longer beats stranger.</summary>
    public const int ShortestPassword = 8;

    private static readonly PasswordHasher<Account> Hasher = new();

    /// <summary>Null when an account may be made of this.</summary>
    public static AccountRefusal? Check(string? name, string? password) =>
        UserName.Clean(name) is null ? AccountRefusal.BadName
        : password is null || password.Length < ShortestPassword ? AccountRefusal.ShortPassword
        : null;

    /// <summary>An account of what <see cref="Check"/> let pass, for <see cref="AccountStore.InsertAsync"/>.</summary>
    public static Account Prepare(string name, string password, params string[] roles)
    {
        var clean = UserName.Clean(name) ?? throw new ArgumentException("Not a user name.", nameof(name));
        var account = new Account
        {
            Id = Guid.CreateVersion7(),
            UserName = clean,
            NormalizedUserName = UserName.Key(clean),
            SecurityStamp = SecretToken.Create(),
            Roles = roles,
        };
        account.PasswordHash = Hash(password);
        return account;
    }

    /// <summary>A password as it is kept. Whose it is makes no difference: the salt is random.</summary>
    public static string Hash(string password) => Hasher.HashPassword(null!, password);

    /// <summary>Makes an admin, who is host and editor as well. Null when it was made.</summary>
    public static async Task<AccountRefusal?> CreateAdminAsync(NpgsqlDataSource db, string name, string password, CancellationToken stop = default)
    {
        if (Check(name, password) is { } refusal) return refusal;
        await using var connection = await db.OpenConnectionAsync(stop);
        return await AccountStore.InsertAsync(connection, PrepareAdmin(name, password), stop) ? null : AccountRefusal.NameTaken;
    }

    public static Account PrepareAdmin(string name, string password) => Prepare(name, password, Roles.Admin, Roles.Host, Roles.Editor);
}
