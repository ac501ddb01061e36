using System.Buffers.Binary;

namespace StudyQuiz.App.Features.ShowPictures;

/// <summary>A picture as its bytes say: a name or a header of the request proves nothing.</summary>
/// <param name="Type">Its media type.</param>
public sealed record PictureFile(string Type, int Width, int Height)
{
    public const int LargestBytes = 2 * 1024 * 1024;

    /// <summary>More no screen shows, and a small file can unpack to gigabytes.</summary>
    public const int LongestSide = 4096;

    /// <summary>Null where the bytes are no png, jpeg, webp or gif, or it is too large.</summary>
    public static PictureFile? Read(ReadOnlySpan<byte> bytes)
    {
        var found = bytes.Length > LargestBytes ? null : Png(bytes) ?? Gif(bytes) ?? WebP(bytes) ?? Jpeg(bytes);
        return found is { Width: > 0 and <= LongestSide, Height: > 0 and <= LongestSide } ? found : null;
    }

    private static PictureFile? Png(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 24 && bytes[0] == 0x89 && bytes[1..].StartsWith("PNG\r\n\u001a\n"u8) && bytes[12..].StartsWith("IHDR"u8)
            ? new PictureFile("image/png", BinaryPrimitives.ReadInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadInt32BigEndian(bytes[20..]))
            : null;

    private static PictureFile? Gif(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 10 && (bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8))
            ? new PictureFile("image/gif", BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]))
            : null;

    private static PictureFile? WebP(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 30 || !bytes.StartsWith("RIFF"u8) || !bytes[8..].StartsWith("WEBPVP8"u8)) return null;
        return (char)bytes[15] switch
        {
            ' ' => new PictureFile("image/webp", BinaryPrimitives.ReadUInt16LittleEndian(bytes[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(bytes[28..]) & 0x3FFF),
            'L' => new PictureFile("image/webp", (int)(BinaryPrimitives.ReadUInt32LittleEndian(bytes[21..]) & 0x3FFF) + 1, (int)(BinaryPrimitives.ReadUInt32LittleEndian(bytes[21..]) >> 14 & 0x3FFF) + 1),
            'X' => new PictureFile("image/webp", Whole24(bytes[24..]) + 1, Whole24(bytes[27..]) + 1),
            _ => null,
        };
    }

    private static int Whole24(ReadOnlySpan<byte> bytes) => bytes[0] | bytes[1] << 8 | bytes[2] << 16;

    // Segments up to the one that tells the size
    private static PictureFile? Jpeg(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 4 || bytes[0] != 0xFF || bytes[1] != 0xD8) return null;
        for (var at = 2; at + 9 < bytes.Length && bytes[at] == 0xFF;)
        {
            var kind = bytes[at + 1];
            if (kind is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return new PictureFile("image/jpeg", BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..]));
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
        }

        return null;
    }
}
