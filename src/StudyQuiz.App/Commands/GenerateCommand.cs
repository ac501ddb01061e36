using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Spectre.Console;
using StudyQuiz.App.Features.GenerateBank;
using StudyQuiz.App.Features.ImportBank;
using StudyQuiz.App.Features.ProposeQuestions;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Merging;
using StudyQuiz.Generation.Normalizing;
using StudyQuiz.Generation.Reading;

namespace StudyQuiz.App.Commands;

/// <summary><c>studyquiz generate FILE --out BANK.yaml</c>: makes a bank of draft questions from a text, or brings new ones into a bank that is there.</summary>
internal static partial class GenerateCommand
{
    private static readonly JsonSerializerOptions _json = new(DomainJson.Options) { WriteIndented = true };
    private static readonly Argument<string> _file = new("FILE") { Description = "The text: .txt in UTF-8 or GB18030, or .docx" };
    private static readonly Option<string> _out = new("--out") { Description = "The bank file to write; one that is there already keeps what people did to it", Required = true };
    private static readonly Option<long> _seed = new("--seed") { Description = "Decides between wrong answers and orders that serve equally well", DefaultValueFactory = _ => 1 };
    private static readonly Option<int?> _count = new("--count") { Description = "The most questions; default one per 15 characters, more than 1,000 only as far as the key points need them" };
    private static readonly Option<string?> _title = new("--title") { Description = "The text's title, where it does not say it itself" };
    private static readonly Option<string?> _publisher = new("--publisher") { Description = "Who published it" };
    private static readonly Option<DateOnly?> _published = new("--published") { Description = "When it was published, such as 2026-05-01" };
    private static readonly Option<string?> _report = new("--report") { Description = "Also write the whole report as JSON to this file" };

    private static readonly Option<bool> _llm = new("--llm") { Description = "Also ask the configured language model for questions: sends the text's sentences to Llm__Address" };

    public static Command Create()
    {
        _count.Validators.Add(result =>
        {
            // What is no number at all is told by the option itself
            if (result.Tokens is [var token, ..] && int.TryParse(token.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count) && count < 1) result.AddError("--count: give 1 or more questions.");
        });
        var command = new Command("generate", "Make a bank of draft questions from a text") { _file, _out, _seed, _count, _title, _publisher, _published, _report, _llm };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult command, CancellationToken stop)
    {
        var file = command.GetRequiredValue(_file);
        var llm = command.GetValue(_llm) ? ConfiguredLlm() : null;
        if (file.Length == 0) throw new CommandFailure("FILE is empty: name the text.");
        if (command.GetRequiredValue(_out).Length == 0) throw new CommandFailure("--out is empty: name the bank file, such as spring-speech.yaml.");
        RefuseUnlessLine("--title", command.GetValue(_title), NewBankForm.LongestTitle);
        RefuseUnlessLine("--publisher", command.GetValue(_publisher), NewBankForm.LongestPublisher);
        var bankPath = Path.GetFullPath(command.GetRequiredValue(_out));
        if (Directory.Exists(bankPath)) throw new CommandFailure($"{bankPath}: it is a folder. Name a file in it.");
        // a bank is read before it is written, and put in its place whole: a terminal or a pipe allows neither
        if (IsDevice(bankPath)) throw new CommandFailure($"{command.GetRequiredValue(_out)}: it is no file. Name a file, such as spring-speech.yaml.");
        if (command.GetValue(_report) is { } report && (Path.GetFullPath(report) == bankPath || Path.GetFullPath(report) == Path.GetFullPath(file)))
            throw new CommandFailure($"--report: {report} is the bank or the text itself. Name a file of its own, such as report.json.");
        var raw = await ReadAsync(file, stop);
        var existing = await ExistingAsync(bankPath, stop);
        var source = SourceFile.For(file, raw, bankPath, existing);
        var settings = new GenerationSettings(existing?.Source.Slug ?? SlugOf(bankPath), source.Name, source.Sha256, command.GetValue(_seed))
        {
            Title = command.GetValue(_title),
            Publisher = command.GetValue(_publisher),
            Published = command.GetValue(_published),
            MostQuestions = command.GetValue(_count),
            Kept = (existing?.Questions ?? []).Where(question => question.Status != QuestionStatus.Retired && (question.Origin != QuestionOrigin.Generated || question.Status != QuestionStatus.Draft))
                .Select(question => question.Id).ToHashSet(StringComparer.Ordinal),
        };
        var generated = await Progress.ShowAsync(progress => BankGeneration.GenerateAsync(Clean(raw, file, progress), settings, llm, TimeProvider.System, progress, stop));
        if (generated.Bank.Questions.Count == 0)
        {
            await WriteReportAsync(command, generated.Report, stop);
            GenerationPrinter.PrintLanguage(generated.Report);
            GenerationPrinter.PrintReasons(generated.Report);
            throw new CommandFailure($"{file}: no question can be made of it that the text itself answers, so that no bank was written. Give a text with more sentences.");
        }

        if (existing is not null) RefuseOtherText(bankPath, existing, file, generated.Bank);
        var merged = existing is null ? null : BankMerge.Merge(existing, generated.Bank);
        var bank = merged?.Bank ?? generated.Bank;
        var folder = Path.GetDirectoryName(bankPath)!;
        var isNew = !Directory.Exists(folder);
        await source.WriteAsync(stop);
        await WriteAsync(bankPath, BankFile.Write(bank), stop);
        await WriteReportAsync(command, generated.Report, stop);
        GenerationPrinter.Print(generated.Report, merged);
        if (isNew) Console.WriteLine($"Made the folder {folder}.");
        Console.WriteLine($"Wrote {bank.Questions.Count} questions to {command.GetRequiredValue(_out)}. New ones are drafts: go through them, and set status: published on those you answer for.");
        if (generated.Report.Open.Count == 0) return 0;
        Console.WriteLine(generated.Report.IsOnlyShortOfDemands()
            ? "The text has demands and judgements that rules can't ask about, so that the bank does not pass check yet: write questions on those listed above, or ship fewer knowingly."
            : "The bank does not pass check yet: mend by hand what is listed above.");
        return generated.Report.IsOnlyShortOfDemands() ? 0 : 1;
    }

