using System.Buffers.Binary;

namespace StudyQuiz.App.Features.ShowPictures;

/// <summary>
/// Goes through a file from part to part to its end. Of what begins as another kind of file there is nothing to tell; what begins as this kind and has no end
/// has a length of 0.
/// </summary>
internal static class PictureWalk
{
    /// <summary>A screen, then images and extensions in blocks that each say their length, then the trailer.</summary>
    public static PictureFile? Gif(ReadOnlySpan<byte> bytes)
    {
        const int Screen = 13;
        if (bytes.Length < Screen || !(bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8))) return null;
        var found = new PictureFile("image/gif", BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]), 0);
        var images = 0;
        for (var at = Screen + Colours(bytes[10]); at < bytes.Length;)
        {
            switch (bytes[at])
            {
                case 0x21 when SubBlocks(bytes, at + 2) is { End: > 0 } extension:
                    at = extension.End;
                    break;
                case 0x2C when at + 10 < bytes.Length && SubBlocks(bytes, at + 11 + Colours(bytes[at + 9])) is { End: > 0, Bytes: > 0 } image:
                    images++;
                    at = image.End;
                    break;
                case 0x3B when images > 0: return found with { Length = at + 1 };
                default: return found;
            }
        }

        return found;

        static int Colours(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }

    /// <summary>A RIFF of a length, in it chunks of their lengths, one of which is an image.</summary>
    public static PictureFile? WebP(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 30 || !bytes.StartsWith("RIFF"u8) || !bytes[8..].StartsWith("WEBPVP8"u8)) return null;
        var found = (char)bytes[15] switch
        {
            ' ' => Of(BinaryPrimitives.ReadUInt16LittleEndian(bytes[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(bytes[28..]) & 0x3FFF),
            'L' => Of((int)(BinaryPrimitives.ReadUInt32LittleEndian(bytes[21..]) & 0x3FFF) + 1, (int)(BinaryPrimitives.ReadUInt32LittleEndian(bytes[21..]) >> 14 & 0x3FFF) + 1),
            'X' => Of(Whole24(bytes[24..]) + 1, Whole24(bytes[27..]) + 1),
            _ => null,
        };
        if (found is null) return null;
        var end = 8L + BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        if (end > bytes.Length) return found;
        var images = 0;
        long at = 12;
        while (at + 8 <= end)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(int)(at + 4)..]);
            if (at + 8 + length > end) return found;
            if (IsImage(bytes.Slice((int)at, 4), bytes.Slice((int)at + 8, (int)length))) images++;
            // each begins at an even place
            at += 8 + length + (length & 1);
        }

        return images > 0 && at >= end ? found with { Length = (int)end } : found;

        static PictureFile Of(int width, int height) => new("image/webp", width, height, 0);
        static int Whole24(ReadOnlySpan<byte> bytes) => bytes[0] | bytes[1] << 8 | bytes[2] << 16;

        // A frame of a moving picture holds one in its turn, behind its place and time
        static bool IsImage(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> content) =>
            (kind.SequenceEqual("VP8 "u8) && content.Length > 10 && content[3] == 0x9D && content[4] == 0x01 && content[5] == 0x2A)
            || (kind.SequenceEqual("VP8L"u8) && content.Length > 5 && content[0] == 0x2F)
            || (kind.SequenceEqual("ANMF"u8) && content.Length > 32);
    }

    /// <summary>Segments that each say their length; behind a start of scan the coded picture up to the next marker; and the end of the image.</summary>
    public static PictureFile? Jpeg(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 4 || bytes[0] != 0xFF || bytes[1] != 0xD8 || bytes[2] != 0xFF) return null;
        var found = new PictureFile("image/jpeg", 0, 0, 0);
        var isScanned = false;
        for (var at = 2; at + 1 < bytes.Length && bytes[at] == 0xFF;)
        {
            var kind = bytes[at + 1];
            if (kind == 0xD9) return isScanned ? found with { Length = at + 2 } : found;
            // Fill bytes before a marker, and markers without a length
            if (kind is 0xFF or 0x01 or (>= 0xD0 and <= 0xD7))
            {
                at += kind == 0xFF ? 1 : 2;
                continue;
            }

            if (at + 4 > bytes.Length) break;
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (length < 2 || at + 2 + length > bytes.Length) break;
            if (kind is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC) && length >= 8)
                found = found with { Width = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]), Height = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..]) };
            at += 2 + length;
            if (kind != 0xDA) continue;
            var from = at;
            // In what is coded a marker's first byte is followed by a zero; restarts belong to it
            while (at + 1 < bytes.Length && !(bytes[at] == 0xFF && bytes[at + 1] is not (0 or (>= 0xD0 and <= 0xD7)))) at++;
            isScanned |= at > from && found.Width > 0;
        }

        return found;
    }

    // Where they end and how many bytes they hold; an end of 0 where they don't
    private static (int End, int Bytes) SubBlocks(ReadOnlySpan<byte> bytes, int at)
    {
        for (var held = 0; at < bytes.Length;)
        {
            int length = bytes[at++];
            if (length == 0) return (at, held);
            held += length;
            at += length;
        }

        return (0, 0);
    }
}
