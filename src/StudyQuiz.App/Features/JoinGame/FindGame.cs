using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.JoinGame;

/// <summary>Finds a game by what a player was given. Unknown, ended and expired look the same.</summary>
public sealed class FindGame(NpgsqlDataSource db, Clock clock)
{
    /// <summary>The game whose PIN this is; spaces in it do not matter.</summary>
    public Task<Guid?> ByPinAsync(string? typed)
    {
        var pin = new string([.. (typed ?? "").Where(char.IsAsciiDigit)]);
        return pin.Length == 8
            ? OneAsync("select id from game where pin = @given and pin_until > @now", pin)
            : Task.FromResult<Guid?>(null);
    }

    /// <summary>The game whose QR code carries this secret.</summary>
    public Task<Guid?> BySecretAsync(string? secret) => secret is { Length: > 0 and < 100 }
        ? OneAsync("select id from game where join_secret = @given and pin_until > @now", secret)
        : Task.FromResult<Guid?>(null);

    private async Task<Guid?> OneAsync(string sql, string given)
    {
        await using var connection = await db.OpenConnectionAsync();
        return await connection.QuerySingleOrDefaultAsync<Guid?>(sql, new { given, now = clock.Now });
    }
}
