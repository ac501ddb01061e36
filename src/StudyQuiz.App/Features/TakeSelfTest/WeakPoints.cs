using Dapper;
using Npgsql;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Attempts;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.TakeSelfTest;

/// <summary>
/// What a learner is likely to miss: what was answered before by predicted recall, the faintest first; what was never answered stands behind all that is
/// weak, in an order of the seed: what was missed yesterday is asked before what is new.
/// </summary>
internal static class WeakPoints
{
    // Where a point is weak no longer: see KeyPoint.IsWeak
    private const double Unseen = 0.8;

    // The faintest are found among the cards that are due soonest, and a learner may have tens of thousands
    private const int SoonestDue = 400;

    // Of a source with more key points the seed takes some
    private const int KeyPoints = 64;

    /// <param name="learner">Null where this browser has begun nothing: then nothing was answered.</param>
    /// <param name="points">The key points of the scope.</param>
    public static async Task<IReadOnlyList<long>> OfAsync(
        NpgsqlConnection connection, Scope scope, Guid? learner, DateOnly today, IReadOnlyList<long> points, int number, long seed)
    {
        var inTurn = DrawQuestions.Shuffled(points, seed);
        for (var count = Math.Max(number, KeyPoints); ; count *= 4)
        {
            var (drawn, isAll) = await DrawQuestions.DrawAsync(connection, [.. inTurn.Take(count)], scope.Types, seed);
            var recall = learner is { } own ? await RecallAsync(connection, own, scope, points, drawn, isAll && count >= inTurn.Count, today) : new Dictionary<long, double>();
            List<long> found = [.. drawn.Select(one => one.Question).Union(recall.Keys).Order()];
            if (found.Count < number && count < inTurn.Count) continue;
            return [.. Shuffle.Positions(found.Count, seed).Select(place => found[place]).OrderBy(question => recall.GetValueOrDefault(question, Unseen))];
        }
    }

    // Of what was drawn, and, where that is not all there is, of what is due soonest. A plan that sees how many were drawn would rather read all cards of
    // the learner or all of those questions: it is not shown, and goes through one index once. What is due is looked up one by one
    private static async Task<Dictionary<long, double>> RecallAsync(
        NpgsqlConnection connection, Guid learner, Scope scope, IReadOnlyList<long> points, IReadOnlyList<Candidate> drawn, bool isAll, DateOnly today)
    {
        var weights = await connection.QuerySingleOrDefaultAsync<double[]?>("select weights from learner_weights where learner_id = @learner and model = 'FSRS-6'", new { learner });
        var fsrs = new Fsrs(LearnerWeights.Read(weights));
        var parameters = new { learner, scope.Source, drawn = drawn.Select(one => one.Question).ToArray(), types = scope.Types.ToArray(), points = points.ToArray() };
        var remembered = await connection.QueryAsync<(long Question, double Stability, DateOnly LastDay)>(
            $"""
            select c.question_id, c.stability, c.last_day
            from card c
            where c.learner_id = @learner and c.question_id = any(array(select unnest(@drawn))) and {CardRow.IsOfCurrentFork}
            """,
            parameters);
        if (!isAll)
        {
            remembered = remembered.Concat(await connection.QueryAsync<(long Question, double Stability, DateOnly LastDay)>(
                $"""
                select c.question_id, c.stability, c.last_day
                from (select * from card where learner_id = @learner order by due_day limit {SoonestDue}) c
                cross join lateral (
                  select from question q
                  where q.id = c.question_id and q.source_id = @Source and q.status = 'published' and q.current_version_id is not null and q.type = any(@types)
                    {(scope.KeyPoints.Count == 0 ? "" : "and q.key_point_id = any(@points)")}
                  offset 0) q
                where {CardRow.IsOfCurrentFork}
                """,
                parameters));
        }

        return remembered.DistinctBy(card => card.Question).ToDictionary(card => card.Question, card => Recall.Ahead(today, card.LastDay, card.Stability, fsrs));
    }
}
