using StudyQuiz.Domain.Attempts;

namespace StudyQuiz.Domain.Quizzes;

/// <summary>A question that a blueprint may draw.</summary>
/// <param name="Group">The key point at the top of its branch of the tree.</param>
/// <param name="Difficulty">1 to 3.</param>
public sealed record BlueprintCandidate(long Question, long KeyPoint, long Group, string Type, int Difficulty);

/// <summary>A section to be filled.</summary>
/// <param name="Held">What it holds already, picked by hand or drawn earlier.</param>
public sealed record SectionDemand(QuizSection Section, IReadOnlyList<BlueprintCandidate> Held);

/// <summary>What was drawn into a section, in the order in which it is asked, and what could not be.</summary>
/// <param name="Section">Its id.</param>
public sealed record DrawnSection(int Section, IReadOnlyList<long> Questions, IReadOnlyList<Shortfall> Shortfalls);

/// <summary>What a section asked for.</summary>
public enum DemandKind
{
    Number,
    KeyPoint,
    Difficulty,
}

/// <summary>What a section asked for and did not get.</summary>
/// <param name="Of">The key point or the difficulty; 0 for the number.</param>
public sealed record Shortfall(DemandKind Kind, long Of, int Missing);

/// <summary>
/// Fills the sections of a quiz: so many per key point, so many per difficulty, the rest over key points in turn, and never two enemies in one quiz.
/// What cannot be had is named. The same seed and candidates give the same questions.
/// </summary>
public static class Blueprint
{
    // Which questions come first decides who bars whom: of some draws the one that misses least
    private const int Tries = 12;

    /// <param name="sections">In the order of the paper.</param>
    /// <param name="candidates">In any order; those that a section holds already are left out.</param>
    public static IReadOnlyList<DrawnSection> Draw(
        IReadOnlyList<SectionDemand> sections, IReadOnlyCollection<BlueprintCandidate> candidates, IReadOnlyCollection<Enemies> enemies, long seed)
    {
        var rivals = QuestionSelection.Rivals(enemies);
        var byId = candidates.OrderBy(one => one.Question).ToList();
        IReadOnlyList<DrawnSection>? best = null;
        for (var (attempt, least) = (0, int.MaxValue); attempt < Tries && least > 0; attempt++)
        {
            var drawn = new Drawing(sections, byId, rivals, Shuffle.Derive(seed, attempt)).Run();
            var missing = drawn.Sum(section => section.Shortfalls.Sum(one => one.Missing));
            if (missing < least) (best, least) = (drawn, missing);
        }

        return best!;
    }

    private sealed class Drawing(IReadOnlyList<SectionDemand> sections, IReadOnlyList<BlueprintCandidate> candidates, ILookup<long, long> rivals, long seed)
    {
        private readonly HashSet<long> _barred = [];
        private readonly Dictionary<long, int> _usedPoints = [];

        public IReadOnlyList<DrawnSection> Run()
        {
            foreach (var held in sections.SelectMany(section => section.Held)) Take(held);
            return [.. sections.Select((section, i) => Fill(section, Shuffle.Derive(seed, i)))];
        }

        private DrawnSection Fill(SectionDemand demand, long order)
        {
            var section = demand.Section;
            var open = Shuffle.Positions(candidates.Count, order).Select(place => candidates[place]).Where(one => section.Types.Contains(one.Type)).ToList();
            var need = new Need(section, demand.Held);
            var drawn = new List<long>();
            // Within what was asked for as long as that can be had, then whatever there is: a paper with a weak spot is better than one that is short
            foreach (var strict in (ReadOnlySpan<bool>)[true, false])
            {
                while (need.Left > 0 && Next(open, need, strict) is { } next)
                {
                    drawn.Add(next.Question);
                    need.Meet(next);
                    Take(next);
                }
            }

            return new DrawnSection(section.Id, drawn, need.Shortfalls);
        }

        private BlueprintCandidate? Next(List<BlueprintCandidate> open, Need need, bool strict)
        {
            open.RemoveAll(one => _barred.Contains(one.Question));
            var fitting = strict ? open.Where(need.Takes).ToList() : open;
            // What few can give is taken first, so that it is not used up for what many can
            var perGroup = fitting.CountBy(one => one.Group).ToDictionary(group => group.Key, group => group.Value);
            return fitting.MinBy(one => (need.Urgency(one), need.Urgency(one) == 0 ? perGroup[one.Group] : 0, _usedPoints.GetValueOrDefault(one.KeyPoint)));
        }

        private void Take(BlueprintCandidate taken)
        {
            _barred.Add(taken.Question);
            _barred.UnionWith(rivals[taken.Question]);
            _usedPoints[taken.KeyPoint] = _usedPoints.GetValueOrDefault(taken.KeyPoint) + 1;
        }
    }

    /// <summary>What a section still needs.</summary>
    private sealed class Need
    {
        private readonly Dictionary<long, int> _shares = [];
        private readonly Dictionary<int, int> _levels = [];

        public Need(QuizSection section, IReadOnlyList<BlueprintCandidate> held)
        {
            Left = section.Number;
            foreach (var share in section.Shares.Where(share => share.Number > 0)) _shares[share.KeyPoint] = _shares.GetValueOrDefault(share.KeyPoint) + share.Number;
            if (section.Mix is { } mix)
            {
                foreach (var level in DifficultyMix.Levels.Where(level => mix.Of(level) > 0)) _levels[level] = mix.Of(level);
            }

            foreach (var one in held) Meet(one);
            Left = Math.Max(0, Left);
        }

        public int Left { get; private set; }

        public IReadOnlyList<Shortfall> Shortfalls =>
        [
            .. Left > 0 ? new[] { new Shortfall(DemandKind.Number, 0, Left) } : [],
            .. _shares.Where(share => share.Value > 0).OrderBy(share => share.Key).Select(share => new Shortfall(DemandKind.KeyPoint, share.Key, share.Value)),
            .. _levels.Where(level => level.Value > 0).OrderBy(level => level.Key).Select(level => new Shortfall(DemandKind.Difficulty, level.Key, level.Value)),
        ];

        /// <summary>Whether taking it leaves room for what is needed.</summary>
        public bool Takes(BlueprintCandidate one) =>
            (FillsShare(one) || _shares.Values.Sum() < Left) && (FillsLevel(one) || _levels.Values.Sum() < Left);

        /// <summary>0 where it fills both a share and a level that is needed.</summary>
        public int Urgency(BlueprintCandidate one) => (FillsShare(one) ? 0 : 2) + (FillsLevel(one) ? 0 : 1);

        public void Meet(BlueprintCandidate one)
        {
            Left--;
            if (FillsShare(one)) _shares[one.Group]--;
            if (FillsLevel(one)) _levels[one.Difficulty]--;
        }

        private bool FillsShare(BlueprintCandidate one) => _shares.GetValueOrDefault(one.Group) > 0;

        private bool FillsLevel(BlueprintCandidate one) => _levels.GetValueOrDefault(one.Difficulty) > 0;
    }
}
