using System.Text;
using Npgsql;
using StudyQuiz.App.Features.ExchangeCards;
using StudyQuiz.App.Features.ExchangeQuestions.Formats;
using StudyQuiz.App.Features.GenerateBank;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.ExchangeQuestions;

/// <summary>An editor brings questions of a file into a bank, after a look at what would come of each row, and takes a bank out as a file.</summary>
public static class ExchangeQuestionsEndpoints
{
    // Only so many rows are shown and can be chosen; the others go the usual way
    private const int MostShown = 900;

    public static void Map(IEndpointRouteBuilder app)
    {
        var bank = app.MapGroup("/banks/{slug}").RequireAuthorization(Policies.EditBanks);
        bank.MapGet("/import", async (string slug, NpgsqlDataSource db, HttpContext http) => await FormAsync(http, db, slug, null, ""));
        bank.MapPost("/import", UploadAsync).WithMetadata(new LargeForm(GivenFile.Largest + 64 * 1024, TooLargeAsync));
        bank.MapGet("/import/template.xlsx", Template);
        bank.MapGet("/import/{secret}", ShowAsync);
        bank.MapPost("/import/{secret}", ConfirmAsync);
        bank.MapPost("/import/{secret}/columns", ColumnsAsync);
        bank.MapGet("/import/{secret}/refused.csv", RefusedAsync);
        bank.MapGet("/export", ExportAsync);
    }

    private static async Task<IResult> UploadAsync(string slug, HttpContext http, IFormCollection form, NpgsqlDataSource db, PendingQuestionFiles files, Clock clock)
    {
        var (upload, pasted, format) = (form.Files["file"], form["text"].ToString(), form["format"].ToString() is { Length: > 0 } named ? named : null);
        if (format is not null && QuestionFormat.Find(format)?.Read is null) return Results.BadRequest();
        if (upload is not { Length: > 0 } && string.IsNullOrWhiteSpace(pasted)) return await FormAsync(http, db, slug, new Why("NoFile"), pasted);
        var given = upload is { Length: > 0 } ? await GivenAsync(upload, http.RequestAborted) : new GivenFile(Encoding.UTF8.GetBytes(pasted), "");
        QuestionFile file;
        IReadOnlyList<GridRow> grid;
        await files.Places.WaitAsync(http.RequestAborted);
        try
        {
            (file, grid) = await Task.Run(() =>
            {
                var read = ReadQuestions.Of(given, format, clock.Now);
                return (read, read is { Format: "csv" or "xlsx" } && (!read.IsRefused || read.Rows is [{ Refusal.Code: "NoHeader" }]) ? QuestionFormat.Table(given) : []);
            });
        }
        finally
        {
            files.Places.Release();
        }

        // of a table whose columns nothing names, somebody says what they are;
        // a file that is refused at its lines shows them, one that is refused as a whole says so in the form
        if (file.IsRefused && file.Rows is [{ Refusal: { } why } only] && file.Format != "aiken" && grid.Count == 0) return await FormAsync(http, db, slug, why, pasted, only.Line);
        return Results.LocalRedirect($"{PathOf(slug)}/{files.Add(Account(http), slug, given.Name, file, QuestionColumns.Guess(grid), grid)}");
    }

    private static async Task<GivenFile> GivenAsync(IFormFile upload, CancellationToken stop)
    {
        var bytes = new byte[Math.Min(upload.Length, GivenFile.Largest + 1)];
        await using var content = upload.OpenReadStream();
        await content.ReadExactlyAsync(bytes, stop);
        return new GivenFile(bytes, RowText.Beginning(Path.GetFileName(upload.FileName)));
    }

    // A browser that sends this much gets its answer before it is read
    private static async Task<IResult> TooLargeAsync(HttpContext http) => await FormAsync(
        http, http.RequestServices.GetRequiredService<NpgsqlDataSource>(), http.GetRouteValue("slug")?.ToString() ?? "", new Why("LargeFile", GivenFile.Largest / GivenFile.Mega), "",
        status: StatusCodes.Status413PayloadTooLarge);

    private static async Task<IResult> FormAsync(HttpContext http, NpgsqlDataSource db, string slug, Why? refusal, string pasted, int line = 0, int? status = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await ReviewBank.FindAsync(connection, slug) is not { } bank
            ? Pages.NotFound()
            : Pages.Render<ExchangePage>(
                new { Bank = bank, Refusal = refusal is null ? null : WhyText.Say(refusal), Line = line, Pasted = pasted },
                status ?? (refusal is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity));
    }

    private static async Task<IResult> ShowAsync(string slug, string secret, HttpContext http, NpgsqlDataSource db, PendingQuestionFiles files, string? columns)
    {
        if (files.Find(secret, Account(http), slug) is not { } file) return Gone(slug);
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (file.Result is { } done) return Page(file, done, isDone: true);
        return await ImportQuestions.PreviewAsync(connection, file.File, slug) is { } preview ? Page(file, preview, isDone: false, columns == "missing") : Pages.NotFound();
    }

