using System.Globalization;
using System.Text.RegularExpressions;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Features.ExchangeQuestions.Formats;

/// <summary>The columns of our tables, by the names that people give them. What a file lacks, it does not say.</summary>
internal static partial class QuestionColumns
{
    private const int MostBeforeHeader = 20;

    // Options to choose by hand; a header may name more
    private const int MostChosen = 8;

    /// <summary>Names in Chinese, then in English, which we write; then others that are understood.</summary>
    private static readonly (string Key, string[] Names)[] Known =
    [
        ("id", ["编号", "id", "identifier"]),
        ("type", ["题型", "type", "question type", "类型"]),
        ("stem", ["题干", "stem", "题目", "问题", "question", "试题", "题目内容"]),
        ("answer", ["答案", "answer", "正确答案", "参考答案", "标准答案", "correct answer", "right answer"]),
        ("explanation", ["解析", "explanation", "说明", "答案解析", "试题解析", "feedback"]),
        ("difficulty", ["难度", "difficulty", "难易度"]),
        ("key_point", ["要点", "key_point", "知识点", "key point", "考点"]),
        ("tags", ["标签", "tags"]),
        ("evidence", ["依据", "evidence", "出处"]),
        ("any_order", ["不分先后", "any_order"]),
        ("enemies", ["互斥", "enemies"]),
        ("origin", ["来源", "origin"]),
        ("status", ["状态", "status"]),
    ];

    // Columns that only count
    private static readonly string[] Counting = ["序号", "题号", "no", "no.", "#"];

    private static readonly (string Type, string[] Names)[] Types =
    [
        (QuestionTypes.SingleChoice, ["单选", "single_choice", "单选题", "单项选择", "单项选择题", "single", "single choice", "选择题"]),
        (QuestionTypes.MultipleChoice, ["多选", "multiple_choice", "多选题", "多项选择", "多项选择题", "不定项选择题", "multiple", "multiple choice"]),
        (QuestionTypes.TrueFalse, ["判断", "true_false", "判断题", "是非题", "true/false", "true false"]),
        (QuestionTypes.Cloze, ["填空", "cloze", "填空题", "fill in", "short answer"]),
        (QuestionTypes.Ordering, ["排序", "ordering", "排序题", "order"]),
        (QuestionTypes.Matching, ["匹配", "matching", "匹配题", "连线题", "连线", "match"]),
        (QuestionTypes.Flashcard, ["简答", "flashcard", "简答题", "问答题", "论述题", "名词解释", "card"]),
    ];

    /// <summary>The type of that name; null for any other.</summary>
    public static string? TypeOf(string name) => Types.FirstOrDefault(type => type.Names.Contains(name.Trim(), StringComparer.OrdinalIgnoreCase)).Type;

    public static string NameOf(string type, bool isChinese) => Types.First(one => one.Type == type).Names[isChinese ? 0 : 1];

    /// <summary>What each column was taken for, as the file and as we call it.</summary>
    public static IReadOnlyList<GivenColumn> Mapping(IReadOnlyList<GridRow> rows) => HeaderAt(rows) is { } at ? Of(rows[at]) : [];

    /// <summary>The same, where no row has our names of the first row, which then is no question.</summary>
    public static IReadOnlyList<GivenColumn> Guess(IReadOnlyList<GridRow> rows) => rows.Count == 0 ? [] : Of(rows[HeaderAt(rows) ?? 0]);

    /// <summary>What a column can be taken for.</summary>
    public static IReadOnlyList<string> Keys { get; } = [.. Known.Select(column => column.Key), .. Lettered("option:"), .. Lettered("reason:")];

    private static IEnumerable<string> Lettered(string prefix) => Enumerable.Range(0, MostChosen).Select(i => prefix + RowText.Letter(i));

