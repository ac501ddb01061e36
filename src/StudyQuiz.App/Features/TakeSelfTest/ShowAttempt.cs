using Npgsql;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.TakeSelfTest;

/// <summary>The running attempt: every question is in the page before the network can fail, and nothing that tells an answer is.</summary>
internal static class ShowAttempt
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/self-test/{attempt}", ShowAsync);

    private static async Task<IResult> ShowAsync(string attempt, HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock, string? wanted = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (!Guid.TryParse(attempt, out var id)) return Pages.NotFound();
        if (await Attempt.FindAsync(connection, id, await learners.FindAllAsync(http)) is not { } found) return Pages.NotFound();

        if (found.IsReading) return await Reading.ShowAsync(connection, found, clock.Now);
        if (found.IsOverdue(clock.Now)) await AttemptClosing.CloseAsync(connection, id, clock.Now);
        if (found.SubmittedAt is not null || found.IsOverdue(clock.Now)) return Results.LocalRedirect(ShowResult.PathOf(id));

        var asked = await Asked.OfAsync(connection, id);
        var withdrawn = await WithdrawnQuestions.OfAsync(connection, id);
        var places = WithdrawnQuestions.Places(asked, withdrawn);
        http.Response.Headers.CacheControl = "no-store"; // going back to it asks the server what is saved
        var fewer = int.TryParse(wanted, out var number) && number > places.Count ? number : (int?)null;
        if (found.IsChallenge) return await Challenge.ShowAsync(connection, found, asked, withdrawn.Count > 0, clock.Now);
        if (found.IsPractice)
        {
            var told = await ShowResult.AnswersAsync(connection, id);
            var revealed = new Dictionary<int, Answered>();
            foreach (var card in asked.Where(card => card.Answer is Recalled)) revealed.Add(card.Position, await ShowResult.RevealedAsync(connection, id, card));
            var meeting = await NextMeeting.IfKnownAsync(connection, found.LearnerId, found.Slug, [.. revealed.Values.Select(card => card.Version)], clock.Now);
            return Pages.Render<PracticePage>(new { Attempt = found, Places = places, Told = told.ToDictionary(answer => answer.Position), Revealed = revealed, Meeting = meeting, Wanted = fewer });
        }

        return Pages.Render<AttemptPage>(new
        {
            Attempt = found,
            Places = places,
            RemainingMs = found.LeftMs(clock.Now),
            Wanted = fewer,
        });
    }
}
