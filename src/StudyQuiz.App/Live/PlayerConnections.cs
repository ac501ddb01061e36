using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;

namespace StudyQuiz.App.Live;

/// <summary>The players' connections to this app host, as SignalR keeps them, and each of them by its id: a written frame can be handed to it as it is.</summary>
public sealed class PlayerConnections(ILogger<DefaultHubLifetimeManager<PlayerHub>> log) : DefaultHubLifetimeManager<PlayerHub>(log)
{
    private readonly ConcurrentDictionary<string, HubConnectionContext> _connections = new(StringComparer.Ordinal);

    /// <summary>Null once it has gone.</summary>
    public HubConnectionContext? Find(string id) => _connections.GetValueOrDefault(id);

    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        _connections[connection.ConnectionId] = connection;
        return base.OnConnectedAsync(connection);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        _connections.TryRemove(connection.ConnectionId, out _);
        return base.OnDisconnectedAsync(connection);
    }
}
