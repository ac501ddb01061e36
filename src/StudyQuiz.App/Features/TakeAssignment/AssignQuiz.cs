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
        host.MapPost("/attempts/{attempt:guid}", LeaveOut.PostAsync);
        host.MapGet("/link.svg", CodeAsync);
    }

    private static async Task<IResult> AssignAsync(Guid quiz, HttpContext http, NpgsqlDataSource db, Clock clock, [FromForm] Guid id, [FromForm] Guid? group)
    {
        if (id == Guid.Empty) return Results.BadRequest();
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var (found, refusal) = await RunAsync(connection, GroupScope.Of(http), quiz, id, group == Guid.Empty ? null : group, clock.Now);
        return !found ? Pages.NotFound() : Results.LocalRedirect(refusal is null ? Assignment.PathOf(id) : $"{Quiz.PathOf(quiz)}?notice={refusal}");
    }

    /// <summary>Assigns a quiz as it is now, once, to a group or to whoever has the link.</summary>
    /// <returns>Whether there is such a quiz of theirs; and the name of what keeps it from being assigned.</returns>
    internal static async Task<(bool Found, string? Refusal)> RunAsync(NpgsqlConnection connection, GroupScope scope, Guid quiz, Guid id, Guid? group, DateTimeOffset now)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var owner = scope.Account;
        if (await Quiz.LockAsync(connection, quiz, owner) is not { } found) return (false, null);
        var held = (await QuizItem.OfAsync(connection, quiz)).Where(item => item.Question?.IsAskable == true).ToList();
        if (group is { } listed && await GroupList.FindAsync(connection, listed, scope) is not { Count: > 0 }) return (true, "nobody");
        // What is told of it is what it has, where the banks lacked something
        var asked = await QuizContent.OfAsync(connection, found.Plan, held, found.Seed);
        var plan = found.Plan with { Sections = [.. found.Plan.Sections.Select(section => section with { Number = asked.Count(item => item.Section == section.Id && item.Question is not null) })] };
        if (Refusal(plan, now) is { } refusal) return (true, refusal);

        var made = await connection.ExecuteAsync(
            "insert into assignment (id, quiz_id, host_id, title, plan, seed, link_secret, opened_at, group_id) values (@id, @quiz, @owner, @Title, @plan::jsonb, @Seed, @secret, @now, @group) on conflict (id) do nothing",
            new { id, quiz, owner, found.Title, plan = Quiz.Write(plan), found.Seed, secret = SecretToken.Create(128), now, group });
        if (made == 1)
        {
            var inOrder = found.Plan.Sections.SelectMany(section => held.Where(item => item.Section == section.Id)).ToList();
            await connection.ExecuteAsync(
                "insert into assignment_question (assignment_id, position, section, question_id) select @id, n.place, n.section, n.question from unnest(@sections, @questions) with ordinality as n (section, question, place)",
                new { id, sections = inOrder.Select(item => item.Section).ToArray(), questions = inOrder.Select(item => item.Question!.Id).ToArray() });
        }

        await transaction.CommitAsync();
        return (true, null);
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
        if (await Assignment.OfHostAsync(connection, id, EditQuiz.Owner(http)) is null) return Pages.NotFound();
        await EndAsync(connection, id, EditQuiz.Owner(http), clock.Now);
        return Results.LocalRedirect(Assignment.PathOf(id));
    }

    internal static async Task EndAsync(NpgsqlConnection connection, Guid id, Guid host, DateTimeOffset now)
    {
        var closed = await connection.ExecuteAsync("update assignment set closed_at = @now where id = @id and host_id = @host and closed_at is null", new { id, host, now });
        if (closed != 1) return;
        foreach (var run in (await AssignedRun.OfAsync(connection, id)).Where(run => run.SubmittedAt is null)) await AttemptClosing.CloseAsync(connection, run.Id, now);
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
