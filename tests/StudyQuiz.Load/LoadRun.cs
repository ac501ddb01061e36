using StudyQuiz.Domain.Games;

namespace StudyQuiz.Load;

/// <summary>What came of a run.</summary>
/// <param name="Product">Latencies of the product's game.</param>
/// <param name="Bare">Latencies of the same game on the bare hub.</param>
/// <param name="Troubles">What went wrong for players, and what the app complained of.</param>
internal sealed record LoadResult(GameFigures Figures, Latencies Product, Latencies Bare, IReadOnlyDictionary<GamePhase, int> Bytes, IReadOnlyList<string> Troubles);

/// <summary>A whole run: the product first, then the bare hub, so that neither takes from the other.</summary>
internal static class LoadRun
{
    private const double SlowestJoinRate = 20;
    private static readonly TimeSpan _joinStarts = TimeSpan.FromSeconds(30);

    /// <exception cref="LoadFailure">It could not be carried out.</exception>
    public static async Task<LoadResult> RunAsync(GameOptions options, CancellationToken stop)
    {
        var (figures, product, complaints) = await PlayProductAsync(options, stop);
        Progress.Say("the same on a bare hub");
        var sizes = LoadPlayer.Sizes.ToDictionary();
        var bare = await PlayBareAsync(sizes, figures.Joined, options, stop);
        return new LoadResult(
            figures with { BareHubRevealP99Ms = Latencies.Milliseconds(bare.LastReveal, 99) }, product, bare, sizes, [.. LoadPlayer.Troubles, .. complaints]);
    }

    private static async Task<(GameFigures Figures, Latencies Latencies, IReadOnlyList<string> Complaints)> PlayProductAsync(GameOptions options, CancellationToken stop)
    {
        Progress.Say(options.App is null ? "starting PostgreSQL and the app" : $"using {options.App}");
        await using IServer server = options.App is null ? await ServerUnderLoad.StartAsync(options.Hosts, stop) : new RunningApp(options.App);
        var webs = server.Addresses.Select(address => new Web(address)).ToList();
        using var all = new Disposing([.. webs]);
        // Started last, the last host printed the link that makes the first admin
        var web = webs[^1];
        var browser = await server.SignInAsync(web, stop);
        var game = await LoadHost.OpenGameAsync(browser, options.Questions, stop);
        await using var host = await LoadHost.AttachAsync(web, browser.Cookies, game, stop);
        var pin = host.View.Pin!;
        Progress.Say($"{options.Players} players join");
        server.Use?.Begin();
        await using var crowd = new Crowd();
        await crowd.FillAsync(options.Players, options.JoinRate, (number, cancellation) => JoinAsync(webs[number % webs.Count], game, pin, options.Answering, number, cancellation), JoinLimit(options), stop);
        var (joinCpu, joinDatabaseCpu) = (server.Use?.CpuSeconds ?? 0, server.Use?.DatabaseCpuSeconds ?? 0);
        if (crowd.Players.Count == 0) throw new LoadFailure($"Nobody came in. {LoadPlayer.Troubles.FirstOrDefault()}");

        Progress.Say($"{crowd.Players.Count} are in, {crowd.Rate:0} a second; server {server.Use?.NowMb} MB, {joinCpu} s, database {joinDatabaseCpu} s");
        var run = new GameRun(host, crowd.Players, options);
        await run.PlayAsync(stop);
        var (cpu, databaseCpu) = (server.Use?.CpuSeconds ?? 0, server.Use?.DatabaseCpuSeconds ?? 0);
        var audit = await AnswerAudit.OfAsync(server.Database, game, crowd.Players, run.Rounds, stop);
        var latencies = new Latencies(run.Rounds);
        var figures = new GameFigures(
            options.Players, crowd.Players.Count, Math.Round(crowd.Rate, 1),
            Latencies.Milliseconds(latencies.Receipt, 50), Latencies.Milliseconds(latencies.Receipt, 99),
            Latencies.Milliseconds(latencies.LastReveal, 50), Latencies.Milliseconds(latencies.LastReveal, 99),
            run.Rounds.Sum(round => round.Sent.Count), audit.Stored, audit.Lost, audit.Doubled,
            server.Use?.PeakMb ?? 0, server.Use?.CpuSeconds ?? 0, 0,
            server.Addresses.Count, Each(joinCpu, crowd.Players.Count), Each(cpu - joinCpu, crowd.Players.Count * options.Questions),
            Each(joinDatabaseCpu, crowd.Players.Count), Each(databaseCpu - joinDatabaseCpu, crowd.Players.Count * options.Questions));
        return (figures, latencies, server.Complaints);
    }

    private static double Each(double seconds, int count) => Math.Round(seconds * 1000 / count, 3);

    private static async Task<LoadPlayer> JoinAsync(Web web, Guid game, string pin, Answering answering, int number, CancellationToken stop)
    {
        var player = new LoadPlayer(answering, number);
        var browser = await player.TakeSeatAsync(web, pin, stop);
        await player.AttachAsync(web, browser.Cookies, game, stop);
        return player;
    }

    private static async Task<Latencies> PlayBareAsync(IReadOnlyDictionary<GamePhase, int> bytes, int players, GameOptions options, CancellationToken stop)
    {
        await using var hub = await BareHubProcess.StartAsync(bytes, stop);
        using var web = new Web(hub.Address);
        await using var host = await LoadHost.AttachAsync(web, "", Guid.Empty, stop);
        await using var crowd = new Crowd();
        await crowd.FillAsync(players, null, async (number, cancellation) =>
        {
            var player = new LoadPlayer(options.Answering, number);
            await player.AttachAsync(web, "", Guid.Empty, cancellation);
            return player;
        }, JoinLimit(options), stop);
        var run = new GameRun(host, crowd.Players, options);
        await run.PlayAsync(stop);
        return new Latencies(run.Rounds);
    }

    private static TimeSpan JoinLimit(GameOptions options) =>
        _joinStarts + TimeSpan.FromSeconds(options.Players / Math.Min(options.JoinRate ?? SlowestJoinRate, SlowestJoinRate));

    private sealed class Disposing(IReadOnlyList<IDisposable> all) : IDisposable
    {
        public void Dispose()
        {
            foreach (var one in all) one.Dispose();
        }
    }
}
