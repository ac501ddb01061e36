using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.App.Features.TakeSelfTest;
using StudyQuiz.App.Live;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.JoinGame;

/// <summary>What a player's own answers in a game that is over came to: the seat's secret is the way to it.</summary>
/// <param name="Learner">Whose memory it went into; null where it is nobody's.</param>
/// <param name="Score">By today's keys, see <see cref="GameScore"/>.</param>
public sealed record GameResult(Guid Game, string Title, DateTime EndedAt, GameScore Score, int Seat, string Name, Guid? Learner, IReadOnlyList<PlayedAnswer> Answers)
{
    public int Right => Answers.Count(answer => answer.Told.IsRight);

    public static string PathOf(Guid game) => $"/play/{game}/result";

    /// <summary>The result of whoever holds a seat's secret; null while the game runs.</summary>
    internal static async Task<GameResult?> FindAsync(NpgsqlConnection connection, Guid game, string token)
    {
        var head = await connection.QuerySingleOrDefaultAsync<Head>(
            """
            select g.title, g.ended_at as EndedAt, g.pass_share as PassShare, coalesce((g.options ->> 'partialCredit')::boolean, true) as PartialCredit, s.seat, s.nickname as Name, s.learner_id as Learner
            from game_seat s join game g on g.id = s.game_id
            where s.game_id = @game and s.removed_at is null and g.ended_at is not null and (s.token_hash = @hash
              or s.seat = (select t.seat from game_seat_token t where t.token_hash = @hash and t.game_id = @game and t.link_until is null))
            """,
            new { hash = SecretToken.Hash(token), game });
        if (head is null) return null;
        var answers = await AnswersAsync(connection, game, head.Seat);
        var unreached = await connection.QueryAsync<int>("select points from game_round where game_id = @game and question_version_id is not null and voided_at is null and round <> all(@closed)", new { game, closed = answers.Select(answer => answer.Told.Position).ToArray() });
        var score = GameScore.Of([.. answers.Select(answer => (answer.Points, answer.Told.Verdict)), .. unreached.Select(points => (points, Verdict.Unanswered))], head.PartialCredit, head.PassShare);
        return new GameResult(game, head.Title, head.EndedAt, score, head.Seat, head.Name, head.Learner, answers);
    }

    /// <summary>Gives a seat that is nobody's to a learner, and its answers to their memory, once.</summary>
    internal async Task RememberAsync(NpgsqlConnection connection, Guid learner, DateTimeOffset now)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        if (await connection.ExecuteAsync("update game_seat set learner_id = @learner where game_id = @Game and seat = @Seat and learner_id is null", new { learner, Game, Seat }) == 1)
        {
            // So that no appeal changes a key between reading it and writing by it
            await connection.ExecuteAsync("select 1 from question where id = any(@ids) order by id for share", new { ids = Answers.Select(answer => answer.Told.QuestionId).ToArray() });
            var answered = (await AnswersAsync(connection, Game, Seat)).Where(answer => answer.ReceivedAt is not null);
            await CardLog.AddAsync(
                connection, learner, ReviewOrigins.Game,
                [.. answered.Select(answer => CardLog.Assessed(CardLog.IdOf(ReviewOrigins.Game, Game, answer.Told.Position, Seat), answer.Told.Version, answer.Told.IsRight, new DateTimeOffset(answer.ReceivedAt!.Value, TimeSpan.Zero)))],
                now);
        }

