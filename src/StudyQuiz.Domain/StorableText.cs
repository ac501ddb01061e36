namespace StudyQuiz.Domain;

/// <summary>Text that PostgreSQL can store and Unicode can normalise.</summary>
public static class StorableText
{
    /// <summary>Whether a text holds neither U+0000 nor a lone surrogate, of which one would fail the whole batch it is stored with, nor U+FFFE and U+FFFF, which are no characters and make normalising throw.</summary>
    public static bool Is(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '\0' or '\uFFFE' or '\uFFFF') return false;
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }

        return true;
    }

    /// <summary>
    /// The text without what nobody sees in it and that turns or parts what stands around it: a title must not turn its page's words. Joiners stay, which
    /// emoji and whole scripts need; so does half of a surrogate pair, which only <see cref="Is"/> tells.
    /// </summary>
    public static string Clean(string text) => text.Any(IsUnseen) ? string.Concat(text.Where(c => !IsUnseen(c))) : text;

    private static bool IsUnseen(char c) => c is '\0' or '\uFFFE' or '\uFFFF' or '\u200B' or '\uFEFF' or (>= '\u2060' and <= '\u2064') or '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
