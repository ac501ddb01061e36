using System.Runtime.InteropServices;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.ExchangeCards;

/// <summary>What a file that somebody chose turned out to be.</summary>
internal abstract record FileReading
{
    private FileReading()
    {
    }

    public sealed record Read(ImportedFile File) : FileReading;

    /// <param name="Code">Of the resource that says why.</param>
    public sealed record Refused(string Code) : FileReading;
}

/// <summary>The rows of a file, read but not yet compared with anything here.</summary>
/// <param name="IsPackage">An .apkg, whose rows are notes; else the rows are lines.</param>
internal sealed record ImportedFile(string Name, bool IsPackage, IReadOnlyList<ImportedRow> Rows)
{
    /// <summary>Reviews of cards that it does not hold.</summary>
    public int Strays { get; init; }

    public const int LargestUpload = 20 * 1024 * 1024;
    public const int LargestText = 4 * 1024 * 1024;

    /// <summary>The most that an archive may come to when it is unpacked.</summary>
    public const long LargestUnpacked = 200L * 1024 * 1024;

    /// <summary>The most files in an archive.</summary>
    public const int MostEntries = 20_000;

    public const int MostRows = 20_000;
    public const int MostReviews = 300_000;

    /// <summary>Of all rows together, in characters.</summary>
    public const long MostText = 16L * 1024 * 1024;

    public const int LongestFront = 2_000;
    public const int LongestBack = 10_000;
    public const int LongestGuid = 300;

    /// <summary>About how many bytes it takes while it waits.</summary>
    public long Weight => Rows.Sum(row => 200L + (row.Front.Length + row.Back.Length) * 2 + row.Reviews.Count * 32);
}

/// <summary>Why a review of a file is left out.</summary>
public enum LeftOut
{
    /// <summary>Its card is not known here, or its row was refused.</summary>
    Unknown,

    /// <summary>Of a note's second or further card.</summary>
    OtherCard,

    /// <summary>Its rating is none of 1 to 4.</summary>
    Rating,

    /// <summary>Its time lies ahead.</summary>
    Future,

    /// <summary>Its time lies before there were such programs, or is none.</summary>
    Early,

    /// <summary>No rating: somebody moved or reset the card.</summary>
    ByHand,

    /// <summary>A look ahead in a filtered deck: Anki schedules nothing by it, nor do we.</summary>
    Ahead,

    /// <summary>From before the card was forgotten on purpose.</summary>
    Forgotten,
}

/// <summary>A note or a line.</summary>
/// <param name="Line">The line where it begins, or the note's place, from 1.</param>
/// <param name="Guid">Empty where the file names none.</param>
/// <param name="Refusal">Why it can't be used; null where it can.</param>
internal sealed record ImportedRow(int Line, string Guid, string Front, string Back, IReadOnlyList<ImportedReview> Reviews, string? Refusal)
{
    public static IReadOnlyDictionary<LeftOut, int> NoneLeftOut { get; } = new Dictionary<LeftOut, int>();

    /// <summary>Whether it has pictures or sounds, which stay behind.</summary>
    public bool LosesMedia { get; init; }

    /// <summary>How many further cards its note makes, such as one that asks the back: they stay behind, a note is one card here.</summary>
    public int OtherCards { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>How many reviews stand in its file beside <see cref="Reviews"/>, and why they are none of them.</summary>
    public IReadOnlyDictionary<LeftOut, int> LeftOut { get; init; } = NoneLeftOut;

    /// <summary>A row of fields in plain text, with what is wrong with them.</summary>
    public static ImportedRow Of(int line, string guid, string front, string back, IReadOnlyList<ImportedReview> reviews) => new(
        line, guid.Length > ImportedFile.LongestGuid ? "" : guid, Cut(front, ImportedFile.LongestFront), Cut(back, ImportedFile.LongestBack), reviews,
        guid.Length > ImportedFile.LongestGuid || guid.Any(char.IsControl) ? "BadGuid"
        : front.Length == 0 ? "EmptyFront"
        : front.Length > ImportedFile.LongestFront ? "LongFront"
        : back.Length > ImportedFile.LongestBack ? "LongBack"
        : null);

    private static string Cut(string text, int longest) => text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
}

/// <summary>A row of Anki's log that says something about a memory.</summary>
/// <param name="Id">Its time in milliseconds.</param>
/// <param name="SkipsSteps">It was no turn of the card, and days passed until the next.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ImportedReview(long Id, Rating Rating, int TookMs, bool SkipsSteps);
