using CsCheck;
using StudyQuiz.Domain.Attempts;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Quizzes;

namespace StudyQuiz.Domain.Tests.Quizzes;

public sealed class BlueprintTests
{
    private static readonly string[] _types = [QuestionTypes.SingleChoice, QuestionTypes.TrueFalse, QuestionTypes.Cloze];

    private static readonly Gen<BlueprintCandidate[]> _candidates =
        Gen.Select(Gen.Long[1, 9], Gen.Int[0, 2], Gen.Int[1, 3]).Array[0, 90]
            .Select(rows => rows.Select((row, i) => new BlueprintCandidate(100 + i, row.Item1, ((row.Item1 - 1) / 3) + 1, _types[row.Item2], row.Item3)).ToArray());

    private static readonly Gen<QuizSection> _section =
        Gen.Select(Gen.Int[-1, 2], Gen.Int[0, 15], Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4], Gen.Int[0, 4]), Gen.Select(Gen.Long[1, 4], Gen.Int[0, 4]).Array[0, 3])
            .Select((type, number, mix, shares) => new QuizSection(0, type < 0 ? null : _types[type], number, 2)
            {
                Mix = mix.Item1 == 0 ? null : new DifficultyMix(mix.Item1, mix.Item2, mix.Item3),
                Shares = [.. shares.DistinctBy(share => share.Item1).Select(share => new KeyPointShare(share.Item1, share.Item2))],
            });

    private static readonly Gen<Quiz> _quizzes =
        Gen.Select(_candidates, Gen.Select(Gen.Int[0, 89], Gen.Int[0, 89]).Array[0, 40], _section.Array[1, 4], Gen.Int[0, 3], Gen.Long)
            .Select((candidates, pairs, sections, held, seed) => new Quiz(
                candidates, [.. pairs.Where(pair => pair.Item1 != pair.Item2).Select(pair => new Enemies(100 + pair.Item1, 100 + pair.Item2))],
                [.. sections.Select((section, i) => new SectionDemand(section with { Id = i + 1 }, i == 0 ? Apart(candidates, pairs, section, held) : []))], seed));

    [Fact]
    public void Every_demand_is_met_or_named_with_what_is_missing() => _quizzes.Sample(quiz =>
    {
        foreach (var (demand, drawn) in quiz.Sections.Zip(quiz.Draw()))
        {
            var section = demand.Section;
            var all = demand.Held.Concat(drawn.Questions.Select(quiz.Find)).ToList();
            Assert.Equal(Missing(section.Number, all.Count), Named(drawn, DemandKind.Number, 0));
            Assert.All(section.Shares, share => Assert.Equal(Missing(share.Number, all.Count(one => one.Group == share.KeyPoint)), Named(drawn, DemandKind.KeyPoint, share.KeyPoint)));
            Assert.All(DifficultyMix.Levels, level => Assert.Equal(Missing(section.Mix?.Of(level) ?? 0, all.Count(one => one.Difficulty == level)), Named(drawn, DemandKind.Difficulty, level)));
            Assert.True(drawn.Questions.Count <= Math.Max(0, section.Number - demand.Held.Count));
        }
    });

    [Fact]
    public void No_question_twice_none_of_another_type_and_never_two_enemies() => _quizzes.Sample(quiz =>
    {
        var drawn = quiz.Draw();
        var asked = quiz.Sections.SelectMany(section => section.Held).Select(one => one.Question).Concat(drawn.SelectMany(section => section.Questions)).ToList();
        Assert.Equal(asked.Count, asked.Distinct().Count());
        Assert.All(quiz.Enemies, pair => Assert.False(asked.Contains(pair.One) && asked.Contains(pair.Other)));
        Assert.All(quiz.Sections.Zip(drawn), one => Assert.All(one.Second.Questions, question => Assert.Contains(quiz.Find(question).Type, one.First.Section.Types)));
    });

    [Fact]
    public void A_section_is_short_only_where_nothing_that_could_be_asked_is_left() => _quizzes.Sample(quiz =>
    {
        var drawn = quiz.Draw();
        var asked = quiz.Sections.SelectMany(section => section.Held).Select(one => one.Question).Concat(drawn.SelectMany(section => section.Questions)).ToHashSet();
        bool Free(BlueprintCandidate one) => !asked.Contains(one.Question) && !quiz.Enemies.Any(pair => (pair.One == one.Question && asked.Contains(pair.Other)) || (pair.Other == one.Question && asked.Contains(pair.One)));
        foreach (var (demand, section) in quiz.Sections.Zip(drawn).Where(one => Named(one.Second, DemandKind.Number, 0) > 0))
            Assert.DoesNotContain(quiz.Candidates, one => demand.Section.Types.Contains(one.Type) && Free(one));
    });

    [Fact]
    public void The_same_seed_draws_the_same_whatever_order_the_bank_comes_in() => _quizzes.Sample(quiz =>
        Assert.Equal(quiz.Draw().SelectMany(section => section.Questions), (quiz with { Candidates = [.. quiz.Candidates.Reverse()] }).Draw().SelectMany(section => section.Questions)));

    [Fact]
    public void Of_plenty_nothing_is_missing() => Gen.Select(_section, Gen.Long).Sample((wish, seed) =>
    {
        var candidates = (from type in _types from point in Enumerable.Range(1, 12) from level in Enumerable.Range(1, 3) from copy in Enumerable.Range(0, 16) select (type, point, level))
            .Select((one, i) => new BlueprintCandidate(i, one.point, ((one.point - 1) / 3) + 1, one.type, one.level)).ToList();
        var section = wish with { Number = Math.Max(wish.Number, Math.Max(wish.Mix?.Sum ?? 0, wish.Shares.Sum(share => share.Number))) };
        Assert.Empty(Assert.Single(Blueprint.Draw([new SectionDemand(section, [])], candidates, [], seed)).Shortfalls);
    });

    [Fact]
    public void What_is_not_asked_for_by_name_goes_over_key_points_in_turn()
    {
        var candidates = Enumerable.Range(0, 60).Select(i => new BlueprintCandidate(i, i % 6, i % 3, _types[0], 1)).ToList();
        var drawn = Assert.Single(Blueprint.Draw([new SectionDemand(new QuizSection(1, _types[0], 12, 1), [])], candidates, [], 7));
        Assert.All(drawn.Questions.GroupBy(question => question % 6), point => Assert.Equal(2, point.Count()));
    }

    private static int Missing(int wanted, int had) => Math.Max(0, wanted - had);

    private static int Named(DrawnSection drawn, DemandKind kind, long of) => drawn.Shortfalls.SingleOrDefault(one => one.Kind == kind && one.Of == of)?.Missing ?? 0;

    // What a host picks by hand are no enemies either: the page refuses them
    private static IReadOnlyList<BlueprintCandidate> Apart(BlueprintCandidate[] candidates, (int, int)[] pairs, QuizSection section, int number)
    {
        var held = new List<BlueprintCandidate>();
        foreach (var one in candidates.Where(one => section.Types.Contains(one.Type)))
        {
            if (held.Count < number && !held.Exists(other => pairs.Any(pair => (100 + pair.Item1 == one.Question && 100 + pair.Item2 == other.Question) || (100 + pair.Item2 == one.Question && 100 + pair.Item1 == other.Question)))) held.Add(one);
        }

        return held;
    }

    private sealed record Quiz(IReadOnlyList<BlueprintCandidate> Candidates, IReadOnlyList<Enemies> Enemies, IReadOnlyList<SectionDemand> Sections, long Seed)
    {
        public IReadOnlyList<DrawnSection> Draw() => Blueprint.Draw(Sections, Candidates, Enemies, Seed);

        public BlueprintCandidate Find(long question) => Candidates.Single(one => one.Question == question);
    }
}
