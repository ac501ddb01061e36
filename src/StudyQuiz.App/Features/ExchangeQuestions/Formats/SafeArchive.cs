using System.IO.Compression;

namespace StudyQuiz.App.Features.ExchangeQuestions.Formats;

/// <summary>A zip that a stranger packed. Nothing of it is written anywhere; what its directory says of sizes is not believed: bytes are counted as they come out.</summary>
internal sealed class SafeArchive : IDisposable
{
    public const int MostEntries = 10_000;
    public const int LargestInside = 24 * 1024 * 1024;
    private const int SymbolicLink = 0xA000;
    private readonly ZipArchive _zip;
    private long _left = LargestInside;

    private SafeArchive(ZipArchive zip) => _zip = zip;

    public IEnumerable<string> Names => _zip.Entries.Select(entry => entry.FullName);

    /// <exception cref="RefusedFileException">It is damaged, or made to do harm.</exception>
    public static SafeArchive Open(byte[] bytes)
    {
        // each entry of the directory costs memory before anybody can count them
        if (Entries(bytes) > MostEntries) throw new RefusedFileException("ManyEntries", MostEntries);
        ZipArchive? zip = null;
        try
        {
            zip = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
            Inspect(zip);
            var archive = new SafeArchive(zip);
            zip = null;
            return archive;
        }
        catch (Exception damaged) when (damaged is InvalidDataException or EndOfStreamException or NotSupportedException or IOException or ArgumentException)
        {
            throw new RefusedFileException("DamagedArchive");
        }
        finally
        {
            zip?.Dispose();
        }
    }

    public bool Has(string name) => _zip.GetEntry(name) is not null;

    /// <summary>Part of the archive, as far as all that is read of it stays below <see cref="LargestInside"/>.</summary>
    /// <returns>Null where there is none of that name.</returns>
    public Stream? Read(string name) => _zip.GetEntry(name) is { } entry ? new Counted(entry.Open(), this) : null;

    public void Dispose() => _zip.Dispose();

    private static int Entries(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        for (int at; (at = bytes.IndexOf("PK\u0001\u0002"u8)) >= 0 && count <= MostEntries; bytes = bytes[(at + 4)..]) count++;
        return count;
    }

    private static void Inspect(ZipArchive zip)
    {
        if (zip.Entries.Count > MostEntries) throw new RefusedFileException("ManyEntries", MostEntries);
        // pictures are never unpacked; of the rest a bomb that is honest about its size is not even begun
        if (zip.Entries.Where(IsXml).Sum(entry => Math.Min(entry.Length, LargestInside + 1L)) > LargestInside) throw new RefusedFileException("LargeInside", LargestInside / GivenFile.Mega);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in zip.Entries)
        {
            var path = entry.FullName;
            if (path.StartsWith('/') || path.Contains('\\', StringComparison.Ordinal) || path.Contains(':', StringComparison.Ordinal) || path.Split('/').Contains("..", StringComparer.Ordinal)) throw new RefusedFileException("UnsafePath", RowText.Beginning(path));
            if (((entry.ExternalAttributes >> 16) & 0xF000) == SymbolicLink) throw new RefusedFileException("SymbolicLink", RowText.Beginning(path));
            if (!names.Add(path)) throw new RefusedFileException("TwiceInArchive", RowText.Beginning(path));
        }
    }

    private static bool IsXml(ZipArchiveEntry entry) =>
        entry.FullName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || entry.FullName.EndsWith(".rels", StringComparison.OrdinalIgnoreCase);

    /// <summary>Counts what comes out, of all parts together.</summary>
    private sealed class Counted(Stream inner, SafeArchive archive) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            if ((archive._left -= read) < 0) throw new RefusedFileException("LargeInside", LargestInside / GivenFile.Mega);
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
