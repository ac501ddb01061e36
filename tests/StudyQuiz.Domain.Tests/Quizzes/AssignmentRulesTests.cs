using CsCheck;
using StudyQuiz.Domain.Quizzes;

namespace StudyQuiz.Domain.Tests.Quizzes;

public sealed class AssignmentRulesTests
{
    private static readonly DateTimeOffset _noon = new(2026, 12, 18, 12, 0, 0, TimeSpan.Zero);
    private static readonly QuizRules _rules = new() { From = _noon, Until = _noon.AddHours(2), Attempts = 2 };

    [Fact]
    public void One_may_begin_within_the_window_as_often_as_the_rules_say()
    {
        Assert.Equal(MayBegin.NotYet, AssignmentRules.Decide(_rules, null, 0, _noon.AddSeconds(-1)));
        Assert.Equal(MayBegin.Yes, AssignmentRules.Decide(_rules, null, 1, _noon));
        Assert.Equal(MayBegin.NoAttemptsLeft, AssignmentRules.Decide(_rules, null, 2, _noon));
        Assert.Equal(MayBegin.Over, AssignmentRules.Decide(_rules, null, 0, _noon.AddHours(2)));
        Assert.Equal(MayBegin.Over, AssignmentRules.Decide(_rules, _noon.AddMinutes(5), 0, _noon.AddMinutes(6)));
        Assert.Equal(MayBegin.Yes, AssignmentRules.Decide(_rules with { Attempts = null, Until = null }, null, 99, _noon.AddYears(1)));
    }

    [Fact]
    public void A_run_ends_with_its_time_or_with_the_window_whichever_comes_first()
    {
        var time = TimeSpan.FromMinutes(45);
        Assert.Equal(_noon.AddMinutes(45), AssignmentRules.Deadline(_rules, null, time, _noon));
        Assert.Equal(_noon.AddHours(2), AssignmentRules.Deadline(_rules, null, time, _noon.AddMinutes(90)));
        Assert.Equal(_noon.AddHours(1), AssignmentRules.Deadline(_rules, _noon.AddHours(1), time, _noon.AddMinutes(30)));
        Assert.Null(AssignmentRules.Deadline(_rules with { Answers = AnswersShown.AfterEach, Until = null }, null, time, _noon));
        Assert.Equal(_noon + time, AssignmentRules.Deadline(_rules with { Until = null }, null, time, _noon));
    }

    [Fact]
    public void Answers_are_told_when_the_rules_say()
    {
        bool Tells(AnswersShown answers, int minutes, DateTimeOffset? ended = null) => AssignmentRules.Tells(_rules with { Answers = answers }, ended, _noon.AddMinutes(minutes));
        Assert.Equal((true, true, false, false), (Tells(AnswersShown.AfterEach, 5), Tells(AnswersShown.AtSubmission, 5), Tells(AnswersShown.AfterWindow, 5), Tells(AnswersShown.Never, 500)));
        Assert.True(Tells(AnswersShown.AfterWindow, 120));
        Assert.True(Tells(AnswersShown.AfterWindow, 10, _noon.AddMinutes(10)));
        Assert.False(AssignmentRules.Tells(_rules with { Until = null }, null, _noon.AddYears(9)));
    }

    [Fact]
    public void The_run_that_counts_is_the_best_the_last_or_the_first_and_ranks_are_stable() =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 3], Gen.Int[0, 1000]).Array[1, 20].Sample(rows =>
        {
            var runs = rows.Select(row => new FinishedRun(row.Item1, TimeSpan.FromMinutes(row.Item2), _noon.AddMinutes(row.Item3))).ToList();
            Assert.Equal(runs.Max(run => run.Points), AssignmentRules.Counted(CountedAttempt.Best, runs, run => run).Points);
            Assert.Equal(runs.Max(run => run.StartedAt), AssignmentRules.Counted(CountedAttempt.Last, runs, run => run).StartedAt);
            Assert.Equal(runs.Min(run => run.StartedAt), AssignmentRules.Counted(CountedAttempt.First, runs, run => run).StartedAt);
            var ranked = AssignmentRules.Ranked(runs, run => run);
            Assert.All(ranked, one => Assert.Equal(1 + runs.Count(run => run.Points > one.Run.Points || (run.Points == one.Run.Points && run.Took < one.Run.Took)), one.Rank));
        });
}
