using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace StudyQuiz.App.Platform;

/// <summary>How often each limit has refused somebody on this app host since its start: for metrics, and for admins' page of the service.</summary>
public sealed class RefusedCounts
{
    public const string Meter = "StudyQuiz.Limits";

    /// <summary>A player's or watcher's socket whose browser holds no seat in any game.</summary>
    public const string Seatless = "seatless";

    /// <summary>More messages than a socket may send.</summary>
    public const string Messages = "messages";

    /// <summary>A message that is too long.</summary>
    public const string Oversize = "oversize";

    /// <summary>A message that is none of SignalR's protocol.</summary>
    public const string Malformed = "malformed";

    /// <summary>A socket that named no game in time.</summary>
    public const string Unattached = "unattached";

    /// <summary>A PIN from an address that has guessed too many.</summary>
    public const string Pins = "pins";

    /// <summary>A password for a name that was tried too often.</summary>
    public const string Names = "names";

    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly Counter<long> _refused;

    public RefusedCounts(IMeterFactory meters) => _refused = meters.Create(Meter).CreateCounter<long>("studyquiz.limits.refused", "{refusal}", "What a limit refused, by the limit's name");

    /// <summary>By the limit's name: those above, and the policies of <see cref="RateLimits"/>.</summary>
    public IReadOnlyDictionary<string, long> All => _counts;

    public void Add(string limit)
    {
        _counts.AddOrUpdate(limit, 1, (_, count) => count + 1);
        _refused.Add(1, new KeyValuePair<string, object?>("limit", limit));
    }
}
