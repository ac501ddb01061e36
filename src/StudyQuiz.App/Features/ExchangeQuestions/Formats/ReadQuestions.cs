using System.Text.RegularExpressions;
using System.Xml;
using StudyQuiz.App.Features.ExchangeCards;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.ExchangeQuestions.Formats;

/// <summary>Reads a file with questions. Any bytes will do: the answer is its rows or why it can't be read, soon and in little memory.</summary>
internal static partial class ReadQuestions
{
    /// <param name="format">The name of a format; null for the one that the name and the content tell.</param>
    public static QuestionFile Of(GivenFile file, string? format, DateTimeOffset now)
    {
        var name = format ?? "";
        try
        {
            if (file.IsTooLarge || file.Bytes.Length > GivenFile.Largest) throw new RefusedFileException("LargeFile", GivenFile.Largest / GivenFile.Mega);
            if (file.Bytes.Length == 0) throw new RefusedFileException("EmptyFile");
            name = format ?? Recognise(file);
            var rows = QuestionFormat.Find(name)?.Read is { } read ? read(file, now) : throw new RefusedFileException("UnknownFormat", string.Join(", ", QuestionFormat.All.Where(one => one.Read is not null).Select(one => one.Name)));
            return Checked(name, rows);
        }
        catch (RefusedFileException refused)
        {
            return new QuestionFile(name, [new QuestionRow(refused.Line, RowText.Beginning(file.Name)) { Refusal = refused.Why }], IsRefused: true);
        }
        catch (XmlException wrong)
        {
            return new QuestionFile(name, [new QuestionRow(wrong.LineNumber, RowText.Beginning(file.Name)) { Refusal = new Why(wrong.Message.Contains("DTD", StringComparison.Ordinal) ? "Dtd" : "Malformed") }], IsRefused: true);
        }
        catch (RegexMatchTimeoutException)
        {
            return new QuestionFile(name, [new QuestionRow(0, RowText.Beginning(file.Name)) { Refusal = new Why("TooTangled") }], IsRefused: true);
        }
        catch (Exception damaged) when (damaged is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            return new QuestionFile(name, [new QuestionRow(0, RowText.Beginning(file.Name)) { Refusal = new Why("DamagedArchive") }], IsRefused: true);
        }
    }

    /// <summary>Reads a table again by columns that somebody chose.</summary>
    public static QuestionFile Again(string format, IReadOnlyList<GridRow> grid, IReadOnlyDictionary<int, string> chosen, bool isHeadless)
    {
        try
        {
            return Checked(format, QuestionColumns.Read(grid, chosen, isHeadless));
        }
        catch (RefusedFileException refused)
        {
            return new QuestionFile(format, [new QuestionRow(refused.Line, "") { Refusal = refused.Why }], IsRefused: true);
        }
    }

    private static QuestionFile Checked(string format, List<QuestionRow> rows)
    {
        if (rows.Count == 0) throw new RefusedFileException("NoQuestions");
        if (rows.Count > GivenFile.MostRows) throw new RefusedFileException("ManyRows", GivenFile.MostRows);
        var all = Unrepeated([.. rows.Select(CheckRow.Of)]);
        // as Moodle does: a file that is wrong somewhere may be wrong in what comes after
        if (format == "aiken" && all.Exists(row => row.Refusal is not null)) return new QuestionFile(format, [.. all.Where(row => row.Refusal is not null)], IsRefused: true);
        return new QuestionFile(format, all, IsRefused: false);
    }

