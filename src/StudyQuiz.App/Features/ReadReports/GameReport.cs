using System.Globalization;
using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.MyData;
using StudyQuiz.App.Features.TakeSelfTest;
using StudyQuiz.App.Live;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Quizzes;

namespace StudyQuiz.App.Features.ReadReports;

/// <summary>The report of a game: by today's keys, and beside that what its podium showed.</summary>
internal static class GameReport
{
    public static string PathOf(Guid game) => $"/host/{game}/report";

    /// <summary>The report of a host's game; null where it is not theirs.</summary>
    public static async Task<Report?> FindAsync(NpgsqlConnection connection, GameLoading loading, Guid game, Guid host)
    {
        var head = await connection.QuerySingleOrDefaultAsync<Head>(
            """
            select g.title, a.user_name as Host, g.created_at as CreatedAt, g.ended_at as EndedAt, g.pass_share as PassShare, q.id as Quiz
            from game g join account a on a.id = g.host_id left join quiz q on q.id = g.quiz_id and q.deleted_at is null
            where g.id = @game and g.host_id = @host
            """,
            new { game, host });
        if (head is null || await loading.ReadAsync(game) is not { } stored) return null;

        var rounds = await RoundsAsync(connection, game);
        var seats = stored.State.Seats.Values.OrderBy(seat => seat.Number).ToList();
        var given = await GivenAsync(connection, game, rounds, seats);
        var items = rounds.Select(round => round.Read()).ToList();
        var byPerson = given.ToLookup(one => one.Person);
        var standings = stored.State.Standings.ToDictionary(standing => standing.Seat);
        var teams = Teams.NamesOf(stored.State.Setup.Options);
        var partial = stored.State.Setup.Options.PartialCredit;
        // Who ends a game early makes nobody pass by what was asked until then
        var unreached = stored.State.Setup.Rounds.Where(round => round.IsScored && !stored.State.IsVoid(round.Number) && rounds.All(closed => closed.Round != round.Number)).Select(round => (round.Points, Verdict.Unanswered)).ToList();
        var scores = seats.Select((_, i) => GameScore.Of([.. rounds.Select((round, n) => (round.Points, byPerson[i].FirstOrDefault(one => one.Item == n)?.Verdict ?? Verdict.Unanswered)), .. unreached], partial, head.PassShare)).ToList();
        var whole = GameScore.Of([.. rounds.Select(round => (round.Points, Verdict.Unanswered)), .. unreached], partial, head.PassShare);
        var people = seats.Select((seat, i) => PersonOf(seat, standings.GetValueOrDefault(seat.Number), [.. byPerson[i]], rounds.Count, scores[i]) with { Team = teams.ElementAtOrDefault(seat.Team - 1) }).ToList();
        return new Report(
            PathOf(game), game, head.Title, head.Host, true, head.CreatedAt, head.EndedAt, whole.Full, whole.PassMark,
            given.Count(one => one.Answer is not null), head.Quiz, ReportBuilder.Questions(items, given), [.. people.OrderBy(person => person.Rank == 0).ThenBy(person => person.Rank)])
        {
            Polls = await PollsAsync(connection, game),
            LeftOut = await LeftOutAsync(connection, game),
            Teams = Teams.Standings(stored.State),
            CountsRights = scores.TrueForAll(score => score.IsOfRights),
            Expected = await ExpectedAsync(connection, game, seats, people),
        };
    }

    // Whoever sits by a list has the name, number and unit that stand on it
    private static async Task<IReadOnlyList<ExpectedPerson>> ExpectedAsync(NpgsqlConnection connection, Guid game, IReadOnlyList<Seat> seats, IReadOnlyList<ReportPerson> people)
    {
        var came = seats.Zip(people).GroupBy(seat => new RosterEntry(seat.First.Nickname, seat.First.Code, seat.First.Unit)).ToDictionary(same => same.Key, same => same.First().Second);
        return
        [
            .. (await connection.QueryAsync<(string Name, string? Code, string? Unit, Guid? Group)>(
                "select r.name, r.code, r.unit, m.group_id from game_roster r left join group_member m on m.id = r.member_id where r.game_id = @game order by r.n", new { game }))
                .Select(row => new ExpectedPerson(row.Name, row.Unit, row.Group, came.GetValueOrDefault(new RosterEntry(row.Name, row.Code, row.Unit)))),
        ];
    }

    private static ReportPerson PersonOf(Seat seat, Standing? standing, IReadOnlyList<GivenItem> given, int questions, GameScore score)
    {
        var outcomes = ReportBuilder.Outcomes(questions, given);
        var right = outcomes.Count(outcome => outcome == Outcome.Right);
        return new ReportPerson(
            seat.Nickname == EraseMyData.NoName ? string.Create(CultureInfo.InvariantCulture, $"#{seat.Number}") : seat.Nickname, seat.Unit, score.Earned, score.IsOfRights && standing is not null && standing.Rights != right ? standing.Rights : null, standing?.Rank ?? 0, standing?.Points, standing?.Time, null, outcomes);
    }

