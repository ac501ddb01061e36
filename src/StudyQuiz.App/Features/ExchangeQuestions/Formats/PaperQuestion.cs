using System.Text.RegularExpressions;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.ExchangeQuestions.Formats;

/// <summary>A question of a paper while its lines are read.</summary>
internal sealed partial class PaperQuestion(int line, int number, string section, string? type)
{
    // So many numbers may be missing, where somebody took questions out
    private const int WidestGap = 20;
    private const int WidestGapInText = 5;

    private readonly List<string> _stem = [];
    private readonly List<string> _lefts = [];
    private readonly List<string> _options = [];
    private readonly Dictionary<string, List<string>> _fields = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _reasons = [];
    private string? _field;
    private Why? _fault;
    private bool _hasPicture;

    // The left column has the letters, the right one the numbers
    private bool _isLeftLettered;

    public int Number { get; } = number;
    public string Section { get; } = section;
    public List<string> Answer => Field("answer");
    public bool IsAnswered => _field is not null;

    /// <summary>How many things of the left column it has so far.</summary>
    public int Pairs => _lefts.Count;

    /// <summary>Whether there is anything but a stem.</summary>
    public bool HasMore => _options.Count > 0 || IsAnswered;

    /// <summary>It can't be taken, whatever else it says.</summary>
    public void Spoil(Why why) => _fault ??= why;

    public void NotePicture() => _hasPicture = true;

    /// <summary>Whether a numbered line is the next question: numbers may be missing or stand twice, but not within a text.</summary>
    public bool IsFollowedBy(int next, string text)
    {
        if (next == Number + 1) return true;
        var isClosed = _options.Count > 1 || (Answer.Count > 0 && PaperMarks.IsShort(Answer[0]));
        if (isClosed && next > Number && next <= Number + WidestGap) return true;
        if (isClosed && next <= Number && next is var again && (again == Number || again == 1)) return _field != "explanation";
        return (IsAnswered || _stem.Exists(text => text.StartsWith("答：", StringComparison.Ordinal))) && next > Number && next <= Number + WidestGapInText && Asking().IsMatch(text);
    }

    /// <param name="text">A line, tidied.</param>
    /// <param name="isContinuation">It goes on with the answer or the reason before it.</param>
    public void Add(string text, bool isContinuation)
    {
        if (isContinuation && _field is not null) Field(_field).Add(text);
        else if (PaperMarks.FieldOf(text) is { } field) Begin(field.Field, field.Text);
        else if (_field is not null) Field(_field).Add(text);
        else AddAsked(text);
    }

    private void AddAsked(string text)
    {
        if (PaperMarks.AnswerBehind(text) is > 0 and var behind)
        {
            AddAsked(text[..behind].Trim());
            Add(text[behind..], isContinuation: false);
        }
        else if (type == QuestionTypes.Matching && _stem.Count > 0 && _lefts.Count == _options.Count && PaperMarks.ColumnsOf(text, _lefts.Count) is { } columns)
        {
            _lefts.Add(columns.Left);
            _options.Add(columns.Right);
            _isLeftLettered |= columns.IsLeftLettered;
        }
        else if (_stem.Count + _options.Count == 0 && PaperMarks.OptionsOf(text, 0) is { Count: > 1 } only)
        {
            // as below a passage with numbered blanks
            Spoil(new Why("OnlyOptions"));
            _options.AddRange(only);
        }
        else if (PaperMarks.OptionsOf(text, _options.Count) is { Count: > 0 } options && (_stem.Count > 0 || _options.Count > 0)) _options.AddRange(options);
        else if (type == QuestionTypes.Matching && PaperMarks.NumberOf(text) is { InParentheses: true } left && left.Number == _lefts.Count + 1) _lefts.Add(left.Text);
        else if (_options.Count > 0 && PaperMarks.OptionLetter(text) is { } letter and <= 'H') Spoil(new Why("OptionOrder", letter.ToString(), RowText.Letter(_options.Count)));
        else if (_options.Count > 0) _options[^1] += "\n" + text;
        else if (PaperMarks.OptionsWithin(text) is > 0 and var at)
        {
            // options may follow their stem on one line
            _stem.Add(text[..at].Trim());
            _options.AddRange(PaperMarks.OptionsOf(text[at..].Trim(), 0));
        }
        else _stem.Add(text);
    }

