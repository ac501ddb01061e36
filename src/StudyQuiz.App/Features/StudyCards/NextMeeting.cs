using Dapper;
using Npgsql;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.StudyCards;

/// <summary>When a card would be met again.</summary>
internal static class NextMeeting
{
    /// <summary>In how many days, by version, if each were known now: by the same rules and the same fuzz as the review that follows.</summary>
    public static async Task<IReadOnlyDictionary<long, int>> IfKnownAsync(NpgsqlConnection connection, Guid learner, string slug, IReadOnlyCollection<long> versions, DateTimeOffset now)
    {
        if (versions.Count == 0 || await Deck.FindAsync(connection, learner, slug) is not { } deck) return new Dictionary<long, int>();
        var (today, scheduler) = ((await StudyLearner.LoadAsync(connection, learner)).Calendar.DayOf(now), new Scheduler(deck.Scheduling));
        var asked = (await connection.QueryAsync<(long Version, long Question, int Fork)>(
            "select id, question_id, fork from question_version where id = any(@versions)", new { versions = versions.ToArray() })).AsList();
        var cards = (await connection.QueryAsync<CardRow>(
            $"select {CardRow.Columns} from card c where c.learner_id = @learner and c.question_id = any(@questions)", new { learner, questions = asked.Select(one => one.Question).ToArray() }))
            .ToDictionary(row => (row.Question, row.Fork), row => row.Read().Card);
        return asked.ToDictionary(one => one.Version, one =>
        {
            var card = cards.GetValueOrDefault((one.Question, one.Fork)) ?? new Card();
            var fuzz = Shuffle.Fraction(Shuffle.Derive(CardRow.FuzzSeed(learner, one.Question, one.Fork), card.Reviews));
            return scheduler.Assess(card, now, today, isRight: true, fuzz).DueDay!.Value.DayNumber - today.DayNumber;
        });
    }
}
