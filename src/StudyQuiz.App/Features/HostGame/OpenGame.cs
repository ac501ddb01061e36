using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.KeepQuizzes;
using StudyQuiz.App.Live;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Attempts;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Quizzes;

namespace StudyQuiz.App.Features.HostGame;

/// <summary>Opens a game: draws its questions, gives it a PIN, stores it whole.</summary>
public sealed class OpenGame(NpgsqlDataSource db, Clock clock)
{
    /// <summary>The fewest and the most questions of a game.</summary>
    public static readonly (int Least, int Most) Questions = (1, 50);

    private static readonly TimeSpan PinLives = TimeSpan.FromHours(4);
    private static readonly TimeSpan PinRests = TimeSpan.FromHours(24);

    /// <param name="id">Made by the form, so that sending it twice opens one game.</param>
    /// <param name="types">Types that are drawn from; none of them means all that are played live.</param>
    /// <param name="seed">Draws the questions and shuffles their options.</param>
    /// <param name="roster">Who may sit, where players are known by a list.</param>
    /// <returns>False when the source has no published question that can be played live.</returns>
    public async Task<bool> RunAsync(Guid id, Guid host, string slug, int number, IReadOnlyCollection<string> types, GameOptions options, long seed, GameRosterSource? roster = null)
    {
        await using var connection = await db.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var source = await connection.QuerySingleOrDefaultAsync<(long Id, string Title)>("select id, title from source where slug = @slug and owner_id is null", new { slug });
        var rounds = (await DrawAsync(connection, source.Id, number, [.. QuestionTypes.Live.Where(type => types.Count == 0 || types.Contains(type))], seed)).Select(q => NewRound.Of(q.Version, q.Question));
        if (!await StoreAsync(connection, id, host, new GameContent(source.Title, [.. rounds], source.Id), options, seed, roster)) return false;
        await transaction.CommitAsync();
        return true;
    }

    /// <summary>Opens a game from a quiz of the host's: what it holds that can be played live, in its order.</summary>
    /// <returns>False when it holds nothing of the kind, or is not this host's.</returns>
    public async Task<bool> RunQuizAsync(Guid id, Guid host, Guid quiz, GameOptions options, long seed, GameRosterSource? roster = null)
    {
        await using var connection = await db.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        if (await Quiz.FindAsync(connection, quiz, host) is not { } found) return false;
        var items = await QuizContent.OfAsync(connection, found.Plan, await QuizItem.OfAsync(connection, quiz), seed);
        // A text that is asked about stays readable, for results lead to it
        var source = await connection.QueryFirstOrDefaultAsync<long?>(
            "select s.id from question q join source s on s.id = q.source_id where q.id = any(@ids) and s.owner_id is null limit 1",
            new { ids = items.Select(item => item.Question?.Id).OfType<long>().ToArray() });
        var content = new GameContent(found.Title, [.. PlayableQuiz.RoundsOf(found.Plan, items).Take(Questions.Most)], source)
        {
            Quiz = quiz,
            PassShare = found.Plan.Rules.PassMark is { } mark && found.Plan.Total > 0 ? Math.Min(1, mark / found.Plan.Total) : null,
        };
        if (!await StoreAsync(connection, id, host, content, options, seed, roster)) return false;
        await transaction.CommitAsync();
        return true;
    }

    /// <summary>Opens another game like an earlier one of the host's: from its quiz where that is still there, else with the same questions as they are asked today.</summary>
    public async Task<bool> AgainAsync(Guid id, Guid host, Guid earlier, long seed)
    {
        await using var connection = await db.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var game = await connection.QuerySingleOrDefaultAsync<(string Title, long? Source, Guid? Quiz, decimal? PassShare, string Options)?>(
            "select title, source_id, quiz_id, pass_share, options::text from game where id = @earlier and host_id = @host", new { earlier, host });
        if (game is not { } known) return false;
        var options = JsonSerializer.Deserialize<GameOptions>(known.Options, DomainJson.Options)!;
        var roster = await GameRosterSource.OfGameAsync(connection, earlier, host);
        if (known.Quiz is { } quiz && await RunQuizAsync(id, host, quiz, options, seed, roster)) return true;
        var rounds = await connection.QueryAsync<(string? Extra, long? Version, string? Body, int Points)>(
            """
            select r.extra::text, c.id, coalesce(k.body, c.body)::text, r.points
            from game_round r
            left join question_version v on v.id = r.question_version_id
            left join question q on q.id = v.question_id
            left join question_version c on c.id = q.current_version_id
            left join key_correction k on k.question_version_id = c.id
            where r.game_id = @earlier and (r.extra is not null or q.status in ('published', 'private')) order by r.round
            """,
            new { earlier });
        var content = new GameContent(
            known.Title,
            [
                .. rounds.Select(round => round.Extra is { } extra
                    ? NewRound.Of(JsonSerializer.Deserialize<QuizExtra>(extra, DomainJson.Options)!)
                    : NewRound.Of(round.Version!.Value, JsonSerializer.Deserialize<Question>(round.Body!, DomainJson.Options)!, round.Points)),
            ],
            known.Source)
        { PassShare = known.PassShare };
        if (!await StoreAsync(connection, id, host, content, options, seed, roster)) return false;
        await transaction.CommitAsync();
        return true;
    }

    private async Task<bool> StoreAsync(NpgsqlConnection connection, Guid id, Guid host, GameContent content, GameOptions options, long seed, GameRosterSource? roster)
    {
        if (content.Rounds.Count == 0) return false;

        // PINs are handed out one at a time, so that two games opened at once cannot get the same one.
        await connection.ExecuteAsync("select pg_advisory_xact_lock(hashtext('studyquiz.pin'))");
        var opened = await connection.ExecuteAsync(
            """
            insert into game (id, host_id, source_id, quiz_id, pass_share, title, pin, pin_until, join_secret, watch_secret, options, created_at, group_id)
            values (@id, @host, @Source, @Quiz, @PassShare, @Title, @pin, @until, @secret, @watch, @options::jsonb, @now, @group)
            on conflict (id) do nothing
            """,
            new
            {
                id,
                host,
                content.Source,
                content.Quiz,
                content.PassShare,
                content.Title,
                pin = await FreePinAsync(connection),
                until = clock.Now + PinLives,
                secret = SecretToken.Create(128),
                watch = SecretToken.Create(128),
                options = JsonSerializer.Serialize(options, DomainJson.Options),
                now = clock.Now,
                group = roster?.Group,
            });
        if (opened == 1)
        {
            await GameRounds.StoreAsync(connection, id, content.Rounds, seed);
            await GameRoster.StoreAsync(connection, id, roster?.Entries ?? []);
            if (roster is { Group: not null }) await roster.NameMembersAsync(connection, id);
        }

        return true;
    }

    private static async Task<IReadOnlyList<(long Version, Question Question)>> DrawAsync(
        NpgsqlConnection connection, long source, int number, string[] types, long seed)
    {
        var candidates = (await connection.QueryAsync<Candidate>(
            """
            select id as question, key_point_id as key_point, type from question
            where source_id = @source and status = 'published' and type = any(@types) order by id
            """,
            new { source, types })).ToList();
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

    /// <summary>What a game plays.</summary>
    /// <param name="Source">A bank that it asks about; null where it asks about none.</param>
    private sealed record GameContent(string Title, IReadOnlyList<NewRound> Rounds, long? Source)
    {
        public Guid? Quiz { get; init; }

        /// <summary>The share of right answers from which on it is passed; null where nobody passes or fails.</summary>
        public decimal? PassShare { get; init; }
    }
}
