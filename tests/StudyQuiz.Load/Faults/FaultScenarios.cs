using System.Diagnostics;
using HdrHistogram;
using StudyQuiz.Domain.Games;

namespace StudyQuiz.Load.Faults;

/// <summary>What is asked of the fault runs.</summary>
/// <param name="Players">In each game.</param>
/// <param name="AppKills">How often the app is killed, once a question.</param>
/// <param name="PostgresKills">How often the database is killed, once a question.</param>
/// <param name="Cut">How long half of the players are without a network.</param>
/// <param name="Silent">Sockets that never read.</param>
/// <param name="Hosts">App hosts of the scenarios that need several; below two they are left out.</param>
/// <param name="OwnerKills">How often the host that runs the game is killed, once a question.</param>
/// <param name="Stop">How long it is stopped.</param>
/// <param name="Troubles">Whether the database refuses or hangs.</param>
/// <param name="Roll">Whether each host is ended and restarted in turn.</param>
/// <param name="Answering">How players answer.</param>
internal sealed record FaultOptions(int Players, int AppKills, int PostgresKills, TimeSpan Cut, int Silent, int Hosts, int OwnerKills, TimeSpan Stop, bool Troubles, bool Roll, Answering Answering);

/// <summary>What came of one scenario.</summary>
/// <param name="Name">Which.</param>
/// <param name="Faults">How many times something was done to the game.</param>
/// <param name="Audit">Receipts against rows.</param>
/// <param name="Figures">Times in milliseconds, by what they measure.</param>
/// <param name="Recovery">Until everybody played again, the longest; zero where nobody had to stop.</param>
/// <param name="Breach">What did not hold; null where all did.</param>
internal sealed record FaultResult(string Name, int Faults, FaultAudit Audit, IReadOnlyDictionary<string, double> Figures, TimeSpan Recovery, string? Breach);

/// <summary>Bad things that happen to a running game. Each plays a game of its own on the same server.</summary>
internal sealed class FaultScenarios(ServerUnderLoad server, IReadOnlyList<Web> webs, Visitor browser, FaultOptions options, CancellationToken stop)
{
    // A question more than there are faults: after the last one a whole question must go well.
    private const int AfterFaults = 1;
    private static readonly TimeSpan _return = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan _drain = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _trouble = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan _told = TimeSpan.FromSeconds(5);
    private readonly List<int> _dead = [];
    private static readonly string[] _written = ["heartbeat", "game_answer", "game_event"];
    private readonly Random _random = new(options.Answering.Seed);

    /// <summary>kill -9 of the app while a question is open and half of the answers are in.</summary>
    public Task<FaultResult> KillAppAsync() => KillAsync("kill -9 of the app", options.AppKills, async game =>
    {
        await server.KillAppAsync();
        foreach (var player in game.Players) player.Forget();
        await server.RestartAppAsync(0, stop);
    });

    /// <summary>kill -9 of PostgreSQL in the same moment. Players stay attached: only what they send has to wait.</summary>
    public Task<FaultResult> KillPostgresAsync() => KillAsync("kill -9 of PostgreSQL", options.PostgresKills, _ =>
    {
        server.KillPostgres();
        return Task.CompletedTask;
    });

    /// <summary>The database takes no writes, as after a failover to a replica.</summary>
    public Task<FaultResult> ReadOnlyAsync() => TroubleAsync("a read-only database", () => server.SqlAsync(["alter system set default_transaction_read_only = on"], stop), () => server.SqlAsync(["alter system reset default_transaction_read_only"], stop));

    /// <summary>What PostgreSQL says where its disk is full. The disk is not: triggers say it.</summary>
    public Task<FaultResult> FullAsync() => TroubleAsync(
        "a full disk (its error, from triggers)",
        () => server.SqlAsync(
            [
                "create function disk_is_full() returns trigger language plpgsql as $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$",
                .. _written.Select(table => $"create trigger full_disk before insert or update on {table} execute function disk_is_full()"),
            ],
            stop),
        () => server.SqlAsync([.. _written.Select(table => $"drop trigger full_disk on {table}"), "drop function disk_is_full"], stop));

    /// <summary>All of PostgreSQL's processes stand still (SIGSTOP), as behind a disk or network that hangs.</summary>
    public Task<FaultResult> HangAsync() => TroubleAsync("a database that hangs", () => server.SignalPostgresAsync("STOP", stop), () => server.SignalPostgresAsync("CONT", stop));

