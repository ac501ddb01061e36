using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.Generation.Gates;

/// <summary>Where the right option stands says nothing.</summary>
public static class PositionGates
{
    /// <summary>Positions are too uneven when chance gives such counts less often than this.</summary>
    public const double LeastProbability = 0.05;

    /// <summary>The test says nothing where a position is expected to be right less often than this (Cochran's rule).</summary>
    public const int LeastExpected = 5;

    /// <summary>Among the single choices with the same number of options, the right one stands in each position about equally often.</summary>
    public static IEnumerable<Fault> KeyPosition(BankFile bank)
    {
        var groups = bank.Questions.Select(question => question.Body).OfType<SingleChoice>()
            .Where(single => single.Options.Count > 1 && single.Options.Count(option => option.Correct) == 1)
            .GroupBy(single => single.Options.Count).OrderBy(group => group.Key);
        foreach (var group in groups)
        {
            var counts = new int[group.Key];
            foreach (var single in group) counts[single.Options.TakeWhile(option => !option.Correct).Count()]++;
            if (counts.Average() < LeastExpected || ChiSquare.OfEqualShares(counts) is var p && p > LeastProbability) continue;
            var most = Array.IndexOf(counts, counts.Max());
            yield return new Fault(bank.Source.Slug, "key-position", $"Of {counts.Sum()} single choices with {group.Key} options the right one stands {counts[most]} times in position {most + 1}, {counts.Average():0.#} are expected (chi-square p = {p:0.###}, over {LeastProbability} is allowed): move it in some of them.");
        }
    }
}
