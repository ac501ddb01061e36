using System.Text.RegularExpressions;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Facts;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Items;

/// <summary>What a sentence says, asked twice: to be chosen among what the text says elsewhere, and to be recalled.</summary>
internal static class ChosenAndRecalled
{
    /// <param name="context">The text.</param>
    /// <param name="fact">What is asked.</param>
    /// <param name="stem">How.</param>
    /// <param name="key">What is right.</param>
    /// <param name="why">Why it is.</param>
    /// <param name="distractors">What is wrong.</param>
    /// <param name="form">The way of asking.</param>
    /// <param name="places">What the stem shows beside the fact's own words.</param>
    /// <param name="fewest">With fewer wrong answers it is not asked as a choice.</param>
    public static IEnumerable<Attempt> Of(ItemContext context, Fact fact, string stem, string key, string why, IReadOnlyList<Distractor> distractors, string form, int fewest = 1, IReadOnlyList<Place>? places = null)
    {
        yield return distractors.Count < fewest
            ? Attempt.Not(fact, QuestionTypes.SingleChoice, UnwrittenReason.TooFewDistractors)
            : context.Candidate(fact, new SingleChoice
            {
                Stem = stem,
                Options = Choices.Of(key, why, distractors, distractor => Choices.WhyNot(context, distractor)),
                Explanation = why,
                Evidence = [],
                Difficulty = Choices.Difficulty(key, distractors.Select(distractor => distractor.Text), stem.Length),
            }, form, places ?? []);
        yield return context.Candidate(fact, new Flashcard { Stem = stem, Back = key, Explanation = why, Evidence = [], Difficulty = 2 }, form, places ?? []);
    }
}

/// <summary>Questions on how a sentence ends.</summary>
internal static class EndingItems
{
    public static IEnumerable<Attempt> Of(ItemContext context, EndingFact fact)
    {
        var (beginning, ending) = (context.At(fact.Beginning), context.At(fact.Ending));
        var speaker = context.Text.SpeakerOf(fact.Beginning);
        if (fact.Tie == EndingTie.None)
        {
            yield return Attempt.Not(fact, QuestionTypes.Flashcard, UnwrittenReason.OnlyByHeart);
            yield break;
        }

        if (fact.Tie == EndingTie.Purpose)
        {
            if (speaker is null) yield return context.Candidate(fact, new Flashcard { Stem = context.Wording.WhatFor(beginning), Back = ending, Explanation = context.Wording.TextReads(context.At(fact.Quote)), Evidence = [], Difficulty = 2 }, "purpose");
            yield break;
        }

        var stem = context.Wording.GoesOn(beginning, ending, fact.Tie, speaker);
        // a wrong ending would be words put into the mouth of whoever is said to speak
        IReadOnlyList<Distractor> distractors = context.Text.Voices.OthersIn(fact.Beginning).Any() ? [] : context.Pool.Continuations(fact.Beginning, fact.Ending);
        foreach (var asked in ChosenAndRecalled.Of(context, fact, stem, ending, context.Wording.TextReads(context.At(fact.Quote)), distractors, "ending", DistractorPool.Fewest)) yield return asked;
        // what could not be otherwise is no statement to judge
        if (speaker is not null || distractors.Count == 0 || fact.Tie == EndingTie.Counterpart) yield break;
        yield return Statement(context, fact, ending, isTrue: true);
        yield return Statement(context, fact, distractors[0].Text, isTrue: false);
    }

    private static Candidate Statement(ItemContext context, EndingFact fact, string told, bool isTrue) =>
        context.Candidate(fact, new TrueFalse
        {
            Stem = context.Wording.GoesOnWith(context.At(fact.Beginning), told),
            Answer = isTrue,
            Explanation = context.Wording.TextReads(context.At(fact.Quote)),
            Evidence = [],
            Difficulty = isTrue ? 1 : 2,
        }, isTrue ? "ending true" : "ending false");
}

/// <summary>Questions on what a text puts forward. Wrong answers are what it puts forward elsewhere.</summary>
internal static partial class ThesisItems
{
    private const int ShortestTyped = 2;
    private const int LongestTyped = 8;
    private const int MostOccurrences = 2;

    public static IEnumerable<Attempt> Of(ItemContext context, ThesisFact fact)
    {
        var (beginning, key, why) = (context.At(fact.Beginning), context.At(fact.Thesis), context.Wording.TextReads(context.At(fact.Quote)));
        var said = fact.Form switch
        {
            ThesisForm.How => context.Wording.HowSo(beginning, key),
            ThesisForm.Why => context.Wording.WhySo(beginning),
            ThesisForm.Told => context.Wording.ToldAs(beginning),
            _ => context.Wording.PutsForward(beginning, fact.IsSaid, fact.Speaker),
        };
        var stem = fact.Context is { } before ? context.Wording.AfterContext(context.At(before), said) : said;
        var places = fact.Context is { } shown ? new[] { shown } : [];
        // what others say is not offered among what they have not said
        IReadOnlyList<Distractor> distractors = fact.Form != ThesisForm.Plain || fact.IsSaid || fact.Speaker is not null || fact.Context is not null ? [] : context.Pool.Theses(fact.Thesis, fact.Beginning, stem);
        foreach (var asked in ChosenAndRecalled.Of(context, fact, stem, key, why, distractors, "thesis", places: places)) yield return asked;
        if (fact.Speaker is not null) yield break;
        if (Blank(context, fact, key) is { } blank) yield return blank;
        foreach (var statement in Statements(context, fact)) yield return statement;
    }

