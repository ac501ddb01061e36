using System.Text.RegularExpressions;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>Captions and credits of pictures that are not there.</summary>
internal static class Captions
{
    private const int LongestCaption = 120;

    private static readonly Regex Opening = Pattern.Of(@"^(图为|图片说明|图片来源|资料图|上图|下图|左图|右图|题图|▲|△|(Photo(graph)?|Picture|Image)( by| credit)?: |图 ?\d{1,2}[:： ])");

    private static readonly Regex Credit = Pattern.Of(
        @"([ （(/。][^，。；：！？]{0,16}(摄|摄影|供图|图源|资料图片?|资料照片)|[^，。；：！？（(]{2,16}(摄影报道|供图)|社(记者)?[^，。；：！？]{0,12}(摄|发))[）)]?$");

    // A whole sentence, then an agency alone
    private static readonly Regex Agency = Pattern.Of($"[。）)] ?[^，。；：！？ ]{{0,8}}{Agencies.Ending}(发|图)?$");

    public static List<Line> TakeOut(IReadOnlyList<Line> lines, PageShape page, RepairLog log)
    {
        var captions = Enumerable.Range(0, lines.Count).Where(i => IsCaption(lines[i], page)).ToDictionary(i => i, _ => RepairKind.Caption);
        return Line.TakeOut(lines, captions, log);
    }

    private static bool IsCaption(Line line, PageShape page)
    {
        if (line.Words.Length > LongestCaption) return false;
        return Opening.IsMatch(line.Words) || (!page.IsFull(line) && (Credit.IsMatch(line.Words) || Agency.IsMatch(line.Words)));
    }
}
