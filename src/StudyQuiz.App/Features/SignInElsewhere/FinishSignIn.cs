using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Platform.Identity;
using StudyQuiz.Domain;

namespace StudyQuiz.App.Features.SignInElsewhere;

/// <summary>
/// Somebody comes back from another service: they sign in to the account that is connected with them there, get a new one, or connect the one they
/// came from. Never by a name or an address: whoever chooses those there would choose an account here.
/// </summary>
internal sealed class FinishSignIn(NpgsqlDataSource db, OidcSettings settings, Learners learners, Clock clock) : ISignInElsewhere
{
    private const int LongestSubject = 255;

    public async Task FinishAsync(HttpContext http, ClaimsPrincipal principal, string? linkTo, string? returnUrl)
    {
        var (issuer, subject) = (principal.FindFirstValue("iss") ?? settings.Authority.ToString(), principal.FindFirstValue("sub"));
        if (subject is not { Length: > 0 and <= LongestSubject } || !StorableText.Is(subject) || !StorableText.Is(issuer))
        {
            http.Response.Redirect("/sign-in?elsewhere=failed");
            return;
        }

        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (linkTo is not null)
        {
            var here = Viewer.Of((await http.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Principal ?? new ClaimsPrincipal()).AccountId;
            var connected = here is { } own && own.ToString() == linkTo && await ConnectedSignIn.AddAsync(connection, own, issuer, subject, clock.Now);
            if (connected) SecurityLog.Of(http).WaysChanged(here!.Value, "another service connected");
            http.Response.Redirect(connected ? "/account?elsewhere=added#elsewhere" : "/account?elsewhere=taken#elsewhere");
            return;
        }

        var known = await ConnectedSignIn.FindAsync(connection, issuer, subject);
        if (known is null && !settings.CreateAccounts)
        {
            http.Response.Redirect("/sign-in?elsewhere=unknown");
            return;
        }

        var id = known ?? await MakeAsync(http, connection, principal, issuer, subject);
        var signIn = http.RequestServices.GetRequiredService<SignInManager<Account>>();
        // An account that was switched off is nobody's
        if (await signIn.UserManager.FindByIdAsync(id.ToString()) is not { } account)
        {
            http.Response.Redirect("/sign-in?elsewhere=off");
            return;
        }

        await learners.ClaimDeviceAsync(http, id);
        await signIn.SignInAsync(account, isPersistent: true, SignInWays.Elsewhere);
        http.Response.Redirect(LocalPath.Of(returnUrl));
    }

    // Sent twice at once, one of the two makes the account and the other finds it
    private async Task<Guid> MakeAsync(HttpContext http, NpgsqlConnection connection, ClaimsPrincipal principal, string issuer, string subject)
    {
        await using var transaction = await connection.BeginTransactionAsync(http.RequestAborted);
        foreach (var name in Names(principal))
        {
            var account = Accounts.Prepare(name, Guid.CreateVersion7());
            if (!await AccountStore.InsertAsync(connection, account, http.RequestAborted)) continue;
            if (!await ConnectedSignIn.AddAsync(connection, account.Id, issuer, subject, clock.Now)) break;
            await Learners.ClaimDeviceAsync(http, connection, account.Id);
            await transaction.CommitAsync(http.RequestAborted);
            return account.Id;
        }

        await transaction.RollbackAsync(http.RequestAborted);
        return await ConnectedSignIn.FindAsync(connection, issuer, subject) ?? throw new InvalidOperationException("No account could be made for somebody who signed in elsewhere.");
    }

    // What they are called there, as far as a name here may hold it; with a number where that is taken
    private IEnumerable<string> Names(ClaimsPrincipal principal)
    {
        var told = principal.FindFirstValue(settings.NameClaim) ?? principal.FindFirstValue("name") ?? "";
        var plain = new string([.. told.Where(letter => char.IsLetterOrDigit(letter) || letter is '.' or '_' or '-' or '@' or '+')]);
        var name = UserName.Clean(plain.Length > 40 ? plain[..40] : plain) ?? "user";
        yield return name;
        for (var number = 2; number < 20; number++) yield return string.Create(CultureInfo.InvariantCulture, $"{name}{number}");
        yield return $"user-{RandomNumberGenerator.GetHexString(12, lowercase: true)}";
    }
}
