using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.TakeSelfTest;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.AppealVerdicts;

/// <summary>
/// What accepting an answer, or another key, would change: the key of every version of the fork at whose places the answer says the same, and every verdict that
/// was given by those keys. Looking changes nothing.
/// </summary>
/// <param name="Keys">The versions whose key it changes, with the question as it is graded from then on.</param>
/// <param name="Before">The same versions as they have been graded until now.</param>
/// <param name="Current">The question to be asked from now on; null where the version that is asked today takes the answer already, or is of another fork or at other places.</param>
/// <param name="Changes">Verdicts of self-tests that turn out otherwise.</param>
/// <param name="Same">How many answers in self-tests, of whomever, say the same as the one that was appealed for.</param>
public sealed record Regrading(IReadOnlyDictionary<long, Question> Keys, IReadOnlyDictionary<long, Question> Before, Question? Current, IReadOnlyList<ChangedVerdict> Changes, int Same)
{
    public int Up => Changes.Count(change => change.After.Credit > change.Before.Credit);

    public int Down => Changes.Count(change => change.After.Credit < change.Before.Credit);

    /// <param name="asked">The version that was appealed against.</param>
    /// <param name="rekey">The answer becomes the key; else it counts beside it.</param>
    /// <returns>Null where the question can't be keyed so.</returns>
    internal static async Task<Regrading?> OfAsync(NpgsqlConnection connection, long asked, GivenAnswer answer, bool rekey)
    {
        var versions = await VersionsAsync(connection, asked);
        var appealed = versions[asked].Question;
        if (Amend(appealed, answer, rekey) is null) return null;
        var regrading = await OfKeysAsync(connection, versions, row => KeyAmendment.SamePositions(appealed, row.Question), question => Amend(question, answer, rekey));
        var answers = await AnswersAsync(connection, [.. versions.Values.Where(row => KeyAmendment.SamePositions(appealed, row.Question)).Select(row => row.Id)]);
        return regrading with { Same = answers.Count(row => row.Given.Form == answer.Form) };
    }

    /// <summary>What it would change if the answers to a question were graded by the key that an editor gave it: those to every version of the fork that asked the same.</summary>
    /// <param name="current">The version that the edit was made from.</param>
    internal static async Task<Regrading> ByEditAsync(NpgsqlConnection connection, long current, Question edited)
    {
        var versions = await VersionsAsync(connection, current);
        return await OfKeysAsync(connection, versions, row => row.Question.Stem == versions[current].Question.Stem, question => KeyAmendment.WithKeyOf(question, edited) is { } amended && Graded(amended) != Graded(question) ? amended : null);
    }

    // By what answers are graded: another explanation or reason is no other key
    private static string Graded(Question question) => Json((question with { Explanation = "" }) switch
    {
        SingleChoice single => single with { Options = Unexplained(single.Options) },
        MultipleChoice multiple => multiple with { Options = Unexplained(multiple.Options) },
        var other => other,
    });

    private static IReadOnlyList<Option> Unexplained(IReadOnlyList<Option> options) => [.. options.Select(option => option with { Why = null })];

    private static string Json(Question question) => JsonSerializer.Serialize(question, DomainJson.Options);

    private static async Task<Regrading> OfKeysAsync(NpgsqlConnection connection, IReadOnlyDictionary<long, VersionRow> versions, Func<VersionRow, bool> isMeant, Func<Question, Question?> amend)
    {
        var keys = new Dictionary<long, Question>();
        foreach (var row in versions.Values.Where(isMeant))
        {
            if (amend(row.Question) is { } amended && Json(amended) != Json(row.Question)) keys[row.Id] = amended;
        }

        var answers = await AnswersAsync(connection, [.. keys.Keys]);
        return new Regrading(
            keys, keys.Keys.ToDictionary(id => id, id => versions[id].Question),
            versions.Values.FirstOrDefault(row => row.IsCurrent) is { } current ? keys.GetValueOrDefault(current.Id) : null,
            [.. answers.Select(row => row.Graded(keys[row.Version])).Where(change => change.After != change.Before)],
            Same: 0);
    }

    private static async Task<IReadOnlyDictionary<long, VersionRow>> VersionsAsync(NpgsqlConnection connection, long one) =>
        (await connection.QueryAsync<VersionRow>(
            """
            select v.id, coalesce(k.body, v.body)::text as Body, q.current_version_id = v.id as IsCurrent
            from question_version a
            join question q on q.id = a.question_id
            join question_version v on v.question_id = a.question_id and v.fork = a.fork
            left join key_correction k on k.question_version_id = v.id
            where a.id = @one
            """,
            new { one })).ToDictionary(row => row.Id);

    private static Question? Amend(Question question, GivenAnswer answer, bool rekey) => rekey ? KeyAmendment.Rekey(question, answer) : KeyAmendment.Admit(question, answer);

    private static async Task<IReadOnlyList<AnswerRow>> AnswersAsync(NpgsqlConnection connection, long[] versions) =>
        (await connection.QueryAsync<AnswerRow>(
            """
            select q.attempt_id as Attempt, q.position, a.learner_id as Learner, q.question_version_id as Version, w.answer::text as Answer, q.credit, q.outcome, a.partial_credit as PartialCredit
            from attempt_question q
            join attempt a on a.id = q.attempt_id
            join attempt_answer w on w.attempt_id = q.attempt_id and w.position = q.position
            where q.question_version_id = any(@versions) and q.outcome is not null and w.answer is not null
            """,
            new { versions })).AsList();

    private sealed record VersionRow(long Id, string Body, bool IsCurrent)
    {
        public Question Question => field ??= JsonSerializer.Deserialize<Question>(Body, DomainJson.Options)!;
    }

    private sealed record AnswerRow(Guid Attempt, int Position, Guid Learner, long Version, string Answer, decimal Credit, int Outcome, bool PartialCredit)
    {
        public GivenAnswer Given => field ??= GivenAnswers.Read(Answer)!;

        public ChangedVerdict Graded(Question key) => new(Attempt, Position, Learner, Version, new Verdict(Credit, (Outcome)Outcome), Grading.Grade(key, Given).Counted(PartialCredit));
    }
}

/// <summary>A verdict of a self-test that turns out otherwise.</summary>
/// <param name="Learner">Whose answer it is.</param>
public sealed record ChangedVerdict(Guid Attempt, int Position, Guid Learner, long Version, Verdict Before, Verdict After);
