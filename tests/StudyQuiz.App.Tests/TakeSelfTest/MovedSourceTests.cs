using Dapper;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Tests.TakeSelfTest;

public sealed class MovedSourceTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_result_quotes_the_text_that_its_questions_were_written_for()
    {
        using var attempt = await Attempting.StartAsync(app);
        var statement = await attempt.AskedAsync<TrueFalse>();
        await using (var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            await connection.ExecuteAsync(
                """
                with made as (
                  insert into source_version (source_id, version, sha256, raw) select id, 2, '', '' from source where slug = @Slug returning id, source_id),
                told as (
                  insert into paragraph (source_version_id, position, label, text) select id, 1, 'P02', '换了另一句。' from made)
                update source set current_version_id = made.id from made where source.id = made.source_id
                """,
                new { SelfTestBank.Slug });
        }

        await attempt.HandInAsync();
        Assert.Contains(
            $"这里<mark>{TestBank.Secret}在此句中</mark>，还有后半。", await attempt.Browser.ReadAsync($"{attempt.Path}/result?show=all"), StringComparison.Ordinal);
        var source = await attempt.Browser.ReadAsync($"/sources/{SelfTestBank.Slug}?mark={statement.Version}");
        Assert.Contains("换了另一句。", source, StringComparison.Ordinal);
        Assert.DoesNotContain("<mark>", source, StringComparison.Ordinal);
    }
}
