using System.Text.RegularExpressions;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Facts;

/// <summary>What single sentences hold: lists, coinages, framed terms, numbers, and how they end.</summary>
internal static partial class SentenceFacts
{
    internal const int ShortestFrame = 10;
    private const int ShortestWhole = 5;
    internal const int LongestFrame = 56;

    // Of a list with nothing beside it, each item is at most so long
    private const int LongestOfBareList = 4;

    private const int ShortestCounted = 8;

    // 松茸, one of six kinds: of so short a thing nobody knows whether it is one of them
    private const int ShortestListed = 3;

    private const int LongestAlike = 4;

    private const int ShortestAfterSemicolon = 8;

    // A text in which hundreds speak is a list
    private const int MostVoices = 200;

    // 三个关系, 四个坚持
    private const int MostAnnounced = 10;

    // Less around a blank does not say what it is about
    private const int ShortestAround = 5;

    // 实施“＿＿＿”计划: whatever is filled in fits; the quotation marks are counted
    private const int ShortestAroundCoinage = 12;

    /// <param name="isWhole">A few words of it say enough to be a question.</param>
    /// <param name="isShort">Of a short text, whatever ends a sentence is asked for.</param>
    public static IEnumerable<Fact> Of(SourceText text, KeyPointOwners owners, Place whole, bool isWhole, bool isShort)
    {
        var sentence = text.WithoutLabel(whole);
        // 同志们，…: what is told begins behind it
        var address = Words.Address().Match(text.At(sentence));
        if (address.Length > 0 && address.Length < sentence.Length) sentence = sentence with { Start = sentence.Start + address.Length };
        // 她认为，…: where others speak as well, it would pass for what the text says, or for somebody else's
        if (text.IsChinese && text.Voices.Others.Count > 0 && PronounSays().IsMatch(text.At(sentence))) yield break;
        // what or how is only asked
        if (owners.Of(sentence) is null || (text.IsChinese && text.At(sentence).TrimEnd('”', '」') is [.., '？' or '?'])) yield break;
        var clauses = Clauses.Of(text, Headline.Said(text, sentence));
        var shortest = (isWhole ? ShortestWhole : ShortestFrame) * text.Scale;
        for (var i = 0; i < clauses.Count; i++)
        {
            if (Words.Broken().IsMatch(text.At(clauses[i])) || text.Voices.OthersIn(sentence).Any(saying => saying.Holds(clauses[i]))) continue;
            var owner = owners.Of(clauses[i])!;
            if (Told(text, sentence, clauses, i) is not { } qualified) continue;
            var frame = Frame(text, clauses, i, shortest, qualified);
            foreach (var fact in Lists.Of(text, clauses[i]).Where(_ => qualified.Length <= LongestFrame * text.Scale).Select(list => new ListFact(owner, qualified, qualified, list.Items, list.IsOpen))) yield return fact;
            // 清明前后五天，…: a few words before a comma only say when
            var counted = text.IsChinese && i == 0 && clauses.Count > 1 && clauses[0].Length < ShortestCounted ? null : FromStart(text, clauses, i, qualified);
            // 他坦言，…: by the name, where the sentences that have it are too many to show
            var (spoken, speaker) = counted is null && text.IsChinese ? WhoseWords(text, sentence, clauses, i) : default;
            foreach (var (answer, role) in Terms(text, clauses, i))
                // of what, where and when a number is, the sentence says from its start
                if ((role == TermRole.Number ? counted ?? spoken : frame) is { } around && !(role == TermRole.ListItem && (IsBareList(text.At(around)) || IsOnlyList(text.At(around)))) && (role != TermRole.Number || (!OfSpeaker().IsMatch(text.At(around)) && WorthAsking.Is(text, around, answer))) && IsTelling(text, answer)
                    && Around(text, around, answer) >= (role == TermRole.Coinage ? ShortestAroundCoinage : ShortestAround) * (text.IsChinese ? 1 : 2)) yield return new TermFact(owner, around, around, answer, role) { Speaker = around == spoken ? speaker : null };
        }

        if (!text.Voices.OthersIn(sentence).Any() && text.SpeakerOf(sentence) is null && Judgement(text, sentence) is { } judgement) yield return new JudgementFact(owners.Of(judgement.Judgement)!, sentence, judgement.Opening, judgement.Judgement);
        if (text.SpeakerOf(sentence) is null) foreach (var row in Rows.Of(text, owners, sentence)) yield return row;
        var thesisOf = Theses.Of(text, sentence);
        if (thesisOf is { } thesis && (text.SpeakerOf(sentence) is null || (thesis.Context is null && thesis.Form == ThesisForm.Plain)) && owners.Of(thesis.What) is { } point)
            yield return new ThesisFact(point, new Place(sentence.Paragraph, Math.Min(thesis.Beginning.Start, thesis.What.Start), Math.Max(thesis.Beginning.End, thesis.What.End)), thesis.Beginning, thesis.What)
            { Form = thesis.Form, Context = thesis.Context, IsSaid = text.Voices.OthersIn(sentence).Any(), Speaker = text.SpeakerOf(sentence) };
        var demanded = text.SpeakerOf(sentence) is null ? Demands.Of(text, sentence) : null;
        // what is demanded or put forward is asked for as that
        if (demanded is null && thesisOf is null && address.Length == 0 && Endings.Of(text, clauses, shortest, isShort) is { } ending && ending.Beginning.Start <= Qualified.Of(text, sentence, ending.Ending).Start) yield return new EndingFact(owners.Of(ending.Ending)!, new Place(sentence.Paragraph, ending.Beginning.Start, ending.Ending.End), ending.Beginning, ending.Ending, ending.Tie);
        if (demanded is { } demand && owners.Of(demand.Demand) is { } who)
            yield return new DemandFact(who, new Place(sentence.Paragraph, demand.Beginning.Start, demand.Demand.End), demand.Beginning, demand.Demand);
    }

