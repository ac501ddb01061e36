namespace StudyQuiz.App.Features.ImportBank;

/// <summary>What an import did, or a preview would do, by ids of the file: question ids, key point ids, the source's slug.</summary>
/// <param name="Source">Slug of the source; the file's name where it can't be read.</param>
/// <param name="New">Made here.</param>
/// <param name="Changed">Changed in the file only, and so here.</param>
/// <param name="Unchanged">The same in the file as at the last import: not touched, whatever was done to them here.</param>
/// <param name="Conflicts">Changed in the file and here: left alone. A source among them means that nothing was imported, since its questions quote another text.</param>
/// <param name="Missing">Here, but no longer in the file: left alone.</param>
/// <param name="Refused">Why nothing at all was imported; empty when it was.</param>
public sealed record ImportReport(
    string Source,
    IReadOnlyList<string> New,
    IReadOnlyList<string> Changed,
    IReadOnlyList<string> Unchanged,
    IReadOnlyList<string> Conflicts,
    IReadOnlyList<string> Missing,
    IReadOnlyList<Refusal> Refused)
{
    /// <summary>Nothing was imported, for these reasons.</summary>
    public static ImportReport Refuse(string source, IEnumerable<Refusal> why) => new(source, [], [], [], [], [], [.. why]);

    /// <summary>One line for people.</summary>
    public override string ToString() => Refused.Count > 0
        ? $"{Source}: refused, {Refused[0]}{(Refused.Count > 1 ? $" (and {Refused.Count - 1} more: run 'studyquiz check')" : "")}"
        : $"{Source}: {New.Count} new, {Changed.Count} changed, {Unchanged.Count} unchanged"
            + Listed("conflicts, left alone", Conflicts) + Listed("no longer in the file, left alone", Missing);

    private static string Listed(string what, IReadOnlyList<string> ids) => ids.Count == 0 ? "" : $", {ids.Count} {what}: {string.Join(" ", ids)}";
}

/// <summary>Why an item keeps its bank from being imported.</summary>
/// <param name="Item">Its id, or the file.</param>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="Line">Of the bank file, from 1; 0 where the reason stands in no one line.</param>
public sealed record Refusal(string Item, string Message, int Line = 0)
{
    /// <summary>The message, by the name that imports of every format give it.</summary>
    public string Why => Message;

    public override string ToString() => $"{Item}: {Message}";
}
