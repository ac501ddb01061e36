using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Facts;
using StudyQuiz.Generation.Gates;
using StudyQuiz.Generation.Items;
using StudyQuiz.Generation.KeyPoints;
using StudyQuiz.Generation.Normalizing;
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
    public static GeneratedBank Generate(CleanText clean, GenerationSettings settings, IProgress<GenerationStage>? progress = null, CancellationToken stop = default)
    {
        void Begin(GenerationStage stage)
        {
            stop.ThrowIfCancellationRequested();
            progress?.Report(stage);
        }

        Begin(GenerationStage.Structure);
        var text = new SourceText(clean, StructureReader.Read(clean.Paragraphs));
        Begin(GenerationStage.KeyPoints);
        var keyPoints = KeyPointReader.Read(text);
        Begin(GenerationStage.Facts);
        var facts = FactReader.Read(text, keyPoints);
        Begin(GenerationStage.Items);
        var (candidates, unwritten) = ItemWriter.Write(text, facts, settings.Seed);
        Begin(GenerationStage.Gates);
        var frame = BankFrame.Of(text, keyPoints, settings);
        var dropped = new List<DroppedQuestion>();
        var passed = WithoutFaulty(candidates, frame, GatesOf(GateScope.Item), dropped);
        Begin(GenerationStage.Selection);
        var (bank, chosen) = Select(passed, keyPoints, frame, settings, dropped);
        return new GeneratedBank(bank, Reporting.Report(text, keyPoints, facts, candidates, unwritten, passed, chosen, dropped, bank));
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

    private static List<Candidate> WithoutFaulty(IReadOnlyList<Candidate> candidates, BankFile frame, IReadOnlyList<Gate> gates, List<DroppedQuestion> dropped)
    {
        var byId = candidates.ToDictionary(candidate => candidate.Question.Id, StringComparer.Ordinal);
        var findings = BankGates.Check(frame with { Questions = [.. candidates.Select(candidate => candidate.Question)] }, gates)
            .Where(finding => byId.ContainsKey(finding.Item)).DistinctBy(finding => finding.Item, StringComparer.Ordinal).ToList();
        dropped.AddRange(findings.Select(finding => Dropped(byId[finding.Item], finding)));
        var faulty = findings.Select(finding => finding.Item).ToHashSet(StringComparer.Ordinal);
        return [.. candidates.Where(candidate => !faulty.Contains(candidate.Question.Id))];
    }

    private static DroppedQuestion Dropped(Candidate candidate, GateFinding finding) =>
        new(finding.Gate, candidate.Question.Id, candidate.Type, candidate.Question.Body.Stem, finding.Message);

    private static (BankFile Bank, IReadOnlyList<Candidate> Chosen) Select(
        IReadOnlyList<Candidate> passed, IReadOnlyList<KeyPoint> keyPoints, BankFile frame, GenerationSettings settings, List<DroppedQuestion> dropped)
    {
        var most = settings.MostQuestions ?? Math.Max(GenerationSettings.FewestByDefault, frame.Paragraphs.Sum(paragraph => paragraph.Text.Length) / GenerationSettings.CharactersAQuestion);
        var pool = passed;
        var chosen = Selector.Choose(pool, keyPoints, most);
        for (var round = 0; round < MostRounds; round++)
        {
            var kept = WithoutFaulty(chosen, frame, GatesOf(GateScope.Pair), dropped);
            if (kept.Count == chosen.Count) break;
            var faulty = chosen.Except(kept).ToHashSet();
            pool = [.. pool.Where(candidate => !faulty.Contains(candidate))];
            chosen = round == MostRounds - 1 ? kept : Selector.Choose(pool, keyPoints, most);
        }

        var ordered = InOrderOfTree(chosen, keyPoints);
        var bank = frame with { Questions = Presenting.Shuffled(ordered, settings.Seed) };
        return (Presenting.WithEnemies(bank, ordered.ToDictionary(candidate => candidate.Question.Id, candidate => candidate.FactId, StringComparer.Ordinal)), ordered);
    }

    private static IReadOnlyList<Candidate> InOrderOfTree(IReadOnlyList<Candidate> chosen, IReadOnlyList<KeyPoint> keyPoints)
    {
        var order = keyPoints.SelectMany(point => point.WithDescendants()).Select((point, at) => (point.Id, at)).ToDictionary(pair => pair.Id, pair => pair.at, StringComparer.Ordinal);
        var types = QuestionTypes.All.Select((type, at) => (type, at)).ToDictionary(pair => pair.type, pair => pair.at, StringComparer.Ordinal);
        return [.. chosen.OrderBy(candidate => order[candidate.Question.KeyPoint]).ThenBy(candidate => types[candidate.Type])];
    }
}
