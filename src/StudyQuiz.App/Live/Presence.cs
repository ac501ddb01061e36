namespace StudyQuiz.App.Live;

/// <summary>Which screens of a game are connected, told by the app hosts that hold them.</summary>
internal sealed class Presence
{
    private readonly Dictionary<IGameObserver, (int[] Seats, int Projectors)> _there = [];
    private HashSet<int> _online = [];

    /// <summary>Seats with a screen that is connected.</summary>
    public IReadOnlySet<int> Online => _online;

    /// <summary>The host's projector pages that are connected.</summary>
    public int Projectors { get; private set; }

    /// <summary>A seat's screen has just come; true where it was away.</summary>
    public bool Came(int seat) => _online.Add(seat);

    public void Hear(IGameObserver host, int[] seats, int projectors) => _there[host] = (seats, projectors);

    /// <summary>Counts anew; a host that has gone takes its screens with it. True where something is not what it was.</summary>
    public bool Recount(Func<IGameObserver, bool> isThere)
    {
        foreach (var gone in _there.Keys.Where(known => !isThere(known)).ToList()) _there.Remove(gone);
        var online = _there.Values.SelectMany(host => host.Seats).ToHashSet();
        var projectors = _there.Values.Sum(host => host.Projectors);
        if (projectors == Projectors && online.SetEquals(_online)) return false;
        (_online, Projectors) = (online, projectors);
        return true;
    }
}
