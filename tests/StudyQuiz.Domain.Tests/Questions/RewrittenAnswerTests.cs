using System.Text;
using CsCheck;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Tests.Questions;

/// <summary>No accepted answer is refused for how a keyboard, a clipboard or another encoding wrote it.</summary>
public sealed class RewrittenAnswerTests
{
    private const string Simplified = "发后里台体会议经济长三角";
    private const string Traditional = "發後裡臺體會議經濟長三角";
    private static readonly string[] _quotes = ["“”", "‘’", "「」", "『』", "《》", "\"\"", "''"];
    private static readonly string[] _ends = ["。", ".", "！", "?", "；", "…", "、", "："];
    private static readonly string[] _separators = ["、", "，", ",", "；", ";", "/", " 、", "，\u3000"];

    private static readonly Func<string, int, string>[] _rewritings =
    [
        (text, _) => text.Normalize(NormalizationForm.FormC),
        (text, _) => text.Normalize(NormalizationForm.FormD),
        (text, _) => text.Normalize(NormalizationForm.FormKC),
        (text, _) => text.Normalize(NormalizationForm.FormKD),
        (text, _) => string.Concat(text.Select(c => c is > ' ' and < '\x7f' ? (char)(c + 0xfee0) : c)),
        (text, _) => string.Concat(text.Select(c => c is > '\uff00' and < '\uff5f' ? (char)(c - 0xfee0) : c)),
        (text, _) => text.ToUpperInvariant(),
        (text, _) => string.Concat(text.Select(c => Simplified.Contains(c, StringComparison.Ordinal) ? Traditional[Simplified.IndexOf(c, StringComparison.Ordinal)] : c)),
        (text, _) => text.Replace('五', '5'),
        (text, n) => _quotes[n % _quotes.Length][0] + text + _quotes[n % _quotes.Length][1],
        (text, n) => text + _ends[n % _ends.Length],
        (text, n) => text.Insert(n % (text.Length + 1), " "),
        (text, n) => text.Insert(n % (text.Length + 1), "\u3000"),
        (text, _) => "\u200b" + text + "\r\n",
    ];

    private static readonly Gen<Func<string, string>> _rewriting = Gen.Select(Gen.Int[0, 13], Gen.Int[0, 1000]).Array[0, 5]
        .Select(steps => (Func<string, string>)(text => steps.Aggregate(text, (written, step) => _rewritings[step.Item1](written, step.Item2))));

    private static readonly Gen<string> _accepted = Gen.Char["发后里台体会议经济长三角五年12abcé％Ⅳ"].Array[1, 10].Select(characters => new string(characters));

    [Fact]
    public void Every_accepted_wording_counts_however_it_is_written() => Gen.Select(_accepted.Array[1, 4], Gen.Int[0, 3], _rewriting).Sample((accepted, which, rewrite) =>
        Assert.Equal(Verdict.Right, Grade(accepted, rewrite(accepted[which % accepted.Length]), isAnyOrder: false)));

    [Fact]
    public void The_parts_of_a_list_count_in_any_order_and_none_may_be_missing() =>
        Gen.Select(Gen.Char["发台体会议经济"].Array[2, 3].Select(characters => new string(characters)).Array[2, 5], Gen.Long, Gen.Int[0, 7], _rewriting).Sample((drawn, seed, separator, rewrite) =>
        {
            // None within another one: what is left of that would not be a part
            var parts = drawn.Distinct().Where(part => !drawn.Any(other => other != part && other.Contains(part, StringComparison.Ordinal))).ToList();
            if (parts.Count < 2) return;
            var list = string.Join('、', parts);
            var turned = Shuffle.Positions(parts.Count, seed).Select(place => parts[place]).ToList();
            Assert.Equal(Verdict.Right, Grade([list], rewrite(string.Join(_separators[separator], turned)), isAnyOrder: true));
            Assert.NotEqual(Verdict.Right, Grade([list], rewrite(string.Join(_separators[separator], turned.Skip(1))), isAnyOrder: true));
        });

    [Fact]
    public void A_verdict_depends_on_what_is_said_alone() => Gen.Select(_accepted, _accepted, _rewriting).Sample((accepted, typed, rewrite) =>
        Assert.Equal(Grade([accepted], typed, isAnyOrder: false), Grade([accepted], rewrite(typed), isAnyOrder: false)));

    private static Verdict Grade(IReadOnlyList<string> accepted, string typed, bool isAnyOrder) =>
        Grading.Grade(Sample.Cloze with { Accepted = accepted, AnyOrder = isAnyOrder }, new Typed(typed));
}
