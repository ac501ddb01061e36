using CsCheck;
using StudyQuiz.Domain.Attempts;

namespace StudyQuiz.Domain.Tests.Attempts;

public sealed class QuestionSelectionTests
{
    private static readonly string[] _types = ["single_choice", "true_false", "cloze"];

    private static readonly Gen<(List<Candidate> Candidates, List<Enemies> Enemies, int Number, long Seed)> _cases =
        Gen.Select(Gen.Select(Gen.Long[1, 5], Gen.Int[0, 2]).Array[0, 30], Gen.Select(Gen.Int[0, 29], Gen.Int[0, 29]).Array[0, 10], Gen.Int[0, 35], Gen.Long)
            .Select((questions, pairs, number, seed) => (
                questions.Select((q, i) => new Candidate(100 + i, q.Item1, _types[q.Item2])).ToList(),
                pairs.Where(p => p.Item1 != p.Item2).Select(p => new Enemies(100 + p.Item1, 100 + p.Item2)).ToList(),
                number,
                seed));

    [Fact]
    public void No_question_twice_no_enemies_not_too_many_and_none_left_out_without_reason() => _cases.Sample(c =>
    {
        var picked = QuestionSelection.SelectQuestions(c.Candidates, c.Enemies, c.Number, c.Seed);
        Assert.Equal(picked.Count, picked.Distinct().Count());
        Assert.True(picked.Count <= c.Number);
        Assert.All(c.Enemies, pair => Assert.False(picked.Contains(pair.One) && picked.Contains(pair.Other)));
        if (picked.Count == c.Number) return;
        var barred = c.Enemies.SelectMany(e => picked.Contains(e.One) ? [e.Other] : picked.Contains(e.Other) ? [e.One] : Array.Empty<long>());
        Assert.Equal(c.Candidates.Select(q => q.Question).Except(barred).Order(), picked.Order());
    });

    [Fact]
    public void Key_points_take_turns() => _cases.Sample(c =>
    {
        var picked = QuestionSelection.SelectQuestions(c.Candidates, [], c.Number, c.Seed);
        var held = c.Candidates.GroupBy(q => q.KeyPoint).ToDictionary(g => g.Key, g => g.Count());
        var taken = c.Candidates.Where(q => picked.Contains(q.Question)).GroupBy(q => q.KeyPoint).ToDictionary(g => g.Key, g => g.Count());
        var most = taken.Values.DefaultIfEmpty(0).Max();
        Assert.All(held, point => Assert.True(taken.GetValueOrDefault(point.Key) >= Math.Min(point.Value, most - 1)));
    });

    [Fact]
    public void A_rare_type_is_not_crowded_out_by_its_enemies()
    {
        var candidates = Enumerable.Range(1, 30).Select(i => new Candidate(i, i % 5, _types[i % 2])).Append(new Candidate(31, 1, "matching")).ToList();
        var enemies = Enumerable.Range(1, 28).Select(i => new Enemies(i, 31)).ToList();
        Assert.All(Enumerable.Range(0, 50), seed => Assert.Contains(31, QuestionSelection.SelectQuestions(candidates, enemies, int.MaxValue, seed)));
    }

    [Fact]
    public void The_seed_decides() => _cases.Sample(c => Assert.Equal(
        QuestionSelection.SelectQuestions(c.Candidates, c.Enemies, c.Number, c.Seed),
        QuestionSelection.SelectQuestions(c.Candidates, c.Enemies, c.Number, c.Seed)));

    [Fact]
    public void Another_seed_gives_another_set()
    {
        var candidates = Enumerable.Range(1, 40).Select(i => new Candidate(i, i % 4, "cloze")).ToList();
        var sets = Enumerable.Range(0, 20).Select(seed => string.Join(',', QuestionSelection.SelectQuestions(candidates, [], 10, seed)));
        Assert.Equal(20, sets.Distinct().Count());
    }
}
