using System.Text;
using System.Text.RegularExpressions;
using StudyQuiz.App.Features.ExchangeCards;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.ExchangeQuestions.Formats;

/// <summary>What the formats share in reading words.</summary>
internal static partial class RowText
{
    private const int LongestShown = 200;

    // What stands around an answer, as in （A）。
    private static readonly char[] Around = [' ', '\u3000', '\n', '。', '.', '；', ';', '(', ')', '（', '）', '[', ']', '【', '】'];

    /// <summary>The beginning of a text, as a report shows it.</summary>
    public static string Beginning(string text)
    {
        var tidy = AnkiText.Tidy(text.Length > 4 * LongestShown ? text[..(4 * LongestShown)] : text);
        return tidy.Length <= LongestShown ? tidy : string.Concat(tidy.EnumerateRunes().Take(LongestShown)) + "…";
    }

    /// <summary>Letters of an answer such as ABD, a、c or Ａ，Ｂ as places from 0; null where it is something else.</summary>
    public static IReadOnlyList<int>? Letters(string answer)
    {
        if (answer.Length > LongestShown) return null;
        var letters = Separators().Replace(answer.Normalize(NormalizationForm.FormKC).Trim(Around), "").ToUpperInvariant();
        return letters.Length is > 0 and <= 26 && letters.All(char.IsAsciiLetterUpper) && letters.Distinct().Count() == letters.Length ? [.. letters.Select(letter => letter - 'A')] : null;
    }

    public static string Letter(int place) => ((char)('A' + place)).ToString();

    /// <summary>What a word for true or false says; null for any other.</summary>
    public static bool? Judgement(string answer) => answer.Trim(Around).ToUpperInvariant() switch
    {
        "√" or "✓" or "✔" or "☑" or "对" or "對" or "正确" or "正確" or "是" or "T" or "V" or "TRUE" or "YES" or "RIGHT" => true,
        "×" or "✗" or "✘" or "☒" or "X" or "错" or "錯" or "错误" or "錯誤" or "不正确" or "否" or "F" or "FALSE" or "NO" or "WRONG" => false,
        _ => null,
    };

    /// <summary>1 to 3 of a number or a word; null for any other.</summary>
    public static int? Difficulty(string text) => text.Trim().ToLowerInvariant() switch
    {
        "1" or "易" or "简单" or "容易" or "easy" => 1,
        "2" or "中" or "中等" or "一般" or "适中" or "medium" => 2,
        "3" or "难" or "困难" or "较难" or "hard" or "difficult" => 3,
        _ => null,
    };

    /// <summary>A stem whose gaps, however they were drawn, are blanks of ours.</summary>
    public static string WithBlanks(string stem) => Gaps().Replace(stem, Cloze.Blank);

    public static int Blanks(string stem) => stem.Split(Cloze.Blank).Length - 1;

    public static IReadOnlyList<string> Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Wordings that count, a line each or with | between; \| is part of one.</summary>
    public static IReadOnlyList<string> Accepted(string answer) => answer.Contains('\n', StringComparison.Ordinal)
        ? Lines(answer)
        : [.. Bars().Split(answer).Select(text => text.Trim().Replace("\\|", "|", StringComparison.Ordinal).Replace("\\｜", "｜", StringComparison.Ordinal)).Where(text => text.Length > 0)];

    /// <summary>What <see cref="Accepted"/> reads.</summary>
    public static string Joined(IEnumerable<string> accepted) => string.Join(" | ", accepted.Select(text => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("｜", "\\｜", StringComparison.Ordinal)));

    [GeneratedRegex(@"(?<!\\)[|｜]", RegexOptions.None, 1000)]
    private static partial Regex Bars();

    [GeneratedRegex(@"[\s,;、.·/和及]+", RegexOptions.NonBacktracking)]
    private static partial Regex Separators();

    [GeneratedRegex(@"_{2,}|＿{2,}|﹍{2,}|（[\s　]{1,20}）|\([\s　]{1,20}\)", RegexOptions.NonBacktracking)]
    private static partial Regex Gaps();
}
