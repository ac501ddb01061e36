using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace StudyQuiz.App.Platform;

/// <summary>
/// What one address, one socket and all of them together may do, so that a bored pupil with a bot takes nothing from a lesson. From section
/// <c>Limits</c> of the configuration; each refusal is counted by <see cref="RefusedCounts"/>. A school has one address for all, so that whatever
/// counts for an address leaves room for a hall.
/// </summary>
public sealed record Limits
{
    /// <summary>Requests for a game or a seat in it that an address has at once: each player sends three.</summary>
    [Range(1, 1_000_000)]
    public int JoinsAtOnce { get; init; } = 20_000;

    /// <summary>How many of them it regains in a second.</summary>
    [Range(1, 100_000)]
    public int JoinsASecond { get; init; } = 100;

    /// <summary>How many of them are worked on beside each other for one address.</summary>
    [Range(1, 10_000)]
    public int JoinsBeside { get; init; } = 16;

    /// <summary>How many more wait for that; others are refused.</summary>
    [Range(0, 100_000)]
    public int JoinsWaiting { get; init; } = 400;

    /// <summary>Sockets of live games that an address may open at once.</summary>
    [Range(1, 1_000_000)]
    public int SocketsAtOnce { get; init; } = 12_000;

    /// <summary>How many of them it regains in a second.</summary>
    [Range(1, 100_000)]
    public int SocketsASecond { get; init; } = 200;

    /// <summary>Sockets that one address may have open.</summary>
    [Range(1, 1_000_000)]
    public int SocketsOpen { get; init; } = 10_000;

    /// <summary>Sockets that this app host has open, at some 25 KB each.</summary>
    [Range(1, 1_000_000)]
    public int SocketsOfHost { get; init; } = 20_000;

    /// <summary>Messages that a socket may send at once. A phone that comes back sends ten.</summary>
    [Range(10, 10_000)]
    public int MessagesAtOnce { get; init; } = 60;

    /// <summary>How many of them it regains in a second.</summary>
    [Range(1, 1_000)]
    public int MessagesASecond { get; init; } = 10;

    /// <summary>Whatever takes a password: how often an address may at once. A class or three sign in within a minute.</summary>
    [Range(1, 100_000)]
    public int PasswordsAtOnce { get; init; } = 200;

    /// <summary>How many of them it regains in ten seconds.</summary>
    [Range(1, 100_000)]
    public int PasswordsIn10Seconds { get; init; } = 20;

    /// <summary>
    /// Passwords of one address that are looked at beside each other; this app host looks at no more than it has cores. Each costs a core a tenth of a
    /// second, by design, so that a guesser must not have them all.
    /// </summary>
    [Range(1, 1_000)]
    public int PasswordsBeside { get; init; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>How many more of an address wait for that; others are refused.</summary>
    [Range(0, 10_000)]
    public int PasswordsWaiting { get; init; } = 200;

    /// <summary>How long a message may be, in bytes of UTF-8: an answer of 200 characters is a fifth of it.</summary>
    public const int MessageBytes = 4096;

    /// <summary>A socket that has not named its game, or was told that another has its seat, is closed after this.</summary>
    public static readonly TimeSpan AttachWithin = TimeSpan.FromSeconds(15);

    /// <exception cref="SettingException">A setting can't be used.</exception>
    public static Limits Of(IConfiguration configuration)
    {
        var section = configuration.GetSection("Limits");
        foreach (var set in section.GetChildren())
        {
            if (typeof(Limits).GetProperty(set.Key, BindingFlags.IgnoreCase | BindingFlags.Public | BindingFlags.Instance)?.GetCustomAttribute<RangeAttribute>() is not { } range)
            {
                throw new SettingException($"Limits:{set.Key} is no limit of this program. There are {string.Join(", ", typeof(Limits).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Select(limit => limit.Name))}.");
            }

            if (!int.TryParse(set.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !range.IsValid(number))
            {
                throw new SettingException($"Limits:{set.Key} is '{set.Value}': give a whole number from {range.Minimum} to {range.Maximum}.");
            }
        }

        return section.Get<Limits>() ?? new Limits();
    }
}
