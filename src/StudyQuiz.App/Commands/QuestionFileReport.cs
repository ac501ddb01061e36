using System.Text.Json.Serialization;
using StudyQuiz.App.Features.ExchangeQuestions;
using StudyQuiz.App.Features.ExchangeQuestions.Formats;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Commands;

/// <summary>What the import of a file with questions did, or a preview would do, row by row.</summary>
/// <param name="Stored">False for a preview, and where the file is refused.</param>
/// <param name="Conflicts">Rows that differ from what a person changed here: left alone.</param>
/// <param name="Refused">Why a row, or at line 0 the file, can't be taken.</param>
/// <param name="Notes">What the file says of a row and a question here can't.</param>
internal sealed record QuestionFileReport(
    string File, string Format, string? Bank, bool Stored, IReadOnlyList<QuestionFileReport.Taken> New, IReadOnlyList<QuestionFileReport.Taken> Changed, IReadOnlyList<QuestionFileReport.Taken> Unchanged,
    IReadOnlyList<QuestionFileReport.Taken> Conflicts, IReadOnlyList<QuestionFileReport.Said> Refused, IReadOnlyList<QuestionFileReport.Said> Notes)
{
    /// <param name="Evidence">given in the file, found in the text, or none: then it arrives as a draft; null for questions that were there.</param>
    /// <param name="Near">What asks nearly the same; null where nothing does.</param>
    /// <param name="Waits">It is stored, and takes effect when a second person agrees.</param>
    internal sealed record Taken(int Line, string Id, string Type, string Stem, string Status, string? Evidence, Like? Near, bool Waits);

    /// <param name="Id">Of the question in the bank; null for one of the file.</param>
    /// <param name="Line">Of the file; null for one of the bank.</param>
    internal sealed record Like(string? Id, int? Line, int Percent, bool SameAnswer);

    /// <param name="Part">The file of a package that the line counts in; null where there is one file.</param>
    internal sealed record Said(int Line, string Why, string Stem, string? Part);

    /// <summary>Nothing of the file can be taken.</summary>
    [JsonIgnore]
    public bool IsRefused => New.Count + Changed.Count + Unchanged.Count + Conflicts.Count == 0;

    public static QuestionFileReport Of(string name, QuestionFile file, string? bank, QuestionImportResult result, bool isStored) => new(
        name, file.Format, bank, isStored, With(result, RowState.New), With(result, RowState.Changed), With(result, RowState.Unchanged), With(result, RowState.Conflict),
        [.. result.Rows.Where(row => row.State == RowState.Refused).Select(row => new Said(row.Row.Line, WhyText.Say(row.Refusal!, WhyText.English), row.Row.Shown, row.Row.File))],
        [.. result.Rows.SelectMany(row => row.Notes.Select(note => new Said(row.Row.Line, WhyText.Say(note, WhyText.English), row.Row.Shown, row.Row.File)))]);

    /// <summary>Of a file that was not even read, or a bank that is not there.</summary>
    public static QuestionFileReport Failed(string name, string? format, string? bank, string why) => new(name, format ?? "", bank, false, [], [], [], [], [new Said(0, why, "", null)], []);

    public void Print()
    {
        Console.WriteLine(IsRefused ? $"{File}: nothing was imported." : Stored ? $"{File}: imported into {Bank}." : $"{File}: a preview, nothing was imported.");
        foreach (var row in Refused) Console.WriteLine($"  {(row.Line == 0 ? "" : $"{(row.Part is null ? "" : row.Part + " ")}line {row.Line}: ")}refused: {row.Why}{(row.Stem.Length == 0 || row.Line == 0 ? "" : $" [{OneLine(row.Stem)}]")}");
        List("new", New);
        List("changed", Changed);
        List("changed here and in the file, left alone", Conflicts);
        if (Unchanged.Count > 0) Console.WriteLine($"  unchanged ({Unchanged.Count})");
        foreach (var note in Notes) Console.WriteLine($"  line {note.Line}: {note.Why}");
    }

    private static void List(string what, IReadOnlyList<Taken> rows)
    {
        if (rows.Count > 0) Console.WriteLine($"  {what} ({rows.Count}):");
        foreach (var row in rows)
            Console.WriteLine($"    line {row.Line}: {row.Id} ({row.Type}, {row.Status}{(row.Evidence == "none" ? ", no evidence" : "")}) {OneLine(row.Stem)}{(row.Near is { } near ? $" — {near.Percent} % like {near.Id ?? $"line {near.Line}"}" : "")}");
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private static List<Taken> With(QuestionImportResult result, RowState state) => [.. result.Rows.Where(row => row.State == state).Select(row => new Taken(
        row.Row.Line, row.Result!.Id, QuestionTypes.Of(row.Result.Body), row.Row.Shown, Names.Of(row.Result.Status),
        state != RowState.New ? null : row.LacksEvidence ? "none" : row.FoundEvidence ? "found" : "given",
        row.Near is { } near ? new Like(near.Slug, near.Line == 0 ? null : near.Line, near.Percent, near.SameAnswer) : null, result.Waiting.Contains(row.Row.Line)))];
}
