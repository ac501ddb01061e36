using System.Text;

namespace StudyQuiz.Generation.Reading;

/// <summary>Powers and indices as plain text can say them: 10³, H₂O; what has no such character goes behind ^ or _.</summary>
public static class RaisedText
{
    private const string Plain = "0123456789+-=()n";
    private const string Upper = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ";
    private const string Lower = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ";

    /// <summary>A text that stands raised.</summary>
    public static string Up(string text) => Moved(text, Upper, '^');

    /// <summary>A text that stands lowered.</summary>
    public static string Down(string text) => Moved(text, Lower, '_');

    private static string Moved(string text, string characters, char mark)
    {
        var inner = text.Trim();
        if (inner.Length == 0) return text;
        var moved = new StringBuilder();
        foreach (var letter in inner)
        {
            // the minus of word processors is another character
            var place = Plain.IndexOf(letter is '−' or '–' ? '-' : letter, StringComparison.Ordinal);
            if (place < 0) return inner.Length == 1 ? $"{mark}{inner}" : $"{mark}({inner})";
            moved.Append(characters[place]);
        }

        return moved.ToString();
    }
}
