using Dapper;
using Microsoft.Extensions.Localization;
using Npgsql;
using StudyQuiz.App.Features.KeepGroups;
using StudyQuiz.App.Features.TakeAssignment;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Quizzes;

namespace StudyQuiz.App.Features.KeepQuizzes;

/// <summary>The builder: sections, points, rules, and what the quiz comes to. Every button saves the whole form first.</summary>
internal static class EditQuiz
{
    public static void Map(IEndpointRouteBuilder quizzes)
    {
        quizzes.MapGet("/{id:guid}", (Guid id, HttpContext http, NpgsqlDataSource db, string? notice) => ShowAsync(id, http, db, notice));
        quizzes.MapPost("/{id:guid}", SaveAsync);
        quizzes.MapPost("/{id:guid}/copy", CopyAsync);
        quizzes.MapPost("/{id:guid}/delete", DeleteAsync);
    }

    private static async Task<IResult> ShowAsync(Guid id, HttpContext http, NpgsqlDataSource db, string? notice)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await Quiz.FindAsync(connection, id, Owner(http)) is { } quiz
            ? await PageAsync(connection, quiz, LearnerDay.ZoneOf(http), notice switch { "saved" => "Saved", "copied" => "Copied", "nothing" or "past" or "pass" or "noend" or "nobody" => "Refused." + notice, _ => null }, null)
            : Pages.NotFound();
    }

    private static async Task<IResult> SaveAsync(Guid id, HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await using var transaction = await connection.BeginTransactionAsync(http.RequestAborted);
        if (await Quiz.LockAsync(connection, id, Owner(http)) is not { } stored) return Pages.NotFound();
        var zone = LearnerDay.ZoneOf(http);
        if (!int.TryParse(form["revision"], out var seen) || seen != stored.Revision) return await PageAsync(connection, stored, zone, null, "Conflict");
        var (typed, error) = QuizForm.Read(form, stored, zone);
        if (typed is null) return await PageAsync(connection, stored, zone, null, error);

        var act = QuizForm.Act.Read(form);
        var changed = await StoreAsync(connection, typed, act, clock.Now);
        await transaction.CommitAsync(http.RequestAborted);
        return Results.LocalRedirect(changed.Path + "?notice=saved");
    }

    /// <summary>Stores a quiz that is held as it was typed, does what a button asks for beside that, and draws what is missing.</summary>
    internal static async Task<Quiz> StoreAsync(NpgsqlConnection connection, Quiz typed, QuizForm.Act act, DateTimeOffset now)
    {
        var items = await QuizItem.OfAsync(connection, typed.Id);
        var changed = await FittedAsync(connection, typed with { Plan = Changed(typed.Plan, act, items), Seed = act.Word == "redraw" ? ListQuizzes.NewSeed() : typed.Seed }, items);
        if (act.Word == "redraw") await connection.ExecuteAsync("delete from quiz_item where quiz_id = @Id and drawn", new { typed.Id });
        await Quiz.StoreAsync(connection, changed, now);
        await DrawQuiz.FillAsync(connection, changed);
        return changed;
    }

    // Another of the same kind: drawn anew where it is drawn, else as it is
    private static async Task<IResult> CopyAsync(Guid id, HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock, IStringLocalizer<QuizText> text)
    {
        if (!Guid.TryParse(form["copy"], out var copy) || copy == Guid.Empty) return Results.BadRequest();
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await using var transaction = await connection.BeginTransactionAsync(http.RequestAborted);
        if (await Quiz.FindAsync(connection, id, Owner(http)) is not { } quiz) return Pages.NotFound();
        await MakeCopyAsync(connection, quiz, copy, form["draw"] == "anew", text, clock.Now);
        await transaction.CommitAsync(http.RequestAborted);
        return Results.LocalRedirect(Quiz.PathOf(copy) + "?notice=copied");
    }

    /// <summary>Makes another of the same kind, in the caller's transaction; sent twice it is made once.</summary>
    /// <param name="anew">What is drawn is drawn again, without what the first asks where the banks have enough.</param>
    internal static async Task MakeCopyAsync(NpgsqlConnection connection, Quiz quiz, Guid copy, bool anew, IStringLocalizer<QuizText> text, DateTimeOffset now)
    {
        var title = text[anew ? "VariantOf" : "CopyOf", quiz.Title].Value;
        if (await ListQuizzes.InsertAsync(connection, copy, quiz.Owner, title[..Math.Min(title.Length, Quiz.LongestTitle)], quiz.Plan, anew ? ListQuizzes.NewSeed() : quiz.Seed, now))
        {
            await connection.ExecuteAsync(
                """
                insert into quiz_item (id, quiz_id, section, place, kind, question_id, body, drawn)
                select gen_random_uuid(), @copy, section, place, kind, question_id, body, drawn from quiz_item where quiz_id = @id and not (drawn and @anew)
                """,
                new { id = quiz.Id, copy, anew });
            // Of two papers that are to differ the second avoids what the first asks, where the bank has enough
            var drawn = (await QuizItem.OfAsync(connection, quiz.Id)).Where(item => item.IsDrawn).Select(item => item.Question!.Id).ToList();
            var made = (await Quiz.LockAsync(connection, copy, quiz.Owner))!;
            if (anew) await DrawQuiz.FillAsync(connection, made, drawn);
            await DrawQuiz.FillAsync(connection, made);
        }
    }

    private static async Task<IResult> DeleteAsync(Guid id, HttpContext http, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await RemoveAsync(connection, id, Owner(http), clock.Now) ? Results.LocalRedirect(QuizEndpoints.List) : Pages.NotFound();
    }

    /// <summary>Deletes a quiz; again it changes nothing. False where it is not this host's.</summary>
    internal static async Task<bool> RemoveAsync(NpgsqlConnection connection, Guid id, Guid owner, DateTimeOffset now) =>
        await connection.ExecuteAsync("update quiz set deleted_at = coalesce(deleted_at, @now) where id = @id and owner_id = @owner", new { id, owner, now }) == 1;

    internal static Guid Owner(HttpContext http) => Viewer.Of(http.User).AccountId!.Value;

    /// <summary>A plan with one more section behind the others.</summary>
    /// <param name="type">mixed for one that holds any.</param>
    /// <returns>Null where there are as many as may be, or there is no such type.</returns>
    internal static QuizPlan? WithSection(QuizPlan plan, string type, IReadOnlyList<QuizItem> items)
    {
        if (plan.Sections.Count >= QuizPlan.MostSections || (type != "mixed" && !QuestionTypes.Graded.Contains(type))) return null;
        // An id that no item of a section that was taken away carries
        var id = plan.Sections.Select(section => section.Id).Concat(items.Select(item => item.Section)).DefaultIfEmpty(0).Max() + 1;
        return plan with { Sections = [.. plan.Sections, type == "mixed" ? new QuizSection(id, null, 0, 1) : new QuizSection(id, type, 5, 2)] };
    }

    private static QuizPlan Changed(QuizPlan plan, QuizForm.Act act, IReadOnlyList<QuizItem> items)
    {
        var sections = plan.Sections.ToList();
        var at = sections.FindIndex(section => section.Id == act.Section);
        switch (act.Word)
        {
            case "add":
                return WithSection(plan, act.Of, items) ?? plan;
            case "remove" when at >= 0:
                sections.RemoveAt(at);
                break;
            case "up" when at > 0:
                (sections[at - 1], sections[at]) = (sections[at], sections[at - 1]);
                break;
            case "down" when at >= 0 && at < sections.Count - 1:
                (sections[at + 1], sections[at]) = (sections[at], sections[at + 1]);
                break;
        }

        return plan with { Sections = sections };
    }

    // No section asks fewer than were picked for it by hand; only banks that are there are drawn from
    private static async Task<Quiz> FittedAsync(NpgsqlConnection connection, Quiz quiz, IReadOnlyList<QuizItem> items)
    {
        var banks = (await ListQuizzes.BanksAsync(connection)).Select(bank => bank.Id).ToHashSet();
        return quiz with
        {
            Plan = quiz.Plan with
            {
                Sources = [.. quiz.Plan.Sources.Where(banks.Contains)],
                Sections = [.. quiz.Plan.Sections.Select(section => section with { Number = Math.Max(section.Number, items.Count(item => item.Section == section.Id && item is { IsDrawn: false, Question: not null })) })],
            },
        };
    }

    private static async Task<IResult> PageAsync(NpgsqlConnection connection, Quiz quiz, string zone, string? notice, string? error)
    {
        var items = await QuizItem.OfAsync(connection, quiz.Id);
        var tree = await PointTree.OfAsync(connection, quiz.Plan.Sources);
        return Pages.Render<QuizPage>(
            new
            {
                Quiz = quiz,
                Items = items,
                Banks = await ListQuizzes.BanksAsync(connection),
                Points = tree.Tops,
                Coverage = items.Where(item => item.Question is { IsOwn: false }).GroupBy(item => tree.TopOf(item.Question!.KeyPoint)).ToDictionary(group => group.Key, group => group.Count()),
                Missing = await ShortfallsAsync(connection, quiz, items),
                Zone = zone,
                Groups = GroupNode.Of(await Group.AllAsync(connection, new GroupScope(quiz.Owner, false))),
                Assignments = await Assignment.OfQuizAsync(connection, quiz.Id, quiz.Owner),
                Notice = notice,
                Error = error,
            },
            error switch { null => StatusCodes.Status200OK, "Conflict" => StatusCodes.Status409Conflict, _ => StatusCodes.Status422UnprocessableEntity });
    }

    /// <summary>What the blueprint asks for and the banks do not have, by section.</summary>
    internal static async Task<IReadOnlyDictionary<int, IReadOnlyList<Shortfall>>> ShortfallsAsync(NpgsqlConnection connection, Quiz quiz, IReadOnlyList<QuizItem> items) =>
        (await DrawQuiz.OfAsync(connection, quiz.Plan, items, quiz.Seed)).Where(section => section.Shortfalls.Count > 0).ToDictionary(section => section.Section, section => section.Shortfalls);
}
