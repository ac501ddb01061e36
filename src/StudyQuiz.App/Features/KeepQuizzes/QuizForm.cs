using System.Globalization;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Quizzes;

namespace StudyQuiz.App.Features.KeepQuizzes;

/// <summary>The builder's form as it was typed, read into a plan.</summary>
internal static class QuizForm
{
    private const int MostPoints = 100;
    private const int MostMinutes = 600;
    private const int MostAttempts = 20;
    private const string LocalTime = "yyyy-MM-dd'T'HH:mm";

    /// <summary>What a button asks for beside saving.</summary>
    /// <param name="Word">save, add, up, down, remove, redraw, variant, copy, delete or publish.</param>
    /// <param name="Of">A section's id, or a type.</param>
    public sealed record Act(string Word, string Of)
    {
        public static Act Read(IFormCollection form) => form["do"].ToString().Split(':', 2) is [var word, var of] ? new Act(word, of) : new Act(form["do"].ToString(), "");

        public int Section => int.TryParse(Of, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;
    }

    /// <summary>Reads the form over what is stored.</summary>
    /// <returns>The quiz as it is to be; or the resource that says why it cannot be.</returns>
    public static (Quiz? Quiz, string? Error) Read(IFormCollection form, Quiz stored, string zone)
    {
        var title = StorableText.Clean(form["title"].ToString()).Trim();
        if (title.Length is 0 or > Quiz.LongestTitle) return (null, "Error.Title");
        var sources = form["source"].Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0).Distinct().ToList();
        var sections = new List<QuizSection>();
        foreach (var section in Ordered(form, stored.Plan))
        {
            var suffix = section.Id.ToString(CultureInfo.InvariantCulture);
            if (Whole(form["number" + suffix], 0, QuizPlan.MostQuestions) is not { } number) return (null, "Error.Number");
            if (Points(form["points" + suffix]) is not { } points) return (null, "Error.Points");
            sections.Add(section with { Number = number, Points = points });
        }

        var (rules, error) = ReadRules(form, stored.Plan.Rules, zone);
        if (rules is null) return (null, error);
        var plan = new QuizPlan(sources, sections, rules);
        if (plan.Number > QuizPlan.MostQuestions) return (null, "Error.TooMany");
        if (rules.PassMark > plan.Total && plan.Total > 0) return (null, "Error.Pass");
        return (stored with { Title = title, Plan = plan }, null);
    }

    /// <summary>An instant as the form's fields show it.</summary>
    public static string Field(DateTimeOffset? instant, string zone) => instant is { } at ? LearnerDay.Of(at.UtcDateTime, zone).ToString(LocalTime, CultureInfo.InvariantCulture) : "";

    // What the form leaves out was added elsewhere meanwhile; the revision has told that before
    private static IEnumerable<QuizSection> Ordered(IFormCollection form, QuizPlan plan) =>
        form["section"].Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? plan.Find(id) : null).OfType<QuizSection>().DistinctBy(section => section.Id);

    private static (QuizRules? Rules, string? Error) ReadRules(IFormCollection form, QuizRules stored, string zone)
    {
        int? minutes = null, attempts = null;
        decimal? pass = null;
        if (form["minutes"].ToString().Trim() is { Length: > 0 } typed && (minutes = Whole(typed, 1, MostMinutes)) is null) return (null, "Error.Minutes");
        if (form["pass"].ToString().Trim() is { Length: > 0 } mark && (pass = Points(mark)) is null) return (null, "Error.Pass");
        if (form["attempts"].ToString() is { Length: > 0 } tries and not "0" && (attempts = Whole(tries, 1, MostAttempts)) is null) return (null, "Error.Attempts");
        if (!TryInstant(form["from"], zone, out var from) || !TryInstant(form["until"], zone, out var until) || (from is not null && until is not null && from >= until)) return (null, "Error.Window");
        var rules = stored with
        {
            DrawnPerAttempt = form["drawn"] == "each",
            Minutes = minutes,
            PassMark = pass,
            PartialCredit = form["partial"] != "none",
            From = from,
            Until = until,
            Attempts = attempts,
            Counts = Enum.TryParse<CountedAttempt>(form["counts"], out var counts) ? counts : stored.Counts,
            Answers = Enum.TryParse<AnswersShown>(form["answers"], out var answers) ? answers : stored.Answers,
            Names = Enum.TryParse<AskedName>(form["names"], out var names) ? names : stored.Names,
            Board = form["board"] == "on",
        };
        return (rules, null);
    }

    private static int? Whole(string? text, int least, int most) =>
        int.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var whole) && whole >= least && whole <= most ? whole : null;

    private static decimal? Points(string? text) =>
        decimal.TryParse(text?.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var points) && points is > 0 and <= MostPoints * QuizPlan.MostQuestions && decimal.Round(points, 2) == points ? points : null;

    private static bool TryInstant(string? text, string zone, out DateTimeOffset? instant)
    {
        instant = null;
        if (string.IsNullOrWhiteSpace(text)) return true;
        if (!DateTime.TryParseExact(text, LocalTime, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) || local.Year is < 2000 or > 2100) return false;
        var place = TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found : TimeZoneInfo.Utc;
        // An hour that a summer time leaves out is the one after it
        if (place.IsInvalidTime(local)) local = local.AddHours(1);
        instant = new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(local, place), TimeSpan.Zero);
        return true;
    }
}
