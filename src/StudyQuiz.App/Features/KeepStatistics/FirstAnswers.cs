using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Statistics;

namespace StudyQuiz.App.Features.KeepStatistics;

/// <summary>
/// Everyone's first answer to a question in its present meaning, wherever it was given: self-tests of all kinds that are over, and games. What an
/// exam left open counts as nothing earned, as in Moodle; what a practice did not come to and what a phone did not send says nothing. Cards are
/// judged by their learners themselves, so they count for flashcards only, which nobody else can grade.
/// </summary>
internal static class FirstAnswers
{
    // Of fewer other answers in a sitting it is not known how good its person is
    private const int FewestOthers = 4;

    public static async Task<IReadOnlyList<FirstAnswer>> OfAsync(NpgsqlConnection connection, long question, int fork, Question current)
    {
        var versions = (await connection.QueryAsync<(long Id, string Body)>("select id, body::text from question_version where question_id = @question and fork = @fork", new { question, fork }))
            .ToDictionary(version => version.Id, version => PlacesOf(JsonSerializer.Deserialize<Question>(version.Body, DomainJson.Options)!, current));
        var rows = await connection.QueryAsync<Row>(Sql, new { versions = versions.Keys.ToArray(), question, fork, FewestOthers, unanswered = (int)Outcome.Unanswered, isCard = current is Flashcard, cards = ReviewOrigins.Cards });
        return [.. rows.Select(row => new FirstAnswer(row.Credit, row.Others, Picks(row.Answer, versions[row.Version]), row.TookMs is { } took ? TimeSpan.FromMilliseconds(took) : null, Monday(row.At)))];
    }

    private const string Sql =
        """
        with asked as (
          select a.learner_id::text as person, aq.question_version_id as version, aq.credit, an.answer::text as answer,
            -- from one answer to the next, as time spent is reckoned; nobody measures an exam's questions
            case a.mode
              when 'challenge' then extract(epoch from an.received_at - aq.opened_at) * 1000
              when 'practice' then nullif(least(extract(epoch from an.received_at - coalesce((
                select max(b.received_at) from attempt_answer b where b.attempt_id = a.id and b.position <> aq.position and b.received_at <= an.received_at), a.started_at)) * 1000, 180000), 180000)
            end::int as took_ms,
            coalesce(an.received_at, a.submitted_at) as at,
            others.mean as others, others.number
          from attempt_question aq
          join attempt a on a.id = aq.attempt_id
          left join attempt_answer an on an.attempt_id = aq.attempt_id and an.position = aq.position
          cross join lateral (
            select avg(o.credit) as mean, count(*) as number from attempt_question o
            where o.attempt_id = a.id and o.position <> aq.position and o.credit is not null and (o.outcome <> @unanswered or a.mode = 'exam')) others
          where aq.question_version_id = any(@versions) and a.submitted_at is not null and a.mode <> 'read' and aq.credit is not null and (aq.outcome <> @unanswered or a.mode = 'exam')
        ),
        played as (
          select distinct r.game_id, r.round, r.question_version_id as version
          from game_round r join game g on g.id = r.game_id and g.judged_at is not null
          where r.question_version_id = any(@versions) and r.voided_at is null
        ),
        seats as (
          select a.game_id, a.seat, sum(a.credit) as sum, count(*) as number
          from game_answer a join game_round r on r.game_id = a.game_id and r.round = a.round and r.voided_at is null
          where a.game_id in (select game_id from played) and a.credit is not null group by a.game_id, a.seat
        ),
        given as (
          select person, version, credit, answer, took_ms, at, others, number from asked
          union all
          select coalesce(s.learner_id::text, s.game_id || '/' || s.seat), p.version, a.credit, a.answer::text, a.took_ms, a.received_at, (t.sum - a.credit) / nullif(t.number - 1, 0), t.number - 1
          from played p
          join game_answer a on a.game_id = p.game_id and a.round = p.round and a.credit is not null
          join game_seat s on s.game_id = a.game_id and s.seat = a.seat and s.removed_at is null
          join seats t on t.game_id = a.game_id and t.seat = a.seat
          union all
          select r.learner_id::text, r.question_version_id, case when r.rating > 1 then 1 else 0 end, null, r.took_ms, r.reviewed_at, null, 0
          from review r
          where @isCard and r.question_id = @question and r.fork = @fork and r.kind = 'rated' and r.origin = @cards
            and not exists (select from review u where u.learner_id = r.learner_id and u.replaces = r.client_id)
        )
        select distinct on (person) version, credit, answer, took_ms, at, case when number >= @FewestOthers then others end as others
        from given order by person, at
        """;

    private static DateOnly Monday(DateTime at) => DateOnly.FromDateTime(at).AddDays(-(((int)at.DayOfWeek + 6) % 7));

    // Where the options of an earlier wording stand now, by what they say
    private static IReadOnlyList<int> PlacesOf(Question asked, Question current)
    {
        var now = TextsOf(current);
        return [.. TextsOf(asked).Select(text => now.IndexOf(text))];
    }

    private static List<string> TextsOf(Question question) => question switch
    {
        SingleChoice single => [.. single.Options.Select(option => option.Text)],
        MultipleChoice multiple => [.. multiple.Options.Select(option => option.Text)],
        TrueFalse => ["true", "false"],
        _ => [],
    };

    private static IReadOnlyList<int> Picks(string? answer, IReadOnlyList<int> places)
    {
        IReadOnlyList<int> picked = (answer is null ? null : JsonSerializer.Deserialize<GivenAnswer>(answer, DomainJson.Options)) switch
        {
            Chosen chosen => chosen.Options,
            Judged judged => [judged.Value ? 0 : 1],
            _ => [],
        };
        return [.. picked.Where(place => place < places.Count).Select(place => places[place]).Where(place => place >= 0)];
    }

    private sealed record Row(long Version, decimal Credit, string? Answer, int? TookMs, DateTime At, decimal? Others);
}
