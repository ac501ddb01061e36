using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Structuring;

/// <summary>Cuts paragraphs into sentences.</summary>
internal static class Sentences
{
    /// <summary>A quotation longer than this many characters is cut inside; a shorter one stays whole.</summary>
    private const int LongQuotation = 120;

    private const string Ends = "。！？!?…";
    private const string Closers = "”’」』）)】》\"";

    public static IEnumerable<Sentence> Of(IReadOnlyList<CleanParagraph> paragraphs) =>
        paragraphs.SelectMany((paragraph, index) => Of(paragraph, index));

    private static IEnumerable<Sentence> Of(CleanParagraph paragraph, int index)
    {
        var text = paragraph.Text;
        if (paragraph.IsHeading)
        {
            yield return new Sentence(new Place(index, 0, text.Length), text);
            yield break;
        }

        var quoted = Quotations.Inside(text, LongQuotation);
        var start = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (!EndsAt(text, at)) continue;
            var end = at + 1;
            while (end < text.Length && (Ends.Contains(text[end]) || Closers.Contains(text[end]))) end++;
            if (quoted[end - 1] && end < text.Length) continue;
            while (end < text.Length && text[end] == ' ') end++;
            yield return Cut(text, index, start, end);
            start = end;
            at = end - 1;
        }

        if (start < text.Length) yield return Cut(text, index, start, text.Length);
    }

    private static Sentence Cut(string text, int paragraph, int start, int end)
    {
        var last = end;
        while (last > start && text[last - 1] == ' ') last--;
        return new Sentence(new Place(paragraph, start, last), text[start..last]);
    }

    private static bool EndsAt(string text, int at) =>
        Ends.Contains(text[at]) || (text[at] == '.' && EndsEnglish(text, at));

    // "3.5", "e.g. this" and "Mr. Hall" go on; a full stop ends a sentence when a capital, a quotation mark or nothing follows a word in lower case
    private static bool EndsEnglish(string text, int at)
    {
        if (at + 1 == text.Length) return true;
        var next = at + 1;
        while (next < text.Length && Closers.Contains(text[next])) next++;
        if (next == text.Length) return true;
        if (text[next] != ' ' || next + 1 == text.Length) return false;
        var word = at;
        while (word > 0 && char.IsLetter(text[word - 1])) word--;
        // the answer "No." ends; "No. 5" goes on
        var isAnswer = text[word..at] is "No" or "Yes" && !char.IsDigit(text[next + 1]);
        var isTitle = at - word is > 0 and <= 3 && char.IsUpper(text[word]) && !isAnswer;
        return !isTitle && (char.IsUpper(text[next + 1]) || char.IsDigit(text[next + 1]) || "“\"‘(".Contains(text[next + 1]));
    }
}