    // For some seconds while answers come in. Nobody may be told "received" for what is not stored, /ready must tell in time, and all must go on by itself.
    private async Task<FaultResult> TroubleAsync(string name, Func<Task> begin, Func<Task> end)
    {
        using var http = new HttpClient { BaseAddress = server.Address, Timeout = _told };
        await using var game = await OpenAsync(1 + AfterFaults);
        TimeSpan? told = null;
        TimeSpan troubled = default, recovered = default;
        await game.PlayAsync(1, async () =>
        {
            await Task.Delay(options.Answering.Within * 0.3, stop);
            var began = Stopwatch.GetTimestamp();
            await begin();
            try
            {
                while (Stopwatch.GetElapsedTime(began) < _trouble)
                {
                    if (told is null && !await IsReadyAsync()) told = Stopwatch.GetElapsedTime(began);
                    await Task.Delay(TimeSpan.FromMilliseconds(100), stop);
                }
            }
            finally
            {
                await end();
            }

            troubled = Stopwatch.GetElapsedTime(began);
            var ended = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(ended) < TimeSpan.FromSeconds(30) && !(game.Players.All(player => player.Receipts.ContainsKey(1) || player.Missed.Contains(1)) && await IsReadyAsync()))
                await Task.Delay(TimeSpan.FromMilliseconds(50), stop);
            recovered = Stopwatch.GetElapsedTime(ended);
        }, stop);
        await game.PlayAsync(2, null, stop);
        await game.FinishAsync(stop);
        var audit = await game.AuditAsync(server.Database, stop);
        var breach = told is null || told > _told ? "/ready did not tell in time" : audit.Missed > 0 ? $"{audit.Missed} answers were not taken afterwards" : null;
        return Result($"{name} for {troubled.TotalSeconds:0} s", 1, audit, breach, recovered.TotalMilliseconds,
            ("/ready tells after", told?.TotalMilliseconds ?? -1), ("all receipts after its end", recovered.TotalMilliseconds));

        async Task<bool> IsReadyAsync()
        {
            try
            {
                using var answer = await http.GetAsync(new Uri("/ready", UriKind.Relative), stop);
                return answer.IsSuccessStatusCode;
            }
            catch (Exception silent) when (silent is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
            {
                return false;
            }
        }
    }

    /// <summary>Half of the players lose their network while a question is open, and the game goes on without them.</summary>
    public async Task<FaultResult> CutAsync()
    {
        await using var game = await OpenAsync(3);
        await game.PlayAsync(1, null, stop);
        var cut = game.Players.Where(player => player.Number % 2 == 0).ToList();
        var returns = new List<double>();
        await game.PlayAsync(2, async () =>
        {
            foreach (var player in cut)
            {
                player.Answers = false;
                await player.CutAsync();
            }

            await Task.Delay(options.Cut, stop);
            var back = Stopwatch.GetTimestamp();
            foreach (var player in cut) player.Return();
            foreach (var player in cut)
            {
                await player.Back.WaitAsync(stop);
                returns.Add(Stopwatch.GetElapsedTime(back).TotalMilliseconds);
                player.Answers = true;
            }
        }, stop);
        await game.PlayAsync(3, null, stop);
        await game.FinishAsync(stop);
        var audit = await game.AuditAsync(server.Database, stop);
        var last = returns.DefaultIfEmpty().Max();
        return Result($"half the players cut for {options.Cut.TotalSeconds:0} s", cut.Count, audit, last > _return.TotalMilliseconds ? $"the last was back after {last:0} ms" : null, last, ("back, last", last));
    }

