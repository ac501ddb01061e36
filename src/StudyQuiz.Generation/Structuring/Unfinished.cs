using System.Text.RegularExpressions;

namespace StudyQuiz.Generation.Structuring;

/// <summary>
/// Tells clauses that leave what they say to the clause after their comma: a condition, a reason, a time, those whom something is done for, a subject whose
/// 是, 就 or 都 comes next. Where it can't be told, they are told together: a longer quote is no harm, half of one is.
/// </summary>
internal static partial class Unfinished
{
    /// <summary>The last clause that must be told with the one at a position; null where what it needs stands behind other punctuation than a comma.</summary>
    public static int? EndOf(SourceText text, IReadOnlyList<Place> clauses, int at)
    {
        var end = at;
        while (end + 1 < clauses.Count && IsComma(text, clauses[end]) && Is(text.At(clauses[end]), text.At(clauses[end + 1]))) end++;
        return (end + 1 < clauses.Count && Is(text.At(clauses[end]), "")) || Announces(text.At(clauses[end]), text.Paragraphs[clauses[end].Paragraph].Text[clauses[end].End..]) ? null : end;
    }

    /// <summary>Whether a clause is unfinished when this one follows; by itself where nothing does.</summary>
    public static bool Is(string clause, string next) =>
        ByEnd().IsMatch(clause) || ByBeginning().IsMatch(clause) || (Paired().Match(clause) is { Success: true } pair && !Closing().IsMatch(clause[(pair.Index + pair.Length)..]))
        || (ForWhom().IsMatch(clause) && !Done().IsMatch(clause))
        || (next.Length > 0 && (Takes().IsMatch(next) || (Counted().IsMatch(clause) && Counted().IsMatch(next)) || (Several().Match(clause) is { Success: true } one && Several().Match(next).Value == one.Value) || (Bare().IsMatch(clause) && !Words.Demanding().IsMatch(clause)) || Halves.Continue(next) || (Spent().IsMatch(clause) && SpentOn().IsMatch(next)) || (Threshold().IsMatch(clause) && Ruled().IsMatch(next))));

    /// <summary>Whether a clause only announces what comes after its colon: 总的要求是：.</summary>
    public static bool Announces(string clause, string rest) => rest is ['：' or ':', ..] && Announcing().IsMatch(clause);

    private static bool IsComma(SourceText text, Place clause) => text.Paragraphs[clause.Paragraph].Text.AsSpan(clause.End).StartsWith(text.IsChinese ? "，" : ",", StringComparison.Ordinal);

