using System.Text;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Features.ExchangeQuestions.Formats;

/// <summary>A format of files with questions.</summary>
/// <param name="Name">As commands and addresses have it.</param>
/// <param name="Extension">Of files that are written.</param>
/// <param name="ContentType">Of downloads.</param>
/// <param name="Read">Null for what is only written. The time is when it is read.</param>
/// <param name="Write">Writes what a bank holds that is not left out.</param>
/// <param name="Lost">What it can't carry of a question.</param>
/// <param name="LeavesOut">Why it can't carry a question at all; null where it can.</param>
internal sealed record QuestionFormat(
    string Name, string Extension, string ContentType, Func<GivenFile, DateTimeOffset, List<QuestionRow>>? Read, Func<BankFile, DateTimeOffset, byte[]> Write,
    Func<BankQuestion, QuestionParts> Lost, Func<Question, Why?> LeavesOut)
{
    public const string Yaml = "yaml";
    private const string Plain = "text/plain; charset=utf-8";
    private const string Sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private const QuestionParts Words = QuestionParts.Id | QuestionParts.Explanation | QuestionParts.Reasons | QuestionParts.Evidence | QuestionParts.Difficulty | QuestionParts.KeyPoint
        | QuestionParts.Tags | QuestionParts.AnyOrder | Keeping;

    // What only a bank keeps
    private const QuestionParts Keeping = QuestionParts.Enemies | QuestionParts.Origin | QuestionParts.Status | NoFile;

    // What is kept here alone
    private const QuestionParts NoFile = QuestionParts.AlsoCounts | QuestionParts.Picture;

    public static IReadOnlyList<QuestionFormat> All { get; } =
    [
        new(Yaml, ".yaml", "application/yaml; charset=utf-8", (file, _) => Own(file), (bank, _) => Text(BankFile.Write(bank)), _ => NoFile, _ => null),
        new("gift", ".gift.txt", Plain, (file, _) => GiftReader.Read(file.Text), (bank, _) => Text(GiftWriter.Write(bank)),
            question => QuestionParts.Evidence | Keeping | (question.Body is Flashcard ? QuestionParts.Explanation : QuestionParts.None) | (question.Tags.Any(tag => tag.Contains(']', StringComparison.Ordinal)) ? QuestionParts.Tags : QuestionParts.None),
            question => Sides(question).Any(side => side.Contains("->", StringComparison.Ordinal)) ? new Why("ArrowInside", "->") : null),
        new("aiken", ".aiken.txt", Plain, (file, _) => Aiken.Read(file.Text), (bank, _) => Text(Aiken.Write(bank)), _ => Words,
            question => question is not (SingleChoice or TrueFalse) ? new Why("TypeNotCarried") : HasLines(question) ? new Why("SeveralLines") : null),
        new("moodle-xml", ".xml", "application/xml", (file, _) => MoodleReader.Read(SafeXml.Load(file)), (bank, _) => MoodleWriter.Write(bank), _ => QuestionParts.Evidence | Keeping, _ => null),
        new("qti", ".qti21.zip", "application/zip", (file, _) => Qti(file), (bank, _) => QtiWriter.Write(bank, isThree: false), _ => QuestionParts.Evidence | Keeping, _ => null),
        new("qti3", ".qti30.zip", "application/zip", (file, _) => Qti(file), (bank, _) => QtiWriter.Write(bank, isThree: true), _ => QuestionParts.Evidence | Keeping, _ => null),
        new("kahoot", ".kahoot.xlsx", Sheet, (file, _) => Kahoot.Read(Table(file)), (bank, _) => Kahoot.Write(bank), _ => Words, Kahoot.LeavesOut),
        new("csv", ".csv", "text/csv; charset=utf-8", (file, _) => QuestionColumns.Read(Table(file)), (bank, _) => Grid.ToCsv(QuestionColumns.Write(bank)), _ => NoFile, ArrowInside),
        new("xlsx", ".xlsx", Sheet, (file, _) => Sheets(file), (bank, _) => Workbook.Write((bank.IsChinese() ? "题目" : "Questions", QuestionColumns.Write(bank))), _ => NoFile, ArrowInside),
        new("apkg", ".apkg", "application/octet-stream", (file, now) => AnkiNotes.Read(file, isPackage: true, now), AnkiNotes.WritePackage, Anki, ArrowInside),
        new("anki-tsv", ".tsv", "text/tab-separated-values; charset=utf-8", (file, now) => AnkiNotes.Read(file, isPackage: false, now), (bank, _) => Text(AnkiNotes.WriteText(bank)), Anki, ArrowInside),
        new("docx", ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", (file, _) => PaperReader.Read(PaperText(file)), (bank, _) => PaperWriter.WriteDocx(bank), _ => Keeping, _ => null),
        new("text", ".txt", Plain, (file, _) => PaperReader.Read(PaperText(file)), (bank, _) => Text(PaperWriter.Write(bank)), _ => Keeping, _ => null),
    ];

    /// <summary>Null where there is none of that name.</summary>
    public static QuestionFormat? Find(string? name) => All.FirstOrDefault(format => format.Name == name);

    /// <summary>The table in a file, whichever of the two forms it has.</summary>
    public static List<GridRow> Table(GivenFile file)
    {
        if (!file.IsZip) return Grid.OfCsv(file.Text);
        using var archive = SafeArchive.Open(file.Bytes);
        var sheets = Workbook.ReadAll(archive);
        return sheets.Select(sheet => sheet.Rows).FirstOrDefault(QuestionColumns.IsTable) ?? sheets[0].Rows;
    }

    // Sheets that tell how to fill in the others
    private static readonly string[] Helps = ["怎么填", "How to", "说明", "填写说明", "使用说明", "示例", "样例", "Help", "Instructions", "Example"];

    // Each sheet with our columns; one of several is told by its name
    private static List<QuestionRow> Sheets(GivenFile file)
    {
        if (!file.IsZip) return QuestionColumns.Read(Grid.OfCsv(file.Text));
        using var archive = SafeArchive.Open(file.Bytes);
        var sheets = Workbook.ReadAll(archive).Where(sheet => sheet.Rows.Count > 0 && !Helps.Contains(sheet.Name, StringComparer.OrdinalIgnoreCase)).ToList();
        var read = sheets.Where(sheet => QuestionColumns.IsTable(sheet.Rows)).ToList();
        if (read.Count == 0) return QuestionColumns.Read(sheets.Count == 0 ? [] : sheets[0].Rows);
        var rows = read.SelectMany(sheet => QuestionColumns.Read(sheet.Rows).Select(row => read.Count > 1 ? row with { File = RowText.Beginning(sheet.Name) } : row)).ToList();
        var unread = sheets.Except(read).Select(sheet => sheet.Name).ToList();
        if (unread.Count > 0 && rows.Count > 0) rows[0] = rows[0] with { Notes = [.. rows[0].Notes, new Why("UnreadSheets", RowText.Beginning(string.Join('、', unread)))] };
        return rows;
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    // Our own file, of which the text and the key points stay as the bank has them
    private static List<QuestionRow> Own(GivenFile file)
    {
        var (bank, errors) = BankFile.Read(file.Text);
        if (bank is null) throw new RefusedFileException(new Why("BankFile", RowText.Beginning(errors[0].Message)), errors[0].Line);
        return
        [
            .. bank.Questions.Select((question, i) => new QuestionRow(i + 1, RowText.Beginning(question.Body.Stem))
            {
                Question = new RowQuestion(question.Body)
                {
                    Id = question.Id,
                    KeyPoint = question.KeyPoint,
                    Difficulty = question.Body.Difficulty,
                    AnyOrder = question.Body is Cloze { AnyOrder: true },
                    Tags = question.Tags,
                    Enemies = question.Enemies,
                    Origin = question.Origin,
                    Status = question.Status,
                },
            }),
        ];
    }

    private static List<QuestionRow> Qti(GivenFile file)
    {
        if (!file.IsZip) return QtiReader.Read(SafeXml.Load(file));
        using var archive = SafeArchive.Open(file.Bytes);
        return QtiReader.Read(archive);
    }

    private static string PaperText(GivenFile file)
    {
        if (!file.IsZip) return file.Text;
        SafeArchive.Open(file.Bytes).Dispose();
        return Generation.Reading.SourceReader.ReadPaper(file.Bytes, "") switch
        {
            Generation.Reading.SourceReading.Text text => text.Raw,
            Generation.Reading.SourceReading.Refused refused => throw new RefusedFileException("Docx." + refused.Reason),
            _ => throw new InvalidOperationException(),
        };
    }

    private static QuestionParts Anki(BankQuestion question) => Keeping | (question.Tags.Any(tag => tag.Any(char.IsWhiteSpace)) ? QuestionParts.Tags : QuestionParts.None);

    private static Why? ArrowInside(Question question) => Sides(question).Any(side => side.Contains(AskedText.Arrow, StringComparison.Ordinal)) ? new Why("ArrowInside", AskedText.Arrow) : null;

    private static IEnumerable<string> Sides(Question question) => question is Matching matching ? matching.Pairs.SelectMany(pair => new[] { pair.Left, pair.Right }) : [];

    private static bool HasLines(Question question) => question.Stem.Contains('\n', StringComparison.Ordinal) || Bodies.OptionsOf(question).Any(option => option.Text.Contains('\n', StringComparison.Ordinal));
}