        await transaction.CommitAsync();
    }

    // Rounds that were closed, polls and slides left out
    private static async Task<IReadOnlyList<PlayedAnswer>> AnswersAsync(NpgsqlConnection connection, Guid game, int seat)
    {
        var rows = (await connection.QueryAsync<Row>(
            """
            select r.round, v.id as Version, v.source_version_id as Text, q.id as Question, q.status = 'private' as IsOwn, s.slug, s.language, k.heading as KeyPoint, r.seed, played_question(r.corrected, c.body, v.body)::text as Body, r.points, r.corrected is not null as IsHostsKey,
              a.answer::text as Answer, a.received_at as ReceivedAt
            from game_round r
            join question_version v on v.id = r.question_version_id
            join question q on q.id = v.question_id
            join source s on s.id = q.source_id
            join key_point k on k.id = q.key_point_id
            left join key_correction c on c.question_version_id = v.id
            left join game_answer a on a.game_id = r.game_id and a.round = r.round and a.seat = @seat
            where r.game_id = @game and r.voided_at is null and exists (select 1 from game_event e where e.game_id = r.game_id and e.body ->> 'kind' = 'roundClosed' and (e.body ->> 'round')::int = r.round)
            order by r.round
            """,
            new { game, seat })).AsList();
        var paragraphs = (await connection.QueryAsync<(long Text, string Label, string Paragraph)>(
            "select source_version_id, label, text from paragraph where source_version_id = any(@texts)", new { texts = rows.Select(row => row.Text).Distinct().ToArray() })).ToLookup(row => row.Text);
        return [.. rows.Select(row => row.Read(paragraphs[row.Text].ToDictionary(one => one.Label, one => one.Paragraph, StringComparer.Ordinal)))];
    }

    private sealed record Head(string Title, DateTime EndedAt, decimal? PassShare, bool PartialCredit, int Seat, string Name, Guid? Learner);

    private sealed record Row(
        int Round, long Version, long Text, long Question, bool IsOwn, string Slug, string Language, string KeyPoint, long Seed, string Body, int Points, bool IsHostsKey, string? Answer, DateTime? ReceivedAt)
    {
        public PlayedAnswer Read(IReadOnlyDictionary<string, string> paragraphs)
        {
            var question = JsonSerializer.Deserialize<Question>(Body, DomainJson.Options)!;
            // What the author wrote speaks for another key
            if (IsHostsKey) question = question.WithoutReasons();
            var given = GivenAnswers.Read(Answer);
            return new PlayedAnswer(
                new Answered(Round, Version, question, Presentation.Of(question, Seed), given, Grading.Grade(question, given), KeyPoint, KeyPoint, 0, paragraphs) { QuestionId = Question },
                Slug, Language, IsOwn, Points, ReceivedAt);
        }
    }
}

/// <summary>A round as its player sees it afterwards.</summary>
/// <param name="Told">Its question by today's key, with what was answered.</param>
/// <param name="Slug">Its source's.</param>
/// <param name="IsOwn">The host's own question: in no bank, without evidence.</param>
/// <param name="Points">What it was worth.</param>
/// <param name="ReceivedAt">Null where nothing was answered.</param>
public sealed record PlayedAnswer(Answered Told, string Slug, string Language, bool IsOwn, int Points, DateTime? ReceivedAt);

/// <summary>A player looks at the result again, as long as the browser keeps the seat.</summary>
internal static class ShowGameResult
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/play/{game:guid}/result", ShowAsync);
        app.MapPost("/play/{game:guid}/cards", RememberAsync);
        app.MapGet("/play/{game:guid}/certificate", CertifyAsync);
    }

    private static async Task<IResult> ShowAsync(Guid game, HttpContext http, NpgsqlDataSource db, Learners learners, FinalBoards boards)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await FindAsync(connection, game, http) is not { } result) return Results.LocalRedirect($"/play/{game}");
        http.Response.Headers.CacheControl = "private, no-store";
        return Pages.Render<GameResultPage>(new { Result = result, Place = await boards.FindAsync(game, result.Seat), Device = await learners.FindAsync(http) is null ? SecretToken.Create() : null });
    }

    private static async Task<IResult> RememberAsync(Guid game, HttpContext http, IFormCollection form, NpgsqlDataSource db, Learners learners, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await FindAsync(connection, game, http) is not { } result) return Results.LocalRedirect($"/play/{game}");
        if (result.Learner is null) await result.RememberAsync(connection, await learners.FindOrBeginAsync(http, form["device"].ToString() is { Length: > 0 } token ? token : null), clock.Now);
        return Results.LocalRedirect(GameResult.PathOf(game));
    }

    private static async Task<IResult> CertifyAsync(Guid game, HttpContext http, NpgsqlDataSource db)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await FindAsync(connection, game, http) is { Score: { IsPassed: true } score } result
            ? Pages.Render<Components.CertificatePage>(new { result.Title, result.Name, Score = score.Earned, score.Full, Mark = score.PassMark!.Value, At = result.EndedAt, Back = GameResult.PathOf(game), IsGame = score.IsOfRights })
            : Pages.NotFound();
    }

    private static async Task<GameResult?> FindAsync(NpgsqlConnection connection, Guid game, HttpContext http) =>
        SeatCookie.Read(http, game) is { } token ? await GameResult.FindAsync(connection, game, token) : null;
}
