using System.Security.Cryptography;
using System.Text.Json;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Features.ImportBank;

/// <summary>
/// SHA-256 of an item's canonical JSON, in lower-case hexadecimal. The file's item and the stored one go through the same
/// records, so that equal content gives equal hashes whatever order or spelling jsonb and YAML keep.
/// </summary>
internal static class ItemHash
{
    /// <param name="sha256">Of the raw text.</param>
    public static string OfSource(string title, string publisher, string? published, string language, string sha256, IEnumerable<BankParagraph> paragraphs) =>
        Of(new { title, publisher, published, language, sha256, paragraphs });

    /// <summary>The text alone: a new one makes a new version of the source.</summary>
    public static string OfText(string sha256, IEnumerable<BankParagraph> paragraphs) => Of(new { sha256, paragraphs });

    public static string OfKeyPoint(string? parent, int position, string heading, int weight, IReadOnlyList<Evidence> evidence) =>
        Of(new { parent, position, heading, weight, evidence });

    public static string OfQuestion(string keyPoint, string origin, string status, Question body, IEnumerable<string> enemies, IEnumerable<string> tags) =>
        // without a tag the hash is the one of before there were tags: what was imported then is still unchanged
        Of(new { keyPoint, origin, status, body, enemies = Sorted(enemies), tags = Sorted(tags) is { Length: > 0 } some ? some : null });

    /// <summary>A row of a file of another format. Marked, for a bank file's own hash of the same question is another.</summary>
    public static string OfRow<T>(T row) => RowMark + Of(row);

    /// <summary>Whether a hash is none of a bank file's.</summary>
    public static bool IsOfRow(string? hash) => hash?.StartsWith(RowMark, StringComparison.Ordinal) != false;

    private const string RowMark = "row:";

    private static string[] Sorted(IEnumerable<string> names) => [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static string Of<T>(T content) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(content, DomainJson.Options)));
}
