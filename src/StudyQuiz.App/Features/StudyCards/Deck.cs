using Dapper;
using Npgsql;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.StudyCards;

/// <summary>The cards of a source, as one learner wants them scheduled.</summary>
public sealed record Deck
{
    /// <summary>The source's id.</summary>
    public long Source { get; init; }

    public string Slug { get; init; } = "";

    public string Title { get; init; } = "";

    public string Language { get; init; } = "";

    public int NewPerDay { get; init; }

    public int ReviewsPerDay { get; init; }

    public double Retention { get; init; }

    public int MaximumInterval { get; init; }

    public DateOnly? ExamDay { get; init; }

    /// <summary>Whether the exam has passed and the cards have been folded without it.</summary>
    public bool IsExamOver { get; init; }

    /// <summary>Until when new cards come although a plan or an exam would have them wait.</summary>
    public DateOnly? NewLiftedUntil { get; init; }

    /// <summary>By when the learner wants to have caught up; null where no plan was agreed to.</summary>
    public DateOnly? CatchUpBy { get; init; }

    /// <summary>Only the questions of these key points, those below a chosen one among them; null for all.</summary>
    public long[]? KeyPoints { get; init; }

    /// <summary>Only questions of these types; null for all.</summary>
    public string[]? Types { get; init; }

    /// <summary>Only questions that bear any of these tags; null for all, tagged or not.</summary>
    public string[]? Tags { get; init; }

    /// <summary>Whether the learner has saved settings for it.</summary>
    public bool IsBegun { get; init; }

    /// <summary>FSRS-6's, fitted to the learner's own reviews; null for the defaults.</summary>
    public double[]? Weights { get; init; }

    /// <summary>Whether a question of that key point and type belongs to it.</summary>
    public bool Holds(long keyPoint, string type) => KeyPoints?.Contains(keyPoint) != false && Types?.Contains(type, StringComparer.Ordinal) != false;

    public const int MostNewPerDay = 500;
    public const int MostReviewsPerDay = 5000;

    /// <summary>The deck's page.</summary>
    public string Path => PathOf(Slug);

    /// <summary>Where its cards are studied.</summary>
    public string Study => "/cards/study?deck=" + Uri.EscapeDataString(Slug);

    public static string PathOf(string slug) => "/cards/" + Uri.EscapeDataString(slug);

    /// <summary>What a day takes while no plan to catch up runs.</summary>
    public DeckLimits Limits => LimitsWith(null);

    /// <param name="plannedUntil">The last day of a plan to catch up; null where none runs.</param>
    public DeckLimits LimitsWith(DateOnly? plannedUntil) =>
        new() { NewPerDay = NewPerDay, ReviewsPerDay = ReviewsPerDay, Pause = new NewCardPause(plannedUntil, ExamDay, NewLiftedUntil) };

    /// <summary>How its cards are scheduled, with the weights that the learner has.</summary>
    public SchedulingSettings Scheduling => SchedulingSettings.Default with
    {
        Weights = LearnerWeights.Read(Weights),
        DesiredRetention = Retention,
        MaximumInterval = MaximumInterval,
        ExamDay = IsExamOver ? null : ExamDay,
    };

    /// <summary>
    /// A condition on a question q of its source: the deck holds it. Its parameters are keyPoints, types and tags. It names only what the deck
    /// chooses by: to ask about the tags of a deck that has none doubled the time of its statements.
    /// </summary>
    internal string HoldsQuestion =>
        "q.status = 'published'"
        + (KeyPoints is null ? "" : " and q.key_point_id = any(@keyPoints)")
        + (Types is null ? "" : " and q.type = any(@types)")
        + (Tags is null ? "" : " and exists (select 1 from question_tag t where t.question_id = q.id and t.tag = any(@tags))");

    private const string Select =
        """
        select s.id as Source, s.slug, s.title, s.language,
               coalesce(d.new_per_day, 10) as NewPerDay, coalesce(d.reviews_per_day, 100) as ReviewsPerDay, coalesce(d.retention, 0.9) as Retention,
               coalesce(d.maximum_interval, 36500) as MaximumInterval, d.exam_day as ExamDay, coalesce(d.exam_over, false) as IsExamOver, d.new_lifted_until as NewLiftedUntil, d.catch_up_by as CatchUpBy, case when d.key_points is not null then (
                 with recursive chosen as (
                   select id from key_point where id = any(d.key_points) union select k.id from key_point k join chosen on k.parent_id = chosen.id)
                 select array_agg(id) from chosen) end as KeyPoints, d.types, d.tags, d.learner_id is not null as IsBegun, w.weights
        from source s
        left join deck d on d.source_id = s.id and d.learner_id = @learner
        left join learner_weights w on w.learner_id = @learner and w.model = 'FSRS-6'
        """;

    /// <param name="learner">Null where this browser has begun nothing: then the defaults hold.</param>
    internal static Task<Deck?> FindAsync(NpgsqlConnection connection, Guid? learner, string slug) =>
        connection.QuerySingleOrDefaultAsync<Deck>($"{Select} where s.slug = @slug and s.current_version_id is not null", new { learner, slug });

    /// <summary>A learner's own decks, and every other source that has published questions.</summary>
    internal static async Task<IReadOnlyList<Deck>> AllAsync(NpgsqlConnection connection, Guid? learner) =>
        (await connection.QueryAsync<Deck>(
            $"""
            {Select}
            where s.current_version_id is not null and exists (select 1 from question q where q.source_id = s.id and q.status = 'published')
            order by d.learner_id is null, s.id desc
            """,
            new { learner })).AsList();

    internal static async Task<IReadOnlyDictionary<long, Deck>> OfSourcesAsync(NpgsqlConnection connection, Guid learner, IReadOnlyCollection<long> sources) =>
        (await connection.QueryAsync<Deck>($"{Select} where s.id = any(@sources)", new { learner, sources = sources.ToArray() })).ToDictionary(deck => deck.Source);
}
