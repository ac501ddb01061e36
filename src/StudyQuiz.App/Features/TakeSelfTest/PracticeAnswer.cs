using Dapper;
using Npgsql;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.TakeSelfTest;

/// <summary>An answer in a practice or a challenge: the first one counts, is graded at once and goes into the review log.</summary>
internal static class PracticeAnswer
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/self-test/{attempt}/answers/{position}", AnswerAsync);
        app.MapGet("/self-test/{attempt}/told/{position}", TellAsync);
    }

    public static string PathOf(Guid attempt, int position) => $"/self-test/{attempt}/answers/{position}";

    /// <summary>Stores an answer where none is yet.</summary>
    /// <param name="answer">In the author's positions.</param>
    /// <returns>Whether it was stored: else another one stands, or the attempt is over.</returns>
    public static async Task<bool> StoreAsync(
        NpgsqlConnection connection, Attempt attempt, Asked asked, Guid clientId, long sequence, GivenAnswer answer, DateTimeOffset now)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        if (!await AttemptClosing.LockOpenAsync(connection, attempt.Id)) return false;
        if (attempt.IsChallenge && !await Challenge.TakesAsync(connection, attempt.Id, asked.Position, now)) return false;
        // A flashcard is answered twice: what was remembered, then beside its back whether that will do
        if (answer is SelfRated rated)
        {
            if (asked.Answer is not Recalled written) return false;
            answer = rated with { Text = written.Text };
        }

        await Asked.HoldKeysAsync(connection, attempt.Id, asked.Position);
        var verdict = Grading.Grade((await Asked.FindAsync(connection, attempt.Id, asked.Position))!.Question, answer).Counted(attempt.PartialCredit);
        var isTold = verdict.Outcome != Outcome.Unanswered;
        var stored = await connection.ExecuteScalarAsync<int>(
            """
            with stored as (
              insert into attempt_answer (attempt_id, position, client_id, sequence, answer, received_at)
              values (@Id, @Position, @clientId, @sequence, @answer::jsonb, @now)
              on conflict (attempt_id, position) do update
                set client_id = excluded.client_id, sequence = excluded.sequence, answer = excluded.answer, received_at = excluded.received_at
                where attempt_answer.answer ->> 'kind' = 'recalled' and excluded.answer ->> 'kind' = 'rated'
              returning 1),
            graded as (
              update attempt_question set credit = @Credit, outcome = @outcome
              where attempt_id = @Id and position = @Position and @isTold and exists (select from stored))
            select count(*)::int from stored
            """,
            new { attempt.Id, asked.Position, clientId, sequence, answer = GivenAnswers.Write(answer), now, verdict.Credit, outcome = (int)verdict.Outcome, isTold });
        if (stored == 0) return false;
        if (!isTold)
        {
            await transaction.CommitAsync();
            return true;
        }

        var id = CardLog.IdOf(ReviewOrigins.SelfTest, attempt.Id, asked.Position);
        // Whose it is now that it is held: its history may have gone to an account since it was found
        var learner = await connection.QuerySingleAsync<Guid>("select learner_id from attempt where id = @Id", new { attempt.Id });
        await CardLog.AddAsync(connection, learner, ReviewOrigins.SelfTest, [CardLog.Assessed(id, asked.Version, verdict.Outcome == Outcome.Right, now)], now);
        if (attempt.IsChallenge) await Challenge.GoOnAsync(connection, attempt.Id, verdict.Outcome == Outcome.Right, now);
        await transaction.CommitAsync();
        return true;
    }

    // The form of a page without script
    private static async Task<IResult> AnswerAsync(string attempt, string position, IFormCollection form, HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await FindAsync(connection, attempt, position, http, learners) is not var (found, asked)) return Pages.NotFound();
        if (AnswerFields.TryRead(form, asked, out var shown) && shown is not null)
        {
            var (id, answer, now) = (Guid.NewGuid(), asked.Presentation.ToAuthored(shown), clock.Now);
            if (!await StoreAsync(connection, found, asked, id, asked.Sequence + 1, answer, now) && found.IsOverdue(now))
                await LateAnswers.KeepAsync(connection, found.Id, asked.Position, id, asked.Sequence + 1, answer, now);
        }

        return Results.LocalRedirect($"/self-test/{found.Id}#q{asked.Position}");
    }

    /// <summary>What an answer was worth, why, and the sentence that proves it, or a flashcard's back to compare with: a part of the page.</summary>
    private static async Task<IResult> TellAsync(string attempt, string position, HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await FindAsync(connection, attempt, position, http, learners) is not var (found, asked)) return Results.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        if (await ShowResult.AnswersAsync(connection, found.Id, asked.Position) is not [var answered])
        {
            if (asked.Answer is not Recalled) return Results.NotFound();
            var meeting = await NextMeeting.IfKnownAsync(connection, found.LearnerId, found.Slug, [asked.Version], clock.Now);
            return Pages.Render<SelfCheck>(new { Answer = await ShowResult.RevealedAsync(connection, found.Id, asked), Attempt = found, Meeting = meeting });
        }

        return Pages.Render<AnswerTold>(new { Attempt = found.Id, Answer = answered, found.Slug, Lang = found.Language });
    }

    private static async Task<(Attempt Attempt, Asked Asked)?> FindAsync(NpgsqlConnection connection, string attempt, string position, HttpContext http, Learners learners)
    {
        if (!Guid.TryParse(attempt, out var id) || !int.TryParse(position, out var at)) return null;
        if (await Attempt.FindAsync(connection, id, await learners.FindAllAsync(http)) is not { IsToldAtOnce: true } found) return null;
        return await Asked.FindAsync(connection, id, at) is { } asked ? (found, asked) : null;
    }
}
