using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Facts;
using StudyQuiz.Generation.Gates;
using StudyQuiz.Generation.Items;
using StudyQuiz.Generation.KeyPoints;
using StudyQuiz.Generation.Normalizing;
using StudyQuiz.Generation.Proposals;
using StudyQuiz.Generation.Selecting;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation;

/// <summary>Turns a clean text into a bank of draft questions by rules alone. Pure: the same input gives the same bytes.</summary>
public static class Generator
{
    // Each round drops what gates found among the chosen; a bank that still has faults after this many ships without the rest
    private const int MostRounds = 12;

    /// <summary>The bank and its report. A text that yields little gives a small bank, never padding.</summary>
    /// <param name="progress">Told of each stage as it begins; may be null.</param>
    public static GeneratedBank Generate(CleanText clean, GenerationSettings settings, IProgress<GenerationStage>? progress = null, CancellationToken stop = default) =>
        Choose(Draft(clean, settings, progress, stop), proposals: null, progress, stop);

    /// <summary>The first stages: all that rules read and write, before any gate.</summary>
    /// <param name="progress">Told of each stage as it begins; may be null.</param>
    public static Drafted Draft(CleanText clean, GenerationSettings settings, IProgress<GenerationStage>? progress = null, CancellationToken stop = default)
    {
        Begin(GenerationStage.Structure, progress, stop);
        var text = new SourceText(clean, StructureReader.Read(clean.Paragraphs));
        Begin(GenerationStage.KeyPoints, progress, stop);
        var keyPoints = KeyPointReader.Read(text);
        Begin(GenerationStage.Facts, progress, stop);
        var facts = FactReader.Read(text, keyPoints);
        Begin(GenerationStage.Items, progress, stop);
        var (candidates, unwritten) = ItemWriter.Write(text, facts, settings.Seed);
        return new Drafted(text, keyPoints, facts, candidates, unwritten, settings);
    }

    /// <summary>The last stages: the gates, then the choice, over what rules wrote and what was proposed, by the same measure.</summary>
    /// <param name="proposals">What a language model proposed on the same draft; null where none was asked.</param>
    /// <param name="progress">Told of each stage as it begins; may be null.</param>
    public static GeneratedBank Choose(Drafted drafted, ProposalRun? proposals, IProgress<GenerationStage>? progress = null, CancellationToken stop = default)
    {
        if (proposals is null) return Choose(drafted, [], proposals, withheld: [], progress, stop);
        var bank = Choose(drafted, proposals.Candidates, proposals, withheld: [], progress, stop);
        if (bank.Report.Open.Count == 0 || bank.Report.Proposals!.Chosen == 0) return bank;
        // Proposals must not leave a bank unbalanced that rules alone balance: statements are the first to go, then all
        var others = proposals.Candidates.Where(candidate => candidate.Type != QuestionTypes.TrueFalse).ToList();
        var withoutStatements = Choose(drafted, others, proposals, [.. proposals.Candidates.Except(others)], progress, stop);
        var withoutAny = Choose(drafted, [], proposals, proposals.Candidates, progress, stop);
        return new[] { bank, withoutStatements, withoutAny }.MinBy(one => one.Report.Open.Count)!;
    }

    private static GeneratedBank Choose(
        Drafted drafted, IReadOnlyList<Candidate> proposed, ProposalRun? proposals, IReadOnlyList<Candidate> withheld, IProgress<GenerationStage>? progress, CancellationToken stop)
    {
        Begin(GenerationStage.Gates, progress, stop);
        var limit = QuestionLimit.Of(drafted.Settings, drafted.Text.Paragraphs.Sum(paragraph => paragraph.Text.Length), drafted.KeyPoints);
        var thinned = Thinning.Of(drafted.Candidates, drafted.KeyPoints, limit.Most);
        var candidates = Together(drafted, thinned, proposed);
        var frame = BankFrame.Of(drafted.Text, drafted.KeyPoints, drafted.Settings);
        var dropped = withheld.Select(candidate => Dropped(candidate, new GateFinding("balance of the bank", candidate.Question.Id, "With it the bank as a whole would break a gate that it keeps without."))).ToList();
        var passed = WithoutFaulty(candidates, frame, Watched(GatesOf(GateScope.Item), stop), dropped);
        Begin(GenerationStage.Selection, progress, stop);
        var (bank, chosen) = Select(passed, drafted, frame, limit.Most, dropped);
        var report = Reporting.Report(drafted.Text, drafted.KeyPoints, drafted.Facts, [.. drafted.Candidates, .. candidates.Except(thinned)], drafted.Unwritten, passed, chosen, dropped, bank);
        return new GeneratedBank(bank, report with { Limit = limit with { Unchecked = drafted.Candidates.Count - thinned.Count }, Proposals = proposals is null ? null : ProposalReport.Of(proposals, passed, chosen, dropped) });
    }

    /// <summary>What the gates of single questions find in some; the first finding of each.</summary>
    public static IReadOnlyList<GateFinding> Faults(Drafted drafted, IReadOnlyList<Candidate> candidates)
    {
        var frame = BankFrame.Of(drafted.Text, drafted.KeyPoints, drafted.Settings);
        return FirstFindings(candidates, frame, GatesOf(GateScope.Item));
    }

