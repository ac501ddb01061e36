using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.KeepStatistics;

/// <summary>Writes beside each answer of a game that has ended what it is worth by today's key and how long it took. A key that is corrected later has it done again.</summary>
internal static class JudgeGames
{
    /// <summary>Forgets the verdicts of games whose keys were corrected since.</summary>
    public static Task ForgetAsync(NpgsqlConnection connection) => connection.ExecuteAsync(
        """
        update game g set judged_at = null
        from key_correction k join game_round r on r.question_version_id = k.question_version_id
        where k.corrected_at >= (select seen from statistics_mark) - @overlap and r.game_id = g.id and g.judged_at < k.corrected_at
        """,
        new { overlap = RefreshStatistics.Overlap });

    /// <returns>Whether there was a game to judge.</returns>
    public static async Task<bool> NextAsync(NpgsqlConnection connection, DateTimeOffset now)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var game = await connection.QuerySingleOrDefaultAsync<Guid?>(
            "select id from game where ended_at is not null and judged_at is null order by ended_at limit 1 for no key update skip locked");
        if (game is null) return false;
        var keys = (await connection.QueryAsync<(int Round, string Body)>(
            """
            select r.round, coalesce(r.corrected, k.body, v.body)::text
            from game_round r join question_version v on v.id = r.question_version_id left join key_correction k on k.question_version_id = v.id
            where r.game_id = @game
            """,
            new { game })).ToDictionary(row => row.Round, row => JsonSerializer.Deserialize<Question>(row.Body, DomainJson.Options)!);
        var answers = (await connection.QueryAsync<(int Round, int Seat, string Answer)>(
            "select round, seat, answer::text from game_answer where game_id = @game and round = any(@rounds)", new { game, rounds = keys.Keys.ToArray() })).AsList();
        await connection.ExecuteAsync(
            """
            with opened as (
              select (e.body ->> 'round')::int as round, (extract(epoch from (e.body ->> 'at')::interval) * 1000000)::bigint as at_us
              from game_event e where e.game_id = @game and e.body ->> 'kind' = 'roundOpened')
            update game_answer a set credit = j.credit,
              -- one that was opened again was answered since the last time
              took_ms = (least(a.at_us - (select max(o.at_us) from opened o where o.round = a.round and o.at_us <= a.at_us), r.open_us) / 1000)::int
            from unnest(@rounds, @seats, @credits) as j (round, seat, credit) join game_round r on r.game_id = @game and r.round = j.round
            where a.game_id = @game and a.round = j.round and a.seat = j.seat;
            update game set judged_at = @now where id = @game
            """,
            new
            {
                game,
                now,
                rounds = answers.Select(answer => answer.Round).ToArray(),
                seats = answers.Select(answer => answer.Seat).ToArray(),
                credits = answers.Select(answer => Grading.Grade(keys[answer.Round], JsonSerializer.Deserialize<GivenAnswer>(answer.Answer, DomainJson.Options)).Credit).ToArray(),
            });
        await transaction.CommitAsync();
        return true;
    }
}