    /// <summary>Every answer ten times at once, again after the close, and from a socket that has lost the seat.</summary>
    public async Task<FaultResult> RepeatAsync()
    {
        const int times = 10;
        await using var game = await OpenAsync(2);
        foreach (var player in game.Players) player.Answers = false;
        var (different, late) = (0, 0);
        for (var round = 1; round <= 2; round++)
        {
            var view = await game.Host.BringToAsync(GamePhase.Open, round, TimeSpan.FromSeconds(60), stop);
            foreach (var player in game.Players)
            {
                var answers = Enumerable.Range(0, times).Select(_ => LoadPlayer.Guess(view.Question!, _random)).ToList();
                var replies = await Task.WhenAll(answers.Select(answer => player.Socket.InvokeAsync("Answer", stop, view.Round, answer)));
                // Ten different answers, and one receipt for all: that of the first that was stored.
                if (replies.Any(reply => !reply.Received) || replies.Select(reply => AnswerAudit.Json(reply.Mine!.Answer)).Distinct(StringComparer.Ordinal).Count() != 1) different++;
                player.Receipts.TryAdd(round, replies[0].Mine!.Answer);
            }

            await game.Host.BringToAsync(GamePhase.Closed, round, TimeSpan.FromSeconds(60), stop);
            foreach (var player in game.Players)
            {
                var reply = await player.Socket.InvokeAsync("Answer", stop, round, LoadPlayer.Guess(view.Question!, _random));
                // It may be told again what stands; it may not change it.
                if (reply.Received && AnswerAudit.Json(reply.Mine!.Answer) != AnswerAudit.Json(player.Receipts[round])) late++;
            }

            await game.Host.BringToAsync(GamePhase.Board, round, TimeSpan.FromSeconds(60), stop);
        }

        await game.FinishAsync(stop);
        var audit = await game.AuditAsync(server.Database, stop);
        var breach = different + late > 0 ? $"{different} of ten repeats differed, {late} answers after the close were taken" : audit.Stored != 2 * options.Players ? $"{audit.Stored} rows for {2 * options.Players} answers" : null;
        return Result($"each answer × {times}, and after the close", 2 * options.Players * (times + 1), audit, breach, 0);
    }

    /// <summary>
    /// The same game with further sockets in it that never answer: in turn they read what they are sent, and do not. Between the two the others' times
    /// may differ by no more than a fifth, where that is more than what a machine's own jitter makes of some milliseconds.
    /// </summary>
    public async Task<FaultResult> SilenceAsync()
    {
        const int questions = 6;
        const int games = 2;
        const double worse = 1.2;
        const double jitter = 5;
        var (reading, deaf) = (new Times(), new Times());
        var audit = new FaultAudit(0, 0, 0, 0, 0, 0);
        for (var game = 0; game < games; game++)
        {
            await PlayAsync(reading, reads: true);
            audit = await PlayAsync(deaf, reads: false);
        }

        var slower = deaf.Receipt > (reading.Receipt * worse) + jitter || deaf.Reveal > (reading.Reveal * worse) + jitter;
        return Result($"{options.Silent} sockets that never read", options.Silent, audit, slower ? "others waited longer" : null, 0,
            ("receipt p99 where they read", reading.Receipt), ("receipt p99 where they do not", deaf.Receipt), ("reveal p99 where they read", reading.Reveal), ("reveal p99 where they do not", deaf.Reveal));

        async Task<FaultAudit> PlayAsync(Times times, bool reads)
        {
            await using var game = await OpenAsync(questions);
            var sockets = new List<SilentSocket>();
            try
            {
                var pin = (await game.Host.ViewAsync(stop)).Pin!;
                for (var i = 0; i < options.Silent; i++) sockets.Add(await SilentSocket.OpenAsync(webs[0], game.Id, pin, options.Players + 1 + i, reads, stop));
                for (var round = 1; round <= questions; round++)
                {
                    var number = round;
                    await game.PlayAsync(round, null, stop);
                    var first = game.Players.Min(player => player.Reveals.GetValueOrDefault(number, long.MaxValue));
                    foreach (var player in game.Players)
                    {
                        if (player.Reveals.TryGetValue(number, out var at)) times.Reveals.RecordValue(Microseconds(Stopwatch.GetElapsedTime(first, at)));
                    }
                }

                await game.FinishAsync(stop);
                foreach (var time in game.Players.SelectMany(player => player.ReceiptTimes)) times.Receipts.RecordValue(Microseconds(time));
                return await game.AuditAsync(server.Database, stop);
            }
            finally
            {
                foreach (var socket in sockets) socket.Dispose();
            }
        }

        static long Microseconds(TimeSpan time) => Math.Max(1, (long)time.TotalMicroseconds);
    }

    /// <summary>kill -9 of the app host that runs the game, one of several; a load balancer sends its players to the others.</summary>
    public Task<FaultResult> KillOwnerAsync() => KillAsync($"kill -9 of the owner among {webs.Count} hosts", options.OwnerKills, async game =>
    {
        var owner = server.OwnerOf(game.Id);
        foreach (var player in game.Players.Where(player => player.Web == webs[owner])) player.Forget();
        await server.KillAppAsync(owner);
        await LeaveAsync(game, owner);
        _dead.Add(owner);
    }, RestartDeadAsync);

