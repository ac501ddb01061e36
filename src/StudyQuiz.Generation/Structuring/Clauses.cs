namespace StudyQuiz.Generation.Structuring;

/// <summary>Cuts a stretch of text at commas, semicolons, colons and sentence ends that stand outside quotation marks.</summary>
internal static class Clauses
{
    /// <summary>The clauses of a place, in order, each without its final punctuation; none is empty.</summary>
    public static IReadOnlyList<Place> Of(SourceText text, Place place)
    {
        var paragraph = text.Paragraphs[place.Paragraph].Text;
        var quoted = Quotations.Inside(paragraph, longest: 120);
        var clauses = new List<Place>();
        var start = place.Start;
        for (var at = place.Start; at <= place.End; at++)
        {
            if (at < place.End && (quoted[at] || !Parts(paragraph, at))) continue;
            var (from, to) = (start, at);
            while (from < to && paragraph[from] == ' ') from++;
            while (to > from && paragraph[to - 1] == ' ') to--;
            if (from < to) clauses.Add(new Place(place.Paragraph, from, to));
            start = at + 1;
        }

        return clauses;
    }

    private static bool Parts(string text, int at) =>
        ("，；：。！？…;!?".Contains(text[at]) && !(text[at] == '：' && WrittenNumbers.IsCut(text, at, at))) || (text[at] is ',' or ':' or '.' && (at + 1 == text.Length || text[at + 1] == ' ') && !IsAbbreviated(text, at));

    // closed between 7 a.m. and 6 p.m. on weekdays
    private static bool IsAbbreviated(string text, int at) => at >= 3 && at + 2 < text.Length && text[at] == '.' && text[at - 2] == '.' && char.IsLetter(text[at - 1]) && char.IsLower(text[at + 2]);
}
