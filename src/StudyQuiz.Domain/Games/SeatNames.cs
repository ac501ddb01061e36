using System.Globalization;

namespace StudyQuiz.Domain.Games;

/// <summary>What a seat is called on everyone's screen.</summary>
public static class SeatNames
{
    /// <summary>The name; with its unit or number where others have the same; only the seat's number while the name waits for the host.</summary>
    public static string NameOf(this GameState state, int seat)
    {
        var at = state.Seats[seat];
        return at.IsHidden ? Numbered(seat) : state.FullNameOf(at);
    }

    /// <summary>The same, whether the name waits or not.</summary>
    public static string FullNameOf(this GameState state, Seat at)
    {
        if (state.Skeletons.GetValueOrDefault(Nickname.Skeleton(at.Nickname)) <= 1) return at.Nickname;
        var apart = at.Unit is not null && state.Skeletons.GetValueOrDefault(WithUnit(at)) <= 1 ? at.Unit : Joined(at.Unit, at.Code ?? Numbered(at.Number));
        return $"{at.Nickname}（{apart}）";
    }

    /// <summary>The seats that are called otherwise since a namesake took a seat: who had a name alone has a unit or number behind it now.</summary>
    /// <param name="before">The game before that seat was taken.</param>
    public static IReadOnlyList<int> RenamedBy(this GameState state, Seat taken, GameState before) => Keys(taken).Any(key => state.Skeletons.GetValueOrDefault(key) == 2)
        ? [.. before.Seats.Values.Where(other => Keys(other).Intersect(Keys(taken)).Any() && before.NameOf(other.Number) != state.NameOf(other.Number)).Select(other => other.Number)]
        : [];

    /// <summary>By what names are counted, so that it is known which of them need to be told apart.</summary>
    internal static IEnumerable<string> Keys(Seat seat)
    {
        yield return Nickname.Skeleton(seat.Nickname);
        if (seat.Unit is not null) yield return WithUnit(seat);
    }

    /// <summary>By what a player is known again: equal for a second seat of the same one.</summary>
    internal static string Identity(Seat seat) => $"{Nickname.Skeleton(seat.Nickname)}\n{Nickname.Skeleton(seat.Unit ?? "")}\n{seat.Code}";

    // A line feed is in no name.
    private static string WithUnit(Seat seat) => $"{Nickname.Skeleton(seat.Nickname)}\n{Nickname.Skeleton(seat.Unit!)}";

    private static string Joined(string? unit, string number) => unit is null ? number : $"{unit} · {number}";

    private static string Numbered(int seat) => string.Create(CultureInfo.InvariantCulture, $"#{seat}");
}
