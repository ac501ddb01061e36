using System.Globalization;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.TakeSelfTest;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.AppealVerdicts;

/// <summary>The last appeal against a verdict, as its learner sees it.</summary>
/// <param name="State">One of <see cref="AppealStates"/>.</param>
/// <param name="Reason">The editor's; null where none was given yet.</param>
public sealed record Appeal(string State, string? Reason, DateTime AppealedAt);

/// <summary>How far an appeal is. Stored by these names.</summary>
public static class AppealStates
{
    public const string Open = "open";
    public const string Accepted = "accepted";
    public const string Refused = "refused";
}

/// <summary>The learner's side: an answer that was not wholly right should count.</summary>
internal static class MakeAppeal
{
    public const int LongestWords = 500;

    // One who appeals against everything is not read
    private const int MostOpen = 50;

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/self-test/{attempt}/answers/{position}/appeal", AppealAsync);

    public static string PathOf(Guid attempt, int position) => string.Create(CultureInfo.InvariantCulture, $"/self-test/{attempt}/answers/{position}/appeal");

    private static async Task<IResult> AppealAsync(string attempt, string position, IFormCollection form, HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (!Guid.TryParse(attempt, out var id) || !int.TryParse(position, out var at)) return Pages.NotFound();
        if (await Attempt.FindAsync(connection, id, await learners.FindAllAsync(http)) is not { } found || await Asked.FindAsync(connection, id, at) is not { } asked) return Pages.NotFound();
        if (!Guid.TryParse(form["client"], out var client)) return Results.BadRequest();
        await StoreAsync(connection, found, asked, client, form["words"].ToString(), clock.Now);
        return Results.LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"{(found.SubmittedAt is null ? $"/self-test/{id}" : ShowResult.PathOf(id))}#q{at}"));
    }

    /// <summary>Appeals against a verdict. Whatever is there already, this very appeal or another open one, stays as it is.</summary>
    /// <returns>False where there is nothing to appeal against, an appeal is there, or too many are open.</returns>
    internal static async Task<bool> StoreAsync(NpgsqlConnection connection, Attempt attempt, Asked asked, Guid client, string typed, DateTimeOffset now) =>
        asked is { Question: not Flashcard, Answer: { } answer } && await connection.ExecuteAsync(
            """
            insert into appeal (attempt_id, position, client_id, question_id, question_version_id, answer_form, words, appealed_at)
            select q.attempt_id, q.position, @client, v.question_id, v.id, @form, @words, @now
            from attempt_question q join question_version v on v.id = q.question_version_id
            where q.attempt_id = @Id and q.position = @Position and q.outcome = any(@appealable)
              and (select count(*) from attempt a join appeal p on p.attempt_id = a.id where a.learner_id = @LearnerId and p.state = 'open') < @MostOpen
            on conflict do nothing
            """,
            new
            {
                attempt.Id,
                asked.Position,
                client,
                form = answer.Form,
                words = Words(typed),
                now,
                attempt.LearnerId,
                MostOpen,
                appealable = new[] { (int)Outcome.Wrong, (int)Outcome.Partial },
            }) == 1;

    private static string? Words(string typed)
    {
        var words = StorableText.Clean(typed).ReplaceLineEndings("\n").Trim();
        if (!StorableText.Is(words)) return null;
        if (words.Length <= LongestWords) return words.Length == 0 ? null : words;
        return StorableText.Is(words[..LongestWords]) ? words[..LongestWords] : words[..(LongestWords - 1)];
    }
}
