using System.Buffers.Binary;
using System.IO.Compression;

namespace StudyQuiz.App.Features.ShowPictures;

/// <summary>Goes through a png: chunks that each say their length and their check sum, from the header to the end, and all of the picture packed in them.</summary>
internal static class PngWalk
{
    private const int Signature = 8;
    private const int AroundChunk = 12;

    private static readonly uint[] _table = [.. Enumerable.Range(0, 256).Select(n => Enumerable.Range(0, 8).Aggregate((uint)n, (sum, _) => (sum & 1) == 0 ? sum >> 1 : 0xEDB88320 ^ (sum >> 1)))];

    // By the kind of colour; 0 for what is none
    private static readonly int[] _channels = [1, 0, 3, 1, 2, 0, 4];

    // Where an interlaced picture's passes begin, and how far apart their pixels are
    private static readonly (int X, int Y, int Right, int Down)[] _passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <param name="longestSide">Of a larger one no more than its size is read.</param>
    /// <returns>Null for what begins as something else; a length of 0 for what has no end.</returns>
    public static PictureFile? Of(ReadOnlySpan<byte> bytes, int longestSide)
    {
        if (bytes.Length < Signature + AroundChunk + 13 || bytes[0] != 0x89 || !bytes[1..].StartsWith("PNG\r\n\u001a\n"u8) || !bytes[12..].StartsWith("IHDR"u8)) return null;
        var header = bytes.Slice(16, 13);
        var found = new PictureFile("image/png", Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(header)), Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(header[4..])), 0);
        if (found.Width > longestSide || found.Height > longestSide) return found;
        using var packed = new MemoryStream();
        for (var at = Signature; at + AroundChunk <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            if (length > bytes.Length - at - AroundChunk) return found;
            var chunk = bytes.Slice(at + 4, 4 + (int)length);
            if (Sum(chunk) != BinaryPrimitives.ReadUInt32BigEndian(bytes[(at + 8 + (int)length)..])) return found;
            at += AroundChunk + (int)length;
            if (chunk.StartsWith("IDAT"u8)) packed.Write(chunk[4..]);
            if (chunk.StartsWith("IEND"u8)) return Unpacks(packed, BytesOf(found, header)) ? found with { Length = at } : found;
        }

        return found;
    }

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var one in bytes) sum = _table[(byte)(sum ^ one)] ^ (sum >> 8);
        return ~sum;
    }

    // Each row has a byte before it
    private static long BytesOf(PictureFile picture, ReadOnlySpan<byte> header)
    {
        var bits = header[8] * (header[9] < _channels.Length ? _channels[header[9]] : 0);
        if (bits == 0) return 0;
        if (header[12] == 0) return Rows(picture.Width, picture.Height);
        return _passes.Sum(pass => Rows((picture.Width - pass.X + pass.Right - 1) / pass.Right, (picture.Height - pass.Y + pass.Down - 1) / pass.Down));

        long Rows(int width, int height) => width <= 0 || height <= 0 ? 0 : height * (1 + (((long)width * bits) + 7) / 8);
    }

    private static bool Unpacks(MemoryStream packed, long wanted)
    {
        if (wanted == 0) return false;
        packed.Position = 0;
        using var pixels = new ZLibStream(packed, CompressionMode.Decompress);
        var buffer = new byte[64 * 1024];
        try
        {
            while (wanted > 0 && pixels.Read(buffer) is > 0 and var read) wanted -= read;
        }
        catch (InvalidDataException)
        {
            return false;
        }

        return wanted <= 0;
    }
}