    /// <summary>
    /// A rolling deploy: SIGTERM of each host in turn while answers come in. A load balancer sends whoever comes back to the others; nothing
    /// that was asked may fail for good, and each host must be gone within <see cref="_drain"/>.
    /// </summary>
    public Task<FaultResult> RollAsync() => RollAsync($"SIGTERM of each of {webs.Count} hosts in turn");

    /// <summary>The same where the hosts begin with an older build: the first new one migrates, and until its turn comes an old one plays on by the new schema.</summary>
    public async Task<FaultResult> UpgradeAsync()
    {
        var before = await MigrationsAsync();
        var result = await RollAsync($"{webs.Count} hosts of the previous build replaced in turn");
        return result with { Figures = new Dictionary<string, double>(result.Figures) { ["migrations meanwhile"] = await MigrationsAsync() - before } };
    }

    private async Task<int> MigrationsAsync()
    {
        await using var count = server.Database.CreateCommand("select count(*)::int from schema_migration");
        return (int)(await count.ExecuteScalarAsync(stop))!;
    }

    private async Task<FaultResult> RollAsync(string name)
    {
        var ends = new List<double>();
        var result = await KillAsync(name, webs.Count, async game =>
        {
            var host = ends.Count;
            foreach (var player in game.Players.Where(player => player.Web == webs[host])) player.Forget();
            var began = Stopwatch.GetTimestamp();
            await server.SignalAsync(host, "TERM", stop);
            await LeaveAsync(game, host);
            while (!server.HasEnded(host) && Stopwatch.GetElapsedTime(began) < _drain * 4) await Task.Delay(TimeSpan.FromMilliseconds(20), stop);
            ends.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            _dead.Add(host);
        }, RestartDeadAsync);
        var breach = ends.Max() > _drain.TotalMilliseconds ? $"a host took {ends.Max():0} ms to end" : result.Audit.Missed > 0 ? $"{result.Audit.Missed} answers were not taken" : null;
        return result with { Figures = new Dictionary<string, double>(result.Figures) { ["signal to end, longest"] = Math.Round(ends.Max(), 1) }, Breach = result.Breach ?? breach };
    }

    /// <summary>kill -9 of all app hosts at once, then a start of all.</summary>
    public Task<FaultResult> KillAllAsync() => KillAsync($"kill -9 of all {webs.Count} hosts", 1, async game =>
    {
        foreach (var player in game.Players) player.Forget();
        for (var host = 0; host < webs.Count; host++) await server.KillAppAsync(host);
        await Task.WhenAll(Enumerable.Range(0, webs.Count).Select(host => server.RestartAppAsync(host, stop)));
    });

    /// <summary>
    /// The owner stands still and later goes on, believing that nothing happened. Its players have been sent to the others, and their old
    /// sockets ask it to take answers for the question that it knows. It may hand them to the new owner; whatever it answers must be stored.
    /// </summary>
    public async Task<FaultResult> StopOwnerAsync()
    {
        await using var game = await OpenAsync(3);
        var taken = 0;
        var goneOn = 0.0;
        var ended = false;
        await game.PlayAsync(1, null, stop);
        await game.PlayAsync(2, async () =>
        {
            var owner = server.OwnerOf(game.Id);
            var moved = game.Players.Where(player => player.Web == webs[owner]).ToList();
            foreach (var player in moved) player.Answers = false;
            await server.SignalAsync(owner, "STOP", stop);
            var began = Stopwatch.GetTimestamp();
            var left = moved.Select(player => (Player: player, Socket: player.MoveTo(webs[Other(owner, player.Number)]))).ToList();
            if (game.Host.Web == webs[owner]) await game.Host.MoveToAsync(webs[Other(owner, 0)]);
            foreach (var player in game.Players) await player.Back.WaitAsync(stop);
            var view = await game.Host.ViewAsync(stop);
            goneOn = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            // They lie in the stopped process's buffers until it goes on.
            var late = left.Select(socket => (socket.Player, Reply: socket.Socket.InvokeAsync("Answer", stop, 2, LoadPlayer.Guess(view.Question!, _random)))).ToList();
            if (options.Stop - Stopwatch.GetElapsedTime(began) is var rest && rest > TimeSpan.Zero) await Task.Delay(rest, stop);
            await server.SignalAsync(owner, "CONT", stop);
            foreach (var (player, reply) in late)
            {
                try
                {
                    if ((await reply.WaitAsync(TimeSpan.FromSeconds(15), stop)) is { Received: true } receipt)
                    {
                        taken++;
                        player.Receipts.TryAdd(2, receipt.Mine!.Answer);
                    }
                }
                catch (Exception none) when (none is LoadFailure or TimeoutException)
                {
                    // no receipt, as it should be
                }
            }

            for (var look = 0; look < 100 && !(ended = server.HasEnded(owner)); look++) await Task.Delay(TimeSpan.FromMilliseconds(100), stop);
            foreach (var (_, socket) in left) await socket.DisposeAsync();
            foreach (var player in moved) player.Answers = true;
            if (ended) await server.RestartAppAsync(owner, stop);
        }, stop);
        await game.PlayAsync(3, null, stop);
        await game.FinishAsync(stop);
        var audit = await game.AuditAsync(server.Database, stop);
        return Result($"the owner stopped for {options.Stop.TotalSeconds:0} s", 1, audit, ended ? null : "the old owner did not end", goneOn,
            ("gone on after", goneOn), ("late answers that the new owner took, not milliseconds", taken));
    }