    private static IResult Page(PendingQuestionFile file, QuestionImportResult result, bool isDone, bool lacksColumns = false)
    {
        var rows = result.Rows.Index().Select(row => ImportRow.Of(row.Index, row.Item, result.Stored.Contains(row.Item.Row.Line), result.Waiting.Contains(row.Item.Row.Line), file.File.IsRefused)).ToList();
        return Pages.Render<ImportPreviewPage>(new
        {
            Import = new ImportSummary(file.Secret, file.Bank, result.Bank.Title, result.Bank.Language, file.Name, file.File.Format, isDone, file.File.IsRefused, rows, file.Mapping),
            Rows = rows.OrderBy(row => row.Rank).ThenBy(row => row.Line).Take(MostShown).ToList(),
            LacksColumns = lacksColumns,
        });
    }

    private static async Task<IResult> ConfirmAsync(string slug, string secret, HttpContext http, IFormCollection form, NpgsqlDataSource db, PendingQuestionFiles files, Clock clock)
    {
        if (files.Find(secret, Account(http), slug) is not { } found) return Gone(slug);
        // Sent twice it is done once: the second waits for the first, for its report would say that everything had been there
        await found.Turn.WaitAsync(http.RequestAborted);
        try
        {
            if (files.Find(secret, Account(http), slug) is { Result: null, File.IsRefused: false } file)
            {
                if (await ImportQuestions.StoreAsync(db, file.File, slug, (index, row) => ChoiceOf(form[ImportRow.FieldOf(index)].ToString(), row), Account(http), clock.Now, http.RequestAborted) is not { } result) return Pages.NotFound();
                files.Done(file, result);
            }
        }
        finally
        {
            found.Turn.Release();
        }

        return Results.LocalRedirect($"{PathOf(slug)}/{secret}");
    }

    // The table is read again by what was chosen, as a file of its own; the first reading stays until its time is over
    private static IResult ColumnsAsync(string slug, string secret, HttpContext http, IFormCollection form, PendingQuestionFiles files)
    {
        if (files.Find(secret, Account(http), slug) is not { Result: null, Grid.Count: > 0 } file) return Gone(slug);
        var chosen = file.Mapping.Select(column => (column.At, Key: form[string.Create(System.Globalization.CultureInfo.InvariantCulture, $"column{column.At}")].ToString())).Where(column => QuestionColumns.Keys.Contains(column.Key, StringComparer.Ordinal))
            .ToDictionary(column => column.At, column => column.Key);
        if (!chosen.ContainsValue("stem") || !chosen.ContainsValue("answer")) return Results.LocalRedirect($"{PathOf(slug)}/{secret}?columns=missing");
        var read = ReadQuestions.Again(file.File.Format, file.Grid, chosen, form["headless"] == "on");
        return Results.LocalRedirect($"{PathOf(slug)}/{files.Add(Account(http), slug, file.Name, read, [.. file.Mapping.Select(column => column with { Key = chosen.GetValueOrDefault(column.At) })], file.Grid)}");
    }

    private static RowChoice ChoiceOf(string chosen, MatchedQuestion row) => Enum.TryParse<RowChoice>(chosen, out var choice) && Enum.IsDefined(choice) ? choice : ImportRow.UsualOf(row);

    private static async Task<IResult> RefusedAsync(string slug, string secret, HttpContext http, NpgsqlDataSource db, PendingQuestionFiles files)
    {
        if (files.Find(secret, Account(http), slug) is not { } file) return Gone(slug);
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if ((file.Result ?? await ImportQuestions.PreviewAsync(connection, file.File, slug)) is not { } result) return Pages.NotFound();
        var isEnglish = Language.Current == Language.English;
        var csv = new StringBuilder(DelimitedText.CsvLine(isEnglish ? ["line", "why", "text"] : ["行", "原因", "内容"]));
        foreach (var row in result.Rows.Where(row => row.Refusal is not null)) csv.Append(DelimitedText.CsvLine([(row.Row.File is null ? "" : row.Row.File + " ") + row.Row.Line.ToString(System.Globalization.CultureInfo.InvariantCulture), WhyText.Say(row.Refusal!), row.Row.Shown]));
        return Results.File([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(csv.ToString())], "text/csv; charset=utf-8", "refused.csv");
    }

    private static async Task<IResult> ExportAsync(string slug, HttpContext http, NpgsqlDataSource db, Clock clock, string? format = null, string? all = null)
    {
        if (QuestionFormat.Find(format) is not { } chosen) return Results.BadRequest();
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await ExportedBank.LoadAsync(connection, slug) is not { } bank) return Pages.NotFound();
        var export = ExportQuestions.Of(chosen, bank, all is not null, clock.Now);
        http.Response.Headers.CacheControl = "no-store";
        return Results.File(export.Bytes, chosen.ContentType, slug + chosen.Extension);
    }

    private static IResult Template() => Results.File(QuestionTemplate.Write(Language.Current != Language.English), QuestionFormat.Find("xlsx")!.ContentType, "studyquiz-questions.xlsx");

    private static string PathOf(string slug) => $"/banks/{Uri.EscapeDataString(slug)}/import";

    private static IResult Gone(string slug) => Pages.Render<ImportExpiredPage>(new { Path = PathOf(slug) }, StatusCodes.Status404NotFound);

    private static Guid Account(HttpContext http) => Viewer.Of(http.User).AccountId!.Value;
}
