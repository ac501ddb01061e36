using System.Text.RegularExpressions;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.ExchangeQuestions.Formats;

/// <summary>The marks by which Chinese papers tell their parts.</summary>
internal static partial class PaperMarks
{
    private const int MostOptions = 26;

    private static readonly (string Word, string Type)[] Sections =
    [
        ("单选", QuestionTypes.SingleChoice), ("单项选择", QuestionTypes.SingleChoice), ("多选", QuestionTypes.MultipleChoice), ("多项选择", QuestionTypes.MultipleChoice),
        ("不定项", QuestionTypes.MultipleChoice), ("判断", QuestionTypes.TrueFalse), ("是非", QuestionTypes.TrueFalse), ("填空", QuestionTypes.Cloze), ("排序", QuestionTypes.Ordering),
        ("匹配", QuestionTypes.Matching), ("连线", QuestionTypes.Matching), ("简答", QuestionTypes.Flashcard), ("问答", QuestionTypes.Flashcard), ("论述", QuestionTypes.Flashcard),
        ("名词解释", QuestionTypes.Flashcard), ("选择", ""),
    ];

    private static readonly (string Mark, string Field)[] Fields =
    [
        ("答案", "answer"), ("正确答案", "answer"), ("参考答案", "answer"), ("标准答案", "answer"), ("故选", "answer"), ("解析", "explanation"), ("答案解析", "explanation"), ("试题解析", "explanation"),
        ("分析", "explanation"), ("详解", "explanation"), ("解答", "explanation"), ("点睛", "explanation"), ("点评", "explanation"), ("专题", "explanation"), ("Answer", "answer"), ("Explanation", "explanation"),
        ("编号", "id"), ("难度", "difficulty"), ("要点", "key_point"), ("知识点", "key_point"), ("考点", "key_point"), ("标签", "tags"), ("依据", "evidence"), ("理由", "reason"), ("不分先后", "any_order"),
    ];

    /// <summary>A heading of a section: its place in the paper and the type, empty where it names none for sure; null for any other line.</summary>
    public static (string Number, string Type)? SectionOf(string line)
    {
        // （每题 2 分，共 20 分）
        var match = Heading().Match(Parentheses().Replace(line, "").Trim());
        if (!match.Success) return null;
        var title = match.Groups["title"].Value;
        foreach (var (word, type) in Sections)
            if (title.Contains(word, StringComparison.Ordinal) && (match.Groups["number"].Success || title.Length <= word.Length + 3)) return (match.Groups["number"].Value, type);
        return null;
    }

    /// <summary>A mark that begins a line, as 【答案】 or 答案：, and what stands behind it; null for any other line.</summary>
    public static (string Field, string Text)? FieldOf(string line)
    {
        var match = Marked().Match(line);
        if (!match.Success) return null;
        var mark = match.Groups["mark"].Value;
        return Fields.FirstOrDefault(field => string.Equals(field.Mark, mark, StringComparison.OrdinalIgnoreCase)).Field is { } known ? (known, match.Groups["text"].Value.Trim()) : null;
    }

    /// <summary>Where a line goes on with another mark, as 【答案】B 【解析】…, or 答案：A。解析：…; its length where it doesn't.</summary>
    /// <param name="line">What stands behind the mark that the line begins with.</param>
    public static int NextFieldAt(string line)
    {
        foreach (Match match in Inner().Matches(line))
            if (match.Index > 0 && FieldOf(line[match.Index..]) is not null) return match.Index;
        return line.Length;
    }

    /// <summary>Where an answer stands behind a stem on its line, as 水能燃烧。答案：错; -1 where none does.</summary>
    public static int AnswerBehind(string line) => BehindStem().Match(line) is { Success: true } match ? match.Groups["mark"].Index : -1;

    /// <summary>A line whose number stands behind the brackets for its answer, as （√）1. …, with the brackets at its end; null for any other.</summary>
    public static string? BracketsMoved(string line) => Bracketed().Match(line) is { Success: true } match ? match.Groups["rest"].Value + match.Groups["brackets"].Value : null;

    /// <summary>The letter of an option that a line begins with; null where it begins with something else.</summary>
    public static char? OptionLetter(string line) => LetterMark().Match(line) is { Success: true } match ? match.Groups["letter"].Value.Normalize(System.Text.NormalizationForm.FormKC)[0] : null;

