using StudyQuiz.Generation;
using StudyQuiz.Generation.Gates;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.App.Features.GenerateBank;

/// <summary>What a review says of a generation beside every question.</summary>
/// <param name="Characters">Of the clean text.</param>
/// <param name="Repairs">How many of each kind, in the order of their first.</param>
/// <param name="Shortfalls">How many facts without a question each key point has, by its label.</param>
/// <param name="Open">What the gates find in the finished bank.</param>
/// <param name="Gates">How many gates every question was checked by.</param>
public sealed record GenerationSummary(
    int Characters, int Paragraphs, string Language, IReadOnlyList<RepairCount> Repairs, int Doubts, int OpenSeries,
    IReadOnlyDictionary<string, int> Shortfalls, int Dropped, IReadOnlyList<GateFinding> Open, int Gates)
{
    public static GenerationSummary Of(GeneratedBank generated)
    {
        var report = generated.Report;
        return new GenerationSummary(
            report.Characters, generated.Bank.Paragraphs.Count, report.Language,
            [.. report.Repairs.GroupBy(repair => repair.Kind).Select(kind => new RepairCount(kind.Key, kind.Count()))],
            report.Doubts.Count,
            report.Series.Count(line => line is { Number: 0, IsOpen: true }),
            report.Shortfalls.GroupBy(fact => fact.KeyPoint, StringComparer.Ordinal).ToDictionary(point => point.Key, point => point.Count(), StringComparer.Ordinal),
            report.Dropped.Count, report.Open, BankGates.All.Count);
    }
}

/// <summary>How often a kind of repair was made.</summary>
public sealed record RepairCount(RepairKind Kind, int Count);
