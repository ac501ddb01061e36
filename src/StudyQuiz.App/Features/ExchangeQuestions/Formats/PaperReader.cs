using StudyQuiz.App.Features.ExchangeCards;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.ExchangeQuestions.Formats;

/// <summary>
/// Reads questions as Chinese papers are written: sections by type, numbered questions, options A.–D., 答案 and 解析 below each question, in the stem or
/// together at the end.
/// </summary>
internal sealed class PaperReader
{
    private readonly List<PaperQuestion> _questions = [];

    // by the section's number and the question's; the section is empty in a paper without
    private readonly Dictionary<(string Section, int Number), string> _key = [];
    private PaperQuestion? _current;
    private (string Number, string? Type) _section = ("", null);
    private bool? _inParentheses;
    private bool _isKey;
    private bool _isIndented;

    public static List<QuestionRow> Read(string text)
    {
        var reader = new PaperReader();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (reader._questions.Count > GivenFile.MostRows) break;
            reader.Line(number, line);
        }

        return [.. reader._questions.Select(question => question.Row(reader.KeyOf(question)))];
    }

    private void Line(int number, string raw)
    {
        var line = AnkiText.Tidy(raw);
        if (line.Length == 0) return;
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

    // 答案： alone on its line, with the answer on the next, is a question's own
    private bool NextIsAnswer(string line) => line.EndsWith('：') && _current is { Answer.Count: 0 } && _questions.Count == 1;

    // Two spaces before a line of an answer or a reason carry it on, whatever it begins with
    private bool IsContinuation(string raw) => !_isIndented && _current is { IsAnswered: true } && raw.Length - raw.TrimStart().Length >= 2;

    private (int Number, bool InParentheses, string Text)? Begins(string raw, string line)
    {
        if (IsContinuation(raw) || PaperMarks.NumberOf(line) is not { Text.Length: > 0 } found) return null;
        if (_inParentheses is { } usual && usual != found.InParentheses) return null;
        return _current is null || found.Number == _current.Number + 1 ? found : null;
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

        foreach (var (number, answer) in PaperMarks.KeysOf(line)) _key.TryAdd((_section.Number, number), answer);
    }

    // A key without sections is every section's where the numbers go through
    private string? KeyOf(PaperQuestion question) => _key.GetValueOrDefault((question.Section, question.Number))
        ?? (_questions.Count(other => other.Number == question.Number) == 1 ? _key.GetValueOrDefault(("", question.Number)) : null);
}

/// <summary>A question of a paper while its lines are read.</summary>
internal sealed class PaperQuestion(int line, int number, string section, string? type)
{
    private readonly List<string> _stem = [];
    private readonly List<string> _lefts = [];
    private readonly List<string> _options = [];
    private readonly Dictionary<string, List<string>> _fields = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _reasons = [];
    private string? _field;

    public int Number { get; } = number;
    public string Section { get; } = section;
    public List<string> Answer => Field("answer");
    public bool IsAnswered => _field is not null;

    /// <param name="text">A line, tidied.</param>
    /// <param name="isContinuation">It goes on with the answer or the reason before it.</param>
    public void Add(string text, bool isContinuation)
    {
        if (isContinuation && _field is not null) Field(_field).Add(text);
        else if (PaperMarks.FieldOf(text) is { } field) Begin(field.Field, field.Text);
        else if (_field is not null) Field(_field).Add(text);
        else if (PaperMarks.OptionsOf(text, _options.Count) is { Count: > 0 } options && (_stem.Count > 0 || _options.Count > 0)) _options.AddRange(options);
        else if (type == QuestionTypes.Matching && PaperMarks.NumberOf(text) is { InParentheses: true } left && left.Number == _lefts.Count + 1) _lefts.Add(left.Text);
        else if (_options.Count > 0) _options[^1] += "\n" + text;
        else AddStem(text);
    }

    private void AddStem(string text)
    {
        // options may follow their stem on one line
        var at = text.IndexOf(" A.", StringComparison.Ordinal) is >= 0 and var dot ? dot : text.IndexOf("\tA", StringComparison.Ordinal);
        if (at > 0 && PaperMarks.OptionsOf(text[at..].Trim(), 0) is { Count: > 1 } options)
        {
            _stem.Add(text[..at].Trim());
            _options.AddRange(options);
        }
        else
        {
            _stem.Add(text);
        }
    }

