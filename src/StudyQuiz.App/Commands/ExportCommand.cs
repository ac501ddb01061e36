using System.CommandLine;
using System.Text;
using StudyQuiz.App.Features.ExchangeQuestions;
using StudyQuiz.App.Features.ExchangeQuestions.Formats;

namespace StudyQuiz.App.Commands;

/// <summary><c>studyquiz export SLUG</c>: writes a bank in a format of other systems, and says what that format can't carry.</summary>
internal static class ExportCommand
{
    private static readonly Argument<string> _slug = new("SLUG") { Description = "The bank" };
    private static readonly Option<string> _format = new("--format") { Description = "One of " + string.Join(", ", QuestionFormat.All.Select(format => format.Name)), Required = true, HelpName = "FORMAT" };
    private static readonly Option<string> _out = new("--out") { Description = "The file to write; one that is there is replaced", Required = true, HelpName = "FILE" };
    private static readonly Option<bool> _all = new("--all") { Description = "Also drafts and retired questions in formats that can't tell them from published ones" };

    public static Command Create()
    {
        var command = new Command("export", "Write a bank in another format") { _slug, _format, _out, _all, Settings.DataOption };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult command, CancellationToken stop)
    {
        var name = command.GetRequiredValue(_format);
        var format = QuestionFormat.Find(name) ?? throw new CommandFailure($"There is no format '{name}'. Take one of {string.Join(", ", QuestionFormat.All.Select(one => one.Name))}.");
        using var loggers = Quiet.Loggers();
        await using var database = await Database.OpenAsync(Settings.Of(command), loggers, share: true, stop);
        await database.EnsureMigratedAsync(stop);
        await using var connection = await database.Source.OpenConnectionAsync(stop);
        var slug = command.GetRequiredValue(_slug);
        var exported = await ExportedBank.LoadAsync(connection, slug) ?? throw new CommandFailure($"There is no bank '{slug}'.");
        var export = ExportQuestions.Of(format, exported, command.GetValue(_all), TimeProvider.System.GetUtcNow());
        await WriteAsync(command.GetRequiredValue(_out), export, exported, stop);
        Print(export, command.GetRequiredValue(_out));
        return 0;
    }

    private static async Task WriteAsync(string path, QuestionExport export, ExportedBank exported, CancellationToken stop)
    {
        try
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            Directory.CreateDirectory(folder);
            await File.WriteAllBytesAsync(path, export.Bytes, stop);
            if (export.Format.Name != QuestionFormat.Yaml) return;
            var text = Path.Combine(folder, exported.Bank.Source.File);
            Directory.CreateDirectory(Path.GetDirectoryName(text)!);
            await File.WriteAllBytesAsync(text, Encoding.UTF8.GetBytes(exported.Raw), stop);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"{path} can't be written: {denied.Message}");
        }
    }

    private static void Print(QuestionExport export, string path)
    {
        Console.WriteLine($"Wrote {export.Written} question(s) to {path}.");
        if (export.Unmarked > 0) Console.WriteLine($"Not written: {export.Unmarked} that are not published, which {export.Format.Name} can't mark; --all writes them too.");
        foreach (var same in export.LeftOut.GroupBy(one => WhyText.Say(one.Why, WhyText.English), StringComparer.Ordinal)) Console.WriteLine($"Left out ({same.Count()}): {same.Key} {string.Join(' ', same.Select(one => one.Id))}");
        if (export.Lost.Count > 0) Console.WriteLine($"{export.Format.Name} can't carry: {string.Join(", ", export.Lost.Select(part => $"{WhyText.PartOf(part.Key, WhyText.English)} (of {part.Value})"))}.");
        if (export.Altered.Count > 0) Console.WriteLine($"Not the same when read again ({export.Altered.Count}): {string.Join(' ', export.Altered)}");
    }
}