    /// <summary>Where options begin on the line of their stem; -1 where none do.</summary>
    public static int OptionsWithin(string line)
    {
        foreach (Match match in FirstOption().Matches(line))
            if (match.Groups["mark"].Index > 0 && OptionsOf(line[match.Groups["mark"].Index..].Trim(), 0).Count > 1) return match.Groups["mark"].Index;
        return -1;
    }

    /// <summary>Options that have nothing but a space behind their letters, as A 红  B 绿; none where a line holds anything else.</summary>
    public static List<string> BareOptionsOf(string line, int from)
    {
        var starts = BareMarks().Matches(line).Where(match => match.Groups["letter"].Value[0] >= 'A' + from).ToList();
        var options = new List<string>();
        if (starts.Count == 0 || starts[0].Index > 0) return options;
        for (var i = 0; i < starts.Count; i++)
        {
            if (starts[i].Groups["letter"].Value[0] != 'A' + from + i) return [];
            options.Add(line[(starts[i].Index + starts[i].Length)..(i + 1 < starts.Count ? starts[i + 1].Index : line.Length)].Trim());
        }

        return options;
    }

    /// <summary>Numbers or answers of a line of a table with the key, as 题号 1 2 3 or 答案 A B C; null for any other line.</summary>
    public static (bool AreNumbers, string[] Cells)? TableOf(string line) =>
        KeyTable().Match(line) is { Success: true } match && match.Groups["cells"].Value.Split([' ', '|', '｜', '　'], StringSplitOptions.RemoveEmptyEntries) is { Length: > 1 } cells && (match.Groups["head"].Value is var head) && (head != "答案" || cells.All(IsShort))
            ? (head is "题号" or "序号", cells)
            : null;

    /// <summary>Whether an answer is letters or a judgement, and nothing else.</summary>
    public static bool IsShort(string cell) => RowText.Letters(cell) is not null || RowText.Judgement(cell) is not null;

    /// <summary>The number of a section whose answers a line of the key gives; null where it names none.</summary>
    public static string? KeySectionOf(string line) => KeySection().Match(line) is { Success: true } match ? match.Groups["number"].Value : null;

    /// <summary>Whether a line heads the answers at the end of a paper.</summary>
    public static bool IsKeyHeading(string line) => KeyHeading().IsMatch(line);

