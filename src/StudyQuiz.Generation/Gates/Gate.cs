using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.Generation.Gates;

/// <summary>A rule that every bank must keep.</summary>
/// <param name="Name">How findings and people refer to it.</param>
/// <param name="ForImport">
/// A bank that breaks it would teach or grade something wrong, so that it is not imported. The others are about good style: they
/// keep a bank from being shipped, not an editor from working.
/// </param>
/// <param name="Rule">Everything in a bank that breaks the rule.</param>
public sealed record Gate(string Name, bool ForImport, Func<BankFile, IEnumerable<Fault>> Rule)
{
    /// <summary>Everything in a bank that breaks the rule. A retired question is no longer asked: rules of style and balance don't see it.</summary>
    public IEnumerable<Fault> Check(BankFile bank) =>
        Rule(ForImport ? bank : bank with { Questions = [.. bank.Questions.Where(question => question.Status != QuestionStatus.Retired)] });
}

/// <summary>What a gate found.</summary>
/// <param name="Item">Id of the question, key point or paragraph; the source's slug where the bank as a whole is meant.</param>
/// <param name="Message">What is wrong and what to mend.</param>
public sealed record Fault(string Item, string Message);

/// <summary>A fault with the gate that found it.</summary>
public sealed record GateFinding(string Gate, string Item, string Message)
{
    public override string ToString() => $"{Item}: {Message} [{Gate}]";
}
