using System.Text.RegularExpressions;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Facts;

/// <summary>
/// Finds the last clauses of sentences, and how they answer to what goes before: they say what holds under a condition or of those whom the sentence is about, are the counterpart
/// of a clause that is built alike, or tell what something is done for. What merely comes next can only be known by heart.
/// </summary>
internal static partial class Endings
{
    private const int LongestSlogan = 10;

    private const int LongestRule = 44;

    // 拖延让事情变坏，等待让事情变熟
    private const int ShortestOfPair = 6;

    // A counterpart takes up so many characters of the other clause, in their order, and so large a part of it
    private const int FewestShared = 4;
    private const double LeastShared = 0.35;

    /// <summary>All clauses but the last, the last, and how it answers to them; null where it can't be asked for.</summary>
    public static (Place Beginning, Place Ending, EndingTie Tie)? Of(SourceText text, IReadOnlyList<Place> clauses, int shortest, bool isShort)
    {
        if (Ruled(text, clauses) is { } ruled) return ruled;
        // how many points a speaker is going to make is nothing to learn
        if (clauses.Count < 2 || IsCall(text, clauses[^1]) || Words.OfTalk().IsMatch(text.At(clauses[^1])) || Words.Announcing().IsMatch(text.At(clauses[^1])) || clauses.SkipLast(1).Any(clause => text.Paragraphs[clause.Paragraph].Text[clause.End] == '：' && SentenceFacts.AnnouncedPattern().IsMatch(text.At(clause))) || SentenceFacts.IsAfterSemicolon(text, clauses, clauses.Count - 1) || (SentenceFacts.AnnouncedPattern().IsMatch(text.At(clauses[^1])) && text.Structure.AllSeries().Any(series => series.Lead is { } lead && lead.Overlaps(clauses[^1])))) return null;
        var beginning = new Place(clauses[0].Paragraph, clauses[0].Start, clauses[^2].End);
        // only the end of a long beginning is shown, from a semicolon where there is one
        if (beginning.Length > SentenceFacts.LongestFrame * text.Scale && AfterSemicolon(text, clauses) is { } later) beginning = beginning with { Start = later };
        var ending = clauses[^1];
        // what is done for it is the last thing done, not what another is done for
        if (text.IsChinese && Purpose().IsMatch(text.At(ending)) && AfterSemicolon(text, clauses) is { } own) beginning = beginning with { Start = own };
        var isWhole = beginning.Length >= (clauses.Count == 2 && AreBuiltAlike(text.At(clauses[0]), text.At(clauses[1])) ? Math.Min(shortest, ShortestOfPair) : shortest) && beginning.Length <= SentenceFacts.LongestFrame * text.Scale && ending.Length >= (shortest < SentenceFacts.ShortestFrame * text.Scale ? 4 : 6) * text.Scale && ending.Length <= 32 * text.Scale
            && !Words.Pointing().IsMatch(text.At(beginning)) && !Words.Pointing().IsMatch(text.At(ending)) && !Words.Broken().IsMatch(text.At(ending))
            && !clauses.SkipLast(1).Any(clause => beginning.Holds(clause) && Words.Broken().IsMatch(text.At(clause)))
            && !Words.TiedToFormer().IsMatch(text.At(beginning)) && !OneOfSeveral().IsMatch(text.At(beginning)) && !SentenceFacts.RestatesPattern().IsMatch(text.At(ending)) && (text.IsChinese || !Halves.Has(text, clauses, clauses.Count - 1))
            && text.At(ending).Count(c => c is '“' or '”') % 2 == 0;
        return isWhole ? (beginning, ending, TieOf(text, clauses) ?? (isShort ? EndingTie.Sequel : EndingTie.None)) : null;
    }

    // a call to all, or a slogan: 一件一件抓落实. What follows is known before it is read
    private static bool IsCall(SourceText text, Place ending) =>
        text.Paragraphs[ending.Paragraph].Text.AsSpan(ending.End) is ['！' or '!', ..] || (ending.Length <= LongestSlogan && SloganPattern().IsMatch(text.At(ending)));

