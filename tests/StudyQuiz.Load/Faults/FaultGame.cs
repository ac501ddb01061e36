using System.Diagnostics;
using Dapper;
using Npgsql;
using StudyQuiz.App.Live;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Load.Faults;

/// <summary>One game with a host and players who come back, to which something is done while it runs.</summary>
internal sealed class FaultGame : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(90);

    private readonly List<FaultPlayer> _players = [];

    private FaultGame(Guid id, FaultHost host) => (Id, Host) = (id, host);

    public Guid Id { get; }

    public FaultHost Host { get; }

    public IReadOnlyList<FaultPlayer> Players => _players;

    /// <summary>Opens a game and brings the players in.</summary>
    public static async Task<FaultGame> OpenAsync(IReadOnlyList<Web> webs, Visitor browser, int questions, int players, Answering answering, CancellationToken stop)
    {
        var id = await LoadHost.OpenGameAsync(browser, questions, stop);
        var game = new FaultGame(id, new FaultHost(webs[0], browser.Cookies, id));
        var pin = (await game.Host.ViewAsync(stop)).Pin!;
        game._players.AddRange(Enumerable.Range(1, players).Select(number => new FaultPlayer(id, number, answering)));
        await Parallel.ForEachAsync(game._players, new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = stop }, async (player, cancellation) => await player.ComeAsync(webs[player.Number % webs.Count], pin, cancellation));
        return game;
    }

    /// <summary>Plays one question: opens it, does something while answers come in, waits for the receipts, closes it, shows the board.</summary>
    /// <param name="round">Counts from 1.</param>
    /// <param name="meanwhile">Done as soon as the question is open.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>From the opening to the last receipt.</returns>
    public async Task<TimeSpan> PlayAsync(int round, Func<Task>? meanwhile, CancellationToken stop)
    {
        await Host.BringToAsync(GamePhase.Open, round, _patience, stop);
        var opened = Stopwatch.GetTimestamp();
        if (meanwhile is not null) await meanwhile();
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < _patience && !_players.All(player => !player.Answers || player.Receipts.ContainsKey(round) || player.Missed.Contains(round)))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), stop);
        }

        var took = Stopwatch.GetElapsedTime(opened);
        await Host.BringToAsync(GamePhase.Board, round, _patience, stop);
        return took;
    }

    /// <summary>Ends the game and waits until every player has seen its end.</summary>
    public async Task FinishAsync(CancellationToken stop)
    {
        await Host.BringToAsync(GamePhase.Podium, int.MaxValue, _patience, stop);
        var began = Stopwatch.GetTimestamp();
        while (_players.Any(player => player.View?.Phase != GamePhase.Podium))
        {
            if (Stopwatch.GetElapsedTime(began) > _patience) throw new LoadFailure("Not every player saw the end of the game.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), stop);
        }
    }

    /// <summary>Compares what players hold with what is stored.</summary>
    public async Task<FaultAudit> AuditAsync(NpgsqlDataSource database, CancellationToken stop)
    {
        // Connections of before the database was killed are dead.
        database.Clear();
        // Loading raises the epoch; the game is over, so nobody writes it any more.
        var stored = await new GameLoading(database).TakeOverAsync(Id) ?? throw new LoadFailure("The game is not stored.");
        var points = stored.State.Standings.ToDictionary(standing => standing.Seat, standing => standing.Points);
        await using var connection = await database.OpenConnectionAsync(stop);
        var rows = (await connection.QueryAsync<(int Round, int Seat, string Answer)>(
            "select round, seat, answer from game_answer where game_id = @Id", new { Id })).ToDictionary(row => (row.Round, row.Seat), row => row.Answer);
        var receipts = _players.SelectMany(player => player.Receipts.Select(receipt => (player.Seat, Round: receipt.Key, Shown: receipt.Value))).ToList();
        return new FaultAudit(
            receipts.Count,
            rows.Count,
            receipts.Count(receipt => !rows.TryGetValue((receipt.Round, receipt.Seat), out var row) || !AnswerAudit.Same(row, ToAuthored(stored, receipt.Round, receipt.Shown))),
            _players.Count(player => player.View?.Seat?.Points != points.GetValueOrDefault(player.Seat)),
            _players.Count(player => !player.OtherSeats.IsEmpty),
            _players.Sum(player => player.Missed.Count));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var player in _players) await player.DisposeAsync();
        await Host.DisposeAsync();
    }

    private static GivenAnswer ToAuthored(StoredGame stored, int round, GivenAnswer shown) => stored.State.Setup.Round(round).Presentation.ToAuthored(shown);
}

/// <summary>What a game with faults came to.</summary>
/// <param name="Receipts">Answers of which a player was told that they are received.</param>
/// <param name="Stored">Rows; there may be more than receipts, where a receipt was lost on its way and nobody asked again.</param>
/// <param name="Lost">Receipts without a row, or whose row holds another answer: must be 0.</param>
/// <param name="WrongScores">Players whose points differ from those computed anew from the rows: must be 0.</param>
/// <param name="OtherSeats">Players who came back to another seat: must be 0.</param>
/// <param name="Missed">Answers that were not taken before their question ended.</param>
internal sealed record FaultAudit(int Receipts, int Stored, int Lost, int WrongScores, int OtherSeats, int Missed)
{
    public bool Holds => Lost == 0 && WrongScores == 0 && OtherSeats == 0 && Stored >= Receipts;
}
