using Dapper;
using Npgsql;
using StudyQuiz.App.Features.KeepGroups;
using StudyQuiz.Domain.Games;

namespace StudyQuiz.App.Features.HostGame;

/// <summary>Who may sit in a game of people on a list, and where the list comes from.</summary>
/// <param name="Group">The group whose list it is; null where it was pasted.</param>
/// <param name="Members">Its people's ids, in the order of the entries.</param>
public sealed record GameRosterSource(IReadOnlyList<RosterEntry> Entries, Guid? Group = null, IReadOnlyList<Guid>? Members = null)
{
    /// <summary>The list of a group and those below it as it is today.</summary>
    /// <returns>Null where it is not the host's, holds nobody or more than a game has seats.</returns>
    internal static async Task<GameRosterSource?> OfGroupAsync(NpgsqlConnection connection, Guid group, GroupScope scope) =>
        await GroupList.FindAsync(connection, group, scope) is { Count: > 0 } people && people.Count <= Roster.Most
            ? new GameRosterSource([.. people.Select(person => person.Entry)], group, [.. people.Select(person => person.Member)])
            : null;

    /// <summary>The list of an earlier game: its group's as that is today, where it had one, else as it was pasted.</summary>
    internal static async Task<GameRosterSource> OfGameAsync(NpgsqlConnection connection, Guid game, Guid host)
    {
        var group = await connection.QuerySingleOrDefaultAsync<Guid?>("select group_id from game where id = @game", new { game });
        return group is { } known && await OfGroupAsync(connection, known, new GroupScope(host, false)) is { } today
            ? today
            : new GameRosterSource((await connection.QueryAsync<RosterEntry>("select name, code, unit from game_roster where game_id = @game order by n", new { game })).AsList());
    }

    /// <summary>Says who the stored entries are.</summary>
    internal Task NameMembersAsync(NpgsqlConnection connection, Guid game) =>
        connection.ExecuteAsync("update game_roster r set member_id = m.id from unnest(@ids) with ordinality as m (id, n) where r.game_id = @game and r.n = m.n", new { game, ids = (Members ?? []).ToArray() });
}
