using System.Globalization;
using Dapper;
using Npgsql;
using StudyQuiz.Domain.Notebooks;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.StudyCards;

/// <summary>What a learner's answers to a question come to, as it is kept.</summary>
/// <param name="MetDay">On which an answer in a session last met the card new; null for never.</param>
/// <param name="CameDay">On which one last met it waiting for a review; null for never.</param>
internal sealed record FoldedCard(long Question, int Fork, Card Card, DateOnly? MetDay, DateOnly? CameDay)
{
    /// <summary>What the notebook says of it; null for what was never missed.</summary>
    public NotebookEntry? Entry { get; init; }

    /// <summary>The days on which it came back and was recalled: see <see cref="RecallHistory.IsTest"/>.</summary>
    public required IReadOnlyList<DateOnly> RecalledDays { get; init; }

    /// <summary>The days on which it came back and was not.</summary>
    public required IReadOnlyList<DateOnly> ForgottenDays { get; init; }

    /// <summary>Everything that was answered has been undone: the cards are new again.</summary>
    public static Task DeleteAsync(NpgsqlConnection connection, Guid learner, IReadOnlyList<(long Question, int Fork)> cards) =>
        cards.Count == 0 ? Task.CompletedTask : connection.ExecuteAsync(
            "delete from card c using unnest(@questions, @forks) as d (question, fork) where c.learner_id = @learner and c.question_id = d.question and c.fork = d.fork",
            new { learner, questions = cards.Select(c => c.Question).ToArray(), forks = cards.Select(c => c.Fork).ToArray() });

    public static Task StoreAsync(NpgsqlConnection connection, Guid learner, IReadOnlyList<FoldedCard> cards) =>
        cards.Count == 0 ? Task.CompletedTask : connection.ExecuteAsync(
            """
            insert into card (learner_id, question_id, fork, model, phase, stability, difficulty, step, scheduled_days, due_at, due_day, last_at, last_day, first_day, reviews, lapses, met_day, came_day,
                              missed_review, missed_at, missed_day, misses, right_days, notebook_state, left_day, recalled_days, forgotten_days)
            select @learner, c.question, c.fork, @model, c.phase, c.stability, c.difficulty, c.step, c.scheduled, c.due_at, c.due_day, c.last_at, c.last_day, c.first_day, c.reviews, c.lapses, c.met_day, c.came_day,
                   c.missed_review, c.missed_at, c.missed_day, c.misses, c.right_days, c.notebook_state, c.left_day, c.recalled_days::date[], c.forgotten_days::date[]
            from unnest(@questions, @forks, @phases, @stabilities, @difficulties, @steps, @scheduled, @dueAts, @dueDays, @lastAts, @lastDays, @firstDays, @reviews, @lapses, @metDays, @cameDays,
                        @missedReviews, @missedAts, @missedDays, @misses, @rightDays, @notebookStates, @leftDays, @recalledDays, @forgottenDays)
              as c (question, fork, phase, stability, difficulty, step, scheduled, due_at, due_day, last_at, last_day, first_day, reviews, lapses, met_day, came_day,
                    missed_review, missed_at, missed_day, misses, right_days, notebook_state, left_day, recalled_days, forgotten_days)
            on conflict (learner_id, question_id, fork) do update set
              model = excluded.model, phase = excluded.phase, stability = excluded.stability, difficulty = excluded.difficulty, step = excluded.step,
              scheduled_days = excluded.scheduled_days, due_at = excluded.due_at, due_day = excluded.due_day, last_at = excluded.last_at, last_day = excluded.last_day,
              first_day = excluded.first_day, reviews = excluded.reviews, lapses = excluded.lapses,
              met_day = excluded.met_day, came_day = excluded.came_day,
              missed_review = excluded.missed_review, missed_at = excluded.missed_at, missed_day = excluded.missed_day, misses = excluded.misses,
              right_days = excluded.right_days, notebook_state = excluded.notebook_state, left_day = excluded.left_day,
              recalled_days = excluded.recalled_days, forgotten_days = excluded.forgotten_days,
              planned_day = case when card.plan_after = excluded.last_at and excluded.due_day <= card.plan_day then card.plan_day end
            """,
            new
            {
                learner,
                model = CardRow.Model,
                questions = cards.Select(c => c.Question).ToArray(),
                forks = cards.Select(c => c.Fork).ToArray(),
                phases = cards.Select(c => CardRow.PhaseOf(c.Card)).ToArray(),
                stabilities = cards.Select(c => c.Card.Memory.Stability).ToArray(),
                difficulties = cards.Select(c => c.Card.Memory.Difficulty).ToArray(),
                steps = cards.Select(c => c.Card.Step).ToArray(),
                scheduled = cards.Select(c => c.Card.ScheduledDays).ToArray(),
                dueAts = cards.Select(c => c.Card.Due!.Value.UtcDateTime).ToArray(),
                dueDays = cards.Select(c => c.Card.DueDay!.Value).ToArray(),
                lastAts = cards.Select(c => c.Card.LastReviewAt!.Value.UtcDateTime).ToArray(),
                lastDays = cards.Select(c => c.Card.LastDay!.Value).ToArray(),
                firstDays = cards.Select(c => c.Card.FirstDay!.Value).ToArray(),
                reviews = cards.Select(c => c.Card.Reviews).ToArray(),
                lapses = cards.Select(c => c.Card.Lapses).ToArray(),
                metDays = cards.Select(c => c.MetDay).ToArray(),
                cameDays = cards.Select(c => c.CameDay).ToArray(),
                missedReviews = cards.Select(c => c.Entry?.Miss.Id).ToArray(),
                missedAts = cards.Select(c => c.Entry?.Miss.At.UtcDateTime).ToArray(),
                missedDays = cards.Select(c => c.Entry?.Miss.Day).ToArray(),
                misses = cards.Select(c => c.Entry?.Misses).ToArray(),
                rightDays = cards.Select(c => c.Entry?.RightDays.Count).ToArray(),
                notebookStates = cards.Select(c => c.Entry?.State.ToString().ToLower(CultureInfo.InvariantCulture)).ToArray(),
                leftDays = cards.Select(c => c.Entry?.LeftOn).ToArray(),
                recalledDays = cards.Select(c => Literal(c.RecalledDays)).ToArray(),
                forgottenDays = cards.Select(c => Literal(c.ForgottenDays)).ToArray(),
            });

    // Arrays of different lengths go through an unnest as texts only
    private static string Literal(IReadOnlyList<DateOnly> days) => $"{{{string.Join(',', days.Select(day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))}}}";
}
