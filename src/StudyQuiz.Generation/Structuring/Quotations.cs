namespace StudyQuiz.Generation.Structuring;

/// <summary>Tells which characters of a paragraph stand in quotation marks or brackets.</summary>
internal static class Quotations
{
    private const string Openers = "“‘「『《（(";
    private const string Closers = "”’」』》）)";

    /// <summary>
    /// For each character, whether it stands inside a pair; the marks that open and close the outermost pair don't count as inside.
    /// A mark without a partner, and a pair that holds more than <paramref name="longest"/> characters, are as if they were not there.
    /// </summary>
    public static bool[] Inside(string text, int longest)
    {
        var inside = new bool[text.Length];
        var open = new Stack<int>();
        for (var at = 0; at < text.Length; at++)
        {
            if (Openers.Contains(text[at])) open.Push(at);
            var kind = Closers.IndexOf(text[at], StringComparison.Ordinal);
            // ’ is an apostrophe too: only its own opener closes with it
            if (kind < 0 || !open.Any(start => text[start] == Openers[kind])) continue;
            while (text[open.Peek()] != Openers[kind]) open.Pop();
            var from = open.Pop();
            if (at - from - 1 <= longest) inside.AsSpan(from + 1, at - from - 1).Fill(true);
        }

        return inside;
    }
}
