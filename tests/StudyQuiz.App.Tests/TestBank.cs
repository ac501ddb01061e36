using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.EditQuestion;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Tests;

/// <summary>A small source with questions whose right answer a test knows: option 0 as the author counts.</summary>
public static class TestBank
{
    public const string Slug = "small";

    /// <summary>Words that stand only where the key is given away: no page or frame may hold them before the close.</summary>
    public const string Secret = "泄密词";

    public static async Task SeedAsync(NpgsqlDataSource database, int questions)
    {
        await using var connection = await database.OpenConnectionAsync();
        await SeedAsync(connection, Slug, [.. Enumerable.Range(1, questions).Select(Question)]);
    }

    /// <summary>The slug of a source with one question of each type that is played live.</summary>
    public const string EveryType = "every-type";

    /// <summary>A source with one question of each type that is played live.</summary>
    public static async Task SeedEveryTypeAsync(NpgsqlDataSource database)
    {
        await using var connection = await database.OpenConnectionAsync();
        await SeedAsync(connection, EveryType, [
            Question(1),
            new MultipleChoice
            {
                Stem = "哪几项是对的？", Explanation = $"{Secret}解释", Evidence = [new Evidence("P01", $"{Secret}在这一句里")], Difficulty = 1,
                Options = [new Option("正项", true, $"{Secret}因为对"), new Option("又一正项", true), new Option("误项", false, $"{Secret}因为误")],
            },
            new TrueFalse { Stem = "这一句是对的。", Explanation = $"{Secret}解释", Evidence = [new Evidence("P01", $"{Secret}在这一句里")], Difficulty = 1, Answer = true },
            new Cloze { Stem = "后＿＿＿。", Explanation = $"{Secret}解释", Evidence = [new Evidence("P01", $"{Secret}在这一句里")], Difficulty = 1, Accepted = [Secret, "另一说法"] },
            new Ordering { Stem = "排好次序。", Explanation = $"{Secret}解释", Evidence = [new Evidence("P01", $"{Secret}在这一句里")], Difficulty = 1, Items = ["起", "承", "转", "合"] },
        ]);
    }

    private static async Task SeedAsync(NpgsqlConnection connection, string slug, IReadOnlyList<Question> questions)
    {
        var source = await connection.QuerySingleAsync<long>(
            "insert into source (slug, title, publisher, language) values (@slug, '小文', '测试', 'zh-CN') returning id", new { slug });
        var version = await connection.QuerySingleAsync<long>(
            "insert into source_version (source_id, version, sha256, raw) values (@source, 1, '', '') returning id", new { source });
        await connection.ExecuteAsync("update source set current_version_id = @version where id = @source", new { source, version });
        await connection.ExecuteAsync(
            "insert into paragraph (source_version_id, position, label, text) values (@version, 1, 'P01', @text)",
            new { version, text = $"前一句。{Secret}在这一句里。后一句。" });
        var keyPoint = await connection.QuerySingleAsync<long>(
            "insert into key_point (source_id, label, position, heading, weight, evidence) values (@source, 'K1', 1, '要点', 3, '[]') returning id", new { source });
        foreach (var (i, question) in questions.Index()) await AddAsync(connection, source, keyPoint, i + 1, question);
    }

    public static SingleChoice Question(int number) => new()
    {
        Stem = $"第 {number} 问：哪一项是对的？",
        Explanation = $"{Secret}解释",
        Evidence = [new Evidence("P01", $"{Secret}在这一句里")],
        Difficulty = 1,
        Options = [new Option("正项", true, $"{Secret}因为对"), new Option("误项一", false, $"{Secret}因为误一"), new Option("误项二", false, $"{Secret}因为误二")],
    };

    /// <summary>What an editor's form of a question sends, but for its hidden fields.</summary>
    public static IEnumerable<(string, string)> Form(Question question)
    {
        var typed = QuestionForm.Of(question);
        return
        [
            ("stem", typed.Stem), ("explanation", typed.Explanation), ("difficulty", typed.Difficulty), ("answer", typed.Answer), ("why", ""),
            .. typed.Options.Index().SelectMany(row => new[] { ($"option{row.Index}", row.Item.Text), ($"reason{row.Index}", row.Item.Why ?? "") }),
            .. typed.Options.Index().Where(row => row.Item.Correct).Select(row => ("correct", $"{row.Index}")),
        ];
    }

    private static async Task AddAsync(NpgsqlConnection connection, long source, long keyPoint, int number, Question body)
    {
        var question = await connection.QuerySingleAsync<long>(
            """
            insert into question (source_id, slug, key_point_id, type, status, origin)
            values (@source, @slug, @keyPoint, @type, 'published', 'written') returning id
            """,
            new { source, slug = $"q{number}", keyPoint, type = QuestionTypes.Of(body) });
        await connection.ExecuteAsync(
            """
            with made as (
              insert into question_version (question_id, version, source_version_id, body, reason)
              select @question, 1, current_version_id, @body::jsonb, 'test' from source where id = @source returning id)
            update question set current_version_id = made.id from made where question.id = @question
            """,
            new { source, question, body = JsonSerializer.Serialize(body, DomainJson.Options) });
    }
}
