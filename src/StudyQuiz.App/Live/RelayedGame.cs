using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Orleans.Concurrency;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Live;

/// <summary>
/// One game's screens on this app host, and the ear that hears the game for them. A send is started and not awaited: one
/// phone that stopped reading must not hold the room up.
/// </summary>
internal sealed class RelayedGame(
    IHubContext<PlayerHub, IPlayerScreen> players, IHubContext<HostHub, IHostScreen> hosts, IHubContext<WatchHub, IHostScreen> watchers, JsonSerializerOptions json,
    QuietCollector collector, LiveMetrics metrics, Clock clock) : IGameObserver
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, PlayerScreen> _players = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HostConnection> _hosts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _watchers = new(StringComparer.Ordinal);
    private long _playersVersion;
    private long _hostsVersion;
    private int _round;
    private int _answered;
    private bool _isRetired;
    private volatile bool _isHeard;

    /// <summary>Whether the game has been told of this object.</summary>
    public bool IsHeard
    {
        get => _isHeard;
        set => _isHeard = value;
    }

    /// <summary>How the game reaches this object; null until the relay has made it.</summary>
    public IGameObserver? Reference { get; set; }

    /// <summary>Ends this object where no screen is left; true from then on, and nobody is let in any more.</summary>
    public bool TryRetire()
    {
        lock (_gate) return _isRetired |= _players.Count == 0 && _hosts.Count == 0 && _watchers.Count == 0;
    }

    public Task Hear(Immutable<GameNotice> notice)
    {
        lock (_gate)
        {
            if (notice.Value.Attached is { } attached) Evict(attached);
            if (notice.Value.Removed is { } removed) Remove(removed);
            // Views are whole, so one that is overtaken by a newer one is not missed.
            if (notice.Value.Public is { } view && view.Version > _playersVersion)
            {
                if (view.Round != _round) _answered = 0;
                (_playersVersion, _round) = (view.Version, view.Round);
                TellPlayers(view, notice.Value.Personal);
            }

            if (notice.Value.Projector is { } projected && projected.Version > _hostsVersion)
            {
                _hostsVersion = projected.Version;
                TellHosts(projected, notice.Value.Remote!);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>A screen is on its way in: until <see cref="Seat"/> it is told nothing. False when this object has ended.</summary>
    /// <param name="open">The connection itself; null where it has gone meanwhile.</param>
    public bool Expect(string connection, Guid screen, HubConnectionContext? open)
    {
        lock (_gate)
        {
            if (!_isRetired) _players[connection] = new PlayerScreen(screen, open);
            return !_isRetired;
        }
    }

    /// <summary>Seats an expected screen with the view it got; false when the game has moved on since, so that it should ask again.</summary>
    public bool Seat(string connection, PlayerView view)
    {
        lock (_gate)
        {
            if (_players.TryGetValue(connection, out var screen)) (screen.Seat, screen.Personal) = (view.Seat!.Number, view.Personal);
            return view.Version >= _playersVersion;
        }
    }

    /// <summary>A host's screen is told from now on. False when this object has ended.</summary>
    public bool Host(string connection, HostScreen screen, string joinAddress)
    {
        lock (_gate)
        {
            if (!_isRetired) _hosts[connection] = new HostConnection(screen, joinAddress);
            return !_isRetired;
        }
    }

    /// <summary>A spectator's screen is told from now on. False when this object has ended.</summary>
    public bool Watch(string connection)
    {
        lock (_gate)
        {
            if (!_isRetired) _watchers.Add(connection);
            return !_isRetired;
        }
    }

    /// <summary>Remembers a received answer for the views to come, unless the game has gone on to another round.</summary>
    public void Answered(string connection, int round, MineView mine)
    {
        lock (_gate)
        {
            if (_round > round) return;
            if (++_answered == _players.Count * 9 / 10) collector.Collect(_players.Count);
            if (_players.TryGetValue(connection, out var screen) && screen.Personal is { } personal) screen.Personal = personal with { Mine = mine };
        }
    }

    /// <summary>The seats whose screens are connected here.</summary>
    public int[] Present
    {
        get
        {
            lock (_gate) return [.. _players.Values.Where(screen => screen.Personal is not null).Select(screen => screen.Seat)];
        }
    }

    /// <summary>How many screens of each kind are connected here.</summary>
    public (int Players, int Hosts, int Watchers) Screens
    {
        get
        {
            lock (_gate) return (_players.Count, _hosts.Count, _watchers.Count);
        }
    }

    /// <summary>The host's projector pages that are connected here.</summary>
    public int Projectors
    {
        get
        {
            lock (_gate) return _hosts.Values.Count(host => host.Screen == HostScreen.Projector);
        }
    }

    public void Remove(string connection)
    {
        lock (_gate)
        {
            _players.Remove(connection);
            _hosts.Remove(connection);
            _watchers.Remove(connection);
        }
    }

    private void Evict(Attachment attached)
    {
        foreach (var (connection, screen) in _players.Where(p => p.Value.Seat == attached.Seat && p.Value.Id != attached.Screen).ToList())
        {
            _players.Remove(connection);
            _ = players.Clients.Client(connection).Evicted();
            CloseLater(screen);
        }
    }

    private void Remove(IReadOnlyDictionary<int, string> removed)
    {
        foreach (var (connection, screen) in _players.Where(p => p.Value.Personal is not null && removed.ContainsKey(p.Value.Seat)).ToList())
        {
            _players.Remove(connection);
            _ = players.Clients.Client(connection).Removed(removed[screen.Seat]);
            CloseLater(screen);
        }
    }

    // Its page ends the connection itself once it knows why; whatever does not would keep as many as it likes
    private void CloseLater(PlayerScreen screen)
    {
        if (screen.Open is { } open) _ = HubAttachment.CloseAsync(() => true, open.Abort, clock, open.ConnectionAborted);
    }

    private void TellPlayers(PlayerView view, IReadOnlyDictionary<int, PersonalView>? personal)
    {
        var began = clock.Timestamp;
        using var frames = new ViewFrames(view, json);
        frames.Send(Told());
        metrics.HandedOut(view.Phase, clock.Since(began));

        IEnumerable<(HubConnectionContext, PersonalView)> Told()
        {
            foreach (var screen in _players.Values)
            {
                if (screen.Personal is null) continue;
                screen.Personal = (personal?.GetValueOrDefault(screen.Seat) ?? screen.Personal).In(view.Phase);
                if (screen.Open is { } open) yield return (open, screen.Personal);
            }
        }
    }

    private void TellHosts(HostView projector, HostView remote)
    {
        foreach (var (connection, host) in _hosts)
        {
            var view = host.Screen == HostScreen.Remote ? remote : projector;
            _ = hosts.Clients.Client(connection).View(view with { JoinAddress = host.JoinAddress });
        }

        // Written once for all of them.
        if (_watchers.Count > 0) _ = watchers.Clients.Clients([.. _watchers]).View(projector.ForWatchers());
    }

    private sealed class PlayerScreen(Guid id, HubConnectionContext? open)
    {
        public Guid Id { get; } = id;
        public HubConnectionContext? Open { get; } = open;
        public int Seat { get; set; }
        public PersonalView? Personal { get; set; }
    }

    private sealed record HostConnection(HostScreen Screen, string JoinAddress);
}
