using Dapper;
using Npgsql;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.App.Features.TakeSelfTest;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.KeepNotebook;

/// <summary>A wrong answer as the log has it.</summary>
/// <param name="Version">The question's version that was asked.</param>
/// <param name="Origin">Where that was: one of <see cref="ReviewOrigins"/>.</param>
public sealed record MissedReview(Guid Id, long Version, string Origin, DateTime ReviewedAt);

/// <summary>Where a question was missed, and what was answered there.</summary>
/// <param name="Attempt">The self-test; null where it was none.</param>
/// <param name="Position">The question's place in it.</param>
/// <param name="Game">The game's title; null where it was none.</param>
/// <param name="Seed">Of the order in which the question was shown.</param>
/// <param name="Answer">In the author's positions; null where it is not stored.</param>
public sealed record MissedAnswer(Guid? Attempt, int Position, string? Game, long Seed, GivenAnswer? Answer);

/// <summary>Finds the answers behind wrong ones of the review log. A card's answer is nowhere: its learner rated it themselves.</summary>
internal static class MissedAnswers
{
    // A review is written when its self-test is handed in, which began before that
    private static readonly TimeSpan LongestAttempt = TimeSpan.FromDays(40);

    /// <returns>By the id of the review; what can't be found is left out.</returns>
    public static async Task<IReadOnlyDictionary<Guid, MissedAnswer>> OfAsync(NpgsqlConnection connection, Guid learner, IReadOnlyCollection<MissedReview> reviews)
    {
        var found = new Dictionary<Guid, MissedAnswer>();
        if (Wanted(ReviewOrigins.SelfTest) is { Count: > 0 } tested)
        {
            foreach (var row in await AttemptsAsync(connection, learner, tested))
                found[CardLog.IdOf(ReviewOrigins.SelfTest, row.Attempt, row.Position)] = new MissedAnswer(row.Attempt, row.Position, null, row.Seed, GivenAnswers.Read(row.Answer));
        }

        if (Wanted(ReviewOrigins.Game) is { Count: > 0 } played)
        {
            foreach (var row in await GamesAsync(connection, learner, played))
                found[CardLog.IdOf(ReviewOrigins.Game, row.Game, row.Round, row.Seat)] = new MissedAnswer(null, row.Round, row.Title, row.Seed, GivenAnswers.Read(row.Answer));
        }

        return found;

        List<MissedReview> Wanted(string origin) => [.. reviews.Where(review => review.Origin == origin)];
    }

    /// <summary>Rows of a learner's log, by their ids.</summary>
    public static async Task<IReadOnlyDictionary<Guid, MissedReview>> ReviewsAsync(NpgsqlConnection connection, Guid learner, IEnumerable<Guid> ids) =>
        (await connection.QueryAsync<MissedReview>(
            """
            select r.client_id as Id, r.question_version_id as Version, r.origin, r.reviewed_at as ReviewedAt
            from unnest(@ids) as m (id)
            cross join lateral (select * from review r where r.learner_id = @learner and r.client_id = m.id offset 0) r
            """,
            new { learner, ids = ids.ToArray() })).ToDictionary(review => review.Id);

    // Each attempt's questions are looked at by its own id: a much asked version is in the attempts of everyone else too
    private static Task<IEnumerable<AttemptRow>> AttemptsAsync(NpgsqlConnection connection, Guid learner, List<MissedReview> reviews) =>
        connection.QueryAsync<AttemptRow>(
            """
            select a.id as Attempt, q.position, q.seed, w.answer::text as Answer
            from attempt a
            cross join lateral (select * from attempt_question q where q.attempt_id = a.id and q.question_version_id = any(@versions) offset 0) q
            left join attempt_answer w on w.attempt_id = a.id and w.position = q.position
            where a.learner_id = @learner and a.started_at between @from and @until
            """,
            new
            {
                learner,
                versions = Versions(reviews),
                from = reviews.Min(review => review.ReviewedAt) - LongestAttempt,
                until = reviews.Max(review => review.ReviewedAt),
            });

    private static Task<IEnumerable<GameRow>> GamesAsync(NpgsqlConnection connection, Guid learner, List<MissedReview> reviews) =>
        connection.QueryAsync<GameRow>(
            """
            select g.id as Game, g.title, r.round, s.seat, r.seed, a.answer::text as Answer
            from game_seat s
            join game g on g.id = s.game_id
            cross join lateral (select * from game_round r where r.game_id = s.game_id and r.question_version_id = any(@versions) offset 0) r
            join game_answer a on a.game_id = s.game_id and a.round = r.round and a.seat = s.seat
            where s.learner_id = @learner
            """,
            new { learner, versions = Versions(reviews) });

    private static long[] Versions(List<MissedReview> reviews) => [.. reviews.Select(review => review.Version).Distinct()];

    private sealed record AttemptRow(Guid Attempt, int Position, long Seed, string? Answer);

    private sealed record GameRow(Guid Game, string Title, int Round, int Seat, long Seed, string? Answer);
}
