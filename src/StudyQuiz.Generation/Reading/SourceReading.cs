namespace StudyQuiz.Generation.Reading;

/// <summary>What reading a file gave: its text, or why it was refused.</summary>
public abstract record SourceReading
{
    private SourceReading()
    {
    }

    /// <param name="Raw">Every character as it stood in the file; at most <see cref="SourceReader.LongestText"/> of them, not only white space.</param>
    public sealed record Text(string Raw) : SourceReading;

    /// <param name="Reason">What is wrong with the file.</param>
    /// <param name="Message">What is wrong and what to do, for the person who chose the file.</param>
    public sealed record Refused(SourceRefusal Reason, string Message) : SourceReading;
}

/// <summary>Why a file is no source.</summary>
public enum SourceRefusal
{
    /// <summary>No bytes, or nothing but white space.</summary>
    Empty,

    /// <summary>More bytes than are read.</summary>
    TooLarge,

    /// <summary>More text than a bank can be made of.</summary>
    TooLong,

    /// <summary>A document of another kind, such as .pdf or .doc.</summary>
    OtherFormat,

    /// <summary>No text at all.</summary>
    Binary,

    /// <summary>Text in an encoding that is not known.</summary>
    UnknownEncoding,

    /// <summary>A .docx file that can't be opened.</summary>
    BrokenDocument,

    /// <summary>A .docx file that is far larger inside than outside.</summary>
    UnsafeDocument,
}
