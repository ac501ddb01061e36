using System.Security.Cryptography;
using System.Text;
using StudyQuiz.Domain;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Features.ImportBank;

/// <summary>A bank file and the raw text that it names.</summary>
/// <param name="Bank">Null when the file can't be read.</param>
/// <param name="Raw">The text, byte for byte as UTF-8; null when it can't be read.</param>
/// <param name="Problems">What keeps the bank or its text from being used; empty when all is well.</param>
public sealed record BankOnDisk(BankFile? Bank, string? Raw, IReadOnlyList<Refusal> Problems)
{
    private static readonly UTF8Encoding _strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static async Task<BankOnDisk> LoadAsync(string file, CancellationToken cancellation)
    {
        var name = Path.GetFileName(file);
        var (yaml, unreadable) = await ReadAsync(file, cancellation);
        if (yaml is null) return new BankOnDisk(null, null, [new Refusal(name, $"{file}: {unreadable}")]);
        var (bank, errors) = BankFile.Read(yaml);
        if (bank is null) return new BankOnDisk(null, null, [.. errors.Select(error => new Refusal(name, $"{name}, {error}", error.Line))]);

        var named = bank.Source.File;
        if (PathBelow(Path.GetDirectoryName(Path.GetFullPath(file))!, named) is not { } path)
            return new BankOnDisk(bank, null, [new Refusal(named, "It leaves the folder of the bank file: put the text below that, such as in sources/.")]);
        var (raw, missing) = await ReadAsync(path, cancellation);
        return raw is null ? new BankOnDisk(bank, null, [new Refusal(named, missing!)]) : new BankOnDisk(bank, raw, [.. SourceProblems(bank, raw)]);
    }

    /// <summary>Why a text is not the one that a bank was made from, or can't be stored.</summary>
    public static IEnumerable<Refusal> SourceProblems(BankFile bank, string raw)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(raw)));
        if (sha256 != bank.Source.Sha256)
            yield return new Refusal(bank.Source.File, $"Its SHA-256 is {sha256}, but the bank was made from {bank.Source.Sha256}: bring that text back, or review the bank against this one and correct sha256.");
        if (!StorableText.Is(raw)) yield return new Refusal(bank.Source.File, "It holds U+0000 or half of a surrogate pair, which can't be stored: delete it.");
    }

    /// <summary>The full path of a file below a folder; null where the name leads out of it.</summary>
    internal static string? PathBelow(string folder, string name)
    {
        if (name.Contains('\0', StringComparison.Ordinal) || Path.IsPathRooted(name)) return null;
        var path = Path.GetFullPath(Path.Combine(folder, name));
        return path.StartsWith(folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? path : null;
    }

    private static async Task<(string? Text, string? Problem)> ReadAsync(string path, CancellationToken cancellation)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists) return (null, "There is no such file: put it there, or correct the path.");
            if (file.Length > BankReading.LongestFile) return (null, $"It is larger than {BankReading.LongestFile} bytes: split it.");
            // a byte order mark stays in: the hash is taken of what the file holds
            return (_strictUtf8.GetString(await File.ReadAllBytesAsync(path, cancellation)), null);
        }
        catch (DecoderFallbackException)
        {
            return (null, "It is not UTF-8: save it as UTF-8.");
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            return (null, $"It can't be read: {denied.Message}");
        }
    }
}
