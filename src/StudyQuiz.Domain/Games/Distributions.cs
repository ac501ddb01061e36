using System.Globalization;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Games;

/// <summary>A typed answer and how many gave it.</summary>
/// <param name="Text">As most of them wrote it, cut; where it counts as right, the source's own wording.</param>
public sealed record TypedCount(string Text, int Count, bool IsRight);

/// <summary>What a room answered, for a screen that has room for little.</summary>
public static class Distributions
{
    /// <summary>The most answers to a cloze that are named.</summary>
    public const int MostTyped = 6;

    /// <summary>The longest typed answer that is shown whole, in graphemes.</summary>
    public const int LongestShown = 16;

    /// <summary>How many chose each option.</summary>
    public static IReadOnlyList<int> Chosen(int options, IReadOnlyCollection<GivenAnswer> given)
    {
        var counts = new int[options];
        foreach (var option in given.OfType<Chosen>().SelectMany(chosen => chosen.Options)) counts[option]++;
        return counts;
    }

    /// <summary>How many judged true and how many false.</summary>
    public static IReadOnlyList<int> Judged(IReadOnlyCollection<GivenAnswer> given) =>
        [given.Count(answer => answer is Judged { Value: true }), given.Count(answer => answer is Judged { Value: false })];

    /// <summary>For each item in the right order, how many put it in its place.</summary>
    public static IReadOnlyList<int> InPlace(Ordering question, IReadOnlyCollection<GivenAnswer> given)
    {
        var counts = new int[question.Items.Count];
        foreach (var ordered in given.OfType<Ordered>())
        {
            for (var i = 0; i < counts.Length; i++)
            {
                if (ordered.Items[i] == i) counts[i]++;
            }
        }

        return counts;
    }

    /// <summary>The right answer first, whoever gave it, then the most frequent others; equal ones by their text.</summary>
    public static IReadOnlyList<TypedCount> Typed(Cloze question, IReadOnlyCollection<GivenAnswer> given)
    {
        // Graded once for each way of writing: a room of thousands writes few
        var writings = given.OfType<Typed>().CountBy(typed => typed.Text, StringComparer.Ordinal).ToList();
        var graded = writings.ToLookup(writing => Grading.Grade(question, new Typed(writing.Key)).Outcome == Outcome.Right);
        var others = graded[false]
            .GroupBy(writing => TypedText.Normalize(writing.Key), StringComparer.Ordinal)
            .Select(group => new TypedCount(
                Cut(group.OrderByDescending(writing => writing.Value).ThenBy(writing => writing.Key, StringComparer.Ordinal).First().Key), group.Sum(writing => writing.Value), false))
            .OrderByDescending(one => one.Count).ThenBy(one => one.Text, StringComparer.Ordinal);
        return [new TypedCount(question.Accepted[0], graded[true].Sum(writing => writing.Value), true), .. others.Take(MostTyped - 1)];
    }

    private static string Cut(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var shown = new StringInfo(line);
        return shown.LengthInTextElements <= LongestShown ? line : shown.SubstringByTextElements(0, LongestShown - 1) + "…";
    }
}
