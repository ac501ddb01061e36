using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text;

namespace StudyQuiz.Load.Abuse;

/// <param name="For">How long each attack lasts.</param>
/// <param name="Rate">Requests of the flood in a second.</param>
/// <param name="Players">People who join during the flood.</param>
internal sealed record AbuseOptions(TimeSpan For, int Rate, int Players);

/// <summary>What came of one attack.</summary>
/// <param name="Sent">What the bots did, and what became of it.</param>
/// <param name="Honest">What people did meanwhile.</param>
/// <param name="HonestP50Ms">How long it took half of them at most.</param>
/// <param name="HonestP99Ms">The same of all but one in a hundred.</param>
/// <param name="Breach">What did not hold; null where all did.</param>
internal sealed record AbuseResult(string Name, string Sent, string Honest, double HonestP50Ms, double HonestP99Ms, string? Breach);

/// <summary>Attacks from one address, each on a game of its own, while people come from another.</summary>
internal sealed class AbuseScenarios(ServerUnderLoad server, Web people, Visitor teacher, AbuseOptions options, CancellationToken stop)
{
    private const int AtOnce = 400;
    private const double MostMs = 1000;
    private const int Sockets = 20;
    private const int AtATime = 20;
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(20);
    private readonly string _madeUp = new('x', 43);

    // Each attack has an address of its own; people come from 127.0.0.1
    private int _address = 1;

    /// <summary>People alone, to compare with.</summary>
    public async Task<AbuseResult> NobodyAsync()
    {
        await using var room = await OpenAsync();
        var joins = await JoinAsync(room);
        return Result("none, to compare", "", $"{joins.Times.Count} of {options.Players} joined", joins.Times, joins.Times.Count < options.Players ? "not all came in" : null);
    }

    /// <summary>Guessed PINs, made-up links, sockets without a seat and with a made-up one, a quarter each.</summary>
    public async Task<AbuseResult> FloodAsync()
    {
        using var bots = Bots();
        await using var room = await OpenAsync();
        var outcomes = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var random = new Random(1);
        var attack = AtRateAsync(options.Rate, async i =>
        {
            var what = (i % 4) switch
            {
                0 => await AskAsync(bots, $"/join?pin={random.Next(100_000_000):00000000}"),
                1 => await AskAsync(bots, $"/j/{_madeUp[..22]}"),
                2 => await OpenSocketAsync(bots, ""),
                _ => await OpenSocketAsync(bots, $"sq-seat-{room.Game:N}={_madeUp}"),
            };
            outcomes.AddOrUpdate(what, 1, (_, count) => count + 1);
        });
        var joins = await JoinAsync(room);
        var sent = await attack;
        var opened = outcomes.GetValueOrDefault("a socket opened");
        return Result(
            $"{options.Rate} requests a second", $"{sent} sent: {Told(outcomes)}", $"{joins.Times.Count} of {options.Players} joined", joins.Times,
            joins.Times.Count < options.Players ? "not all came in: " + joins.Trouble : opened > 0 ? $"{opened} sockets were opened without a seat" : null);
    }

    /// <summary>Seated bots that send a thousand pings a second each, and open the next socket when one is closed.</summary>
    public Task<AbuseResult> MessagesAsync() => FromSeatsAsync("pings without end", async (hub, tally) =>
    {
        while (hub.WhyClosed is null)
        {
            for (var some = 0; some < AtATime; some++, tally.Sent()) await hub.PingAsync(stop);
            await Task.Delay(_pause, stop);
        }
    });

