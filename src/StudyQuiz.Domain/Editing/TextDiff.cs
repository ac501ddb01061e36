using System.Text;

namespace StudyQuiz.Domain.Editing;

/// <summary>What became of a stretch of text.</summary>
public enum DiffKind
{
    Same,
    Removed,
    Added,
}

/// <summary>A stretch of one text, of the other or of both.</summary>
/// <param name="Text">Never empty.</param>
public sealed record DiffRun(DiffKind Kind, string Text);

/// <summary>
/// What changed between two texts, in words as a reader sees them. Chinese is written without spaces and there is no word list here: its characters are compared one by one, and what the
/// comparison would scatter is drawn together, so that 拆建 → 大拆大建 reads as one word for another and not as two characters put into it.
/// </summary>
public static class TextDiff
{
    // Longer texts are told as replaced where they differ: nobody reads a finer comparison of them, and its cost grows with the square
    private const int MostCompared = 4_000_000;

    /// <summary>The runs in order: those that are the same or removed make up the text before, those that are the same or added the text after.</summary>
    public static IReadOnlyList<DiffRun> Of(string before, string after)
    {
        var (old, young) = (Words(before), Words(after));
        var start = 0;
        while (start < old.Count && start < young.Count && old[start] == young[start]) start++;
        var end = 0;
        while (end < old.Count - start && end < young.Count - start && old[^(end + 1)] == young[^(end + 1)]) end++;
        var middle = Compared(old.GetRange(start, old.Count - start - end), young.GetRange(start, young.Count - start - end));
        var edits = old.Take(start).Select(word => new Edit(word, word)).Concat(middle).Concat(old.TakeLast(end).Select(word => new Edit(word, word))).ToList();
        DrawTogether(edits);
        return Joined(edits);
    }

    // A word that stands in both texts has both; removed and added ones have one. Mended: it stands in both, and is told as changed.
    private sealed record Edit(string? Old, string? Young, bool Mended = false)
    {
        public bool IsSame => Old is not null && Young is not null && !Mended;
    }

    /// <summary>Latin letters and digits by the word; everything else by the character.</summary>
    private static List<string> Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) && !IsHan(rune))
            {
                word.Append(rune);
                continue;
            }

            Flush();
            words.Add(rune.ToString());
        }

        Flush();
        return words;

        void Flush()
        {
            if (word.Length > 0) words.Add(word.ToString());
            word.Clear();
        }
    }

    // Characters that are written without spaces: Han, kana, Hangul is written with them
    private static bool IsHan(Rune rune) => rune.Value is (>= 0x2E80 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);

    // The longest common subsequence; of removed and added ones, the removed come first
    private static IEnumerable<Edit> Compared(List<string> old, List<string> young)
    {
        if ((long)old.Count * young.Count > MostCompared || old.Count == 0 || young.Count == 0) return [.. old.Select(word => new Edit(word, null)), .. young.Select(word => new Edit(null, word))];
        var longest = new int[old.Count + 1, young.Count + 1];
        for (var i = old.Count - 1; i >= 0; i--)
            for (var j = young.Count - 1; j >= 0; j--)
                longest[i, j] = old[i] == young[j] ? longest[i + 1, j + 1] + 1 : Math.Max(longest[i + 1, j], longest[i, j + 1]);

        var edits = new List<Edit>();
        var (at, to) = (0, 0);
        while (at < old.Count || to < young.Count)
        {
            if (at < old.Count && to < young.Count && old[at] == young[to]) edits.Add(new Edit(old[at++], young[to++]));
            else if (to == young.Count || (at < old.Count && longest[at + 1, to] >= longest[at, to + 1])) edits.Add(new Edit(old[at++], null));
            else edits.Add(new Edit(null, young[to++]));
        }

        return edits;
    }

    // A single character that stayed between two changes, or between a change and the end of its phrase, is part of the word that changed
    private static void DrawTogether(List<Edit> edits)
    {
        for (var i = 0; i < edits.Count;)
        {
            var end = i;
            while (end < edits.Count && edits[end].IsSame && IsInWord(edits[end].Old!)) end++;
            var (afterChange, beforeChange) = (i > 0 && !edits[i - 1].IsSame, end < edits.Count && !edits[end].IsSame);
            var phraseBegins = i == 0 || (edits[i - 1].IsSame && !IsInWord(edits[i - 1].Old!));
            var phraseEnds = end == edits.Count || edits[end].IsSame;
            if (end - i == 1 && ((afterChange && (beforeChange || phraseEnds)) || (beforeChange && phraseBegins))) edits[i] = edits[i] with { Mended = true };
            i = Math.Max(end, i + 1);
        }
    }

    private static bool IsInWord(string word) => Rune.GetRuneAt(word, 0) is var rune && IsHan(rune) && Rune.IsLetter(rune);

    private static List<DiffRun> Joined(List<Edit> edits)
    {
        var runs = new List<DiffRun>();
        for (var i = 0; i < edits.Count;)
        {
            var end = i;
            while (end < edits.Count && edits[end].IsSame == edits[i].IsSame) end++;
            var block = edits.GetRange(i, end - i);
            if (edits[i].IsSame)
            {
                Add(DiffKind.Same, block.Select(edit => edit.Old));
            }
            else
            {
                Add(DiffKind.Removed, block.Select(edit => edit.Old));
                Add(DiffKind.Added, block.Select(edit => edit.Young));
            }

            i = end;
        }

        return runs;

        void Add(DiffKind kind, IEnumerable<string?> words)
        {
            var text = string.Concat(words);
            if (text.Length > 0) runs.Add(new DiffRun(kind, text));
        }
    }
}
