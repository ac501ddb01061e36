namespace StudyQuiz.Generation.Banks;

/// <summary>How files and the database write an enumeration's values.</summary>
public static class Names
{
    /// <summary>The value's name in lower case.</summary>
    public static string Of<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
