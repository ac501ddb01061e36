using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Commands;

/// <summary>
/// <c>studyquiz fsrs replay FILE.json</c>: answers histories of reviews and prints the state after each review, for checking against other
/// implementations of FSRS-6. Study days are UTC's, and intervals are not fuzzed.
/// </summary>
internal static class FsrsCommand
{
    private const int LargestFile = 64 * 1024 * 1024;

    // What comes after the longest interval must still be a day of the calendar
    private static readonly DateTimeOffset _latest = new(9898, 12, 31, 0, 0, 0, TimeSpan.Zero);

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new UtcTime() },
    };

    private static readonly Argument<string> _file = new("FILE.json")
    {
        Description = "{weights?, desiredRetention, shortTerm, learningSteps: [\"1m\", \"10m\"], relearningSteps: [\"10m\"], maximumInterval, histories: [{id, reviews: [{at, rating}]}]}",
    };

    public static Command Create()
    {
        var replay = new Command("replay", "Answer histories of reviews, and print the state after each review") { _file };
        replay.SetAction(ReplayAsync);
        return new Command("fsrs", "The scheduling of flashcards") { replay, FsrsSimulateCommand.Create() };
    }

    private static async Task<int> ReplayAsync(ParseResult command, CancellationToken stop)
    {
        var path = command.GetRequiredValue(_file);
        var asked = await ReadAsync(path, stop);
        var scheduler = new Scheduler(Settings(path, asked));
        var histories = asked.Histories.Select((history, at) => history is null
            ? throw new CommandFailure($"{path}: histories[{at}]: it is null. Give {{id, reviews}}.")
            : new ReplayedHistory(history.Id, States(path, at, history, scheduler))).ToList();
        await using var output = Console.OpenStandardOutput();
        await JsonSerializer.SerializeAsync(output, new Replayed(histories), _json, stop);
        Console.WriteLine();
        return 0;
    }

    private static async Task<ReplayFile> ReadAsync(string path, CancellationToken stop)
    {
        var file = new FileInfo(path);
        if (!file.Exists) throw new CommandFailure($"{path}: there is no such file.");
        if (file.Length > LargestFile) throw new CommandFailure($"{path}: it is larger than {LargestFile / 1024 / 1024} MB. Split its histories over several files.");
        try
        {
            await using var stream = file.OpenRead();
            return await JsonSerializer.DeserializeAsync<ReplayFile>(stream, _json, stop) ?? throw new CommandFailure($"{path}: it holds null. Give an object with histories.");
        }
        catch (JsonException malformed)
        {
            var place = malformed.LineNumber is { } line ? string.Create(CultureInfo.InvariantCulture, $" line {line + 1}, at {malformed.Path}") : "";
            throw new CommandFailure($"{path}{place}: {Told(malformed)}");
        }
    }

    // Three of the reader's messages name our types, which say nothing to whoever wrote the file
    private static string Told(JsonException malformed)
    {
        var said = malformed.Message.Split(" Path:")[0];
        return said.Contains("including: ", StringComparison.Ordinal) ? $"it lacks {said[(said.IndexOf("including: ", StringComparison.Ordinal) + 11)..]}"
            : said.Contains("null values", StringComparison.Ordinal) ? "it is null. Give a value or leave it out; see 'studyquiz fsrs replay --help'."
            : said.Contains("could not be converted", StringComparison.Ordinal) ? "this is no value that belongs here; see 'studyquiz fsrs replay --help'."
            : said;
    }

    private static SchedulingSettings Settings(string path, ReplayFile asked)
    {
        var (weights, problem) = asked.Weights is { } values ? FsrsWeights.Of(values) : (FsrsWeights.Default, null);
        if (weights is null) throw new CommandFailure($"{path}: weights: {problem}");
        if (asked.DesiredRetention is not (> 0 and < 1)) throw new CommandFailure($"{path}: desiredRetention: it must lie above 0 and below 1, such as 0.9.");
        if (asked.MaximumInterval is < 1 or > SchedulingSettings.LongestInterval) throw new CommandFailure($"{path}: maximumInterval: it must be 1 to {SchedulingSettings.LongestInterval} days.");
        return new SchedulingSettings
        {
            Weights = weights,
            DesiredRetention = asked.DesiredRetention,
            ShortTerm = asked.ShortTerm,
            LearningSteps = asked.LearningSteps is { } learning ? Steps(path, "learningSteps", learning) : SchedulingSettings.Default.LearningSteps,
            RelearningSteps = asked.RelearningSteps is { } relearning ? Steps(path, "relearningSteps", relearning) : SchedulingSettings.Default.RelearningSteps,
            MaximumInterval = asked.MaximumInterval,
        };
    }

    private static List<TimeSpan> Steps(string path, string name, IReadOnlyList<string> steps) =>
        [.. steps.Select((step, at) => SchedulingSettings.Step(step) ?? throw new CommandFailure($"{path}: {name}[{at}]: '{step}' is no step. Give minutes, hours or days, such as 10m, 1h or 1d."))];

    private static List<ReplayedState> States(string path, int at, ReplayHistory history, Scheduler scheduler)
    {
        var card = Card.New;
        var states = new List<ReplayedState>(history.Reviews.Count);
        for (var i = 0; i < history.Reviews.Count; i++)
        {
            var place = $"{path}: histories[{at}].reviews[{i}]";
            var review = history.Reviews[i] ?? throw new CommandFailure($"{place}: it is null. Give {{at, rating}}.");
            if (!Enum.IsDefined((Rating)review.Rating)) throw new CommandFailure($"{place}: rating {review.Rating} is none of 1 (Again), 2 (Hard), 3 (Good), 4 (Easy).");
            if (review.At > _latest) throw new CommandFailure($"{place}: it lies too far ahead for its next day to be counted. Give a time up to the year {_latest.Year}.");
            if (review.At < card.LastReviewAt) throw new CommandFailure($"{place}: it lies before the review above it. Put reviews in the order of their times.");
            card = scheduler.Answer(card, new Review(review.At, DateOnly.FromDateTime(review.At.UtcDateTime), (Rating)review.Rating));
            states.Add(new ReplayedState(
                card.Phase.ToString(), card.Memory.Stability, card.Memory.Difficulty, card.ScheduledDays,
                card.Due!.Value.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)));
        }

        return states;
    }

    /// <summary>A time without a zone is UTC's, as all times of the file are, and not that of the machine.</summary>
    private sealed class UtcTime : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType != JsonTokenType.String || !reader.TryGetDateTime(out var time) ? throw new JsonException("this is no time. Give ISO 8601 in UTC, such as 2026-01-01T08:00:00Z.")
            : time.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(time, TimeSpan.Zero)
            : reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }

    private sealed record ReplayFile(
        IReadOnlyList<ReplayHistory?> Histories, IReadOnlyList<double>? Weights = null, double DesiredRetention = 0.9, bool ShortTerm = true,
        IReadOnlyList<string>? LearningSteps = null, IReadOnlyList<string>? RelearningSteps = null, int MaximumInterval = SchedulingSettings.LongestInterval);

    private sealed record ReplayHistory(JsonElement Id, IReadOnlyList<ReplayReview?> Reviews);

    private sealed record ReplayReview(DateTimeOffset At, int Rating);

    private sealed record Replayed(IReadOnlyList<ReplayedHistory> Histories);

    private sealed record ReplayedHistory(JsonElement Id, IReadOnlyList<ReplayedState> States);

    private sealed record ReplayedState(string State, double Stability, double Difficulty, int ScheduledDays, string Due);
}
