using Dapper;
using Npgsql;
using StudyQuiz.Domain.Games;

namespace StudyQuiz.App.Live;

/// <summary>Who may sit in a game of people on a list. Names are erased with those of its seats.</summary>
public static class GameRoster
{
    /// <summary>Stores the list of a new game, in the transaction that opens it.</summary>
    public static Task StoreAsync(NpgsqlConnection connection, Guid game, IReadOnlyList<RosterEntry> entries) => connection.ExecuteAsync(
        """
        insert into game_roster (game_id, n, name, code, unit)
        select @game, n, name, code, unit from unnest(@names, @codes, @units) with ordinality as e (name, code, unit, n)
        """,
        new
        {
            game,
            names = entries.Select(entry => entry.Name).ToArray(),
            codes = entries.Select(entry => entry.Code).ToArray(),
            units = entries.Select(entry => entry.Unit).ToArray(),
        });
}
