using System.Globalization;
using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.TakeSelfTest;

/// <summary>The hand-in. It takes the form's fields too, for pages without script and for answers that the network held up.</summary>
internal static class SubmitAttempt
{
    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/self-test/{attempt}/submit", SubmitAsync);

    private static async Task<IResult> SubmitAsync(
        string attempt, IFormCollection form, HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (!Guid.TryParse(attempt, out var id)) return Pages.NotFound();
        if (await Attempt.FindAsync(connection, id, await learners.FindAllAsync(http)) is not { IsReading: false } found) return Pages.NotFound();

        await using var transaction = await connection.BeginTransactionAsync();
        var now = clock.Now;
        var isOpen = await AttemptClosing.LockOpenAsync(connection, id);
        if (!found.IsToldAtOnce) await TakeFieldsAsync(connection, id, form, isOpen && !found.IsOverdue(now), now);
        if (isOpen) await AttemptClosing.GradeAsync(connection, id, now);
        await transaction.CommitAsync();
        return Results.LocalRedirect(ShowResult.PathOf(id));
    }

    // Whoever sees the attempt locked may store without asking for the sequence: no other change is on its way in.
    private static async Task TakeFieldsAsync(NpgsqlConnection connection, Guid attempt, IFormCollection form, bool count, DateTimeOffset now)
    {
        // With script only what is not yet saved is taken: a page left open elsewhere must not bring old answers back.
        var all = form["take"].ToString() is "all" or "";
        var wanted = form["take"].ToString().Split(',').Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : 0).ToHashSet();
        foreach (var asked in await Asked.OfAsync(connection, attempt))
        {
            if (!all && !wanted.Contains(asked.Position)) continue;
            if (!AnswerFields.TryRead(form, asked, out var shown)) continue;
            var answer = shown is null ? null : asked.Presentation.ToAuthored(shown);
            if (!count)
            {
                if (answer is not null) await LateAnswers.KeepAsync(connection, attempt, asked.Position, Guid.NewGuid(), asked.Sequence + 1, answer, now);
                continue;
            }

            await connection.ExecuteAsync(
                """
                insert into attempt_answer (attempt_id, position, client_id, sequence, answer, received_at)
                values (@attempt, @position, @clientId, @sequence, @answer::jsonb, @now)
                on conflict (attempt_id, position) do update
                  set client_id = excluded.client_id, sequence = excluded.sequence, answer = excluded.answer, received_at = excluded.received_at
                """,
                new { attempt, position = asked.Position, clientId = Guid.NewGuid(), sequence = asked.Sequence + 1, answer = GivenAnswers.Write(answer), now });
        }
    }
}

/// <summary>How an answer is written in a form's fields: <c>a7</c>, or <c>a7-0</c>, <c>a7-1</c> … where it has parts.</summary>
internal static class AnswerFields
{
    public static string Name(Asked asked) => string.Create(CultureInfo.InvariantCulture, $"a{asked.Position}");

    /// <summary>The points of a flashcard's back that its learner had.</summary>
    public static string Said(int position) => string.Create(CultureInfo.InvariantCulture, $"a{position}-said");

    /// <summary>Whether its learner knew it.</summary>
    public static string Knew(int position) => string.Create(CultureInfo.InvariantCulture, $"a{position}-knew");

    public static string Name(Asked asked, int part) => string.Create(CultureInfo.InvariantCulture, $"a{asked.Position}-{part}");

    /// <summary>Reads an answer, in shown positions; false where the form says nothing about it or nothing that fits.</summary>
    public static bool TryRead(IFormCollection form, Asked asked, out GivenAnswer? shown)
    {
        shown = asked.Question switch
        {
            SingleChoice or MultipleChoice when form.ContainsKey(Name(asked)) => new Chosen([.. form[Name(asked)].Select(Whole)]),
            TrueFalse when form.ContainsKey(Name(asked)) => Side(form[Name(asked)].ToString()),
            Cloze when form[Name(asked)].ToString().Trim() is { Length: > 0 } typed => new Typed(typed),
            Ordering ordering => Order(Parts(form, asked, ordering.Items.Count)),
            Matching matching => Pairs(Parts(form, asked, matching.Pairs.Count)),
            Flashcard when Side(form[Knew(asked.Position)].ToString()) is { } knew => new SelfRated("", [.. form[Said(asked.Position)].Select(Whole)], knew.Value),
            Flashcard when form.ContainsKey(Name(asked)) => new Recalled(form[Name(asked)].ToString().ReplaceLineEndings("\n").Trim()),
            _ => null,
        };

        // An emptied field takes the answer back; a choice that is absent from the form says nothing.
        if (shown is null) return asked.Question is Cloze or Matching && form.Keys.Any(key => key == Name(asked) || key == Name(asked, 0));
        return shown.Fits(asked.Question);
    }

    private static Judged? Side(string value) => value switch { "true" => new Judged(true), "false" => new Judged(false), _ => null };

    private static List<int> Parts(IFormCollection form, Asked asked, int count) =>
        [.. Enumerable.Range(0, count).Select(part => Whole(form[Name(asked, part)]))];

    // Every item says at which place it stands; counted from 0, −1 where it says nothing.
    private static Ordered? Order(List<int> places)
    {
        var items = Enumerable.Range(0, places.Count).Select(place => places.IndexOf(place)).ToList();
        return items.Contains(-1) ? null : new Ordered(items);
    }

    private static Paired? Pairs(List<int> rights) => rights.TrueForAll(right => right == Paired.None) ? null : new Paired(rights);

    private static int Whole(string? value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? whole : -1;
}
