using System.Buffers;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>Where sentences end and what opens and closes.</summary>
internal static class Punctuation
{
    /// <summary>Marks that end or part sentences.</summary>
    public static readonly char[] Inner = [.. "，。；：！？…,;:!?"];

    /// <summary>Marks after which a first clause is over.</summary>
    public static readonly SearchValues<char> ClauseEnds = SearchValues.Create("，。；：！？…");

    private const string Openers = "“‘「『（《【";
    private const string Closers = "”’」』）》】";

    // A remark such as （掌声） after the full stop
    private const int LongestRemark = 12;

    public static bool IsSentenceEnd(char c) => c is '。' or '！' or '？' or '…' or '!' or '?';

    public static bool IsCloser(char c) => Closers.Contains(c, StringComparison.Ordinal) || c is ')' or '"' or ']';

    /// <summary>The partner of a closing mark; NUL for any other character.</summary>
    public static char OpenerOf(char c) => Closers.IndexOf(c, StringComparison.Ordinal) is >= 0 and var i ? Openers[i] : '\0';

    public static bool IsOpener(char c) => Openers.Contains(c, StringComparison.Ordinal);

    /// <summary>Whether a text ends as a sentence does.</summary>
    public static bool EndsSentence(ReadOnlySpan<char> text)
    {
        if (EndsInFinalMark(text)) return true;
        return text is [.., '）' or ')'] && text.LastIndexOfAny('（', '(') is > 0 and var open && text.Length - open <= LongestRemark
            && EndsInFinalMark(text[..open]);
    }

    /// <summary>Whether a text ends as a lead or an item of a list does: nothing is missing, but no sentence ends.</summary>
    public static bool EndsPart(ReadOnlySpan<char> text) => text.Length > 0 && text[^1] is '：' or ':' or '；' or ';';

    /// <summary>Whether a text breaks off after a mark that something must follow, in a divided word, or within quotation marks or brackets.</summary>
    public static bool BreaksOff(string text) =>
        text.Length > 0 && (EndsInHyphen(text) || text[^1] is '，' or '、' or ',' or '(' || IsOpener(text[^1]) || Unbalanced(text).Any(at => IsOpener(text[at])));

    private static bool EndsInHyphen(string text) => text.Length > 1 && text[^1] == '-' && char.IsAsciiLetterLower(text[^2]);

    /// <summary>Whether a sentence ends at an offset: after its final mark and whatever closes there.</summary>
    public static bool IsSentenceBreak(string text, int at)
    {
        if (at <= 0 || at >= text.Length || IsCloser(text[at]) || IsSentenceEnd(text[at])) return false;
        var end = BeforeClosers(text.AsSpan(0, at));
        return end > 0 && (IsSentenceEnd(text[end - 1]) || (text[end - 1] == '.' && text[at] == ' ' && !IsTitle(text, end - 1)));
    }

    // "Dr. Hall": a short word with a capital goes on
    private static bool IsTitle(string text, int stop)
    {
        var word = stop;
        while (word > 0 && char.IsAsciiLetter(text[word - 1])) word--;
        return stop - word is > 0 and <= 3 && char.IsAsciiLetterUpper(text[word]);
    }

    /// <summary>Offsets of quotation marks and brackets without a partner, in order.</summary>
    public static IReadOnlyList<int> Unbalanced(string text)
    {
        var open = new Stack<int>();
        var kinds = new int[Openers.Length]; // how many of each are open: a closing mark without a partner must not search them all
        var alone = new List<int>();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '’' && at > 0 && char.IsAsciiLetter(text[at - 1])) continue; // an apostrophe
            if (Openers.IndexOf(text[at], StringComparison.Ordinal) is >= 0 and var opened)
            {
                open.Push(at);
                kinds[opened]++;
            }
            else if (Closers.IndexOf(text[at], StringComparison.Ordinal) is >= 0 and var closed)
            {
                if (kinds[closed] == 0) alone.Add(at);
                else alone.AddRange(Close(text, open, kinds, Openers[closed]));
            }
        }

        alone.AddRange(open);
        alone.Sort();
        return alone;
    }

    /// <summary>Closes the last mark of a kind; those that were opened after it have no partner.</summary>
    private static List<int> Close(string text, Stack<int> open, int[] kinds, char opener)
    {
        var alone = new List<int>();
        while (true)
        {
            var at = open.Pop();
            kinds[Openers.IndexOf(text[at], StringComparison.Ordinal)]--;
            if (text[at] == opener) return alone;
            alone.Add(at);
        }
    }

    private static bool EndsInFinalMark(ReadOnlySpan<char> text) =>
        BeforeClosers(text) is > 0 and var end && (IsSentenceEnd(text[end - 1]) || text[end - 1] == '.');

    private static int BeforeClosers(ReadOnlySpan<char> text)
    {
        var end = text.Length;
        while (end > 0 && IsCloser(text[end - 1])) end--;
        return end;
    }
}
