using Dapper;
using Npgsql;
using StudyQuiz.App.Live;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;

namespace StudyQuiz.App.Features.JoinGame;

/// <summary>How a player comes to a game: by typing its PIN, or by a scanned code whose secret is in a cookie.</summary>
public sealed record Ticket(string? Pin, bool Qr)
{
    /// <summary>The page that asks this player for a name.</summary>
    public string Path => Qr ? "/join?qr=true" : "/join?pin=" + Uri.EscapeDataString(Pin ?? "");

    /// <summary>The same page with other names to choose from.</summary>
    public string PathFor(long names) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Path}&more={names}");
}

/// <summary>Where a ticket leads.</summary>
/// <param name="Game">The game, also where it lets nobody in: who sits there already may go on. Empty where there is none.</param>
/// <param name="Refusal">The resource that says why it leads nowhere; null when it leads to the game.</param>
public sealed record Found(Guid Game, Invitation? Invitation, string? Refusal = null)
{
    public static Found Nothing(string refusal, Guid? game = null) => new(game ?? Guid.Empty, null, refusal);
}

/// <summary>Finds a game by what a player was given. Unknown, ended, expired and locked look the same.</summary>
public sealed class FindGame(NpgsqlDataSource db, Clock clock, PinGuard guard, RefusedCounts refused, IGrainFactory grains)
{
    /// <param name="ticket">What the player has.</param>
    /// <param name="http">Whose guesses count against their address; a scanned secret cannot be guessed and is never held up.</param>
    public async Task<Found> ByTicketAsync(Ticket ticket, HttpContext http)
    {
        if (!ticket.Qr && await guard.IsBlockedAsync(http))
        {
            refused.Add(RefusedCounts.Pins);
            return Found.Nothing("TooManyTries");
        }

        var id = ticket.Qr ? await BySecretAsync(SafeCookies.Read(http, ScannedSecret.Cookie)) : await ByPinAsync(ticket.Pin);
        if (id is { } game && await grains.GetGrain<IGameGrain>(game).Invite() is { } invitation) return new Found(game, invitation);
        if (!ticket.Qr) await guard.FailedAsync(http);
        return Found.Nothing("NoSuchGame", id);
    }

    /// <summary>The game whose QR code carries this secret.</summary>
    public Task<Guid?> BySecretAsync(string? secret) => secret is { Length: > 0 and < 100 } && StorableText.Is(secret)
        ? OneAsync("select id from game where join_secret = @given and pin_until > @now", secret)
        : Task.FromResult<Guid?>(null);

    // Spaces in a PIN do not matter: the screen shows it in two groups.
    private Task<Guid?> ByPinAsync(string? typed)
    {
        var pin = new string([.. (typed ?? "").Where(char.IsAsciiDigit)]);
        return pin.Length == 8
            ? OneAsync("select id from game where pin = @given and pin_until > @now", pin)
            : Task.FromResult<Guid?>(null);
    }

    private async Task<Guid?> OneAsync(string sql, string given)
    {
        await using var connection = await db.OpenConnectionAsync();
        return await connection.QuerySingleOrDefaultAsync<Guid?>(sql, new { given, now = clock.Now });
    }
}
