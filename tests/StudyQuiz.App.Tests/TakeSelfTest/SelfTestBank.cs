using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Tests.TakeSelfTest;

/// <summary>A source with one question of each graded type, a flashcard, a draft, and a pair that must not meet.</summary>
internal static class SelfTestBank
{
    public const string Slug = "speech";

    /// <summary>Published, graded, and such that all of them may meet.</summary>
    public const int Count = 6;

    private const string Secret = TestBank.Secret;

    private static readonly Evidence[] _evidence = [new("P02", $"{Secret}在此句中")];

    public static IReadOnlyList<Question> Questions { get; } =
    [
        new SingleChoice { Stem = "单选题干？", Explanation = Secret, Evidence = _evidence, Difficulty = 1, Options = [new("单甲", false, Secret), new("单乙", true, Secret), new("单丙", false, Secret), new("单丁", false)] },
        new MultipleChoice { Stem = "多选题干？", Explanation = Secret, Evidence = _evidence, Difficulty = 1, Options = [new("多甲", true), new("多乙", true), new("多丙", false, Secret), new("多丁", false)] },
        new TrueFalse { Stem = "判断题干。", Explanation = Secret, Evidence = _evidence, Difficulty = 1, Answer = false },
        new Cloze { Stem = $"填空“{Cloze.Blank}”题干。", Explanation = Secret, Evidence = _evidence, Difficulty = 1, Accepted = [$"{Secret}一", $"{Secret}二"] },
        new Ordering { Stem = "排序题干。", Explanation = Secret, Evidence = _evidence, Difficulty = 1, Items = ["序一", "序二", "序三", "序四"] },
        new Matching { Stem = "匹配题干。", Explanation = Secret, Evidence = _evidence, Difficulty = 1, Pairs = [new("左一", "右一"), new("左二", "右二"), new("左三", "右三")] },
    ];

    public static async Task SeedAsync(NpgsqlDataSource database)
    {
        await using var connection = await database.OpenConnectionAsync();
        if (await connection.ExecuteScalarAsync<bool>("select exists (select from source where slug = @Slug)", new { Slug })) return;
        var source = await connection.QuerySingleAsync<long>(
            "insert into source (slug, title, publisher, published, language) values (@Slug, '一篇讲话', '某报', '2020-08-22', 'zh-CN') returning id", new { Slug });
        await connection.ExecuteAsync(
            """
            with made as (insert into source_version (source_id, version, sha256, raw) values (@source, 1, '', '') returning id),
            told as (
              insert into paragraph (source_version_id, position, label, text)
              select made.id, p.position, p.label, p.text
              from made, (values (1, 'P01', '第一段第一句。第一段第二句，分两半。'), (2, 'P02', @second)) as p (position, label, text))
            update source set current_version_id = made.id from made where source.id = @source
            """,
            new { source, second = $"前一句。这里{Secret}在此句中，还有后半。后一句。" });
        var group = await KeyPointAsync(connection, source, null, "K1", 1, "大要点", [new("P01", "第一段第一句。第一段第二句")]);
        var one = await KeyPointAsync(connection, source, group, "K1.1", 1, "小要点一", [new("P01", "第一段第二句，分两半"), new("P02", "前一句。这里")]);
        var two = await KeyPointAsync(connection, source, group, "K1.2", 2, "小要点二", [new("P01", "第一句。第一段第二句")]);

        for (var i = 0; i < Questions.Count; i++) await AddAsync(connection, source, i % 2 == 0 ? one : two, $"q{i}", "published", Questions[i]);
        var rival = await AddAsync(connection, source, two, "rival", "published", new TrueFalse { Stem = "对头题干。", Explanation = Secret, Evidence = _evidence, Difficulty = 1, Answer = true });
        await AddAsync(connection, source, one, "draft", "draft", new TrueFalse { Stem = "草稿题干。", Explanation = Secret, Evidence = _evidence, Difficulty = 1, Answer = true });
        await AddAsync(connection, source, one, "card", "published", new Flashcard { Stem = "卡片正面", Back = Secret, Explanation = Secret, Evidence = _evidence, Difficulty = 1 });
        await connection.ExecuteAsync(
            """
            insert into question_enemy (question_id, enemy_id)
            select pair.* from question q, lateral (values (q.id, @rival), (@rival, q.id)) as pair (one, other)
            where q.source_id = @source and q.slug = 'q2'
            """,
            new { source, rival });
    }

    private static Task<long> KeyPointAsync(NpgsqlConnection connection, long source, long? parent, string label, int position, string heading, Evidence[] evidence) =>
        connection.QuerySingleAsync<long>(
            """
            insert into key_point (source_id, parent_id, label, position, heading, weight, evidence)
            values (@source, @parent, @label, @position, @heading, 2, @evidence::jsonb) returning id
            """,
            new { source, parent, label, position, heading, evidence = JsonSerializer.Serialize(evidence, DomainJson.Options) });

    private static async Task<long> AddAsync(NpgsqlConnection connection, long source, long keyPoint, string slug, string status, Question body)
    {
        var question = await connection.QuerySingleAsync<long>(
            """
            with made as (
              insert into question (source_id, slug, key_point_id, type, status, origin)
              values (@source, @slug, @keyPoint, @type, @status, 'written') returning id)
            insert into question_version (question_id, version, source_version_id, body, reason)
            select made.id, 1, current_version_id, @body::jsonb, 'test' from made, source where source.id = @source returning question_id
            """,
            new { source, slug, keyPoint, type = QuestionTypes.Of(body), status, body = JsonSerializer.Serialize(body, DomainJson.Options) });
        await connection.ExecuteAsync(
            "update question q set current_version_id = v.id from question_version v where v.question_id = q.id and q.id = @question", new { question });
        return question;
    }
}
