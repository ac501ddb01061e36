using System.Text.RegularExpressions;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Structuring;

/// <summary>
/// Finds what must be shown before words that speak of someone or something named earlier (他, 该公司, 为此, a 合作社 whose full name stands in the sentence before), so that a reader
/// knows of whom or what: as many whole sentences of the paragraph as it takes.
/// </summary>
internal static partial class Contexts
{
    private const int Longest = 140;
    private const int MostSentences = 4;

    private const int ShortestAnswer = 12;

    // Before a pronoun that stands for something in its own sentence stand at least so many characters
    private const int ShortestNamed = 8;

    // The short name of something that is named whole elsewhere; what is called so all over the text is known
    private const int LongestShortName = 3;
    private const int MostUses = 3;

    /// <summary>Whether words speak of what they don't name.</summary>
    public static bool Lean(SourceText text, Place place)
    {
        var words = text.At(place);
        return Points(text, place) || Words.TiedToFormer().IsMatch(words) || Words.Connective().Match(words) is { Length: > 0 } tie && TyingPattern().IsMatch(tie.Value) || ShortNameOf(text, place) is not null;
    }

    /// <summary>Whether words point to something that they don't hold themselves.</summary>
    public static bool Points(SourceText text, Place place)
    {
        var words = text.At(place);
        foreach (var pointing in Words.Pointing().EnumerateMatches(words))
            if (!IsNamed(text, place, words, pointing.Index)) return true;
        return false;
    }

    /// <summary>A stretch of text with the sentences before it that name what it speaks of; null where they are too many, doubtful, or belong to another point.</summary>
    public static Place? Widened(SourceText text, Place place)
    {
        var taken = 0;
        var name = ShortNameOf(text, place);
        var isName = name is not null && !Points(text, place);
        foreach (var before in text.SentencesBefore(place))
        {
            var wide = place with { Start = before.Start };
            var asks = text.At(before).TrimEnd('”', '」') is [.., '？' or '?'];
            if (++taken > MostSentences || wide.Length > Longest || text.IsDoubtful(before) || text.HasMarker(wide) || OthersViews.AreIn(text, before) || Words.OfTalk().IsMatch(text.At(before)) || Words.Address().IsMatch(text.At(before)) || Words.Greeting().IsMatch(text.At(before))
                || text.At(wide).Count(c => c is '“' or '”') % 2 != 0 || text.IsSpoken(before)) return null;
            // what is only asked, and a few words after a question, name nothing
            // where a name is whole, the rest of that sentence may go on from another
            if (!asks && (!Lean(text, before) || (isName && IsWholeIn(text.At(before), name!) && text.At(before).AsSpan(0, Math.Min(before.Length, ShortestNamed)).IndexOfAny('他', '她') < 0)) && !(before.Length < ShortestAnswer && text.SentencesBefore(before).FirstOrDefault() is { } question && text.At(question) is [.., '？' or '?'])) return Names(text, place, wide) ? wide : null;
        }

        return null;
    }

    // 他 and 她 stand for somebody
    private static bool Names(SourceText text, Place place, Place wide) =>
        text.At(place).AsSpan(0, Math.Min(place.Length, ShortestNamed)).IndexOfAny('他', '她') is var at && (at < 0 || text.Voices.OthersIn(wide).Any(saying => saying.End <= place.Start) || PersonPattern().IsMatch(text.At(wide with { End = place.Start })));

    // 洛绒次姆说，她…; 一个母亲不懂…，但是她…; 机器能够给出答案，却不能替人承担这个答案
    private static bool IsNamed(SourceText text, Place place, string words, int at)
    {
        if (words[at] is '这' or '那' or '该' or '此' or '上')
        {
            var what = ThatPattern().Match(words, at);
            return what.Success && what.Index == at && what.Groups["what"].Value is { Length: > 0 } named && words.IndexOf(named, StringComparison.Ordinal) is >= 0 and var first && first < at - 1;
        }

        if (words[at] is '其') return at >= ShortestNamed;
        return words[at] is '他' or '她' or '它' && at >= 4 && words.AsSpan(0, at).IndexOfAny("他她它这那") < 0
            && ((text.Voices.OthersIn(place).FirstOrDefault() is { } saying && saying.Start == place.Start) || (at >= ShortestNamed && words.AsSpan(0, at).IndexOfAny("，。；") >= 0 && SomeonePattern().IsMatch(words[..at])));
    }

    // 去年，合作社214户…, where the sentence before has 贡布县卓玛合作社
    private static string? ShortNameOf(SourceText text, Place place)
    {
        var words = text.At(place);
        var start = WhenPattern().Match(words).Length;
        for (var length = LongestShortName; length >= 2; length--)
        {
            if (start + length >= words.Length || !ShortNameEnd().IsMatch(words.AsSpan(start, length))) continue;
            var name = words.Substring(start, length);
            // first within its paragraph, then, where that names it whole, over the text, whose counts are kept
            var paragraph = text.Paragraphs[place.Paragraph];
            if (!IsWholeIn(paragraph.Text.AsSpan(0, place.Start), name)) continue;
            return text.CountAlone(name, MostUses + 1) > MostUses ? null : name;
        }

        return null;
    }

    private static bool IsWholeIn(ReadOnlySpan<char> words, string name)
    {
        for (var at = words.IndexOf(name, StringComparison.Ordinal); at >= 0;)
        {
            if (IsPart(words, at)) return true;
            var next = words[(at + 1)..].IndexOf(name, StringComparison.Ordinal);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return false;
    }

    /// <summary>Whether what stands at an offset is the end of a longer name.</summary>
    internal static bool IsPart(ReadOnlySpan<char> words, int at) => at > 0 && Letters.IsHan(words[at - 1]) && !Joints.Contains(words[at - 1], StringComparison.Ordinal);

    private const string Joints = "的了在是和与及由向对为把将被从到给让使据按经以并而也都还就全本各这那该每";

    [GeneratedRegex(@"\G(?:这|那|该|此|上述)[一二两几个种些项件句份条名位座家类批]{0,2}(?<what>\p{IsCJKUnifiedIdeographs}{1,2})", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex ThatPattern();

    [GeneratedRegex("[位名](?!于|置|称)|(?<!校|成|增|市|省|县|区|局)长(?!期|远|达|度|江)|[师员民们者友姓](?!范|工|主|族)|叫|母亲|父亲|爷爷|奶奶|妈妈|爸爸|孩子|老人|男|女|先生|大夫|医生|学生|工人|农人|[老小][^，。]{1,2}(?=[，。])", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex PersonPattern();

    // someone or something at the start, in the same sentence
    [GeneratedRegex(@"\A(?:可是)?(?:[^，]{0,6}，)?[一有]?[一个位名]*[^，。他她它这那]{2,}", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex SomeonePattern();

    [GeneratedRegex(@"\A(?:[0-9]{4}年(?:[0-9]{1,2}月)?(?:底|初|以来)?|[去今前明当次同]年(?:[0-9]{1,2}月)?(?:底|初|以来)?|目前|当前|现在|如今|此前|近年来|截至[^，]{2,8})，?", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex WhenPattern();

    [GeneratedRegex(@"\A[^，。、0-9去今]{1,2}[社司台院校会局所站店厂馆园队部行]\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex ShortNameEnd();

    // what these tie to is needed; 当前，… and 此外，… begin anew
    [GeneratedRegex(@"\A(?:因此|所以|但是|不过|然而|[这此])", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex TyingPattern();
}