    // a few words that come last can be typed
    private static Candidate? Blank(ItemContext context, ThesisFact fact, string key)
    {
        var bare = key.Trim('“', '”');
        if (!context.Text.IsChinese || fact.Form is ThesisForm.How or ThesisForm.Why || bare.Length is < ShortestTyped or > LongestTyped || bare.IndexOfAny(['、', '，', '；', '“']) >= 0) return null;
        var (start, asked) = (fact.Context?.Start ?? fact.Beginning.Start, context.At(fact.Thesis).IndexOf(bare, StringComparison.Ordinal) + fact.Thesis.Start);
        // a quotation that a colon announces stands in its marks
        var paragraph = context.Text.Paragraphs[fact.Thesis.Paragraph].Text;
        var end = fact.Thesis.End + (fact.Thesis.End < paragraph.Length && paragraph[fact.Thesis.End] == '”' ? 1 : 0);
        var frame = fact.Thesis with { Start = start, End = end };
        var answer = fact.Thesis with { Start = asked, End = asked + bare.Length };
        if (context.Text.Count(context.At(frame), 2) != 1 || context.Text.Count(bare, MostOccurrences + 1) > MostOccurrences) return null;
        return context.Candidate(fact, new Cloze { Stem = TermItems.Blanked(context, frame, answer, Cloze.Blank), Accepted = [bare], Explanation = context.Wording.TextReads(context.At(fact.Quote)), Evidence = [], Difficulty = 3 }, "blank", frame);
    }

    // 不是甲，而是乙: who turns the two round says the opposite
    private static IEnumerable<Candidate> Statements(ItemContext context, ThesisFact fact)
    {
        if (fact.IsSaid || fact.Context is not null || fact.Form != ThesisForm.Plain || Turned().Match(context.At(fact.Quote)) is not { Success: true } pair || Wording.SpeaksOfSelf(pair.Value)) yield break;
        var (one, other) = (pair.Groups["one"].Value, pair.Groups["other"].Value);
        if (Words.Pointing().IsMatch(one + other) || Math.Max(one.Length, other.Length) > 3 * Math.Min(one.Length, other.Length)) yield break;
        yield return Statement(pair.Value, isTrue: true);
        yield return Statement(string.Concat(pair.Groups["who"].Value, pair.Groups["not"].Value, other, "，", pair.Groups["but"].Value, one), isTrue: false);

        Candidate Statement(string told, bool isTrue) => context.Candidate(fact, new TrueFalse
        {
            Stem = context.Wording.ListHolds(told, about: null),
            Answer = isTrue,
            Explanation = context.Wording.TextReads(context.At(fact.Quote)),
            Evidence = [],
            Difficulty = 2,
        }, isTrue ? "turned true" : "turned false");
    }

    [GeneratedRegex(@"\A(?<who>[^，不“”]{2,24}?)(?<not>[并就也]?不是|不在于?)(?<one>[^，“”]{2,20})，(?<but>而是|而在于?)(?<other>[^，。“”]{2,20})\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Turned();
}

/// <summary>Questions on what a text demands of whom. Wrong answers are what it demands of others.</summary>
internal static class DemandItems
{
    public static IEnumerable<Attempt> Of(ItemContext context, DemandFact fact)
    {
        var (stem, key, why) = (context.Wording.PutsForward(context.At(fact.Beginning), isSaid: false, speaker: null), context.At(fact.Demand), context.Wording.TextReads(context.At(fact.Quote)));
        var distractors = context.Pool.Demands(fact.Demand, fact.Beginning, stem);
        return ChosenAndRecalled.Of(context, fact, stem, key, why, distractors, "demand");
    }
}

/// <summary>Questions on what a text concludes.</summary>
internal static class JudgementItems
{
    private const int LongestShown = 60;

    public static IEnumerable<Attempt> Of(ItemContext context, JudgementFact fact)
    {
        var opening = context.At(fact.Opening);
        var stem = context.Wording.SumsUp(opening);
        Place? shown = null;
        // 这说明…: what does, the sentence before says
        if (opening is ['这' or '此', ..])
        {
            if (context.Text.SentencesBefore(fact.Quote).FirstOrDefault() is not { } before || before.Length > LongestShown || Contexts.Lean(context.Text, before) || context.Text.IsDoubtful(before)) yield break;
            (shown, stem) = (before, context.Wording.AfterContext(context.At(before), context.Wording.PutsForward(opening.TrimEnd('，', ','), isSaid: false, speaker: null)));
        }

        var judgement = context.At(fact.Judgement);
        var why = context.Wording.TextReads(context.At(fact.Quote).TrimEnd('。', '.', ' '));
        var distractors = context.Pool.Endings(fact.Judgement, stem);
        foreach (var attempt in ChosenAndRecalled.Of(context, fact, stem, judgement, why, distractors, "judgement", places: shown is null ? null : [shown])) yield return attempt;
    }
}
