using System.Diagnostics;

namespace StudyQuiz.App.Platform.Telemetry;

/// <summary>Names what is done where no request does: calls of hubs, a game's journal, work in the background.</summary>
public static class Traces
{
    public const string Name = "StudyQuiz";

    private static readonly ActivitySource _source = new(Name);

    /// <summary>Begins something that statements are run for; null where nobody listens. Ends by being disposed.</summary>
    /// <param name="what">Such as <c>GameJournal.Answers</c>.</param>
    public static Activity? Begin(string what) => _source.StartActivity(what);

    /// <summary>Who has a statement run: the nearest thing above it that was asked for.</summary>
    public static string CallerOf(Activity statement)
    {
        for (var above = statement.Parent; above is not null; above = above.Parent)
        {
            if (above.GetTagItem("http.route") is string route) return $"{above.GetTagItem("http.request.method")} {route}";
            if (above.Source.Name == Name) return above.DisplayName;
        }

        return "unknown";
    }
}