    private static IEnumerable<(Place Answer, TermRole Role)> Terms(SourceText text, IReadOnlyList<Place> clauses, int at)
    {
        var clause = clauses[at];
        var words = text.At(clause);
        foreach (var list in Lists.Of(text, clause)) foreach (var item in list.Items) if (item.Length <= 16 && (!text.IsChinese || item.Length >= (list.IsOpen ? ShortestListed + 1 : ShortestListed)) && !(text.IsChinese && Adverbial().IsMatch(words)) && !IsLikeAnother(text, item, list.Items) && !(text.IsChinese && text.At(item).Any(char.IsAsciiDigit))) yield return (item, TermRole.ListItem);
        // what is denied is guessed from what is affirmed beside it: 不是“甲”，而是“乙”
        foreach (Match match in CoinagePattern().Matches(words))
            if (!IsDenied(words[..match.Index]) && !IsExplained(text, clauses, at)) yield return (Part(clause, match.Groups["x"]), TermRole.Coinage);
        foreach (Match match in FramePattern().Matches(words)) yield return (Part(clause, match.Groups["x"]), TermRole.Framed);
        var quoted = text.IsChinese ? Quotations.Inside(words, longest: int.MaxValue) : [];
        foreach (Match match in NumberPattern().Matches(words))
            // what somebody happens to say in figures is not what is told
            if (!(text.IsChinese && quoted[match.Index]) && Part(clause, match.Groups["x"]) is var number && IsTold(match, words) && WrittenNumbers.Counts(text.Paragraphs[clause.Paragraph].Text, number.Start, number.End)) yield return (number, TermRole.Number);
        if (at > 0 && text.At(clauses[at - 1]).Contains("不仅", StringComparison.Ordinal) && ClimaxPattern().Match(words) is { Success: true } climax)
            yield return (Part(clause, climax.Groups["x"]), TermRole.Climax);
    }

    // 施工单位、监理单位: who reads the one guesses the other
    private static bool IsLikeAnother(SourceText text, Place item, IReadOnlyList<Place> items) =>
        text.IsChinese && item.Length <= LongestAlike && items.Any(other => other != item && text.At(other)[^2..] == text.At(item)[^2..]);

