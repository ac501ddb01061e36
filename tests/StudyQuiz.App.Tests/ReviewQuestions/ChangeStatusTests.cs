using System.Net;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.EditQuestion;
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
        await EditAsync(one, ids[1], 2, "没有依据的解析。", ("evidence", "1"));

        var outcomes = await RunAsync(connection, person, [.. ids.Select(id => new StatusWish(id, QuestionStatus.Published)), new StatusWish(long.MaxValue, QuestionStatus.Published)]);
        Assert.Equal([null, WorkflowRefusal.NoEvidence, null, null, WorkflowRefusal.NotFound], outcomes.Select(outcome => outcome.Refusal));
        Assert.Equal([true, false, false, false, false], outcomes.Select(outcome => outcome.IsChange));
        Assert.Equal(["published", "draft", "published", "published"], await StatusesAsync(connection));
        Assert.Equal([("draft", "published")], await AuditAsync(connection, ids[0]));
        Assert.Empty(await AuditAsync(connection, ids[2]));

        // With a reason it is published, and the reason is told; what has evidence keeps none
        await RunAsync(connection, person, [new StatusWish(ids[1], QuestionStatus.Published, Waiver: "常识"), new StatusWish(ids[0], QuestionStatus.Draft)]);
        await RunAsync(connection, person, [new StatusWish(ids[0], QuestionStatus.Published, Waiver: "多余")]);
        Assert.Equal([(1, "常识")], await WaiversAsync());
        // Of another meaning nobody said so: it is asked anew
        Assert.Contains("原来免依据的理由不再算数", await EditAsync(one, ids[1], 2, "问的是另一件事。", ("evidence", "1"), ("meaning", "changed")), StringComparison.Ordinal);
        await EditAsync(one, ids[1], 2, "问的是另一件事。", ("evidence", "1"), ("meaning", "changed"), ("waiver", "新的常识"));
        Assert.Equal([(1, "常识"), (2, "新的常识")], await WaiversAsync());

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
        await connection.ExecuteAsync("update workflow_setting set two_people = true; update question set status = 'review' where id = @id", new { id = ids[3] });
        await EditAsync(one, ids[3], 4, "自己改的解析。");
        Assert.Equal(WorkflowRefusal.OwnWording, (await ChangeStatus.OneAsync(connection, new StatusWish(ids[3], QuestionStatus.Published), person, app.Time.GetUtcNow())).Refusal);
        Assert.Null((await ChangeStatus.OneAsync(connection, new StatusWish(ids[3], QuestionStatus.Published), other, app.Time.GetUtcNow(), "看过")).Refusal);
        await RunAsync(connection, person, [new StatusWish(ids[3], QuestionStatus.Retired)]);
        Assert.True((await ChangeStatus.OneAsync(connection, new StatusWish(ids[3], QuestionStatus.Published), person, app.Time.GetUtcNow())).IsChange);
        // Whoever had a draft made of a text is its author
        await connection.ExecuteAsync(
            """
            insert into generation (id, source_id, made_at, made_by, seed, summary, report) select gen_random_uuid(), source_id, now(), @person, 1, '{}', '{}' from question where id = @id;
            with made as (
              insert into question_version (question_id, version, source_version_id, body, reason)
              select question_id, version + 1, source_version_id, body, 'import' from question_version where id = (select current_version_id from question where id = @id) returning id)
            update question set status = 'draft', origin = 'generated', current_version_id = made.id from made where question.id = @id
            """,
            new { id = ids[3], person });
        Assert.Equal(WorkflowRefusal.OwnWording, (await ChangeStatus.OneAsync(connection, new StatusWish(ids[3], QuestionStatus.Published), person, app.Time.GetUtcNow())).Refusal);
        Assert.True((await ChangeStatus.OneAsync(connection, new StatusWish(ids[3], QuestionStatus.Published), other, app.Time.GetUtcNow())).IsChange);
        // A reason for doing without evidence counts once somebody who wrote nothing of it gave it, or read it. The change of a meaning waits without one
        await EditAsync(one, ids[1], 2, "第三件事。", ("evidence", "1"), ("meaning", "changed"));
        var waiting = await connection.QuerySingleAsync<long>("select version_id from question_proposal where question_id = @id", new { id = ids[1] });
        Assert.Equal(WorkflowRefusal.NoEvidence, await PublishAsync(other, waiting));
        Assert.Null(await PublishAsync(other, waiting, "第二位编辑说的"));
        await RunAsync(connection, other, [new StatusWish(ids[1], QuestionStatus.Draft)]);
        await EditAsync(one, ids[1], 2, "第四件事。", ("evidence", "1"), ("meaning", "changed"));
        await RunAsync(connection, person, [new StatusWish(ids[1], QuestionStatus.Review, Waiver: "作者说的")]);
        Assert.Equal(WorkflowRefusal.OwnWording, await PublishAsync(person));
        Assert.Contains("作者说的", WebUtility.HtmlDecode(await two.ReadAsync($"/banks/{TestBank.Slug}/questions/{ids[1]}/review")), StringComparison.Ordinal);
        Assert.Null(await PublishAsync(other));
        await RunAsync(connection, other, [new StatusWish(ids[1], QuestionStatus.Draft)]);
        await EditAsync(one, ids[1], 2, "第五件事。", ("evidence", "1"), ("meaning", "changed"));
        await EditAsync(two, ids[1], 2, "第五件事，说清楚。", ("evidence", "1"));
        Assert.Equal(WorkflowRefusal.OwnPart, await PublishAsync(person));
        Assert.Equal(WorkflowRefusal.OwnWaiver, await PublishAsync(other, waiver: "两人之一说的"));
        Assert.Null(await PublishAsync(person));
        Assert.Equal([(1, "常识"), (2, "新的常识"), (3, "第二位编辑说的"), (4, "作者说的"), (5, "两人之一说的")], await WaiversAsync());
        // A demoted second editor leaves one alone, who then may
        await connection.ExecuteAsync("update question set status = 'review', approved_version_id = null where id = @id; delete from account_role where account_id = @other", new { id = ids[3], other });
        Assert.True((await ChangeStatus.OneAsync(connection, new StatusWish(ids[3], QuestionStatus.Published), person, app.Time.GetUtcNow())).IsChange);

        async Task<IEnumerable<(int, string)>> WaiversAsync() => await connection.QueryAsync<(int, string)>("select fork, reason from question_waiver where question_id = @id order by fork", new { id = ids[1] });

        async Task<WorkflowRefusal?> PublishAsync(Guid who, long? version = null, string? waiver = null) =>
            (await ChangeStatus.OneAsync(connection, new StatusWish(ids[1], QuestionStatus.Published, version, Waiver: waiver), who, app.Time.GetUtcNow())).Refusal;
    }

    private static async Task<string> EditAsync(TestBrowser who, long id, int number, string explanation, params (string, string)[] fields)
    {
        var path = EditQuestionEndpoints.PathOf(TestBank.Slug, id);
        using var answer = await who.SubmitAsync(path, path, [.. TestBank.Form(TestBank.Question(number) with { Explanation = explanation }), .. fields]);
        return await answer.TextAsync();
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
