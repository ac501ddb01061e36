namespace StudyQuiz.Domain.Questions;

/// <summary>What a learner compares with, who judges their own answer.</summary>
public static class Flashcards
{
    /// <summary>The points of a back: its lines, or what semicolons or, where there are none, enumeration commas part.</summary>
    /// <remarks>Marks within quotation marks or brackets part nothing: 《甲、乙》 is one.</remarks>
    public static IReadOnlyList<string> Points(Flashcard card)
    {
        var lines = Parts(card.Back, '\n');
        if (lines.Count > 1) return lines;
        var clauses = Parts(card.Back, '；', ';');
        return clauses.Count > 1 ? clauses : Parts(card.Back, '、');
    }

    private const string Openings = "“‘《（(「『";
    private const string Closings = "”’》）)」』";

    private static List<string> Parts(string text, params ReadOnlySpan<char> marks)
    {
        var parts = new List<string>();
        var (start, depth) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length)
            {
                if (Openings.Contains(text[i], StringComparison.Ordinal)) depth++;
                if (Closings.Contains(text[i], StringComparison.Ordinal)) depth = Math.Max(0, depth - 1);
                if (depth > 0 || !marks.Contains(text[i])) continue;
            }

            if (text[start..i].Trim() is { Length: > 0 } part) parts.Add(part);
            start = i + 1;
        }

        return parts;
    }
}
