using System.CommandLine;
using System.Text.Json;
using StudyQuiz.App.Features.ExchangeQuestions;
using StudyQuiz.App.Features.ExchangeQuestions.Formats;
using StudyQuiz.App.Features.ImportBank;
using StudyQuiz.Domain;

namespace StudyQuiz.App.Commands;

/// <summary>
/// <c>studyquiz import FILE</c>: brings the database to what a bank file says, without overwriting what was edited there; or brings the questions of a
/// file of another format into a bank. A file that is refused is refused before a database is looked for.
/// </summary>
internal static class ImportCommand
{
    private static readonly JsonSerializerOptions _json = new(DomainJson.Options) { WriteIndented = true };
    private static readonly Argument<string> _file = new("FILE") { Description = "The file" };
    private static readonly Option<bool> _preview = new("--preview") { Description = "Say what would be done, and do nothing" };
    private static readonly Option<bool> _asJson = new("--json") { Description = "Print the whole report as JSON" };
    private static readonly Option<string?> _into = new("--into") { Description = "The bank that questions of another format than our own go into", HelpName = "SLUG" };

    private static readonly Option<string?> _format = new("--format")
    {
        Description = $"One of {string.Join(", ", Readable())} [default: what the file's name and content tell]",
        HelpName = "FORMAT",
    };

    public static Command Create()
    {
        var command = new Command("import", "Import a bank file, or questions of another format") { _file, _format, _into, _preview, _asJson, Settings.DataOption };
        command.SetAction(AnswerAsync);
        return command;
    }

    private static IEnumerable<string> Readable() => QuestionFormat.All.Where(format => format.Read is not null).Select(format => format.Name).Where(name => name != "qti3");

    // Whoever asked for JSON gets the reason as JSON too
    private static async Task<int> AnswerAsync(ParseResult command, CancellationToken stop)
    {
        try
        {
            return await RunAsync(command, stop);
        }
        catch (CommandFailure failure) when (command.GetValue(_asJson))
        {
            Console.WriteLine(JsonSerializer.Serialize(QuestionFileReport.Failed(Path.GetFileName(command.GetRequiredValue(_file)), command.GetValue(_format), command.GetValue(_into), failure.Message), _json));
            return 1;
        }
    }

    private static async Task<int> RunAsync(ParseResult command, CancellationToken stop)
    {
        var (path, format) = (command.GetRequiredValue(_file), command.GetValue(_format));
        if (format is not null && !Readable().Contains(format, StringComparer.Ordinal)) throw new CommandFailure($"There is no format '{format}'. Take one of {string.Join(", ", Readable())}.");
        if (format is null && Path.GetExtension(path).ToLowerInvariant() is ".yaml" or ".yml") format = QuestionFormat.Yaml;
        var given = format == QuestionFormat.Yaml ? null : await GivenAsync(path, stop);
        if (given is not null && !(format is null && given.Bytes.AsSpan().StartsWith("source:"u8))) return await QuestionsAsync(command, given, format, stop);
        if (command.GetValue(_into) is not null) throw new CommandFailure("A bank file names its own bank: leave --into out.");
        return await BankAsync(command, path, stop);
    }

    private static async Task<int> BankAsync(ParseResult command, string path, CancellationToken stop)
    {
        var preview = command.GetValue(_preview);
        var (bank, raw, problems) = await BankOnDisk.LoadAsync(path, stop);
        ImportReport report;
        if (bank is null || raw is null)
        {
            report = ImportReport.Refuse(bank?.Source.Slug ?? Path.GetFileName(path), problems);
        }
        else
        {
            using var loggers = Quiet.Loggers();
            await using var database = await OpenAsync(command, loggers, stop);
            report = await new BankImporter(database.Source).ImportAsync(bank, raw, preview, stop);
        }

        if (command.GetValue(_asJson)) Console.WriteLine(JsonSerializer.Serialize(report, _json));
        else Print(report, preview);
        return report.Refused.Count > 0 ? 1 : 0;
    }

    private static async Task<int> QuestionsAsync(ParseResult command, GivenFile given, string? format, CancellationToken stop)
    {
        var (into, preview) = (command.GetValue(_into), command.GetValue(_preview));
        var file = ReadQuestions.Of(given, format, TimeProvider.System.GetUtcNow());
        if (!file.IsRefused && !preview && into is null) throw new CommandFailure("Say which bank the questions go into: --into SLUG. With --preview nothing is stored, and none is needed.");
        QuestionImportResult result;
        if (file.IsRefused || into is null)
        {
            result = new QuestionImportResult(ChosenBank.None, MatchQuestions.Of(file, ChosenBank.None), new HashSet<int>());
        }
        else
        {
            using var loggers = Quiet.Loggers();
            await using var database = await OpenAsync(command, loggers, stop);
            result = await ImportAsync(database, file, into, preview, stop) ?? throw new CommandFailure($"There is no bank '{into}'. Make one of a text first ('studyquiz generate', or in the browser), or correct --into.");
        }

        var report = QuestionFileReport.Of(given.Name, file, into, result, isStored: !file.IsRefused && !preview);
        if (command.GetValue(_asJson)) Console.WriteLine(JsonSerializer.Serialize(report, _json));
        else report.Print();
        return report.IsRefused ? 1 : 0;
    }

    private static async Task<QuestionImportResult?> ImportAsync(Database database, QuestionFile file, string into, bool preview, CancellationToken stop)
    {
        if (!preview) return await ImportQuestions.StoreAsync(database.Source, file, into, (_, row) => ImportQuestions.Usual(row), account: null, TimeProvider.System.GetUtcNow(), stop);
        await using var connection = await database.Source.OpenConnectionAsync(stop);
        return await ImportQuestions.PreviewAsync(connection, file, into);
    }

    private static async Task<Database> OpenAsync(ParseResult command, ILoggerFactory loggers, CancellationToken stop)
    {
        var database = await Database.OpenAsync(Settings.Of(command), loggers, share: true, stop);
        await database.EnsureMigratedAsync(stop);
        return database;
    }

    // Never more than is read of any file, whatever the file says of its size
    private static async Task<GivenFile> GivenAsync(string path, CancellationToken stop)
    {
        try
        {
            await using var file = File.OpenRead(path);
            if (file.CanSeek && file.Length > GivenFile.Largest) return new GivenFile([], Path.GetFileName(path)) { IsTooLarge = true };
            using var bytes = new MemoryStream();
            var buffer = new byte[81920];
            for (int read; bytes.Length <= GivenFile.Largest && (read = await file.ReadAsync(buffer, stop)) > 0;) bytes.Write(buffer, 0, read);
            return new GivenFile(bytes.ToArray(), Path.GetFileName(path));
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandFailure($"{path} can't be read: {denied.Message}");
        }
    }

    private static void Print(ImportReport report, bool preview)
    {
        Console.WriteLine(report.Refused.Count > 0 ? $"{report.Source}: nothing was imported." : preview ? $"{report.Source}: a preview, nothing was imported." : $"{report.Source}: imported.");
        foreach (var refusal in report.Refused) Console.WriteLine($"  {refusal}");
        Line("new", report.New);
        Line("changed", report.Changed);
        Line("unchanged", report.Unchanged);
        Line("changed here and in the file, left alone", report.Conflicts);
        Line("no longer in the file, left alone", report.Missing);
    }

    private static void Line(string what, IReadOnlyList<string> ids)
    {
        if (ids.Count > 0) Console.WriteLine($"  {what} ({ids.Count}): {string.Join(' ', ids)}");
    }
}
