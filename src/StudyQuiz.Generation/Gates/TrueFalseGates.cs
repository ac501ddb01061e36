using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.Generation.Gates;

/// <summary>Neither guessing always the same nor the length of a statement helps to judge it.</summary>
public static class TrueFalseGates
{
    /// <summary>At least this share of the statements is true, and at least this share false.</summary>
    public const double LeastShare = 0.4;

    /// <summary>With fewer statements than this, the counts of true and false ones may differ by 1.</summary>
    public const int Few = 5;

    /// <summary>The mean length of true statements over that of false ones, or the other way round, is at most this.</summary>
    public const double MostTimes = 1.25;

    /// <summary>About as many statements are true as false.</summary>
    public static IEnumerable<Fault> Balance(BankFile bank)
    {
        var all = Statements(bank);
        var right = all.Count(statement => statement.Answer);
        var fewer = Math.Min(right, all.Count - right);
        if (all.Count < Few ? all.Count - (2 * fewer) > 1 : (double)fewer / all.Count < LeastShare)
            yield return right > fewer
                ? new Fault(bank.Source.Slug, "many-true", $"{right} of {all.Count} statements are true, {LeastShare * 100:0} to {(1 - LeastShare) * 100:0} % should be: add false ones or turn some round.")
                : new Fault(bank.Source.Slug, "few-true", $"{right} of {all.Count} statements are true, {LeastShare * 100:0} to {(1 - LeastShare) * 100:0} % should be: add true ones or turn some round.");
    }

    /// <summary>True and false statements are of like mean length in characters. One of a kind alone is no pattern.</summary>
    public static IEnumerable<Fault> Length(BankFile bank)
    {
        var all = Statements(bank);
        var right = all.Where(statement => statement.Answer).Select(statement => statement.Stem.Length).ToList();
        var wrong = all.Where(statement => !statement.Answer).Select(statement => statement.Stem.Length).ToList();
        if (right.Count < 2 || wrong.Count < 2) yield break;
        var (trueMean, falseMean) = (right.Average(), wrong.Average());
        if (Math.Max(trueMean, falseMean) > MostTimes * Math.Min(trueMean, falseMean))
            yield return new Fault(bank.Source.Slug, "statement-length", $"True statements have {trueMean:0.#} characters on average and false ones {falseMean:0.#}, at most {MostTimes} times as many are allowed: make them alike.");
    }

    private static List<TrueFalse> Statements(BankFile bank) =>
        [.. bank.Questions.Select(question => question.Body).OfType<TrueFalse>()];
}
