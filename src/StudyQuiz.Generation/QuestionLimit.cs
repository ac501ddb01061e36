using StudyQuiz.Generation.Gates;
using StudyQuiz.Generation.KeyPoints;

namespace StudyQuiz.Generation;

/// <summary>How many questions a bank may have, and what that leaves out.</summary>
/// <param name="Most">So many are chosen at most.</param>
/// <param name="ByLength">So many would be by the length of the text alone, or were asked for.</param>
/// <param name="Unchecked">Drafts that no gate has looked at: far more were written than can be chosen.</param>
public sealed record QuestionLimit(int Most, int ByLength, int Unchecked)
{
    /// <summary>How much text a question gets by default: a 2,000-character speech about a hundred and thirty.</summary>
    public const int CharactersAQuestion = 15;

    /// <summary>A short text still gets as many by default, where it yields them.</summary>
    public const int Fewest = 20;

    /// <summary>More than a person can go through are made by default only where the key points need them.</summary>
    public const int MostUnneeded = 1_000;

    /// <summary>Whether a long text gets fewer than its length alone would give.</summary>
    public bool IsCut => Most < ByLength;

    internal static QuestionLimit Of(GenerationSettings settings, int characters, IReadOnlyList<KeyPoint> keyPoints)
    {
        if (settings.MostQuestions is { } wanted) return new QuestionLimit(wanted, wanted, Unchecked: 0);
        var byLength = Math.Max(Fewest, characters / CharactersAQuestion);
        var weights = keyPoints.SelectMany(point => point.WithDescendants()).Select(point => point.Weight).ToList();
        var needed = weights.Count(weight => weight == 3) + (int)Math.Ceiling(CoverageGates.LeastOfWeight2 * weights.Count(weight => weight == 2));
        return new QuestionLimit(Math.Min(byLength, Math.Max(MostUnneeded, needed)), byLength, Unchecked: 0);
    }
}
