using System.Diagnostics;
using StudyQuiz.Domain.Games;

namespace StudyQuiz.Load;

/// <summary>Plays a game from the lobby to the podium with everybody who is in.</summary>
internal sealed class GameRun(LoadHost host, IReadOnlyList<LoadPlayer> players, GameOptions options)
{
    // More than a healthy server needs by far, and still an end.
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(30);

    /// <summary>The rounds, as far as they were played.</summary>
    public IReadOnlyList<Round> Rounds { get; } = [.. Enumerable.Range(1, options.Questions).Select(number => new Round(number, players.Count))];

    /// <exception cref="LoadFailure">A view did not reach everyone in time.</exception>
    public async Task PlayAsync(CancellationToken stop)
    {
        for (var i = 0; i < players.Count; i++) players[i].Play(Rounds, i);
        await host.AdvanceAsync(GamePhase.Lobby, 0, stop);
        foreach (var round in Rounds)
        {
            await PlayAsync(round, stop);
            await host.AdvanceAsync(GamePhase.Board, round.Number, stop);
        }
    }

    private async Task PlayAsync(Round round, CancellationToken stop)
    {
        await ReachesAllAsync(round, GamePhase.Reading, stop);
        await Task.Delay(options.HostPause, stop);
        // Where the reading time was over before, the answers are open already.
        await host.AdvanceAsync(GamePhase.Reading, round.Number, stop);
        await ReachesAllAsync(round, GamePhase.Open, stop);
        if (!await round.Receipts.All.ComesWithinAsync(options.Answering.Within + _limit, stop)) Progress.Say($"  only {round.Receipts.Count} receipts");
        await Task.Delay(options.HostPause, stop);

        var commanded = Stopwatch.GetTimestamp();
        if (await host.AdvanceAsync(GamePhase.Open, round.Number, stop)) round.RevealCommanded = commanded;
        await ReachesAllAsync(round, GamePhase.Closed, stop);
        round.Counted = host.View.Answered;
        Progress.Say($"  question {round.Number}: {round.Receipts.Count} receipts, the last reveal after {round.Seen(GamePhase.Closed).Since(commanded).Max().TotalMilliseconds:0} ms");
        await Task.Delay(options.HostPause, stop);

        await host.AdvanceAsync(GamePhase.Closed, round.Number, stop);
        await ReachesAllAsync(round, GamePhase.Board, stop);
        await Task.Delay(options.HostPause, stop);
        await host.PingAsync(stop);
    }

    private static async Task ReachesAllAsync(Round round, GamePhase phase, CancellationToken stop)
    {
        var seen = round.Seen(phase);
        if (!await seen.All.ComesWithinAsync(_limit, stop))
            throw new LoadFailure($"Question {round.Number}: within {_limit.TotalSeconds:0} s {phase} had reached {seen.Count} players only. {LoadPlayer.Troubles.FirstOrDefault()}");
    }
}
