using System.Globalization;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.ReviewQuestions;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation;

namespace StudyQuiz.App.Features.GenerateBank;

/// <summary>An editor makes a bank of a text, sees how it came about, and goes through its drafts one by one.</summary>
public static class GenerateBankEndpoints
{
    // A short text is done by then, and its person never sees the page that waits
    private static readonly TimeSpan _shortWait = TimeSpan.FromSeconds(1.5);

    public static void Map(IEndpointRouteBuilder app)
    {
        var banks = app.MapGroup("/banks").RequireAuthorization(Policies.EditBanks);
        banks.MapGet("/new", async (HttpContext http, NpgsqlDataSource db, Generations generations) => await FormAsync(http, db, generations, NewBankForm.Empty, []));
        banks.MapPost("/new", StartAsync).WithMetadata(new LargeForm(NewBankForm.LargestRequest, TooLargeAsync));
        banks.MapGet("/new/{id:guid}", WaitAsync);
        banks.MapPost("/new/{id:guid}/cancel", Cancel);
        banks.MapGet("/{slug}/review", ReviewAsync);
        banks.MapPost("/{slug}/review/{question:long}", DecideAsync);
        // a refusal stands at this address
        banks.MapGet("/{slug}/review/{question:long}", (string slug, long question) => Results.LocalRedirect($"/banks/{Uri.EscapeDataString(slug)}/review?q={question}"));
        banks.MapGet("/{slug}/review/rest", AskRestAsync);
        banks.MapPost("/{slug}/review/rest", AcceptRestAsync);
        ReportEndpoints.Map(banks);
    }

    private static async Task<IResult> StartAsync(HttpContext http, IFormCollection form, NpgsqlDataSource db, Generations generations)
    {
        var person = Viewer.Of(http.User).AccountId!.Value;
        var (entered, wanted, refusals) = await NewBankForm.ReadAsync(form, http.RequestAborted);
        if (wanted is null) return await FormAsync(http, db, generations, entered, refusals);
        await using (var connection = await db.OpenConnectionAsync(http.RequestAborted))
        {
            if (await MadeAsync(connection, wanted.Id) is { } made) return Results.LocalRedirect(Review(made));
            var taken = wanted.Slug is { } slug && await connection.QuerySingleAsync<bool>("select exists (select 1 from source where slug = @slug)", new { slug });
            if (taken) return await FormAsync(http, db, generations, entered, [new FormRefusal("slug", "SlugTaken", wanted.Slug!)]);
        }

        var job = generations.Start(wanted, entered, person);
        if (job.Wanted.Id != wanted.Id) return await FormAsync(http, db, generations, entered, [new FormRefusal("", "OneAtATime")]);
        await Task.WhenAny(job.Ended, Task.Delay(_shortWait, http.RequestAborted));
        return Results.LocalRedirect(job.State is JobState.Done done ? Review(done.Slug) : $"/banks/new/{wanted.Id}");
    }

    // A browser that sends this much gets its answer before it is read
    private static async Task<IResult> TooLargeAsync(HttpContext http) => await FormAsync(
        http, http.RequestServices.GetRequiredService<NpgsqlDataSource>(), http.RequestServices.GetRequiredService<Generations>(), NewBankForm.Empty,
        [FormRefusal.Of("file", "", StudyQuiz.Generation.Reading.SourceRefusal.TooLarge)], StatusCodes.Status413PayloadTooLarge);

