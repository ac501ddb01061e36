using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>White space that means nothing: at the ends of a line, doubled, invisible, or between Chinese characters.</summary>
internal static class Spaces
{
    // A heading in halves, as newspapers set it: each is at least this long
    private const int ShortestHalf = 4;

    /// <summary>The words of a line, each character with its raw offset.</summary>
    public static Traced Close(string raw, Line line, RepairLog log)
    {
        var text = new TracedBuilder();
        var halves = IsInHalves(line.Words);
        for (var at = line.Start; at < line.End;)
        {
            if (!IsGap(raw, at))
            {
                text.Add(raw[at], at);
                at++;
                continue;
            }

            var end = at;
            while (end < line.End && IsGap(raw, end)) end++;
            var space = KeptSpace(raw, line, at, end, halves || (text.Length < 8 && IsChapter(text)));
            if (space is not null) text.Add(' ', space.Value);
            if (space != at || end - at > 1) log.TookOut(RepairKind.WhiteSpace, at, end);
            at = end;
        }

        return text.Build();
    }

    private static bool IsGap(string raw, int at) => char.IsWhiteSpace(raw[at]) || Letters.IsInvisible(raw, at);

    /// <summary>The raw place of the space that a gap leaves, <see cref="Traced.PutIn"/> for one that the raw text does not have, null for none.</summary>
    private static int? KeptSpace(string raw, Line line, int at, int end, bool parts)
    {
        if (at == line.Start || end == line.End) return null;
        var gap = raw.AsSpan(at, end - at);
        if (!HasWhiteSpace(gap) || (!parts && Joins(raw[at - 1], raw[end]))) return null;
        var blank = gap.IndexOf(' ');
        return blank < 0 ? Traced.PutIn : at + blank;
    }

    private static bool HasWhiteSpace(ReadOnlySpan<char> gap)
    {
        foreach (var c in gap)
            if (char.IsWhiteSpace(c)) return true;
        return false;
    }

    /// <summary>Whether no space belongs between two characters.</summary>
    private static bool Joins(char before, char after)
    {
        if (Letters.IsWidePunctuation(before) || Letters.IsWidePunctuation(after)) return true;
        return (Letters.IsHan(before) && (Letters.IsHan(after) || Letters.IsSharedPunctuation(after)))
            || (Letters.IsSharedPunctuation(before) && Letters.IsHan(after));
    }

    private static bool IsInHalves(string words) =>
        words.Contains(' ', StringComparison.Ordinal) && words.IndexOfAny(Punctuation.Inner) < 0
        && words.Split(' ').All(half => half.Length >= ShortestHalf);

    private static bool IsChapter(TracedBuilder text) =>
        text.Build().Text is var start && MarkerScanner.At(start, 0) is { Style: MarkerStyle.Chapter or MarkerStyle.Article } marker && marker.Place.Length == start.Length;
}
