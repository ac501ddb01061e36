using System.Text.RegularExpressions;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>
/// Tells where a heading ends that runs into a sentence, without knowing words: the text lists it elsewhere, the sentence begins with a
/// subject that begins sentences only, or all headings of the series are built alike or equally long.
/// </summary>
internal sealed partial class HeadingEvidence
{
    private const int Shortest = 4;
    private const int Longest = 20;

    // 'Must' and a word after it are no sentence yet
    private const int ShortestRest = 5;

    private const int ShortestSubject = 3;
    private const int LongestSubject = 10;

    // A heading and a subject before 'must' are rarely shorter together
    private const int ShortestTogether = 8;

    // A heading of four characters and the shortest sentence
    private const int ShortestHeadless = 9;

    // A text that says the same four characters a thousand times must not be searched a thousand times for each
    private const int MostPlaces = 50;

    private readonly IReadOnlyList<string> _texts;
    private readonly Dictionary<string, List<(int Paragraph, int At)>> _places = new(StringComparer.Ordinal);
    private readonly HashSet<string> _demanded = new(StringComparer.Ordinal);

    private readonly ParallelHeadings _parallel;

    public HeadingEvidence(IReadOnlyList<string> texts, IReadOnlyList<NumberedClause> points)
    {
        _texts = texts;
        _parallel = new ParallelHeadings(texts, points);
        foreach (var point in points.Where(point => point.Words.Length >= Shortest)) _places.TryAdd(point.Words[..Shortest], []);
        for (var paragraph = 0; paragraph < texts.Count; paragraph++)
        {
            var text = texts[paragraph];
            for (var at = 0; at + Shortest <= text.Length; at++)
                if (_places.TryGetValue(text.Substring(at, Shortest), out var places) && places.Count < MostPlaces) places.Add((paragraph, at));
            foreach (Match demand in DemandPattern().Matches(text))
                if (demand.Index + demand.Length + 2 <= text.Length) _demanded.Add(text.Substring(demand.Index + demand.Length, 2));
        }
    }

    /// <summary>How long the heading of each point is; null unless it is certain for all.</summary>
    public IReadOnlyList<int>? Cuts(IReadOnlyList<NumberedClause> points)
    {
        var listed = points.Select(Listed).ToList();
        // 要做甲事、办乙事 lists what is to be done; what is a list of things only may go on within its sentence: 甲处要快
        var listsDeeds = points.Zip(listed).Any(pair => pair.Second is not null && IsDeed(pair.First.Words));
        var cuts = points.Select((point, i) => (listsDeeds ? listed[i] : null) ?? BeforeSubject(point.Words)).ToList();
        if (cuts.TrueForAll(cut => cut is not null) && (listsDeeds || AreDeeds(points))) return Distinct(points, [.. cuts.Select(cut => cut!.Value)]);
        return (Alike(points) ?? _parallel.Length(points)) is { } length ? Distinct(points, [.. points.Select(_ => length)]) : null;
    }

    /// <summary>Those of a series that stay whole though they most likely hold headings.</summary>
    public IEnumerable<NumberedClause> Suspects(IReadOnlyList<NumberedClause> points) => points.Where(IsSuspect).Union(_parallel.Suspects(points)).Union(Headless(points));

    /// <summary>Whether words in front of a sentence seem to be a part of it: unfinished, or with a subject or a 的 of their own.</summary>
    public static bool MayBeOfSentence(string heading) => IsUnfinished().IsMatch(heading) || BeginsSentence().IsMatch(heading) || HoldsSentence().IsMatch(heading);

    /// <summary>Whether no sentence begins so.</summary>
    public static bool MayGoOn(string rest) => GoesOn().IsMatch(rest);

    // Short ones are headings and nothing else; a demand is a sentence from its first word
    private static IEnumerable<NumberedClause> Headless(IReadOnlyList<NumberedClause> points) =>
        points.Count(point => point.IsHeadless) < 2 ? [] : points.Where(point => point.IsHeadless && point.Words.Length >= ShortestHeadless && !Words.Demand().IsMatch(point.Words));

    private bool IsSuspect(NumberedClause point) =>
        Listed(point) is not null && IsDeed(point.Words) || BeforeSubject(point.Words) is not null
        || (IsDeed(point.Words) && Demand(point.Words, 2) is >= ShortestTogether and var at && !point.Words[..at].Contains('的'));

    private static IReadOnlyList<int>? Distinct(IReadOnlyList<NumberedClause> points, IReadOnlyList<int> cuts) =>
        points.Select((point, i) => point.Words[..cuts[i]]).Distinct(StringComparer.Ordinal).Count() == points.Count ? cuts : null;

    /// <summary>The beginning of a clause that the text says elsewhere between punctuation, as in a list of what is to be done; the longest.</summary>
    private int? Listed(NumberedClause point)
    {
        var words = point.Words;
        if (words.Length < Shortest + ShortestRest) return null;
        var longest = 0;
        foreach (var (paragraph, at) in _places[words[..Shortest]])
        {
            var text = _texts[paragraph];
            var length = Shortest;
            while (length < words.Length && at + length < text.Length && text[at + length] == words[length]) length++;
            if (length is <= Longest && length > longest && IsEnd(text, at + length) && IsBegin(text, at) && MayEnd(words, length)) longest = length;
        }

        return longest == 0 ? null : longest;
    }