    private static async Task<IResult> WaitAsync(Guid id, HttpContext http, NpgsqlDataSource db, Generations generations)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await MadeAsync(connection, id) is { } made) return Results.LocalRedirect(Review(made));
        return generations.Find(Viewer.Of(http.User).AccountId!.Value, id) switch
        {
            null => Pages.Render<GonePage>(status: StatusCodes.Status404NotFound),
            { State: JobState.Done done } => Results.LocalRedirect(Review(done.Slug)),
            { State: JobState.Failed failed } job => await FormAsync(http, db, generations, job.Entered, [failed.Why], report: failed.Report),
            var job => Pages.Render<WaitPage>(new { job.Wanted.Id, Characters = job.Wanted.Raw.Length, Stages = Stages(job), IsStopping = job.Stop.IsCancellationRequested }),
        };
    }

    private static async Task<IResult> Cancel(Guid id, HttpContext http, IFormCollection _, Generations generations)
    {
        if (generations.Find(Viewer.Of(http.User).AccountId!.Value, id) is { } job)
        {
            if (!job.IsOver) job.Cancel();
            await Task.WhenAny(job.Ended, Task.Delay(_shortWait, http.RequestAborted));
        }

        return Results.LocalRedirect($"/banks/new/{id}");
    }

    private static IReadOnlyList<StageLine> Stages(GenerationJob job)
    {
        var names = Enum.GetNames<GenerationStage>().Append(nameof(JobState.Storing)).ToList();
        if (!job.Wanted.AsksModel) names.Remove(nameof(GenerationStage.Proposals));
        var now = job.State switch
        {
            JobState.Working working => names.IndexOf(working.Stage.ToString()),
            JobState.Storing => names.Count - 1,
            _ => -1,
        };
        return [.. names.Select((name, at) => new StageLine(name, at < now, at == now))];
    }

    private static Task<string?> MadeAsync(NpgsqlConnection connection, Guid id) =>
        connection.QuerySingleOrDefaultAsync<string?>("select s.slug from generation g join source s on s.id = g.source_id where g.id = @id", new { id });

    private static string Review(string slug) => $"/banks/{Uri.EscapeDataString(slug)}/review";

    private static async Task<IResult> FormAsync(
        HttpContext http, NpgsqlDataSource db, Generations generations, NewBankForm form, IReadOnlyList<FormRefusal> refusals, int? status = null,
        GenerationReport? report = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return Pages.Render<NewBankPage>(
            new
            {
                NewBank = Guid.CreateVersion7(),
                generations.Model,
                Form = form,
                Refusals = refusals,
                Report = report,
                Running = generations.Running(Viewer.Of(http.User).AccountId!.Value)?.Wanted.Id,
                Unfinished = await ReviewBank.UnfinishedAsync(connection),
            },
            status ?? (refusals.Count == 0 || HttpMethods.IsGet(http.Request.Method) ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity));
    }

    private static async Task<IResult> ReviewAsync(string slug, HttpContext http, NpgsqlDataSource db, string? q = null, string? done = null, string? rest = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return q is not null && Id(q) is null ? Pages.NotFound() : await ShowAsync(connection, slug, Id(q), Id(done), Id(rest));
    }

    private static async Task<IResult> DecideAsync(string slug, long question, HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await ReviewBank.FindAsync(connection, slug) is not { } bank || await ReviewBank.ItemAsync(connection, bank.Id, question) is null) return Pages.NotFound();
        if (DecideQuestions.StatusOf(form["decision"]) is not { } to || Id(form["version"]) is not { } version || !Enum.TryParse<QuestionStatus>(form["from"], ignoreCase: true, out var from)) return Results.BadRequest();
        if (ChangeStatus.WaiverOf(form["waiver"]) is not { } waiver) return Results.BadRequest();
        var outcome = await ChangeStatus.OneAsync(connection, new StatusWish(question, to, version, from, waiver), Viewer.Of(http.User).AccountId!.Value, clock.Now);
        if (outcome.Refusal is { } refusal) return await ShowAsync(connection, slug, question, null, null, refusal);
        if (form["decision"] == DecideQuestions.Undo) return Results.LocalRedirect($"{bank.Path}/review?q={question}");
        var next = await ReviewBank.FirstOpenAsync(connection, bank.Id, question);
        return Results.LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"{bank.Path}/review?done={question}{(next is null ? "" : "&q=" + next)}"));
    }

    private static async Task<IResult> ShowAsync(NpgsqlConnection connection, string slug, long? asked, long? done, long? rest, WorkflowRefusal? refusal = null)
    {
        if (await ReviewBank.FindAsync(connection, slug) is not { } bank) return Pages.NotFound();
        var item = await ReviewBank.ItemAsync(connection, bank.Id, asked);
        if (item is null && asked is not null) return Pages.NotFound();
        return Pages.Render<ReviewPage>(
            new
            {
                Bank = bank,
                Item = item,
                IsAsked = asked is not null,
                Facts = item is null ? null : await FactsInText.OfAsync(connection, bank.Id, item),
                Tree = await ReviewBank.TreeAsync(connection, bank.Id, item?.Row.KeyPoint, bank.Summary),
                Done = await ReviewBank.DecidedAsync(connection, bank.Id, done),
                Rest = rest,
                Refusal = refusal,
            },
            refusal switch { null => StatusCodes.Status200OK, WorkflowRefusal.NoEvidence => StatusCodes.Status422UnprocessableEntity, _ => StatusCodes.Status409Conflict });
    }

    private static async Task<IResult> AskRestAsync(string slug, HttpContext http, NpgsqlDataSource db, string? keyPoint = null, string? type = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await ReviewBank.FindAsync(connection, slug) is not { } bank || Rest(keyPoint, type) is not { } wish) return Pages.NotFound();
        var rest = await DecideQuestions.RestAsync(connection, bank.Id, wish.KeyPoint, wish.Type);
        return Pages.Render<RestPage>(new { Bank = bank, wish.KeyPoint, wish.Type, Rest = rest });
    }

    private static async Task<IResult> AcceptRestAsync(string slug, HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await ReviewBank.FindAsync(connection, slug) is not { } bank) return Pages.NotFound();
        if (Rest(form["keyPoint"], form["type"]) is not { } wish || Id(form["newest"]) is not { } newest) return Results.BadRequest();
        var accepted = await DecideQuestions.AcceptRestAsync(connection, bank.Id, wish.KeyPoint, wish.Type, newest, Viewer.Of(http.User).AccountId!.Value, clock.Now);
        return Results.LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"{bank.Path}/review?rest={accepted}"));
    }

    // One of the two, for a whole bank is not to be accepted unread
    private static (long? KeyPoint, string? Type)? Rest(string? keyPoint, string? type) => (Id(keyPoint), QuestionTypes.All.Contains(type, StringComparer.Ordinal) ? type : null) switch
    {
        ({ } id, null) => (id, null),
        (null, { } name) => (null, name),
        _ => null,
    };

    private static long? Id(string? value) => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}

/// <summary>A stage of making a bank, as the page lists them.</summary>
/// <param name="Name">Of its resource.</param>
public sealed record StageLine(string Name, bool IsDone, bool IsNow);
