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
/// <param name="Code">Names what is wrong, for whoever says it in another language.</param>
/// <param name="Message">What is wrong and what to mend.</param>
/// <param name="Arguments">What the message fills in.</param>
public sealed record Fault(string Item, string Code, string Message, IReadOnlyList<string> Arguments)
{
    public Fault(string item, string code, GateWords words)
        : this(item, code, words.ToString(), words.Arguments)
    {
    }

    /// <summary>With what was found out about it elsewhere.</summary>
    internal Fault(string item, (string Code, GateWords Words) why)
        : this(item, why.Code, why.Words)
    {
    }
}

/// <summary>A fault with the gate that found it.</summary>
public sealed record GateFinding(string Gate, string Item, string Message)
{
    /// <summary>Of the fault; null for one that was stored before faults had codes.</summary>
    public string? Code { get; init; }

    /// <summary>What the message fills in.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    public override string ToString() => $"{Item}: {Message} [{Gate}]";
}
