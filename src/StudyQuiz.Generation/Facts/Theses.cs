using System.Text.RegularExpressions;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Facts;

/// <summary>
/// Finds what a sentence puts forward in a form that leaves no doubt: 不是甲，而是乙; 不在甲，而在乙; 不只是甲，更是乙; 根本在于乙. Where the subject stands in another sentence, or what
/// is put forward goes on, there is none.
/// </summary>
internal static partial class Theses
{
    private const int Shortest = 2;
    private const int Longest = 36;
    private const int LongestBeginning = 48;
    private const int LongestSubject = 20;

    // 最难忘的, 拼的, 往往
    private const int LongestWithout = 4;

    private const int ShortestTold = 4;
    private const int ShortestAnnounced = 12;

    /// <summary>
    /// What comes before the thesis, from where its subject is named, the thesis, how it is put, and the sentences before that name what it speaks of; null where a sentence has none.
    /// </summary>
    public static Thesis? Of(SourceText text, Place sentence)
    {
        if (!text.IsChinese) return !text.Voices.OthersIn(sentence).Any() && OfEnglish(text, sentence) is var (before, what) ? new Thesis(before, what) : null;
        var isSaid = text.Voices.OthersIn(sentence).Any();
        var whole = sentence with { Start = sentence.Start + Words.Address().Match(text.At(sentence)).Length };
        var said = isSaid ? whole : Headline.Said(text, whole);
        // who says it stands before it, and nobody else speaks
        var sayings = text.Voices.OthersIn(sentence).ToList();
        if (isSaid && (sayings.Count > 1 || sayings[0].Start != sentence.Start)) return null;
        var from = isSaid ? sayings[0].End - said.Start : MyThought().Match(text.At(said)).Length;
        return Plain(text, said, from) ?? Reversed(text, said, from) ?? Told(text, said, from);
    }

    private static Thesis? Plain(SourceText text, Place said, int skipped)
    {
        var words = text.At(said)[skipped..];
        if (ThesisPattern().Match(words) is not { Success: true } match) return null;
        var what = match.Groups["what"];
        var thesis = said with { Start = said.Start + skipped + what.Index, End = said.Start + skipped + what.Index + what.Length };
        var isSaid = text.Voices.OthersIn(said).Any();
        var beginning = said with { Start = said.Start + (isSaid ? 0 : skipped + Subject(words, match.Index)), End = thesis.Start };
        // 治得好的时候，我们靠的是本事
        if (!isSaid && Before(text, said, beginning) is { } when && (Words.Dependent().IsMatch(text.At(when)) || Unfinished.Is(text.At(when), ""))) beginning = beginning with { Start = when.Start };
        if (thesis.Length is < Shortest or > Longest || FirstPattern().IsMatch(text.At(thesis)) || beginning.Length > LongestBeginning || (match.Groups["named"].Success && text.At(beginning).Any(char.IsAsciiDigit)) || text.At(thesis).Count(c => c is '“' or '”') % 2 != 0 || Words.Broken().IsMatch(text.At(thesis))) return null;
        // it stands for the subject that the beginning names
        var isNamed = match.Groups["own"].Success || text.At(beginning) is var start && start.IndexOf('，', StringComparison.Ordinal) is >= 0 and var comma && comma < start.IndexOf('不', StringComparison.Ordinal);
        var told = beginning with { End = thesis.End };
        var leans = Words.TiedToFormer().IsMatch(text.At(beginning)) || Contexts.Lean(text, told) && !(isNamed && !Words.Pointing().IsMatch(ItPattern().Replace(text.At(told), "")));
        if (!leans && !LacksSubject().IsMatch(text.At(beginning))) return new Thesis(beginning, thesis);
        // 孩子们要下山了，老师送给他们的不只是…: the sentence itself says whom
        var own = beginning with { Start = said.Start };
        if (own.Length <= LongestBeginning && own != beginning && !Contexts.Lean(text, own with { End = thesis.End }) && !LacksSubject().IsMatch(text.At(own))) return new Thesis(own, thesis);
        return Contexts.Widened(text, said) is { } wide ? new Thesis(beginning, thesis) { Context = wide with { End = said.Start } } : null;
    }

