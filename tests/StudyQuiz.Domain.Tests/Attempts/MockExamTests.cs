using CsCheck;
using StudyQuiz.Domain.Attempts;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Tests.Attempts;

public sealed class MockExamTests
{
    private static readonly Gen<(List<Candidate> Candidates, List<Enemies> Enemies, long Seed)> _banks =
        Gen.Select(Gen.Select(Gen.Long[1, 6], Gen.Int[0, QuestionTypes.Graded.Count - 1]).Array[0, 120], Gen.Select(Gen.Int[0, 119], Gen.Int[0, 119]).Array[0, 20], Gen.Long)
            .Select((questions, pairs, seed) => (
                questions.Select((q, i) => new Candidate(100 + i, q.Item1, QuestionTypes.Graded[q.Item2])).ToList(),
                pairs.Where(p => p.Item1 != p.Item2).Select(p => new Enemies(100 + p.Item1, 100 + p.Item2)).ToList(),
                seed));

    [Fact]
    public void The_whole_paper_has_100_points_in_45_minutes_and_passes_from_60()
    {
        Assert.Equal(100, MockExam.Total(MockExam.Sections));
        Assert.Equal((TimeSpan.FromMinutes(45), 60m), (MockExam.TimeFor(100), MockExam.PassMark(100)));
        Assert.Equal((TimeSpan.FromMinutes(18), 24m), (MockExam.TimeFor(40), MockExam.PassMark(40)));
        Assert.Equal(59m, MockExam.PassMark(97));
    }

    [Fact]
    public void Sections_stand_in_their_order_hold_no_more_than_they_should_and_never_two_enemies() => _banks.Sample(bank =>
    {
        var types = bank.Candidates.ToDictionary(one => one.Question, one => one.Type);
        var drawn = MockExam.Draw(bank.Candidates, bank.Enemies, bank.Seed);
        var asked = drawn.Select(one => one.Question).ToHashSet();
        Assert.Equal(drawn.Count, asked.Count);
        Assert.All(bank.Enemies, pair => Assert.False(asked.Contains(pair.One) && asked.Contains(pair.Other)));
        Assert.Equal(drawn.Select(one => one.Points), drawn.Select(one => MockExam.Sections.Single(section => section.Type == types[one.Question]).Points));
        Assert.All(MockExam.Sections, section => Assert.True(drawn.Count(one => types[one.Question] == section.Type) <= section.Number));
        var order = MockExam.Sections.Select(section => section.Type).ToList();
        Assert.Equal(drawn.Select(one => order.IndexOf(types[one.Question])).Order(), drawn.Select(one => order.IndexOf(types[one.Question])));

        // What the start page promises of a bank without enemies is what it gets
        var held = bank.Candidates.GroupBy(one => one.Type).ToDictionary(type => type.Key, type => (long)type.Count());
        Assert.Equal(MockExam.Total(MockExam.Of(held)), MockExam.Draw(bank.Candidates, [], bank.Seed).Sum(one => one.Points));
    });
}
