using System.Text.RegularExpressions;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Gates;

/// <summary>
/// What generated items say about where something stands, the text is asked again: the order of parts, what belongs to which point, a
/// point's number. What people wrote or reworded may order by something else, so that it is left to them.
/// </summary>
public static partial class PointGates
{
    /// <summary>
    /// The parts of a generated ordering stand in the text in the order of its answer, and so do those that a generated explanation tells as being in
    /// order (依次写道：…). Parts that the evidence does not hold word for word are left out.
    /// </summary>
    public static IEnumerable<Fault> Order(BankFile bank)
    {
        var text = new BankText(bank);
        foreach (var (question, ordering) in Generated<Ordering>(bank))
        {
            if (Swapped(ordering.Items, ordering, text) is var (earlier, later))
                yield return new Fault(question.Id, "order-of-text", $"The text has “{later}” before “{earlier}”, and its answer has them the other way: put them in the order of the text.");
        }

        foreach (var (question, body) in Generated<Question>(bank))
        {
            if (InOrder().Match(body.Explanation) is { Success: true } told && Swapped(ItemParts.Parts(told.Groups["parts"].Value.TrimEnd('.')), body, text) is var (earlier, later))
                yield return new Fault(question.Id, "order-explained", $"Its explanation says that “{earlier}” and “{later}” follow in this order, and the text has them the other way: tell them in the order of the text.");
        }
    }

    /// <summary>The first two neighbours that stand in the text the other way round; null where none do.</summary>
    private static (string Earlier, string Later)? Swapped(IEnumerable<string> parts, Question body, BankText text)
    {
        var placed = parts.Select(part => (Words: part, Place: First(part, body, text))).Where(part => part.Place is not null).ToList();
        foreach (var (before, after) in placed.Zip(placed.Skip(1)))
            if (IsBefore(after.Place!, before.Place!)) return (before.Words, after.Words);
        return null;
    }

    /// <summary>In the text no left side of another pair stands between the sides of a generated pair. Sides that the evidence does not hold word for word are left out.</summary>
    public static IEnumerable<Fault> Pairs(BankFile bank)
    {
        var text = new BankText(bank);
        foreach (var (question, matching) in Generated<Matching>(bank))
        {
            var lefts = matching.Pairs.Select(pair => (pair.Left, Place: First(pair.Left, matching, text))).Where(left => left.Place is not null).ToList();
            foreach (var pair in matching.Pairs)
            {
                if (First(pair.Left, matching, text) is not { } left || First(pair.Right, matching, text) is not { } right) continue;
                var (from, to) = IsBefore(left, right) ? (left, right) : (right, left);
                foreach (var other in lefts.Where(other => other.Left != pair.Left && IsBefore(from, other.Place!) && IsBefore(other.Place!, to)))
                    yield return new Fault(question.Id, "pair-apart", $"In the text “{other.Left}” stands between “{pair.Left}” and “{pair.Right}”, which its answer pairs: pair what belongs together.");
            }
        }
    }

    /// <summary>A generated statement on what is said under a point, which number a point has, or what comes right after what, is true or false as the text has it.</summary>
    public static IEnumerable<Fault> Statements(BankFile bank) => Statements(bank, BankText.Structure(bank));

    /// <summary>The same for a structure at hand. A statement on a heading that no series has is left to the other gates.</summary>
    public static IEnumerable<Fault> Statements(BankFile bank, TextStructure structure)
    {
        var text = new BankText(bank);
        var byHeading = structure.AllSeries().SelectMany(series => series.Points).ToLookup(point => text.At(point.Heading), StringComparer.Ordinal);
        foreach (var (question, statement) in Generated<TrueFalse>(bank))
        {
            if (Holds(statement.Stem, byHeading, text) is not { } holds || holds == statement.Answer) continue;
            yield return new Fault(question.Id, holds
                ? ("point-false", (GateWords)$"It is marked false, and the text has it so: mark it true, or change what it says.")
                : ("point-true", (GateWords)$"It is marked true, and the text has it elsewhere or not at all: mark it false, or change what it says."));
        }
    }

    private static bool? Holds(string stem, ILookup<string, SeriesPoint> byHeading, BankText text)
    {
        if (SaidUnder().Match(stem) is { Success: true } said && byHeading[said.Groups["heading"].Value].ToList() is { Count: > 0 } points)
        {
            var places = text.PlacesOf(said.Groups["clause"].Value).ToList();
            return points.Exists(point => point.Body.Append(point.Heading).Any(body => places.Exists(body.Overlaps)));
        }

        if (RankedAt().Match(stem) is { Success: true } ranked && byHeading[ranked.Groups["heading"].Value].ToList() is { Count: > 0 } named)
            return named.Exists(point => point.Number == ChineseNumber.Parse(ranked.Groups["number"].Value));
        if (GoesOnWith().Match(stem) is { Success: true } goesOn)
            return text.PlacesOf(goesOn.Groups["beginning"].Value).Any(place => text.IsFollowed(place, goesOn.Groups["told"].Value));
        return null;
    }

    private static IEnumerable<(BankQuestion Question, T Body)> Generated<T>(BankFile bank)
        where T : Question =>
        bank.Questions.Where(question => question is { Origin: QuestionOrigin.Generated, Body: T }).Select(question => (question, (T)question.Body));

    private static Place? First(string words, Question body, BankText text) =>
        text.Places(body)
            .Select(place => (place, At: text.At(place).IndexOf(words, StringComparison.Ordinal)))
            .Where(found => found.At >= 0)
            .Select(found => new Place(found.place.Paragraph, found.place.Start + found.At, found.place.Start + found.At + words.Length))
            .OrderBy(place => place.Paragraph).ThenBy(place => place.Start)
            .FirstOrDefault();

    private static bool IsBefore(Place one, Place other) => one.Paragraph < other.Paragraph || (one.Paragraph == other.Paragraph && one.Start < other.Start);

    // The generator's own wordings: 依次写道：…。, 文中讲“…”这一点时写到：…。 and their English
    [GeneratedRegex("(依次写道：|(之后|讲到)的次序是：|, in this order: |the order of the text is: )(?<parts>.+)$", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex InOrder();

    [GeneratedRegex("^(文中讲(“(?<heading>[^”]+)”|「(?<heading>[^」]+)」)这一点时写到：(?<clause>.+)。|Under (“(?<heading>[^”]+)”|‘(?<heading>[^’]+)’) the text says: (?<clause>.+)\\.)$", RegexOptions.ExplicitCapture, 10_000)]
    internal static partial Regex SaidUnder();

    [GeneratedRegex("^((文中(在.+之后|围绕.+)|全文)逐点展开，(“(?<heading>.+?)”|「(?<heading>.+)」|(?<heading>.+))是第(?<number>[一二三四五六七八九十]+)点。|(After .+[”’]|In the whole text), (“(?<heading>.+?)”|‘(?<heading>.+)’|(?<heading>.+)) is point (?<number>[0-9]+)\\.)$", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex RankedAt();

    [GeneratedRegex("^(文中(在|讲到)(“(?<beginning>.+?)”|「(?<beginning>.+)」)(之后紧接着|时接着)写到：(?<told>.+)。|Right after (“(?<beginning>.+?)”|‘(?<beginning>.+)’) the text says: (?<told>.+)\\.)$", RegexOptions.ExplicitCapture, 10_000)]
    internal static partial Regex GoesOnWith();
}
