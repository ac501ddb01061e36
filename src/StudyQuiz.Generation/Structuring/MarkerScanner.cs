using System.Text.RegularExpressions;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Structuring;

/// <summary>Finds the places of a paragraph where a point may be numbered.</summary>
internal static partial class MarkerScanner
{
    private const string SentenceEnds = "。！？!?.…";
    private const string ClauseEnds = SentenceEnds + "；;：:】";

    /// <summary>One way of numbering: how it looks, and after which punctuation it may stand (it may always open a paragraph).</summary>
    private sealed record Form(MarkerStyle Style, Regex Pattern, string After);

    private static readonly string[] _joiners = ["and", "or", "以及", "及", "和"];

    private static readonly Form[] _forms =
    [
        new(MarkerStyle.Chapter, ChapterPattern(), ""),
        new(MarkerStyle.Article, ArticlePattern(), ""),
        new(MarkerStyle.OrdinalWord, OrdinalPattern(), ClauseEnds),
        new(MarkerStyle.NumberIs, NumberIsPattern(), ClauseEnds + "，,、"),
        new(MarkerStyle.NumberComma, NumberCommaPattern(), SentenceEnds),
        new(MarkerStyle.NumberInBrackets, NumberInBracketsPattern(), ClauseEnds),
        new(MarkerStyle.Digit, DigitPattern(), ClauseEnds),
        new(MarkerStyle.DigitInBrackets, DigitInBracketsPattern(), ClauseEnds + "，,、"),
        new(MarkerStyle.SequenceWord, SequencePattern(), ClauseEnds),
        new(MarkerStyle.StepWord, FirstStepPattern(), ClauseEnds + "，,"),
        new(MarkerStyle.StepWord, NextStepPattern(), ClauseEnds),
        new(MarkerStyle.Dash, DashPattern(), SentenceEnds),
    ];

    public static IEnumerable<Marker> Find(CleanParagraph paragraph, int index)
    {
        var text = paragraph.Text;
        var quoted = Quotations.Inside(text, longest: int.MaxValue);
        for (var at = 0; at < text.Length; at++)
        {
            // brackets are part of some markers, so it is the character before that must stand free
            if (at > 0 && quoted[at - 1]) continue;
            if (_forms.Where(form => MayStandAt(text, at, form)).Select(form => Read(form, text, index, at)).FirstOrDefault(marker => marker is not null) is not { } found) continue;
            yield return found;
            at += found.Place.Length - 1;
        }
    }

    /// <summary>The marker at an offset, whatever stands before it; null where there is none. A dash counts nothing and is none here, nor is a word such as 'then'.</summary>
    public static Marker? At(string text, int at) => _forms.Where(form => form.Style is not (MarkerStyle.Dash or MarkerStyle.StepWord)).Select(form => Read(form, text, 0, at)).FirstOrDefault(marker => marker is not null);

    private static bool MayStandAt(string text, int at, Form form)
    {
        if (text[at] == ' ') return false;
        var before = at - 1;
        while (before >= 0 && (text[before] == ' ' || "”’」』）)".Contains(text[before]))) before--;
        if (before < 0) return at == 0;
        // 他指出，第一要…
        if (form.Style is MarkerStyle.OrdinalWord or MarkerStyle.SequenceWord && text[before] is '，' or ',' && IsSaying(text, before)) return true;
        return form.After.Contains(text[before]) || (form.Style is MarkerStyle.NumberInBrackets or MarkerStyle.DigitInBrackets && MayStandAfterJoiner(text, at, form));
    }

    // only who speaks stands between the start of the sentence and the comma
    private static bool IsSaying(string text, int comma)
    {
        var start = comma;
        while (start > 0 && !SentenceEnds.Contains(text[start - 1])) start--;
        return Words.Attribution().Match(text[start..(comma + 1)]).Length == comma + 1 - start;
    }

    // Within a sentence, brackets show even without punctuation that a point begins: (1) … and (2) …. What follows another number, as in
    // 'see (1) and (2)', only refers to points
    private static bool MayStandAfterJoiner(string text, int at, Form form)
    {
        var before = BeforeJoiner(text, at) - 1;
        if (before + 1 == at) return false;
        while (before >= 0 && text[before] == ' ') before--;
        if (before < 0) return false;
        return form.After.Contains(text[before]) || (form.Style == MarkerStyle.DigitInBrackets && text[before] is not (')' or '）'));
    }

