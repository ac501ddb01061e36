using Dapper;
using Npgsql;
using StudyQuiz.App.Features.ReadReports;
using StudyQuiz.App.Features.TakeAssignment;
using StudyQuiz.App.Live;
using StudyQuiz.Domain.People;

namespace StudyQuiz.App.Features.KeepGroups;

/// <summary>A game or an assignment for a group, one above it or one below.</summary>
/// <param name="For">The group that it was for.</param>
public sealed record HeldEvent(Guid Id, bool IsGame, string Title, DateTime At, Guid Host, string For)
{
    public string Path => IsGame ? GameReport.PathOf(Id) : AssignmentReport.PathOf(Id);
}

/// <summary>What a group came to in one of them.</summary>
/// <param name="Mean">The share of all points; null where nobody came.</param>
/// <param name="Passed">Null where nobody passes or fails.</param>
public sealed record HeldFigures(HeldEvent Event, int Took, IReadOnlyList<string> Absent, double? Mean, int? Passed);

/// <summary>How a group did: of each game and assignment who took part, who was absent, the mean, who passed.</summary>
internal static class GroupReport
{
    /// <summary>How many of the latest are reported on: each is read whole.</summary>
    public const int Most = 12;

    /// <summary>The latest of their own host's, or to an admin everyone's.</summary>
    public static async Task<IReadOnlyList<HeldEvent>> ListAsync(NpgsqlConnection connection, GroupScope scope, Guid group, int most = Most) =>
        (await connection.QueryAsync<HeldEvent>(
            """
            with recursive below as (select id from people_group where id = @group union all select c.id from people_group c join below on c.parent_id = below.id),
            above as (select id, parent_id from people_group where id = @group union all select p.id, p.parent_id from people_group p join above on above.parent_id = p.id),
            near as materialized (select id from below union select id from above)
            select h.id, h.is_game as IsGame, h.title, h.at, h.host, g.name as "For"
            from (
              select id, true as is_game, title, created_at as at, host_id as host, group_id from game where group_id in (select id from near)
              union all select id, false, title, opened_at, host_id, group_id from assignment where group_id in (select id from near)) h
            join people_group g on g.id = h.group_id
            where @IsAll or h.host = @Account
            order by h.at desc limit @most
            """,
            new { group, most, scope.Account, scope.IsAll })).AsList();

    public static async Task<IReadOnlyList<HeldFigures>> OfAsync(NpgsqlConnection connection, GameLoading loading, GroupScope scope, Guid group)
    {
        var below = RosterPlan.Below(group, (await Group.TreeAsync(connection, group)).ToLookup(one => one.Parent));
        var figures = new List<HeldFigures>();
        foreach (var held in await ListAsync(connection, scope, group))
        {
            if (await FindAsync(connection, loading, held) is not { } report) continue;
            var own = report.Expected.Where(person => person.Group is { } at && below.Contains(at)).ToList();
            var took = own.Select(person => person.Came).OfType<ReportPerson>().ToList();
            figures.Add(new HeldFigures(
                held, took.Count, [.. own.Where(person => person.Came is null).Select(person => person.Name)],
                took.Count == 0 || report.Full == 0 ? null : (double)(took.Average(person => person.Score) / report.Full), report.PassMark is null ? null : took.Count(report.Passes)));
        }

        return figures;
    }

    private static async Task<Report?> FindAsync(NpgsqlConnection connection, GameLoading loading, HeldEvent held) =>
        held.IsGame ? await GameReport.FindAsync(connection, loading, held.Id, held.Host)
        : await Assignment.OfHostAsync(connection, held.Id, held.Host) is { } assignment ? await AssignmentReport.BuildAsync(connection, assignment)
        : null;
}
