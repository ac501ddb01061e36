using StudyQuiz.App.Features.ExchangeCards;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Reading;

namespace StudyQuiz.App.Features.ExchangeQuestions.Formats;

/// <summary>
/// Reads questions as Chinese papers are written: sections by type, numbered questions, options A.–D., 答案 and 解析 below each question, in the stem or
/// together at the end.
/// </summary>
internal sealed class PaperReader
{
    /// <summary>The longest line; no question has one that is longer.</summary>
    public const int LongestLine = 20_000;

    private readonly List<PaperQuestion> _questions = [];

    // by the section's number and the question's; the section is empty in a paper without
    private readonly Dictionary<(string Section, int Number), string> _key = [];

    // numbers of a table with the key, whose answers follow
    private readonly List<int> _table = [];
    private PaperQuestion? _current;
    private (string Number, string? Type) _section = ("", null);
    private (string Section, int Number)? _lastKey;
    private bool? _inParentheses;
    private bool _isKey;
    private bool _isIndented;
    private bool _isTable;
    private int _answered;

    // A paper without numbers: each question begins behind an empty line
    private bool _isUnnumbered;
    private bool _isApart = true;

    public static List<QuestionRow> Read(string text)
    {
        var reader = Of(text, isUnnumbered: false);
        if (reader._questions.Count == 0) reader = Of(text, isUnnumbered: true);
        reader.Distribute();
        return [.. reader._questions.Where(question => !reader._isUnnumbered || question.HasMore).Select(question => question.Row(reader.KeyOf(question)))];
    }

    private static PaperReader Of(string text, bool isUnnumbered)
    {
        var reader = new PaperReader { _isUnnumbered = isUnnumbered };
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) reader._isApart = true;
            else reader.Line(number, line);
            if (reader._questions.Count > GivenFile.MostRows) break;
        }

        return reader;
    }

    private void Line(int number, string raw)
    {
        var isLong = raw.Length > LongestLine;
        if (isLong) raw = raw[..1_000];
        var line = AnkiText.Tidy(raw.Replace(SourceReader.Picture, ' ').Replace("\t", "  ", StringComparison.Ordinal));
        var hasPicture = raw.Contains(SourceReader.Picture, StringComparison.Ordinal);
        if (line.Length > 0) Line(number, raw, line);
        _isApart = false;
        if (isLong) _current?.Spoil(new Why("LongLine", LongestLine));
        if (hasPicture && !_isKey) _current?.NotePicture();
    }

    private void Line(int number, string raw, string line)
    {
        if (IsOfTable(line)) return;
        if (PaperMarks.IsKeyHeading(line) && (_current is null || _current.Answer.Count > 0 || _questions.Count > 1) && !NextIsAnswer(line))
        {
            (_isKey, _section, _current) = (true, ("", null), null);
            return;
        }

        if (PaperMarks.SectionOf(line) is { } section && !IsContinuation(raw))
        {
            _section = (section.Number, section.Type.Length == 0 ? null : section.Type);
            if (!_isKey) _current = null;
            if (_isKey) Keys(line);
            return;
        }

        if (_isKey) Keys(line);
        else if (Begins(raw, line) is { } begins) Begin(number, raw, begins);
        else _current?.Add(line, IsContinuation(raw));
    }

    // 题号 1 2 3 over 答案 A B C; in Word each cell is a line
    private bool IsOfTable(string line)
    {
        if (PaperMarks.TableOf(line) is var (areNumbers, cells) && (areNumbers || (_table.Count > 0 && cells.Length == _table.Count)))
        {
            if (areNumbers)
            {
                _table.Clear();
                _table.AddRange(cells.Select(cell => int.TryParse(cell, out var told) ? told : 0));
                return true;
            }

            foreach (var (told, answer) in _table.Zip(cells)) _key.TryAdd((_section.Number, told), answer);
            _table.Clear();
            return true;
        }

        if (line is "题号" or "序号" && _questions.Count > 0)
        {
            (_isTable, _answered) = (true, -1);
            _table.Clear();
            return true;
        }

        if (!_isTable) return false;
        if (line == "答案" && _answered < 0 && _table.Count > 0) _answered = 0;
        else if (_answered < 0 && int.TryParse(line, out var told)) _table.Add(told);
        else if (_answered >= 0 && _answered < _table.Count && PaperMarks.IsShort(line)) _key.TryAdd((_section.Number, _table[_answered++]), line);
        else return _isTable = false;
        return true;
    }

    // 答案： alone on its line, with the answer on the next, is a question's own
    private bool NextIsAnswer(string line) => line.EndsWith('：') && _current is { Answer.Count: 0 } && _questions.Count == 1;

    // Two spaces before a line of an answer or a reason carry it on, whatever it begins with
    private bool IsContinuation(string raw) => !_isIndented && _current is { IsAnswered: true } && raw.Length - raw.TrimStart().Length >= 2;

    private (int Number, bool InParentheses, string Text)? Begins(string raw, string line)
    {
        if (IsContinuation(raw)) return null;
        if (_isUnnumbered) return _isApart && PaperMarks.FieldOf(line) is null && PaperMarks.OptionLetter(line) is null ? (_questions.Count + 1, false, line) : null;
        // A column may have numbers like those of questions
        if (_current is not null && _section.Type == QuestionTypes.Matching && PaperMarks.ColumnsOf(line, _current.Pairs) is not null) return null;
        if (PaperMarks.NumberOf(PaperMarks.BracketsMoved(line) ?? line) is not { Text.Length: > 0 } found) return null;
        if (_inParentheses is { } usual && usual != found.InParentheses) return null;
        return _current?.IsFollowedBy(found.Number, found.Text) != false ? found : null;
    }

    private void Begin(int line, string raw, (int Number, bool InParentheses, string Text) found)
    {
        if (_questions.Count == 0) _isIndented = char.IsWhiteSpace(raw[0]);
        _inParentheses ??= found.InParentheses;
        _current = new PaperQuestion(line, found.Number, _section.Number, _section.Type);
        _questions.Add(_current);
        _current.Add(found.Text, isContinuation: false);
    }

    private void Keys(string line)
    {
        if (PaperMarks.KeySectionOf(line) is { } section)
        {
            _section = (section, null);
            line = line[(section.Length + 1)..];
        }

        var isKey = false;
        foreach (var (number, answer) in PaperMarks.KeysOf(line))
        {
            isKey = true;
            _lastKey = (_section.Number, number);
            _key.TryAdd(_lastKey.Value, answer);
        }

        // 解析 below its answer
        if (!isKey && _lastKey is { } last && PaperMarks.FieldOf(line) is { Field: "explanation" } why && _key[last].Length < LongestLine) _key[last] += "【解析】" + why.Text;
    }

    // A paper of two questions or more whose only answer is a letter for each, as 参考答案：BA at its end
    private void Distribute()
    {
        if (_questions.Count < 2 || _key.Count > 0 || _questions[^1].Answer is not [var letters] || letters.Length != _questions.Count || !letters.All(char.IsAsciiLetterUpper) || _questions.SkipLast(1).Any(question => question.IsAnswered)) return;
        _questions[^1].Answer.Clear();
        foreach (var (question, letter) in _questions.Zip(letters)) question.Answer.Add(letter.ToString());
    }

    // A key without sections is every section's where the numbers go through
    private string? KeyOf(PaperQuestion question) => _key.GetValueOrDefault((question.Section, question.Number))
        ?? (_questions.Count(other => other.Number == question.Number) == 1 ? _key.GetValueOrDefault(("", question.Number)) : null);
}
