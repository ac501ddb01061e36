namespace StudyQuiz.Domain.Questions;

/// <summary>Who may publish, as the organisation has settled it.</summary>
/// <param name="TwoPeople">Nobody publishes their own wording.</param>
/// <param name="Editors">How many people may edit banks.</param>
public sealed record WorkflowRules(bool TwoPeople, int Editors)
{
    /// <summary>Whether a second person is asked for: where there is none, one must be able to do it alone.</summary>
    public bool AsksSecond => TwoPeople && Editors > 1;
}

/// <summary>Where a question stands, as whoever wants to change its status finds it.</summary>
public sealed record QuestionStanding
{
    public required QuestionStatus Status { get; init; }

    /// <summary>A host's own question, which is in no bank.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>It lies in the trash.</summary>
    public bool IsTrashed { get; init; }

    /// <summary>It quotes the text.</summary>
    public required bool HasEvidence { get; init; }

    /// <summary>Somebody put on record why it may do without.</summary>
    public bool IsWaived { get; init; }

    /// <summary>Whoever asks put that on record, and wrote the wording or a part of it: nobody else has looked at the reason.</summary>
    public bool IsOwnWaiver { get; init; }

    /// <summary>Whoever asks wrote its current wording, or a part of it that nobody else has agreed to.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Others wrote parts of it too: to those whoever asks can agree.</summary>
    public bool IsShared { get; init; }

    /// <summary>Somebody else has published this very wording before.</summary>
    public bool WasApproved { get; init; }

    /// <summary>It is a change that waits beside the published wording, and that one has changed since.</summary>
    public bool IsOutdated { get; init; }
}

/// <summary>Why a status was not changed. Pages have a text for each.</summary>
public enum WorkflowRefusal
{
    /// <summary>There is no such question, or it is a host's own.</summary>
    NotFound,

    /// <summary>Its wording or status is not the one that was on the screen.</summary>
    Changed,

    /// <summary>It lies in the trash: it is restored first.</summary>
    Trashed,

    /// <summary>Nothing in the text proves it, and nobody put on record why it may do without.</summary>
    NoEvidence,

    /// <summary>Another person must publish what one wrote.</summary>
    OwnWording,

    /// <summary>Others wrote parts of it, and that these are agreed to is kept; another person must agree to one's own.</summary>
    OwnPart,

    /// <summary>The published wording changed since: an editor merges the two first.</summary>
    Outdated,

    /// <summary>The reason for doing without evidence is by whoever asks, who wrote of it too: it is kept, and another person must look at it.</summary>
    OwnWaiver,
}

/// <summary>
/// Draft → review → published → retired, and back. Every status leads to every other, for whatever was done can be undone; what is guarded is
/// publishing, the only one that learners meet.
/// </summary>
public static class QuestionWorkflow
{
    /// <summary>What keeps a question from a status.</summary>
    /// <returns>Null where nothing does; where it has that status already, nothing does.</returns>
    public static WorkflowRefusal? Refuses(QuestionStanding question, QuestionStatus to, WorkflowRules rules) => (question, to) switch
    {
        ({ IsPrivate: true }, _) => WorkflowRefusal.NotFound,
        ({ IsTrashed: true }, _) => WorkflowRefusal.Trashed,
        (_, not QuestionStatus.Published) or ({ Status: QuestionStatus.Published }, _) => null,
        ({ IsOutdated: true }, _) => WorkflowRefusal.Outdated,
        ({ IsOwn: true, WasApproved: false }, _) when rules.AsksSecond => question.IsShared ? WorkflowRefusal.OwnPart : WorkflowRefusal.OwnWording,
        ({ HasEvidence: false, IsWaived: false }, _) => WorkflowRefusal.NoEvidence,
        ({ HasEvidence: false, IsOwnWaiver: true, WasApproved: false }, _) when rules.AsksSecond => WorkflowRefusal.OwnWaiver,
        _ => null,
    };

    /// <summary>Whether a new wording waits beside the published one: what learners meet changes when a second person agrees, where one is asked for.</summary>
    public static bool Waits(QuestionStatus status, WorkflowRules rules) => status == QuestionStatus.Published && rules.AsksSecond;
}
