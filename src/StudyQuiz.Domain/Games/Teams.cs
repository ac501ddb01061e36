using System.Collections.Immutable;

namespace StudyQuiz.Domain.Games;

/// <summary>How players come to their teams.</summary>
public enum TeamMode
{
    /// <summary>Everybody plays alone.</summary>
    None,

    /// <summary>Players choose when they join.</summary>
    Chosen,

    /// <summary>Whoever joins goes to the smallest.</summary>
    Balanced,
}

/// <summary>Where a team stands: the mean of its members, so that its size does not matter.</summary>
/// <param name="Team">Counts from 1.</param>
/// <param name="Points">To a tenth.</param>
/// <param name="Gain">By the last scored round, to a tenth.</param>
/// <param name="Rank">Equal points share one.</param>
public sealed record TeamStanding(int Team, string Name, int Size, decimal Points, decimal Gain, int Rank, int? PreviousRank);

/// <summary>The rules of teams.</summary>
public static class Teams
{
    /// <summary>How many teams a game may have: more can't be told apart on a screen.</summary>
    public static readonly (int Least, int Most) Number = (2, 6);

    /// <summary>The longest name of a team, in UTF-16 units.</summary>
    public const int LongestName = 12;

    private static readonly string[] _usual = ["远山", "潮汐", "芦苇", "星野", "云岭", "白桦"];

    /// <summary>What a game's teams are called: as the host typed them, one a line, else by the usual names; empty where everybody plays alone.</summary>
    public static IReadOnlyList<string> NamesOf(GameOptions options)
    {
        if (options.Teams == TeamMode.None) return [];
        var typed = Typed(options.TeamNames);
        return typed.Count >= Number.Least ? typed : [.. _usual.Take(options.TeamCount)];
    }

    /// <summary>The different names in what a host typed, as many as there can be teams.</summary>
    public static IReadOnlyList<string> Typed(string names) =>
    [
        .. names.Split(['\n', '、', ',', '，'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(name => name.Length <= LongestName ? name : name[..LongestName]).Distinct(StringComparer.Ordinal).Take(Number.Most),
    ];

    /// <summary>The team that a player who joins now belongs to; 0 where everybody plays alone, null where a choice is missing.</summary>
    /// <param name="chosen">Counts from 1.</param>
    public static int? Of(GameState state, int? chosen)
    {
        var teams = NamesOf(state.Setup.Options).Count;
        return state.Setup.Options.Teams switch
        {
            TeamMode.None => 0,
            TeamMode.Chosen => chosen >= 1 && chosen <= teams ? chosen : null,
            _ => Enumerable.Range(1, teams).MinBy(team => state.Seats.Values.Count(seat => seat.Team == team)),
        };
    }

    /// <summary>Who goes where so that no team has two more than another: the newest first, and no more of them than it takes.</summary>
    public static IReadOnlyList<(int Seat, int Team)> Balance(GameState state)
    {
        var teams = Enumerable.Range(1, NamesOf(state.Setup.Options).Count)
            .Select(team => new Stack<int>(state.Seats.Values.Where(seat => seat.Team == team).Select(seat => seat.Number).Order())).ToList();
        var moves = new List<(int Seat, int Team)>();
        while (teams.MaxBy(team => team.Count) is { } most && teams.MinBy(team => team.Count) is { } least && most.Count - least.Count > 1)
        {
            moves.Add((most.Pop(), teams.IndexOf(least) + 1));
            least.Push(moves[^1].Seat);
        }

        // Who is passed on ends up somewhere once
        return [.. moves.GroupBy(move => move.Seat).Select(passed => passed.Last())];
    }

    /// <summary>The teams that have members, best first, after the last scored round; equal ones in the order of their numbers.</summary>
    public static ImmutableArray<TeamStanding> Standings(GameState state)
    {
        var names = NamesOf(state.Setup.Options);
        if (names.Count == 0) return [];
        var bySeat = state.Standings.ToDictionary(standing => standing.Seat);
        var teams = state.Seats.Values.Where(seat => seat.Team > 0).GroupBy(seat => seat.Team)
            .Select(team => (Team: team.Key, Size: team.Count(), Points: Mean(team, seat => bySeat.GetValueOrDefault(seat.Number)?.Points ?? 0), Gain: Mean(team, seat => bySeat.GetValueOrDefault(seat.Number)?.Gain ?? 0)))
            .OrderByDescending(team => team.Points).ThenBy(team => team.Team).ToList();
        var isFirst = state.Standings.All(standing => standing.PreviousRank is null);
        return
        [
            .. teams.Select(team => new TeamStanding(
                team.Team, names[team.Team - 1], team.Size, Tenth(team.Points), Tenth(team.Gain),
                1 + teams.Count(other => other.Points > team.Points),
                isFirst ? null : 1 + teams.Count(other => other.Points - other.Gain > team.Points - team.Gain))),
        ];
    }

    private static decimal Mean(IEnumerable<Seat> seats, Func<Seat, int> of) => seats.Average(seat => (decimal)of(seat));

    private static decimal Tenth(decimal points) => Math.Round(points, 1, MidpointRounding.AwayFromZero);
}
