using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Load;

/// <summary>Compares what players were told with what the database holds.</summary>
/// <param name="Stored">Rows of the game's answers.</param>
/// <param name="Lost">Receipts without a row, or whose row holds another answer.</param>
/// <param name="Doubled">Rows beyond one for a question and seat, and answers that the host was told of beyond those stored.</param>
internal sealed record AnswerAudit(int Stored, int Lost, int Doubled)
{
    public static async Task<AnswerAudit> OfAsync(NpgsqlDataSource database, Guid game, IReadOnlyList<LoadPlayer> players, IReadOnlyList<Round> rounds, CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        var presentations = (await connection.QueryAsync<(int Round, long Seed, string Body)>(
            "select r.round, r.seed, v.body from game_round r join question_version v on v.id = r.question_version_id where r.game_id = @game", new { game }))
            .ToDictionary(r => r.Round, r => Presentation.Of(JsonSerializer.Deserialize<Question>(r.Body, DomainJson.Options)!, r.Seed));
        var rows = (await connection.QueryAsync<(int Round, int Seat, string Answer)>(
            "select round, seat, answer from game_answer where game_id = @game", new { game })).ToLookup(row => (row.Round, row.Seat), row => row.Answer);

        var receipts = rounds.SelectMany(round => players.Select((player, i) => (round, player, Shown: round.Received[i]))).Where(receipt => receipt.Shown is not null);
        var lost = receipts.Count(receipt =>
            !rows[(receipt.round.Number, receipt.player.Seat)].Any(stored => Same(stored, presentations[receipt.round.Number].ToAuthored(receipt.Shown!))));
        var counted = rounds.Sum(round => Math.Max(0, round.Counted - rows.Count(row => row.Key.Round == round.Number)));
        return new AnswerAudit(rows.Sum(row => row.Count()), lost, rows.Sum(row => row.Count() - 1) + counted);
    }

    // By their JSON: answers hold lists, and records compare those by reference. The database orders keys in its own way.
    public static bool Same(string stored, GivenAnswer received) =>
        Json(JsonSerializer.Deserialize<GivenAnswer>(stored, DomainJson.Options)!) == Json(received);

    public static string Json(GivenAnswer answer) => JsonSerializer.Serialize(answer, DomainJson.Options);
}