    // 在考试中作弊的，…，…: all that holds of those is told at once
    private static (Place Beginning, Place Ending, EndingTie Tie)? Ruled(SourceText text, IReadOnlyList<Place> clauses)
    {
        if (!text.IsChinese || clauses.Count is < 3 or > 4 || !IsCondition(text.At(clauses[0])) || text.Paragraphs[clauses[0].Paragraph].Text[clauses[0].End] != '，') return null;
        var (beginning, rest) = (clauses[0], clauses[1] with { End = clauses[^1].End });
        var words = text.At(rest);
        if ((TimePattern().IsMatch(text.At(beginning)) && !Bound().IsMatch(words)) || (IsTopic().IsMatch(text.At(beginning)) && !MustPattern().IsMatch(words))) return null;
        var isWhole = beginning.Length is >= SentenceFacts.ShortestFrame - 3 and <= SentenceFacts.LongestFrame && rest.Length <= LongestRule && words.IndexOfAny(['；', '：', '“', '”']) < 0
            && !Words.Pointing().IsMatch(text.At(beginning)) && !Words.Pointing().IsMatch(words) && !Words.TiedToFormer().IsMatch(text.At(beginning))
            && !clauses.Any(clause => Words.Broken().IsMatch(text.At(clause))) && !IsCall(text, clauses[^1]) && !Words.Announcing().IsMatch(words) && text.Count(text.At(beginning), 2) == 1;
        return isWhole ? (beginning, rest, EndingTie.Consequence) : null;
    }

    private static EndingTie? TieOf(SourceText text, IReadOnlyList<Place> clauses)
    {
        var (before, ending) = (text.At(clauses[^2]), text.At(clauses[^1]));
        if (!text.IsChinese) return EnglishCondition().IsMatch(before) || EnglishAnswer().IsMatch(ending) || (EnglishDenied().IsMatch(before) && EnglishSubject().IsMatch(ending)) ? EndingTie.Consequence : null;
        // a condition among several clauses holds for more than the last
        if (clauses.Count <= 3 && IsCondition(before) && (!IsTopic().IsMatch(before) || (MustPattern().IsMatch(ending) && !Words.Demanding().IsMatch(before))) && (!TimePattern().IsMatch(before) || Bound().IsMatch(ending))) return EndingTie.Consequence;
        if (clauses.Count <= 3 && Correlate().Match(before) is { Success: true } who && ending.StartsWith(who.Value, StringComparison.Ordinal)) return EndingTie.Consequence;
        if (Turned().IsMatch(before) && Answered().IsMatch(ending) && !IsSaid(text, clauses)) return EndingTie.Counterpart;
        if (Purpose().IsMatch(ending)) return Result().IsMatch(ending) ? null : EndingTie.Purpose;
        return clauses.Count <= 3 && AreBuiltAlike(before, ending) && !(before[0] == ending[0] && MustPattern().IsMatch(before) && MustPattern().IsMatch(ending)) && before[0] is not ('谁' or '哪' or '什' or '越') && !IsSaid(text, clauses) ? EndingTie.Counterpart : null;
    }

    // by a person: a compass that 告诉你 something says nothing
    private static bool IsSaid(SourceText text, IReadOnlyList<Place> clauses) => text.Voices.OthersIn(clauses[0] with { End = clauses[^1].End }).Any(saying => !text.At(saying).Contains("告诉你", StringComparison.Ordinal));

    private static bool IsCondition(string clause) => clause[0] != '要' && Condition().IsMatch(clause);

    // 传感器告诉你哪里变了，人才能告诉你为什么变; rows of figures are no such pair
    private static bool AreBuiltAlike(string one, string other)
    {
        if (one.Length * 8 < other.Length * 5 || other.Length * 8 < one.Length * 5 || Figures().IsMatch(one) || Figures().IsMatch(other)) return false;
        var shared = new int[one.Length + 1, other.Length + 1];
        for (var i = 1; i <= one.Length; i++)
            for (var j = 1; j <= other.Length; j++)
                shared[i, j] = one[i - 1] == other[j - 1] ? shared[i - 1, j - 1] + 1 : Math.Max(shared[i - 1, j], shared[i, j - 1]);
        return shared[one.Length, other.Length] is var most && most >= FewestShared && most >= LeastShared * Math.Min(one.Length, other.Length);
    }

