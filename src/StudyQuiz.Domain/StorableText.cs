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
}
