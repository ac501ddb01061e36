using System.Runtime.InteropServices;

namespace StudyQuiz.Domain.Questions;

/// <summary>A passage of a text that says some words or nearly so.</summary>
/// <param name="Start">Where it begins, in UTF-16 units.</param>
/// <param name="Distance">How many characters are wrong, missing or too many.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct NearestPassage(int Start, int End, int Distance)
{
    /// <summary>Finds the passage nearest to some words, after Sellers (1980): an edit distance that may begin and end anywhere in the text.</summary>
    /// <param name="most">The distance from which on a passage is none.</param>
    /// <returns>The nearest, the first of several; null where there is none.</returns>
    public static NearestPassage? Of(ReadOnlySpan<char> words, ReadOnlySpan<char> text, int most)
    {
        if (words.IsEmpty) return null;
        // Of the first so many words, ending here in the text: how far off, and where it began
        var (before, now) = (new (int Distance, int Start)[words.Length + 1], new (int Distance, int Start)[words.Length + 1]);
        for (var i = 0; i <= words.Length; i++) before[i] = (i, 0);
        NearestPassage? best = null;
        for (var at = 0; at < text.Length; at++)
        {
            now[0] = (0, at + 1);
            for (var i = 1; i <= words.Length; i++)
            {
                var nearest = (Distance: before[i - 1].Distance + (words[i - 1] == text[at] ? 0 : 1), Start: i == 1 ? at : before[i - 1].Start);
                now[i] = Nearer(Nearer(nearest, before[i]), now[i - 1]);
            }

            var whole = now[words.Length];
            if (whole.Distance <= most && whole.Distance < (best?.Distance ?? int.MaxValue)) best = new NearestPassage(whole.Start, at + 1, whole.Distance);
            if (best is { Distance: 0 }) return best;
            (before, now) = (now, before);
        }

        return best;

        // One further off than that; of two as near the one that takes less of the text
        static (int Distance, int Start) Nearer((int Distance, int Start) one, (int Distance, int Start) other) =>
            (other.Distance + 1, -other.Start).CompareTo((one.Distance, -one.Start)) < 0 ? (other.Distance + 1, other.Start) : one;
    }
}
