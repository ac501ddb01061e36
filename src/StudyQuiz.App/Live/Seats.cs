using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Live;

/// <summary>What a browser's secret is worth in a game.</summary>
public enum SeatClaim
{
    /// <summary>It never led to a seat.</summary>
    None,

    Held,

    /// <summary>The host took the seat away.</summary>
    Removed,

    /// <summary>The host took the seat away, and lets nobody back with this secret.</summary>
    Banned,
}

/// <summary>Looks seats up in the database, without waking their game, and lets further devices hold them.</summary>
public sealed class Seats(NpgsqlDataSource db, Clock clock)
{
    /// <summary>How long a link that hands a seat over can be used.</summary>
    public static readonly TimeSpan LinkLives = TimeSpan.FromMinutes(10);

    public async Task<SeatClaim> ClaimAsync(Guid game, string? token) =>
        token is null ? SeatClaim.None : (await ClaimsAsync(new Dictionary<Guid, string> { [game] = token })).GetValueOrDefault(game);

    /// <summary>What the secrets are worth, each in its game; those that never led to a seat are left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, SeatClaim>> ClaimsAsync(IReadOnlyDictionary<Guid, string> tokens)
    {
        var hashes = tokens.ToDictionary(token => token.Key, token => SecretToken.Hash(token.Value));
        await using var connection = await db.OpenConnectionAsync();
        var seats = await connection.QueryAsync<(Guid Game, byte[] Hash, bool IsRemoved, bool IsBanned)>(
            """
            select game_id, token_hash, removed_at is not null, is_banned from game_seat where token_hash = any(@hashes)
            union all
            select s.game_id, t.token_hash, s.removed_at is not null, s.is_banned from game_seat_token t join game_seat s on s.game_id = t.game_id and s.seat = t.seat
            where t.token_hash = any(@hashes) and t.link_until is null
            """,
            new { hashes = hashes.Values.ToArray() });
        return seats
            .Where(seat => hashes.TryGetValue(seat.Game, out var hash) && hash.AsSpan().SequenceEqual(seat.Hash))
            .DistinctBy(seat => seat.Game)
            .ToDictionary(seat => seat.Game, seat => seat.IsBanned ? SeatClaim.Banned : seat.IsRemoved ? SeatClaim.Removed : SeatClaim.Held);
    }

    /// <summary>Makes the secret of a link that hands this browser's seat to another one; null where it holds none.</summary>
    /// <remarks>Links that were not used are forgotten with the next one: the newest is the one that is on the screen.</remarks>
    public async Task<string?> LinkAsync(Guid game, string token)
    {
        var link = SecretToken.Create();
        await using var connection = await db.OpenConnectionAsync();
        var made = await connection.ExecuteAsync(
            """
            with held as (
              select game_id, seat from game_seat where token_hash = @hash and game_id = @game and removed_at is null
              union all
              select s.game_id, s.seat from game_seat_token t join game_seat s on s.game_id = t.game_id and s.seat = t.seat
              where t.token_hash = @hash and t.game_id = @game and t.link_until is null and s.removed_at is null),
            older as (delete from game_seat_token t using held where t.game_id = held.game_id and t.seat = held.seat and t.link_until is not null)
            insert into game_seat_token (token_hash, game_id, seat, link_until) select @link, game_id, seat, @until from held
            """,
            new { game, hash = SecretToken.Hash(token), link = SecretToken.Hash(link), until = clock.Now + LinkLives });
        return made == 1 ? link : null;
    }

    /// <summary>Whether a link to this browser's seat is on somebody's way: made, and neither used nor too old.</summary>
    public async Task<bool> HasLinkAsync(Guid game, string token)
    {
        await using var connection = await db.OpenConnectionAsync();
        return await connection.QuerySingleAsync<bool>(
            """
            select exists (
              select 1 from game_seat_token l join game_seat s on s.game_id = l.game_id and s.seat = l.seat
              where l.game_id = @game and l.link_until > @now and s.removed_at is null
                and (s.token_hash = @hash or exists (select 1 from game_seat_token t where t.token_hash = @hash and t.game_id = s.game_id and t.seat = s.seat and t.link_until is null)))
            """,
            new { game, hash = SecretToken.Hash(token), now = clock.Now });
    }

    /// <summary>The game and the name of the seat that a link hands over, as long as it can be used.</summary>
    public async Task<(Guid Game, string Nickname)?> OfLinkAsync(string? link)
    {
        if (!SecretToken.HasShape(link)) return null;
        await using var connection = await db.OpenConnectionAsync();
        return await connection.QuerySingleOrDefaultAsync<(Guid Game, string Nickname)?>(
            """
            select s.game_id, s.nickname from game_seat_token t join game_seat s on s.game_id = t.game_id and s.seat = t.seat
            where t.token_hash = @hash and t.link_until > @now and s.removed_at is null
            """,
            new { hash = SecretToken.Hash(link!), now = clock.Now });
    }

    /// <summary>Uses a link up: its seat is held by this browser's own, fresh secret from now on, too.</summary>
    /// <returns>The game; null where the link cannot be used (any more).</returns>
    public async Task<Guid?> UseLinkAsync(string link, string token)
    {
        await using var connection = await db.OpenConnectionAsync();
        return await connection.QuerySingleOrDefaultAsync<Guid?>(
            """
            with used as (
              delete from game_seat_token t using game_seat s
              where t.token_hash = @link and t.link_until > @now and s.game_id = t.game_id and s.seat = t.seat and s.removed_at is null
              returning t.game_id, t.seat)
            insert into game_seat_token (token_hash, game_id, seat) select @token, game_id, seat from used returning game_id
            """,
            new { link = SecretToken.Hash(link), token = SecretToken.Hash(token), now = clock.Now });
    }

    /// <summary>Lets another browser of the same account hold the seat that the account has in a game; false where it has none.</summary>
    public async Task<bool> ShareAsync(Guid game, Guid learner, string token)
    {
        await using var connection = await db.OpenConnectionAsync();
        return await connection.ExecuteAsync(
            """
            insert into game_seat_token (token_hash, game_id, seat)
            select @hash, game_id, seat from game_seat where learner_id = @learner and game_id = @game and removed_at is null limit 1
            on conflict do nothing
            """,
            new { game, learner, hash = SecretToken.Hash(token) }) == 1;
    }
}
