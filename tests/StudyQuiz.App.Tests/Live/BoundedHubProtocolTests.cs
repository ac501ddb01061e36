using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using StudyQuiz.App.Live;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Tests.Live;

/// <summary>What the hubs' reading makes of bytes that no client would send.</summary>
public sealed class BoundedHubProtocolTests
{
    private const int Frames = 100_000;

    private static readonly string[] _whole =
    [
        """{"type":1,"invocationId":"1","target":"Attach","arguments":["0190f7a6-1b7e-7c33-8a51-0242ac120002"]}""",
        """{"type":1,"invocationId":"2","target":"Answer","arguments":[3,{"kind":"chosen","options":[0,2]}]}""",
        """{"type":1,"invocationId":"3","target":"Answer","arguments":[3,{"kind":"typed","text":"第\u4e00次"}]}""",
        """{"type":1,"invocationId":"4","target":"Ping","arguments":[123456789]}""",
        """{"type":1,"target":"Advance","arguments":["open",2],"headers":{"a":"b"},"streamIds":["1"]}""",
        """{"type":2,"invocationId":"5","item":{"a":[1,2,{"b":null}]}}""",
        """{"type":3,"invocationId":"6","result":7}""",
        """{"type":6}""",
        """{"type":7,"error":"bye","allowReconnect":true}""",
    ];

    [Fact]
    public void Mutated_frames_are_read_or_close_their_socket_and_nothing_else()
    {
        using var services = new ServiceCollection().AddMetrics().AddSingleton<RefusedCounts>().BuildServiceProvider();
        var refused = services.GetRequiredService<RefusedCounts>();
        var protocol = Protocol(refused);
        var random = new Random(20261201);
        int read = 0, closed = 0, waits = 0;
        for (var i = 0; i < Frames; i++)
        {
            var input = new ReadOnlySequence<byte>(Mutate(Encoding.UTF8.GetBytes(_whole[random.Next(_whole.Length)] + '\u001e'), random));
            if (input.Length > Limits.MessageBytes) input = input.Slice(0, Limits.MessageBytes);
            try
            {
                if (protocol.TryParseMessage(ref input, new Binder(), out _)) read++;
                else waits++;
            }
            catch (OperationCanceledException)
            {
                closed++;
            }
        }

        Assert.Equal(Frames, read + closed + waits);
        Assert.True(read > Frames / 20 && closed > Frames / 20 && waits > Frames / 20, $"{read} read, {closed} closed, {waits} wait");
        Assert.Equal(closed, refused.All[RefusedCounts.Malformed] + refused.All[RefusedCounts.Oversize]);
    }

    [Fact]
    public void A_message_counts_once_in_however_many_pieces_it_comes()
    {
        using var services = new ServiceCollection().AddMetrics().AddSingleton<RefusedCounts>().BuildServiceProvider();
        var refused = services.GetRequiredService<RefusedCounts>();
        var protocol = Protocol(refused);
        var socket = new Binder();
        var ping = Encoding.UTF8.GetBytes("""{"type":6}""" + '\u001e');
        for (var i = 0; i < new Limits().MessagesAtOnce; i++)
        {
            for (var bytes = 0; bytes < ping.Length; bytes++)
            {
                var piece = new ReadOnlySequence<byte>(ping, 0, bytes);
                Assert.False(protocol.TryParseMessage(ref piece, socket, out _));
            }

            var whole = new ReadOnlySequence<byte>(ping);
            Assert.True(protocol.TryParseMessage(ref whole, socket, out _));
            Assert.False(protocol.TryParseMessage(ref whole, socket, out _));
        }

        Assert.Throws<OperationCanceledException>(object? () =>
        {
            var tooMany = new ReadOnlySequence<byte>(ping);
            return protocol.TryParseMessage(ref tooMany, socket, out _);
        });
        Assert.Equal(1, refused.All[RefusedCounts.Messages]);
    }

    private static BoundedHubProtocol Protocol(RefusedCounts refused)
    {
        var json = new JsonHubProtocolOptions();
        DomainJson.Configure(json.PayloadSerializerOptions);
        json.PayloadSerializerOptions.RespectNullableAnnotations = json.PayloadSerializerOptions.RespectRequiredConstructorParameters = true;
        return new BoundedHubProtocol(Options.Create(json), new Limits(), refused, new Clock(new FakeTimeProvider()));
    }

    // Bytes changed, taken out, put in, doubled, cut off
    private static byte[] Mutate(byte[] frame, Random random)
    {
        var bytes = frame.ToList();
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveAt(at); break;
                case 2: bytes.Insert(at, (byte)"{}[]\",:0\u001e\\"[random.Next(10)]); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(40), bytes.Count - at))); break;
                case 4 when at > 0: bytes.RemoveRange(at, bytes.Count - at); break;
                default: bytes.InsertRange(at, new byte[random.Next(100) == 0 ? 5000 : 1]); break;
            }

            if (bytes.Count == 0) bytes.Add(0);
        }

        return [.. bytes];
    }

    private sealed class Binder : IInvocationBinder
    {
        public IReadOnlyList<Type> GetParameterTypes(string methodName) => methodName switch
        {
            "Attach" => [typeof(Guid)],
            "Answer" => [typeof(int), typeof(GivenAnswer)],
            "Ping" => [typeof(int)],
            "Advance" => [typeof(GamePhase), typeof(int)],
            _ => throw new HubException($"Method does not exist: {methodName}"),
        };

        public Type GetReturnType(string invocationId) => typeof(object);

        public Type GetStreamItemType(string streamId) => typeof(object);

        public string? GetTarget(ReadOnlySpan<byte> utf8Bytes) => null;
    }
}
