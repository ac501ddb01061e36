using System.Globalization;
using Npgsql;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.App.Features.TakeSelfTest;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.ShowProgress;

/// <summary>What a learner has done, remembers and has ahead.</summary>
public static class ProgressEndpoints
{
    // Recall that far ahead says nothing any more
    private const int FarthestYears = 10;

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/progress", ShowAsync);

    private static async Task<IResult> ShowAsync(HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock, string? on = null, string? curve = null, string? before = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var learner = await learners.FindAsync(http);
        if (learner is { } known) await AttemptClosing.CloseOverdueAsync(connection, known, clock.Now);
        var today = await Today.OfAsync(connection, http, learner, clock.Now);
        var day = DateOnly.TryParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var chosen) && chosen >= today.Day && chosen <= today.Day.AddYears(FarthestYears)
            ? chosen
            : today.Day;
        return Pages.Render<ProgressPage>(new
        {
            P = await Progress.OfAsync(connection, today, day, curve is not null),
            Attempts = await AttemptHistory.OfAsync(connection, today.Learner, today.Who.TimeZone, Guid.TryParse(before, out var attempt) ? attempt : null),
        });
    }
}
