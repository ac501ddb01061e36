using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Statistics;

namespace StudyQuiz.App.Features.KeepStatistics;

/// <summary>Keeps the statistics of questions up with their answers, a minute behind them: lists sort and filter by what is stored.</summary>
public sealed class RefreshStatistics(NpgsqlDataSource db, Clock clock, ILogger<RefreshStatistics> log) : BackgroundService
{
    /// <summary>How far back each look goes: what was stored by a transaction that ended after the last one.</summary>
    internal static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    private const int AtOnce = 50;

    // More of the same type make no better a picture of how long they take
    private const int MostPeers = 2000;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    /// <summary>Brings everything up to date.</summary>
    /// <returns>How many questions' statistics were made anew.</returns>
    public async Task<int> RunAsync(CancellationToken stop = default)
    {
        await using var connection = await db.OpenConnectionAsync(stop);
        await AddUpAsync(connection);
        await JudgeGames.ForgetAsync(connection);
        while (await JudgeGames.NextAsync(connection, clock.Now)) stop.ThrowIfCancellationRequested();
        await CollectAsync(connection, clock.Now);
        var made = 0;
        for (var batch = AtOnce; batch == AtOnce; made += batch)
        {
            stop.ThrowIfCancellationRequested();
            batch = await RefreshAsync(connection);
        }

        return made;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Repeatedly.DoAsync(
        LookEvery, RunAsync, failed => log.LogError(failed, "The statistics of questions could not be made; they are tried again within a minute"), stoppingToken);

    /// <summary>Makes one row of what came and went in a bank's numbers; what somebody else adds up is left to them.</summary>
    internal static Task AddUpAsync(NpgsqlConnection connection) => connection.ExecuteAsync(
        """
        with gone as (
          delete from question_tally t using (
            select id from question_tally where (source_id, key_point_id, status) in (select source_id, key_point_id, status from question_tally group by source_id, key_point_id, status having count(*) > 1)
            for update skip locked) n
          where t.id = n.id returning t.source_id, t.key_point_id, t.status, t.questions, t.concern)
        insert into question_tally (source_id, key_point_id, status, questions, concern)
        select source_id, key_point_id, status, sum(questions), sum(concern) from gone group by source_id, key_point_id, status having sum(questions) <> 0 or sum(concern) <> 0
        """,
        commandTimeout: 600);

    private static async Task CollectAsync(NpgsqlConnection connection, DateTimeOffset now)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(
            """
            with since as materialized (select seen - @Overlap as at from statistics_mark for update)
            insert into question_statistics_due (question_id)
            select v.question_id from attempt a join attempt_question q on q.attempt_id = a.id join question_version v on v.id = q.question_version_id
              where a.submitted_at >= (select at from since)
            union
            select v.question_id from game g join game_round r on r.game_id = g.id join question_version v on v.id = r.question_version_id where g.judged_at >= (select at from since)
            union
            select v.question_id from regrade r join attempt_question q on q.attempt_id = r.attempt_id and q.position = r.position join question_version v on v.id = q.question_version_id
              where r.regraded_at >= (select at from since)
            union
            select q.id from review r join question q on q.id = r.question_id where r.received_at >= (select at from since) and q.type = @flashcard
            on conflict do nothing;
            update statistics_mark set seen = @now
            """,
            new { Overlap, now, flashcard = QuestionTypes.Flashcard },
            commandTimeout: 600);
        await transaction.CommitAsync();
    }

    private async Task<int> RefreshAsync(NpgsqlConnection connection)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var due = (await connection.QueryAsync<Due>(
            """
            with due as (
              delete from question_statistics_due d using (select question_id from question_statistics_due order by question_id limit @AtOnce for update skip locked) n
              where d.question_id = n.question_id returning d.question_id)
            select q.id as question, q.source_id as source, q.type, v.fork, v.body::text as body
            from due d left join question q on q.id = d.question_id left join question_version v on v.id = q.current_version_id
            """,
            new { AtOnce })).AsList();
        var peers = new Dictionary<(long, string), IReadOnlyCollection<TimeSpan>>();
        foreach (var one in due.Where(one => one.Body is not null))
        {
            var question = JsonSerializer.Deserialize<Question>(one.Body!, DomainJson.Options)!;
            var figures = ItemStatistics.Of(await FirstAnswers.OfAsync(connection, one.Question!.Value, one.Fork!.Value, question), OptionsOf(question));
            var bank = (one.Source!.Value, one.Type!);
            if (!peers.TryGetValue(bank, out var times)) peers[bank] = times = await PeersAsync(connection, bank);
            await StoreAsync(connection, one, figures, ItemFlags.Of(figures, WrongOf(question), times));
        }

        await transaction.CommitAsync();
        return due.Count;
    }

    private Task StoreAsync(NpgsqlConnection connection, Due one, ItemStatistics figures, IReadOnlyList<string> flags) => connection.ExecuteAsync(
        """
        insert into question_statistics (question_id, fork, figures, refreshed_at) values (@Question, @Fork, @figures::jsonb, @now)
        on conflict (question_id) do update set fork = excluded.fork, figures = excluded.figures, refreshed_at = excluded.refreshed_at;
        update question_listing set answers = @People, facility = @Facility, discrimination = @Discrimination, median_ms = @median, weeks = @weeks, flags = @flags where question_id = @Question
        """,
        new
        {
            one.Question,
            one.Fork,
            figures = JsonSerializer.Serialize(figures, DomainJson.Options),
            now = clock.Now,
            figures.People,
            Facility = (float?)figures.Facility,
            Discrimination = (float?)figures.Discrimination,
            median = (int?)figures.Times?.Median.TotalMilliseconds,
            weeks = figures.People < ItemStatistics.FewestPeople ? [] : figures.Weeks.Select(week => (float)week.Share).ToArray(),
            flags = flags.ToArray(),
        });

    private static async Task<IReadOnlyCollection<TimeSpan>> PeersAsync(NpgsqlConnection connection, (long Source, string Type) bank) =>
    [
        .. (await connection.QueryAsync<int>(
            "select median_ms from question_listing where source_id = @Source and type = @Type and median_ms is not null limit @MostPeers", new { bank.Source, bank.Type, MostPeers }))
            .Select(milliseconds => TimeSpan.FromMilliseconds(milliseconds)),
    ];

    /// <summary>How many positions can be chosen.</summary>
    internal static int OptionsOf(Question question) => question switch { SingleChoice or MultipleChoice => question.Shuffled, TrueFalse => 2, _ => 0 };

    /// <summary>The wrong ones of what is chosen from several; of true and false the wrong one is no distractor.</summary>
    internal static IReadOnlyList<int> WrongOf(Question question) => question switch
    {
        SingleChoice single => [.. single.Options.Index().Where(option => !option.Item.Correct).Select(option => option.Index)],
        MultipleChoice multiple => [.. multiple.Options.Index().Where(option => !option.Item.Correct).Select(option => option.Index)],
        _ => [],
    };

    private sealed record Due(long? Question, long? Source, string? Type, int? Fork, string? Body);
}