    // Rounds that were closed: what was never asked is nobody's miss
    private static async Task<IReadOnlyList<RoundRow>> RoundsAsync(NpgsqlConnection connection, Guid game) =>
        (await connection.QueryAsync<RoundRow>(
            """
            select r.round, q.id as Question, s.slug, s.language, q.status, r.seed, played_question(r.corrected, k.body, v.body)::text as Body, r.points, r.corrected is null and k.body is not null as IsCorrected, r.corrected is not null as IsHostsKey, r.open_us as OpenUs,
              (select count(*)::int from appeal p where p.question_id = q.id and p.state = 'open') as Appeals,
              (select string_agg(e.body ->> 'at', ' ' order by e.version) from game_event e where e.game_id = r.game_id and e.body ->> 'kind' = 'roundOpened' and (e.body ->> 'round')::int = r.round) as Openings,
              (select max(e.stored_at) from game_event e where e.game_id = r.game_id and e.body ->> 'kind' = 'roundClosed' and (e.body ->> 'round')::int = r.round) as ClosedAt
            from game_round r
            join question_version v on v.id = r.question_version_id
            join question q on q.id = v.question_id
            join source s on s.id = q.source_id
            left join key_correction k on k.question_version_id = v.id
            where r.game_id = @game and r.voided_at is null and exists (select 1 from game_event e where e.game_id = r.game_id and e.body ->> 'kind' = 'roundClosed' and (e.body ->> 'round')::int = r.round)
            order by r.round
            """,
            new { game })).AsList();

    // Answers that were given are still there, but say nothing about anybody; of a seat that was taken away they are not counted anywhere
    private static async Task<IReadOnlyList<LeftOutRound>> LeftOutAsync(NpgsqlConnection connection, Guid game) =>
        (await connection.QueryAsync<LeftOutRound>(
            """
            select r.round, v.body ->> 'stem' as Stem,
              not exists (select 1 from game_event e where e.game_id = r.game_id and e.body ->> 'kind' in ('roundSkipped', 'roundWithdrawn') and (e.body ->> 'round')::int = r.round) as IsVoid,
              (select count(*)::int from game_answer a join game_seat s on s.game_id = a.game_id and s.seat = a.seat and s.removed_at is null where a.game_id = r.game_id and a.round = r.round) as Answers
            from game_round r
            join question_version v on v.id = r.question_version_id
            where r.game_id = @game and r.voided_at is not null
            order by r.round
            """,
            new { game })).AsList();

    // Those that were closed; a seat that was taken away has no voice
    private static async Task<IReadOnlyList<ReportPoll>> PollsAsync(NpgsqlConnection connection, Guid game)
    {
        var rows = await connection.QueryAsync<(int Round, string Extra, int[] Chosen)>(
            """
            select r.round, r.extra::text, array(
              select (a.answer -> 'options' ->> 0)::int from game_answer a join game_seat s on s.game_id = a.game_id and s.seat = a.seat and s.removed_at is null
              where a.game_id = r.game_id and a.round = r.round)
            from game_round r
            where r.game_id = @game and r.extra is not null and r.voided_at is null
              and exists (select 1 from game_event e where e.game_id = r.game_id and e.body ->> 'kind' = 'roundClosed' and (e.body ->> 'round')::int = r.round)
            order by r.round
            """,
            new { game });
        return
        [
            .. from row in rows
               let poll = JsonSerializer.Deserialize<QuizExtra>(row.Extra, DomainJson.Options) as Poll
               where poll is not null
               select new ReportPoll(row.Round, poll.Title, [.. poll.Options.Select((text, i) => new PollOption(text, row.Chosen.Count(option => option == i)))]),
        ];
    }

    // Whoever took a seat when a question had closed was not asked it
    private static async Task<IReadOnlyList<GivenItem>> GivenAsync(NpgsqlConnection connection, Guid game, IReadOnlyList<RoundRow> rounds, IReadOnlyList<Seat> seats)
    {
        var answers = (await connection.QueryAsync<(int Round, int Seat, string Answer, long At)>("select round, seat, answer::text, at_us from game_answer where game_id = @game", new { game }))
            .ToDictionary(row => (row.Round, row.Seat));
        var came = (await connection.QueryAsync<(int Seat, DateTime At)>("select seat, joined_at from game_seat where game_id = @game", new { game })).ToDictionary(row => row.Seat, row => row.At);
        var questions = rounds.Select(round => (round.Round, round.ClosedAt, Open: GameTime.FromMicroseconds(round.OpenUs), Key: round.Read().Key, Opened: (round.Openings?.Split(' ') ?? []).Select(at => TimeSpan.Parse(at, CultureInfo.InvariantCulture)).ToList())).ToList();
        return
        [
            .. from person in seats.Index()
               from item in questions.Index()
               where came[person.Item.Number] < item.Item.ClosedAt || answers.ContainsKey((item.Item.Round, person.Item.Number))
               select answers.TryGetValue((item.Item.Round, person.Item.Number), out var row) && GivenAnswers.Read(row.Answer) is { } answer
                   ? new GivenItem(person.Index, item.Index, answer, Grading.Grade(item.Item.Key, answer), Took(GameTime.FromMicroseconds(row.At), item.Item.Opened, item.Item.Open))
                   : new GivenItem(person.Index, item.Index, null, Verdict.Unanswered, null),
        ];
    }

    // Who answers when a question is opened again has taken all the time there was, which is what its points are reckoned by
    private static TimeSpan? Took(TimeSpan at, List<TimeSpan> opened, TimeSpan most) =>
        opened.Count == 0 ? null : opened.FindLast(open => open <= at) is var last && at - last < most ? at - last : most;

    private sealed record Head(string Title, string Host, DateTime CreatedAt, DateTime? EndedAt, decimal? PassShare, Guid? Quiz);

    private sealed record RoundRow(int Round, long Question, string Slug, string Language, string Status, long Seed, string Body, int Points, bool IsCorrected, bool IsHostsKey, long OpenUs, int Appeals, string? Openings, DateTime ClosedAt)
    {
        private AskedItem? _read;

        public AskedItem Read()
        {
            if (_read is not null) return _read;
            var question = JsonSerializer.Deserialize<Question>(Body, DomainJson.Options)!;
            return _read = new AskedItem(Round, Question, Slug, Language, Status == "private", question, Presentation.Of(question, Seed), IsCorrected, IsHostsKey, Appeals);
        }
    }
}
