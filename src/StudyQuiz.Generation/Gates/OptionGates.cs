using System.Globalization;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.Generation.Gates;

/// <summary>The length of an option says nothing about whether it is right.</summary>
public static class OptionGates
{
    /// <summary>The longest option has at most this many times the characters of the shortest.</summary>
    public const double MostTimes = 2;

    /// <summary>By how much longest keys may be more frequent than chance.</summary>
    public const double Allowance = 0.1;

    /// <summary>Options of a question are of like length.</summary>
    public static IEnumerable<Fault> LengthRatio(BankFile bank)
    {
        foreach (var (id, options) in Choices(bank))
        {
            var lengths = options.Select(option => option.Text.Length).ToList();
            if (lengths.Max() > MostTimes * lengths.Min())
                yield return new Fault(id, "option-length", $"Its longest option has {lengths.Max()} characters and its shortest {lengths.Min()}, more than {MostTimes.ToString(CultureInfo.InvariantCulture)} times: make them alike.");
        }
    }

    /// <summary>
    /// A right option is strictly the longest in at most chance + <see cref="Allowance"/> of the questions (chance: 1/k with one right
    /// of k options, c/k with c). One question alone is no pattern.
    /// </summary>
    public static IEnumerable<Fault> LongestKey(BankFile bank)
    {
        var choices = Choices(bank).ToList();
        if (choices.Count == 0) yield break;
        var longest = choices.Where(choice => IsKeyLongest(choice.Options)).Select(choice => choice.Id).ToList();
        var most = choices.Average(choice => choice.Options.Count(option => option.Correct) / (double)choice.Options.Count) + Allowance;
        if (longest.Count > 1 && longest.Count > most * choices.Count)
            yield return new Fault(bank.Source.Slug, "longest-key", $"A right option is the longest in {longest.Count} of {choices.Count} choice questions, {most * choices.Count:0.#} are allowed: lengthen a wrong option or shorten the right one in some of {string.Join(", ", longest)}.");
    }

    /// <summary>Whether one option is longer than all others, and right.</summary>
    public static bool IsKeyLongest(IReadOnlyList<Option> options)
    {
        var longest = options.Max(option => option.Text.Length);
        var those = options.Where(option => option.Text.Length == longest).ToList();
        return those.Count == 1 && those[0].Correct;
    }

    private static IEnumerable<(string Id, IReadOnlyList<Option> Options)> Choices(BankFile bank) =>
        bank.Questions.Select(question => (question.Id, Options: ItemParts.Options(question.Body))).Where(choice => choice.Options.Count > 0);
}
