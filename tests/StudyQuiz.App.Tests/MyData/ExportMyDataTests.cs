using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Dapper;
using StudyQuiz.App.Features.MyData;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Tests.MyData;

public sealed class ExportMyDataTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_download_holds_everything_of_whoever_asks_and_nothing_of_others()
    {
        using var other = await Person.WhoStudiedAsync(app);
        using var person = await Person.WhoStudiedAsync(app);
        Assert.Contains("作答记录 2 条", await person.Browser.ReadAsync("/my-data"), StringComparison.Ordinal);

        using var answer = await person.Browser.GetAsync("/my-data/export?format=json");
        Assert.Equal(("application/json", "no-store"), (answer.Content.Headers.ContentType!.MediaType, answer.Headers.CacheControl!.ToString()));
        Assert.Equal("studyquiz-20261124.json", answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.DoesNotContain(other.Attempt.ToString(), text, StringComparison.Ordinal);
        var file = JsonDocument.Parse(text).RootElement;
        Assert.Equal(ExportSections.All.Select(section => section.Name), file.EnumerateObject().Select(table => table.Name));
        Assert.Empty(file.GetProperty("account").EnumerateArray());
        Assert.Equal(person.Id, Single("learner").GetProperty("id").GetGuid());
        Assert.Equal(person.Attempt, Single("attempts").GetProperty("id").GetGuid());
        var answered = file.GetProperty("attempt_answers").EnumerateArray().Single(row => row.GetProperty("answer").ValueKind == JsonValueKind.Object);
        Assert.Equal(1m, answered.GetProperty("credit").GetDecimal());
        Assert.NotEmpty(answered.GetProperty("stem").GetString()!);
        Assert.Equal(["cards", "self_test"], file.GetProperty("reviews").EnumerateArray().Select(row => row.GetProperty("origin").GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal((await person.RowsAsync())["card"], file.GetProperty("cards").GetArrayLength());
        Assert.Equal((Person.Note, true), (Single("marks_and_notes").GetProperty("note").GetString(), Single("marks_and_notes").GetProperty("favourite").GetBoolean()));
        Assert.Equal("这里有错字", Single("flags").GetProperty("words").GetString());
        Assert.Equal(Person.Nickname, Single("seats_in_games").GetProperty("nickname").GetString());
        Assert.Equal(0, Single("answers_in_games").GetProperty("answer").GetProperty("chosen")[0].GetInt32());

        JsonElement Single(string table) => file.GetProperty(table).EnumerateArray().Single();
    }

    [Fact]
    public async Task The_zip_has_a_table_a_file_which_a_spreadsheet_opens_and_does_not_run()
    {
        using var person = await Person.WhoStudiedAsync(app);
        using var answer = await person.Browser.GetAsync("/my-data/export?format=zip");
        Assert.Equal("application/zip", answer.Content.Headers.ContentType!.MediaType);
        using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync(Cancel));
        Assert.Equal(ExportSections.All.Select(section => section.Name + ".csv"), zip.Entries.Select(entry => entry.FullName));
        var marks = await ReadAsync(zip, "marks_and_notes.csv");
        Assert.StartsWith("\uFEFFsource,question,favourite,", marks, StringComparison.Ordinal);
        Assert.Contains("\"'=HYPERLINK(\"\"x\"\") 我的笔记\"", marks, StringComparison.Ordinal);
        Assert.Equal(3, (await ReadAsync(zip, "reviews.csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task With_an_account_it_holds_what_the_account_did_too()
    {
        using var editor = await app.SignedInAsync("exporter", Roles.Editor);
        using var person = await Person.WhoStudiedAsync(app);
        await using var connection = await app.Database.OpenConnectionAsync(Cancel);
        await connection.ExecuteAsync("insert into question_version (question_id, version, source_version_id, body, reason, created_by) select question_id, version + 1, source_version_id, body, 'edit', @me from question_version order by id desc limit 1", new { me = await app.AccountIdAsync("exporter") });
        var file = JsonDocument.Parse(await editor.ReadAsync("/my-data/export?format=json")).RootElement;
        Assert.Equal("exporter", file.GetProperty("account")[0].GetProperty("user_name").GetString());
        Assert.Equal("editor", file.GetProperty("roles")[0].GetProperty("role").GetString());
        Assert.Equal(1, file.GetProperty("questions_edited").GetArrayLength());
        Assert.Equal(0, file.GetProperty("reviews").GetArrayLength());
    }

    [Theory]
    [InlineData("/my-data/export?format=json")]
    [InlineData("/my-data/export?format=xml")]
    [InlineData("/my-data/export")]
    public async Task Who_has_nothing_here_gets_no_file_and_begins_nothing_by_asking(string path)
    {
        using var stranger = app.Browser();
        using var asked = await stranger.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, asked.StatusCode);
        Assert.Contains("这里还没有你的任何记录", await stranger.ReadAsync("/my-data"), StringComparison.Ordinal);
        Assert.Null(stranger.Cookies.GetAllCookies()["sq-device"]);
    }

    [Fact]
    public async Task Every_table_that_tells_of_a_person_is_known()
    {
        await using var connection = await app.Database.OpenConnectionAsync(Cancel);
        var refer = (await connection.QueryAsync<string>(
            "select distinct conrelid::regclass::text from pg_constraint where contype = 'f' and confrelid = 'learner'::regclass and conrelid <> 'capability_link'::regclass")).Order(StringComparer.Ordinal);
        Assert.Equal(Person.Tables, refer);
        var statements = string.Join('\n', ExportSections.All.Select(section => section.Sql));
        Assert.All(Person.Tables, table => Assert.Contains($" {table} ", statements, StringComparison.Ordinal));
        // What a person made under their account; secrets and sessions are nobody's history
        var made = await connection.QueryAsync<string>(
            """
            select distinct conrelid::regclass::text from pg_constraint
            where contype = 'f' and confrelid = 'account'::regclass and conrelid <> all('{learner, capability_link}'::regclass[])
            """);
        Assert.All(made, table => Assert.Contains($" {table} ", statements, StringComparison.Ordinal));
    }

    private static async Task<string> ReadAsync(ZipArchive zip, string name)
    {
        await using var stream = await zip.GetEntry(name)!.OpenAsync(Cancel);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, Cancel);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
