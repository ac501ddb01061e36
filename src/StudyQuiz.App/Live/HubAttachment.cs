using Microsoft.AspNetCore.SignalR;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Live;

/// <summary>What a hub's connection has been attached to. One that attaches to nothing is closed after <see cref="Limits.AttachWithin"/>.</summary>
internal sealed class HubAttachment(Clock clock, RefusedCounts refused) : IHubFilter
{
    private static readonly object Key = new();

    /// <summary>Null before it is attached.</summary>
    public static T? Of<T>(HubCallerContext connection) => connection.Items.TryGetValue(Key, out var to) && to is T known ? known : default;

    public static void Set(HubCallerContext connection, object to) => connection.Items[Key] = to;

    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        await next(context);
        var connection = context.Context;
        _ = CloseAsync(IsUnattached, connection.Abort, clock, connection.ConnectionAborted);

        bool IsUnattached()
        {
            if (connection.Items.ContainsKey(Key)) return false;
            refused.Add(RefusedCounts.Unattached);
            return true;
        }
    }

    /// <summary>Closes a connection that still should be after <see cref="Limits.AttachWithin"/>.</summary>
    internal static async Task CloseAsync(Func<bool> should, Action close, Clock clock, CancellationToken closed)
    {
        try
        {
            await clock.DelayAsync(Limits.AttachWithin, closed);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        if (should()) close();
    }
}