    private static int? AfterSemicolon(SourceText text, IReadOnlyList<Place> clauses)
    {
        var paragraph = text.Paragraphs[clauses[0].Paragraph].Text;
        return clauses.Take(clauses.Count - 1).Where(clause => clause.Start > 0 && paragraph[clause.Start - 1] == '；' && clauses[^2].End - clause.Start <= SentenceFacts.LongestFrame * text.Scale)
            .Select(clause => (int?)clause.Start).LastOrDefault();
    }

    [GeneratedRegex(@"\A(?:如果|假如|倘若|要是|只要|只有|一旦|除非|即使|哪怕|无论|不管|凡是?|遇到?(?=[^，]*(?:时|的)))|\A[^，是]{3,}的\z|的话\z|.{4}(?<![小及准按定限临课工学平同])时\z|的时候\z|\A[^，是有让把将与对为了]{3,14}的(?!话)[^，的了着过得到上中下里是]{1,3}\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Condition();

    // 市民关于漏水的投诉: what a sentence is about is no condition where nothing is demanded of it
    [GeneratedRegex(@"\A(?!如果|假如|倘若|要是|只要|只有|一旦|除非|即使|哪怕|无论|不管|凡|遇)[^，]*的[^，的]{1,3}(?<!时候?|的话)\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex IsTopic();

    [GeneratedRegex(@"[要应须]|必|不得|不能|不许|不准|一律|严禁|禁止|取消", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex MustPattern();

    [GeneratedRegex(@"(?:时|时候)\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex TimePattern();

    // what holds whenever: once in a story, something merely happened then
    [GeneratedRegex(@"[要应须必别请不](?!了)|可以?|能|会|就|才|一律|只", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Bound();

    // 避免了损失, 让甲回到了乙: what has come of it
    [GeneratedRegex(@"了(?!解)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Result();

    // of what, the sentence before says
    [GeneratedRegex(@"\A(?:一[种个类条边]|一方面|有的)(?:是|在|怕)?", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex OneOfSeveral();

    [GeneratedRegex(@"\A(?:谁|哪里|越|怎样|多)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Correlate();

    [GeneratedRegex(@"\A[^，]{0,8}(?:不(?:要|能|应|该|必|怕|求|再)|宁可|宁愿|与其|过去|以前|从前|昨天|我们总以为|表面上)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Turned();

    [GeneratedRegex(@"\A(?:而?(?:要|应|该|怕|求|只)|不可|也不|不如|现在|如今|今天|却|其实|实际上|而是)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Answered();

    [GeneratedRegex(@"\A(?:以便|以免|避免|防止|使得?(?!用)|让(?!我们))", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Purpose();

    [GeneratedRegex(@"[0-9]|[二两三四五六七八九十百千万亿][\p{L}]{0,3}[次个年天月人名元米里册户座]", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Figures();

    [GeneratedRegex(@"\A(?:If|When|Whenever|Unless|Where|Once|Without|Whoever|As long as)\b", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex EnglishCondition();

    [GeneratedRegex(@"\b(?:not|never|no longer|nobody|nothing)\b|n['’]t\b", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex EnglishDenied();

    [GeneratedRegex(@"\A(?:I|we|you|they|he|she|it)\b", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex EnglishSubject();

    [GeneratedRegex(@"\A(?:but|so that|because|not|only|unless|until)\b", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex EnglishAnswer();

    [GeneratedRegex(@"\A(?:(?<a>[一越再又])(?<x>\p{L})\k<a>|(?<b>\p{L})\k<b>|(?<c>\p{L}{2})[^，]{1,2}\k<c>)|\A(?:都?要|将|必须|一定)?(?:坚决|一律|依法|依规|从严|严肃|严格|及时)+[^，]{0,2}(?:处理|查处|追责|问责|惩处|打击|追究)\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex SloganPattern();
}