    private static void Begin(GenerationStage stage, IProgress<GenerationStage>? progress, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        progress?.Report(stage);
    }

    // A proposal stands behind what rules wrote on the same fact, and before what they wrote on later ones
    private static IReadOnlyList<Candidate> Together(Drafted drafted, IReadOnlyList<Candidate> written, IReadOnlyList<Candidate> proposed)
    {
        if (proposed.Count == 0) return written;
        var order = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var fact in drafted.Facts) order.TryAdd(fact.Identity(drafted.Text), order.Count);
        return [.. written.Concat(proposed).DistinctBy(candidate => candidate.Question.Id, StringComparer.Ordinal).OrderBy(candidate => order[candidate.FactId])];
    }

    private enum GateScope
    {
        Item,
        Pair,
    }

    // What can only be said of a whole bank, and is seen to by choosing and presenting
    private static readonly HashSet<string> _ofBank = new(StringComparer.Ordinal)
    {
        "coverage", "longest key", "key position", "true and false", "statement length", "give-aways", "enemies", "key point evidence",
    };

    private static readonly HashSet<string> _ofPairs = new(StringComparer.Ordinal) { "like stems", "one item per fact" };

    private static IReadOnlyList<Gate> GatesOf(GateScope scope) =>
        [.. BankGates.All.Where(gate => !_ofBank.Contains(gate.Name) && _ofPairs.Contains(gate.Name) == (scope == GateScope.Pair))];

    // The gates of a very long text take seconds each
    private static IEnumerable<Gate> Watched(IEnumerable<Gate> gates, CancellationToken stop)
    {
        foreach (var gate in gates)
        {
            stop.ThrowIfCancellationRequested();
            yield return gate;
        }
    }

    private static List<Candidate> WithoutFaulty(IReadOnlyList<Candidate> candidates, BankFile frame, IEnumerable<Gate> gates, List<DroppedQuestion> dropped)
    {
        var byId = candidates.ToDictionary(candidate => candidate.Question.Id, StringComparer.Ordinal);
        var findings = FirstFindings(candidates, frame, gates);
        dropped.AddRange(findings.Select(finding => Dropped(byId[finding.Item], finding)));
        var faulty = findings.Select(finding => finding.Item).ToHashSet(StringComparer.Ordinal);
        return [.. candidates.Where(candidate => !faulty.Contains(candidate.Question.Id))];
    }

    private static List<GateFinding> FirstFindings(IReadOnlyList<Candidate> candidates, BankFile frame, IEnumerable<Gate> gates)
    {
        var ids = candidates.Select(candidate => candidate.Question.Id).ToHashSet(StringComparer.Ordinal);
        return [.. BankGates.Check(frame with { Questions = [.. candidates.Select(candidate => candidate.Question)] }, gates)
            .Where(finding => ids.Contains(finding.Item)).DistinctBy(finding => finding.Item, StringComparer.Ordinal)];
    }

    private static DroppedQuestion Dropped(Candidate candidate, GateFinding finding) =>
        new(finding.Gate, candidate.Question.Id, candidate.Type, candidate.Question.Body.Stem, finding.Message);

    private static (BankFile Bank, IReadOnlyList<Candidate> Chosen) Select(
        IReadOnlyList<Candidate> passed, Drafted drafted, BankFile frame, int most, List<DroppedQuestion> dropped)
    {
        var (keyPoints, isWanted, kept) = (drafted.KeyPoints, drafted.Settings.MostQuestions is not null, drafted.Settings.Kept);
        var pool = passed;
        var chosen = Selector.Choose(pool, keyPoints, most, isWanted, kept);
        for (var round = 0; round < MostRounds; round++)
        {
            var whole = WithoutFaulty(chosen, frame, GatesOf(GateScope.Pair), dropped);
            if (whole.Count == chosen.Count) break;
            var faulty = chosen.Except(whole).ToHashSet();
            pool = [.. pool.Where(candidate => !faulty.Contains(candidate))];
            chosen = round == MostRounds - 1 ? whole : Selector.Choose(pool, keyPoints, most, isWanted, kept);
        }

        var ordered = InOrderOfTree(chosen, keyPoints);
        var bank = frame with { Questions = Presenting.Shuffled(ordered, drafted.Settings.Seed) };
        return (Presenting.WithEnemies(bank, ordered.ToDictionary(candidate => candidate.Question.Id, candidate => candidate.FactId, StringComparer.Ordinal), Matters.Pairs(ordered)), ordered);
    }

    private static IReadOnlyList<Candidate> InOrderOfTree(IReadOnlyList<Candidate> chosen, IReadOnlyList<KeyPoint> keyPoints)
    {
        var order = keyPoints.SelectMany(point => point.WithDescendants()).Select((point, at) => (point.Id, at)).ToDictionary(pair => pair.Id, pair => pair.at, StringComparer.Ordinal);
        var types = QuestionTypes.All.Select((type, at) => (type, at)).ToDictionary(pair => pair.type, pair => pair.at, StringComparer.Ordinal);
        return [.. chosen.OrderBy(candidate => order[candidate.Question.KeyPoint]).ThenBy(candidate => types[candidate.Type])];
    }
}
