using System.Collections.Concurrent;
using System.Net;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.JoinGame;

/// <summary>Makes guessing PINs slow. A school shares one address, so only failed look-ups count, and joining with a right PIN never does.</summary>
public sealed class PinGuard(Clock clock)
{
    /// <summary>Failed look-ups that an address has for each <see cref="Window"/>.</summary>
    public const int Tries = 60;

    /// <summary>How long failed look-ups are remembered.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private const int AddressesKept = 10_000;
    private readonly ConcurrentDictionary<IPAddress, (DateTimeOffset Since, int Failures)> _failures = new();

    public bool IsBlocked(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address
        && _failures.TryGetValue(address, out var seen)
        && clock.Now - seen.Since < Window
        && seen.Failures >= Tries;

    public void Failed(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } address) return;
        var now = clock.Now;
        if (_failures.Count >= AddressesKept) Forget(now);
        _failures.AddOrUpdate(
            address,
            _ => (now, 1),
            (_, seen) => now - seen.Since < Window ? (seen.Since, seen.Failures + 1) : (now, 1));
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (address, seen) in _failures)
        {
            if (now - seen.Since >= Window) _failures.TryRemove(address, out _);
        }
    }
}
