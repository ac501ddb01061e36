using System.Text.RegularExpressions;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Facts;
using StudyQuiz.Generation.Gates;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Items;

/// <summary>Questions that leave a term out of its clause: to choose, to type, or to see changed.</summary>
internal static partial class TermItems
{
    private const int LongestTyped = 12;
    private const int LongestHeading = 18;

    public static IEnumerable<Attempt> Of(ItemContext context, TermFact fact)
    {
        var (frame, answer) = (context.At(fact.Clause), context.At(fact.Answer));
        var blanked = Blanked(context, fact.Clause, fact.Answer, Cloze.Blank);
        var distractors = context.Pool.Terms(fact.Answer, fact.Role, frame);
        var speaker = context.Text.SpeakerOf(fact.Clause) ?? fact.Speaker;
        // a sentence of the text word for word does not say which of several speakers has said it
        var about = About(context, fact.Clause);
        if (speaker is null && !(about is not null && OnlyMeasures().IsMatch(frame)) && fact.Role != TermRole.Climax && !MayBeSubject(context, fact) && answer.Length <= LongestTyped && !answer.Contains('、'))
        {
            yield return context.Candidate(fact, new Cloze
            {
                Stem = blanked,
                Accepted = [answer],
                Explanation = context.Wording.TextReads(frame),
                Evidence = [],
                Difficulty = answer.Length > 5 ? 3 : 2,
            }, "blank");
        }

        if (fact.Role == TermRole.Coinage) yield break;
        if (distractors.Count == 0)
        {
            yield return Attempt.Not(fact, QuestionTypes.SingleChoice, UnwrittenReason.TooFewDistractors);
            yield break;
        }

        yield return context.Candidate(fact, new SingleChoice
        {
            Stem = context.Wording.FillIn(blanked, speaker, about),
            Options = Choices.Of(answer, context.Wording.TextReads(frame), distractors, distractor => Choices.WhyNot(context, distractor)),
            Explanation = context.Wording.TextReads(frame),
            Evidence = [],
            Difficulty = Choices.Difficulty(answer, distractors.Select(distractor => distractor.Text), frame.Length),
        }, "blank", Proof(context, fact.Clause));
        if (speaker is not null || fact.IsNegative || fact.Role is not (TermRole.Number or TermRole.Framed) || (context.Text.IsChinese && frame.Contains('。', StringComparison.Ordinal)) || IsFragment(context, fact.Clause)) yield break;
        yield return Statement(context, fact, frame, isTrue: true) with { Asks = context.NumbersIn(fact.Clause) };
        yield return Statement(context, fact, Blanked(context, fact.Clause, fact.Answer, distractors[0].Text), isTrue: false);
    }

    // ＿＿＿开了门诊: who did it would fit as well as when
    private static bool MayBeSubject(ItemContext context, TermFact fact) =>
        fact.Role == TermRole.Number && fact.Answer.Start == fact.Clause.Start && context.Text.IsChinese && context.At(fact.Answer) is [.., '年' or '月' or '日' or '天']
        && context.At(fact.Clause with { Start = fact.Answer.End }) is not ['，' or '底' or '初' or '份' or '起' or '以' or '前' or '后' or '末' or '中', ..];

    /// <summary>The heading under which a clause stands, where the clause takes up no word of it, so that without it nobody knows what is spoken of; null elsewhere.</summary>
    public static string? About(ItemContext context, Place clause) =>
        context.Text.IsChinese && context.PointAt(clause) is { } point && !point.Heading.Overlaps(clause) && context.At(point.Heading) is { Length: <= LongestHeading } heading
        && !Words.Dependent().IsMatch(heading) && !Unfinished.Is(heading, "") && ContentWords.Shared(ContentWords.Of(heading), context.At(clause)) == 0 ? heading : null;

