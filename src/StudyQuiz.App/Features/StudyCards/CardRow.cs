using System.Globalization;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.StudyCards;

/// <summary>A card as the database keeps it.</summary>
internal sealed record CardRow(
    long Question, int Fork, string Phase, double Stability, double Difficulty, int Step, int ScheduledDays,
    DateTime DueAt, DateOnly DueDay, DateTime LastAt, DateOnly LastDay, DateOnly FirstDay, int Reviews, int Lapses, DateOnly? PlannedDay)
{
    /// <summary>The columns, for <c>card c</c>, in the order of the record.</summary>
    public const string Columns =
        """
        c.question_id as Question, c.fork, c.phase, c.stability, c.difficulty, c.step, c.scheduled_days as ScheduledDays,
        c.due_at as DueAt, c.due_day as DueDay, c.last_at as LastAt, c.last_day as LastDay, c.first_day as FirstDay, c.reviews, c.lapses, c.planned_day as PlannedDay
        """;

    /// <summary>
    /// Whether a <c>card c</c> is of the fork that is asked, as a condition. Few questions ever change their meaning: of all others the version that is
    /// asked is not looked up.
    /// </summary>
    public const string IsOfCurrentFork =
        """
        (not exists (select from question_version f where f.question_id = c.question_id and f.fork > 1)
          or c.fork = (select v.fork from question q join question_version v on v.id = q.current_version_id where q.id = c.question_id))
        """;

    /// <summary>The model whose numbers a card holds.</summary>
    public const string Model = "FSRS-6";

    public DeckCard Read() => new(Question, Card(), PlannedDay);

    private Card Card() => new()
    {
        Phase = Enum.Parse<CardPhase>(Phase, ignoreCase: true),
        Memory = new Memory(Stability, Difficulty),
        Step = Step,
        ScheduledDays = ScheduledDays,
        Due = new DateTimeOffset(DueAt, TimeSpan.Zero),
        DueDay = DueDay,
        LastReviewAt = new DateTimeOffset(LastAt, TimeSpan.Zero),
        LastDay = LastDay,
        FirstDay = FirstDay,
        Reviews = Reviews,
        Lapses = Lapses,
    };

    public static string PhaseOf(Card card) => card.Phase.ToString().ToLower(CultureInfo.InvariantCulture);

    /// <summary>The seed of a card's fuzz: the same on every device and at every rebuild.</summary>
    public static long FuzzSeed(Guid learner, long question, int fork) =>
        Shuffle.Derive(BitConverter.ToInt64(learner.ToByteArray(), 8) ^ question, fork);
}
