using Dapper;
using Npgsql;
using StudyQuiz.App.Features.ReadAudit;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Platform.Identity;

namespace StudyQuiz.App.Features.ManagePeople;

/// <summary>What admins do to others' accounts, each in a transaction of its own and on record: for the page and for programs.</summary>
internal static class ChangePeople
{
    /// <param name="version">The one that was on the screen, so that what was chosen before another admin's change does not undo it.</param>
    /// <param name="roles">Those that are none are left out.</param>
    /// <returns>Why nothing was changed; null where it is as it was wished.</returns>
    public static async Task<PeopleRefusal?> SetRolesAsync(NpgsqlConnection connection, AccountStore store, Guid id, int version, IEnumerable<string> roles, Guid admin, DateTimeOffset now)
    {
        if (await store.FindAnyAsync(id, default) is not { } account) return PeopleRefusal.Gone;
        var before = account.Roles;
        account.Version = version;
        account.Roles = [.. Roles.All.Intersect(roles, StringComparer.Ordinal)];
        await using var transaction = await connection.BeginTransactionAsync();
        var saved = await AccountStore.SaveAsync(connection, account, default);
        if (!saved.Succeeded) return saved.Errors.Any(error => error.Code == AccountStore.LastAdmin) ? PeopleRefusal.LastAdmin : PeopleRefusal.Changed;
        if (!before.ToHashSet(StringComparer.Ordinal).SetEquals(account.Roles)) await Audit.AddAsync(connection, admin, AuditActs.Roles, AuditActs.OfAccount(id), new { before, after = account.Roles }, now);
        await transaction.CommitAsync();
        return null;
    }

    /// <summary>Ends every session of an account, and every token.</summary>
    /// <returns>False where there is no such account.</returns>
    public static async Task<bool> SignOutAsync(NpgsqlConnection connection, Guid id, Guid admin, DateTimeOffset now)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        if (!await connection.QuerySingleAsync<bool>("select exists (select 1 from account where id = @id and erased_at is null)", new { id })) return false;
        await AccountStore.EndSessionsAsync(connection, id, default);
        await Audit.AddAsync(connection, admin, AuditActs.SignedOut, AuditActs.OfAccount(id), new { }, now);
        await transaction.CommitAsync();
        return true;
    }

    /// <summary>Switches an account off or on. Off, its sessions end at once and nobody signs in to it; what it made stays.</summary>
    /// <returns>Why nothing was changed; null where it was.</returns>
    public static async Task<PeopleRefusal?> SwitchAsync(NpgsqlConnection connection, AccountStore store, Guid id, bool off, Guid admin, DateTimeOffset now)
    {
        if (await store.FindAnyAsync(id, default) is null) return PeopleRefusal.Gone;
        await using var transaction = await connection.BeginTransactionAsync();
        if (!await AccountStore.SwitchAsync(connection, id, off, now)) return off ? PeopleRefusal.LastAdmin : PeopleRefusal.Changed;
        await Audit.AddAsync(connection, admin, off ? AuditActs.Disabled : AuditActs.Enabled, AuditActs.OfAccount(id), new { }, now);
        await transaction.CommitAsync();
        return null;
    }

    /// <summary>Gives somebody more of others' time: for every clock that starts after it, as if its learner had set it.</summary>
    /// <param name="zone">Of a learner who is begun by it.</param>
    /// <returns>False where there is no such account.</returns>
    public static async Task<bool> GiveTimeAsync(NpgsqlConnection connection, Guid id, decimal share, string zone, Guid admin, DateTimeOffset now)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var given = await connection.ExecuteAsync(
            """
            insert into learner as l (id, account_id, time_zone, extra_time)
            select @learner, a.id, @zone, @share from account a where a.id = @id and a.erased_at is null
            on conflict (account_id) do update set extra_time = excluded.extra_time
            """,
            new { learner = Guid.CreateVersion7(), id, zone, share });
        if (given == 0) return false;
        await Audit.AddAsync(connection, admin, AuditActs.ExtraTime, AuditActs.OfAccount(id), new { extra = share }, now);
        await transaction.CommitAsync();
        return true;
    }
}
