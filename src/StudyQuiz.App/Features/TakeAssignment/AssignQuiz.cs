using Dapper;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using QRCoder;
using StudyQuiz.App.Features.KeepGroups;
using StudyQuiz.App.Features.KeepQuizzes;
using StudyQuiz.App.Features.TakeSelfTest;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Quizzes;

namespace StudyQuiz.App.Features.TakeAssignment;

/// <summary>A host assigns a quiz, shares its link, ends it.</summary>
internal static class AssignQuiz
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/quizzes/{quiz:guid}/assign", AssignAsync).RequireAuthorization(Policies.HostGames);
        var host = app.MapGroup("/assignments/{id:guid}").RequireAuthorization(Policies.HostGames);
        host.MapGet("", ShowAsync);
        host.MapPost("/close", CloseAsync);
        host.MapGet("/link.svg", CodeAsync);
    }

    private static async Task<IResult> AssignAsync(Guid quiz, HttpContext http, NpgsqlDataSource db, Clock clock, [FromForm] Guid id, [FromForm] Guid? group)
    {
        if (id == Guid.Empty) return Results.BadRequest();
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await using var transaction = await connection.BeginTransactionAsync(http.RequestAborted);
        var owner = EditQuiz.Owner(http);
        if (await Quiz.LockAsync(connection, quiz, owner) is not { } found) return Pages.NotFound();
        var held = (await QuizItem.OfAsync(connection, quiz)).Where(item => item.Question?.IsAskable == true).ToList();
        if (group == Guid.Empty) group = null;
        if (group is { } listed && await GroupList.FindAsync(connection, listed, GroupScope.Of(http)) is not { Count: > 0 }) return Results.LocalRedirect($"{found.Path}?notice=nobody");
        // What is told of it is what it has, where the banks lacked something
        var asked = await QuizContent.OfAsync(connection, found.Plan, held, found.Seed);
        var plan = found.Plan with { Sections = [.. found.Plan.Sections.Select(section => section with { Number = asked.Count(item => item.Section == section.Id && item.Question is not null) })] };
        if (Refusal(plan, clock.Now) is { } refusal) return Results.LocalRedirect($"{found.Path}?notice={refusal}");

        var made = await connection.ExecuteAsync(
            "insert into assignment (id, quiz_id, host_id, title, plan, seed, link_secret, opened_at, group_id) values (@id, @quiz, @owner, @Title, @plan::jsonb, @Seed, @secret, @now, @group) on conflict (id) do nothing",
            new { id, quiz, owner, found.Title, plan = Quiz.Write(plan), found.Seed, secret = SecretToken.Create(128), now = clock.Now, group });
        if (made == 1)
        {
            var inOrder = found.Plan.Sections.SelectMany(section => held.Where(item => item.Section == section.Id)).ToList();
            await connection.ExecuteAsync(
                "insert into assignment_question (assignment_id, position, section, question_id) select @id, n.place, n.section, n.question from unnest(@sections, @questions) with ordinality as n (section, question, place)",
                new { id, sections = inOrder.Select(item => item.Section).ToArray(), questions = inOrder.Select(item => item.Question!.Id).ToArray() });
        }

        await transaction.CommitAsync(http.RequestAborted);
        return Results.LocalRedirect(Assignment.PathOf(id));
    }

    // What could never be taken, passed or told is not assigned
    private static string? Refusal(QuizPlan plan, DateTimeOffset now) => plan switch
    {
        { Number: 0 } => "nothing",
        _ when plan.Rules.Until <= now => "past",
        _ when plan.Rules.PassMark > plan.Total => "pass",
        { Rules: { Answers: AnswersShown.AfterWindow, Until: null } } => "noend",
        _ => null,
    };

    private static async Task<IResult> ShowAsync(Guid id, HttpContext http, NpgsqlDataSource db, JoinAddress address, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await Assignment.OfHostAsync(connection, id, EditQuiz.Owner(http)) is not { } assignment) return Pages.NotFound();
        http.Response.Headers.CacheControl = "private, no-store";
        return Pages.Render<AssignmentPage>(new
        {
            Assignment = assignment,
            Address = address.Root(http.Request) + assignment.Link,
            Runs = await AssignedRun.OfAsync(connection, id),
            Group = assignment.Group is { } group ? (await connection.QuerySingleAsync<string>("select name from people_group where id = @group", new { group }), (await GroupList.OfAsync(connection, group)).Count) : ((string, int)?)null,
            IsOver = assignment.End <= clock.Now,
        });
    }

    // Whoever is at it has until now: what is saved is handed in
    private static async Task<IResult> CloseAsync(Guid id, HttpContext http, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var now = clock.Now;
        var closed = await connection.ExecuteAsync("update assignment set closed_at = @now where id = @id and host_id = @host and closed_at is null", new { id, host = EditQuiz.Owner(http), now });
        if (closed == 1)
        {
            foreach (var run in (await AssignedRun.OfAsync(connection, id)).Where(run => run.SubmittedAt is null)) await AttemptClosing.CloseAsync(connection, run.Id, now);
        }

        return Results.LocalRedirect(Assignment.PathOf(id));
    }

    private static async Task<IResult> CodeAsync(Guid id, HttpContext http, NpgsqlDataSource db, JoinAddress address)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await Assignment.OfHostAsync(connection, id, EditQuiz.Owner(http)) is not { } assignment) return Pages.NotFound();
        using var data = QRCodeGenerator.GenerateQrCode(address.Root(http.Request) + assignment.Link, QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        http.Response.Headers.CacheControl = "private, no-store";
        return Results.Text(code.GetGraphic(8, "#111a22", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute), "image/svg+xml");
    }
}
