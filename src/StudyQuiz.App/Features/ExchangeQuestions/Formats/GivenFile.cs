using StudyQuiz.Generation.Reading;

namespace StudyQuiz.App.Features.ExchangeQuestions.Formats;

/// <summary>A file that somebody gave, with the limits that hold for all of them.</summary>
internal sealed record GivenFile(byte[] Bytes, string Name)
{
    /// <summary>The largest file, in bytes.</summary>
    public const int Largest = 20 * 1024 * 1024;

    /// <summary>The largest text, in bytes.</summary>
    public const int LargestText = SourceReader.LargestTextFile;

    /// <summary>The most rows of a file.</summary>
    public const int MostRows = 5_000;

    public const int Mega = 1024 * 1024;

    /// <summary>It is larger than <see cref="Largest"/>: its bytes were not even read.</summary>
    public bool IsTooLarge { get; init; }

    public bool IsZip => Bytes is [(byte)'P', (byte)'K', 3 or 5 or 7, _, ..];

    /// <summary>Its characters: UTF-8, UTF-16 with a mark, or GB18030.</summary>
    /// <exception cref="RefusedFileException">It is no text.</exception>
    public string Text => _text ??= SourceReader.ReadText(Bytes, "") switch
    {
        SourceReading.Text text => text.Raw.ReplaceLineEndings("\n"),
        SourceReading.Refused { Reason: SourceRefusal.Empty } => throw new RefusedFileException("EmptyFile"),
        SourceReading.Refused { Reason: SourceRefusal.TooLarge } => throw new RefusedFileException("LargeText", LargestText / Mega),
        SourceReading.Refused { Reason: SourceRefusal.UnknownEncoding } => throw new RefusedFileException("Encoding"),
        _ => throw new RefusedFileException("NoText"),
    };

    private string? _text;

    /// <summary>Whether the name ends so.</summary>
    public bool Ends(params string[] extensions) => extensions.Any(extension => Name.EndsWith(extension, StringComparison.OrdinalIgnoreCase));
}
