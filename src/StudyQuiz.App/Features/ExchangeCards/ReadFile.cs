namespace StudyQuiz.App.Features.ExchangeCards;

/// <summary>Reads a file that somebody chose. Any bytes will do: the answer is its rows or a refusal. The bytes decide what it is; a package's name on anything else is refused.</summary>
internal static class ReadFile
{
    public static FileReading Of(byte[] bytes, string name, DateTimeOffset now) => bytes switch
    {
        [] => new FileReading.Refused("Empty"),
        { Length: > ImportedFile.LargestUpload } => new FileReading.Refused("TooLarge"),
        [(byte)'P', (byte)'K', ..] => ReadPackage.Of(bytes, name, now),
        _ when bytes.AsSpan().StartsWith("SQLite format 3\0"u8) => new FileReading.Refused("Collection"),
        _ when name.EndsWith(".apkg", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".colpkg", StringComparison.OrdinalIgnoreCase) => new FileReading.Refused("NoPackage"),
        _ => ReadTable.Of(bytes, name),
    };
}
