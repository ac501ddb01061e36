using System.Globalization;
using Microsoft.Extensions.Localization;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.ReadReports;

/// <summary>Figures of a report as they are read.</summary>
internal static class ReportWords
{
    /// <summary>11月24日 14:05–14:27</summary>
    public static string When(Report report, IStringLocalizer<ReportText> text)
    {
        var from = LearnerDay.Of(report.From).ToString(text["DayAndTime"], CultureInfo.CurrentCulture);
        if (report.To is not { } end) return text["Since", from];
        var to = LearnerDay.Of(end);
        return $"{from}–{to.ToString(to.Date == LearnerDay.Of(report.From).Date ? "HH:mm" : text["DayAndTime"].Value, CultureInfo.CurrentCulture)}";
    }

    public static string Share(double? share) => share is { } known ? known.ToString("0%", CultureInfo.InvariantCulture) : "–";

    /// <summary>With a true minus.</summary>
    public static string Signed(double? value) => value is { } known ? known.ToString("0.00", CultureInfo.InvariantCulture).Replace('-', '−') : "–";

    public static string Seconds(TimeSpan? time, IStringLocalizer<ReportText> text) => time is { } known ? text["Seconds", known.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)] : "–";

    /// <summary>Seconds of a game, minutes and seconds of a paper.</summary>
    public static string Took(TimeSpan? time, IStringLocalizer<ReportText> text) =>
        time is { TotalMinutes: >= 2 } known ? string.Create(CultureInfo.InvariantCulture, $"{(int)known.TotalMinutes}:{known.Seconds:00}") : Seconds(time, text);

    public static string Number(decimal? number) => number?.ToString("0.##", CultureInfo.InvariantCulture) ?? "–";
}