    private void Begin(string field, string text)
    {
        if (field == "reason")
        {
            if (PaperMarks.OptionsOf(text, 0) is { Count: 1 } || (text.Length > 1 && char.IsAsciiLetterUpper(text[0]) && text[1] is '.' or '．')) _reasons[text[0] - 'A'] = text[2..].Trim();
            return;
        }

        _field = field;
        // 答案：A　解析：…
        if (field == "answer" && text.IndexOf("解析：", StringComparison.Ordinal) is > 0 and var at)
        {
            Field("answer").Add(text[..at].Trim());
            Field("explanation").Add(text[(at + 3)..].Trim());
            _field = "explanation";
        }
        else if (text.Length > 0)
        {
            Field(field).Add(text);
        }
    }

    private List<string> Field(string name)
    {
        if (!_fields.TryGetValue(name, out var lines)) _fields[name] = lines = [];
        return lines;
    }

    /// <param name="key">What the answers at the end of the paper say.</param>
    public QuestionRow Row(string? key)
    {
        var (stem, answer) = (string.Join('\n', _stem), string.Join('\n', Answer));
        if (answer.Length == 0 && key is not null) answer = key;
        if (answer.Length == 0 && PaperMarks.AnswerWithin(stem, type == QuestionTypes.TrueFalse || _options.Count == 0) is { } within) (answer, stem) = within;
        // （　　） at the end of a choice or a judgement is where its answer goes
        if (type == QuestionTypes.TrueFalse) stem = stem.TrimEnd(' ', '　').EndsWith("（）", StringComparison.Ordinal) || RowText.WithBlanks(stem).EndsWith(Cloze.Blank, StringComparison.Ordinal) ? stem[..Math.Max(stem.LastIndexOf('（'), stem.LastIndexOf('('))].TrimEnd() : stem;
        var read = type == QuestionTypes.Matching ? Paired(stem, answer) : Asked(stem, answer).Read();
        if (read.Question is not { } question) return read;
        if (EvidenceText.Read(Field("evidence")) is not { } evidence) return QuestionRow.Refused(line, stem, "EvidenceForm");
        return read with
        {
            Question = question with
            {
                Body = question.Body with { Explanation = string.Join('\n', Field("explanation")), Evidence = evidence },
                Id = Said("id"),
                KeyPoint = Said("key_point"),
                Difficulty = RowText.Difficulty(Said("difficulty") ?? ""),
                Tags = _fields.ContainsKey("tags") ? [.. Field("tags").SelectMany(tags => tags.Split('；', ';')).Select(tag => tag.Trim()).Where(tag => tag.Length > 0)] : null,
                AnyOrder = Said("any_order") is { } anyOrder ? RowText.Judgement(anyOrder) : null,
            },
        };
    }

    private string? Said(string field) => _fields.TryGetValue(field, out var lines) && lines.Count > 0 ? lines[0] : null;

    private AskedText Asked(string stem, string answer)
    {
        var reasons = Enumerable.Range(0, _options.Count).Select(i => _reasons.GetValueOrDefault(i) ?? "").ToList();
        // a paper of one kind of choice often says 选择题 only
        return new AskedText(line, stem, _options, answer, type) { Reasons = reasons };
    }

    // （1）… to A. …, the answer 1-B；2-A
    private QuestionRow Paired(string stem, string answer)
    {
        if (_lefts.Count == 0) return new AskedText(line, stem, _options, answer, type).Read();
        var pairs = new List<MatchPair>();
        foreach (var pair in answer.Split('；', ';', '，', ',', '\n').Select(pair => pair.Trim()).Where(pair => pair.Length > 0))
        {
            var sides = pair.Split('-', '—', '→');
            if (sides.Length != 2 || !int.TryParse(sides[0].Trim(), out var left) || left < 1 || left > _lefts.Count || RowText.Letters(sides[1]) is not [var right] || right >= _options.Count)
                return QuestionRow.Refused(line, stem, "PairAnswer", RowText.Beginning(pair));
            pairs.Add(new MatchPair(_lefts[left - 1], _options[right]));
        }

        return pairs.Count != _lefts.Count || pairs.Count != _options.Count
            ? QuestionRow.Refused(line, stem, "PairAnswer", RowText.Beginning(answer))
            : new QuestionRow(line, RowText.Beginning(stem)) { Question = new RowQuestion(Bodies.Matching(stem, pairs)) };
    }
}
