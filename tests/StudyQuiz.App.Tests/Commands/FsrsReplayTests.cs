using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using StudyQuiz.Domain.Scheduling;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.Commands;

/// <summary>'studyquiz fsrs replay' agrees with ts-fsrs on generated histories, and says what is wrong with a file.</summary>
public sealed class FsrsReplayTests(ITestOutputHelper output) : IDisposable
{
    private const int Histories = 1_200;
    private static readonly string[] _learning = ["1m", "10m"];
    private static readonly string[] _relearning = ["10m"];
    private readonly TestFolder _folder = TestFolder.Create();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<double, bool, bool, int> Comparisons => new()
    {
        { 0.9, true, false, 36_500 },
        { 0.8, true, false, 36_500 },
        { 0.9, false, false, 36_500 },
        { 0.8, false, false, 36_500 },
        { 0.95, true, true, 36_500 },
        { 0.9, true, false, 30 },
    };

    /// <summary>The table that compares both: <c>dotnet test --project tests/StudyQuiz.App.Tests --filter-method '*agree_with_ts_fsrs' --output detailed</c>.</summary>
    [Theory]
    [MemberData(nameof(Comparisons))]
    public async Task States_and_intervals_agree_with_ts_fsrs(double retention, bool shortTerm, bool ownWeights, int maximumInterval)
    {
        var file = await WriteAsync(new
        {
            weights = ownWeights ? FsrsWeights.Default.Values.Select((w, i) => w * (1 + 0.2 * Math.Sin(i))) : null,
            desiredRetention = retention,
            shortTerm,
            learningSteps = _learning,
            relearningSteps = ownWeights ? ["5m", "20m"] : _relearning,
            maximumInterval,
            histories = Generated(seed: 20261124),
        });

        var ours = Read(await OursAsync(file));
        var theirs = Read(await TsFsrsAsync(file));

        Assert.Equal(Histories, ours.Count);
        Assert.Equal(theirs.Count, ours.Count);
        var pairs = ours.Zip(theirs).SelectMany(pair => pair.First.Zip(pair.Second)).ToList();
        var (stability, difficulty) = (pairs.Max(pair => Relative(pair.First.Stability, pair.Second.Stability)), pairs.Max(pair => Math.Abs(pair.First.Difficulty - pair.Second.Difficulty)));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| retention {retention} | steps {shortTerm} | own weights {ownWeights} | at most {maximumInterval} days | {ours.Count} histories | {pairs.Count} reviews | phases {Share(pairs, pair => pair.First.Phase == pair.Second.Phase)} | intervals {Share(pairs, pair => pair.First.ScheduledDays == Math.Min(pair.Second.ScheduledDays, maximumInterval))} | stability off by at most {stability:0.0e+0} | difficulty by {difficulty:0.0e+0} |"));

        // the lists compared whole: a failure names the first review that differs
        Assert.Equal(pairs.Select(pair => pair.Second.Phase), pairs.Select(pair => pair.First.Phase));
        // ts-fsrs lets Good and Easy pass the maximum by a day or two
        Assert.Equal(pairs.Select(pair => Math.Min(pair.Second.ScheduledDays, maximumInterval)), pairs.Select(pair => pair.First.ScheduledDays));
        if (maximumInterval > 1_000) Assert.Equal(pairs.Select(pair => pair.Second.Due), pairs.Select(pair => pair.First.Due));
        Assert.InRange(stability, 0, 1e-5);
        Assert.InRange(difficulty, 0, 1e-6);
    }

