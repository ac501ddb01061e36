using System.Globalization;
using StudyQuiz.Generation;
using StudyQuiz.Generation.Merging;
using StudyQuiz.Generation.Normalizing;
using StudyQuiz.Generation.Proposals;

namespace StudyQuiz.App.Commands;

/// <summary>Prints how a bank came about, as plain lines that read alike on a terminal and in a log.</summary>
internal static class GenerationPrinter
{
    private const int MostExamples = 8;

    public static void Print(GenerationReport report, MergedBank? merged)
    {
        Line($"{report.Characters:N0} characters in the clean text, {report.Repairs.Count} repairs");
        foreach (var kind in report.Repairs.GroupBy(repair => repair.Kind)) Line($"  {kind.Key}: {kind.Count()}");
        foreach (var doubt in report.Doubts.Take(MostExamples)) Line($"  doubtful, nothing is asked about it: {doubt.Kind} in {doubt.Paragraph} at {doubt.Start}");
        PrintLanguage(report);
        Structure(report);
        Coverage(report);
        Questions(report);
        if (report.Proposals is { } proposals) Proposals(proposals);
        foreach (var finding in report.Open) Line($"To mend by hand: {finding}");
        if (merged is not null) Merged(merged);
    }

    /// <summary>That the text is not Chinese, and what that means for its questions.</summary>
    public static void PrintLanguage(GenerationReport report)
    {
        if (report.Language == Languages.English)
            Line($"The text is not Chinese ({report.Language}): fewer patterns are known for it, so expect fewer questions.");
        else if (!Languages.IsKnown(report.Language))
            Line($"The text seems to be in {CultureInfo.GetCultureInfo(report.Language).EnglishName} ({report.Language}), for which no patterns are known: only its numbers and numbered points are asked about, in English words. Read every question against the text.");
    }

    private static void Structure(GenerationReport report)
    {
        Line($"{(report.Series.Count > 0 ? "Structure" : "The text numbers no points: it was read sentence by sentence.")}");
        foreach (var line in report.Series)
            Line($"  {new string(' ', line.Depth * 2)}{(line.Number == 0 ? (line.IsOpen ? "open series: " : "series: ") : line.Number.ToString(CultureInfo.InvariantCulture) + ". ")}{line.Text}");
    }

    private static void Coverage(GenerationReport report)
    {
        Line($"Key points (weight, questions)");
        foreach (var point in report.Coverage) Line($"  {point.Id,-8} {point.Weight}  {point.Questions,3}  {point.Heading}");
    }

    private static void Questions(GenerationReport report)
    {
        Line($"Questions (written, passed the gates, chosen)");
        foreach (var type in report.Types) Line($"  {type.Type,-16} {type.Written,4} {type.Passed,4} {type.Chosen,4}");
        if (report.Limit is { IsCut: true } limit) Line($"  At most {limit.Most:N0}, and not one per {QuestionLimit.CharactersAQuestion} characters, which would be {limit.ByLength:N0}: --count gives more");
        if (report.Limit is { Unchecked: > 0 } left) Line($"  {left.Unchecked:N0} drafts were left out before the gates, for far more were written than can be chosen");
        PrintReasons(report);
    }

    /// <summary>Why questions were dropped, and facts and sentences have none.</summary>
    public static void PrintReasons(GenerationReport report)
    {
        foreach (var gate in report.Dropped.GroupBy(question => question.Gate, StringComparer.Ordinal))
        {
            Line($"Dropped by gate '{gate.Key}': {gate.Count()}");
            foreach (var question in gate.Take(MostExamples)) Line($"  {question.Id}: {question.Why}");
        }

        foreach (var reason in report.Shortfalls.GroupBy(shortfall => shortfall.Reason))
        {
            Line($"{Words(reason.Key)}: {reason.Count()}");
            foreach (var fact in reason.Take(MostExamples)) Line($"  {fact.KeyPoint}: {fact.Quote}");
        }

        foreach (var reason in report.Unasked.GroupBy(sentence => sentence.Reason).OrderBy(reason => reason.Key))
        {
            Line($"{Words(reason.Key)}: {reason.Count()}");
            foreach (var sentence in reason.Take(MostExamples)) Line($"  {sentence.Paragraph}: {sentence.Words}");
        }
    }

    private static void Proposals(ProposalReport report)
    {
        Line($"Language model: {report.Proposed} proposed, {report.Accepted} passed the gates, {report.Chosen} chosen (their ids begin with {ProposalReader.IdPrefix})");
        Line($"  asked about {report.Offered} facts in {report.Calls} requests, {report.Retries} of them second tries; not asked about {report.Left}");
        foreach (var refused in report.Refused) Line($"  refused, {refused.What}: {refused.Times}");
        foreach (var gate in report.RefusedByGate) Line($"  refused by gate '{gate.What}': {gate.Times}");
        foreach (var failure in report.Failures) Line($"  failed, {failure.What}: {failure.Times}");
        if (report.Chosen == 0) Line($"  The bank is the rules' alone.");
    }

    private static string Words(ShortfallReason reason) => reason switch
    {
        ShortfallReason.TooFewDistractors => "Facts without a question, for the text holds too little that would be wrong",
        ShortfallReason.TooFewItems => "Facts without a question, for they have too few parts, or too many",
        ShortfallReason.OnlyByHeart => "Facts without a question, for only who knows the text by heart could answer it",
        ShortfallReason.RefusedByGates => "Facts whose every question a gate refused",
        _ => "Facts with good questions that were not chosen, for another question asks the same, or their key point or type has its share",
    };

    private static string Words(UnaskedReason reason) => reason switch
    {
        UnaskedReason.Doubtful => "Sentences without a fact to ask about, for they are doubtful",
        UnaskedReason.NotAffirmed => "Sentences without a fact to ask about, for they say what others think, what the text rejects, or only ask",
        UnaskedReason.Greeting => "Sentences without a fact to ask about, for they only address or thank the listeners",
        UnaskedReason.PointsElsewhere => "Sentences without a fact to ask about, for they stand for something said elsewhere",
        _ => "Sentences without a fact to ask about, for they hold no number, list or quoted term and no second clause that says enough",
    };

    private static void Merged(MergedBank merged)
    {
        Line($"Merged with the bank that was there: {merged.Added.Count} added, {merged.Updated.Count} reworded by the generator, {merged.Kept.Count} kept as people left them, {merged.Removed.Count} drafts no longer generated");
        foreach (var id in merged.Removed) Line($"  removed {id}");
        foreach (var conflict in merged.Conflicts) Line($"  conflict {conflict}");
    }

    private static void Line(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
