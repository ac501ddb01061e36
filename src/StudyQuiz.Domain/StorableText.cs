namespace StudyQuiz.Domain;

/// <summary>Text that PostgreSQL can store.</summary>
public static class StorableText
{
    /// <summary>Whether a text holds neither U+0000 nor a lone surrogate: one such text would fail the whole batch it is stored with.</summary>
    public static bool Is(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0') return false;
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }

        return true;
    }

    /// <summary>The text without characters that turn the direction of what stands around them: a title must not turn its page's words.</summary>
    public static string WithoutDirections(string text) => text.Any(IsDirection) ? string.Concat(text.Where(c => !IsDirection(c))) : text;

    private static bool IsDirection(char c) => c is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
