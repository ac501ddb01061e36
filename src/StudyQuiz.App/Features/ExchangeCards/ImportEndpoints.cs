using System.Globalization;
using System.Text;
using Dapper;
using Microsoft.Extensions.Localization;
using Npgsql;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.ExchangeCards;

/// <summary>A file is looked at first, with nothing stored; then its learner says whether it is carried over.</summary>
internal static class ImportEndpoints
{
    private const string Form = "/cards/import";

    // Only so many rows are shown; the report has them all
    private const int MostShown = 200;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Form, async (HttpContext http, NpgsqlDataSource db, string? deck = null) => await FormAsync(http, db, deck, null));
        app.MapPost(Form, UploadAsync).WithMetadata(new LargeForm(ImportedFile.LargestUpload + 64 * 1024, TooLargeAsync));
        app.MapGet(Form + "/{secret}", ShowAsync);
        app.MapPost(Form + "/{secret}", ConfirmAsync);
        app.MapGet(Form + "/{secret}/report.csv", DownloadAsync);
    }

    private static async Task<IResult> UploadAsync(HttpContext http, IFormCollection form, NpgsqlDataSource db, Learners learners, PendingImports imports, Clock clock)
    {
        var slug = form["deck"].ToString();
        if (form.Files.FirstOrDefault(file => file.Name == "file" && file.FileName.Length > 0) is not { } file) return await FormAsync(http, db, slug, "NoFile");
        if (file.Length > ImportedFile.LargestUpload) return await FormAsync(http, db, slug, "TooLarge");
        string? bank = null;
        if (slug.Length > 0)
        {
            await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
            if ((await FindBankAsync(connection, slug, IsEditor(http)))?.Slug is not { } found) return await FormAsync(http, db, null, "NoBank");
            bank = found;
        }

        FileReading reading;
        await imports.Places.WaitAsync(http.RequestAborted);
        try
        {
            var bytes = new byte[file.Length];
            await using (var content = file.OpenReadStream()) await content.ReadExactlyAsync(bytes, http.RequestAborted);
            var name = AnkiText.Tidy(Path.GetFileName(file.FileName));
            reading = await Task.Run(() => ReadFile.Of(bytes, name.Length > 200 ? string.Concat(name.EnumerateRunes().Take(100)) : name, clock.Now));
        }
        finally
        {
            imports.Places.Release();
        }

        return reading switch
        {
            FileReading.Refused refused => await FormAsync(http, db, slug, refused.Code),
            FileReading.Read read => Results.LocalRedirect($"{Form}/{imports.Add(await learners.FindAsync(http), read.File, bank)}"),
            _ => throw new InvalidOperationException(),
        };
    }

    // A browser that sends this much gets its answer before it is read
    private static async Task<IResult> TooLargeAsync(HttpContext http) =>
        await FormAsync(http, http.RequestServices.GetRequiredService<NpgsqlDataSource>(), null, "TooLarge", StatusCodes.Status413PayloadTooLarge);

    private static async Task<IResult> ShowAsync(string secret, HttpContext http, NpgsqlDataSource db, Learners learners, PendingImports imports)
    {
        if (await RowsAsync(secret, http, db, learners, imports) is not { } shown) return Gone();
        var (import, bank, rows) = shown;
        return Pages.Render<ImportedPage>(new
        {
            Import = new ImportSummary(secret, import.Name, import.IsPackage, import.Report is not null, bank?.Title, IsEditor(http), rows, import.Strays),
            Rows = rows.OrderBy(row => Rank(row.State)).ThenBy(row => row.Line).Take(MostShown).ToList(),
        });
    }

    private static async Task<IResult> ConfirmAsync(string secret, HttpContext http, IFormCollection form, NpgsqlDataSource db, Learners learners, PendingImports imports, Clock clock)
    {
        if (imports.Find(secret, await learners.FindAsync(http)) is not { } found) return Gone();
        var learner = await learners.FindOrBeginAsync(http);
        // Sent twice it is done once: the second waits for the first, for its report would say that everything had been there
        await found.Turn.WaitAsync(http.RequestAborted);
        try
        {
            if (imports.Find(secret, learner) is not { File: { } file } import) return Results.LocalRedirect($"{Form}/{secret}");
            await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
            await using var transaction = await connection.BeginTransactionAsync(http.RequestAborted);
            var bank = import.Bank is { } slug ? await FindBankAsync(connection, slug, IsEditor(http)) : null;
            var editor = IsEditor(http) && form["drafts"] == "on" ? Viewer.Of(http.User).AccountId : null;
            var report = await StoreImport.RunAsync(connection, file, bank, learner, editor, clock.Now);
            await transaction.CommitAsync(http.RequestAborted);
            imports.Done(import, learner, report);
        }
        finally
        {
            found.Turn.Release();
        }

        return Results.LocalRedirect($"{Form}/{secret}");
    }

    private static async Task<IResult> DownloadAsync(
        string secret, HttpContext http, NpgsqlDataSource db, Learners learners, PendingImports imports, IStringLocalizer<ExchangeText> text)
    {
        if (await RowsAsync(secret, http, db, learners, imports) is not { } shown) return Gone();
        var csv = new StringBuilder(DelimitedText.CsvLine([text[shown.Import.IsPackage ? "Column.Note" : "Column.Line"], text["Column.State"], text["Column.Reason"], text["Column.Reviews"], text["Column.Already"], text["Column.LeftOut"], text["Column.Front"]]));
        foreach (var row in shown.Rows)
        {
            csv.Append(DelimitedText.CsvLine(
            [
                row.Line.ToString(CultureInfo.InvariantCulture), text[ImportSummary.Key("State", row.State, shown.Import.Report is not null)], Reason(row, text),
                row.Reviews.ToString(CultureInfo.InvariantCulture), row.Already.ToString(CultureInfo.InvariantCulture), ImportSummary.Say(row.LeftOut, text), row.Front,
            ]));
        }

        http.Response.Headers.CacheControl = "no-store";
        return Results.File([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(csv.ToString())], "text/csv; charset=utf-8", "import-report.csv");
    }

    private static string Reason(RowReport row, IStringLocalizer<ExchangeText> text) => string.Join(text["ListSeparator"],
        [.. row.Reason is null ? [] : new[] { text["Row." + row.Reason, row.FirstLine ?? 0].Value }, .. row.OtherCards == 0 ? [] : new[] { text["OtherCards", row.OtherCards].Value }]);

    private static async Task<(PendingImport Import, ChosenBank? Bank, IReadOnlyList<RowReport> Rows)?> RowsAsync(
        string secret, HttpContext http, NpgsqlDataSource db, Learners learners, PendingImports imports)
    {
        var learner = await learners.FindAsync(http);
        if (imports.Find(secret, learner) is not { } import) return null;
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var bank = import.Bank is { } slug ? await FindBankAsync(connection, slug, IsEditor(http)) : null;
        return (import, bank, import.Report ?? await StoreImport.PreviewAsync(connection, import.File!, bank, learner, IsEditor(http)));
    }

    private static async Task<IResult> FormAsync(HttpContext http, NpgsqlDataSource db, string? deck, string? refusal, int? status = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var banks = (await connection.QueryAsync<ChosenBank>($"{Banks} order by s.id desc limit 500", new { isEditor = IsEditor(http), slug = (string?)null })).AsList();
        return Pages.Render<ImportPage>(
            new { Banks = banks.Select(bank => (bank.Slug, bank.Title)).ToList(), Deck = deck ?? "", Refusal = refusal, IsEditor = IsEditor(http) },
            status ?? (refusal is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity));
    }

    // Learners see what they can study, editors all
    private const string Banks =
        """
        select s.id, s.slug, s.title, s.language from source s
        where s.current_version_id is not null and (@slug::text is null or s.slug = @slug)
          and (@isEditor or exists (select 1 from question q where q.source_id = s.id and q.status = 'published'))
        """;

    private static Task<ChosenBank?> FindBankAsync(NpgsqlConnection connection, string slug, bool isEditor) =>
        connection.QuerySingleOrDefaultAsync<ChosenBank?>(Banks, new { slug, isEditor });

    private static IResult Gone() => Pages.Render<ImportGonePage>(status: StatusCodes.Status404NotFound);

    private static bool IsEditor(HttpContext http) => Viewer.Of(http.User) is { IsEditor: true } or { IsAdmin: true };

    // What somebody has to look at comes first
    private static int Rank(RowState state) => state switch { RowState.Refused => 0, RowState.Conflict => 1, RowState.New or RowState.Left => 2, RowState.Added or RowState.Updated => 3, _ => 4 };
}

