namespace StudyQuiz.App.Platform.Identity;

/// <summary>
/// What happens at the doors, under one category of the log: who came in by what and who did not, and what changed about how somebody comes in.
/// Accounts stand by their number. What was typed is never logged, for a password that was typed into the wrong field is a name too; nor are
/// addresses, which the privacy notice promises. The number of the request leads to its line in <see cref="RequestLog"/>.
/// </summary>
internal sealed partial class SecurityLog(ILoggerFactory loggers)
{
    public const string Category = "StudyQuiz.Security";

    private readonly ILogger _logger = loggers.CreateLogger(Category);

    public static SecurityLog Of(HttpContext http) => http.RequestServices.GetRequiredService<SecurityLog>();

    [LoggerMessage(Level = LogLevel.Information, Message = "Account {Account} signed in by {Way} (request {Request})")]
    public partial void SignedIn(Guid account, string way, string request);

    /// <param name="account">Null where what was sent is nobody's.</param>
    [LoggerMessage(Level = LogLevel.Warning, Message = "A sign-in by {Way} to account {Account} failed (request {Request}; locked: {Locked})")]
    public partial void Failed(string way, Guid? account, string request, bool locked);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Account {Account} is signed in, but its password was wrong where it is asked for again (request {Request}; locked: {Locked})")]
    public partial void NotConfirmed(Guid account, string request, bool locked);

    [LoggerMessage(Level = LogLevel.Information, Message = "Account {Account} signed out")]
    public partial void SignedOut(Guid account);

    [LoggerMessage(Level = LogLevel.Information, Message = "Account {Account} has a new password")]
    public partial void PasswordChanged(Guid account);

    /// <param name="what">Such as "passkey added".</param>
    [LoggerMessage(Level = LogLevel.Information, Message = "Ways into account {Account} changed: {What}")]
    public partial void WaysChanged(Guid account, string what);
}

/// <summary>By what somebody signs in, for <see cref="SecurityLog"/>.</summary>
internal static class SignInWays
{
    public const string Password = "password";
    public const string Passkey = "passkey";
    public const string NewAccount = "new account";
    public const string ResetLink = "link for a new password";
    public const string FirstAdmin = "link of the first admin";
    public const string Elsewhere = "another service";
    public const string Token = "token";
}