    // What stands twice would be imported once and be changed by its own file
    private static List<QuestionRow> Unrepeated(List<QuestionRow> rows)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. rows.Select(row => row.Question is not { } question || seen.TryAdd(RowIdentity.Of(question), row.Line) ? row : row with { Question = null, Refusal = new Why("Repeated", seen[RowIdentity.Of(question)]) })];
    }

    private static string Recognise(GivenFile file)
    {
        if (file.Bytes.AsSpan().StartsWith("SQLite format 3\0"u8)) throw new RefusedFileException("Anki.Collection");
        if (file.IsZip) return RecogniseArchive(file);
        var start = file.Text.AsSpan().TrimStart();
        if (start.Length == 0) throw new RefusedFileException("EmptyFile");
        if (start[0] == '<') return RecogniseXml(file);
        if (file.Ends(".apkg", ".colpkg", ".xlsx", ".docx", ".zip")) throw new RefusedFileException("NotWhatItSays");
        if (file.Ends(".yaml", ".yml") || file.Text.StartsWith("source:", StringComparison.Ordinal)) return QuestionFormat.Yaml;
        if (file.Ends(".gift")) return "gift";
        if (file.Ends(".aiken")) return "aiken";
        if (start[0] == '#' && AnkiHeader().IsMatch(file.Text)) return "anki-tsv";
        if (file.Ends(".tsv")) return QuestionColumns.Mapping(Grid.OfCsv(file.Text)).Count > 1 ? "csv" : "anki-tsv";
        if (file.Ends(".csv")) return Kahoot.Is(Grid.OfCsv(file.Text)) ? "kahoot" : "csv";
        if (AikenAnswer().IsMatch(file.Text)) return "aiken";
        return GiftBraces().IsMatch(file.Text) ? "gift" : "text";
    }

    private static string RecogniseArchive(GivenFile file)
    {
        using var archive = SafeArchive.Open(file.Bytes);
        if (archive.Has("imsmanifest.xml")) return "qti";
        if (archive.Names.Any(name => name.StartsWith("collection.anki", StringComparison.Ordinal))) return "apkg";
        if (archive.Has("xl/workbook.xml")) return Kahoot.Is(Workbook.Read(archive)) ? "kahoot" : "xlsx";
        return archive.Names.Any(name => name.StartsWith("word/", StringComparison.Ordinal)) ? "docx" : throw new RefusedFileException("OtherArchive");
    }

    private static string RecogniseXml(GivenFile file)
    {
        var root = SafeXml.Load(file);
        if (root.Name.LocalName == "quiz") return "moodle-xml";
        return QtiReader.IsItem(root) || root.Name.LocalName.Contains("ssessment", StringComparison.Ordinal) ? "qti" : throw new RefusedFileException(new Why("OtherXml", RowText.Beginning(root.Name.LocalName)), SafeXml.LineOf(root));
    }

    [GeneratedRegex(@"\A\s*#(separator|html|columns|notetype|deck|tags|guid)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex AnkiHeader();

    [GeneratedRegex(@"^ANSWER: ?[A-Z]\s*$", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex AikenAnswer();

    [GeneratedRegex(@"\{\s*(?:[=~#>]|T\b|F\b|TRUE|FALSE|\})[^{}]*\}?|^::", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex GiftBraces();
}

/// <summary>By what a row is known as the same again.</summary>
internal static class RowIdentity
{
    /// <summary>The id or the key that a file gives; else the type and the words that ask.</summary>
    public static string Of(RowQuestion question) => question.Id is { } id ? "id " + id
        : question.Key is { } key ? "key " + key
        : WordsOf(question.Body);

    /// <summary>The type, the words that ask, and what is chosen among: papers ask the same of other things.</summary>
    public static string WordsOf(Question body) => PartsOf(body) is { Count: > 0 } parts ? $"{Asking(body)}\n{string.Join('\n', parts.Order(StringComparer.Ordinal))}" : Asking(body);

    /// <summary>The type and the words that ask.</summary>
    public static string Asking(Question body) => $"{QuestionTypes.Of(body)} {AnkiText.Normal(body.Stem)}";

    /// <summary>What is chosen among, put in order or matched.</summary>
    public static HashSet<string> PartsOf(Question body) => (body switch
    {
        Ordering ordering => ordering.Items,
        Matching matching => matching.Pairs.SelectMany(pair => new[] { pair.Left, pair.Right }),
        _ => Bodies.OptionsOf(body).Select(option => option.Text),
    }).Select(AnkiText.Normal).ToHashSet(StringComparer.Ordinal);

    /// <summary>How much of what is chosen among two share; 1 where nothing is.</summary>
    public static double Shared(Question one, Question other)
    {
        var (parts, others) = (PartsOf(one), PartsOf(other));
        return parts.Count == 0 || others.Count == 0 ? 1 : (double)parts.Count(others.Contains) / Math.Max(parts.Count, others.Count);
    }
}
