using System.Text.RegularExpressions;

namespace StudyQuiz.Generation.Structuring;

/// <summary>
/// Tells whose words a text reports. A report of one speech says its speaker's words without naming the speaker each time; where several
/// speak, or someone is quoted once, a claim without its speaker would pass for what the text says itself.
/// </summary>
internal sealed partial class Voices
{
    // Who is heard once is quoted; who is heard again and again is whom the text is about
    private const int FewestOfOwn = 2;

    private const int LongestBeforeNoun = 12;
    private const int LongestName = 5;

    private readonly ILookup<int, Place> _others;

    /// <summary>What others than the text's own speaker say, in the order of the text.</summary>
    public IReadOnlyList<Saying> Others { get; }

    public Voices(IEnumerable<Sentence> sentences)
    {
        var sayings = new List<(Place Sentence, Place Saying, string Who, Place Named)>();
        (string Who, Place Named)? last = null;
        foreach (var sentence in sentences)
            foreach (Match match in SayingPattern().Matches(sentence.Text))
            {
                if (Speaker(match.Groups["who"].Value, match.Groups["noun"].Success) is not { } who) continue;
                var start = sentence.Place.Start + match.Groups["who"].Index;
                var named = new Place(sentence.Place.Paragraph, start, start + match.Groups["who"].Length);
                // what 他 says, the last one named says
                if (PronounPattern().IsMatch(who)) (who, named) = last ?? (who, named);
                last = (who, named);
                sayings.Add((sentence.Place, new Place(sentence.Place.Paragraph, start, sentence.Place.Start + match.Index + match.Length), who, named));
            }

        var own = sayings.Select(saying => saying.Who).FirstOrDefault(who => sayings.Count(other => IsSame(who, other.Who)) is >= FewestOfOwn and var count && count * 2 > sayings.Count);
        // 甲说，…，乙说，…: without the first speaker, the second would seem to say it all
        var mixed = sayings.GroupBy(saying => saying.Sentence).Where(sentence => sentence.Any(saying => !IsSame(saying.Who, sentence.First().Who))).Select(sentence => sentence.Key).ToHashSet();
        Others = [.. sayings.Where(saying => own is null || !IsSame(own, saying.Who) || mixed.Contains(saying.Sentence)).Select(saying => new Saying(saying.Sentence, saying.Saying, saying.Who, saying.Named))];
        _others = Others.Select(saying => saying.Words).ToLookup(saying => saying.Paragraph);
    }

    /// <summary>Who says what follows in a sentence.</summary>
    /// <param name="Sentence">The sentence.</param>
    /// <param name="Words">Who says it, with the verb and its comma.</param>
    /// <param name="Who">The last one named, where the words say 他.</param>
    /// <param name="Named">Where that name stands.</param>
    public sealed record Saying(Place Sentence, Place Words, string Who, Place Named);

    /// <summary>Who says it, with the verb and its comma, at each place where someone else than the text's own speaker begins to speak; in order.</summary>
    public IEnumerable<Place> OthersIn(Place place) => _others[place.Paragraph].Where(place.Overlaps);

    /// <summary>Who says what stands at a place within a sentence; null where it is the text's own speaker, or nobody is named.</summary>
    public Place? OtherBefore(Place sentence, Place place) => OthersIn(sentence).LastOrDefault(saying => saying.End <= place.Start);

    /// <summary>A place within a sentence with whoever says it and all between.</summary>
    public Place WithSpeaker(Place sentence, Place place) => OtherBefore(sentence, place) is { } saying ? place with { Start = Math.Max(sentence.Start, saying.Start) } : place;

