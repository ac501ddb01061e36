using System.Text.Json;
using Dapper;
using Npgsql;
using NpgsqlTypes;
using StudyQuiz.App.Platform.Telemetry;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Live;

/// <summary>
/// Everything that a running game writes. Each statement locks the game's row in share mode and names the epoch, so that a
/// takeover either waits for it or makes it write nothing; comparing the epoch without the lock would let an old owner's
/// transaction commit after the new one has loaded.
/// </summary>
/// <remarks>Every method tells when the caller is not the owner any more; then nothing was written.</remarks>
public sealed class GameJournal(NpgsqlDataSource db)
{
    private const string Owner = "with owner as materialized (select 1 from game where id = @game and epoch = @epoch for share)";

    /// <summary>
    /// Appends events, and in the same statement what others read of them: the end frees the PIN, rounds are marked void or corrected,
    /// seats are taken away, and what changes a result afterwards goes on record.
    /// </summary>
    /// <param name="after">The version of the last event before these.</param>
    public async Task<bool> AppendAsync(Guid game, long epoch, int after, IReadOnlyList<GameEvent> events, DateTimeOffset now)
    {
        using var doing = Traces.Begin("GameJournal.Append");
        await using var connection = await db.OpenConnectionAsync();
        var corrected = events.OfType<KeyCorrected>().SingleOrDefault();
        var removed = events.OfType<SeatRemoved>().ToList();
        var recorded = events.Select(GameRecord.Of).OfType<GameRecord>().ToList();
        return await connection.QuerySingleAsync<bool>(
            $"""
            {Owner},
            written as (
              insert into game_event (game_id, version, body)
              select @game, @after + e.n, e.body::jsonb from unnest(@bodies) with ordinality as e (body, n)
              where exists (select from owner)),
            ended as (
              update game set ended_at = @now, pin_until = @now
              where id = @game and @over and exists (select from owner)),
            voided as (
              update game_round set voided_at = @now
              where game_id = @game and round = any(@voided) and exists (select from owner)),
            corrected as (
              update game_round set corrected = @correction::jsonb
              where game_id = @game and round = @corrected and exists (select from owner)),
            removed as (
              update game_seat s set removed_at = @now, is_banned = r.is_banned
              from unnest(@removed, @banned) as r (seat, is_banned)
              where s.game_id = @game and s.seat = r.seat and exists (select from owner)),
            recorded as (
              insert into audit (actor, act, object, details, at)
              select g.host_id, a.act, 'question/' || v.question_id, jsonb_build_object('game', g.title, 'round', a.round), @now
              from unnest(@acts, @rounds) as a (act, round)
              join game g on g.id = @game
              join game_round r on r.game_id = g.id and r.round = a.round
              join question_version v on v.id = r.question_version_id
              where exists (select from owner))
            select exists (select from owner)
            """,
            new
            {
                game,
                epoch,
                after,
                now,
                bodies = events.Select(e => JsonSerializer.Serialize(e, DomainJson.Options)).ToArray(),
                over = events.Any(e => e is GameFinished or GameAborted),
                voided = events.Select(e => e switch { RoundVoided gone => gone.Round, RoundSkipped left => left.Round, RoundWithdrawn never => never.Round, _ => 0 }).ToArray(),
                corrected = corrected?.Round ?? 0,
                correction = corrected is null ? null : JsonSerializer.Serialize(corrected.Question, DomainJson.Options),
                removed = removed.Select(e => e.Seat).ToArray(),
                banned = removed.Select(e => e.Banned).ToArray(),
                acts = recorded.Select(one => one.Act).ToArray(),
                rounds = recorded.Select(one => one.Round).ToArray(),
            });
    }

    /// <param name="after">The version of the last event before it.</param>
    public async Task<bool> SeatAsync(Guid game, long epoch, int after, SeatTaken taken, byte[] tokenHash, Guid? learner)
    {
        using var doing = Traces.Begin("GameJournal.Seat");
        await using var connection = await db.OpenConnectionAsync();
        return await connection.QuerySingleAsync<bool>(
            $"""
            {Owner},
            written as (
              insert into game_seat (game_id, seat, nickname, skeleton, unit, code, is_hidden, token_hash, learner_id, after_version, at_us, team)
              select @game, @seat, @nickname, @skeleton, @unit, @code, @isHidden, @tokenHash, @learner, @after, @at, @team where exists (select from owner))
            select exists (select from owner)
            """,
            new
            {
                game,
                epoch,
                after,
                seat = taken.Seat.Number,
                nickname = taken.Seat.Nickname,
                skeleton = Nickname.Skeleton(taken.Seat.Nickname),
                unit = taken.Seat.Unit,
                code = taken.Seat.Code,
                isHidden = taken.Seat.IsHidden,
                tokenHash,
                learner,
                at = GameTime.ToMicroseconds(taken.At),
                team = taken.Seat.Team,
            });
    }

