using System.Text.Json;
using Dapper;
using Microsoft.Extensions.Localization;
using Npgsql;
using StudyQuiz.App.Components;
using StudyQuiz.App.Features.KeepGroups;
using StudyQuiz.App.Features.KeepQuizzes;
using StudyQuiz.App.Features.ReadReports;
using StudyQuiz.App.Features.TakeSelfTest;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.TakeAssignment;

/// <summary>The report of an assignment: of each person the run that counts.</summary>
internal static class AssignmentReport
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var host = app.MapGroup("/assignments/{id:guid}").RequireAuthorization(Policies.HostGames);
        host.MapGet("/report", (Guid id, HttpContext http, NpgsqlDataSource db, string? view) => OfAsync(id, http, db, report => Pages.Render<ReportPage>(new { Report = report, ByPerson = view == "people" })));
        host.MapGet("/report/print", (Guid id, HttpContext http, NpgsqlDataSource db) => OfAsync(id, http, db, report => Pages.Render<ReportPrintPage>(new { Report = report })));
        host.MapGet("/report/groups.csv", (Guid id, HttpContext http, NpgsqlDataSource db, IStringLocalizer<ReportText> text, IStringLocalizer<QuestionText> words) =>
            OfAsync(id, http, db, report => ReadReportEndpoints.File(http, "groups", new ReportFiles(report, text, words))));
        host.MapGet("/report.{kind:regex(^(csv|xlsx|json)$)}", (Guid id, string kind, HttpContext http, NpgsqlDataSource db, IStringLocalizer<ReportText> text, IStringLocalizer<QuestionText> words) =>
            OfAsync(id, http, db, report => ReadReportEndpoints.File(http, kind, new ReportFiles(report, text, words))));
    }

    public static string PathOf(Guid id) => Assignment.PathOf(id) + "/report";

    private static async Task<IResult> OfAsync(Guid id, HttpContext http, NpgsqlDataSource db, Func<Report, IResult> show)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await Assignment.OfHostAsync(connection, id, EditQuiz.Owner(http)) is { } assignment ? show(await BuildAsync(connection, assignment)) : Pages.NotFound();
    }

    internal static async Task<Report> BuildAsync(NpgsqlConnection connection, Assignment assignment)
    {
        var board = AssignedRun.Board(assignment.Rules, await AssignedRun.OfAsync(connection, assignment.Id));
        var rows = (await connection.QueryAsync<Row>(
            """
            select q.attempt_id as Attempt, o.id as Question, q.seed, q.credit, q.outcome, q.points, a.answer::text as Answer, s.slug, s.language, o.status = 'private' as IsOwn, coalesce(k.body, v.body)::text as Body,
              k.body is not null as IsCorrected, (select count(*)::int from appeal p where p.question_id = o.id and p.state = 'open') as Appeals,
              (select r.credit_before from regrade r where r.attempt_id = q.attempt_id and r.position = q.position order by r.id limit 1) as CreditBefore
            from attempt_question q
            join question_version v on v.id = q.question_version_id
            join question o on o.id = v.question_id
            join source s on s.id = o.source_id
            left join key_correction k on k.question_version_id = v.id
            left join attempt_answer a on a.attempt_id = q.attempt_id and a.position = q.position
            where q.attempt_id = any(@attempts) order by q.position
            """,
            new { attempts = board.Select(one => one.Run.Id).ToArray() })).AsList();
        // In the order of the paper where there is one, else as they were first drawn
        var items = rows.DistinctBy(row => row.Question).ToList();
        var places = items.Index().ToDictionary(item => item.Item.Question, item => item.Index);
        var people = board.Index().ToDictionary(person => person.Item.Run.Id, person => person.Index);
        var given = rows.Select(row => new GivenItem(people[row.Attempt], places[row.Question], GivenAnswers.Read(row.Answer), new Verdict(row.Credit ?? 0, (Outcome)(row.Outcome ?? 0)), null)).ToList();
        var byPerson = given.ToLookup(one => one.Person);
        var before = rows.GroupBy(row => row.Attempt).ToDictionary(run => run.Key, run => run.Any(row => row.CreditBefore is not null) ? run.Sum(row => (row.CreditBefore ?? row.Credit ?? 0) * row.Points) : (decimal?)null);
        // Whoever has given the group away sees its list no more
        var listed = assignment.Group is { } group && await Group.FindAsync(connection, group, new GroupScope(assignment.HostId, IsAll: await IsAdminAsync(connection, assignment.HostId))) is not null ? await GroupList.OfAsync(connection, group) : [];
        IReadOnlyList<ReportPerson> reported =
        [
            .. board.Index().Select(person => new ReportPerson(
                person.Item.Run.Name ?? "", person.Item.Run.Unit, person.Item.Run.Points ?? 0, before.GetValueOrDefault(person.Item.Run.Id), person.Item.Rank, null,
                person.Item.Run.Finished.Took, person.Item.Run.SubmittedAt, ReportBuilder.Outcomes(items.Count, byPerson[person.Index]))),
        ];
        // Nobody is absent who took it
        var came = board.Zip(reported).Where(person => person.First.Run.Member is not null).GroupBy(person => person.First.Run.Member!.Value).ToDictionary(same => same.Key, same => same.First().Second);
        return new Report(
            PathOf(assignment.Id), assignment.Id, assignment.Title, assignment.Host, false, assignment.Rules.From?.UtcDateTime ?? assignment.OpenedAt, assignment.End?.UtcDateTime,
            board.Count == 0 ? assignment.Plan.Total : rows.Where(row => row.Attempt == board[0].Run.Id).Sum(row => row.Points), assignment.Rules.PassMark, given.Count(one => one.Answer is not null), assignment.QuizId,
            ReportBuilder.Questions([.. items.Select((item, i) => item.Read(i + 1, assignment.Rules.DrawnPerAttempt))], given), reported)
        {
            Expected = [.. listed.Select(person => new ExpectedPerson(person.Name, person.Unit, person.Group, came.GetValueOrDefault(person.Member)))],
        };
    }

    private static Task<bool> IsAdminAsync(NpgsqlConnection connection, Guid account) =>
        connection.QuerySingleAsync<bool>("select exists (select from account_role where account_id = @account and role = 'admin')", new { account });

    private sealed record Row(
        Guid Attempt, long Question, long Seed, decimal? Credit, int? Outcome, decimal Points, string? Answer, string Slug, string Language, bool IsOwn, string Body, bool IsCorrected, int Appeals, decimal? CreditBefore)
    {
        public AskedItem Read(int number, bool isDrawn)
        {
            var question = JsonSerializer.Deserialize<Question>(Body, DomainJson.Options)!;
            return new AskedItem(number, Question, Slug, Language, IsOwn, question, isDrawn ? new Presentation([.. Enumerable.Range(0, question.Shuffled)]) : Presentation.Of(question, Seed), IsCorrected, false, Appeals);
        }
    }
}
