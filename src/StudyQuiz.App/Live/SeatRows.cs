using StudyQuiz.Domain.Games;

namespace StudyQuiz.App.Live;

/// <summary>What the host sees of the room that the rules do not know.</summary>
/// <param name="Confirmed">How many of the running round's answers are committed.</param>
/// <param name="Online">Seats with a screen that is connected.</param>
/// <param name="Unconfirmed">Seats whose answer is on its way to the disk.</param>
/// <param name="Projectors">The host's projector pages that are connected.</param>
internal sealed record Room(int Confirmed, IReadOnlySet<int> Online, IReadOnlyCollection<int> Unconfirmed, int Projectors);

/// <summary>The host's list of seats: never all of thousands, but those that need a look, or those that were asked for.</summary>
internal static class SeatRows
{
    private const int Most = 40;

    /// <summary>Names that wait, then seats that are away, then the newest.</summary>
    public static IReadOnlyList<SeatRow> First(GameState state, Room room) =>
        [.. state.Seats.Values.OrderBy(seat => seat.IsHidden ? 0 : room.Online.Contains(seat.Number) ? 2 : 1).ThenByDescending(seat => seat.Number).Take(Most).Select(seat => Row(state, room, seat))];

    public static IReadOnlyList<SeatRow> Find(GameState state, Room room, string text) =>
        [.. state.Seats.Values.Where(seat => FullName(state, seat).Contains(text.Trim(), StringComparison.OrdinalIgnoreCase)).OrderBy(seat => seat.Number).Take(Most).Select(seat => Row(state, room, seat))];

    private static SeatRow Row(GameState state, Room room, Seat seat)
    {
        var answer = room.Unconfirmed.Contains(seat.Number) ? null : state.Answers.GetValueOrDefault(seat.Number);
        var standing = state.Phase == GamePhase.Closed && !state.IsVoid(state.Round) ? state.Standings.FirstOrDefault(s => s.Seat == seat.Number) : null;
        return new SeatRow(
            seat.Number, FullName(state, seat), seat.IsHidden, room.Online.Contains(seat.Number), answer is not null, standing?.Outcome,
            answer is null ? null : (int)(answer.At - state.OpenedAt).TotalMilliseconds, state.ExtraOf(seat.Number), seat.Team);
    }

    // The host sees the name that is asked for, and whose it is; others see the seat's number until it is agreed to.
    private static string FullName(GameState state, Seat seat)
    {
        var name = state.FullNameOf(seat);
        return seat is { IsHidden: true, Unit: { } unit } && name == seat.Nickname ? $"{name}（{unit}）" : name;
    }
}
