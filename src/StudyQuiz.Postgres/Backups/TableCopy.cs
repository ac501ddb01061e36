using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace StudyQuiz.Postgres.Backups;

/// <summary>What went through a copy of a table.</summary>
/// <param name="Sha256">Of all of it, in its order.</param>
internal sealed record Copied(long Rows, long Bytes, string Sha256)
{
    /// <summary>The sum of its rows' SHA-256, which is the same in whatever order they come: a server puts a short row where it finds room.</summary>
    public required string RowSum { get; init; }
}

/// <summary>Copies tables as text, counting and hashing on the way.</summary>
internal static class TableCopy
{
    /// <summary>By which a table's text is the same on every server; to be set in the transaction that copies.</summary>
    public const string Settings =
        "set local client_encoding = 'UTF8'; set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres'; set local extra_float_digits = 1; " +
        "set local bytea_output = 'hex'; set local synchronize_seqscans = off; set local search_path = public";

    private const int Piece = 32 * 1024;
    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Writes a table's rows to a stream.</summary>
    public static async Task<Copied> OutAsync(NpgsqlConnection connection, string table, IReadOnlyList<string> columns, Stream to, CancellationToken stop)
    {
        using var rows = await connection.BeginTextExportAsync($"copy {Quoted(table)} ({string.Join(", ", columns.Select(Quoted))}) to stdout", stop);
        return await PassAsync(rows, to, stop);
    }

    /// <summary>Reads rows from a stream into a table.</summary>
    public static async Task<Copied> InAsync(NpgsqlConnection connection, string table, IReadOnlyList<string> columns, Stream from, CancellationToken stop)
    {
        await using var hashing = new HashedStream(from);
        using var reader = new StreamReader(hashing, _utf8, detectEncodingFromByteOrderMarks: false, Piece);
        await using var rows = await connection.BeginTextImportAsync($"copy {Quoted(table)} ({string.Join(", ", columns.Select(Quoted))}) from stdin", stop);
        var count = await LinesAsync(reader, rows, stop);
        await rows.DisposeAsync();
        return hashing.Copied(count);
    }

    /// <summary>Reads a stream to its end, for its count and hash alone.</summary>
    public static async Task<Copied> CheckAsync(Stream from, CancellationToken stop)
    {
        await using var hashing = new HashedStream(from);
        using var reader = new StreamReader(hashing, _utf8, detectEncodingFromByteOrderMarks: false, Piece);
        return hashing.Copied(await LinesAsync(reader, TextWriter.Null, stop));
    }

    public static string Quoted(string name) => '"' + name.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    private static async Task<Copied> PassAsync(TextReader rows, Stream to, CancellationToken stop)
    {
        await using var hashing = new HashedStream(to);
        await using var writer = new StreamWriter(hashing, _utf8, Piece, leaveOpen: true);
        var count = await LinesAsync(rows, writer, stop);
        await writer.FlushAsync(stop);
        return hashing.Copied(count);
    }

    // A line break within a value is written as \n, so that every line is a row
    private static async Task<long> LinesAsync(TextReader from, TextWriter to, CancellationToken stop)
    {
        var piece = new char[Piece];
        long rows = 0;
        for (int read; (read = await from.ReadAsync(piece, stop)) > 0;)
        {
            rows += piece.AsSpan(0, read).Count('\n');
            await to.WriteAsync(piece.AsMemory(0, read), stop);
        }

        return rows;
    }

    /// <summary>Hashes and counts what is read from or written to another stream, which stays open.</summary>
    private sealed class HashedStream(Stream inner) : Stream
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private readonly IncrementalHash _row = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private readonly ulong[] _rowSum = new ulong[4];
        private long _bytes;

        public override bool CanRead => inner.CanRead;

        public override bool CanSeek => false;

        public override bool CanWrite => inner.CanWrite;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _bytes;
            set => throw new NotSupportedException();
        }

        public Copied Copied(long rows) => new(rows, _bytes, Convert.ToHexStringLower(_hash.GetCurrentHash())) { RowSum = string.Join(' ', _rowSum) };

        public override int Read(byte[] buffer, int offset, int count) => Passed(buffer.AsSpan(offset, inner.Read(buffer, offset, count)));

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            return Passed(buffer.Span[..read]);
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            Passed(buffer.AsSpan(offset, count));
            inner.Write(buffer, offset, count);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Passed(buffer.Span);
            return inner.WriteAsync(buffer, cancellationToken);
        }

        public override void Flush() => inner.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _hash.Dispose();
                _row.Dispose();
            }

            base.Dispose(disposing);
        }

        private int Passed(ReadOnlySpan<byte> bytes)
        {
            _hash.AppendData(bytes);
            _bytes += bytes.Length;
            AddRows(bytes);
            return bytes.Length;
        }

        private void AddRows(ReadOnlySpan<byte> bytes)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            for (int end; (end = bytes.IndexOf((byte)'\n')) >= 0; bytes = bytes[(end + 1)..])
            {
                _row.AppendData(bytes[..end]);
                _row.GetHashAndReset(hash);
                for (var part = 0; part < _rowSum.Length; part++) _rowSum[part] += BinaryPrimitives.ReadUInt64LittleEndian(hash[(part * sizeof(ulong))..]);
            }

            _row.AppendData(bytes);
        }
    }
}
