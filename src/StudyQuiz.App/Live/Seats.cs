using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Live;

/// <summary>Looks seats up in the database, without waking their game.</summary>
public sealed class Seats(NpgsqlDataSource db)
{
    /// <summary>Whether a secret holds a seat of a game.</summary>
    public async Task<bool> HasAsync(Guid game, string token)
    {
        await using var connection = await db.OpenConnectionAsync();
        return await connection.QuerySingleAsync<bool>(
            "select exists (select 1 from game_seat where token_hash = @hash and game_id = @game)",
            new { game, hash = SecretToken.Hash(token) });
    }
}