    /// <summary>A line that begins with a question's number.</summary>
    public static (int Number, bool InParentheses, string Text)? NumberOf(string line)
    {
        var match = Numbered().Match(line);
        if (!match.Success) return null;
        var digits = match.Groups["a"].Value + match.Groups["b"].Value + match.Groups["c"].Value;
        return (int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture), match.Groups["b"].Success, match.Groups["text"].Value.Trim());
    }

    /// <summary>The options that stand on a line, in order from a letter; none where it begins with something else.</summary>
    public static List<string> OptionsOf(string line, int from) =>
        // three at least, so that a letter within a word makes none
        From(line, from, GluedMarks().Matches(line)) is { Count: > 2 } glued && From(line, from, OptionMarks().Matches(line)) is var apart && apart.Count < glued.Count ? glued : From(line, from, OptionMarks().Matches(line));

    private static List<string> From(string line, int from, MatchCollection starts)
    {
        var options = new List<string>();
        int? begin = null;
        foreach (Match start in starts)
        {
            var letter = start.Groups["letter"].Value.Normalize(System.Text.NormalizationForm.FormKC)[0];
            if (options.Count >= MostOptions) return options;
            if (letter != 'A' + from + options.Count + (begin is null ? 0 : 1)) continue;
            if (begin is null && start.Index > 0) return options;
            if (begin is { } at) options.Add(line[at..start.Index].Trim());
            begin = start.Index + start.Length;
        }

        if (begin is { } last) options.Add(line[last..].Trim());
        return options;
    }

    /// <summary>An answer that was written into the stem, as （ A ） or (√), and the stem without it; null where none was.</summary>
    public static (string Answer, string Stem)? AnswerWithin(string stem, bool isJudgement)
    {
        var matches = Within().Matches(stem);
        if (matches.Count == 0) return null;
        var last = matches[^1];
        var left = isJudgement ? stem.Remove(last.Index, last.Length) : stem.Remove(last.Index, last.Length).Insert(last.Index, "（　　）");
        return (last.Groups["answer"].Value.Trim(), left.Trim());
    }

    /// <summary>Answers of a line of the key, as 1. A 2. BC 3-5 CDA, by number.</summary>
    public static IEnumerable<(int Number, string Answer)> KeysOf(string line)
    {
        var runs = Runs().Matches(line).Where(run => run.Groups["letters"].Value.Count(c => !char.IsWhiteSpace(c)) == Int(run, "to") - Int(run, "from") + 1).ToList();
        foreach (var run in runs)
            foreach (var (i, letter) in run.Groups["letters"].Value.Where(c => !char.IsWhiteSpace(c)).Index()) yield return (Int(run, "from") + i, letter.ToString());
        foreach (var run in runs) line = line.Replace(run.Value, " ", StringComparison.Ordinal);
        var starts = KeyNumbers().Matches(line).ToList();
        for (var i = 0; i < starts.Count; i++)
        {
            var end = i + 1 < starts.Count ? starts[i + 1].Index : line.Length;
            var answer = line[(starts[i].Index + starts[i].Length)..end].Trim().TrimEnd('；', ';', '，', ',');
            if (answer.Length > 0) yield return (Int(starts[i], "number"), answer);
        }
    }

    /// <summary>What a line of two columns sets side by side, as 甲　　A. 子 or (1) 甲　A. 子 or A. 甲　　1. 子; null for any other line.</summary>
    /// <param name="before">How many such lines stand above it: its letter and its number come next.</param>
    public static (string Left, string Right, bool IsLeftLettered)? ColumnsOf(string line, int before)
    {
        var match = Columns().Match(line);
        if (!match.Success) return null;
        var (left, right) = (Marked(match.Groups["left"].Value), Marked(match.Groups["right"].Value));
        if (left.Text.Length == 0 || right.Text.Length == 0 || IsOther(left.Mark) || IsOther(right.Mark) || left.Mark == right.Mark) return null;
        return right.Mark is { Length: > 0 } && char.IsAsciiLetterUpper(right.Mark[0]) ? (left.Text, right.Text, false)
            : left.Mark is { Length: > 0 } && char.IsAsciiLetterUpper(left.Mark[0]) && right.Mark.Length > 0 ? (left.Text, right.Text, true)
            : null;

        bool IsOther(string mark) => mark.Length > 0 && mark != ((char)('A' + before)).ToString() && mark != (before + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);

        static (string Mark, string Text) Marked(string cell) => CellMark().Match(cell) is { Success: true } mark
            ? (mark.Groups["mark"].Value.Normalize(System.Text.NormalizationForm.FormKC), cell[mark.Length..].Trim()) : ("", cell.Trim());
    }

    /// <summary>What belongs together by an answer, as 1-B；2-A or 甲 → 子，乙 → 丑; none where a part of it says anything else.</summary>
    public static List<(string Left, string Right)> PairsOf(string answer)
    {
        foreach (var between in (char[][])[['；', ';', '\n'], ['；', ';', '\n', '，', ','], ['；', ';', '\n', '，', ',', '、', ' ', '　']])
        {
            var pairs = answer.Split(between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Sides).ToList();
            if (pairs.Count > 0 && pairs.TrueForAll(pair => pair is not null)) return [.. pairs.Select(pair => pair!.Value)];
        }

        return [];

        static (string, string)? Sides(string pair)
        {
            foreach (var join in (string[])["→", "=>", "->", "——", "—", "–", "－", "-"])
                if (pair.Split(join, StringSplitOptions.TrimEntries) is [{ Length: > 0 } left, { Length: > 0 } right]) return (left, right);
            return null;
        }
    }

    /// <summary>The cells of a line that wide spaces or a dash set apart; the line itself where nothing does.</summary>
    public static IEnumerable<string> CellsOf(string line) => Apart().Split(line).Select(cell => cell.Trim()).Where(cell => cell.Length > 0);

    private static int Int(Match match, string group) => int.Parse(match.Groups[group].Value, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex("^(?<left>\\S.*?)\\s*(?:\\s{2}|　|\\s(?=[（(]?[A-ZＡ-Ｚ][.．、)）])|—{1,2}|-{2,}|…+)\\s*(?<right>\\S.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Columns();

    [GeneratedRegex("^[（(]?(?<mark>[A-ZＡ-Ｚ]|[0-9]{1,2})[.．、)）]\\s*", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex CellMark();

    [GeneratedRegex("\\s{2,}|　|\\s*(?:→|=>|->|—{1,2}|–)\\s*", RegexOptions.NonBacktracking)]
    private static partial Regex Apart();

    [GeneratedRegex("[（(][^）)]{0,60}[）)]", RegexOptions.NonBacktracking)]
    private static partial Regex Parentheses();

    [GeneratedRegex("^(?<number>[一二三四五六七八九十]{1,3})[、.．]", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex KeySection();

    [GeneratedRegex("^(?:第?(?<number>[一二三四五六七八九十]{1,3})(?:部分|大题)?[、.．:：\\s])?\\s*(?<title>[^，。？?]{2,60})$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Heading();

    [GeneratedRegex("^(?:【(?<mark>[^】]{2,5})】|\\[(?<mark>[^\\]]{2,5})\\]|(?<mark>[\\u4e00-\\u9fff]{2,4}|[Aa]nswer|[Ee]xplanation|ANSWER)\\s*[:：]|(?<mark>答案)\\s(?=\\s*[A-Z√×对错正]))(?<text>.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Marked();

    [GeneratedRegex("^(?:参考|标准|正确)?答案(?:与解析|及解析|部分)?\\s*[:：]?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex KeyHeading();

    [GeneratedRegex("^(?:(?<a>[0-9]{1,4})\\s*[.．、)）](?![0-9])|[（(](?<b>[0-9]{1,4})[）)]|第(?<c>[0-9]{1,4})题[、.．:：]?)(?<text>.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Numbered();

    [GeneratedRegex("(?:(?<=^|\\s|[；;。])|^)[（(]?(?<letter>[A-ZＡ-Ｚ])(?:[.．、:：)）]\\s*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OptionMarks();

    [GeneratedRegex("【(?:答案|解析|答案解析|试题解析|分析|详解|解答|点睛|点评|考点|知识点|难度)】|(?<=[\\s。.；;，,）)】A-Z√×对错])(?:答案|解析|分析|详解|解答|点评)[:：]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Inner();

    [GeneratedRegex("[。？?！!）)\\s](?<mark>【答案】|(?:答案|正确答案)[:：])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BehindStem();

    [GeneratedRegex("^(?<brackets>[（(]\\s*(?:[A-Z]{0,8}|[√×✓✗✔✘对错]|正确|错误)\\s*[）)])\\s*(?<rest>[0-9]{1,4}\\s*[.．、].*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Bracketed();

    [GeneratedRegex("^[（(]?(?<letter>[A-ZＡ-Ｚ])(?:[.．、:：)）])", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex LetterMark();

    [GeneratedRegex("(?:[\\s？?。：:）)＿_])(?<mark>[（(]?[AＡ][.．、:：)）])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FirstOption();

    [GeneratedRegex("(?:^|(?<=\\s))(?<letter>[A-H])\\s+(?=\\S)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BareMarks();

    [GeneratedRegex("(?:^|(?<=[^\\x00-\\x7f、，。]|[\\s0-9)]))[（(]?(?<letter>[A-ZＡ-Ｚ])[.．、](?![0-9])\\s*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex GluedMarks();

    [GeneratedRegex("^(?<head>题号|序号|答案)[\\s|｜:：]+(?<cells>.+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex KeyTable();

    [GeneratedRegex("[（(【\\[]\\s*(?<answer>[A-Z]{1,10}|[A-Z](?:\\s?[、,，]\\s?[A-Z]){1,9}|√|×|✓|✗|✔|✘|对|错|正确|错误)\\s*[）)】\\]]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Within();

    [GeneratedRegex("(?<from>[0-9]{1,4})\\s*[-—～~至]{1,2}\\s*(?<to>[0-9]{1,4})\\s*[.．、:：]?\\s*(?<letters>[A-Z√×✓✗对错](?:\\s{0,2}[A-Z√×✓✗对错]){1,60})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Runs();

    [GeneratedRegex("(?:^|(?<=[\\s；;，,。:：]))(?<number>[0-9]{1,4})\\s*[.．、:：)）](?![0-9])\\s*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex KeyNumbers();
}
