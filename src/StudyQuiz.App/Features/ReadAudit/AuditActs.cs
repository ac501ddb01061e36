using System.Globalization;

namespace StudyQuiz.App.Features.ReadAudit;

/// <summary>What is put on record, and to what it was done. Stored by these names; the page has a text for each.</summary>
internal static class AuditActs
{
    public const string AppealAccepted = "appeal.accepted";
    public const string AppealRefused = "appeal.refused";

    /// <summary>An editor changed a key, and earlier answers were graded by it again.</summary>
    public const string Rekeyed = "question.rekeyed";

    /// <summary>A question's wording changed: its versions before and after, and whether it means another thing.</summary>
    public const string Edited = "question.edited";

    /// <summary>A question was written from scratch.</summary>
    public const string Written = "question.written";

    /// <summary>A question went from one status to another: what they were, and why it may be asked without evidence.</summary>
    public const string StatusChanged = "question.status";

    /// <summary>Of a wording that several wrote, somebody agreed to the others' part.</summary>
    public const string Agreed = "question.agreed";

    /// <summary>A question was taken from everything that was open.</summary>
    public const string Withdrawn = "question.withdrawn";

    /// <summary>When a question is published by itself; no time where that was taken back.</summary>
    public const string Scheduled = "question.scheduled";

    /// <summary>Its time had come, and it may not be published any more.</summary>
    public const string NotPublished = "question.not_published";

    /// <summary>A change of a published question went back to its author, was sent again, was given up.</summary>
    public const string ProposalReturned = "question.proposal_returned";
    public const string ProposalSubmitted = "question.proposal_submitted";
    public const string ProposalDropped = "question.proposal_dropped";

    public const string Commented = "question.commented";
    public const string CommentResolved = "question.comment_resolved";
    public const string Assigned = "question.assigned";
    public const string FlagsResolved = "question.flags_resolved";

    /// <summary>A question, or a bank with all that it holds, into the trash; out of it; and gone for good.</summary>
    public const string Trashed = "trashed";
    public const string Restored = "restored";
    public const string Purged = "purged";

    /// <summary>Whether a second person publishes.</summary>
    public const string TwoPeople = "setting.two_people";

    public const string Roles = "account.roles";
    public const string ResetLink = "account.reset_link";
    public const string ExtraTime = "account.extra_time";
    public const string Disabled = "account.disabled";
    public const string Enabled = "account.enabled";

    /// <summary>An admin ended all sessions of an account.</summary>
    public const string SignedOut = "account.signed_out";

    public const string Invited = "invitation.made";
    public const string InvitationRevoked = "invitation.revoked";

    /// <summary>Its old link is dead.</summary>
    public const string InvitationRenewed = "invitation.renewed";

    /// <summary>Somebody came by an invitation, with what it gave them.</summary>
    public const string InvitationUsed = "invitation.used";

    public const string WebhookMade = "webhook.made";
    public const string WebhookDeleted = "webhook.deleted";
    public const string WebhookStopped = "webhook.stopped";
    public const string WebhookStarted = "webhook.started";

    /// <summary>A program was given a token of its owner's: its name and scopes; or it was taken back.</summary>
    public const string TokenMade = "token.made";
    public const string TokenRevoked = "token.revoked";

    public const string GroupMade = "group.made";
    public const string GroupRenamed = "group.renamed";
    public const string GroupMoved = "group.moved";
    public const string GroupArchived = "group.archived";
    public const string GroupRestored = "group.restored";
    public const string GroupGiven = "group.given";
    public const string RosterAdded = "group.roster";
    public const string MemberRemoved = "group.member_removed";

    /// <summary>Many questions of a bank at once: tags, difficulty, key point.</summary>
    public const string BankChanged = "bank.changed";
    public const string BankChangeUndone = "bank.change_undone";

    /// <summary>A bank was made from a text: the text's SHA-256 and how many questions.</summary>
    public const string BankMade = "bank.made";