    [Theory]
    [InlineData("""{"histories": [{"id": "a", "reviews": [{"at": "2026-01-01T00:00:00Z", "rating": 5}]}]}""", "histories[0].reviews[0]: rating 5")]
    [InlineData("""{"histories": [{"id": 1, "reviews": [{"at": "2026-01-02T00:00:00Z", "rating": 3}, {"at": "2026-01-01T00:00:00Z", "rating": 3}]}]}""", "histories[0].reviews[1]: it lies before")]
    [InlineData("""{"histories": [{"id": 1, "reviews": [{"at": "9999-12-31T23:59:00Z", "rating": 4}]}]}""", "histories[0].reviews[0]: it lies too far ahead")]
    [InlineData("""{"weights": [1, 2], "histories": []}""", "weights: FSRS-6 has 21 weights, here are 2")]
    [InlineData("""{"learningSteps": ["soon"], "histories": []}""", "learningSteps[0]: 'soon' is no step")]
    [InlineData("""{"desiredRetention": 1.5, "histories": []}""", "desiredRetention")]
    [InlineData("""{"maximumInterval": 0, "histories": []}""", "maximumInterval")]
    [InlineData("""{"histories": [{"id": "a", "reviews": [{"at": "yesterday", "rating": 3}]}]}""", "$.histories[0].reviews[0].at")]
    [InlineData("""{"weights": null}""", "histories")]
    [InlineData("not json", "line 1")]
    [InlineData("""{"histories": null}""", "$.histories: it is null")]
    [InlineData("""{"histories": [{"id": 1, "reviews": null}]}""", "$.histories[0].reviews: it is null")]
    [InlineData("""{"histories": [null]}""", "histories[0]: it is null")]
    [InlineData("""{"histories": [{"id": 1, "reviews": [null]}]}""", "histories[0].reviews[0]: it is null")]
    [InlineData("""{"histories": [{"id": 1, "reviews": [7]}]}""", "$.histories[0].reviews[0]: this is no value that belongs here")]
    [InlineData("""{"histories": [{"id": 1, "reviews": [{"at": "2026-01-01T00:00:00Z"}]}]}""", "it lacks 'rating'")]
    public async Task A_file_that_is_wrong_is_told_the_place(string text, string place)
    {
        var file = _folder.In("wrong.json");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        var run = await StudyQuizProcess.RunAsync(_folder.Path, null, "fsrs", "replay", file);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(place, Assert.Single(run.Error), StringComparison.Ordinal);
        Assert.DoesNotContain("StudyQuiz.App", run.Error[0], StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task A_time_without_a_zone_is_utc_wherever_the_machine_stands()
    {
        var file = _folder.In("bare.json");
        await File.WriteAllTextAsync(file, """{"histories": [{"id": 1, "reviews": [{"at": "2026-01-01T20:00:00", "rating": 4}]}]}""", TestContext.Current.CancellationToken);
        var run = await StudyQuizProcess.RunAsync(new Dictionary<string, string?>(StringComparer.Ordinal) { ["TZ"] = "Asia/Shanghai" }, _folder.Path, ["fsrs", "replay", file]);
        Assert.Matches("\"due\":\"2026-01-[0-9]{2}T20:00:00.000Z\"", string.Concat(run.Output));
    }

    private async Task<string> WriteAsync(object asked)
    {
        var file = _folder.In("asked.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(asked), TestContext.Current.CancellationToken);
        return file;
    }

    private async Task<string> OursAsync(string file)
    {
        var run = await StudyQuizProcess.RunAsync(_folder.Path, null, "fsrs", "replay", file);
        Assert.Equal((0, ""), (run.ExitCode, string.Join('\n', run.Error)));
        return string.Concat(run.Output);
    }

    private static async Task<string> TsFsrsAsync(string file)
    {
        var client = Path.GetFullPath(typeof(FsrsReplayTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(fact => fact.Key == "ClientFolder").Value!);
        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "Commands/ts-fsrs.cjs"), client, file]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var said = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, node.ExitCode);
        return said;
    }

    private static List<List<State>> Read(string json) =>
        [.. JsonDocument.Parse(json).RootElement.GetProperty("histories").EnumerateArray().Select(history =>
            history.GetProperty("states").Deserialize<List<State>>(JsonSerializerOptions.Web)!)];

    /// <summary>Answers a minute, an hour, days and months apart, on time and late.</summary>
    private static List<object> Generated(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Histories).Select(id =>
        {
            var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(random.Next(60 * 24 * 300));
            var reviews = Enumerable.Range(0, random.Next(1, 25)).Select(_ =>
            {
                var review = new { at = at.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture), rating = random.Next(10) switch { < 2 => 1, < 4 => 2, < 8 => 3, _ => 4 } };
                at += random.Next(4) switch
                {
                    0 => TimeSpan.FromSeconds(random.Next(10, 1_800)),
                    1 => TimeSpan.FromMinutes(random.Next(30, 2_000)),
                    2 => TimeSpan.FromDays(random.Next(1, 20)) + TimeSpan.FromMinutes(random.Next(600)),
                    _ => TimeSpan.FromDays(Math.Pow(random.NextDouble(), 3) * 900),
                };
                return review;
            }).ToList();
            return (object)new { id, reviews };
        })];
    }

    private static double Relative(double ours, double theirs) => Math.Abs(ours - theirs) / theirs;

    private static string Share(List<(State First, State Second)> pairs, Func<(State First, State Second), bool> isEqual) =>
        string.Create(CultureInfo.InvariantCulture, $"{pairs.Count(isEqual)} equal");

    private sealed record State([property: JsonPropertyName("state")] string Phase, double Stability, double Difficulty, int ScheduledDays, string Due);
}
