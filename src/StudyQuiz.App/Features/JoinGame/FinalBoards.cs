using Microsoft.Extensions.Caching.Memory;
using StudyQuiz.App.Live;
using StudyQuiz.Domain.Games;

namespace StudyQuiz.App.Features.JoinGame;

/// <summary>Where a seat stood at the end, as the podium had it.</summary>
/// <param name="Rank">Counts from 1; equal ones share it.</param>
/// <param name="Seats">Among how many.</param>
/// <param name="Team">Null where everybody played alone.</param>
public sealed record FinalPlace(int Points, int Rank, int Seats, string? Team);

/// <summary>The ends of games, for the result pages of their players: rebuilt once for a class that looks, not once for each of its phones.</summary>
public sealed class FinalBoards(GameLoading loading) : IDisposable
{
    private const int MostSeats = 20_000;
    private static readonly TimeSpan _kept = TimeSpan.FromMinutes(10);

    private readonly MemoryCache _boards = new(new MemoryCacheOptions { SizeLimit = MostSeats });

    /// <summary>Null where the seat has no place: no question was closed, or the seat was taken away.</summary>
    public async Task<FinalPlace?> FindAsync(Guid game, int seat)
    {
        if (!_boards.TryGetValue(game, out IReadOnlyDictionary<int, FinalPlace>? board))
        {
            board = await BoardAsync(game);
            _boards.Set(game, board, new MemoryCacheEntryOptions { Size = board.Count + 1, SlidingExpiration = _kept });
        }

        return board!.GetValueOrDefault(seat);
    }

    public void Dispose() => _boards.Dispose();

    private async Task<IReadOnlyDictionary<int, FinalPlace>> BoardAsync(Guid game)
    {
        if (await loading.ReadAsync(game) is not { State: var state }) return new Dictionary<int, FinalPlace>();
        var teams = Teams.NamesOf(state.Setup.Options);
        return state.Standings.Where(standing => state.Seats.ContainsKey(standing.Seat)).ToDictionary(
            standing => standing.Seat,
            standing => new FinalPlace(standing.Points, standing.Rank, state.Seats.Count, teams.ElementAtOrDefault(state.Seats[standing.Seat].Team - 1)));
    }
}
