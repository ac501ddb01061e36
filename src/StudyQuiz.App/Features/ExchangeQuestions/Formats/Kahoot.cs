using System.Globalization;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Features.ExchangeQuestions.Formats;

/// <summary>Kahoot's spreadsheet: the header is found by its text, wherever the template has put it.</summary>
internal static class Kahoot
{
    public const int LongestStem = 120;
    public const int LongestAnswer = 75;
    public const int MostAnswers = 4;
    private const int MostBeforeHeader = 30;
    private const string Seconds = "20";

    /// <summary>Whether a table is one.</summary>
    public static bool Is(IReadOnlyList<GridRow> grid) => grid.Take(MostBeforeHeader).Any(row => Columns(row) is not null);

    public static List<QuestionRow> Read(IReadOnlyList<GridRow> grid)
    {
        for (var at = 0; at < Math.Min(grid.Count, MostBeforeHeader); at++)
            if (Columns(grid[at]) is { } columns) return [.. grid.Skip(at + 1).Select(row => Row(row, columns)).OfType<QuestionRow>().Take(GivenFile.MostRows + 1)];
        throw new RefusedFileException("NoKahootHeader");
    }

    private static (int Stem, int[] Answers, int Right)? Columns(GridRow row)
    {
        var names = row.Cells.Select(cell => cell.Text.Trim()).ToList();
        var stem = names.FindIndex(name => name.StartsWith("Question", StringComparison.OrdinalIgnoreCase) || name.StartsWith("问题", StringComparison.Ordinal));
        var right = names.FindIndex(name => name.StartsWith("Correct answer", StringComparison.OrdinalIgnoreCase) || name.StartsWith("正确答案", StringComparison.Ordinal));
        var answers = Enumerable.Range(1, MostAnswers).Select(number => names.FindIndex(name => IsAnswer(name, number))).ToArray();
        return stem >= 0 && right >= 0 && answers[0] >= 0 && answers[1] >= 0 ? (stem, answers, right) : null;
    }

    private static bool IsAnswer(string name, int number) => name.StartsWith(string.Create(CultureInfo.InvariantCulture, $"Answer {number}"), StringComparison.OrdinalIgnoreCase) || name.StartsWith(string.Create(CultureInfo.InvariantCulture, $"答案 {number}"), StringComparison.Ordinal);

    // Null for an empty row of the template
    private static QuestionRow? Row(GridRow row, (int Stem, int[] Answers, int Right) columns)
    {
        var stem = row[columns.Stem].Text.Trim();
        var cells = columns.Answers.Select(column => column < 0 ? new GridCell("") : row[column]).ToList();
        var right = row[columns.Right].Text;
        if (stem.Length == 0 && !row[columns.Stem].IsFormula && cells.TrueForAll(cell => cell.Text.Trim().Length == 0)) return null;
        if (row.IsBroken) return QuestionRow.Refused(row.Line, row[0].Text, "OpenQuote");
        if (row[columns.Stem].IsFormula) return QuestionRow.Refused(row.Line, stem, "StemFormula");
        if (cells.Exists(cell => cell.IsFormula) || row[columns.Right].IsFormula) return QuestionRow.Refused(row.Line, stem, "Formula", "Answer");
        if (row[columns.Stem].IsFormatted || cells.Exists(cell => cell.IsFormatted)) return QuestionRow.Refused(row.Line, stem, "CellFormat", "Answer");
        if (stem.Length > LongestStem) return QuestionRow.Refused(row.Line, stem, "LongStem", LongestStem);
        if (cells.Exists(cell => cell.Text.Trim().Length > LongestAnswer)) return QuestionRow.Refused(row.Line, stem, "LongPart", LongestAnswer);

        var numbers = right.Split([',', '，', ';', '、', ' '], StringSplitOptions.RemoveEmptyEntries);
        if (numbers.Length == 0) return QuestionRow.Refused(row.Line, stem, "NoAnswer");
        if (!Array.TrueForAll(numbers, number => number is "1" or "2" or "3" or "4" && cells[number[0] - '1'].Text.Trim().Length > 0)) return QuestionRow.Refused(row.Line, stem, "KahootNumbers", RowText.Beginning(right));
        var options = cells.Select((cell, i) => new Option(cell.Text.Trim(), numbers.Contains((i + 1).ToString(CultureInfo.InvariantCulture), StringComparer.Ordinal))).Where(option => option.Text.Length > 0).ToList();
        var body = options is [var first, var second] && RowText.Judgement(first.Text) is { } says && RowText.Judgement(second.Text) == !says && first.Correct != second.Correct
            ? Bodies.TrueFalse(stem, first.Correct ? says : !says)
            : Bodies.Choice(stem, options, options.Count(option => option.Correct) > 1);
        return new QuestionRow(row.Line, RowText.Beginning(stem)) { Question = new RowQuestion(body) };
    }

    /// <summary>Why a question can't be in such a table; null where it can.</summary>
    public static Why? LeavesOut(Question question)
    {
        if (question is not (SingleChoice or MultipleChoice or TrueFalse)) return new Why("TypeNotCarried");
        if (question.Stem.Length > LongestStem) return new Why("LongStem", LongestStem);
        var options = Bodies.OptionsOf(question);
        return options.Count > MostAnswers ? new Why("ManyOptions", MostAnswers) : options.Any(option => option.Text.Length > LongestAnswer) ? new Why("LongPart", LongestAnswer) : null;
    }

    public static byte[] Write(BankFile bank) => Workbook.Write(("Sheet1",
    [
        ["", "Question - max 120 characters", "Answer 1 - max 75 characters", "Answer 2 - max 75 characters", "Answer 3 - max 75 characters", "Answer 4 - max 75 characters",
            "Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs", "Correct answer(s) - choose at least one"],
        .. bank.Questions.Select((question, i) => Cells(question.Body, i + 1, bank.IsChinese())),
    ]));

    private static IReadOnlyList<string> Cells(Question body, int number, bool isChinese)
    {
        IReadOnlyList<Option> options = body is TrueFalse statement
            ? [new Option(isChinese ? "对" : "True", statement.Answer), new Option(isChinese ? "错" : "False", !statement.Answer)]
            : Bodies.OptionsOf(body);
        return
        [
            number.ToString(CultureInfo.InvariantCulture), body.Stem, .. Enumerable.Range(0, MostAnswers).Select(i => i < options.Count ? options[i].Text : ""), Seconds,
            string.Join(',', options.Index().Where(option => option.Item.Correct).Select(option => option.Index + 1)),
        ];
    }
}
