using System.Text.RegularExpressions;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>What news agencies put before their first sentence and after their last, known by its form.</summary>
internal static class LeadIns
{
    private const int LongestLeadIn = 120;
    private const string Credit = "([（(][^（）()。]{1,40}[）)])?";
    private const string Name = "[^，。：:；、！？（(“ ]";

    private static readonly Regex Opening = new(
        $"^((?<agency>{Name}{{1,16}}{Agencies.Ending}){Name}{{0,10}}\\d{{1,2}}月\\d{{1,2}}日(专?电|讯|消息|报道)[ ]?{Credit}[ :：]*"
        + $"|(?<agency>{Name}{{1,16}}{Agencies.Ending})(记者)?(消息|讯|专?电)[ ]?({Credit}[:：]|[（(][^（）()。]{{1,40}}[）)][ :：]*|[:：])"
        + $"|本(报|网|台|刊|站)?{Name}{{0,10}}(\\d{{1,2}}月\\d{{1,2}}日)?(讯|消息|专?电)[ ]?([（(][^（）()。]{{1,40}}[）)]|记者 ?{Name}{{2,10}}( {Name}{{1,4}})?(报道)?[:：])[ :：]*"
        + $"|[（(](本报|本网|见习)?(记者|通讯员)[^（）()。]{{1,40}}[）)][ :：]*"
        + @"|[A-Z][A-Za-z .]{1,30}, [A-Z][a-z]{2,8}\.? \d{1,2} \((?<agency>[A-Z][A-Za-z ]{1,30})\) ?(--|—|–|-) ?)",
        Pattern.Options);

    private static readonly Regex Closing = new(
        "[（(](完|(本报|本网|见习)?(记者|通讯员|责任编辑|责编|编辑|作者|来源)[^（）()。，]{1,40})[）)]$",
        Pattern.Options);

    /// <summary>The paragraphs without them, and the first agency that one names.</summary>
    public static (List<Paragraph> Paragraphs, string? Publisher) TakeOut(IReadOnlyList<Paragraph> paragraphs, RepairLog log)
    {
        string? publisher = null;
        var kept = new List<Paragraph>(paragraphs.Count);
        foreach (var paragraph in paragraphs)
        {
            var text = paragraph.Text;
            var opening = Opening.Match(text[..Math.Min(text.Length, LongestLeadIn)]);
            if (opening.Groups["agency"] is { Success: true } agency && !Agencies.IsUnnamed(agency.Value)) publisher ??= agency.Value;
            var start = opening.Length;
            var tail = Math.Max(start, text.Length - LongestLeadIn);
            var closing = Closing.Match(text[tail..]);
            var end = closing.Success ? tail + closing.Index : text.Length;

            log.TookOut(RepairKind.LeadIn, paragraph.Words.RawRange(0, start));
            log.TookOut(RepairKind.Lifted, paragraph.Words.RawRange(end, text.Length));
            var words = paragraph.Words.Trimmed(start, end, log);
            if (words.Length > 0) kept.Add(paragraph with { Words = words });
        }

        return (kept, publisher);
    }
}
