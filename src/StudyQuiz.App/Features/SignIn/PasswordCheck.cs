using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Platform.Identity;

namespace StudyQuiz.App.Features.SignIn;

/// <summary>Asks someone who is signed in for their password again: someone at a screen that was left open guesses no faster than at the door.</summary>
internal static class PasswordCheck
{
    /// <summary>The try that failed; null where the password is right.</summary>
    public static async Task<SignInTry?> FailsAsync(HttpContext http, Account account, string? password, SignInTries tries)
    {
        var network = RateLimits.Network(http.Connection.RemoteIpAddress);
        var attempt = await tries.TakeAsync(account.UserName, network, http.RequestAborted);
        if (attempt.LockedFor is not null || !await Accounts.IsRightAsync(http.RequestServices.GetRequiredService<NpgsqlDataSource>(), account, password ?? "", http.RequestAborted))
        {
            SecurityLog.Of(http).NotConfirmed(account.Id, http.TraceIdentifier, attempt.LockedFor is not null);
            return attempt;
        }

        await tries.ForgetAsync(account.UserName, network, http.RequestAborted);
        return null;
    }
}