    private async Task RestartDeadAsync()
    {
        foreach (var host in _dead) await server.RestartAppAsync(host, stop);
        _dead.Clear();
    }

    private int Other(int host, int number) => (host + 1 + number % (webs.Count - 1)) % webs.Count;

    private async Task LeaveAsync(FaultGame game, int dead)
    {
        foreach (var player in game.Players.Where(player => player.Web == webs[dead])) player.Web = webs[Other(dead, player.Number)];
        if (game.Host.Web == webs[dead]) await game.Host.MoveToAsync(webs[Other(dead, 0)]);
    }

    private async Task<FaultResult> KillAsync(string name, int kills, Func<FaultGame, Task> kill, Func<Task>? mend = null)
    {
        await using var game = await OpenAsync(kills + AfterFaults);
        var (downs, receipts) = (new List<double>(), new List<double>());
        for (var round = 1; round <= kills + AfterFaults; round++)
        {
            var took = await game.PlayAsync(round, round > kills ? null : async () =>
            {
                await Task.Delay(options.Answering.Within * (0.25 + 0.5 * _random.NextDouble()), stop);
                var began = Stopwatch.GetTimestamp();
                await kill(game);
                foreach (var player in game.Players) await player.Back.WaitAsync(stop);
                // Whoever is host sees the game again, too.
                await game.Host.ViewAsync(stop);
                downs.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                Progress.Say($"  {name}: {downs.Count} of {kills}, all back after {downs[^1]:0} ms");
            }, stop);
            if (round <= kills) receipts.Add(took.TotalMilliseconds);
            if (mend is not null) await mend();
        }

        await game.FinishAsync(stop);
        return Result(name, kills, await game.AuditAsync(server.Database, stop), null, downs.DefaultIfEmpty().Max(),
            ("all back, median", Middle(downs)), ("all back, longest", downs.DefaultIfEmpty().Max()), ("opening to last receipt, longest", receipts.DefaultIfEmpty().Max()));
    }

    private Task<FaultGame> OpenAsync(int questions) => FaultGame.OpenAsync(webs, browser, questions, options.Players, options.Answering, stop);

    private static FaultResult Result(string name, int faults, FaultAudit audit, string? breach, double recovery, params (string Name, double Value)[] figures) => new(
        name, faults, audit, figures.ToDictionary(figure => figure.Name, figure => Math.Round(figure.Value, 1)), TimeSpan.FromMilliseconds(recovery),
        breach ?? (audit.Holds ? null : $"{audit.Lost} receipts lost, {audit.WrongScores} wrong scores, {audit.OtherSeats} came back to another seat"));

    private static double Middle(List<double> values) => values.Count == 0 ? 0 : values.Order().ElementAt(values.Count / 2);

    private sealed class Times
    {
        public LongHistogram Receipts { get; } = new((long)TimeSpan.FromMinutes(5).TotalMicroseconds, 3);

        public LongHistogram Reveals { get; } = new((long)TimeSpan.FromMinutes(5).TotalMicroseconds, 3);

        public double Receipt => Latencies.Milliseconds(Receipts, 99);

        public double Reveal => Latencies.Milliseconds(Reveals, 99);
    }
}
