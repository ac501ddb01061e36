using System.Text.RegularExpressions;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>What news agencies put before their first sentence and after their last, known by its form.</summary>
internal static class LeadIns
{
    private const int LongestLeadIn = 120;
    private const string Credit = "([（(][^（）()。]{1,40}[）)])?";
    private const string Name = "[^，。：:；、！？（(“ ]";

    private static readonly Regex Opening = Pattern.Of(
        $"^((?<agency>{Name}{{1,16}}{Agencies.Ending}){Name}{{0,10}}\\d{{1,2}}月\\d{{1,2}}日(专?电|讯|消息|报道)[ ]?{Credit}[ :：]*"
        + $"|(?<agency>{Name}{{1,16}}{Agencies.Ending})(记者)?(消息|讯|专?电)[ ]?({Credit}[:：]|[（(][^（）()。]{{1,40}}[）)][ :：]*|[:：])"
        + $"|本(报|网|台|刊|站)?{Name}{{0,10}}(\\d{{1,2}}月\\d{{1,2}}日)?(讯|消息|专?电)[ ]?([（(][^（）()。]{{1,40}}[）)]|记者 ?{Name}{{2,10}}( {Name}{{1,4}})?(报道)?[:：])[ :：]*"
        // a place, a day and 电 alone; 电力, 电影 and the like go on with the sentence
        + $"|{Name}{{2,8}}?\\d{{1,2}}月\\d{{1,2}}日(专电|电讯|电(?![力影视话台梯网子商信缆动车脑器源池灯扇机压流价费站厂工气竞炉暖表线桩])|讯(?![号息问])|消息(?![传称灵面])[ :：])[ ]?{Credit}[ :：]*(?=[^，。；、！？])"
        + $"|[（(](本报|本网|见习)?(记者|通讯员)[^（）()。]{{1,40}}[）)][ :：]*"
        + @"|[A-Z][A-Za-z .]{1,30}, [A-Z][a-z]{2,8}\.? \d{1,2} \((?<agency>[A-Z][A-Za-z ]{1,30})\) ?(--|—|–|-) ?)");

    private const int ShortestGluedTitle = 8;
    private const int LongestGluedTitle = 60;

    // Nothing parts a glued title from the agency's name but that most names are two characters and 社 or 网
    private static readonly Regex Glued = Pattern.Of(
        $"^(?<title>[^。！？!?；;]{{{ShortestGluedTitle},{LongestGluedTitle}}}?)(?<leadin>(?<agency>{Name}{{2}}[社网]|本[报社网])[^社网报，。：:；、！？（(“ ]{{0,10}}\\d{{1,2}}月\\d{{1,2}}日(专?电|讯)[ ]?{Credit}[ :：]*)");

    private static readonly string[] NamesOfMore = ["新闻社", "通讯社", "电讯社"];

    private static readonly Regex Closing = Pattern.Of(
        "[（(](完|(本报|本网|见习)?(记者|通讯员|责任编辑|责编|编辑|作者|来源)[^（）()。，]{1,40})[）)]$");

    /// <summary>The paragraphs without them, the first agency that one names, and the title where none was found before and one is glued to the first of them.</summary>
    public static (List<Paragraph> Paragraphs, string? Publisher, string? Title) TakeOut(IReadOnlyList<Paragraph> paragraphs, bool hasTitle, RepairLog log)
    {
        string? publisher = null;
        string? title = null;
        var kept = new List<Paragraph>(paragraphs.Count);
        foreach (var paragraph in paragraphs)
        {
            var text = paragraph.Text;
            var titleEnd = 0;
            if (!hasTitle && kept.Count == 0 && GluedTitle(text) is { } found)
            {
                title = found.TrimEnd();
                titleEnd = found.Length;
                hasTitle = true;
            }

            var opening = Opening.Match(text[titleEnd..Math.Min(text.Length, titleEnd + LongestLeadIn)]);
            if (opening.Groups["agency"] is { Success: true } agency && !Agencies.IsUnnamed(agency.Value)) publisher ??= agency.Value;
            var start = titleEnd + opening.Length;
            var tail = Math.Max(start, text.Length - LongestLeadIn);
            var closing = Closing.Match(text[tail..]);
            var end = closing.Success ? tail + closing.Index : text.Length;

            log.TookOut(RepairKind.Lifted, paragraph.Words.RawRange(0, titleEnd));
            log.TookOut(RepairKind.LeadIn, paragraph.Words.RawRange(titleEnd, start));
            log.TookOut(RepairKind.Lifted, paragraph.Words.RawRange(end, text.Length));
            var words = paragraph.Words.Trimmed(start, end, log);
            if (words.Length > 0) kept.Add(paragraph with { Words = words });
        }

        return (kept, publisher, title);
    }

    /// <summary>What stands before a dateline that opens the text itself; null where there is none. A sentence that speaks of a dateline goes on with a comma.</summary>
    private static string? GluedTitle(string text)
    {
        var match = Glued.Match(text[..Math.Min(text.Length, LongestGluedTitle + LongestLeadIn)]);
        if (!match.Success || match.Length == text.Length || NamesOfMore.Contains(match.Groups["agency"].Value)) return null;
        return "，。；、！？,.;".Contains(text[match.Length]) ? null : match.Groups["title"].Value;
    }
}