    // of one thing, or of a few of what the clause announces, nobody counts; a day has 24小时 wherever
    private static bool IsTold(Match number, string clause)
    {
        var words = number.Groups["x"].Value;
        if (clause[..number.Index].Count(c => c == '、') is > 0 and var commas && words.StartsWith((commas + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal) && !char.IsAsciiDigit(words.ElementAtOrDefault(1))) return false;
        // that all is as it should be, and what the same clause tells again, who reads the rest needs not to know
        if (WholePattern().IsMatch(words) || IsToldAgain(number, clause)) return false;
        if (words.StartsWith("24", StringComparison.Ordinal) || words.StartsWith("二十四", StringComparison.Ordinal)) return !clause.AsSpan(number.Index).StartsWith("24小时") && !clause.AsSpan(number.Index).StartsWith("二十四小时");
        if (number.Groups["n"] is not { Success: true } figures) return words.Contains("分之", StringComparison.Ordinal) || !char.IsAsciiLetter(words[0]) || !AnnouncedPattern().IsMatch(clause);
        // 三次产业 are a name
        if (words.EndsWith('次') && words.Length == figures.Length + 1 && number.Index == 0) return false;
        // 小学、初中、高中三套: who reads the list needs no number
        return ChineseFigures.Parse(figures.Value) is { } value && value != clause[..number.Index].Count(c => c == '、') + 1 && value > (words.EndsWith('个') ? MostAnnounced : 1) && (value > MostAnnounced || !AnnouncedPattern().IsMatch(clause));
    }

    // 7名…分别进驻…七个病区; 甲、乙、丙和丁四…
    private static bool IsToldAgain(Match number, string clause)
    {
        if (Value(number.Groups["x"].Value) is not (>= 2 and var value)) return false;
        if (!SharedOut().IsMatch(clause)) return false;
        var rest = clause.Remove(number.Groups["x"].Index, number.Groups["x"].Length);
        return FigurePattern().Matches(rest).Any(other => Value(other.Value) == value)
            || (rest.Count(c => c == '、') is > 0 and var commas && commas + (AndPattern().IsMatch(rest) ? 2 : 1) == value);
    }

    private static decimal? Value(string words) =>
        FigurePattern().Match(words) is not { Success: true } figure ? null
        : char.IsAsciiDigit(figure.Value[0]) ? decimal.Parse(figure.Value, System.Globalization.CultureInfo.InvariantCulture)
        : ChineseFigures.Parse(figure.Value);

    // 选料、开料、刨平: of what, it does not say
    private static bool IsBareList(string words) => words.Split('、') is { Length: > 2 } items && Array.TrueForAll(items, item => item.Length <= LongestOfBareList);

    // 学生交了多少、财政补了多少: without a word beside the list, half of it is no sentence to fill
    private static bool IsOnlyList(string words) => words.IndexOfAny(['，', '；', '：']) < 0 && words.Split('、') is { Length: > 1 } items && Math.Abs(items[0].Length - items[^1].Length) <= 2 && Array.TrueForAll(items, item => Math.Abs(item.Length - items[0].Length) <= 2);

    // 2023年＿＿＿: figures say nothing of what a number is about, nor does a measure at the end, 今年要建＿＿＿张
    private static int Around(SourceText text, Place frame, Place answer)
    {
        var after = text.At(frame with { Start = answer.End });
        var isNumber = after.Length == 0 || char.IsAsciiDigit(text.At(answer)[0]);
        return frame.Length - answer.Length - (isNumber ? OnlyWhen().Match(text.At(frame with { End = answer.Start })).Length : 0) - text.At(frame with { End = answer.Start }).Count(char.IsAsciiDigit) - after.Count(char.IsAsciiDigit) - (after is ['张' or '份' or '块' or '根' or '棵' or '辆' or '台' or '间' or '户' or '株' or '套'] ? 1 : 0);
    }

    private static bool IsDenied(string before) => DenialPattern().IsMatch(before);

    // 有人管它叫“甲”，这…: what is called so is judged in a later clause, without which it must not be quoted; “三不”：不…, 即…: what it means comes next, and is what there is to know
    private static bool IsExplained(SourceText text, IReadOnlyList<Place> clauses, int at) =>
        clauses.Skip(at + 1).Any(later => text.At(later) is ['这' or '那', ..])
        || (at + 1 < clauses.Count && (RestatesPattern().IsMatch(text.At(clauses[at + 1])) || text.Paragraphs[clauses[at].Paragraph].Text[clauses[at].End] == '：'));

    private static Place Part(Place clause, Group group) => new(clause.Paragraph, clause.Start + group.Index, clause.Start + group.Index + group.Length);

    // A clause with its speaker and conditions, and with what comes after it where it says nothing alone; null where that is broken, or somebody else's words
    private static Place? Told(SourceText text, Place sentence, IReadOnlyList<Place> clauses, int at)
    {
        if (Unfinished.EndOf(text, clauses, at) is not { } end) return null;
        var qualified = Qualified.Of(text, sentence, clauses[at]);
        var told = clauses.Take(end + 1).Skip(at + 1).ToList();
        return told.Exists(clause => Words.Broken().IsMatch(text.At(clause)) || text.Voices.OthersIn(sentence).Any(saying => saying.Holds(clause)))
            ? null : qualified with { End = Math.Max(qualified.End, clauses[end].End) };
    }

    // The clause, with as many before it as a reader needs, who says it and its condition among them; it occurs once in the whole text and points nowhere
    private static Place? Frame(SourceText text, IReadOnlyList<Place> clauses, int at, int shortest, Place qualified)
    {
        if (text.IsChinese && TurnsWithoutSubject().IsMatch(text.At(clauses[at]))) return null;
        var isCall = clauses.Any(clause => Words.Demanding().IsMatch(text.At(clause)));
        for (var from = at; from >= 0; from--)
        {
            // what stands before a semicolon is about something else
            if (from < at && text.Paragraphs[clauses[at].Paragraph].Text.AsSpan(clauses[from].End, clauses[from + 1].Start - clauses[from].End).Contains('；')) return null;
            var frame = new Place(clauses[at].Paragraph, clauses[from].Start, qualified.End);
            if (frame.Length > LongestFrame * text.Scale) return null;
            var words = text.At(frame);
            // what comes later in a sentence that calls upon nobody has lost its subject
            var isDependent = from > 0 && (DependsOnFormer().IsMatch(words) || (text.IsChinese && !isCall && !IsAfterSemicolon(text, clauses, from)));
            if (frame.Length >= shortest && frame.Start <= qualified.Start && !isDependent && text.Count(words, 2) == 1)
                return IsPart(text, clauses, from, frame) ? null : frame;
        }

        return null;
    }

    // All from the start of the sentence, or of what is said after a semicolon, to the end of the clause
    private static Place? FromStart(SourceText text, IReadOnlyList<Place> clauses, int at, Place qualified)
    {
        var from = at;
        while (from > 0 && !IsAfterSemicolon(text, clauses, from)) from--;
        // 出现两次的，亮红牌: of what, the words before the semicolon say
        if (from > 0 && text.IsChinese && clauses[from].Length < ShortestAfterSemicolon && qualified.End - clauses[0].Start <= LongestFrame) from = 0;
        var frame = new Place(clauses[at].Paragraph, clauses[from].Start, qualified.End);
        var words = text.At(frame);
        if (frame.Length > LongestFrame * text.Scale || frame.Start > qualified.Start) return null;
        var isWhole = !DependsOnFormer().IsMatch(words) && !IsPart(text, clauses, from, frame);
        // what speaks of someone or something named before is shown with that, or not at all
        if (text.IsChinese && (isWhole ? Contexts.Lean(text, frame) : CanBeWidened(text, clauses, from, frame)))
            return from > 0 ? null : Contexts.Widened(text, frame);
        return isWhole && text.Count(words, 2) == 1 ? frame : null;
    }

    // what stands behind 他说 to the end of the clause, and the name of who says it; the same paragraph names him
    private static (Place? Said, string? Who) WhoseWords(SourceText text, Place sentence, IReadOnlyList<Place> clauses, int at)
    {
        if (text.Voices.Others.Count > MostVoices || text.Voices.OthersIn(sentence).ToList() is not [var words] || words.Start != sentence.Start || words.End > clauses[at].Start) return default;
        var saying = text.Voices.Others.FirstOrDefault(one => one.Words == words);
        if (saying is null || saying.Named == saying.Words || saying.Named.Paragraph != words.Paragraph || saying.Named.Start >= words.Start) return default;
        var said = clauses[at] with { Start = words.End };
        if (said.Length > LongestFrame || Contexts.Lean(text, said) || DependsOnFormer().IsMatch(text.At(said)) || text.Count(text.At(said), 2) != 1) return default;
        return (said, Gates.Officeholder.NameBehind(saying.Who) is { Length: <= 6 } name ? name : saying.Who);
    }

    private static bool CanBeWidened(SourceText text, IReadOnlyList<Place> clauses, int from, Place frame) =>
        Contexts.Lean(text, frame) && !OneOfARow().IsMatch(text.At(frame)) && !Halves.Continue(text.At(frame)) && !OfReporter().IsMatch(text.At(frame)) && !Words.Broken().IsMatch(text.At(clauses[from])) && !TurnsWithoutSubject().IsMatch(text.At(frame))
        && !clauses.Where(frame.Holds).All(clause => Words.Dependent().IsMatch(text.At(clause)));

    internal static bool IsAfterSemicolon(SourceText text, IReadOnlyList<Place> clauses, int at) =>
        text.Paragraphs[clauses[at].Paragraph].Text.AsSpan(clauses[at - 1].End, clauses[at].Start - clauses[at - 1].End).Contains('；');

    // Points elsewhere, goes on from the sentence before, or only says when, why or under which condition
    private static bool IsPart(SourceText text, IReadOnlyList<Place> clauses, int from, Place frame)
    {
        var words = text.At(frame);
        return (text.IsChinese ? Contexts.Points(text, frame) : Words.Pointing().IsMatch(words)) || TurnsWithoutSubject().IsMatch(words) || OfReporter().IsMatch(words) || Halves.Continue(words) || OnlyCounts().IsMatch(words) || Words.Broken().IsMatch(text.At(clauses[from])) || Words.TiedToFormer().IsMatch(words)
            || clauses.Where(frame.Holds).All(clause => Words.Dependent().IsMatch(text.At(clause)));
    }

    /// <summary>A term that stands all over the text is its subject, and guessed without reading.</summary>
    private const int MostOccurrences = 4;

    // nor is what the title says
    private static bool IsTelling(SourceText text, Place term) =>
        text.Count(text.At(term), MostOccurrences + 1) <= MostOccurrences && text.Clean.Details.Title?.Contains(text.At(term), StringComparison.OrdinalIgnoreCase) != true;

    private static (Place Opening, Place Judgement)? Judgement(SourceText text, Place sentence)
    {
        var words = text.At(sentence);
        var opening = Words.Connective().Match(words);
        if (!Words.Judging().IsMatch(words) || !opening.Success || text.Count(opening.Value, 2) > 1) return null;
        var said = Clauses.Of(text, sentence with { Start = sentence.Start + opening.Length });
        if (said.Count == 0) return null;
        var judgement = new Place(sentence.Paragraph, said[0].Start, said[^1].End);
        var isWhole = judgement.Length >= 6 * text.Scale && judgement.Length <= 40 * text.Scale && !Words.Pointing().IsMatch(text.At(judgement)) && !Words.Broken().IsMatch(text.At(judgement));
        return isWhole ? (sentence with { End = sentence.Start + opening.Value.TrimEnd(' ', '，', ',').Length }, judgement) : null;
    }

    [GeneratedRegex(@"\A[他她](?:们)?[^，。：“”]{0,8}(?:说|指出|强调|表示|认为|提出|谈到|介绍|建议|透露|坦言|直言|要求|呼吁)[，：]", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex PronounSays();

    [GeneratedRegex(@"[“「](?<x>[^“”「」。，；：！？]{2,16})[”」]", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex CoinagePattern();

    // the two words of a frame hold its term at both ends
    [GeneratedRegex(@"(?:以(?<x>[^以为的、，“”]{2,12})为(?!了|什|何)|[把将](?<x>[^把将作放摆、，“”]{3,16})(?:作为|放在|摆在)|在(?<x>[^，。、“”的上中下里会]{2,12})(?<!主持|组织|联合|隆重|正式|顺利|共同|首次|成功|如期)(?:举行|召开|举办)(?=[，。]|\z))", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex FramePattern();

    [GeneratedRegex(@"\A(?:更|还|也|而且)(?:要|能|应|必须)?(?<x>.{4,24})\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex ClimaxPattern();

    [GeneratedRegex(@"(?<![0-9.])(?<x>(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日|[0-9]{4}年|(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?(?:个百分点|[%％‰]|[万亿]*(?:平方(?:公里|米)|公[里斤顷尺])|[万亿]*(?:亩|人次|个(?!月|小时|星期|季度|工作日)|月(?!份)|[年日天项家次名元吨米倍岁所座条部件种类批轮届]|人(?!次))?))(?![0-9])"
        // 六十八座, 百分之五; not 第三次, 十多年, 三四百人
        + @"|(?<![第几数每逢初期周零一二两三四五六七八九十百千万亿点0-9.之])(?<x>[百千]分之(?<n>[零一二两三四五六七八九十百点]+)|(?<n>[零一二两三四五六七八九十百千万亿点]+)(?:[人辆册]次|公里|千米|[厘毫]米|平方(?:公里|米)|立方米|公[斤顷]|小时|分钟|秒钟?|星期|[学课]时|个(?:月|小时|星期|百分点|工作日)|个(?!半|月|小时|星期|百分点|工作日|多)|成(?![为了立员果功效本长绩熟就分群片天套])|[座册亩名户米吨斤元块天岁次辆套所间台颗艘棵株页片箱袋桶倍]|年(?!级|代|一遇)))(?![半零一二两三四五六七八九十多余来几前后]|以[后来前内上]|之[后前内间])"
        + @"|(?<![零一二两三四五六七八九十百])(?<x>(?:五分之[一四]|四分之[一三]|三分之[一二]|二分之一))"
        + @"|\b(?<x>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?= [a-z])(?! (?:of|or|to|and|more|hundred|thousand|million|percent|per|things|points|reasons|ways)\b)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"(?:不是|并非|而非|而不是|绝非|不等于|切勿|切忌|拒绝|反对|杜绝|摒弃)[^，；]{0,8}\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex DenialPattern();

    [GeneratedRegex(@"\A(?:更|还|也|而且|并|且|又|以及|分别|把|将(?![近来])|以(?![前后内外上下来免便及])|牵头|提出|但是?|却|则|而(?!且)|因此|所以|从而|进而|于是|然而|不过|其中|同时|比上?[年月]|同比|环比|较|每[期年月天人次个户件][0-9]|共(?:有|计)?[0-9]|合计|总计|(?:and|or|but|which|who) )", RegexOptions.CultureInvariant, Timeout.Infinite)]
    internal static partial Regex DependsOnFormer();

    [GeneratedRegex(@"(?:几|[一二两三四五六七八九十0-9]{1,3})(?:件|项|个|点|条|句|方面)(?:[^，。；：0-9的了过]{0,4})\z|\b(?:several|some|two|three|four|five|six|seven|eight|nine|ten) (?:[a-z]+ )?(?:points|things|reasons)\b", RegexOptions.CultureInvariant, Timeout.Infinite)]
    internal static partial Regex AnnouncedPattern();

    // 第一场是“甲”: of what, the sentence before says
    [GeneratedRegex(@"\A第[一二三四五六七八九十]{1,2}[^，是]{1,2}是[^，]*\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex OnlyCounts();

    // 上一代, 本次, 或是: which, a sentence before that one says
    [GeneratedRegex(@"\A(?:本次|此次|这次|上一|或者|或是|其中|主要是|就是|也就是|尤其是|特别是|则|却|更|[^，。]{1,3}的，|第[一二三四五六七八九十])", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex OneOfARow();

    // 在甲、乙和丙的领导下
    [GeneratedRegex(@"在[^，]*[上下]\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Adverbial();

    // what a speaker tells of himself in passing
    [GeneratedRegex(@"\A我(?![们国县市省区乡镇村校院局厂馆站队军党司方])", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex OfSpeaker();

    [GeneratedRegex(@"\A(?:全年|今年|去年|每年|上半年|下半年|目前|现在)(?:共|一共|总共|累计)?|\A(?:共|一共|总共|累计)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex OnlyWhen();

    [GeneratedRegex(@"\A(?:100(?:\.0+)?[%％]|百分之百)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex WholePattern();

    [GeneratedRegex("[0-9]+(?:\\.[0-9]+)?|[一二两三四五六七八九十百千]+", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex FigurePattern();

    [GeneratedRegex("分别|各自|依次|分头|respectively", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex SharedOut();

    [GeneratedRegex("[和与及]", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex AndPattern();

    // 从“甲”转向“乙”: who turns, the words before say
    [GeneratedRegex(@"\A[从由][^，。是]{1,16}(?:[转改变换]|走|迈|过渡|升级|延伸|扩大|扩展|拓展)(?:向|为|成|到|入)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex TurnsWithoutSubject();

    // when and where a reporter heard of it
    [GeneratedRegex(@"\A(?:本报|本台|本网)?记者[^，]*(?:获悉|了解到|看到|采访)[^，]*\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex OfReporter();

    // what comes next only says it again, or parts it
    [GeneratedRegex(@"\A(?:即(?!使|便|将)|也就是|就是|而是|而在|其中)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    internal static partial Regex RestatesPattern();
}
