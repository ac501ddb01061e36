using System.Buffers.Binary;
using System.Globalization;
using Dapper;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Npgsql;
using StudyQuiz.Domain;

namespace StudyQuiz.App.Platform.Identity;

/// <summary>Why an account was not made. Resources are named after these.</summary>
public enum AccountRefusal
{
    BadName,

    /// <summary>Under 14 only a nickname is stored: no address, phone number or other number that tells who somebody is.</summary>
    NotANickname,
    ShortPassword,

    /// <summary>One of those that are guessed first.</summary>
    GuessedPassword,
    NameTaken,
}

/// <summary>Makes accounts. What else belongs to a new account goes into the same transaction, which the caller holds.</summary>
public static class Accounts
{
    /// <summary>Longer beats stranger: what else a password is made of is nobody's business, as long as it is none that is guessed first.</summary>
    public const int ShortestPassword = 8;

    /// <summary>
    /// Turns of PBKDF2 with HMAC-SHA-512, as OWASP asks for since 2023. A hash says how many it took; one of fewer is made anew when its password is typed.
    /// Processes that make hundreds of accounts to throw them away, as tests are, ask for less by <c>StudyQuiz.PasswordTurns</c>.
    /// </summary>
    public static int PasswordTurns { get; } = int.TryParse(AppContext.GetData("StudyQuiz.PasswordTurns") as string, NumberStyles.None, CultureInfo.InvariantCulture, out var turns) ? turns : 210_000;

    internal static IPasswordHasher<Account> Hasher { get; } = new LastingHasher();

    /// <summary>Null when an account may be made of this.</summary>
    public static AccountRefusal? Check(string? name, string? password, bool under14 = false) =>
        CheckName(name, under14) ?? CheckPassword(password, UserName.Clean(name));

    /// <summary>Null when this may be the password of whoever has that name.</summary>
    public static AccountRefusal? CheckPassword(string? password, string? name) =>
        password is null || password.Length < ShortestPassword || !StorableText.Is(password) ? AccountRefusal.ShortPassword
        : GuessedPasswords.Include(password, name) ? AccountRefusal.GuessedPassword
        : null;

    /// <summary>Null when an account may have this name.</summary>
    public static AccountRefusal? CheckName(string? name, bool under14) =>
        UserName.Clean(name) is not { } clean ? AccountRefusal.BadName
        : under14 && !UserName.IsNickname(clean) ? AccountRefusal.NotANickname
        : null;

    /// <summary>An account of what <see cref="Check"/> let pass, for <see cref="AccountStore.InsertAsync"/>.</summary>
    public static Account Prepare(string name, string password, params string[] roles)
    {
        var account = Prepare(name, Guid.CreateVersion7());
        (account.PasswordHash, account.Roles) = (Hash(password), roles);
        return account;
    }

    /// <summary>An account without a password, for someone who signs in with a passkey; the passkey names the account's id.</summary>
    public static Account Prepare(string name, Guid id)
    {
        var clean = UserName.Clean(name) ?? throw new ArgumentException("Not a user name.", nameof(name));
        return new Account { Id = id, UserName = clean, NormalizedUserName = UserName.Key(clean), SecurityStamp = SecretToken.Create(), Roles = [Roles.Learner] };
    }

    /// <summary>A password as it is kept. Whose it is makes no difference: the salt is random.</summary>
    public static string Hash(string password) => Hasher.HashPassword(null!, password);

    /// <summary>Whether a password is an account's. A hash of fewer turns is made anew then, and nothing else changes.</summary>
    public static async Task<bool> IsRightAsync(NpgsqlDataSource db, Account account, string password, CancellationToken stop)
    {
        if (account.PasswordHash is not { } hash || Hasher.VerifyHashedPassword(account, hash, password) == PasswordVerificationResult.Failed) return false;
        if (TurnsOf(hash) < PasswordTurns)
        {
            await using var connection = await db.OpenConnectionAsync(stop);
            await ByTheWay.WriteAsync(() => connection.ExecuteAsync("update account set password_hash = @anew where id = @Id and password_hash = @hash", new { anew = Hash(password), account.Id, hash }));
        }

        return true;
    }

    // Of Identity's third format: 1, the function, the turns, …
    private static uint TurnsOf(string hash) => Convert.FromBase64String(hash) is [1, _, _, _, _, .. var rest] && rest.Length >= 4 ? BinaryPrimitives.ReadUInt32BigEndian(rest) : 0;

    /// <summary>Makes an admin, who is host and editor as well. Null when it was made.</summary>
    public static async Task<AccountRefusal?> CreateAdminAsync(NpgsqlDataSource db, string name, string password, CancellationToken stop = default)
    {
        if (Check(name, password) is { } refusal) return refusal;
        await using var connection = await db.OpenConnectionAsync(stop);
        return await AccountStore.InsertAsync(connection, PrepareAdmin(name, password), stop) ? null : AccountRefusal.NameTaken;
    }

    public static Account PrepareAdmin(string name, string password) => Prepare(name, password, Roles.Admin, Roles.Host, Roles.Editor);

    /// <summary>Identity takes a hash that is made anew for a new password, which would end every session and token of the account: see <see cref="IsRightAsync"/>.</summary>
    private sealed class LastingHasher() : PasswordHasher<Account>(Options.Create(new PasswordHasherOptions { IterationCount = PasswordTurns }))
    {
        public override PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword) =>
            base.VerifyHashedPassword(user, hashedPassword, providedPassword) == PasswordVerificationResult.Failed ? PasswordVerificationResult.Failed : PasswordVerificationResult.Success;
    }
}
