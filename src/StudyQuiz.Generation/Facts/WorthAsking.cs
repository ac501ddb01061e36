using System.Text.RegularExpressions;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Facts;

/// <summary>Tells which numbers of a sentence are worth a question: those that it is told for, and not the number they start from, the year of a figure, or what follows from the rest.</summary>
internal static partial class WorthAsking
{
    /// <summary>Whether a number within a clause and all that is shown around it is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="frame">What is shown.</param>
    /// <param name="answer">The number.</param>
    public static bool Is(SourceText text, Place frame, Place answer)
    {
        var (words, number) = (text.At(frame), text.At(answer));
        var (before, after) = (words[..(answer.Start - frame.Start)], words[(answer.End - frame.Start)..]);
        if (!text.IsChinese) return !Derived.IsTold(words, before.Length, before.Length + number.Length);
        // in what somebody tells of himself, how many minutes or centimetres it was is by the way
        if (text.IsTale && !Words.Demanding().IsMatch(words) && TalePattern().IsMatch(number)) return false;
        var rest = text.Paragraphs[frame.Paragraph].Text[answer.End..];
        return !Words.Announcing().IsMatch(words) && !IsStart(before, rest) && !IsWhole(rest) && !IsIdleDate(number, before, after, rest) && !OnlyOne().IsMatch(before + number)
            // of a few things nobody counts where nothing is demanded
            && (!Few().IsMatch(number) || Words.Demanding().IsMatch(words) || Measured().IsMatch(before))
            // how old somebody is, about how many there were, and of how many a survey asked
            && !Approximate().IsMatch(rest) && !(number.EndsWith('岁') && rest.StartsWith('的')) && !Surveyed().IsMatch(before + "|" + rest) && !Anecdote().IsMatch(words)
            && !Derived.IsTold(words, before.Length, before.Length + number.Length);
    }

    [GeneratedRegex(@"\A[零一二两三四五六七八九十百0-9]{1,4}[^0-9%％万亿]*\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex TalePattern();

    // 由68项增加到112项: what it came to is told, not from what
    private static bool IsStart(string before, string rest) => FromPattern().IsMatch(before) && ToPattern().IsMatch(rest);

    // 抽查了60个小区，其中有19个…
    private static bool IsWhole(string rest) => OfWhichPattern().IsMatch(rest);

    // by when something must be done is worth asking; in which year or month figures were counted, or a meeting met, is not
    private static bool IsIdleDate(string number, string before, string after, string rest) =>
        DatePattern().IsMatch(number) && !DeadlinePattern().IsMatch(after) && FigurePattern().IsMatch(before + "|" + rest[..(rest.IndexOf('。', StringComparison.Ordinal) is >= 0 and var end ? end : rest.Length)]);

    [GeneratedRegex(@"(?:[由从]|(?:标准|时限|比例|期限|价格|费用)为?)[^，。；0-9到至]{0,12}(?:[0-9]{4}年的?)?[^，。；0-9到至]{0,6}\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex FromPattern();

    [GeneratedRegex(@"\A[^，。；0-9]{0,12}(?:[到至为]|达到)[^，。；0-9]{0,4}[0-9]", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex ToPattern();

    [GeneratedRegex(@"\A[^，。；0-9]{0,16}，其中[^。；]{0,12}[0-9]|\A[^，。；0-9]{0,8}(?:户均|人均|平均|每[户人家][^，。]{0,4}均)[^，。；0-9]{0,8}[0-9]", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex OfWhichPattern();

    [GeneratedRegex(@"\A(?:[0-9]{4}年)?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?\z|\A(?:1[89]|20)[0-9]{2}\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex DatePattern();

    [GeneratedRegex(@"\A(?:[年月日]|月份)?(?:[底初末中]|[上中下]旬|年底)?(?:以前|之前|前(?!后)|止|为止)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex DeadlinePattern();

    [GeneratedRegex(@"[0-9]", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex FigurePattern();

    [GeneratedRegex(@"(?:只有|仅有?|只)1[^0-9.]*\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex OnlyOne();

    [GeneratedRegex(@"\A(?:[123]|[一二两三])[^0-9.%％万亿倍年成分]{0,3}\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Few();

    [GeneratedRegex(@"(?:每[^，]{0,8}|至少|至多|最多|最少|不少于|不超过|不低于|不高于|[由从][^，]{1,10}[到至])\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Measured();

    [GeneratedRegex(@"\A(?:[多余来]|[^，。0-9]{0,1}[多余]|岁的)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Approximate();

    [GeneratedRegex(@"(?:抽查|抽样|抽取|调查|走访|访问|询问)[^，。|]{0,8}\|[^0-9。]{0,24}|\|[^，。0-9]{0,14}(?:做|作|进行|开展)了?[^，。]{0,4}(?:调查|抽查|访问|测试|统计)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Surveyed();

    // 有一位姓甲的老师傅修了…
    [GeneratedRegex(@"\A(?:[^，。]{0,8}，)?有(?:一[位个次天年回]|[位个])|姓[^，。]{1,2}的", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Anecdote();
}
