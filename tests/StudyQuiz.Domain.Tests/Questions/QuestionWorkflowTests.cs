using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Tests.Questions;

/// <summary>Every status leads to every other; publishing alone is guarded.</summary>
public sealed class QuestionWorkflowTests
{
    private static readonly QuestionStanding _sound = new() { Status = QuestionStatus.Draft, HasEvidence = true };
    private static readonly WorkflowRules _alone = new(TwoPeople: false, Editors: 3);
    private static readonly WorkflowRules _two = new(TwoPeople: true, Editors: 2);

    [Fact]
    public void A_sound_question_goes_from_any_status_to_any() =>
        Assert.All(
            from before in Enum.GetValues<QuestionStatus>() from to in Enum.GetValues<QuestionStatus>() from rules in (WorkflowRules[])[_alone, _two] select (before, to, rules),
            move => Assert.Null(QuestionWorkflow.Refuses(_sound with { Status = move.before }, move.to, move.rules)));

    [Theory]
    [InlineData(QuestionStatus.Draft)]
    [InlineData(QuestionStatus.Review)]
    [InlineData(QuestionStatus.Retired)]
    public void Publishing_takes_evidence_or_a_reason_for_doing_without(QuestionStatus from)
    {
        var bare = _sound with { Status = from, HasEvidence = false };
        Assert.Equal(WorkflowRefusal.NoEvidence, QuestionWorkflow.Refuses(bare, QuestionStatus.Published, _alone));
        Assert.Null(QuestionWorkflow.Refuses(bare with { IsWaived = true }, QuestionStatus.Published, _alone));
        Assert.Null(QuestionWorkflow.Refuses(bare, QuestionStatus.Review, _alone));
    }

    [Fact]
    public void What_one_wrote_another_publishes_where_there_is_another()
    {
        var own = _sound with { IsOwn = true };
        Assert.Equal(WorkflowRefusal.OwnWording, QuestionWorkflow.Refuses(own, QuestionStatus.Published, _two));
        Assert.Equal(WorkflowRefusal.OwnWording, QuestionWorkflow.Refuses(own with { HasEvidence = false, IsWaived = true }, QuestionStatus.Published, _two));
        Assert.Equal(WorkflowRefusal.OwnPart, QuestionWorkflow.Refuses(own with { IsShared = true }, QuestionStatus.Published, _two));
        Assert.Null(QuestionWorkflow.Refuses(own, QuestionStatus.Published, _two with { Editors = 1 }));
        Assert.Null(QuestionWorkflow.Refuses(own, QuestionStatus.Published, _alone));
        Assert.Null(QuestionWorkflow.Refuses(own, QuestionStatus.Review, _two));
        // Withdrawn by whoever wrote it, it may come back as somebody else published it
        Assert.Null(QuestionWorkflow.Refuses(own with { Status = QuestionStatus.Retired, WasApproved = true }, QuestionStatus.Published, _two));
    }

    [Fact]
    public void What_is_published_already_is_not_published_again() =>
        Assert.Null(QuestionWorkflow.Refuses(_sound with { Status = QuestionStatus.Published, HasEvidence = false, IsOwn = true }, QuestionStatus.Published, _two));

    [Fact]
    public void Trash_and_hosts_own_questions_are_left_alone()
    {
        Assert.Equal(WorkflowRefusal.Trashed, QuestionWorkflow.Refuses(_sound with { IsTrashed = true }, QuestionStatus.Draft, _alone));
        Assert.Equal(WorkflowRefusal.NotFound, QuestionWorkflow.Refuses(_sound with { IsPrivate = true }, QuestionStatus.Review, _alone));
    }

    [Fact]
    public void A_new_wording_of_what_learners_meet_waits_for_a_second_person()
    {
        Assert.True(QuestionWorkflow.Waits(QuestionStatus.Published, _two));
        Assert.False(QuestionWorkflow.Waits(QuestionStatus.Published, _alone));
        Assert.False(QuestionWorkflow.Waits(QuestionStatus.Draft, _two));
    }
}