    private static IReadOnlyList<GivenColumn> Of(GridRow row) => [.. row.Cells.Index().Select(cell => new GivenColumn(cell.Index, cell.Item.Text.Trim(), KeyOf(cell.Item.Text))).Where(column => column.Given.Length > 0)];

    private static int? HeaderAt(IReadOnlyList<GridRow> rows)
    {
        for (var at = 0; at < Math.Min(rows.Count, MostBeforeHeader); at++)
            if (rows[at].Cells.Any(cell => KeyOf(cell.Text) == "stem")) return at;
        return null;
    }

    /// <summary>Reads a table by columns that somebody chose.</summary>
    /// <param name="chosen">What each column, by its place, is taken for.</param>
    /// <param name="isHeadless">Whether the first row is a question too.</param>
    public static List<QuestionRow> Read(IReadOnlyList<GridRow> grid, IReadOnlyDictionary<int, string> chosen, bool isHeadless)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (at, key) in chosen) columns.TryAdd(key, at);
        return [.. grid.Skip(isHeadless ? 0 : (HeaderAt(grid) ?? 0) + 1).Where(row => row.Cells.Any(cell => cell.IsFormula || !string.IsNullOrWhiteSpace(cell.Text))).Select(row => Row(row, columns))];
    }

    /// <summary>Whether a table has our columns.</summary>
    public static bool IsTable(IReadOnlyList<GridRow> grid) => grid.Take(MostBeforeHeader).Any(row => Columns(row) is var columns && columns.ContainsKey("stem") && columns.ContainsKey("answer"));

    public static List<QuestionRow> Read(IReadOnlyList<GridRow> grid)
    {
        for (var at = 0; at < Math.Min(grid.Count, MostBeforeHeader); at++)
        {
            var columns = Columns(grid[at]);
            if (columns.ContainsKey("stem") && columns.ContainsKey("answer")) return Told([.. grid.Skip(at + 1).Where(row => row.Cells.Any(cell => cell.IsFormula || !string.IsNullOrWhiteSpace(cell.Text))).Take(GivenFile.MostRows + 1).Select(row => Row(row, columns))], grid[at]);
        }

        throw new RefusedFileException("NoHeader");
    }

    // What stands under names that say nothing to us is told with the first row
    private static List<QuestionRow> Told(List<QuestionRow> rows, GridRow header)
    {
        var unread = header.Cells.Select(cell => cell.Text.Trim()).Where(name => name.Length > 0 && KeyOf(name) is null && !Counting.Contains(name, StringComparer.OrdinalIgnoreCase)).ToList();
        if (rows.Count > 0 && unread.Count > 0) rows[0] = rows[0] with { Notes = [.. rows[0].Notes, new Why("UnreadColumns", RowText.Beginning(string.Join('、', unread)))] };
        return rows;
    }

    private static Dictionary<string, int> Columns(GridRow row)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < row.Cells.Count; i++)
            if (KeyOf(row.Cells[i].Text) is { } key) columns.TryAdd(key, i);
        return columns;
    }

    // A key of ours, option:A, reason:A, or null
    private static string? KeyOf(string header)
    {
        // 题 干, *题干, 答案（必填）
        var name = Aside().Replace(header, "").Trim(' ', '*', '＊', '\u3000');
        if (name.Length > 1 && name[0] > 127) name = name.Replace(" ", "", StringComparison.Ordinal).Replace("\u3000", "", StringComparison.Ordinal);
        if (Known.FirstOrDefault(column => column.Names.Contains(name, StringComparer.OrdinalIgnoreCase)).Key is { } key) return key;
        if (OptionHeader().Match(name) is { Success: true } option) return "option:" + option.Groups["letter"].Value.ToUpperInvariant();
        if (NumberedOption().Match(name) is { Success: true } numbered && PlaceOf(numbered.Groups["number"].Value) is { } place) return "option:" + RowText.Letter(place);
        return ReasonHeader().Match(name) is { Success: true } reason ? "reason:" + reason.Groups["letter"].Value.ToUpperInvariant() : null;
    }

    // 选项1, 选项一
    private static int? PlaceOf(string number) => "一二三四五六七八九十".IndexOf(number, StringComparison.Ordinal) is >= 0 and var chinese && number.Length == 1 ? chinese
        : int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var told) && told is >= 1 and <= 26 ? told - 1 : null;

    private static QuestionRow Row(GridRow row, Dictionary<string, int> columns)
    {
        var stem = Cell("stem");
        if (row.IsBroken) return QuestionRow.Refused(row.Line, row[0].Text, "OpenQuote");
        foreach (var (key, column) in columns)
        {
            if (row[column].IsFormula) return QuestionRow.Refused(row.Line, stem.Length > 0 ? stem : row[column].Text, key == "stem" ? "StemFormula" : "Formula", Header(key));
            if (row[column].IsFormatted) return QuestionRow.Refused(row.Line, stem, "CellFormat", Header(key));
        }

        var texts = Letters("option:").ToList();
        while (texts.Count > 0 && texts[^1].Length == 0) texts.RemoveAt(texts.Count - 1);
        var (typeName, answer) = (Cell("type"), Cell("answer"));
        var type = typeName.Length == 0 ? null : TypeOf(typeName);
        if (typeName.Length > 0 && type is null) return QuestionRow.Refused(row.Line, stem, "UnknownType", typeName);
        var asked = new AskedText(row.Line, stem, texts, answer, type) { Reasons = [.. Letters("reason:").Take(texts.Count)] };
        var read = asked.Read();
        return read.Question is not { } question ? read : Rest(read, question);

        QuestionRow Rest(QuestionRow read, RowQuestion question)
        {
            var (difficulty, evidence, origin, status) = (Cell("difficulty"), RowText.Lines(Cell("evidence")), Cell("origin"), Cell("status"));
            if (difficulty.Length > 0 && RowText.Difficulty(difficulty) is null) return QuestionRow.Refused(row.Line, stem, "UnknownDifficulty", difficulty);
            if (EvidenceText.Read(evidence) is not { } quotes) return QuestionRow.Refused(row.Line, stem, "EvidenceForm");
            if (Named<QuestionOrigin>(origin) is null && origin.Length > 0) return QuestionRow.Refused(row.Line, stem, "UnknownOrigin", origin);
            if (Named<QuestionStatus>(status) is null && status.Length > 0) return QuestionRow.Refused(row.Line, stem, "UnknownStatus", status);
            return read with
            {
                Question = question with
                {
                    Body = question.Body with { Explanation = Cell("explanation"), Evidence = quotes },
                    Id = Said("id"),
                    KeyPoint = Said("key_point"),
                    Difficulty = RowText.Difficulty(difficulty),
                    Tags = columns.ContainsKey("tags") ? RowText.Lines(Cell("tags").Replace(';', '\n').Replace('；', '\n')) : null,
                    Enemies = columns.ContainsKey("enemies") ? Cell("enemies").Split([' ', ';', '；', '\n'], StringSplitOptions.RemoveEmptyEntries) : null,
                    AnyOrder = Cell("any_order") is { Length: > 0 } anyOrder ? RowText.Judgement(anyOrder) ?? false : null,
                    Origin = Named<QuestionOrigin>(origin),
                    Status = Named<QuestionStatus>(status),
                },
            };
        }

        string Cell(string key) => columns.TryGetValue(key, out var column) ? row[column].Text.ReplaceLineEndings("\n").Trim() : "";
        string? Said(string key) => Cell(key) is { Length: > 0 } said ? said : null;
        IEnumerable<string> Letters(string prefix) => Enumerable.Range(0, 26).Select(i => Cell(prefix + RowText.Letter(i)));
    }

    private static string Header(string key) => Known.FirstOrDefault(column => column.Key == key).Names is { } names ? names[0] : key[^1..];

    private static T? Named<T>(string name) where T : struct, Enum => Enum.TryParse<T>(name, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(name[0]) ? value : null;

    /// <summary>A bank as rows, the first with the names.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Write(BankFile bank)
    {
        var isChinese = bank.IsChinese();
        var options = Math.Max(4, bank.Questions.Select(question => OptionsOf(question.Body).Count).DefaultIfEmpty().Max());
        var reasons = bank.Questions.Any(question => Bodies.OptionsOf(question.Body).Any(option => option.Why is not null)) ? options : 0;
        return [Headers(isChinese, options, reasons), .. bank.Questions.Select(question => Cells(question, isChinese, options, reasons))];
    }

    public static IReadOnlyList<string> Headers(bool isChinese, int options, int reasons)
    {
        var names = Known.Select(column => column.Names[isChinese ? 0 : 1]).ToList();
        names.InsertRange(3, Enumerable.Range(0, options).Select(RowText.Letter));
        return [.. names, .. Enumerable.Range(0, reasons).Select(i => (isChinese ? "理由" : "reason ") + RowText.Letter(i))];
    }

    private static IReadOnlyList<string> Cells(BankQuestion question, bool isChinese, int options, int reasons)
    {
        var (body, texts) = (question.Body, OptionsOf(question.Body));
        var whys = Bodies.OptionsOf(body);
        return
        [
            question.Id, NameOf(QuestionTypes.Of(body), isChinese), body.Stem, .. Enumerable.Range(0, options).Select(i => i < texts.Count ? texts[i] : ""),
            AnswerOf(body, isChinese), body.Explanation, body.Difficulty.ToString(CultureInfo.InvariantCulture), question.KeyPoint, string.Join('\n', question.Tags),
            string.Join('\n', body.Evidence.Select(EvidenceText.Write)), body is Cloze { AnyOrder: true } ? isChinese ? "是" : "yes" : "", string.Join(' ', question.Enemies),
            Names.Of(question.Origin), Names.Of(question.Status), .. Enumerable.Range(0, reasons).Select(i => i < whys.Count ? whys[i].Why ?? "" : ""),
        ];
    }

    private static IReadOnlyList<string> OptionsOf(Question body) => body switch
    {
        Ordering ordering => ordering.Items,
        Matching matching => [.. matching.Pairs.Select(pair => $"{pair.Left} {AskedText.Arrow} {pair.Right}")],
        _ => [.. Bodies.OptionsOf(body).Select(option => option.Text)],
    };

    private static string AnswerOf(Question body, bool isChinese) => body switch
    {
        TrueFalse statement => isChinese ? statement.Answer ? "对" : "错" : statement.Answer ? "true" : "false",
        Cloze cloze => RowText.Joined(cloze.Accepted),
        Flashcard card => card.Back,
        Ordering ordering => string.Concat(ordering.Items.Select((_, i) => RowText.Letter(i))),
        Matching => "",
        _ => string.Concat(Bodies.OptionsOf(body).Index().Where(option => option.Item.Correct).Select(option => RowText.Letter(option.Index))),
    };

    [GeneratedRegex("^(?:(?:选项|option)[ _]?)?(?<letter>[A-Za-z])$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex OptionHeader();

    [GeneratedRegex("[（(][^）)]{0,10}[）)]$", RegexOptions.NonBacktracking)]
    private static partial Regex Aside();

    [GeneratedRegex("^(?:选项|option)[ _]?(?<number>[0-9]{1,2}|[一二三四五六七八九十])$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex NumberedOption();

    [GeneratedRegex("^(?:理由|reason|why)[ _]?(?<letter>[A-Za-z])$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex ReasonHeader();
}

/// <summary>A column of a table.</summary>
/// <param name="At">Its place, from 0.</param>
/// <param name="Given">What its file calls it.</param>
/// <param name="Key">What it is taken for; null for nothing.</param>
public sealed record GivenColumn(int At, string Given, string? Key);
