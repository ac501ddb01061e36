using System.CommandLine;
using System.Text.Json;
using StudyQuiz.App.Features.ImportBank;
using StudyQuiz.Domain;

namespace StudyQuiz.App.Commands;

/// <summary><c>studyquiz import FILE</c>: brings the database to what a bank file says, without overwriting what was edited there.</summary>
internal static class ImportCommand
{
    private static readonly JsonSerializerOptions _json = new(DomainJson.Options) { WriteIndented = true };
    private static readonly Argument<string> _file = new("FILE") { Description = "The bank file" };
    private static readonly Option<bool> _preview = new("--preview") { Description = "Say what would be done, and do nothing" };
    private static readonly Option<bool> _asJson = new("--json") { Description = "Print the whole report as JSON" };

    public static Command Create()
    {
        var command = new Command("import", "Import a bank file") { _file, _preview, _asJson, Settings.DataOption };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult command, CancellationToken stop)
    {
        using var loggers = Quiet.Loggers();
        await using var database = await Database.OpenAsync(Settings.Of(command), loggers, share: true, stop);
        database.RequireMigrated();
        var preview = command.GetValue(_preview);
        var report = await new BankFolder(new BankImporter(database.Source)).ImportFileAsync(command.GetRequiredValue(_file), preview, stop);
        if (command.GetValue(_asJson)) Console.WriteLine(JsonSerializer.Serialize(report, _json));
        else Print(report, preview);
        return report.Refused.Count > 0 ? 1 : 0;
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
