using System.Text.RegularExpressions;
using StudyQuiz.Generation.Gates;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Facts;

/// <summary>Finds sentences that say of whom or what they demand something, and what: 校长每学期要…, 凡是使用明火的劳动项目，必须…. Each is the only demand on that one.</summary>
internal static partial class Demands
{
    private const int Shortest = 3;

    // 治涝要标本兼治, 核查不能走过场, 种子要等春天: who and what in so few characters are a slogan, which nobody has to learn, unless they hold a figure
    private const int ShortestOfBoth = 13;
    private const int Longest = 44;

    // 方案要在小区公示: which one, two characters don't say
    private const int ShortestWho = 3;
    private const int LongestWho = 20;

    /// <summary>From who is meant to the word that demands, and what is demanded; null where the sentence does not say both, or the text demands more of the same one.</summary>
    public static (Place Beginning, Place Demand)? Of(SourceText text, Place sentence)
    {
        if (text.Voices.OthersIn(sentence).Any()) return null;
        if (!text.IsChinese) return OfEnglish(text, sentence);
        var said = Headline.Said(text, sentence);
        said = said with { Start = said.Start + Words.Address().Match(text.At(said)).Length };
        var clauses = Clauses.Of(text, said);
        for (var at = 0; at < Math.Min(2, clauses.Count); at++)
        {
            var words = text.At(clauses[at]);
            if (DemandPattern().Match(words) is not { Success: true } demand)
            {
                // those whom it is demanded of, or a condition
                if (at == 0 && clauses.Count > 1 && TopicPattern().IsMatch(words)) continue;
                return null;
            }

            var who = words[..demand.Index];
            if ((at == 0 && who.Length < 2) || who.Length > LongestWho || NobodyPattern().IsMatch(at == 0 ? who : text.At(clauses[0]))) return null;
            var beginning = said with { Start = clauses[0].Start, End = clauses[at].Start + demand.Index + demand.Length };
            // what is forbidden is one thing; of what is demanded, all is told
            var end = demand.Groups["not"].Success ? clauses[at].End : LastOf(text, clauses, at).End;
            var what = said with { Start = beginning.End, End = end };
            return IsWhole(text, beginning, what, at == 0 ? who : text.At(clauses[0])) ? (beginning, what) : null;
        }

        return null;
    }

    private static (Place Beginning, Place Demand)? OfEnglish(SourceText text, Place sentence)
    {
        if (EnglishPattern().Match(text.At(sentence)) is not { Success: true } match) return null;
        var what = match.Groups["what"];
        var (beginning, demand) = (sentence with { End = sentence.Start + what.Index - 1 }, sentence with { Start = sentence.Start + what.Index, End = sentence.Start + what.Index + what.Length });
        return Words.Pointing().IsMatch(text.At(beginning)) || Words.Pointing().IsMatch(text.At(demand)) || Words.TiedToFormer().IsMatch(text.At(beginning)) || text.IsDoubtful(sentence)
            || text.Count(text.At(beginning), 2) > 1 ? null : (beginning, demand);
    }

    // to the end of the sentence, or what comes before a semicolon
    private static Place LastOf(SourceText text, IReadOnlyList<Place> clauses, int at)
    {
        // 县领导要包乡镇，乡镇干部要包村: the next one is demanded of others
        while (at + 1 < clauses.Count && text.Paragraphs[clauses[at].Paragraph].Text[clauses[at].End] == '，' && !(DemandPattern().Match(text.At(clauses[at + 1])) is { Success: true, Index: > 1 })) at++;
        return clauses[at];
    }

    private static bool IsWhole(SourceText text, Place beginning, Place what, string who)
    {
        var words = text.At(what);
        return what.Length is >= Shortest and <= Longest && (beginning.Length + what.Length >= ShortestOfBoth || words.Any(char.IsAsciiDigit)) && who.Length >= ShortestWho && text.Count(text.At(beginning), 2) == 1
            && text.Paragraphs[what.Paragraph].Text.AsSpan(what.End) is not ['：', ..]
            && !Words.Pointing().IsMatch(text.At(beginning)) && !Words.Pointing().IsMatch(words) && !Words.TiedToFormer().IsMatch(text.At(beginning)) && !Words.Announcing().IsMatch(words)
            && !SentenceFacts.AnnouncedPattern().IsMatch(words) && !Words.Broken().IsMatch(words) && !text.IsDoubtful(what)
            && !Clauses.Of(text, what).Any(clause => Words.Broken().IsMatch(text.At(clause)))
            && words.Count(c => c is '“' or '”') % 2 == 0
            && Bigrams.Jaccard(who, words) < 0.2
            // 三省要…。…三省要…。: what is demanded of those, two sentences say
            && !IsDemandedTwice(text, who, NotPattern().IsMatch(text.At(beginning)));
    }

    private static bool IsDemandedTwice(SourceText text, string who, bool isForbidden) =>
        who.Length >= 2 && text.Paragraphs.SelectMany(paragraph => TextPlaces.Of(who, paragraph.Text).Select(at => paragraph.Text[(at + who.Length)..Math.Min(paragraph.Text.Length, at + who.Length + 3)]))
            .Count(after => MustPattern().Match(after) is { Success: true } must && NotPattern().IsMatch(must.Value) == isForbidden) > 1;

    [GeneratedRegex(@"(?<![需主重首将只概简摘纪还也更就都又均才最而是仅但光])(?:(?<not>(?<![恨舍巴怪顾见算由免少了值记认使说容])不得|(?<!能)不能|(?<!应)不应|严禁|禁止)|(?:必须|应当|应该|务必|要)(?!(?:清醒地?|充分|深刻)*(?:看到|认识到|承认|指出|说明|强调)|(?<=要)[求点素闻件领塞道害职务案是]))", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex DemandPattern();

    [GeneratedRegex(@"\A[^，是了]*的[^，的]{0,4}\z|\A(?:凡|对|遇|如果|一旦|只要)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex TopicPattern();

    // who is no one in particular, or only says when
    [GeneratedRegex(@"\A(?:我们?|咱们?|你们?|大家|同志们|谁|人们|今后|今年|明年|当前|目前|现在|下一步|接下来|同时|此外|因此|所以|但是?|而且?|首先|然后|最后|特别|尤其|一定|如果|只有|只要|既|为|从|在|把|将|以|与|和|通过|坚持|围绕|按照|根据|千万|始终|继续|进一步|真正|关键|第[一二三四五六七八九十]+)|[，：]|(?:不|没|想|说|时候|以后|之后|知道|看到|认为|希望)\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex NobodyPattern();

    [GeneratedRegex(@"\A(?!(?:I|We|You|It|There|They|He|She|This|That|And|But|So) )[A-Z][^,.;:?!“”]{2,60} (?:must not|must|should not|should|has to|have to|needs to|need to|shall not|shall) (?<what>[^.;:?!“”]{12,130})[.]?\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex EnglishPattern();

    [GeneratedRegex(@"不得|不能|不应|禁|不要", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex NotPattern();

    [GeneratedRegex(@"\A(?:[还也都]?(?:要(?!求)|应|须|必须|不得|不能|务必))", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex MustPattern();
}
