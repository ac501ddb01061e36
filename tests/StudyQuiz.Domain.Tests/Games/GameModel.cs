using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Tests.Games;

/// <summary>A game told in the plainest way that could be right: a few variables, no events, points counted anew each time.</summary>
/// <remarks>Each question has three options of which the first is right; all is graded 100 or 0.</remarks>
internal sealed class GameModel
{
    private readonly int _rounds;
    private readonly SortedDictionary<int, string> _seats = [];
    private readonly Dictionary<(int Round, int Seat), (int Option, TimeSpan At)> _given = [];
    private readonly Dictionary<int, int> _keys = [];
    private readonly HashSet<string> _banned = [];
    private readonly HashSet<int> _void = [];
    private readonly HashSet<int> _graded = [];
    private GamePhase _phase = GamePhase.Lobby;
    private int _round;
    private int _seatsEver;
    private bool _isPaused;
    private bool _isLocked;
    private TimeSpan _now = TimeSpan.FromSeconds(1);
    private TimeSpan? _readUntil;
    private TimeSpan? _openUntil;

    public GameModel(int rounds, int seats)
    {
        _rounds = rounds;
        for (var seat = 1; seat <= seats; seat++) _seats[++_seatsEver] = $"甲{seat}号";
    }

    private TimeSpan? Ends => _phase switch
    {
        GamePhase.Reading => _readUntil,
        GamePhase.Open when EverybodyAnswered && _seats.Count > 0 && LastAnswer + TimeSpan.FromSeconds(3) < _openUntil => LastAnswer + TimeSpan.FromSeconds(3),
        GamePhase.Open => _openUntil,
        _ => null,
    };

    private TimeSpan LastAnswer => _seats.Keys.Max(seat => _given[(_round, seat)].At);

    private bool EverybodyAnswered => _seats.Keys.All(seat => _given.ContainsKey((_round, seat)));

    private bool IsOver => _phase is GamePhase.Podium or GamePhase.Aborted;

    public static string Described(GameState state) => Described(
        state.Phase, state.Round, state.IsPaused, state.IsLocked, state.PhaseEnds,
        state.Seats.Keys.Order().Select(seat => (seat, state.Standings.FirstOrDefault(s => s.Seat == seat)?.Points ?? 0)));

    public void Wait(TimeSpan time)
    {
        if (!_isPaused) _now += time;
    }

    public string Described() => Described(_phase, _round, _isPaused, _isLocked, Ends, _seats.Keys.Select(seat => (seat, PointsOf(seat))));

    public GameRefusal? Do(GameCommand command)
    {
        if (command is Tick) return Tick();
        if (command is GiveAnswer answer) return Answer(answer);
        if (IsOver) return GameRefusal.GameOver;
        return command switch
        {
            TakeSeat join => Join(join.Nickname),
            PhaseCommand seen when (seen.SeenPhase, seen.SeenRound) != (_phase, _round) => GameRefusal.WrongPhase,
            Advance => GoOn(),
            Abort => Go(GamePhase.Aborted),
            Pause => _isPaused ? GameRefusal.Paused : Ends is null ? GameRefusal.NoTimeRuns : Done(() => _isPaused = true),
            Resume => _isPaused ? Done(() => _isPaused = false) : GameRefusal.NotPaused,
            Skip => LeaveRound(),
            Extend extend => Lengthen(extend.By),
            Reopen reopen => OnClosed() ?? OpenAgain(reopen.For),
            VoidRound => OnClosed() ?? Done(() => _void.Add(_round)),
            CorrectKey { Key: Chosen { Options: [var key] } } => OnClosed() ?? (key < 3 ? Done(() => _keys[_round] = key) : GameRefusal.UnfitAnswer),
            ClearLobby => _phase == GamePhase.Lobby ? Done(_seats.Clear) : GameRefusal.NotInLobby,
            RemoveSeat remove => Remove(remove),
            MoveSeat move => _seats.ContainsKey(move.Seat) ? GameRefusal.NoSuchTeam : GameRefusal.UnknownSeat,
            BalanceTeams => GameRefusal.NoSuchTeam,
            LockJoining to => Done(() => _isLocked = to.Locked),
            RenameSeat rename => Rename(rename.Seat, rename.Name),
            _ => throw new ArgumentException($"The model knows no {command}.", nameof(command)),
        };
    }

    private static string Described(GamePhase phase, int round, bool isPaused, bool isLocked, TimeSpan? ends, IEnumerable<(int Seat, int Points)> points) =>
        $"{phase} {round} {(isPaused ? "paused" : "")} {(isLocked ? "locked" : "")} {ends} {string.Join(' ', points)}";

