using BenchmarkDotNet.Attributes;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.Benchmarks;

/// <summary>A deck's page with an exam years ahead and far more cards than its days have room for: what finds none waits from day to day.</summary>
public class StudyPlanBenchmarks
{
    private static readonly DateOnly _today = new(2026, 11, 30);
    private static readonly DateOnly _exam = _today.AddYears(5);
    private static readonly Scheduler _scheduler = new(SchedulingSettings.Default with { ExamDay = _exam });

    private IReadOnlyList<DeckCard> _cards = [];
    private DeckLimits _limits = new();

    [Params(1, 100)]
    public int ReviewsADay { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _cards = Recall.ByLoss(Enumerable.Range(1, 10_000).Select(i => new DeckCard(i, Learned(i))), _today, _scheduler.Model);
        _limits = new DeckLimits { ReviewsPerDay = ReviewsADay, Pause = new NewCardPause(null, _exam) };
    }

    [Benchmark]
    public int Kept() => StudyPlan.Kept(_cards, _today, _exam, _scheduler, _limits).Values.Count(card => card.IsLeft);

    [Benchmark]
    public IReadOnlyList<PlannedDay> Forecast() => StudyPlan.Forecast(_cards, 0, _today, StudyPlan.MostDays, _scheduler, _limits);

    [Benchmark]
    public CatchUpPlan CatchUp() => StudyPlan.CatchUp(_cards, _today, 6, _scheduler, _limits);

    // A third is overdue, the others come within two months
    private static Card Learned(int i)
    {
        var due = _today.AddDays(i % 90 - 30);
        var last = due.AddDays(-10 - i % 20);
        return new Card
        {
            Phase = CardPhase.Review,
            Memory = new Memory(5 + i % 40, 5),
            LastDay = last,
            LastReviewAt = new DateTimeOffset(last.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero),
            FirstDay = last,
            DueDay = due,
            Reviews = 2,
        };
    }
}