    /// <summary>Questions of a file came into a bank: the format and how many.</summary>
    public const string BankImported = "bank.imported";

    /// <summary>A newer text of a bank's source.</summary>
    public const string BankText = "bank.text";

    public const string TopicMade = "topic.made";
    public const string TopicChanged = "topic.changed";

    /// <summary>An attempt of an assignment was left out, so that somebody may begin again; or counts after all.</summary>
    public const string AttemptLeftOut = "attempt.left_out";
    public const string AttemptCounted = "attempt.counted";

    public const string GameReopened = "game.reopened";
    public const string GameVoided = "game.voided";
    public const string GameCorrected = "game.corrected";

    public static IReadOnlyList<string> All { get; } =
    [
        AppealAccepted, AppealRefused, Rekeyed, Edited, Written, StatusChanged, Agreed, Withdrawn, Scheduled, NotPublished, ProposalReturned, ProposalSubmitted, ProposalDropped, Commented, CommentResolved, Assigned, FlagsResolved,
        BankChanged, BankChangeUndone, BankText, TopicMade, TopicChanged, Trashed, Restored, Purged, TwoPeople, Roles, ResetLink, ExtraTime, GameReopened, GameVoided, GameCorrected,
        Disabled, Enabled, SignedOut, Invited, InvitationRevoked, InvitationRenewed, InvitationUsed, GroupMade, GroupRenamed, GroupMoved, GroupArchived, GroupRestored, GroupGiven, RosterAdded, MemberRemoved,
        WebhookMade, WebhookDeleted, WebhookStopped, WebhookStarted, TokenMade, TokenRevoked, BankMade, BankImported, AttemptLeftOut, AttemptCounted,
    ];

    /// <summary>What is asked for together.</summary>
    public static IReadOnlyDictionary<string, string[]> Kinds { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["questions"] = [Edited, Written, Rekeyed, Commented, CommentResolved, Assigned, FlagsResolved],
        ["publishing"] = [StatusChanged, Agreed, Withdrawn, Scheduled, NotPublished, ProposalReturned, ProposalSubmitted, ProposalDropped, TwoPeople],
        ["appeals"] = [AppealAccepted, AppealRefused],
        ["banks"] = [BankMade, BankImported, BankChanged, BankChangeUndone, BankText, TopicMade, TopicChanged],
        ["trash"] = [Trashed, Restored, Purged],
        ["people"] = [Roles, ResetLink, ExtraTime, Disabled, Enabled, SignedOut, Invited, InvitationRevoked, InvitationRenewed, InvitationUsed, TokenMade, TokenRevoked],
        ["games"] = [GameReopened, GameVoided, GameCorrected, WebhookMade, WebhookDeleted, WebhookStopped, WebhookStarted, AttemptLeftOut, AttemptCounted],
        ["groups"] = [GroupMade, GroupRenamed, GroupMoved, GroupArchived, GroupRestored, GroupGiven, RosterAdded, MemberRemoved],
    };

    private const string Question = "question/";
    private const string Account = "account/";

    public static string OfQuestion(long id) => string.Create(CultureInfo.InvariantCulture, $"{Question}{id}");

    public static string OfBank(string slug) => $"bank/{slug}";

    public static string OfGroup(Guid id) => $"group/{id}";

    public static string OfAttempt(Guid id) => $"attempt/{id}";

    public static string OfWebhook(Guid id) => $"webhook/{id}";

    public static string OfInvitation(Guid id) => $"invitation/{id}";

    public static string OfTopic(Guid id) => $"topic/{id}";

    public static string OfAccount(Guid id) => $"{Account}{id}";

    public static long? QuestionOf(string subject) =>
        subject.StartsWith(Question, StringComparison.Ordinal) && long.TryParse(subject.AsSpan(Question.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    public static Guid? AccountOf(string subject) =>
        subject.StartsWith(Account, StringComparison.Ordinal) && Guid.TryParse(subject.AsSpan(Account.Length), out var id) ? id : null;
}