    private static GameRefusal? Done(Action change)
    {
        change();
        return null;
    }

    private int PointsOf(int seat) => _graded.Where(round => !_void.Contains(round)).Count(round => _given.TryGetValue((round, seat), out var given) && given.Option == _keys.GetValueOrDefault(round)) * 100;

    private GameRefusal? Tick()
    {
        if (_isPaused || Ends is not { } ends) return null;
        if (_phase == GamePhase.Reading && _now >= ends) return Open();
        var late = EverybodyAnswered && _seats.Count > 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(400); // grace, and the longest credit
        return _phase == GamePhase.Open && _now >= ends + late ? Close() : null;
    }

    private GameRefusal? Answer(GiveAnswer answer)
    {
        if (!_seats.ContainsKey(answer.Seat)) return GameRefusal.UnknownSeat;
        if (answer.Round > _round) return GameRefusal.WrongRound;
        if (answer.Round < _round) return GameRefusal.TooLate;
        if (_given.ContainsKey((_round, answer.Seat))) return GameRefusal.AlreadyAnswered;
        if (_phase == GamePhase.Reading) return GameRefusal.NotOpenYet;
        if (_isPaused) return GameRefusal.Paused;
        if (_phase != GamePhase.Open || _now > Ends + TimeSpan.FromMilliseconds(150)) return GameRefusal.TooLate;
        _given[(_round, answer.Seat)] = (((Chosen)answer.Answer).Options[0], _now);
        return null;
    }

    private GameRefusal? Join(string name)
    {
        if (_isLocked) return GameRefusal.JoiningLocked;
        if (_seats.ContainsValue(name)) return GameRefusal.NicknameTaken;
        if (_banned.Contains(name)) return GameRefusal.NameBanned;
        _seats[++_seatsEver] = name;
        return null;
    }

    private GameRefusal? Remove(RemoveSeat remove)
    {
        if (!_seats.Remove(remove.Seat, out var name)) return GameRefusal.UnknownSeat;
        if (remove.Ban) _banned.Add(name);
        return null;
    }

    private GameRefusal? Rename(int seat, string name)
    {
        if (!_seats.TryGetValue(seat, out var had)) return GameRefusal.UnknownSeat;
        if (had != name && _seats.ContainsValue(name)) return GameRefusal.NicknameTaken;
        _seats[seat] = name;
        return null;
    }

    private GameRefusal? GoOn() => _phase switch
    {
        GamePhase.Lobby when _seats.Count == 0 => GameRefusal.NoSeats,
        GamePhase.Lobby => Read(1),
        GamePhase.Reading => Open(),
        GamePhase.Open => Close(),
        GamePhase.Closed => Go(GamePhase.Board),
        _ => Next(),
    };

    private GameRefusal? LeaveRound()
    {
        if (_phase is not (GamePhase.Reading or GamePhase.Open)) return GameRefusal.NothingToSkip;
        _void.Add(_round);
        return Next();
    }

    private GameRefusal? Lengthen(TimeSpan by)
    {
        if (_phase is not (GamePhase.Reading or GamePhase.Open)) return GameRefusal.NoTimeRuns;
        if (by == TimeSpan.Zero) return GameRefusal.UnfitTime;
        if (_phase == GamePhase.Open && EverybodyAnswered) return GameRefusal.EverybodyAnswered;
        if (_phase == GamePhase.Reading) _readUntil += by;
        else _openUntil += by;
        return null;
    }

    private GameRefusal? OnClosed() =>
        _phase != GamePhase.Closed ? GameRefusal.OnlyBeforeBoard : _void.Contains(_round) ? GameRefusal.RoundIsVoid : null;

    private GameRefusal? OpenAgain(TimeSpan time)
    {
        if (time == TimeSpan.Zero) return GameRefusal.UnfitTime;
        if (EverybodyAnswered) return GameRefusal.EverybodyAnswered;
        _graded.Remove(_round);
        _openUntil = _now + time;
        return Go(GamePhase.Open);
    }

    private GameRefusal? Read(int round)
    {
        _round = round;
        _readUntil = _now + TimeSpan.FromSeconds(3);
        return Go(GamePhase.Reading);
    }

    private GameRefusal? Open()
    {
        _openUntil = _now + TimeSpan.FromSeconds(20);
        return Go(GamePhase.Open);
    }

    private GameRefusal? Close()
    {
        _graded.Add(_round);
        return Go(GamePhase.Closed);
    }

    private GameRefusal? Next() => _round == _rounds ? Go(GamePhase.Podium) : Read(_round + 1);

    private GameRefusal? Go(GamePhase phase)
    {
        (_phase, _isPaused) = (phase, false);
        return null;
    }
}
