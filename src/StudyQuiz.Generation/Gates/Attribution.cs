using System.Text.RegularExpressions;

namespace StudyQuiz.Generation.Gates;

/// <summary>Finds “someone said” in a claim.</summary>
internal sealed partial class Attribution(IReadOnlySet<string> people)
{
    private const int LongestSubject = 40;
    private const string Adverbs = "还又也再并曾都就中里上内时明确特别再次";

    // Ends of subjects that are no person: the text, a meeting, a finding
    private static readonly string[] _impersonal =
        ["文", "文章", "报道", "报告", "材料", "讲话", "会议", "会", "文件", "规定", "通知", "意见", "方案", "纲要", "段", "段落", "部分", "数据", "研究", "调查", "事实", "实践", "历史", "结果", "这", "那", "此", "题"];

    private static readonly string[] _pronouns = ["他", "她", "他们", "她们", "我们", "同志", "先生", "女士", "作者", "讲话人", "讲话者", "专家", "代表"];

    /// <summary>The people that a text names with an office or as saying something.</summary>
    public static HashSet<string> People(string text)
    {
        var people = Officeholder.In(text).Select(holder => holder.Name).ToHashSet(StringComparer.Ordinal);
        foreach (Match match in Speaking().Matches(text))
            if (match.Groups["who"].Value is var who && !IsImpersonal(who) && !_pronouns.Contains(who, StringComparer.Ordinal)) people.Add(who);
        return people;
    }

    /// <summary>
    /// The person and verb with which a claim puts words into a mouth; null where it does not. 指出, 强调, 认为, 表示 and 告诉记者 do before ，
    /// ： or a quotation after any subject that isn't the text, a meeting or a finding; these, 说, 要求 and 提出, which are nouns too, do
    /// right before the claim (or ： or a quotation) only after a person: one of the text's people, a pronoun, or an office.
    /// </summary>
    public string? In(string claim)
    {
        foreach (Match match in Verb().Matches(claim))
        {
            var subject = Subject(claim, match.Index);
            if (subject.Length == 0) continue;
            var strong = match.Groups["strong"].Success && match.Groups["apart"].Success && !IsImpersonal(subject);
            if (strong || IsPerson(subject)) return subject + match.Groups["verb"].Value;
        }

        return null;
    }

    // From the start of the clause to the verb, without adverbs; what is further off is not the subject
    private static string Subject(string claim, int verb)
    {
        var start = verb;
        while (start > 0 && verb - start < LongestSubject && char.IsLetterOrDigit(claim[start - 1])) start--;
        return claim[start..verb].TrimEnd(Adverbs.ToCharArray());
    }

    private static bool IsImpersonal(string subject) => _impersonal.Any(end => subject.EndsWith(end, StringComparison.Ordinal));

    private bool IsPerson(string subject) => !subject.EndsWith("其他", StringComparison.Ordinal) && (
        Officeholder.EndsWithOffice(subject) || _pronouns.Any(end => subject.EndsWith(end, StringComparison.Ordinal)) || people.Any(name => subject.Contains(name, StringComparison.Ordinal)));

    [GeneratedRegex("(?<verb>(?<strong>指出|强调|认为|表示|告诉[^，。；：]{0,6}记者)|说(?!明|法|服)|要求|提出)(?<apart>[，,：:“「])?", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Verb();

    [GeneratedRegex("(?<=^|[，。；！？”\\n])(?<who>[\u4e00-\u9fff]{2,4}?)(还|又|并|也)?(指出|强调|表示|认为|告诉[^，。；：]{0,6}记者)[，：]", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Speaking();
}
