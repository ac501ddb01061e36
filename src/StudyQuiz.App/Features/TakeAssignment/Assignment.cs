using Dapper;
using Npgsql;
using StudyQuiz.App.Features.KeepQuizzes;
using StudyQuiz.Domain.Quizzes;

namespace StudyQuiz.App.Features.TakeAssignment;

/// <summary>A quiz that was assigned, as it was then.</summary>
/// <param name="ClosedAt">When its host ended it before its time.</param>
/// <param name="Group">The group whose people alone take it.</param>
public sealed record Assignment(Guid Id, Guid QuizId, Guid HostId, string Host, string Title, QuizPlan Plan, long Seed, string LinkSecret, DateTime OpenedAt, DateTime? ClosedAt, Guid? Group = null)
{
    private const string Columns =
        """
        select m.id, m.quiz_id as QuizId, m.host_id as HostId, coalesce(a.user_name, '') as Host, m.title, m.plan::text as Plan, m.seed, m.link_secret as LinkSecret, m.opened_at as OpenedAt, m.closed_at as ClosedAt, m.group_id as "Group"
        from assignment m left join account a on a.id = m.host_id
        """;

    public static string PathOf(Guid id) => $"/assignments/{id}";

    /// <summary>Where whoever is to take it goes.</summary>
    public string Link => "/a/" + LinkSecret;

    public QuizRules Rules => Plan.Rules;

    public DateTimeOffset? Ended => ClosedAt is { } closed ? new DateTimeOffset(closed, TimeSpan.Zero) : null;

    public DateTimeOffset? End => AssignmentRules.End(Rules, Ended);

    internal static Task<Assignment?> OfHostAsync(NpgsqlConnection connection, Guid id, Guid host) => FindAsync(connection, "m.id = @id and m.host_id = @host", new { id, host });

    internal static Task<Assignment?> BySecretAsync(NpgsqlConnection connection, string secret) => FindAsync(connection, "m.link_secret = @secret", new { secret });

    internal static Task<Assignment?> OfAttemptAsync(NpgsqlConnection connection, Guid attempt) =>
        FindAsync(connection, "m.id = (select assignment_id from attempt where id = @attempt)", new { attempt });

    internal static async Task<IReadOnlyList<Assignment>> OfQuizAsync(NpgsqlConnection connection, Guid quiz, Guid host) =>
        [.. (await connection.QueryAsync<Row>(Columns + " where m.quiz_id = @quiz and m.host_id = @host order by m.opened_at desc limit 20", new { quiz, host })).Select(row => row.Read())];

    private static async Task<Assignment?> FindAsync(NpgsqlConnection connection, string where, object of) =>
        (await connection.QuerySingleOrDefaultAsync<Row>($"{Columns} where {where}", of))?.Read();

    private sealed record Row(Guid Id, Guid QuizId, Guid HostId, string Host, string Title, string Plan, long Seed, string LinkSecret, DateTime OpenedAt, DateTime? ClosedAt, Guid? Group)
    {
        public Assignment Read() => new(Id, QuizId, HostId, Host, Title, Quiz.ReadPlan(Plan), Seed, LinkSecret, OpenedAt, ClosedAt, Group);
    }
}

/// <summary>A run of an assignment.</summary>
/// <param name="Points">What it came to; null while it runs.</param>
/// <param name="Member">Who they are on the list of the group that it is for.</param>
/// <param name="LeftOutAt">When its host left it out, so that whoever took it may begin again; it is ended then.</param>
public sealed record AssignedRun(Guid Id, Guid Learner, string? Name, string? Unit, DateTime StartedAt, DateTime? SubmittedAt, decimal? Points, Guid? Member, DateTime? LeftOutAt)
{
    /// <summary>Whether it is one of the attempts that somebody has, and may be what they came to.</summary>
    public bool Counts => LeftOutAt is null;

    /// <summary>Whose attempts are counted together: of a list by who they are on it, else by account or browser.</summary>
    public Guid Person => Member ?? Learner;

    public FinishedRun Finished => new(Points ?? 0, (SubmittedAt ?? StartedAt) - StartedAt, new DateTimeOffset(StartedAt, TimeSpan.Zero));

    /// <param name="learners">Only theirs; null for everyone's.</param>
    /// <param name="member">Only those of this person of a list; null for everyone's.</param>
    internal static async Task<IReadOnlyList<AssignedRun>> OfAsync(NpgsqlConnection connection, Guid assignment, IReadOnlyList<Guid>? learners = null, Guid? member = null) =>
        (await connection.QueryAsync<AssignedRun>(
            """
            select a.id, a.learner_id as Learner, a.taker_name as Name, a.taker_unit as Unit, a.started_at as StartedAt, a.submitted_at as SubmittedAt,
              case when a.submitted_at is not null then (select coalesce(sum(coalesce(q.credit, 0) * q.points), 0) from attempt_question q where q.attempt_id = a.id) end as Points, a.member_id as Member, a.left_out_at as LeftOutAt
            from attempt a
            where a.assignment_id = @assignment and (@learners::uuid[] is null or a.learner_id = any(@learners)) and (@member::uuid is null or a.member_id = @member)
            order by a.started_at
            """,
            new { assignment, learners = learners?.ToArray(), member })).AsList();

    /// <summary>The run that counts of each person who handed one in, best first.</summary>
    internal static IReadOnlyList<(AssignedRun Run, int Rank)> Board(QuizRules rules, IEnumerable<AssignedRun> runs) =>
        AssignmentRules.Ranked(runs.Where(run => run.Counts && run.SubmittedAt is not null).GroupBy(run => run.Person).Select(person => AssignmentRules.Counted(rules.Counts, person, run => run.Finished)), run => run.Finished);
}
