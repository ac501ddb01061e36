using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using StudyQuiz.App.Tests.Live;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Games;

namespace StudyQuiz.App.Tests.Access;

/// <summary>Hostile texts to the hubs, as frames of their own making: no client of ours would send half a surrogate pair.</summary>
public sealed class HostileFrameTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Hubs_refuse_or_take_them_and_go_on()
    {
        var things = await Things.MakeAsync(app);
        var game = new TestGame(things.Game, things.Owner("game").Account, app);
        var pin = (await game.ViewAsync()).Pin;
        var random = new Random(7);
        for (var i = 0; i < 30; i++)
        {
            using var browser = app.Browser();
            using var answer = await browser.SubmitAsync($"/join?pin={pin}", "/join", ("nickname", HostileTexts.Of(random)));
            Assert.True((int)answer.StatusCode < 500);
        }

        using var phone = await TestPlayer.JoinAsync(app, pin, "白露");
        await using var player = await RawHub.ConnectAsync(phone, "player");
        Assert.Contains("\"view\"", await player.CallAsync("Attach", $"\"{game.Id}\""), StringComparison.Ordinal);
        await using var desk = await RawHub.ConnectAsync(things.Owner("game").Browser, "host");
        Assert.Contains("\"view\"", await desk.CallAsync("Attach", $"\"{game.Id}\",\"remote\""), StringComparison.Ordinal);
        await game.UntilAsync(GamePhase.Open);
        var seat = (await game.ViewAsync()).Console!.Seats[0].Number;
        string[] texts =
        [
            "\"\\ud800\"", "\"a\\u0000b\"", "\"\\ufffe\"", $"\"{new string('长', 300)}\"", "null", "7", "[]", "{}", "\"'; drop table seat; --\"", "\"\\u202e<script>\"",
            .. Enumerable.Range(0, 20).Select(_ => HostileTexts.Of(random)).Where(text => text.Length < 250 && StorableText.Is(text)).Select(text => JsonSerializer.Serialize(text)),
        ];
        foreach (var text in texts)
        {
            await player.CallAsync("Answer", $$"""1,{"kind":"typed","text":{{text}}}""");
            Assert.DoesNotContain("\"received\":true", await player.CallAsync("Answer", $$"""{{text}},{"kind":{{text}},"options":{{text}}}"""), StringComparison.Ordinal);
            await player.CallAsync("Attach", text);
            await desk.CallAsync("RenameSeat", $"{seat},{text}");
            await desk.CallAsync("FindSeats", text);
            await desk.CallAsync("PreviewKey", $$"""{"kind":"typed","text":{{text}}}""");
        }

        Assert.Contains("\"view\"", await player.CallAsync("Attach", $"\"{game.Id}\""), StringComparison.Ordinal);
        Assert.True((await game.Grain.Answer(seat, 1, await game.KeyAsync())).Received);
        var faults = app.Log.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal)).Select(line => line[..Math.Min(line.Length, 900)]).Distinct().ToList();
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    /// <summary>SignalR's JSON protocol over a web socket, frame by frame.</summary>
    private sealed class RawHub(ClientWebSocket socket) : IAsyncDisposable
    {
        private const char End = '\u001e';
        private readonly StringBuilder _read = new();
        private int _calls;

        public static async Task<RawHub> ConnectAsync(TestBrowser browser, string hub)
        {
            var socket = new ClientWebSocket();
            socket.Options.Cookies = browser.Cookies;
            socket.Options.SetRequestHeader("Origin", browser.Address.GetLeftPart(UriPartial.Authority));
            await socket.ConnectAsync(new Uri($"ws://{browser.Address.Authority}/hubs/{hub}"), TestContext.Current.CancellationToken);
            var raw = new RawHub(socket);
            await raw.SendAsync("""{"protocol":"json","version":1}""");
            await raw.FrameAsync(frame => frame == "{}");
            return raw;
        }

        /// <param name="arguments">JSON, apart by commas.</param>
        public async Task<string> CallAsync(string method, string arguments)
        {
            var id = (++_calls).ToString(CultureInfo.InvariantCulture);
            await SendAsync($$"""{"type":1,"invocationId":"{{id}}","target":"{{method}}","arguments":[{{arguments}}]}""");
            return await FrameAsync(frame => frame.Contains("\"type\":3", StringComparison.Ordinal) && frame.Contains($"\"invocationId\":\"{id}\"", StringComparison.Ordinal));
        }

        public ValueTask DisposeAsync()
        {
            socket.Dispose();
            return ValueTask.CompletedTask;
        }

        private Task SendAsync(string frame) => socket.SendAsync(Encoding.UTF8.GetBytes(frame + End), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

        private async Task<string> FrameAsync(Func<string, bool> isMeant)
        {
            var buffer = new byte[32 * 1024];
            while (true)
            {
                for (int end; (end = _read.ToString().IndexOf(End, StringComparison.Ordinal)) >= 0;)
                {
                    var frame = _read.ToString(0, end);
                    _read.Remove(0, end + 1);
                    if (isMeant(frame)) return frame;
                }

                var got = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
                Assert.NotEqual(WebSocketMessageType.Close, got.MessageType);
                _read.Append(Encoding.UTF8.GetString(buffer, 0, got.Count));
            }
        }
    }
}
