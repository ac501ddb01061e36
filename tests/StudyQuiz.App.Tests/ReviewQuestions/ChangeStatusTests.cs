using Dapper;
using Npgsql;
using StudyQuiz.App.Features.ReviewQuestions;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Tests.ReviewQuestions;

/// <summary>One or many questions change their status together, each by the rule, and on record.</summary>
public sealed class ChangeStatusTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Of_many_those_are_changed_that_may_be_and_an_undo_brings_back_each_to_what_it_was()
    {
        await TestBank.SeedAsync(app.Database, 4);
        using var one = await app.SignedInAsync("status-one", Roles.Editor);
        var person = await app.AccountIdAsync("status-one");
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var ids = (await connection.QueryAsync<long>("select id from question order by id")).ToList();
        await connection.ExecuteAsync("update question set status = 'draft' where id = any(@draft)", new { draft = ids.Take(2).ToArray() });
        await connection.ExecuteAsync("update question_version set body = jsonb_set(body, '{evidence}', '[]') where question_id = @bare", new { bare = ids[1] });

        var outcomes = await RunAsync(connection, person, [.. ids.Select(id => new StatusWish(id, QuestionStatus.Published)), new StatusWish(long.MaxValue, QuestionStatus.Published)]);
        Assert.Equal([null, WorkflowRefusal.NoEvidence, null, null, WorkflowRefusal.NotFound], outcomes.Select(outcome => outcome.Refusal));
        Assert.Equal([true, false, false, false, false], outcomes.Select(outcome => outcome.IsChange));
        Assert.Equal(["published", "draft", "published", "published"], await StatusesAsync(connection));
        Assert.Equal([("draft", "published")], await AuditAsync(connection, ids[0]));
        Assert.Empty(await AuditAsync(connection, ids[2]));

        // With a reason it is published, and the reason is told; what has evidence keeps none
        await RunAsync(connection, person, [new StatusWish(ids[1], QuestionStatus.Published, Waiver: "常识"), new StatusWish(ids[0], QuestionStatus.Draft)]);
        await RunAsync(connection, person, [new StatusWish(ids[0], QuestionStatus.Published, Waiver: "多余")]);
        Assert.Equal([(ids[1], "常识")], await connection.QueryAsync<(long, string)>("select question_id, reason from question_waiver"));

        // The undo of a change to many names what each was
        var retired = await RunAsync(connection, person, [.. ids.Select(id => new StatusWish(id, QuestionStatus.Retired))]);
        await RunAsync(connection, person, [.. retired.Select(outcome => new StatusWish(outcome.Question, outcome.From!.Value, From: outcome.To))]);
        Assert.Equal(["published", "published", "published", "published"], await StatusesAsync(connection));

        // What was on the screen is not there any more; a repeat is no change
        var stale = await RunAsync(connection, person, [new StatusWish(ids[0], QuestionStatus.Retired, From: QuestionStatus.Draft), new StatusWish(ids[1], QuestionStatus.Retired, Seen: 0), new StatusWish(ids[2], QuestionStatus.Published, From: QuestionStatus.Review)]);
        Assert.Equal([WorkflowRefusal.Changed, WorkflowRefusal.Changed, null], stale.Select(outcome => outcome.Refusal));

        // By the rule of the second person: the author waits for somebody else, and what that one published may come back by anybody
        using var two = await app.SignedInAsync("status-two", Roles.Editor);
        var other = await app.AccountIdAsync("status-two");
        await connection.ExecuteAsync("update workflow_setting set two_people = true; update question set status = 'review', approved_version_id = null where id = @id; update question_version set created_by = @person where question_id = @id", new { id = ids[3], person });
        Assert.Equal(WorkflowRefusal.OwnWording, (await ChangeStatus.OneAsync(connection, new StatusWish(ids[3], QuestionStatus.Published), person, app.Time.GetUtcNow())).Refusal);
        Assert.Null((await ChangeStatus.OneAsync(connection, new StatusWish(ids[3], QuestionStatus.Published), other, app.Time.GetUtcNow(), "看过")).Refusal);
        await RunAsync(connection, person, [new StatusWish(ids[3], QuestionStatus.Retired)]);
        Assert.True((await ChangeStatus.OneAsync(connection, new StatusWish(ids[3], QuestionStatus.Published), person, app.Time.GetUtcNow())).IsChange);
        // Whoever had a draft made of a text is its author
        await connection.ExecuteAsync(
            """
            insert into generation (id, source_id, made_at, made_by, seed, summary, report) select gen_random_uuid(), source_id, now(), @person, 1, '{}', '{}' from question where id = @id;
            update question set status = 'draft', approved_version_id = null, origin = 'generated' where id = @id;
            update question_version set created_by = null, reason = 'import' where question_id = @id
            """,
            new { id = ids[3], person });
        Assert.Equal(WorkflowRefusal.OwnWording, (await ChangeStatus.OneAsync(connection, new StatusWish(ids[3], QuestionStatus.Published), person, app.Time.GetUtcNow())).Refusal);
        Assert.True((await ChangeStatus.OneAsync(connection, new StatusWish(ids[3], QuestionStatus.Published), other, app.Time.GetUtcNow())).IsChange);
        // A demoted second editor leaves one alone, who then may
        await connection.ExecuteAsync("update question set status = 'review', approved_version_id = null where id = @id; delete from account_role where account_id = @other", new { id = ids[3], other });
        Assert.True((await ChangeStatus.OneAsync(connection, new StatusWish(ids[3], QuestionStatus.Published), person, app.Time.GetUtcNow())).IsChange);
    }

    private async Task<IReadOnlyList<StatusOutcome>> RunAsync(NpgsqlConnection connection, Guid person, IReadOnlyList<StatusWish> wishes)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var outcomes = await ChangeStatus.RunAsync(connection, wishes, person, app.Time.GetUtcNow());
        await transaction.CommitAsync();
        return outcomes;
    }

    private static async Task<IEnumerable<string>> StatusesAsync(NpgsqlConnection connection) => await connection.QueryAsync<string>("select status from question order by id");

    private static async Task<IEnumerable<(string From, string To)>> AuditAsync(NpgsqlConnection connection, long question) =>
        await connection.QueryAsync<(string, string)>("select details->>'from', details->>'to' from audit where object = 'question/' || @question order by id", new { question });
}