    /// <summary>Seated bots that send frames with bytes changed, and some of a megabyte.</summary>
    public Task<AbuseResult> FramesAsync() => FromSeatsAsync("broken and oversize frames", async (hub, tally) =>
    {
        var random = tally.Random;
        var frame = Encoding.UTF8.GetBytes("""{"type":1,"invocationId":"1","target":"Answer","arguments":[1,{"kind":"chosen","options":[0]}]}""" + '\u001e');
        while (hub.WhyClosed is null)
        {
            var bytes = random.Next(50) == 0 ? new byte[1_000_000] : [.. frame];
            for (var changes = random.Next(1, 4); changes > 0; changes--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            await hub.SendRawAsync(bytes, stop);
            tally.Sent();
            await Task.Delay(_pause / AtATime, stop);
        }
    });

    /// <summary>One password for name after name, fifty a second.</summary>
    public async Task<AbuseResult> PasswordsAsync()
    {
        using var bots = Bots();
        var outcomes = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var bot = new Visitor(bots);
        var form = await bot.ReadAsync("/sign-in", stop);
        var attack = AtRateAsync(50, async i =>
        {
            var status = (await bot.PostAsync(form, "/sign-in", stop, ("name", $"pupil{i}"), ("password", "password1"))).Status;
            outcomes.AddOrUpdate(status == HttpStatusCode.TooManyRequests ? "refused" : "looked at", 1, (_, count) => count + 1);
        });
        var times = new List<double>();
        while (!attack.IsCompleted)
        {
            var began = Stopwatch.GetTimestamp();
            var person = new Visitor(people);
            var page = await person.ReadAsync("/sign-in", stop);
            await person.SubmitAsync(page, "/sign-in", stop, ("name", "teacher"), ("password", "chalk-and-talk"));
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            await Task.Delay(TimeSpan.FromMilliseconds(400), stop);
        }

        var sent = await attack;
        return Result("50 passwords a second", $"{sent} sent: {Told(outcomes)}", $"{times.Count} sign-ins", times, outcomes.GetValueOrDefault("refused") == 0 ? "no limit was reached" : null);
    }

    private async Task<AbuseResult> FromSeatsAsync(string name, Func<HubSocket, Tally, Task> attack)
    {
        using var bots = Bots();
        await using var room = await OpenAsync();
        var cookies = new List<string>();
        for (var bot = 0; bot < Sockets; bot++) cookies.Add((await new LoadPlayer(new Answering(TimeSpan.Zero, bot), bot).TakeSeatAsync(bots, room.Pin, stop)).Cookies);
        var player = await new LoadPlayer(new Answering(TimeSpan.Zero, 0), 1000).TakeSeatAsync(people, room.Pin, stop);
        await using var honest = await HubSocket.ConnectAsync(people, "/hubs/player", player.Cookies, _ => { }, stop);
        await honest.InvokeAsync("Attach", stop, room.Game);

        server.Use?.Begin();
        var began = Stopwatch.GetTimestamp();
        var tally = new Tally();
        var attacks = Task.WhenAll(cookies.Select(seat => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(began) < options.For)
            {
                try
                {
                    await using var hub = await HubSocket.ConnectAsync(bots, "/hubs/player", seat, _ => { }, stop);
                    tally.Opened();
                    await attack(hub, tally);
                    await hub.Closed;
                }
                catch (LoadFailure)
                {
                    // closed in the middle of it
                }
                catch (WebSocketException)
                {
                    tally.Refused();
                    await Task.Delay(TimeSpan.FromMilliseconds(50), stop);
                }
            }
        })));
        var times = new List<double>();
        var lost = 0;
        while (!attacks.IsCompleted)
        {
            var asked = Stopwatch.GetTimestamp();
            try
            {
                // Attaching again asks the game for a view, as a phone does that was looked away from
                await honest.InvokeAsync("Attach", stop, room.Game);
                times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }
            catch (LoadFailure)
            {
                lost++;
                break;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), stop);
        }

        await attacks;
        return Result(name, $"{Sockets} bots: {tally}; {server.Use?.CpuSeconds:0.0} s of a core in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s", $"{times.Count} views asked for", times, lost > 0 ? "somebody who played was cut off" : null);
    }

    private async Task<(List<double> Times, string? Trouble)> JoinAsync(Room room)
    {
        var times = new ConcurrentBag<double>();
        string? trouble = null;
        var apart = options.For / options.Players;
        var began = Stopwatch.GetTimestamp();
        var joining = new List<Task>();
        for (var number = 0; number < options.Players; number++)
        {
            var wait = apart * number - Stopwatch.GetElapsedTime(began);
            if (wait > TimeSpan.Zero) await Task.Delay(wait, stop);
            joining.Add(OneAsync(number));
        }

        await Task.WhenAll(joining);
        return ([.. times], trouble);

        async Task OneAsync(int number)
        {
            var player = new LoadPlayer(new Answering(TimeSpan.Zero, number), number);
            try
            {
                var asked = Stopwatch.GetTimestamp();
                var browser = await player.TakeSeatAsync(people, room.Pin, stop);
                await player.AttachAsync(people, browser.Cookies, room.Game, stop);
                times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
                room.Came(player);
            }
            catch (Exception failure) when (failure is LoadFailure or WebSocketException or HttpRequestException)
            {
                trouble = failure.Message;
            }
        }
    }

    private async Task<int> AtRateAsync(int rate, Func<int, Task> one)
    {
        var began = Stopwatch.GetTimestamp();
        var running = new SemaphoreSlim(AtOnce);
        var all = (int)(rate * options.For.TotalSeconds);
        var sent = 0;
        for (; sent < all && Stopwatch.GetElapsedTime(began) < options.For * 1.5; sent++)
        {
            var wait = TimeSpan.FromSeconds((double)sent / rate) - Stopwatch.GetElapsedTime(began);
            if (wait > TimeSpan.FromMilliseconds(5)) await Task.Delay(wait, stop);
            await running.WaitAsync(stop);
            _ = RunAsync(sent);
        }

        for (var slot = 0; slot < AtOnce; slot++) await running.WaitAsync(stop);
        return sent;

        async Task RunAsync(int number)
        {
            try
            {
                await one(number);
            }
            finally
            {
                running.Release();
            }
        }
    }

    private async Task<string> AskAsync(Web bots, string path)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(bots.Address, path));
            using var answer = await bots.Http.SendAsync(request, stop);
            return ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
        }
        catch (HttpRequestException)
        {
            return "no answer";
        }
    }

    private async Task<string> OpenSocketAsync(Web bots, string cookies)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Origin", bots.Origin);
        if (cookies.Length > 0) socket.Options.SetRequestHeader("Cookie", cookies);
        try
        {
            await socket.ConnectAsync(new UriBuilder(new Uri(bots.Address, "/hubs/player")) { Scheme = "ws" }.Uri, bots.Http, stop);
            return "a socket opened";
        }
        catch (WebSocketException)
        {
            return ((int)socket.HttpStatusCode).ToString(CultureInfo.InvariantCulture);
        }
    }

    private Web Bots() => new(server.Address, IPAddress.Parse($"127.0.0.{++_address}"));

    private async Task<Room> OpenAsync()
    {
        var game = await LoadHost.OpenGameAsync(teacher, 2, stop);
        return new Room(game, await LoadHost.AttachAsync(people, teacher.Cookies, game, stop));
    }

    private static string Told(ConcurrentDictionary<string, int> outcomes) => string.Join(", ", outcomes.OrderByDescending(one => one.Value).Select(one => $"{one.Value} × {one.Key}"));

    private AbuseResult Result(string name, string sent, string honest, List<double> times, string? breach)
    {
        times.Sort();
        var p99 = times.Count == 0 ? 0 : times[Math.Min(times.Count - 1, (int)(0.99 * times.Count))];
        return new AbuseResult(
            name, string.Join("; ", ((string[])[sent, $"server {server.Use?.NowMb} MB"]).Where(part => part.Length > 0)), honest, times.Count == 0 ? 0 : times[times.Count / 2], p99,
            breach ?? (times.Count == 0 ? "nobody got through" : p99 > MostMs ? $"people waited {p99:0} ms" : null));
    }

    /// <summary>A game, its host and its players.</summary>
    private sealed class Room(Guid game, LoadHost host) : IAsyncDisposable
    {
        private readonly ConcurrentBag<LoadPlayer> _players = [];

        public Guid Game => game;

        public string Pin => host.View.Pin!;

        public void Came(LoadPlayer player) => _players.Add(player);

        public async ValueTask DisposeAsync()
        {
            foreach (var player in _players) await player.DisposeAsync();
            await host.DisposeAsync();
        }
    }

    private sealed class Tally
    {
        private int _sent;
        private int _opened;
        private int _refused;

        public Random Random { get; } = new(1);

        public void Sent() => Interlocked.Increment(ref _sent);

        public void Opened() => Interlocked.Increment(ref _opened);

        public void Refused() => Interlocked.Increment(ref _refused);

        public override string ToString() => $"{_sent} sent over {_opened} sockets, each closed; {_refused} sockets refused";
    }
}
