using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Tests.KeepBank;

/// <summary>A bank whose questions a test writes one by one.</summary>
internal sealed class EditedBank(NpgsqlDataSource database, string slug, long source, long text)
{
    public long Id => source;

    public string Path => "/banks/" + slug;

    /// <summary>A bank with a text of these paragraphs and two key points, the second below the first.</summary>
    public static async Task<EditedBank> MakeAsync(TestApp app, string slug, params string[] paragraphs)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        var source = await connection.QuerySingleAsync<long>("insert into source (slug, title, publisher, language) values (@slug, @slug, '测试', 'zh-CN') returning id", new { slug });
        var text = await connection.QuerySingleAsync<long>(
            """
            with made as (insert into source_version (source_id, version, sha256, raw) values (@source, 1, '', '') returning id),
            paragraphs as (insert into paragraph (source_version_id, position, label, text) select made.id, n, 'P' || lpad(n::text, 2, '0'), words from made, unnest(@paragraphs) with ordinality as p (words, n)),
            named as (update source set current_version_id = made.id from made where source.id = @source),
            point as (insert into key_point (source_id, label, position, heading, weight, evidence) values (@source, 'K1', 1, '总的要求', 3, '[]') returning id),
            inner_point as (insert into key_point (source_id, label, position, heading, weight, evidence, parent_id) select @source, 'K1.1', 2, '第一点', 3, '[]', id from point)
            select id from made
            """,
            new { source, paragraphs });
        return new EditedBank(app.Database, slug, source, text);
    }

    /// <summary>Adds a question with four options, the first of which is right.</summary>
    public async Task<long> AddAsync(string stem, string point = "K1", string status = "published", params Evidence[] evidence)
    {
        await using var connection = await database.OpenConnectionAsync();
        var body = Question(stem) with { Evidence = evidence };
        var question = await connection.QuerySingleAsync<long>(
            "insert into question (source_id, slug, key_point_id, type, status, origin) select @source, gen_random_uuid()::text, id, 'single_choice', @status, 'written' from key_point where source_id = @source and label = @point returning id",
            new { source, point, status });
        await connection.ExecuteAsync(
            """
            with made as (insert into question_version (question_id, version, source_version_id, body, reason) values (@question, 1, @text, @body::jsonb, 'test') returning id)
            update question set current_version_id = made.id from made where question.id = @question
            """,
            new { question, text, body = JsonSerializer.Serialize<Question>(body, DomainJson.Options) });
        return question;
    }

    public static SingleChoice Question(string stem) => new()
    {
        Stem = stem,
        Explanation = "解析如此",
        Difficulty = 1,
        Evidence = [],
        Options = [new Option("甲项", true), new Option("乙项", false), new Option("丙项", false), new Option("丁项", false)],
    };

    public async Task<T> AskAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await database.OpenConnectionAsync();
        return (await connection.QuerySingleOrDefaultAsync<T>(sql, parameters))!;
    }
}
