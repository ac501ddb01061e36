using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Scheduling;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.StudyCards;

/// <summary>A browser without a network schedules exactly as the server will when it folds the same reviews.</summary>
public sealed class BrowserSchedulingTests : IDisposable
{
    private readonly TestFolder _folder = TestFolder.Create();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<double, bool, bool, int, bool> Settings => new()
    {
        { 0.9, true, false, 36_500, false },
        { 0.8, true, true, 36_500, true },
        { 0.95, false, true, 36_500, false },
        { 0.85, true, true, 40, true },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task States_and_due_days_are_the_same(double retention, bool shortTerm, bool isFuzzed, int maximum, bool hasExam)
    {
        var settings = SchedulingSettings.Default with
        {
            DesiredRetention = retention,
            ShortTerm = shortTerm,
            MaximumInterval = maximum,
            ExamDay = hasExam ? new DateOnly(2026, 12, 24) : null,
        };
        var calendar = new StudyCalendar(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));
        var histories = Histories(calendar, isFuzzed);
        var scheduler = new Scheduler(settings);
        var ours = histories.Select(reviews =>
        {
            var card = Card.New;
            return reviews.Select(review => PackState.Of(card = scheduler.Answer(card, new Review(review.At, review.Day, (Rating)review.Rating), review.Fuzz))).ToList();
        }).ToList();

        var theirs = await InNodeAsync(new { settings = PackScheduling.Of(settings), histories });
        Assert.Equal(histories.Sum(reviews => reviews.Count), theirs.Sum(states => states.Count));
        foreach (var (mine, browsers) in ours.Zip(theirs)) Assert.Equal(mine, browsers);
    }

    private sealed record Answered(DateTimeOffset At, DateOnly Day, int Rating, double? Fuzz);

    private static List<List<Answered>> Histories(StudyCalendar calendar, bool isFuzzed)
    {
        var random = new Random(6);
        return
        [
            .. Enumerable.Range(0, 500).Select(_ =>
            {
                var at = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(random.Next(0, 60 * 24 * 20));
                return Enumerable.Range(0, random.Next(1, 18)).Select(_ =>
                {
                    at = at.AddMinutes(random.NextDouble() < 0.4 ? random.Next(1, 90) : random.Next(60, 60 * 24 * 40));
                    return new Answered(at, calendar.DayOf(at), random.Next(1, 5), isFuzzed ? random.NextDouble() : null);
                }).ToList();
            }),
        ];
    }

    private async Task<List<List<PackState>>> InNodeAsync(object cases)
    {
        var file = _folder.In("cases.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(cases, DomainJson.Options), TestContext.Current.CancellationToken);
        var root = Path.GetFullPath(typeof(BrowserSchedulingTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(fact => fact.Key == "ClientFolder").Value!);
        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "StudyCards", "scheduling.cjs"), root, file]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, node.ExitCode);
        return JsonSerializer.Deserialize<List<List<PackState>>>(output, DomainJson.Options)!;
    }
}
