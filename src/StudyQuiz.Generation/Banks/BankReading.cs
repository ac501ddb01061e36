using System.Globalization;

namespace StudyQuiz.Generation.Banks;

/// <summary>What reading a bank file gave.</summary>
/// <param name="Bank">Null when there are errors.</param>
/// <param name="Errors">In the order of the file; at most <see cref="MostErrors"/>.</param>
public sealed record BankReading(BankFile? Bank, IReadOnlyList<BankError> Errors)
{
    /// <summary>More errors than this help nobody: reading stops there.</summary>
    public const int MostErrors = 100;

    /// <summary>The longest file that is read, in UTF-16 units; about forty times a bank of a 17,000-character report.</summary>
    public const int LongestFile = 8_000_000;
}

/// <summary>One thing that is wrong in a bank file.</summary>
/// <param name="Line">Counted from 1.</param>
/// <param name="Item">Id of the question, key point or paragraph, else the section.</param>
/// <param name="Field">The field's name; empty when the item as a whole is meant.</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record BankError(int Line, string Item, string Field, string Message)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"line {Line}, {Item}{(Field.Length == 0 ? "" : ", " + Field)}: {Message}");
}
