using System.Globalization;
using System.Text.RegularExpressions;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.Generation.Gates;

/// <summary>What is wrong might be right: a time that no clock shows and a day that no calendar has deceive nobody.</summary>
public static partial class TimeGates
{
    /// <summary>No wrong option, in the blank of its stem where it has one, and no false statement tells an hour after 24, a minute after 59, or a day that its month lacks.</summary>
    public static IEnumerable<Fault> Possible(BankFile bank)
    {
        var text = new BankText(bank);
        foreach (var question in bank.Questions)
            foreach (var told in Told(question.Body))
                if (TimePattern().Matches(told).FirstOrDefault(time => IsImpossible(time) && !text.Holds(time.Value)) is { } found)
                    yield return new Fault(question.Id, "impossible-time", $"“{found.Value}” is no time, so that nobody takes it for right: give one that could be.");
    }

    private static IEnumerable<string> Told(Question body) => body switch
    {
        TrueFalse { Answer: false } statement => [statement.Stem],
        _ => ItemParts.Options(body).Where(option => !option.Correct)
            .Select(option => body.Stem.Contains(Cloze.Blank, StringComparison.Ordinal) ? body.Stem.Replace(Cloze.Blank, option.Text, StringComparison.Ordinal) : option.Text),
    };

    private static bool IsImpossible(Match time) =>
        (time.Groups["hour"].Success && Value(time, "hour") > 24) || (time.Groups["minute"].Success && Value(time, "minute") > 59)
        || (time.Groups["month"].Success && Value(time, "day") > DaysIn(Value(time, "month")));

    private static int Value(Match time, string group) => int.Parse(time.Groups[group].Value, CultureInfo.InvariantCulture);

    private static int DaysIn(int month) => month switch { 2 => 29, 4 or 6 or 9 or 11 => 30, >= 1 and <= 12 => 31, _ => 0 };

    [GeneratedRegex("(?<![0-9.])((?<hour>[0-9]{1,3})(时(?!间)|点(?=[0-9]{1,2}分|[半整钟一二三四五六七八九十]))((?<minute>[0-9]{1,3})分?)?|(?<hour>[0-9]{1,2})[:：](?<minute>[0-9]{2})(?![0-9])|(?<hour>[0-9]{1,2})\\.(?<minute>[0-9]{2})(?= ?[ap]\\.?m\\b)|(?<month>[0-9]{1,2})月(?<day>[0-9]{1,2})日)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex TimePattern();
}