    // 总投资420万元: of what, its heading says, and a blank in the text's own words can't show that
    [GeneratedRegex(@"\A(?:总(?![的体结是])|平均|人均|户均|占|其余)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex OnlyMeasures();

    /// <summary>A clause with something else in the place of one of its terms.</summary>
    public static string Blanked(ItemContext context, Place clause, Place term, string instead)
    {
        var words = context.At(clause);
        return string.Concat(words.AsSpan(0, term.Start - clause.Start), instead, words.AsSpan(term.End - clause.Start));
    }

    /// <summary>Whether words only say when, why or under which condition, so that nobody can judge them.</summary>
    public static bool IsFragment(ItemContext context, Place clause) =>
        Clauses.Of(context.Text, clause).All(part => Words.Dependent().IsMatch(context.At(part)));

    /// <summary>A true or changed clause to judge.</summary>
    public static Candidate Statement(ItemContext context, Fact fact, string told, bool isTrue) =>
        context.Candidate(fact, new TrueFalse
        {
            Stem = context.Wording.ListHolds(told, About(context, fact.Quote)),
            Answer = isTrue,
            Explanation = context.Wording.TextReads(context.At(fact.Quote)),
            Evidence = [],
            Difficulty = isTrue ? 1 : 2,
        }, isTrue ? "holds true" : "holds false", Proof(context, fact.Quote));

    // what the stem quotes beside the clause
    private static IEnumerable<Place> Proof(ItemContext context, Place clause) => About(context, clause) is not null && context.PointAt(clause) is { } point ? [SeriesItems.Proof(point)] : [];
}

/// <summary>Questions on what a list holds.</summary>
internal static class ListItems
{
    private const int MostRight = 4;

    public static IEnumerable<Attempt> Of(ItemContext context, ListFact fact)
    {
        if (context.Text.SpeakerOf(fact.Clause) is not null) yield break;
        var frame = context.At(fact.Clause);
        var longest = fact.Items.MaxBy(item => item.Length)!;
        var distractors = context.Pool.Terms(longest, TermRole.ListItem, frame);
        if (fact.Items.Count >= 2 && distractors.Count > 0 && frame.Length >= 10 && !TermItems.IsFragment(context, fact.Clause))
        {
            var replaced = fact.Items[^1];
            var other = context.Pool.Terms(replaced, TermRole.ListItem, frame);
            yield return TermItems.Statement(context, fact, frame, isTrue: true);
            if (other.Count > 0) yield return TermItems.Statement(context, fact, TermItems.Blanked(context, fact.Clause, replaced, other[0].Text), isTrue: false);
        }

        yield return Choice(context, fact, frame, distractors);
    }

    private static Attempt Choice(ItemContext context, ListFact fact, string frame, IReadOnlyList<Distractor> distractors)
    {
        var right = fact.Items.Take(MostRight).ToList();
        var wrong = distractors.Where(distractor => right.All(item => Math.Max(item.Length, distractor.Text.Length) <= 2 * Math.Min(item.Length, distractor.Text.Length))).Take(2).ToList();
        if (right.Count < 2 || right.Max(item => item.Length) > 2 * right.Min(item => item.Length)) return Attempt.Not(fact, QuestionTypes.MultipleChoice, UnwrittenReason.TooFewItems);
        if (wrong.Count == 0) return Attempt.Not(fact, QuestionTypes.MultipleChoice, UnwrittenReason.TooFewDistractors);
        var span = new Place(fact.Clause.Paragraph, right[0].Start, fact.Items[^1].End);
        return context.Candidate(fact, new MultipleChoice
        {
            Stem = context.Wording.WhichListed(TermItems.Blanked(context, fact.Clause, span, Cloze.Blank)),
            Options =
            [
                .. right.Select(item => new Option(context.At(item), Correct: true, context.Wording.Listed(frame))),
                .. wrong.Select(distractor => new Option(distractor.Text, Correct: false, Choices.WhyNot(context, distractor))),
            ],
            Explanation = context.Wording.Listed(frame),
            Evidence = [],
            Difficulty = right.Count > 2 ? 2 : 1,
        }, "list");
    }
}
