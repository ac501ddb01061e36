using System.Buffers;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>
/// Finds short lines that break a running sentence: what a page shows between the lines of its text, in words that no list has. Where the sentence
/// can't end before such a line, the line goes; elsewhere it may belong to the sentence, which is doubtful then.
/// </summary>
internal static class Interruptions
{
    private const int MostLetters = 14;
    private const int MostLettersOfEnglish = 36;

    // Beside the line before it; lines of a poem or a list are as short as their neighbours
    private const int TimesShorter = 2;

    // Without a number, a heading with a comma is at most so long
    private const int LongestHeading = 32;

    private const int LongestEnglishHeading = 60;

    // What no clause ends with: its object or its verb comes next
    private const string Bound = "的和与及或把将对为由从向到被让使以于是并而比跟往";

    private static readonly SearchValues<char> _marks = SearchValues.Create("，、。；：！？…,.;:!?“”");
    private static readonly SearchValues<char> _ends = SearchValues.Create("。！？.!?");

    /// <summary>The lines without those that surely interrupt, and where in the raw text those stand that may.</summary>
    public static (List<Line> Lines, IReadOnlyList<(int Start, int End)> Doubtful) TakeOut(IReadOnlyList<Line> lines, PageShape page, RepairLog log)
    {
        var sure = new Dictionary<int, RepairKind>();
        var doubtful = new List<(int Start, int End)>();
        for (var i = 1; i + 1 < lines.Count; i++)
        {
            if (sure.ContainsKey(i - 1) || !MayInterrupt(lines[i - 1], lines[i], lines[i + 1], page)) continue;
            if (GoesOn(lines[i - 1].Words, lines[i].Words, lines[i + 1].Words)) sure[i] = RepairKind.Interruption;
            else doubtful.Add((lines[i].Start, lines[i].End));
        }

        return (Line.TakeOut(lines, sure, log), doubtful);
    }

    /// <summary>Whether a line is text that goes on in the next: it ends in the middle of a sentence, and is no heading.</summary>
    public static bool IsRunning(string words) =>
        !Punctuation.EndsSentence(words) && !Punctuation.EndsPart(words)
        && (Punctuation.BreaksOff(words) || words.AsSpan().IndexOfAny("。！？；") >= 0 || (words.Contains('，', StringComparison.Ordinal) && words.Length > LongestHeading)
            || (words.Length > LongestEnglishHeading && char.IsAsciiLetter(words[^1]) && words.Contains(". ", StringComparison.Ordinal)));

    private static bool MayInterrupt(Line before, Line line, Line after, PageShape page)
    {
        var most = line.Words.Any(Letters.IsHan) ? MostLetters : MostLettersOfEnglish;
        return line.Words.Length <= most && before.Width >= TimesShorter * line.Width && !before.GoesOn && !line.GoesOn
            && line.Words.AsSpan().IndexOfAny(_marks) < 0 && line.Words.Any(char.IsLetter)
            && IsRunning(before.Words) && !page.IsFull(line) && !page.IsIndented(after)
            && MarkerScanner.At(line.Words, 0) is null && MarkerScanner.At(after.Words, 0) is null
            && after.Width > line.Width && after.Words.AsSpan().IndexOfAny(_ends) > 0;
    }

    private static bool GoesOn(string before, string line, string after) =>
        char.IsAsciiLetter(before[^1]) && char.IsAsciiLetter(line[0])
            ? char.IsAsciiLetterLower(after[0]) && !char.IsAsciiLetterLower(line[0])
            : Punctuation.BreaksOff(before) || Bound.Contains(before[^1], StringComparison.Ordinal);
}
