using System.Text.RegularExpressions;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Facts;

/// <summary>
/// Finds the lists of a clause, and those of their items whose two ends are certain without knowing what a word is: what stands between
/// two 、 is whole; the last item ends before 等, 和 or 的 or with the clause; the first begins where it is as long as an item with the
/// same ending.
/// </summary>
internal static partial class Lists
{
    private const int LongestItem = 20;

    // 照料中心人多、老人多: of a single character that differs nobody knows whether it begins a word
    private const int ShortestOwn = 2;

    /// <summary>The lists with at least two items that are certain.</summary>
    public static IEnumerable<(IReadOnlyList<Place> Items, bool IsOpen)> Of(SourceText text, Place clause)
    {
        var words = text.At(clause);
        // never start a fact after 不能 or 避免 without it; who spoke or came is no list to be asked for
        if (Words.Negation().IsMatch(words) || PeoplePattern().IsMatch(words)) yield break;
        var quoted = Quotations.Inside(words, longest: int.MaxValue);
        var commas = Enumerable.Range(0, words.Length).Where(at => words[at] == '、' && !quoted[at] && !IsAmongNumbers(words, at)).ToList();
        if (commas.Count == 0) yield break;
        var (last, isOpen) = LastItems(words, commas[^1] + 1, commas);
        List<(int Start, int End)> items = [.. commas.Zip(commas.Skip(1), (from, to) => (from + 1, to)), .. last];
        if (FirstItem(words, commas[0], items) is { } first) items.Insert(0, first);
        var whole = items.Where(item => item.End - item.Start is >= 2 and <= LongestItem && IsWhole(words[item.Start..item.End])).ToList();
        if (whole.Count < 2) yield break;
        yield return ([.. whole.Select(item => new Place(clause.Paragraph, clause.Start + item.Start, clause.Start + item.End))], isOpen || words.StartsWith('如'));
    }

    // 三、四年级
    private static bool IsAmongNumbers(string words, int at) =>
        at > 0 && at + 1 < words.Length && "一二三四五六七八九十".Contains(words[at - 1], StringComparison.Ordinal) && "一二三四五六七八九十".Contains(words[at + 1], StringComparison.Ordinal);

    private static (List<(int Start, int End)> Items, bool IsOpen) LastItems(string words, int start, List<int> commas)
    {
        var rest = words[start..];
        var others = commas.Zip(commas.Skip(1), (from, to) => words[(from + 1)..to]).ToList();
        var etcetera = EtceteraPattern().Match(rest);
        var stop = etcetera.Success ? etcetera : BetweenPattern().Match(rest);
        var (end, isCertain) = stop.Success ? (stop.Index, true) : (rest.Length, false);
        if (!isCertain && !others.Any(other => other.Contains('的')) && rest.IndexOf('的') is > 1 and var of) (end, isCertain) = (of, true);
        var parts = new List<(int Start, int End)>();
        // 城市和乡村、平原和山区: here 和 binds an item together instead of adding the last
        var isBound = others.Count > 0 ? others.Any(other => AndPattern().IsMatch(other)) : AndPattern().IsMatch(words[Math.Max(0, commas[0] - LongestItem)..commas[0]]);
        if (!isBound && AndPattern().Match(rest[..end]) is { Success: true, Index: > 1 } and)
        {
            parts.Add((start, start + and.Index));
            if (isCertain || and.Index + and.Length + (others.Count == 0 ? and.Index : Median(others)) + 1 >= end) parts.Add((start + and.Index + and.Length, start + end));
        }
        else if (isCertain || (end == rest.Length && (others.Count == 0 || end <= Median(others) + 1)))
        {
            parts.Add((start, start + end));
        }

        return (parts, etcetera.Success);
    }

    private static int Median(List<string> items) => items.Count == 0 ? int.MaxValue / 2 : items.Select(item => item.Length).Order().ElementAt(items.Count / 2);

    // 以开放、服务、…: the function word before it is where the first item begins; 经济规律、自然规律: the items share their ending, so that the first is as long as the other
    private static (int Start, int End)? FirstItem(string words, int comma, List<(int Start, int End)> items)
    {
        if (OpeningPattern().Match(words[..comma]).Length is > 0 and var opening && comma - opening <= LongestItem && !(words[0] is '把' or '将' && MadeIntoPattern().IsMatch(words[opening..comma]))) return (opening, comma);
        // 由甲、乙组成
        if (MadeOfPattern().Match(words) is { Success: true } made && made.Groups["first"] is var head && head.Index + head.Length == comma) return (head.Index, comma);
        foreach (var (from, to) in items)
        {
            var (length, shared) = (to - from, 0);
            while (shared < length && shared < comma && words[comma - 1 - shared] == words[to - 1 - shared]) shared++;
            if (shared >= 2 && length - shared >= ShortestOwn && comma >= length && !char.IsLowSurrogate(words[comma - length]) && !words[(comma - length)..comma].Any(c => "，的和与及以把将由被、".Contains(c)) && (comma == length || !"未不非无没".Contains(words[comma - length - 1]))) return (comma - length, comma);
        }

        return null;
    }

    private static bool IsWhole(string item) =>
        item.Count(c => c is '“' or '”') % 2 == 0 && !item.Contains('，') && !Words.Pointing().IsMatch(item);

    [GeneratedRegex(@"等(?!于|到|待|级|同)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex EtceteraPattern();

    [GeneratedRegex(@"(?<=.{2})(?:之间|之类|之中)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex BetweenPattern();

    [GeneratedRegex(@"\A(?:如|以|从|按|把|将)(?=[^如以从按把将的和与]{2,}\z)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex OpeningPattern();

    // 把竹子做成竹筷、竹篮: the list is of what it is made into
    [GeneratedRegex(@"[成为在到给作入向往]", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex MadeIntoPattern();

    [GeneratedRegex(@"由(?<first>[^由、，的和与]{2,20})、.*(?:组成|构成|担任|负责|承担)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex MadeOfPattern();

    [GeneratedRegex(@"以及|(?<![平温柔谐总饱调缓共协])和(?![平谐睦缓解])|(?<![惠涉普触提波顾危遍])及(?![时格早])|(?<![参给赋])与(?!会|其)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex AndPattern();

    [GeneratedRegex(@"发言|出席|参加|陪同|会见|记者", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex PeoplePattern();
}
