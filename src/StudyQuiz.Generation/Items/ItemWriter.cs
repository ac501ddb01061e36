using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Facts;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Items;

/// <summary>Writes questions of all seven types from facts, each type where the kind of fact allows it.</summary>
public static class ItemWriter
{
    /// <summary>All that can be written, the most telling first for each fact; the key is the first option everywhere.</summary>
    /// <param name="seed">Decides between wrong answers that serve equally well.</param>
    public static (IReadOnlyList<Candidate> Candidates, IReadOnlyList<Unwritten> Unwritten) Write(SourceText text, IReadOnlyList<Fact> facts, long seed)
    {
        var context = new ItemContext(text, facts, seed);
        var written = facts.SelectMany(fact => fact switch
        {
            SeriesFact series => SeriesItems.Of(context, series),
            PointFact point => PointItems.Of(context, point),
            PointBodyFact body => PointBodyItems.Of(context, body),
            ClauseFact clause => ClauseItems.Of(context, clause),
            TermFact term => TermItems.Of(context, term),
            ListFact list => ListItems.Of(context, list),
            JudgementFact judgement => JudgementItems.Of(context, judgement),
            ThesisFact thesis => ThesisItems.Of(context, thesis),
            DemandFact demand => DemandItems.Of(context, demand),
            ParallelFact parallel => [ParallelItems.Of(context, parallel)],
            ParallelPartFact part => ParallelItems.Of(context, part),
            RowFact row => [RowItems.Of(context, row)],
            WhoFact who => [RowItems.Of(context, who)],
            FiguresFact figures => FigureItems.Of(context, figures),
            EndingFact ending => EndingItems.Of(context, ending),
            _ => throw new ArgumentOutOfRangeException(nameof(facts), fact, "Not a kind of fact that can be asked about."),
        }).ToList();
        return ([.. written.OfType<Written>().Select(item => item.Candidate).DistinctBy(candidate => candidate.Question.Id, StringComparer.Ordinal)],
            [.. written.OfType<NotWritten>().Select(item => item.Unwritten)]);
    }
}

/// <summary>What an attempt to write a question gave.</summary>
internal abstract record Attempt
{
    public static Attempt Not(Fact fact, string type, UnwrittenReason reason) => new NotWritten(new Unwritten(fact, type, reason));
    public static implicit operator Attempt(Candidate candidate) => new Written(candidate);
}

internal sealed record Written(Candidate Candidate) : Attempt;

internal sealed record NotWritten(Unwritten Unwritten) : Attempt;

/// <summary>Options and difficulty, which all choice questions share.</summary>
internal static class Choices
{
    /// <summary>The key, then the wrong answers, each with why.</summary>
    public static IReadOnlyList<Option> Of(string key, string why, IEnumerable<Distractor> distractors, Func<Distractor, string> whyNot) =>
        [new Option(key, Correct: true, why), .. distractors.Select(distractor => new Option(distractor.Text, Correct: false, whyNot(distractor)))];

    /// <summary>1 to 3: the more alike the wrong answers are to the right one, and the longer what must be read, the harder.</summary>
    public static int Difficulty(string key, IEnumerable<string> distractors, int read)
    {
        var alike = distractors.Select(text => Gates.Bigrams.Jaccard(text, key)).DefaultIfEmpty(0).Max();
        return 1 + (alike > 0.15 ? 1 : 0) + (read > 70 || key.Length > 16 ? 1 : 0);
    }

    /// <summary>Why a wrong answer is wrong: where the text really has it.</summary>
    public static string WhyNot(ItemContext context, Distractor distractor) =>
        distractor.Place is not { } place ? context.Wording.NowhereSaid
        : context.PointAt(place) is not { } point ? context.Wording.NotHere(place.Paragraph + 1)
        : point.Heading == place ? context.Wording.IsPoint(place.Paragraph + 1)
        : context.Wording.SaidAt(context.At(point.Heading));
}
