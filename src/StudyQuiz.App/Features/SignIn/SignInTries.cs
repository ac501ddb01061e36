using Microsoft.Extensions.Localization;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Platform.Identity;

namespace StudyQuiz.App.Features.SignIn;

/// <summary>Limits how often a password may be guessed for one name: a few times from one network, more often from all of them together.</summary>
/// <remarks>
/// By network, so that nobody keeps a teacher out from elsewhere by guessing wrong; altogether too, so that many networks are no way round.
/// Not Identity's lockout: that counts for accounts only, so that the number of tries left tells which names exist, and it counts
/// after the password was looked at, so that a hundred guesses sent at once count as one.
/// </remarks>
public sealed class SignInTries(NpgsqlDataSource db, Clock clock, RefusedCounts refused)
{
    /// <summary>Tries for a name from one network.</summary>
    public const int Most = 5;

    /// <summary>Tries for a name from all networks.</summary>
    public const int MostAnywhere = 50;

    public static TimeSpan Lock { get; } = TimeSpan.FromMinutes(15);

    /// <summary>Takes one try, before the password is looked at.</summary>
    /// <param name="typedName">The name as it was typed, of an account or not.</param>
    /// <param name="network">Where it comes from, as <see cref="RateLimits.Network"/> has it.</param>
    /// <param name="stop">The request's end.</param>
    public async Task<SignInTry> TakeAsync(string typedName, string network, CancellationToken stop)
    {
        await using var connection = await db.OpenConnectionAsync(stop);

        // The network's first: one that is locked takes nothing from what all have together.
        var here = await TakeAsync(connection, Hash(typedName, network), Most, stop);
        if (here.LockedFor is not null) return here;
        var anywhere = await TakeAsync(connection, Hash(typedName), MostAnywhere, stop);
        return anywhere.Left < here.Left || anywhere.LockedFor is not null ? anywhere : here;
    }

    /// <summary>Forgets the tries of a name here and altogether after the right password, and all that no longer count.</summary>
    public async Task ForgetAsync(string typedName, string network, CancellationToken stop)
    {
        await using var connection = await db.OpenConnectionAsync(stop);
        await Tries.ForgetAsync(connection, [Hash(typedName, network), Hash(typedName)], clock.Now, stop);
    }

    private async Task<SignInTry> TakeAsync(NpgsqlConnection connection, byte[] name, int most, CancellationToken stop)
    {
        var taken = await Tries.TakeAsync(connection, name, most, Lock, clock.Now, stop);
        if (taken.LockedFor is not null) refused.Add(RefusedCounts.Names);
        return new SignInTry(taken.Left, taken.LockedFor);
    }

    // No name that can be typed holds what stands between name and network: the values of a request hold no U+0000.
    private static byte[] Hash(string typedName, string? network = null)
    {
        var key = UserName.Key(UserName.Clean(typedName) ?? typedName);
        return SecretToken.Hash(network is null ? key : $"{key}\0{network}");
    }
}

/// <param name="Left">How many more tries there are after this one.</param>
/// <param name="LockedFor">How long no password is looked at; null when this try counts.</param>
public sealed record SignInTry(int Left, TimeSpan? LockedFor)
{
    /// <summary>What to say of a try that failed.</summary>
    /// <param name="wrong">The text for what was wrong, with the tries left and the minutes to wait after them.</param>
    public string Trouble(IStringLocalizer<SignInText> text, string wrong) =>
        LockedFor is { } wait ? text["Locked", Math.Max(1, (int)Math.Ceiling(wait.TotalMinutes))]
        : Left == 0 ? text["NowLocked", (int)SignInTries.Lock.TotalMinutes]
        : text[wrong, Left, (int)SignInTries.Lock.TotalMinutes];
}
