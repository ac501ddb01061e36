namespace StudyQuiz.App.Platform.Identity;

/// <summary>Someone who can sign in. ASP.NET Core Identity changes it in place and the store writes it back.</summary>
public sealed class Account
{
    public required Guid Id { get; init; }

    public required string UserName { get; set; }

    /// <summary>What makes a user name unique, see <see cref="Identity.UserName.Key"/>.</summary>
    public required string NormalizedUserName { get; set; }

    public string? PasswordHash { get; set; }

    /// <summary>Cookies carry it; a new one ends every session of the account.</summary>
    public required string SecurityStamp { get; set; }

    /// <summary>The version that was read: an update from an older one is refused.</summary>
    public int Version { get; set; } = 1;

    public string[] Roles { get; set; } = [];
}
