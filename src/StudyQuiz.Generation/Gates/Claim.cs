using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Generation.Gates;

/// <summary>Something untrue that an item lets a learner read.</summary>
/// <param name="Text">A false statement, or a wrong option with the part of the stem that it completes.</param>
/// <param name="Reveal">What a learner reads after the answer: explanation, reasons and evidence.</param>
internal sealed record Claim(string Text, string Reveal)
{
    /// <summary>The untrue claims of an item. A wrong option is one with the stem around it where it fills a blank or ends an open sentence.</summary>
    public static IEnumerable<Claim> Of(Question body)
    {
        var reveal = string.Join('\n', body.Evidence.Select(evidence => evidence.Quote).Append(body.Explanation));
        if (body is TrueFalse { Answer: false }) yield return new Claim(body.Stem, reveal);
        foreach (var option in ItemParts.Options(body).Where(option => !option.Correct))
            yield return new Claim(Completed(body.Stem, option.Text), $"{reveal}\n{option.Why}");
    }

    private static string Completed(string stem, string option)
    {
        if (stem.Contains(Cloze.Blank, StringComparison.Ordinal)) return stem.Replace(Cloze.Blank, option, StringComparison.Ordinal);
        return stem.Length > 0 && "，：“「,:".Contains(stem[^1], StringComparison.Ordinal) ? stem + option : option;
    }
}