    /// <summary>Where the 'and' begins that joins what is numbered at an offset to the point before it; the offset itself where there is none.</summary>
    public static int BeforeJoiner(string text, int at)
    {
        var end = at;
        while (end > 0 && text[end - 1] == ' ') end--;
        foreach (var joiner in _joiners)
        {
            var start = end - joiner.Length;
            if (start <= 0 || string.CompareOrdinal(text, start, joiner, 0, joiner.Length) != 0) continue;
            if (!char.IsAsciiLetter(joiner[0]) || !char.IsAsciiLetterOrDigit(text[start - 1])) return start;
        }

        return at;
    }

    private static Marker? Read(Form form, string text, int paragraph, int at)
    {
        if (form.Pattern.Match(text, at) is not { Success: true, Length: > 0 } match) return null;
        if (form.Style is MarkerStyle.NumberComma or MarkerStyle.OrdinalWord && Coordinations.IsAt(text, at)) return null;
        var (number, isLast) = Read(form.Style, match);
        return new Marker(form.Style, number, isLast, new Place(paragraph, at, at + match.Length));
    }

    private static (int Number, bool IsLast) Read(MarkerStyle style, Match match)
    {
        if (style == MarkerStyle.Dash) return (0, false);
        if (style == MarkerStyle.StepWord) return (match.ValueSpan[0] == '先' ? 1 : 0, false);
        var word = match.Groups["n"].Value;
        if (style == MarkerStyle.SequenceWord) return SequenceWords(word);
        return (ChineseNumber.Parse(word), false);
    }

    private static (int Number, bool IsLast) SequenceWords(string word) => word.ToUpperInvariant() switch
    {
        "首先" or "FIRST" or "FIRSTLY" or "FIRST OF ALL" => (1, false),
        "SECOND" or "SECONDLY" => (2, false),
        "THIRD" or "THIRDLY" => (3, false),
        "FOURTH" => (4, false),
        "FIFTH" => (5, false),
        "最后" or "FINALLY" or "LASTLY" => (0, true),
        _ => (0, false),
    };

    // 第一 counts only with punctuation or 是 after it, or after 点, 句话 and the like: 第一动力 and 第一位 name no point
    [GeneratedRegex(@"\G第(?<n>[一二三四五六七八九十]{1,3})(?:(?:点|句话?|条|件事?|个?方面|项|步)(?:[，：:,]|就?是)|(?:种|个|类|层|重)[^，。；：、是“”]{0,6}就?是(?!否)|[，、：:,]|是|要(?![务素点义领害求]))\s*", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex OrdinalPattern();

    [GeneratedRegex(@"\G(?<n>[一二三四五六七八九十]{1,3})(?:是|要)(?![一二三四五六七八九十])", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex NumberIsPattern();

    [GeneratedRegex(@"\G(?<n>[一二三四五六七八九十]{1,3})、\s*", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex NumberCommaPattern();

    [GeneratedRegex(@"\G[（(](?<n>[一二三四五六七八九十]{1,3})[）)][、，]?\s*", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex NumberInBracketsPattern();

    // not 3.5, nor a date
    [GeneratedRegex(@"\G(?<n>[0-9]{1,2})(?:[.．](?![0-9])|、(?![0-9])|[)）])\s*", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex DigitPattern();

    [GeneratedRegex(@"\G(?:[（(](?<n>[0-9]{1,2})[）)]|(?<n>[①-⑳]))[、，]?\s*", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex DigitInBracketsPattern();

    [GeneratedRegex(@"\G(?:(?<n>首先|其次|再次|再者|最后)[，,：:]?(?:就?是(?![否非]))?|(?<n>First of all|First|Firstly|Second|Secondly|Third|Thirdly|Fourth|Fifth|Next|Finally|Lastly),\s*)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex SequencePattern();

    // 先…；再…；然后…: steps of one sentence
    [GeneratedRegex(@"\G先(?:要|得|是)?(?![进后生锋导例前天行期河烈辈祖驱兆机决于，])", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex FirstStepPattern();

    [GeneratedRegex(@"\G(?:再(?:要|是)?(?![次三也者说见生度现来多大好难忙苦不怎有]))|\G(?:然后|接着|随后|而后)[，,]?(?:要|是)?", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex NextStepPattern();

    [GeneratedRegex(@"\G[—–―─]{2,3}\s*", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex DashPattern();

    [GeneratedRegex(@"\G第(?<n>[一二三四五六七八九十]{1,3})(?:章|节|编|篇|部分)[　、，：: ]*", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex ChapterPattern();

    // 第一条， is one of several points in a speech
    [GeneratedRegex(@"\G第(?<n>[一二三四五六七八九十]{1,3})条(?:[\u3000 、：:]+|(?=[^，是])|\z)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex ArticlePattern();
}
