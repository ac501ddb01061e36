using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Live;

/// <summary>
/// SignalR's JSON protocol for sockets that nobody trusts: messages are counted before they are read, for filters never see pings, unknown
/// methods, or arguments of the wrong type. A socket that sends too many, too long or unreadable ones is closed, and counted, and leaves no fault in the log.
/// </summary>
public sealed class BoundedHubProtocol(IOptions<JsonHubProtocolOptions> json, Limits limits, RefusedCounts refused, Clock clock) : IHubProtocol
{
    private const byte MessageEnd = 0x1e;

    private readonly JsonHubProtocol _json = new(json);

    // SignalR has one binder for each connection, and tells a protocol nothing else of it
    private readonly ConditionalWeakTable<IInvocationBinder, Allowance> _allowances = [];

    public string Name => _json.Name;

    public int Version => _json.Version;

    public TransferFormat TransferFormat => _json.TransferFormat;

    public bool IsVersionSupported(int version) => _json.IsVersionSupported(version);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => _json.GetMessageBytes(message);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => _json.WriteMessage(message, output);

    /// <exception cref="OperationCanceledException">The socket is closed for what it sent; SignalR takes this for the end of a connection, not for a fault.</exception>
    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        // SignalR asks after each read and after each message: only what has come whole is a message
        if (input.PositionOf(MessageEnd) is null)
        {
            message = null;
            return input.Length < Limits.MessageBytes ? false : throw Refused(RefusedCounts.Oversize);
        }

        if (!_allowances.GetValue(binder, _ => new Allowance(limits.MessagesAtOnce, clock.Timestamp)).Take(limits, clock)) throw Refused(RefusedCounts.Messages);
        try
        {
            return _json.TryParseMessage(ref input, binder, out message);
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or InvalidOperationException) // the latter for bytes that are no UTF-8
        {
            throw Refused(RefusedCounts.Malformed);
        }
    }

    private OperationCanceledException Refused(string limit)
    {
        refused.Add(limit);
        return new OperationCanceledException($"A socket was closed by the limit '{limit}'.");
    }

    /// <summary>Used by one connection's reading, message after message.</summary>
    private sealed class Allowance(double left, long at)
    {
        private double _left = left;
        private long _at = at;

        public bool Take(Limits limits, Clock clock)
        {
            _left = Math.Min(limits.MessagesAtOnce, _left + clock.Since(_at).TotalSeconds * limits.MessagesASecond);
            _at = clock.Timestamp;
            if (_left < 1) return false;
            _left--;
            return true;
        }
    }
}