    private static bool IsDevice(string path) =>
        !OperatingSystem.IsWindows() && (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal));

    private static void RefuseUnlessLine(string option, string? value, int longest)
    {
        if (value is not null && (string.IsNullOrWhiteSpace(value) || !NewBankForm.IsLine(value, longest))) throw new CommandFailure(string.Create(CultureInfo.InvariantCulture, $"{option}: give one line of 1 to {longest} characters, or leave it out."));
    }

    // A new edition of a text keeps most of what was quoted; of another text nearly everything that people did would be lost
    private static void RefuseOtherText(string path, BankFile existing, string file, BankFile generated)
    {
        var quotes = existing.Questions.SelectMany(question => question.Body.Evidence).Select(evidence => evidence.Quote).Distinct(StringComparer.Ordinal).ToList();
        var found = quotes.Count(quote => generated.Paragraphs.Any(paragraph => paragraph.Text.Contains(quote, StringComparison.Ordinal)));
        if (found * 4 < quotes.Count)
            throw new CommandFailure($"{path} is the bank of another text: of the {quotes.Count} quotes of its questions only {found} stand in {file}. Nothing was written; choose another --out.");
    }

    private static async Task WriteReportAsync(ParseResult command, GenerationReport report, CancellationToken stop)
    {
        if (command.GetValue(_report) is { } path) await WriteAsync(Path.GetFullPath(path), JsonSerializer.Serialize(report, _json), stop);
    }

    private static LlmSettings ConfiguredLlm()
    {
        var (llm, problem) = LlmSettings.Read(Settings.ReadConfiguration());
        return llm ?? throw new CommandFailure(problem!);
    }

    private static async Task<string> ReadAsync(string file, CancellationToken stop)
    {
        if (Directory.Exists(file)) throw new CommandFailure($"{file}: it is a folder. Name a file in it.");
        var info = new FileInfo(file);
        if (!info.Exists) throw new CommandFailure($"{file}: there is no such file.");
        if (info.Length > SourceReader.LargestDocument)
            throw new CommandFailure(string.Create(CultureInfo.InvariantCulture, $"{file}: it has {info.Length:N0} bytes, at most {SourceReader.LargestDocument:N0} are read. Split it into several files."));
        return SourceReader.Read(await File.ReadAllBytesAsync(file, stop), Path.GetFileName(file)) switch
        {
            SourceReading.Text text => text.Raw,
            SourceReading.Refused refused => throw new CommandFailure(refused.Message),
            _ => throw new InvalidOperationException("Not a reading."),
        };
    }

    private static CleanText Clean(string raw, string file, IProgress<GenerationStage> progress)
    {
        progress.Report(GenerationStage.Clean);
        var clean = Normalizer.Clean(raw);
        return clean.Paragraphs.Count > 0 ? clean : throw new CommandFailure($"{file}: nothing is left of the text but titles, captions and page numbers. Give a text with sentences in it.");
    }

    private static async Task<BankFile?> ExistingAsync(string path, CancellationToken stop)
    {
        if (!File.Exists(path)) return null;
        var (bank, errors) = BankFile.Read(await File.ReadAllTextAsync(path, stop));
        return bank ?? throw new CommandFailure($"{path} is there, but can't be read, so that nothing was written over it: {errors[0]}. Mend it, or choose another file.");
    }

    private static string SlugOf(string path)
    {
        var slug = NotOfSlug().Replace(Path.GetFileNameWithoutExtension(path).ToLowerInvariant(), "-").Trim('-');
        return slug.Length > 0 ? slug : throw new CommandFailure($"{path}: name the bank file with latin letters, digits and hyphens, such as spring-speech.yaml. Its name becomes the bank's address.");
    }

    /// <summary>Whole or not at all: a crash in the middle must not leave half a bank in the place of a reviewed one.</summary>
    internal static async Task WriteAsync(string path, string text, CancellationToken stop)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var draft = path + ".new";
            await File.WriteAllTextAsync(draft, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), stop);
            File.Move(draft, path, overwrite: true);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"{path} can't be written: {denied.Message}");
        }
    }

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.None, 1000)]
    private static partial Regex NotOfSlug();

    /// <summary>Shows the stages on a terminal, and says nothing elsewhere: the report follows soon enough.</summary>
    private static class Progress
    {
        public static async Task<GeneratedBank> ShowAsync(Func<IProgress<GenerationStage>, Task<GeneratedBank>> work)
        {
            if (Console.IsOutputRedirected) return await work(new Telling(_ => { }));
            return await AnsiConsole.Status().StartAsync("Reading", context =>
                Task.Run(() => work(new Telling(stage => context.Status(Words(stage))))));
        }

        private static string Words(GenerationStage stage) => stage switch
        {
            GenerationStage.Clean => "Cleaning the text",
            GenerationStage.Structure => "Finding its structure",
            GenerationStage.KeyPoints => "Finding the key points",
            GenerationStage.Facts => "Reading facts",
            GenerationStage.Items => "Writing questions",
            GenerationStage.Proposals => "Asking the language model",
            GenerationStage.Gates => "Checking every question",
            _ => "Choosing questions",
        };

        private sealed class Telling(Action<GenerationStage> tell) : IProgress<GenerationStage>
        {
            public void Report(GenerationStage value) => tell(value);
        }
    }

    /// <summary>The text that goes with the bank: in UTF-8, below the bank file's folder, so that an importer can check it.</summary>
    private sealed record SourceFile(string Name, string Path, string Raw, string Sha256)
    {
        public static SourceFile For(string file, string raw, string bankPath, BankFile? existing)
        {
            var folder = System.IO.Path.GetDirectoryName(bankPath)!;
            var name = existing?.Source.File ?? $"sources/{SlugOf(bankPath)}.txt";
            var own = System.IO.Path.GetRelativePath(folder, System.IO.Path.GetFullPath(file)).Replace('\\', '/');
            if (BankOnDisk.PathBelow(folder, name) is null) throw new CommandFailure($"{bankPath}: source.file: '{name}' leaves the folder of the bank file. Put the text below that, such as in sources/.");
            var bytes = Encoding.UTF8.GetBytes(raw);
            // a text that lies there already, as UTF-8, is not copied
            if (!own.StartsWith("..", StringComparison.Ordinal) && !System.IO.Path.IsPathRooted(own) && File.ReadAllBytes(file).AsSpan().SequenceEqual(bytes)) name = own;
            var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, name));
            var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
            if (File.Exists(path) && Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))) is var there && there != sha256 && there != existing?.Source.Sha256)
                throw new CommandFailure($"{path}: another text is there, which nothing is written over. Move it, or choose another --out.");
            return new SourceFile(name, path, raw, sha256);
        }

        public async Task WriteAsync(CancellationToken stop)
        {
            if (!File.Exists(Path) || await File.ReadAllTextAsync(Path, stop) != Raw) await GenerateCommand.WriteAsync(Path, Raw, stop);
        }
    }
}
