using System.Security.Claims;

namespace StudyQuiz.App.Platform;

/// <summary>The signed-in account behind a request, if any.</summary>
/// <param name="AccountId">Null when nobody is signed in.</param>
/// <param name="Name">The user name.</param>
public sealed record Viewer(Guid? AccountId, string? Name, bool IsAdmin, bool IsEditor, bool IsHost)
{
    public bool IsSignedIn => AccountId is not null;

    public static Viewer Of(ClaimsPrincipal user)
    {
        var id = user.FindFirstValue(ClaimTypes.NameIdentifier);
        return new Viewer(
            Guid.TryParse(id, out var account) ? account : null,
            user.Identity?.Name,
            user.IsInRole(Roles.Admin),
            user.IsInRole(Roles.Editor),
            user.IsInRole(Roles.Host));
    }
}

/// <summary>The four roles. An admin may do everything; a learner needs no account at all.</summary>
public static class Roles
{
    public const string Admin = "admin";
    public const string Editor = "editor";
    public const string Host = "host";
    public const string Learner = "learner";

    public static IReadOnlyList<string> All { get; } = [Admin, Editor, Host, Learner];
}

/// <summary>Authorization policies by what they allow.</summary>
public static class Policies
{
    /// <summary>Open and run live games: hosts, editors and admins.</summary>
    public const string HostGames = "host-games";

    /// <summary>Make banks and decide on their questions: editors and admins.</summary>
    public const string EditBanks = "edit-banks";

    /// <summary>Manage accounts and roles: admins.</summary>
    public const string ManagePeople = "manage-people";
}
