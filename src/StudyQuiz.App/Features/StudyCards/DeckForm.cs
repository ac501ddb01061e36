using System.Globalization;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.StudyCards;

/// <summary>What the form of a deck's settings says, as it was typed.</summary>
/// <param name="Retention">Per cent.</param>
/// <param name="ExamDay">As date fields send it; empty for none.</param>
/// <param name="KeyPoints">Ids.</param>
/// <param name="Tags">None for all questions.</param>
public sealed record DeckForm(
    string NewPerDay, string ReviewsPerDay, string Retention, string MaximumInterval, string ExamDay,
    IReadOnlyList<string> KeyPoints, IReadOnlyList<string> Types, IReadOnlyList<string> Tags, string Buttons, string TimeZone, string Rollover)
{
    /// <summary>Fields, as errors name them.</summary>
    public static class Fields
    {
        public const string New = "new";
        public const string Reviews = "reviews";
        public const string Retention = "retention";
        public const string Longest = "longest";
        public const string Exam = "exam";
        public const string KeyPoint = "keyPoint";
        public const string Type = "type";
        public const string Tag = "tag";
        public const string Buttons = "buttons";
        public const string Zone = "zone";
        public const string Rollover = "rollover";
    }

    /// <summary>What holds now.</summary>
    internal static DeckForm Of(Deck deck, StudyLearner who, DeckScope scope) => new(
        Text(deck.NewPerDay), Text(deck.ReviewsPerDay), Text((int)Math.Round(deck.Retention * 100)), Text(deck.MaximumInterval),
        deck.ExamDay?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
        [.. scope.KeyPoints.Where(point => deck.KeyPoints is null || deck.KeyPoints.Contains(point.Id)).Select(point => Text(point.Id))],
        [.. scope.Types.Select(type => type.Type).Where(type => deck.Types is null || deck.Types.Contains(type))],
        [.. scope.Tags.Select(tag => tag.Tag).Where(tag => deck.Tags?.Contains(tag) == true)],
        Text(who.RatingButtons), who.TimeZone, Text(who.RolloverHour));

    internal static DeckForm Of(IFormCollection form) => new(
        Field(form, Fields.New), Field(form, Fields.Reviews), Field(form, Fields.Retention), Field(form, Fields.Longest), Field(form, Fields.Exam),
        [.. form[Fields.KeyPoint].OfType<string>()], [.. form[Fields.Type].OfType<string>()], [.. form[Fields.Tag].OfType<string>()],
        Field(form, Fields.Buttons), Field(form, Fields.Zone), Field(form, Fields.Rollover));

    /// <summary>Reads it against what the deck could hold.</summary>
    /// <param name="known">The exam day that is stored: it may have passed.</param>
    /// <returns>The settings; or the name of what is wrong, by field.</returns>
    internal (DeckSettings? Settings, IReadOnlyDictionary<string, string> Errors) Read(DeckScope scope, DateOnly today, DateOnly? known)
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        int Number(string field, string text, int least, int most, string error)
        {
            if (Whole(text) is { } number && number >= least && number <= most) return number;
            errors[field] = error;
            return least;
        }

        DateOnly? exam = null;
        if (ExamDay.Length > 0)
        {
            if (!DateOnly.TryParseExact(ExamDay, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) errors[Fields.Exam] = "ExamInvalid";
            else if (day <= today && day != known) errors[Fields.Exam] = "ExamPast";
            else if (day > today.AddYears(10)) errors[Fields.Exam] = "ExamFar";
            else exam = day;
        }

        var points = scope.KeyPoints.Where(point => point.Questions > 0 && KeyPoints.Contains(Text(point.Id), StringComparer.Ordinal)).Select(point => point.Id).ToList();
        var types = scope.Types.Where(type => Types.Contains(type.Type, StringComparer.Ordinal)).Select(type => type.Type).ToList();
        var tags = scope.Tags.Select(tag => tag.Tag).Where(tag => Tags.Contains(tag, StringComparer.Ordinal)).ToList();
        if (points.Count == 0) errors[Fields.KeyPoint] = "NoKeyPoint";
        if (types.Count == 0) errors[Fields.Type] = "NoType";
        if (points.Count > 0 && types.Count > 0 && !scope.Holds(points, types, tags)) errors[Fields.Type] = "NothingLeft";
        if (!LearnerDay.IsZone(TimeZone)) errors[Fields.Zone] = "ZoneUnknown";

        var settings = new DeckSettings(
            Number(Fields.New, NewPerDay, 0, Deck.MostNewPerDay, "NewInvalid"),
            Number(Fields.Reviews, ReviewsPerDay, 1, Deck.MostReviewsPerDay, "ReviewsInvalid"),
            Number(Fields.Retention, Retention, (int)(SchedulingSettings.LeastRetention * 100), (int)(SchedulingSettings.GreatestRetention * 100), "RetentionInvalid") / 100.0,
            Number(Fields.Longest, MaximumInterval, 1, SchedulingSettings.LongestInterval, "LongestInvalid"),
            exam,
            points.Count == scope.KeyPoints.Count(point => point.Questions > 0) ? null : [.. points],
            types.Count == scope.Types.Count ? null : [.. types],
            tags.Count == 0 ? null : [.. tags],
            Whole(Buttons) == 4 ? 4 : 2,
            TimeZone,
            Number(Fields.Rollover, Rollover, 0, 23, "RolloverInvalid"));
        return (errors.Count == 0 ? settings : null, errors);
    }

    private static string Field(IFormCollection form, string name) => form[name].ToString().Trim();

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static int? Whole(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? whole : null;
}

/// <summary>Settings that can be stored.</summary>
/// <param name="Retention">0.70 to 0.97.</param>
/// <param name="KeyPoints">Null for all.</param>
/// <param name="Types">Null for all.</param>
/// <param name="Tags">Null for all.</param>
internal sealed record DeckSettings(
    int NewPerDay, int ReviewsPerDay, double Retention, int MaximumInterval, DateOnly? ExamDay, long[]? KeyPoints, string[]? Types, string[]? Tags, int Buttons, string TimeZone, int Rollover);
