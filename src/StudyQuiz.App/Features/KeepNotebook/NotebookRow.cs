using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.App.Features.TakeSelfTest;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.KeepNotebook;

/// <summary>A question of a notebook with what it says.</summary>
/// <param name="Version">Its current version.</param>
/// <param name="Fork">Its current fork.</param>
/// <param name="Question">As it is asked now.</param>
/// <param name="Paragraphs">The text that it was written for, by label.</param>
/// <param name="Review">The last wrong answer, as the log has it.</param>
/// <param name="Missed">Where that was; null where nobody knows more than the log.</param>
public sealed record NotebookRow(
    NotebookItem Item, long Version, int Fork, Question Question, IReadOnlyDictionary<string, string> Paragraphs, MissedReview Review, MissedAnswer? Missed)
{
    /// <summary>Whether it has been edited since it was missed, so that what was answered then may fit it no more.</summary>
    public bool IsEdited => Review.Version != Version;

    /// <summary>What was answered, where it can be shown beside the question as it is now.</summary>
    public GivenAnswer? Answer => !IsEdited && Missed?.Answer is { } answer && answer.Fits(Question) ? answer : null;

    /// <summary>The question and the answer as a self-test's review shows them.</summary>
    public Answered Reviewed => new(
        Missed?.Position ?? 0, Version, Question, Presentation.Of(Question, Missed?.Seed ?? Seed), Answer, Grading.Grade(Question, Answer),
        Item.Point.Heading, Item.Group.Heading, Item.Group.Position, Paragraphs);

    /// <summary>The question as a card has it, its options in an order that is its own.</summary>
    public CardFace Face => CardFace.Of(Question, Seed, Paragraphs);

    private long Seed => Shuffle.Derive(Item.Question, Fork);

    internal static async Task<IReadOnlyList<NotebookRow>> OfAsync(NpgsqlConnection connection, Guid learner, IReadOnlyList<NotebookItem> items)
    {
        if (items.Count == 0) return [];
        var bodies = (await connection.QueryAsync<Body>(
            """
            select q.id as Question, v.id as Version, v.fork, v.source_version_id as SourceVersion, v.body::text as Text
            from unnest(@questions) as e (question)
            join question q on q.id = e.question
            join question_version v on v.id = q.current_version_id
            """,
            new { questions = items.Select(item => item.Question).ToArray() })).ToDictionary(body => body.Question);
        var texts = (await connection.QueryAsync<(long Version, string Label, string Text)>(
            "select source_version_id, label, text from paragraph where source_version_id = any(@versions)",
            new { versions = bodies.Values.Select(body => body.SourceVersion).Distinct().ToArray() }))
            .GroupBy(row => row.Version).ToDictionary(text => text.Key, text => (IReadOnlyDictionary<string, string>)text.ToDictionary(row => row.Label, row => row.Text, StringComparer.Ordinal));
        var reviews = await MissedAnswers.ReviewsAsync(connection, learner, items.Select(item => item.Entry.Review));
        var missed = await MissedAnswers.OfAsync(connection, learner, [.. reviews.Values]);
        return
        [
            .. items.Select(item =>
            {
                var body = bodies[item.Question];
                return new NotebookRow(
                    item, body.Version, body.Fork, JsonSerializer.Deserialize<Question>(body.Text, DomainJson.Options)!,
                    texts.GetValueOrDefault(body.SourceVersion) ?? new Dictionary<string, string>(StringComparer.Ordinal), reviews[item.Entry.Review], missed.GetValueOrDefault(item.Entry.Review));
            }),
        ];
    }

    private sealed record Body(long Question, long Version, int Fork, long SourceVersion, string Text);
}
