using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.JoinGame;

/// <summary>
/// Makes guessing PINs slow. A school shares one address, so only failed look-ups count; whose address has used them up can't join
/// by PIN until the window is over, not even with the right one, but can scan the code.
/// </summary>
/// <remarks>PINs have eight digits: at this rate an address needs years to come upon a running game's.</remarks>
public sealed class PinGuard(Clock clock)
{
    /// <summary>Failed look-ups that an address has for each <see cref="Window"/>: more than one pupil types.</summary>
    public const int Tries = 600;

    /// <summary>How many networks are remembered at most.</summary>
    internal const int NetworksKept = 10_000;

    /// <summary>How long failed look-ups are remembered.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (DateTimeOffset Since, int Failures)> _failures = new(StringComparer.Ordinal);

    /// <summary>How many networks are remembered now.</summary>
    internal int Count
    {
        get
        {
            lock (_lock) return _failures.Count;
        }
    }

    public bool IsBlocked(HttpContext http)
    {
        lock (_lock) return _failures.TryGetValue(NetworkOf(http), out var seen) && IsFresh(seen.Since) && seen.Failures >= Tries;
    }

    public void Failed(HttpContext http)
    {
        var network = NetworkOf(http);
        lock (_lock)
        {
            if (!_failures.TryGetValue(network, out var seen) && _failures.Count >= NetworksKept) Forget();
            _failures[network] = seen.Failures > 0 && IsFresh(seen.Since) ? (seen.Since, seen.Failures + 1) : (clock.Now, 1);
        }
    }

    // What is over goes first; where all of it is fresh, a tenth goes that has failed least, so that those who guess stay known.
    private void Forget()
    {
        foreach (var (network, seen) in _failures)
        {
            if (!IsFresh(seen.Since)) _failures.Remove(network);
        }

        if (_failures.Count < NetworksKept) return;
        foreach (var (network, _) in _failures.OrderBy(known => known.Value.Failures).Take(NetworksKept / 10).ToList()) _failures.Remove(network);
    }

    private bool IsFresh(DateTimeOffset since) => clock.Now - since < Window;

    private static string NetworkOf(HttpContext http) => RateLimits.Network(http.Connection.RemoteIpAddress);
}
