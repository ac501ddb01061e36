namespace StudyQuiz.Generation.Gates;

/// <summary>Finds a text within another.</summary>
internal static class TextPlaces
{
    /// <summary>Offsets at which <paramref name="part"/> begins, overlapping ones too, found as they are asked for.</summary>
    public static IEnumerable<int> Of(string part, string text)
    {
        if (part.Length == 0) yield break;
        for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part, at + 1, StringComparison.Ordinal))
            yield return at;
    }
}