    /// <summary>Stores the name of a seat, which everybody may read from now on.</summary>
    public async Task<bool> NameAsync(Guid game, long epoch, int seat, string nickname)
    {
        using var doing = Traces.Begin("GameJournal.Name");
        await using var connection = await db.OpenConnectionAsync();
        return await connection.QuerySingleAsync<bool>(
            $"""
            {Owner},
            written as (
              update game_seat set nickname = @nickname, skeleton = @skeleton, is_hidden = false
              where game_id = @game and seat = @seat and exists (select from owner))
            select exists (select from owner)
            """,
            new { game, epoch, seat, nickname, skeleton = Nickname.Skeleton(nickname) });
    }

    /// <summary>Stores a batch of answers.</summary>
    /// <returns>
    /// Those of the batch's seats that had an answer stored already, with that answer: it stands, the new one is dropped. A commit whose
    /// reply was lost leaves such rows. Null when the caller is not the owner any more.
    /// </returns>
    public async Task<IReadOnlyList<AnswerTaken>?> AnswersAsync(Guid game, long epoch, IReadOnlyList<AnswerTaken> answers)
    {
        using var doing = Traces.Begin("GameJournal.Answers");
        await using var command = db.CreateCommand(
            $"""
            {Owner},
            given as (select * from unnest(@rounds, @seats, @answers, @ats, @credits) as a (round, seat, answer, at, credit)),
            written as (
              insert into game_answer (game_id, round, seat, answer, at_us, credit_us)
              select @game, round, seat, answer, at, credit from given where exists (select from owner)
              on conflict do nothing)
            select null::int as round, null::int as seat, null::jsonb as answer, null::bigint as at_us, null::bigint as credit_us from owner
            union all
            select s.round, s.seat, s.answer, s.at_us, s.credit_us from game_answer s join given on (given.round, given.seat) = (s.round, s.seat) where s.game_id = @game
            """);
        command.Parameters.AddWithValue("game", game);
        command.Parameters.AddWithValue("epoch", epoch);
        command.Parameters.AddWithValue("rounds", answers.Select(a => a.Round).ToArray());
        command.Parameters.AddWithValue("seats", answers.Select(a => a.Seat).ToArray());
        command.Parameters.AddWithValue("answers", NpgsqlDbType.Array | NpgsqlDbType.Jsonb, answers.Select(a => JsonSerializer.Serialize(a.Answer, DomainJson.Options)).ToArray());
        command.Parameters.AddWithValue("ats", answers.Select(a => GameTime.ToMicroseconds(a.At)).ToArray());
        command.Parameters.AddWithValue("credits", answers.Select(a => GameTime.ToMicroseconds(a.Credit)).ToArray());

        var owned = false;
        var stood = new List<AnswerTaken>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            if (await rows.IsDBNullAsync(0)) owned = true;
            else stood.Add(Stood(rows));
        }

        return owned ? stood : null;
    }

    private static AnswerTaken Stood(NpgsqlDataReader row) => new(
        GameTime.FromMicroseconds(row.GetInt64(3)), row.GetInt32(0), row.GetInt32(1),
        JsonSerializer.Deserialize<GivenAnswer>(row.GetString(2), DomainJson.Options)!, GameTime.FromMicroseconds(row.GetInt64(4)));

    /// <summary>Notes how far game time has come, so that a new owner goes on from there.</summary>
    public async Task<bool> ElapsedAsync(Guid game, long epoch, TimeSpan elapsed)
    {
        using var doing = Traces.Begin("GameJournal.Elapsed");
        await using var connection = await db.OpenConnectionAsync();
        return await connection.ExecuteAsync(
            "update game set elapsed_us = greatest(elapsed_us, @us) where id = @game and epoch = @epoch",
            new { game, epoch, us = GameTime.ToMicroseconds(elapsed) }) == 1;
    }
}
