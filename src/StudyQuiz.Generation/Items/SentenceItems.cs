using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Facts;

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
    /// <param name="fewest">With fewer wrong answers it is not asked as a choice.</param>
    public static IEnumerable<Attempt> Of(ItemContext context, Fact fact, string stem, string key, string why, IReadOnlyList<Distractor> distractors, string form, int fewest = 1)
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
            }, form);
        yield return context.Candidate(fact, new Flashcard { Stem = stem, Back = key, Explanation = why, Evidence = [], Difficulty = 2 }, form);
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

        var stem = context.Wording.GoesOn(beginning, speaker);
        // a wrong ending would be words put into the mouth of whoever is said to speak
        IReadOnlyList<Distractor> distractors = context.Text.Voices.OthersIn(fact.Beginning).Any() ? [] : context.Pool.Continuations(fact.Beginning, fact.Ending);
        foreach (var asked in ChosenAndRecalled.Of(context, fact, stem, ending, context.Wording.TextReads(context.At(fact.Quote)), distractors, "ending", DistractorPool.Fewest)) yield return asked;
        // what could not be otherwise is no statement to judge
        if (speaker is not null || distractors.Count == 0) yield break;
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
internal static class ThesisItems
{
    public static IEnumerable<Attempt> Of(ItemContext context, ThesisFact fact)
    {
        var (stem, key, why) = (context.Wording.PutsForward(context.At(fact.Beginning)), context.At(fact.Thesis), context.Wording.TextReads(context.At(fact.Quote)));
        var distractors = context.Pool.Theses(fact.Thesis, fact.Beginning, stem);
        return ChosenAndRecalled.Of(context, fact, stem, key, why, distractors, "thesis");
    }
}

/// <summary>Questions on what a text demands of whom. Wrong answers are what it demands of others.</summary>
internal static class DemandItems
{
    public static IEnumerable<Attempt> Of(ItemContext context, DemandFact fact)
    {
        var (stem, key, why) = (context.Wording.PutsForward(context.At(fact.Beginning)), context.At(fact.Demand), context.Wording.TextReads(context.At(fact.Quote)));
        var distractors = context.Pool.Demands(fact.Demand, fact.Beginning, stem);
        return ChosenAndRecalled.Of(context, fact, stem, key, why, distractors, "demand");
    }
}

/// <summary>Questions on what a text concludes.</summary>
internal static class JudgementItems
{
    public static IEnumerable<Attempt> Of(ItemContext context, JudgementFact fact)
    {
        var stem = context.Wording.SumsUp(context.At(fact.Opening));
        var judgement = context.At(fact.Judgement);
        var why = context.Wording.TextReads(context.At(fact.Quote).TrimEnd('。', '.', ' '));
        var distractors = context.Pool.Endings(fact.Judgement, stem);
        return ChosenAndRecalled.Of(context, fact, stem, judgement, why, distractors, "judgement");
    }
}
