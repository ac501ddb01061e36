using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Attempts;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.HostGame;

/// <summary>Opens a game: draws its questions, gives it a PIN, stores it whole.</summary>
public sealed class OpenGame(NpgsqlDataSource db, Clock clock)
{
    /// <summary>The fewest and the most questions of a game.</summary>
    public static readonly (int Least, int Most) Questions = (1, 50);

    private static readonly TimeSpan PinLives = TimeSpan.FromHours(4);
    private static readonly TimeSpan PinRests = TimeSpan.FromHours(24);

    /// <param name="id">Made by the form, so that sending it twice opens one game.</param>
    /// <param name="seed">Draws the questions and shuffles their options.</param>
    /// <returns>False when the source has no published question that can be played live.</returns>
    public async Task<bool> RunAsync(Guid id, Guid host, string slug, int number, GameOptions options, long seed)
    {
        await using var connection = await db.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var source = await connection.QuerySingleOrDefaultAsync<(long Id, string Title)>("select id, title from source where slug = @slug", new { slug });
        var questions = await DrawAsync(connection, source.Id, number, seed);
        if (questions.Count == 0) return false;

        // PINs are handed out one at a time, so that two games opened at once cannot get the same one.
        await connection.ExecuteAsync("select pg_advisory_xact_lock(hashtext('studyquiz.pin'))");
        var opened = await connection.ExecuteAsync(
            """
            insert into game (id, host_id, source_id, title, pin, pin_until, join_secret, options, created_at)
            values (@id, @host, @source, @title, @pin, @until, @secret, @options::jsonb, @now)
            on conflict (id) do nothing
            """,
            new
            {
                id,
                host,
                source = source.Id,
                title = source.Title,
                pin = await FreePinAsync(connection),
                until = clock.Now + PinLives,
                secret = SecretToken.Create(128),
                options = JsonSerializer.Serialize(options, DomainJson.Options),
                now = clock.Now,
            });
        if (opened == 1) await GameRounds.StoreAsync(connection, id, [.. questions.Select(q => NewRound.Of(q.Version, q.Question))], seed);
        await transaction.CommitAsync();
        return true;
    }

    private static async Task<IReadOnlyList<(long Version, Question Question)>> DrawAsync(NpgsqlConnection connection, long source, int number, long seed)
    {
        var candidates = (await connection.QueryAsync<Candidate>(
            """
            select id as question, key_point_id as key_point, type from question
            where source_id = @source and status = 'published' and type = any(@types) order by id
            """,
            new { source, types = QuestionTypes.Live })).ToList();
        var enemies = (await connection.QueryAsync<Enemies>(
            "select e.question_id as one, e.enemy_id as other from question_enemy e join question q on q.id = e.question_id where q.source_id = @source",
            new { source })).ToList();
        var picked = QuestionSelection.SelectQuestions(candidates, enemies, number, seed).ToArray();
        var bodies = await connection.QueryAsync<(long Version, string Body)>(
            """
            select v.id, v.body from unnest(@picked) with ordinality as p (id, n)
            join question q on q.id = p.id join question_version v on v.id = q.current_version_id order by p.n
            """,
            new { picked });
        return [.. bodies.Select(b => (b.Version, JsonSerializer.Deserialize<Question>(b.Body, DomainJson.Options)!))];
    }

    private async Task<string> FreePinAsync(NpgsqlConnection connection)
    {
        while (true)
        {
            var pin = RandomNumberGenerator.GetInt32(100_000_000).ToString("D8", CultureInfo.InvariantCulture);
            var used = await connection.QuerySingleAsync<bool>(
                "select exists (select 1 from game where pin = @pin and pin_until > @rested)", new { pin, rested = clock.Now - PinRests });
            if (!used) return pin;
        }
    }
}
