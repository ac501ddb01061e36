using System.Text.RegularExpressions;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>
/// Parts rules that came without line breaks: 某办法第一章总则第一条为了…。第二条…. An article begins after a sentence or a chapter's title, and counts on
/// from the one before it; what the text says of an article elsewhere (按照第三条) stays in its sentence.
/// </summary>
internal static class GluedRules
{
    private const int FewestArticles = 3;
    private const int LongestTitle = 20;
    private const int LongestTitleOfText = 60;

    private static readonly Regex Numbered = Pattern.Of("第(?<n>[一二三四五六七八九十]{1,3})(?<kind>[章节条])");

    public static List<Paragraph> Part(IReadOnlyList<Paragraph> paragraphs, RepairLog log) => [.. paragraphs.SelectMany(paragraph => Part(paragraph, log))];

    private static IEnumerable<Paragraph> Part(Paragraph paragraph, RepairLog log)
    {
        var cuts = paragraph.IsHeading ? [] : Cuts(paragraph.Text);
        if (cuts.Count(cut => cut.Kind == '条') < FewestArticles)
        {
            yield return paragraph;
            yield break;
        }

        List<(int At, char Kind)> pieces = [.. cuts[0].At > 0 ? [(0, ' ')] : Array.Empty<(int, char)>(), .. cuts];
        for (var i = 0; i < pieces.Count; i++)
        {
            var (at, kind) = pieces[i];
            if (at > 0) log.Changed(RepairKind.CutParagraph, paragraph.Words.RawAt(at), paragraph.Words.RawAt(at));
            var end = i + 1 < pieces.Count ? pieces[i + 1].At : paragraph.Words.Length;
            // before the first number stands the title of the rules, or a sentence
            var isHeading = kind is '章' or '节' || (kind == ' ' && !Punctuation.EndsSentence(paragraph.Text.AsSpan(at, end - at)));
            yield return new Paragraph(paragraph.Words.Trimmed(at, end, log), isHeading);
        }
    }

    private static List<(int At, char Kind)> Cuts(string text)
    {
        var cuts = new List<(int At, char Kind)>();
        var (last, end) = (0, 0);
        foreach (Match match in Numbered.Matches(text))
        {
            var kind = match.Groups["kind"].ValueSpan[0];
            var isBehindTitle = match.Index - end <= (cuts.Count == 0 ? LongestTitleOfText : LongestTitle) && text.AsSpan(end, match.Index - end).IndexOfAny(Punctuation.Inner) < 0
                && (cuts.Count == 0 || cuts[^1].Kind is '章' or '节');
            if (match.Index > 0 && !Punctuation.IsSentenceBreak(text, match.Index) && !isBehindTitle) continue;
            var number = Structuring.ChineseNumber.Parse(match.Groups["n"].Value);
            if (kind == '条' && number != last + 1) continue;
            if (kind == '条') last = number;
            cuts.Add((match.Index, kind));
            end = match.Index + match.Length;
        }

        return cuts;
    }
}