    [GeneratedRegex(@"([是为有]|如下|包括|分别|就是|\b(is|are|was|were|includes?|as follows))\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Announcing();

    // 逾期不还的; 雨停之后; 住户搬走时; 2022年改造的42个小区中; 参加的1340名同学里
    [GeneratedRegex(@"的\z|(?<![可所予加给得能])以[^，为]{3,}的[^，的]{2}\z|(之前|之后|以前|以后|以来|[年月周天]来|之际|之下|期间|的话|时候|情况下|前提下|背景下|条件下|过程中|基础上|来看|来说|而言)\z|(?<![落滞前先])后\z|(?<![小及准按定限临课工学平同])时\z|[0-9]+[件个项起家人名位条户]([^，是有的]{0,6}里|[^，是有的]{0,4}中)\z|[前后][0-9]+(天|日|周|年|个月|小时|分钟)\z"
        // 计划到2028年底: by when, and not what
        + @"|(?:计划|预计|争取|力争|打算|确保|要求)(?:到|在|于)[^，]{2,12}[年月底末初旬前]\z|\A(?:[^，到]{0,4}提出|[^，到]{0,2})到[^，]{2,10}[年月底末初旬前]\z"
        // 甲局在乙和丙的领导下; 乙中心从6月起; 18日在甲地举行的会上
        + @"|(?<![留停放摆写建站住坐落设挂生现立压集用花扑做存躺守躲藏埋记刻印贴处实存])在[^，是]{2,}(?<![以之])[上下]\z|[自从][^，是]{1,14}起\z"
        // 以“甲”行动为主线
        + @"|\A以[^，是]{2,20}为[^，了]{1,4}\z"
        // 用两年时间: how, and not what for
        + @"|(?<![使采作起费占利费专通])[用花以][^，是为了有]{1,8}(时间|工夫|办法|形式|手段)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex ByEnd();

    // what only says when, where, why, by what or for what; in English without a word that must be a verb's
    [GeneratedRegex(@"\A(凡(?![人事间响尘])|[和与跟](?![谐平解气睦时样步其])[^，]*(?<!关系|一致|相反|不同|一样|无关|有关|相关)\z|为了|为(?=实现|完成|确保|做好|落实|贯彻)|随着|按照|根据|依据|依照|围绕|针对|面对|对于|关于|截至|由于|因为(?![^，]*了\z)|为(?![了此人])[^，是]{4,}(?<![力作务])\z|在[^，]{2,}[上中下里前后内间]\z|[自从][^，]*起\z|当[^，]*时\z"
        + @"|(who|whose|which|where|that|If|When|While|Although|Though|Because|Since|As|Unless|Until|After|Before|Once|Instead of|Rather than|Without|Despite|Where|Whether) "
        + @"|(From|In|On|At|By|For|Over|During|Within|Between|Among|To) (?![^,]*\b(is|are|was|were|be|been|will|would|can|could|must|may|might|shall|should|has|have|had|do|does|did)\b)[^,]*\z)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex ByBeginning();

    // the first half of a pair of words, wherever it stands
    [GeneratedRegex(@"如果|假如|假使|倘若|(?<![只首重主需])要是|一旦|只要|除非|即使|即便|哪怕|无论|不管|尽管|虽然|既然|与其|凡是|不仅|不但|不只|不光", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Paired();

    // its second half within the same clause
    [GeneratedRegex(@"[就才便则都也更还均]|而且|不得|必须|不如", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Closing();

    // for or to whom something is done, and nothing that is
    [GeneratedRegex(@"\A(要|应|还要|并)?对(?![外内口方立])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex ForWhom();

    [GeneratedRegex(@"(?<!需)要(?!求)|[应须必可不将会了着过均逐严]|[具没]?有|(?<=.{2})是|进行|[予给]以|给予|加以|[作做]出|实行|实施|采取|开展|一律|全部|负责|表示|提出|产生|造成|构成|依法|感到|充满", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Done();

    // 第一次提醒，第二次约谈: the first of a row
    [GeneratedRegex(@"\A[^，]{0,2}(第[一二三四五六七八九十]{1,2}|首)[次回步年季]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Counted();

    // 县里拿出260万元，为…: on what
    [GeneratedRegex(@"(拿出|拨出|挤出|投入|安排|筹集|列支)[^，]*[0-9一二三四五六七八九十百千万亿]元\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Spent();

    [GeneratedRegex(@"\A(为|给|对|用于|用来|用在|支持|补贴|奖励|专门)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex SpentOn();

    // 有的是老朋友，有的…
    [GeneratedRegex(@"\A(有的|有些|一边|一面|有时|一会儿)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Several();

    // 工作满十年的司机: whom it is about, and nothing of them
    [GeneratedRegex(@"\A[^，是有让把将与对为]{3,}的(?!话)[^，的了着过得到上中下]{2,3}\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Bare();

    // what goes on from a subject or a condition in the clause before: 就…, 都…, 一个月就能…
    [GeneratedRegex(@"\A(就(?![业餐医近读学任职绪诊座连像是])|便(?![民利捷于])|才(?![华干智艺])|则|都(?!市)|均(?![衡匀等])|皆|即可|方可|方能|可以|而[是在]|[0-9〇零一二三四五六七八九十年月日号底前内后上中下旬]{2,8}(要(?!求)|必须|应当?|须|全部|一律))|\A[^，“]{1,6}(?<![成造迁高])就(?![业餐医近读学任职绪诊座是])|\A[^，“]{1,6}(?<![人英天多口文刚])才(?![华干智艺])|\A[^，“]{1,6}(?<![规原准法守细])则", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Takes();

    // 水深超过30厘米, 满60岁
    [GeneratedRegex(@"(超过|不足|低于|高于|少于|多于|未满|不满|年满|达到)[0-9一二三四五六七八九十百千万两][^，]{0,6}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Threshold();

    [GeneratedRegex(@"\A[^，]{0,5}([应须可均由将予]|要(?!求)|必须|不得|不能|一律|免|按)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Ruled();
}