    // the clause before a comma
    private static Place? Before(SourceText text, Place said, Place clause) =>
        clause.Start > said.Start && text.Paragraphs[clause.Paragraph].Text[clause.Start - 1] == '，' ? Clauses.Of(text, said with { End = clause.Start - 1 }) is [.., var before] ? before : null : null;

    // 愿意承担，才叫医生; 因为甲，所以乙
    private static Thesis? Reversed(SourceText text, Place said, int skipped)
    {
        var words = text.At(said)[skipped..];
        if (HowPattern().Match(words) is not { Success: true } match && WhyPattern().Match(words) is not { Success: true } _) return null;
        var form = HowPattern().Match(words) is { Success: true } ? ThesisForm.How : ThesisForm.Why;
        match = form == ThesisForm.How ? HowPattern().Match(words) : WhyPattern().Match(words);
        var at = said.Start + skipped;
        var thesis = said with { Start = at + match.Groups["what"].Index, End = at + match.Groups["what"].Index + match.Groups["what"].Length };
        var rest = said with { Start = at + match.Groups["rest"].Index, End = at + match.Groups["rest"].Index + match.Groups["rest"].Length };
        if (Words.Broken().IsMatch(text.At(thesis)) || text.Voices.OthersIn(said).Any()) return null;
        var told = thesis with { End = rest.End };
        return !Contexts.Lean(text, told) ? new Thesis(rest, thesis) { Form = form } : Contexts.Widened(text, said) is { } wide ? new Thesis(rest, thesis) { Form = form, Context = wide with { End = said.Start } } : null;
    }

    // 附的信上只写一行字：…; 探索“甲”工作法：第一…，第二…
    private static Thesis? Told(SourceText text, Place said, int skipped)
    {
        var words = text.At(said)[skipped..];
        if (text.HasMarker(said) || ToldPattern().Match(words) is not { Success: true } match) return null;
        var what = match.Groups["what"];
        var at = said.Start + skipped;
        var thesis = said with { Start = at + what.Index, End = at + what.Index + what.Length };
        var beginning = said with { Start = text.Voices.OthersIn(said).Any() ? said.Start : at, End = at + match.Groups["before"].Length };
        if (text.At(thesis).Count(c => c is '“' or '”') % 2 != 0 || text.Structure.AllSeries().Any(series => series.Lead is { } lead && lead.Overlaps(beginning)) || (thesis.Length < ShortestTold && text.At(said)[^1] is not ('”' or '。'))) return null;
        if (text.Paragraphs[said.Paragraph].Text.AsSpan(beginning.End) is ['：', '“', .. var quoted] && quoted.IndexOf('”') < what.Length - 2 && what.Value[0] is not '“') return null;
        // 照片背面写着一行字: which, the sentence before says
        if (beginning.Length >= ShortestAnnounced && !Contexts.Lean(text, beginning)) return new Thesis(beginning, thesis) { Form = ThesisForm.Told };
        return Contexts.Widened(text, said) is { } wide ? new Thesis(beginning, thesis) { Form = ThesisForm.Told, Context = wide with { End = said.Start } } : null;
    }

    private static (Place Beginning, Place Thesis)? OfEnglish(SourceText text, Place sentence)
    {
        if (EnglishPattern().Match(text.At(sentence)) is not { Success: true } match) return null;
        var what = match.Groups["what"];
        var (beginning, thesis) = (sentence with { End = sentence.Start + what.Index - 1 }, sentence with { Start = sentence.Start + what.Index, End = sentence.Start + what.Index + what.Length });
        return Words.Pointing().IsMatch(text.At(beginning)) || Words.TiedToFormer().IsMatch(text.At(beginning)) || text.IsDoubtful(sentence) ? null : (beginning, thesis);
    }

