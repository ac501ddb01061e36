using System.Globalization;

namespace StudyQuiz.App.Features.KeepBank;

/// <summary>A question's row in a list.</summary>
public sealed record ListedQuestion
{
    public required long Id { get; init; }
    public required string BankSlug { get; init; }
    public required string Language { get; init; }
    public required string Stem { get; init; }
    public required string Type { get; init; }
    public required string Status { get; init; }
    public required int Difficulty { get; init; }
    public required bool HasEvidence { get; init; }
    public required bool IsBehind { get; init; }
    public required string Heading { get; init; }

    /// <summary>Of the key point above its own.</summary>
    public required string? Above { get; init; }

    /// <summary>Null for what came with a file or a generation.</summary>
    public required string? Author { get; init; }
    public required DateTime ChangedAt { get; init; }
    public required string[] Tags { get; init; }
    public required int Answers { get; init; }
    public required float? Facility { get; init; }
    public required float? Discrimination { get; init; }
    public required int? MedianMs { get; init; }
    public required float[] Weeks { get; init; }
    public required string[] Flags { get; init; }
    public required int Concern { get; init; }
    public required int Appeals { get; init; }
    public required int Reports { get; init; }

    /// <summary>A change of it waits for a second person.</summary>
    public required bool HasProposal { get; init; }

    public string Path => PathOf(BankSlug, Id);

    /// <summary>A question's page: what it says and its statistics.</summary>
    public static string PathOf(string bank, long question) => string.Create(CultureInfo.InvariantCulture, $"/banks/{Uri.EscapeDataString(bank)}/questions/{question}");
}