    private static bool IsEnd(string text, int at) => at == text.Length || "、，。；：！？”」』》和与及".Contains(text[at]) || string.CompareOrdinal(text, at, "以及", 0, 2) == 0;

    private static bool IsBegin(string text, int at) =>
        at == 0 || "、，。；：“「『《和与及".Contains(text[at - 1]) || DemandPattern().Matches(text[Math.Max(0, at - 4)..at]).Any(demand => demand.Index + demand.Length == Math.Min(4, at));

    private static bool MayEnd(string words, int length) =>
        words.Length - length >= ShortestRest && !GoesOn().IsMatch(words.AsSpan(length)) && IsBalanced(words[..length]);

    private static bool IsBalanced(string words) => Punctuation.Unbalanced(words).Count == 0;

    /// <summary>Where 我们要 or 各处都要 begins, which nothing stands before in its sentence.</summary>
    private int? BeforeSubject(string words)
    {
        foreach (Match subject in SubjectPattern().Matches(words))
        {
            var heading = words[..subject.Index];
            // 各 and 每 may belong to what is dealt with (安排各处…): only a deed with its object before them is whole
            var isWhole = subject.Groups["we"].Success || (IsDeed(words) && heading.Length > Shortest);
            if (heading.Length is >= Shortest and <= Longest && isWhole && IsBalanced(heading) && !MayBeOfSentence(heading)) return heading.Length;
        }

        return null;
    }

    // 村里的路我们要修好 has its object before its subject: only where deeds are named, or the sentence has an object of its own, 把…, is it a heading
    private bool AreDeeds(IReadOnlyList<NumberedClause> points) =>
        points.All(point => IsDeed(point.Words))
        || (points.Select(point => point.Words[..2]).Distinct(StringComparer.Ordinal).Count() == 1 && points.Any(point => OwnObjectPattern().IsMatch(point.Words)));

    /// <summary>
    /// The length that all headings of three or more share when they begin and end in the same words (做好甲类服务, 做好乙类服务), before subjects that
    /// differ. Words that all share are two characters; where they share more, the end may lie anywhere in them.
    /// </summary>
    private int? Alike(IReadOnlyList<NumberedClause> points)
    {
        if (points.Count < 3 || !IsDeed(points[0].Words)) return null;
        var shortest = points.Min(point => point.Words.Length);
        bool IsShared(int at) => points.All(point => point.Words[at] == points[0].Words[at]);
        var at = 0;
        while (at < shortest && IsShared(at)) at++;
        if (at < 2) return null;
        while (at + 1 < shortest && !(IsShared(at) && IsShared(at + 1))) at++;
        var end = at + 2;
        if (end > Longest || end >= shortest || IsShared(end)) return null;
        return points.All(point => MayEnd(point.Words, end) && !point.Words[..end].Contains('的') && Demand(point.Words, end) is var demand
            && demand - end is >= ShortestSubject and <= LongestSubject && !point.Words[end..demand].Contains('的')) ? end : null;
    }

    /// <summary>Whether a clause begins with what is to be done: 做好, 办好, or words that the text itself has after 'must'.</summary>
    private bool IsDeed(string words) => words.Length >= 2 && (words[1] == '好' || _demanded.Contains(words[..2]));

    private static int Demand(string words, int from) => Words.Demanding().Match(words, from) is { Success: true } demand ? demand.Index : -1;

    [GeneratedRegex(@"(?<![需主重首将只概简摘纪])要(?![求点素闻件领塞道害职务案])|必须|应当|应该|务必|需要|不断", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex DemandPattern();

    [GeneratedRegex(@"(?:(?<we>我们|咱们|大家)[^，的]{0,6}?|[各每][^，的]{1,4}?)(?:要(?![求点素闻件领塞道害职务案])|必须|应当|应该|务必|不得|不能)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex SubjectPattern();

    // after these, what follows is still theirs
    [GeneratedRegex(@"(?:[的得是在对和与及或把被让使由从向到给令叫请于以等之其将比像如因当但而且并也都就才又还再不没有说要应该须可愿想靠凭按随]|(?<![基土余场高阵农耕产各园])地|(?<![作行有])为|(?<![社机大协学工商])会|(?<![技功才智动节职性产潜])能|知道|明白|相信|认识|告诉|希望|说明|表明|证明|认为|以为|觉得|记住|懂|提醒|带领|引导|组织|帮助|支持|鼓励|保证|确保)\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex IsUnfinished();

    [GeneratedRegex(@"(?:我们|咱们|大家)[^，]{0,6}?(?:要|必须|应当|应该|务必)[把将]", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex OwnObjectPattern();

    [GeneratedRegex(@"[这那的]", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex HoldsSentence();

    // a heading is no sentence with a subject of its own
    [GeneratedRegex(@"\A(?:我|你|他|她|它|咱|大家|各|每|这|那|有|在|当|从|自|随着|为了|对于|关于|如果|因为|由于|虽然|只有|只要|除了)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex BeginsSentence();

    // no sentence begins so: the words before are its subject or only the beginning of a longer name
    [GeneratedRegex(@"\A(?:[的地得和与及或、等之是为在于了着过者们性化不也都就才能会将可应该须需要必已曾被把使让令以而且并则即]|工作)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex GoesOn();
}