    // 走得远的人，往往不是…: a few words before 不 name no subject, which stands in the clause before
    private static int Subject(string words, int at)
    {
        if (at < 2 || words.IndexOf('不', at) - at > LongestWithout) return at;
        var before = words.AsSpan(0, at - 1).LastIndexOfAny('，', '；', '：');
        var clause = words[(before + 1)..(at - 1)];
        return words[at - 1] == '；' || clause.Length > LongestSubject || MyViewPattern().IsMatch(clause) ? at : before + 1;
    }

    [GeneratedRegex(@"\A我们?(始终|一直|总)?(想|看|认为|觉得|相信|常说)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex MyViewPattern();

    // to the end of the sentence; the only commas are those of the pair and one after the subject
    [GeneratedRegex(
        @"(?:\A|(?<=[，；]))(?:[^，。；：！？“”不]{1,24}，(?=(?:也|并)?不)|[^，。；：！？“”不]{2,24})(?:[并就也]?不是[^，。；：！？“”]{1,24}，而是(?:因为|为了)?|不在于?[^，。；：！？“”]{1,24}，而在于?|不(?:只|仅|仅仅|单单?)是[^，。；：！？“”]{1,24}，(?:而且|更)(?:还)?是|不(?:(?:只|仅|仅仅|光)?(?:能|要|应|该)|能(?:只|仅|光)|应(?:只|仅))[^，。；：！？“”]{2,24}，(?:而且|更|而|还)(?:还)?(?:要|应|应该|必须)|不(?<verb>\p{L}{1,2})[^，。；：！？“”]{1,20}，(?:[它他她]们?)?\k<verb>的(?:却|只|恰恰)?是)(?<what>[^，。；：！？“”、]+)[。！]?\z"
        + @"|(?:\A|(?<=[，；]))[^，。；：！？“”]{2,24}(?:根本|关键|核心|实质|本质|出路|意义|目的|原因)，?(?:就|还|都)?在于(?<what>[^，。；：！？“”、]+)[。！]?\z"
        + @"|\A不(?:能|要|应)(?:只|仅|光)[^，。；：！？“”]{2,24}，(?:而且|更|而|还)(?:要|应该?|必须)(?<what>[^，。；：！？“”、]+)[。！]?\z"
        // 企业的寿命取决于…, 木头的脾气就是…; 手艺的核心是…，而…
        + @"|(?:\A|(?<=[，；]))[^，。；：！？“”不]{2,24}(?:取决于|来源于|来自于|离不开|意味着)(?<what>[^，。；：！？“”、]{2,})[。！]?\z"
        + @"|\A(?<named>[^，。；：！？“”不这那此]{2,16})(?<![也才都一])就是(?<what>[^，。；：！？“”、]{3,})[。！]?\z"
        + @"|\A[^，。；：！？“”不这那此]{1,16}的(?:根本|关键|核心|实质|本质|目的|意义|前提|基础)(?:是|在)(?<what>[^，。；：！？“”、于]{2,})(?:[。！]?\z|，而)"
        + @"|\A[^，。；：！？“”不这那此有是]{2,14}是(?<what>[^，。；：！？“”、是]*(?:最[^，。；的]{1,4}的|第一|重中之重|根本|关键|前提|基础|保证|源泉)[^，。；：！？“”、是]{0,8})[。！]?\z"
        // 他要的是有一个人看着他的眼睛; 改的是房子，暖的是人心
        + @"|(?:\A|(?<=[，；]))[^，。；：！？“”]{1,16}(?<![真总只还都就可也不但有来似算说])的(?:只|就|都)?是(?!否)(?<what>[^，。；：！？“”、]{2,24}(?:，(?![^，。；]*的是)[^，。；：！？“”、]{2,14})?)(?:[。！]?\z|(?=；))"
        // 机器能够给出答案，却不能替人承担; 不是甲，是乙; 一个母亲不懂医学，但是她懂自己的孩子; 短板不在甲，而在“乙”
        + @"|\A[^，。；：！？“”]{3,26}，(?:却|但是?|可是?|然而)(?:又|也|还|并)?(?:不能|不会|没有|无法|不可能|不等于|代替不了|替代不了)(?<what>[^，。；：！？“”、]{3,24})[。！]?\z"
        + @"|(?:\A|(?<=[，；]))[^，。；：！？“”不]{0,20}不是[^，。；：！？“”]{1,20}，是(?<what>[^，。；：！？“”、]{2,24})[。！]?\z"
        + @"|(?<own>\A)[^，。；：！？“”]{1,16}不(?<verb>\p{L})[^，。；：！？“”]{1,12}，(?:但是?|可是?|却)(?:[它他她]们?)?\k<verb>(?<what>[^，。；：！？“”、]{2,16})(?=[，。])"
        + @"|\A[^，。；：！？“”不]{2,24}不在于?[^，。；：！？“”]{1,24}，而在于?(?<what>“[^“”，。]{2,16}”)(?:，即[^。“”]{2,30})?[。！]?\z"
        + @"|\A[^，。；：！？“”]{4,30}，?(?:这)?正?是因为(?<what>[^，。；：！？“”]{4,30})[。！]?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex ThesisPattern();

    // 第一责任人, 第一道关口, 重中之重: whatever is spoken of is called so
    [GeneratedRegex(@"\A(?:第一[^，]{0,4}|重中之重|根本|关键|前提|基础|保证)\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex FirstPattern();

    // 只有愿意承担，才叫医生
    [GeneratedRegex(@"\A(?:只有|唯有)?(?<what>[^，。；：！？“”]{3,24})，(?<rest>才(?![华干智刚到来])[^，。；：！？“”]{2,16})[。！]?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex HowPattern();

    [GeneratedRegex(@"\A因为(?<what>[^，。；：！？“”]{4,30})，(?:所以)?(?<rest>[^，。；：！？“”]{4,30})[。！]?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex WhyPattern();

    // a quotation, or what a way of doing something is
    [GeneratedRegex(@"\A(?<before>[^。！？；：]{4,46}(?:[一二两三四五六七八九十][个句行](?:字|词|话)|[写说讲唱念]的是|句话|[^，。；：！？]{0,6}[法诀]|“[^“”]{2,10}”(?:制度|办法|模式|要求|原则|工作法)?))：(?:“(?<what>[^“”]{2,40}?)[。！？]?”|(?<what>[^“”][^。！？]{3,88}))[。！？”]*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex ToldPattern();

    // 不是钱的问题，是…: of what, the sentence before says
    [GeneratedRegex(@"\A(?:[本从根并]?[就来本]*(?:不是(?![^，]*得)|不在)|我说)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex LacksSubject();

    // 我想，…; 我这才明白，…
    [GeneratedRegex(@"\A我们?(?:这才|总|常|一直|始终|越来越|慢慢|后来|也|才|就)*(?:想|明白|懂得|觉得|认为|相信|知道|体会到)，", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex MyThought();

    // The worth of a library lies not in its books but in its readers.
    [GeneratedRegex(@"\A[A-Z][^.;:?!“”]{4,80} not [^.;:?!“”]{3,70}?,? but (?:rather )?(?<what>[^,.;:?!“”]{8,90})[.]?\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex EnglishPattern();

    [GeneratedRegex("[它她他]们?", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex ItPattern();
}

/// <summary>What a sentence puts forward.</summary>
/// <param name="Beginning">What comes before it, or, where it comes first, what is said of it.</param>
/// <param name="What">The thesis.</param>
internal sealed record Thesis(Place Beginning, Place What)
{
    public ThesisForm Form { get; init; }

    /// <summary>The sentences before that name what it speaks of.</summary>
    public Place? Context { get; init; }
}
