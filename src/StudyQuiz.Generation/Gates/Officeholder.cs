namespace StudyQuiz.Generation.Gates;

/// <summary>A person named right after an office.</summary>
/// <param name="Office">What stands before the name in its clause, at most <see cref="LongestOffice"/> characters; it ends with the office.</param>
/// <param name="Ending">The last word of the office.</param>
/// <param name="Name">Two or three characters.</param>
internal sealed record Officeholder(string Office, string Ending, string Name)
{
    /// <summary>Longer runs before an office are no title; not to walk them back keeps a text without punctuation cheap to read.</summary>
    public const int LongestOffice = 40;

    // Words, not names: how offices end in Chinese
    private static readonly string[] _endings =
    [
        "书记", "主席", "总理", "总统", "首相", "部长", "省长", "市长", "州长", "县长", "区长", "镇长", "村长", "校长", "院长", "所长", "厅长", "局长", "处长", "科长", "司长",
        "行长", "会长", "组长", "队长", "团长", "书长", "员长", "事长", "站长", "主任", "总裁", "经理", "常委", "大使", "司令员", "政委", "教授", "院士", "研究员", "发言人", "负责人",
    ];

    // What may follow a name; without one of these (or punctuation, a figure, the end) no name is read
    private static readonly string[] _after =
    [
        "出席", "主持", "参加", "先后", "发言", "发表", "指出", "强调", "表示", "认为", "提出", "要求", "介绍", "作了", "作报告", "担任", "一行", "同志", "先生", "女士", "分别", "等",
        "在", "和", "与", "及", "的", "说", "是", "也", "对", "向", "将", "率", "就", "并", "到", "为",
    ];

    // What follows an office often and is no name
    private static readonly string[] _noNames =
        ["出席", "主持", "参加", "强调", "指出", "表示", "认为", "提出", "要求", "发言", "讲话", "会议", "同志", "先后", "应邀", "代表", "分别", "办公", "办公室", "负责", "一行", "负责人", "介绍", "联席"];

    // 市长远 is more often 市 and 长远: what 长 begins a word with is no name after an office on 长
    private const string AfterLong = "远期久足效处短途征城江度";

    // Words after which an office begins: 由省长…, 新任省长…
    private const string Openers = "由与和是在向对让被任听即的及同跟把给为上中时新原现前以、，。；：！？“”「」（） ";

    /// <summary>Everyone named so in a text.</summary>
    public static IEnumerable<Officeholder> In(string text)
    {
        foreach (var ending in _endings)
            foreach (var at in TextPlaces.Of(ending, text))
            {
                var nameAt = at + ending.Length;
                if (NameAt(text, nameAt) is not { } name || (ending[^1] == '长' && AfterLong.Contains(name[0], StringComparison.Ordinal))) continue;
                var start = at;
                while (start > 0 && nameAt - start < LongestOffice && IsHan(text[start - 1])) start--;
                yield return new Officeholder(text[start..nameAt], ending, name);
            }
    }

    /// <summary>The name behind the last office of some words that name one person, however long it is; null without an office.</summary>
    public static string? NameBehind(string words)
    {
        var end = _endings.Select(ending => words.LastIndexOf(ending, StringComparison.Ordinal) is >= 0 and var at ? at + ending.Length : 0).Max();
        return end > 0 && words.Length - end >= 2 ? words[end..] : null;
    }

    /// <summary>Whether a word is one that offices end with.</summary>
    public static bool EndsWithOffice(string words) => _endings.Any(ending => words.EndsWith(ending, StringComparison.Ordinal));

    /// <summary>Whether a claim gives this person an office that the text may well mean: the same, or a part of it that begins where a word does.</summary>
    public bool MayHold(string office)
    {
        var shared = 0;
        while (shared < Office.Length && shared < office.Length && Office[^(shared + 1)] == office[^(shared + 1)]) shared++;
        return shared >= Ending.Length && (Begins(Office, shared) || Begins(office, shared));
    }

    private static bool Begins(string office, int length) => length == office.Length || Openers.Contains(office[^(length + 1)], StringComparison.Ordinal);

    private static string? NameAt(string text, int at)
    {
        for (var length = 2; length <= 3 && at + length <= text.Length; length++)
        {
            var name = text.Substring(at, length);
            if (!name.All(IsHan)) return null;
            if (Ends(text, at + length)) return _noNames.Contains(name, StringComparer.Ordinal) || IsAfter(text, at) ? null : name;
        }

        return null;
    }

    private static bool Ends(string text, int at) => at == text.Length || !IsHan(text[at]) || IsAfter(text, at);

    private static bool IsAfter(string text, int at) => _after.Any(word => string.CompareOrdinal(text, at, word, 0, word.Length) == 0);

    private static bool IsHan(char c) => c is >= '\u4e00' and <= '\u9fff';
}
