using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Dapper;
using Npgsql;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Quizzes;

namespace StudyQuiz.App.Live;

/// <summary>Becoming a game's owner and rebuilding it from what is stored.</summary>
public sealed class GameLoading(NpgsqlDataSource db)
{
    /// <summary>Takes the game over from whoever owned it and loads it; null where there is no such game.</summary>
    public async Task<StoredGame?> TakeOverAsync(Guid id)
    {
        await using var connection = await db.OpenConnectionAsync();
        // Committed before anything is loaded: it waits for the old owner's writes under way and fences off all later ones.
        var row = await connection.QuerySingleOrDefaultAsync<GameRow>(
            "update game set epoch = epoch + 1 where id = @id returning host_id, title, pin, epoch, elapsed_us, options",
            new { id });
        return row is null ? null : await LoadAsync(connection, id, row);
    }

    /// <summary>A game as it is stored, for who only looks at it: its owner goes on.</summary>
    public async Task<StoredGame?> ReadAsync(Guid id)
    {
        await using var connection = await db.OpenConnectionAsync();
        var row = await connection.QuerySingleOrDefaultAsync<GameRow>("select host_id, title, pin, epoch, elapsed_us, options from game where id = @id", new { id });
        return row is null ? null : await LoadAsync(connection, id, row);
    }

    private static async Task<StoredGame> LoadAsync(NpgsqlConnection connection, Guid id, GameRow row)
    {
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        var rows = (await connection.QueryAsync<RoundRow>(
            """
            select r.round, r.seed, r.reading_us, r.open_us, r.points, r.extra, v.body, v.source_version_id as text
            from game_round r left join question_version v on v.id = r.question_version_id
            where r.game_id = @id order by r.round
            """,
            new { id })).ToList();
        var rounds = rows.Select(r => r.ToRound()).ToList();
        // Each question quotes the text that it was written for, which may not be the newest.
        var paragraphs = (await connection.QueryAsync<(long Text, string Label, string Paragraph)>(
            """
            select p.source_version_id, p.label, p.text from paragraph p
            where p.source_version_id in (
              select v.source_version_id from game_round r join question_version v on v.id = r.question_version_id where r.game_id = @id)
            """,
            new { id })).ToDictionary(p => (p.Text, p.Label), p => p.Paragraph);
        var seats = (await connection.QueryAsync<SeatRow>(
            "select seat, nickname, unit, code, is_hidden, token_hash, learner_id, is_banned, after_version, at_us, team from game_seat where game_id = @id order by seat", new { id })).ToList();
        var answers = (await connection.QueryAsync<AnswerRow>(
            "select round, seat, answer, at_us, credit_us from game_answer where game_id = @id", new { id })).Select(a => a.ToEvent()).ToList();
        var journal = (await connection.QueryAsync<string>(
            "select body from game_event where game_id = @id order by version", new { id }))
            .Select(ReadEvent).ToList();
        var roster = (await connection.QueryAsync<(string Name, string? Code, string? Unit)>(
            "select name, code, unit from game_roster where game_id = @id order by n", new { id })).Select(entry => new RosterEntry(entry.Name, entry.Code, entry.Unit)).ToList();

        var taken = seats.Select(s => s.ToEvent()).ToList();
        var setup = new GameSetup(rounds, row.ReadOptions()) { Roster = roster };
        var state = GameRules.Rebuild(setup, journal, seats.Zip(taken, (seat, at) => (at, seat.AfterVersion)), answers.ToLookup(a => a.Round));
        return new StoredGame(
            id, row.HostId, row.Title, row.Pin, row.Epoch, state,
            seats.ToDictionary(s => Convert.ToHexString(s.TokenHash), s => s.Seat, StringComparer.Ordinal),
            seats.Where(s => s.LearnerId is not null).ToDictionary(s => s.Seat, s => s.LearnerId!.Value),
            seats.Where(s => s.IsBanned).Select(s => s.Seat).ToHashSet(),
            [.. rows.Zip(rounds, (stored, round) => EvidenceOf(round.Question, label => paragraphs[(stored.Text!.Value, label)]))],
            Furthest(row, [.. journal, .. taken, .. answers]),
            journal.Count);
    }

    /// <summary>The seat that a further device holds by its secret.</summary>
    public async Task<int?> SeatOfAsync(Guid game, byte[] tokenHash)
    {
        await using var connection = await db.OpenConnectionAsync();
        return await connection.QuerySingleOrDefaultAsync<int?>(
            "select seat from game_seat_token where token_hash = @tokenHash and game_id = @game and link_until is null", new { game, tokenHash });
    }

    // A newer version may have journaled what this one does not know, when an installation goes back: the game goes on without it.
    private static GameEvent ReadEvent(string body)
    {
        try
        {
            return JsonSerializer.Deserialize<GameEvent>(body, DomainJson.Options)!;
        }
        catch (JsonException) when (JsonNode.Parse(body) is JsonObject unknown && !IsKnown(unknown["kind"]?.GetValue<string>()))
        {
            return new UnknownHappened(unknown["at"].Deserialize<TimeSpan>(DomainJson.Options));
        }
    }

    private static bool IsKnown(string? kind) =>
        typeof(GameEvent).GetCustomAttributes<JsonDerivedTypeAttribute>().Any(known => known.TypeDiscriminator as string == kind);

    private static TimeSpan Furthest(GameRow row, IReadOnlyList<GameEvent> events) => events
        .Select(e => e.At).Append(GameTime.FromMicroseconds(row.ElapsedUs)).Max();

    private static IReadOnlyList<EvidenceView> EvidenceOf(Question? question, Func<string, string> paragraph) =>
        [.. (question?.Evidence ?? []).Select(evidence =>
        {
            var context = EvidenceContext.Of(paragraph(evidence.Paragraph), evidence);
            return new EvidenceView(evidence.Paragraph, context.Before, context.Quote, context.After);
        })];

    private sealed record GameRow(Guid HostId, string Title, string Pin, long Epoch, long ElapsedUs, string Options)
    {
        public GameOptions ReadOptions() => JsonSerializer.Deserialize<GameOptions>(Options, DomainJson.Options)!;
    }

    private sealed record RoundRow(int Round, long Seed, long ReadingUs, long OpenUs, int Points, string? Extra, string? Body, long? Text)
    {
        public GameRound ToRound()
        {
            var (reading, open) = (GameTime.FromMicroseconds(ReadingUs), GameTime.FromMicroseconds(OpenUs));
            if (Extra is not null) return GameRound.Of(Round, JsonSerializer.Deserialize<QuizExtra>(Extra, DomainJson.Options)!) with { Reading = reading, Open = open };
            var question = JsonSerializer.Deserialize<Question>(Body!, DomainJson.Options)!;
            return new GameRound(Round, question, Presentation.Of(question, Seed), reading, open) { Points = Points };
        }
    }

    private sealed record SeatRow(
        int Seat, string Nickname, string? Unit, string? Code, bool IsHidden, byte[] TokenHash, Guid? LearnerId, bool IsBanned, int? AfterVersion, long AtUs, int Team)
    {
        public SeatTaken ToEvent() => new(GameTime.FromMicroseconds(AtUs), new Seat(Seat, Nickname, Unit, Code, IsHidden) { Team = Team });
    }

    private sealed record AnswerRow(int Round, int Seat, string Answer, long AtUs, long CreditUs)
    {
        public AnswerTaken ToEvent() =>
            new(GameTime.FromMicroseconds(AtUs), Round, Seat, JsonSerializer.Deserialize<GivenAnswer>(Answer, DomainJson.Options)!, GameTime.FromMicroseconds(CreditUs));
    }
}