/// <summary>What the page says of a file as a whole.</summary>
/// <param name="Bank">The chosen bank's title; null where none was chosen.</param>
/// <param name="Strays">Reviews of cards that the file does not hold.</param>
public sealed record ImportSummary(string Secret, string Name, bool IsPackage, bool IsDone, string? Bank, bool IsEditor, IReadOnlyList<RowReport> Rows, int Strays)
{
    /// <summary>Of the words for a state: what an import changes is still to come in a preview.</summary>
    /// <param name="part">State or Say.</param>
    public static string Key(string part, RowState state, bool isDone) => $"{(state == RowState.Updated && !isDone ? "Coming." : "")}{part}.{state}";

    public int Of(params RowState[] states) => Rows.Count(row => states.Contains(row.State));

    public int Reviews => Rows.Sum(row => row.Reviews);

    public int Already => Rows.Sum(row => row.Already);

    /// <summary>Why how many reviews of the file are left out.</summary>
    public IReadOnlyDictionary<LeftOut, int> LeftOut => Rows.SelectMany(row => row.LeftOut).GroupBy(one => one.Key, one => one.Value).OrderBy(why => why.Key).ToDictionary(why => why.Key, why => why.Sum());

    public static string Say(IReadOnlyDictionary<LeftOut, int> leftOut, IStringLocalizer<ExchangeText> text) =>
        string.Join(text["ListSeparator"], leftOut.Select(why => text["LeftOut." + why.Key, why.Value].Value));
}
