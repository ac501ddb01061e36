namespace StudyQuiz.Domain.Games;

// Who sits, under what name, and who sits no more.
public static partial class GameRules
{
    private static Decision Join(GameState state, TakeSeat join, TimeSpan now)
    {
        if (state.IsLocked) return Refuse(GameRefusal.JoiningLocked);
        if (!state.Setup.Options.LateJoin && state.Phase != GamePhase.Lobby) return Refuse(GameRefusal.LateJoinOff);
        if (state.Seats.Count >= state.Setup.Options.SeatCap) return Refuse(GameRefusal.Full);
        if (Teams.Of(state, join.Team) is not { } team) return Refuse(GameRefusal.TeamMissing);
        return UnlessBanned(state, state.Setup.Options.Identity switch
        {
            PlayerIdentity.Nickname => JoinAs(state, join with { Unit = null, Code = null }, now, team, isUnique: true),
            PlayerIdentity.NameAndUnit when Nickname.Clean(join.Unit) is { } unit => JoinAs(state, join with { Unit = unit, Code = null }, now, team, isUnique: false),
            PlayerIdentity.NameAndUnit => Refuse(GameRefusal.UnitInvalid),
            PlayerIdentity.Roster => JoinFromRoster(state, join, now, team),
            PlayerIdentity.SignedIn => JoinAs(state, join with { Unit = null }, now, team, isUnique: false),
            _ => throw new ArgumentOutOfRangeException(nameof(state), state.Setup.Options.Identity, "Not a way to be known."),
        });
    }

    // Known by the name, and by unit and number where those tell equal names apart: who shares no more than a name is somebody else.
    private static Decision UnlessBanned(GameState state, Decision decision) =>
        decision is Decision.Accepted { Events: [SeatTaken { Seat: var seat }] } && state.Banned.Contains(SeatNames.Identity(seat)) ? Refuse(GameRefusal.NameBanned) : decision;

    private static Decision JoinAs(GameState state, TakeSeat join, TimeSpan now, int team, bool isUnique)
    {
        if (Nickname.Clean(join.Nickname) is not { } nickname) return Refuse(GameRefusal.NicknameInvalid);
        if (isUnique && state.Setup.Options.GeneratedNames && !FriendlyNames.IsOne(nickname)) return Refuse(GameRefusal.NicknameNotOffered);
        if (isUnique && state.Skeletons.ContainsKey(Nickname.Skeleton(nickname))) return Refuse(GameRefusal.NicknameTaken);
        var waits = state.Setup.Options is { ReviewNames: true, GeneratedNames: false, Identity: PlayerIdentity.Nickname or PlayerIdentity.NameAndUnit };
        return Accept(new SeatTaken(now, new Seat(state.LastSeat + 1, nickname, join.Unit, join.Code, waits) { Team = team }));
    }

    private static Decision JoinFromRoster(GameState state, TakeSeat join, TimeSpan now, int team)
    {
        var named = state.Setup.Roster.Where(entry => entry.IsNamedBy(join)).ToList();
        if (named.Count == 0) return Refuse(GameRefusal.NotOnRoster);
        var free = named.Find(entry => !state.Seats.Values.Any(seat => (seat.Nickname, seat.Code, seat.Unit) == (entry.Name, entry.Code, entry.Unit)));
        return free is null
            ? Refuse(GameRefusal.RosterSeatTaken)
            : Accept(new SeatTaken(now, new Seat(state.LastSeat + 1, free.Name, free.Unit, free.Code) { Team = team }));
    }

    private static Decision Rename(GameState state, RenameSeat rename, TimeSpan now)
    {
        if (!state.Seats.TryGetValue(rename.Seat, out var seat)) return Refuse(GameRefusal.UnknownSeat);
        if (Nickname.Clean(rename.Name) is not { } name) return Refuse(GameRefusal.NicknameInvalid);
        if (name == seat.Nickname) return seat.IsHidden ? Accept(new SeatApproved(now, seat.Number)) : Accept();
        var others = WithoutNames(state, seat).Skeletons;
        return state.Setup.Options.Identity == PlayerIdentity.Nickname && others.ContainsKey(Nickname.Skeleton(name))
            ? Refuse(GameRefusal.NicknameTaken)
            : Accept(new SeatRenamed(now, seat.Number, name));
    }

    private static Decision Move(GameState state, MoveSeat move, TimeSpan now)
    {
        if (!state.Seats.TryGetValue(move.Seat, out var seat)) return Refuse(GameRefusal.UnknownSeat);
        if (move.Team < 1 || move.Team > Teams.NamesOf(state.Setup.Options).Count) return Refuse(GameRefusal.NoSuchTeam);
        return move.Team == seat.Team ? Accept() : Accept(new SeatMoved(now, move.Seat, move.Team));
    }

    private static Decision OfSeat(GameState state, int seat, GameEvent happened) =>
        state.Seats.ContainsKey(seat) ? Accept(happened) : Refuse(GameRefusal.UnknownSeat);

    // Someone who sits down after all others have answered gets the whole time, too.
    private static GameState WithSeat(GameState state, Seat seat) => WithEnd(WithNames(
        state with { Seats = state.Seats.SetItem(seat.Number, seat), LastSeat = Math.Max(state.LastSeat, seat.Number) }, seat));

    private static GameState Reseated(GameState state, Seat seat) =>
        WithNames(WithoutNames(state, state.Seats[seat.Number]) with { Seats = state.Seats.SetItem(seat.Number, seat) }, seat);

    private static GameState WithoutSeat(GameState state, SeatRemoved removed)
    {
        var number = removed.Seat;
        if (!state.Seats.TryGetValue(number, out var seat)) return state;
        state = WithoutNames(state, seat) with
        {
            Banned = removed.Banned ? state.Banned.Add(SeatNames.Identity(seat)) : state.Banned,
            Seats = state.Seats.Remove(number),
            Answers = state.Answers.Remove(number),
            Before = Standing.Ranked(state.Before.Where(s => s.Seat != number)),
            Standings = Standing.Ranked(state.Standings.Where(s => s.Seat != number)),
        };
        return state.Phase == GamePhase.Closed ? Score(state) : WithEnd(state);
    }

    private static GameState WithNames(GameState state, Seat seat) => state with
    {
        Skeletons = SeatNames.Keys(seat).Aggregate(state.Skeletons, (names, key) => names.SetItem(key, names.GetValueOrDefault(key) + 1)),
    };

    private static GameState WithoutNames(GameState state, Seat seat) => state with
    {
        Skeletons = SeatNames.Keys(seat).Aggregate(state.Skeletons, (names, key) =>
            names.GetValueOrDefault(key) > 1 ? names.SetItem(key, names[key] - 1) : names.Remove(key)),
    };
}
