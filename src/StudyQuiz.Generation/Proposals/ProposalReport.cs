using StudyQuiz.Generation.Items;

namespace StudyQuiz.Generation.Proposals;

/// <summary>What asking a language model gave.</summary>
/// <param name="Candidates">What may go before the gates; those that a gate will refuse too.</param>
/// <param name="Offered">How many facts the model was asked about.</param>
/// <param name="Left">How many facts it was not asked about, since a bound was reached or the server failed.</param>
/// <param name="Calls">Requests that were sent.</param>
/// <param name="Retries">How many of them were second tries of a batch.</param>
/// <param name="Proposed">Items in all replies.</param>
/// <param name="Refused">Items that did not become candidates.</param>
/// <param name="Failures">What went wrong with the server or its replies, in plain words that hold nothing of what it sent.</param>
public sealed record ProposalRun(
    IReadOnlyList<Candidate> Candidates, int Offered, int Left, int Calls, int Retries, int Proposed, IReadOnlyList<Counted> Refused, IReadOnlyList<Counted> Failures);

/// <summary>How often something happened.</summary>
public sealed record Counted(string What, int Times)
{
    public static IReadOnlyList<Counted> Of(IEnumerable<string> events) =>
        [.. events.GroupBy(what => what, StringComparer.Ordinal).Select(same => new Counted(same.Key, same.Count()))];
}

/// <summary>The part of a report about what a language model proposed.</summary>
/// <param name="Accepted">Passed the gates.</param>
/// <param name="Chosen">Are in the bank.</param>
/// <param name="RefusedByGate">How many candidates each gate refused.</param>
public sealed record ProposalReport(
    int Offered, int Left, int Calls, int Retries, int Proposed, int Accepted, int Chosen, IReadOnlyList<Counted> Refused, IReadOnlyList<Counted> RefusedByGate, IReadOnlyList<Counted> Failures)
{
    internal static ProposalReport Of(ProposalRun run, IReadOnlyList<Candidate> passed, IReadOnlyList<Candidate> chosen, IReadOnlyList<DroppedQuestion> dropped)
    {
        var ids = run.Candidates.Select(candidate => candidate.Question.Id).ToHashSet(StringComparer.Ordinal);
        int CountOf(IReadOnlyList<Candidate> candidates) => candidates.Count(candidate => ids.Contains(candidate.Question.Id));
        // some that pass on their own are dropped for another that is much the same
        var refused = dropped.Select(question => question.Id).ToHashSet(StringComparer.Ordinal);
        return new ProposalReport(
            run.Offered, run.Left, run.Calls, run.Retries, run.Proposed, CountOf([.. passed.Where(candidate => !refused.Contains(candidate.Question.Id))]), CountOf(chosen), run.Refused,
            Counted.Of(dropped.Where(question => ids.Contains(question.Id)).Select(question => question.Gate)), run.Failures);
    }
}
