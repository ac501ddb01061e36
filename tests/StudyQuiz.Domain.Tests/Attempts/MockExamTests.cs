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
        var first = MockExam.Draw(bank.Candidates, bank.Enemies, bank.Seed);
        var drawn = MockExam.Fullest(first, bank.Candidates, bank.Enemies, bank.Seed);
        Assert.True(drawn.Sum(one => one.Points) >= first.Sum(one => one.Points));
        Assert.Equal(drawn, MockExam.Fullest(first, bank.Candidates, bank.Enemies, bank.Seed));
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

    [Fact]
    public void Enemies_that_leave_room_for_a_whole_paper_do_not_make_a_smaller_one() => Gen.Long.Sample(seed =>
    {
        // Of 30 single choices 10 bar a multiple choice each, of which there are no more than the paper holds, and some cloze besides
        List<Candidate> candidates =
        [
            .. Enumerable.Range(0, 30).Select(i => new Candidate(i, 1 + (i % 4), QuestionTypes.SingleChoice)), .. Enumerable.Range(30, 10).Select(i => new Candidate(i, 1, QuestionTypes.MultipleChoice)),
            .. Enumerable.Range(40, 12).Select(i => new Candidate(i, 2, QuestionTypes.TrueFalse)), .. Enumerable.Range(52, 6).Select(i => new Candidate(i, 3, QuestionTypes.Cloze)),
        ];
        List<Enemies> enemies = [.. Enumerable.Range(0, 10).Select(i => new Enemies(i, 30 + i)), .. Enumerable.Range(0, 2).Select(i => new Enemies(40 + i, 52)), new(53, 0)];
        var drawn = MockExam.Fullest(MockExam.Draw(candidates, enemies, seed), candidates, enemies, seed);
        Assert.Equal((45, 100m), (drawn.Count, drawn.Sum(one => one.Points)));
    });
}
