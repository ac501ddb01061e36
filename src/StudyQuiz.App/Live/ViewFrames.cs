using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace StudyQuiz.App.Live;

/// <summary>
/// One view as calls of <see cref="IPlayerScreen.View"/>, in the frames of SignalR's JSON protocol. What all players share is written once, each
/// player's part behind it: in a room of thousands, writing is the greater part of sending.
/// </summary>
/// <param name="shared">The view without anybody's part.</param>
/// <param name="json">The options that the hub itself writes by.</param>
internal sealed class ViewFrames(PlayerView shared, JsonSerializerOptions json) : IDisposable
{
    // The serializer makes itself a stack for each thing it writes, a kilobyte: as one list, that many players' parts share it
    private const int WrittenAtOnce = 64;

    private static readonly string _protocol = new JsonHubProtocol().Name;

    // By extra time: of the shared part, the clock alone is not the same for everybody
    private readonly Dictionary<int, byte[]> _beginnings = [];
    private readonly ArrayBufferWriter<byte> _personal = new();
    // One for all: thousands of them would be most of a reveal's garbage, and its collection a pause that the last phones see
    private readonly Utf8JsonWriter _writer = new(Stream.Null, new JsonWriterOptions { Encoder = json.Encoder, SkipValidation = true });
    private readonly int[] _ends = new int[WrittenAtOnce];
    private ArrayBufferWriter<byte> _frame = new();

    /// <summary>Starts sending players their views. One call at a time: the next one writes over the frame.</summary>
    public void Send(IEnumerable<(HubConnectionContext To, PersonalView Personal)> players)
    {
        foreach (var some in players.Chunk(WrittenAtOnce))
        {
            Write(some);
            for (var i = 0; i < some.Length; i++) Send(some[i].To, some[i].Personal.Seat.Extra, PartOf(i));
        }
    }

    public void Dispose() => _writer.Dispose();

    private void Send(HubConnectionContext connection, int extra, ReadOnlySpan<byte> part)
    {
        if (!_beginnings.TryGetValue(extra, out var beginning)) _beginnings[extra] = beginning = Beginning(extra);
        _frame.ResetWrittenCount();
        _frame.Write(beginning);
        // The one object goes on where the other was left open
        _frame.Write(","u8);
        _frame.Write(part[1..]);
        _frame.Write("]}\u001e"u8);
        var sent = connection.WriteAsync(new SerializedHubMessage([new SerializedMessage(_protocol, _frame.WrittenMemory)])).AsTask();
        // What is not sent at once is still being read: it keeps its frame
        if (!sent.IsCompleted) _frame = new();
    }

    private void Write((HubConnectionContext To, PersonalView Personal)[] players)
    {
        _personal.ResetWrittenCount();
        _writer.Reset(_personal);
        JsonSerializer.Serialize(_writer, Each(), json);

        IEnumerable<PersonalView> Each()
        {
            for (var i = 0; i < players.Length; i++)
            {
                yield return players[i].Personal;
                // Asked for the next one, the serializer has just written this one
                _ends[i] = (int)(_writer.BytesCommitted + _writer.BytesPending);
            }
        }
    }

    // Behind the list's bracket or the comma before it
    private ReadOnlySpan<byte> PartOf(int i)
    {
        var start = (i == 0 ? 0 : _ends[i - 1]) + 1;
        return _personal.WrittenSpan[start.._ends[i]];
    }

    private byte[] Beginning(int extra)
    {
        var view = JsonSerializer.SerializeToUtf8Bytes(shared.For(extra), json);
        return [.. Encoding.UTF8.GetBytes($"{{\"type\":1,\"target\":\"{nameof(IPlayerScreen.View)}\",\"arguments\":["), .. view.AsSpan(0, view.Length - 1)];
    }
}