    // Who speaks, without adverbs and without where and to whom; null where the words name nobody, or the text itself
    private static string? Speaker(string words, bool isNoun)
    {
        if (isNoun && NounPattern().IsMatch(words)) return null;
        var who = AdverbPattern().Replace(ConnectivePattern().Replace(words.Trim(), ""), "");
        if (SettingPattern().Match(who) is { Success: true, Index: > 1 } setting) who = who[..setting.Index];
        // 某学院院长甲建议: so many words before what may be a noun name somebody by his office, or nobody
        if (isNoun && words.Length > LongestBeforeNoun && Gates.Officeholder.NameBehind(who) is not { Length: <= LongestName }) return null;
        return who.Length == 0 || (who.Length == 1 && !PronounPattern().IsMatch(who)) || NobodyPattern().IsMatch(who) ? null : who;
    }

    // 王强 and 发言人王强, 校长 and 校长王强
    private static bool IsSame(string a, string b) =>
        a.StartsWith(b, StringComparison.Ordinal) || b.StartsWith(a, StringComparison.Ordinal) || a.EndsWith(b, StringComparison.Ordinal) || b.EndsWith(a, StringComparison.Ordinal);

    [GeneratedRegex(
        @"(?:\A|(?<=[，。；：！？“”…]))(?<who>[^，。；：！？“”…,.;:?!]{1,24}?)(?:(?:说|称|讲|指出|强调|表示|认为|提出|谈到|提到|回答|答道|问|追问|告诉[^，。：；“”]{1,8}|透露|提醒|坦言|声称|宣称|宣布|反驳|补充|以为|觉得|相信|感叹|写道|直言|断言|预测|质疑|承认)|(?<noun>要求|证明|建议|介绍|主张|呼吁|警告|解释|回应|估计|判断|回忆))(?:得[^，：“]{1,6})?(?:[，：]|(?=“))"
        + @"|(?:\A|(?<=[,;] |[,;] (?:but|and|while|whereas|though) ))(?<who>(?:[A-Z]|(?:the|a|one|another|our|my|his|her) )[^,.;:?!""“”]{1,40}?) (?:says?|said|stressed|noted|added|claims?|claimed|argues?|argued|insists?|insisted|warns?|warned|told [a-z]+|replied|answered|believes?|believed|thinks?|thought)(?: that\b)?,? ",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex SayingPattern();

    [GeneratedRegex(@"\A(?:[他她]们?|[Hh]e|[Ss]he|[Tt]hey)\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex PronounPattern();

    [GeneratedRegex(@"(?:还|又|也|则|都|曾|并|再|就|才|仍|常|同时|最后|接着|随后|明确|反复|特别|一致|进一步|再次|向|坚决|郑重|回应|解释|补充|笑着|感慨地?|激动地?|自豪地?|高兴地?)+\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex AdverbPattern();

    [GeneratedRegex(@"\A(?:但是?|而|不过|可是?|据|对此|同时|最后|随后|接着|[Bb]ut |[Aa]nd )+", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex ConnectivePattern();

    [GeneratedRegex(@"[在对就向从引]", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex SettingPattern();

    // the text itself, a meeting or a paper, and what only looks like someone who speaks: 总的来说, 可以说
    [GeneratedRegex(
        @"\A(?:[我咱]|笔者|本[报文刊台]|可以|应该|应当|或者|比如|譬如|例如|换句话|一般|总的|总之|简单|具体|也就是|就是|这|那|所以|不用|不能|不得不|老实|坦率|严格|要|必须|没有|只能|难道|We\b|I\b|It\b|This\b|That\b|There\b|What\b|If\b|When\b)|(?:文|文章|报道|报告|材料|讲话|会议?|大会|文件|规定|通知|意见|方案|纲要|数据|研究|调查|事实|实践|历史|结果|经验|[来是以该如话般])\z",
        RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex NobodyPattern();

    // 按照上级的要求, 提出新要求: the word is a noun there
    [GeneratedRegex(@"\A(?:按|依|照|根据|应|受|经|符合|适应|满足|达到|围绕|针对|为|提出|作出|[是有])|[的新出了个项些这那各高种]\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex NounPattern();
}