    private void Begin(string field, string text)
    {
        if (field == "reason")
        {
            if (PaperMarks.OptionsOf(text, 0) is { Count: 1 } || (text.Length > 1 && char.IsAsciiLetterUpper(text[0]) && text[1] is '.' or '．')) _reasons[text[0] - 'A'] = text[2..].Trim();
            return;
        }

        // 【答案】A【解析】…故选：A。
        var end = field is "answer" or "explanation" ? PaperMarks.NextFieldAt(text) : text.Length;
        var said = text[..end].Trim();
        if (field == "answer" && Answer is [var before, ..] && PaperMarks.IsShort(said))
        {
            if (!IsSame(before, said)) Spoil(new Why("AnswerTwice", RowText.Beginning(before), RowText.Beginning(said)));
        }
        else
        {
            _field = field;
            if (said.Length > 0) Field(field).Add(said);
        }

        if (end < text.Length && PaperMarks.FieldOf(text[end..]) is { } next) Begin(next.Field, next.Text);
    }

    private List<string> Field(string name)
    {
        if (!_fields.TryGetValue(name, out var lines)) _fields[name] = lines = [];
        return lines;
    }

    /// <param name="key">What the answers at the end of the paper say.</param>
    public QuestionRow Row(string? key)
    {
        if (Answer.Count == 0 && key is not null) Begin("answer", PaperMarks.FieldOf(key) is { Field: "answer" } marked ? marked.Text : key);
        if (_options.Count == 0) TakeBareOptions();
        if (_options.Exists(HasNext)) Spoil(new Why("OptionOrder", RowText.Letter(_options.Count), RowText.Letter(_options.Count)));
        var (stem, answer) = (string.Join('\n', _stem), string.Join('\n', Answer));
        (stem, answer) = WithAnswer(stem, answer);
        // （　　） at the end of a choice or a judgement is where its answer goes
        if (type == QuestionTypes.TrueFalse) stem = stem.TrimEnd(' ', '　').EndsWith("（）", StringComparison.Ordinal) || RowText.WithBlanks(stem).EndsWith(Cloze.Blank, StringComparison.Ordinal) ? stem[..Math.Max(stem.LastIndexOf('（'), stem.LastIndexOf('('))].TrimEnd() : stem;
        var read = _fault is not null ? new QuestionRow(line, RowText.Beginning(stem)) { Refusal = _fault } : type == QuestionTypes.Matching ? Paired(stem, answer) : Asked(stem, answer).Read();
        if (_hasPicture) read = read with { Notes = [.. read.Notes, new Why("Media")] };
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

    // An answer that stands in the stem is taken out of it, also where it is told again below
    private (string Stem, string Answer) WithAnswer(string stem, string answer)
    {
        if (PaperMarks.AnswerWithin(stem, type == QuestionTypes.TrueFalse || _options.Count == 0) is { } within && !IsOther(within.Answer))
        {
            if (answer.Length == 0) return (within.Stem, within.Answer);
            if (IsSame(within.Answer, answer)) return (within.Stem, answer);
            // where there is room for the answer elsewhere, these are words of the stem
            if (PaperMarks.IsShort(answer) && !EmptyBrackets().IsMatch(stem) && !stem.Contains("__", StringComparison.Ordinal)) Spoil(new Why("AnswerTwice", within.Answer, RowText.Beginning(answer)));
            return (stem, answer);
        }

        if (answer.Length > 0 || _options.Count > 0) return (stem, answer);
        if (type is null or QuestionTypes.Cloze && RowText.Blanks(RowText.WithBlanks(stem)) == 2 && FilledBlank().Matches(stem) is [var filled]) return (stem.Remove(filled.Index, filled.Length).Insert(filled.Index, "____"), filled.Groups["said"].Value.Trim());
        if (type == QuestionTypes.Cloze && RowText.Blanks(RowText.WithBlanks(stem)) == 0 && FilledBrackets().Matches(stem) is [var said]) return (stem.Remove(said.Index, said.Length).Insert(said.Index, "____"), said.Groups["said"].Value.Trim());
        // 答：…
        return type is null or QuestionTypes.Flashcard && _stem.FindIndex(text => text.StartsWith("答：", StringComparison.Ordinal)) is > 0 and var at
            ? (string.Join('\n', _stem.Take(at)), string.Join('\n', _stem.Skip(at))[2..].Trim())
            : (stem, answer);
    }

    // 维生素（C） is no answer among two options
    private bool IsOther(string within) => _options.Count > 0 && RowText.Judgement(within) is null && RowText.Letters(within)?.Any(place => place >= _options.Count) == true;

    private bool IsSame(string one, string other)
    {
        if (RowText.Letters(one) is { } letters && RowText.Letters(other) is { } others) return letters.ToHashSet().SetEquals(others);
        return (Judged(one), Judged(other)) is ({ } judged, { } also) && judged == also;

        // A. 对 B. 错: a letter says it too
        bool? Judged(string answer) => RowText.Judgement(answer) ?? (RowText.Letters(answer) is [var place] && place < _options.Count ? RowText.Judgement(_options[place]) : null);
    }

    // The letter behind the last option stands within one: they are out of order
    private bool HasNext(string option) => Regex.IsMatch(option, $@"(?:^|\s){(char)('A' + Math.Min(_options.Count, 25))}[.．、]", RegexOptions.NonBacktracking);

    // A 红  B 绿, or a line each
    private void TakeBareOptions()
    {
        if (type is not (null or QuestionTypes.SingleChoice or QuestionTypes.MultipleChoice)) return;
        for (var from = 1; from < _stem.Count; from++)
        {
            var options = new List<string>();
            foreach (var text in _stem.Skip(from))
            {
                if (PaperMarks.BareOptionsOf(text, options.Count) is not { Count: > 0 } found)
                {
                    options.Clear();
                    break;
                }

                options.AddRange(found);
            }

            if (options.Count < 2) continue;
            _options.AddRange(options);
            _stem.RemoveRange(from, _stem.Count - from);
            return;
        }
    }

    private string? Said(string field) => _fields.TryGetValue(field, out var lines) && lines.Count > 0 ? lines[0] : null;

    private AskedText Asked(string stem, string answer)
    {
        var reasons = Enumerable.Range(0, _options.Count).Select(i => _reasons.GetValueOrDefault(i) ?? "").ToList();
        // a paper of one kind of choice often says 选择题 only
        return new AskedText(line, stem, _options, answer, type) { Reasons = reasons };
    }

    // （1）… to A. …, the answer 1-B；2-A; two columns; or what belongs together written out, in the answer or below the stem
    private QuestionRow Paired(string stem, string answer)
    {
        if (_lefts.Count == 0 && _options.Count > 0) return new AskedText(line, stem, _options, answer, type).Read();
        var wanted = PaperMarks.PairsOf(answer);
        if (_lefts.Count == 0)
        {
            var listed = _stem.Skip(1).ToList();
            var pairs = wanted.Count > 0 ? wanted : [.. listed.SelectMany(PaperMarks.PairsOf)];
            if (pairs.Count < 2) return QuestionRow.Refused(line, stem, answer.Length == 0 ? "NoAnswer" : "PairAnswer", RowText.Beginning(answer));
            var told = pairs.SelectMany(pair => new[] { pair.Left, pair.Right }).ToHashSet(StringComparer.Ordinal);
            var asked = _stem.Where((text, i) => i == 0 || !PaperMarks.CellsOf(text).All(told.Contains));
            return new QuestionRow(line, RowText.Beginning(stem)) { Question = new RowQuestion(Bodies.Matching(string.Join('\n', asked), [.. pairs.Select(pair => new MatchPair(pair.Left, pair.Right))])) };
        }

        if (answer.Length == 0) return QuestionRow.Refused(line, stem, "NoAnswer");
        var found = new List<MatchPair>();
        foreach (var (one, other) in wanted)
        {
            if (Place(one) is not { } first || Place(other) is not { } second || first.IsLeft == second.IsLeft) return QuestionRow.Refused(line, stem, "PairAnswer", RowText.Beginning($"{one}-{other}"));
            found.Add(first.IsLeft ? new MatchPair(_lefts[first.At], _options[second.At]) : new MatchPair(_lefts[second.At], _options[first.At]));
        }

        return found.Count != _lefts.Count || found.Count != _options.Count
            ? QuestionRow.Refused(line, stem, "PairAnswer", RowText.Beginning(answer))
            : new QuestionRow(line, RowText.Beginning(stem)) { Question = new RowQuestion(Bodies.Matching(stem, found)) };

        (bool IsLeft, int At)? Place(string side)
        {
            if (int.TryParse(side, out var number) && number >= 1 && number <= (_isLeftLettered ? _options : _lefts).Count) return (!_isLeftLettered, number - 1);
            if (RowText.Letters(side) is [var letter] && letter < (_isLeftLettered ? _lefts : _options).Count) return (_isLeftLettered, letter);
            if (_lefts.IndexOf(side) is >= 0 and var left) return (true, left);
            return _options.IndexOf(side) is >= 0 and var right ? (false, right) : null;
        }
    }

    [GeneratedRegex("[？?：:]|（[^）]{0,6}）|\\([^)]{0,6}\\)|答案|_{2}|＿{2}", RegexOptions.NonBacktracking)]
    private static partial Regex Asking();

    [GeneratedRegex("[（(][\\s　]*[）)]", RegexOptions.NonBacktracking)]
    private static partial Regex EmptyBrackets();

    [GeneratedRegex("[_＿]{2,}(?<said>[^_＿，。、；：\n]{1,60})[_＿]{2,}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FilledBlank();

    [GeneratedRegex("[（(](?<said>[^（）()\n]{1,60})[）)]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FilledBrackets();
}
