namespace StudyQuiz.App.Features.ShowPictures;

/// <summary>Why a file is not taken as a picture. The editor has a text for each.</summary>
public enum PictureRefusal
{
    /// <summary>It is no png, jpeg, webp or gif.</summary>
    Kind,

    /// <summary>It has too many bytes, or too many pixels a side.</summary>
    Large,

    /// <summary>It begins as one and does not go on as one to its end: it was cut off, or is something else.</summary>
    Broken,
}

/// <summary>A picture as its bytes say: a name or a header of the request proves nothing.</summary>
/// <param name="Type">Its media type.</param>
/// <param name="Length">How many of the bytes are the picture: what hangs on behind its end nobody sees, and it is not kept.</param>
public sealed record PictureFile(string Type, int Width, int Height, int Length)
{
    public const int LargestBytes = 2 * 1024 * 1024;

    /// <summary>More no screen shows, and a small file can unpack to gigabytes.</summary>
    public const int LongestSide = 4096;

    /// <returns>The picture, or why there is none.</returns>
    public static (PictureFile? Picture, PictureRefusal? Refusal) Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > LargestBytes) return (null, PictureRefusal.Large);
        var found = PngWalk.Of(bytes, LongestSide) ?? PictureWalk.Gif(bytes) ?? PictureWalk.WebP(bytes) ?? PictureWalk.Jpeg(bytes);
        if (found is null) return (null, PictureRefusal.Kind);
        if (found is { Width: > LongestSide } or { Height: > LongestSide }) return (null, PictureRefusal.Large);
        return found is { Width: > 0, Height: > 0, Length: > 0 } ? (found, null) : (null, PictureRefusal.Broken);
    }
}
