using System.Net;
using System.Text;
using System.Text.Json;
using Dapper;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Tests.StudyCards;
using StudyQuiz.App.Tests.TakeSelfTest;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Tests.ExchangeCards;

/// <summary>Decks leave as files, and what comes back joins the log once.</summary>
public sealed class ExchangeTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Form = "/cards/import";

    [Fact]
    public async Task An_exported_package_has_Ankis_tables_and_the_learners_own_scheduling()
    {
        using var learner = await StudiedAsync();
        var package = await ExportAsync(learner.Browser, "apkg&history=1");
        // SQLite tells standard types in capitals, however they were declared
        Assert.Equal(AnkiFile.Schema11, AnkiFile.SchemaOf(package), StringComparer.OrdinalIgnoreCase);

        var notes = AnkiFile.Query(package, "select guid, flds, csum, tags, sfld from notes order by id");
        Assert.Equal(8, notes.Count);
        Assert.Contains("studyquiz/speech/q0/1", notes.Select(note => (string)note[0]));
        var single = notes.Single(note => (string)note[0] == "studyquiz/speech/q0/1");
        var sides = ((string)single[1]).Split('\x1f');
        Assert.Equal(2, sides.Length);
        Assert.Equal(5, sides[0].Split("<br>").Length);
        Assert.Contains("单乙", sides[1], StringComparison.Ordinal);
        Assert.Contains($"依据（P02）：这里{TestBank.Secret}在此句中，还有后半。", sides[1], StringComparison.Ordinal);
        Assert.Equal(" 小要点一 单选 ", single[3]);

        // every card as the database has it, and every review at a time of its own
        var cards = await learner.CardsAsync();
        Assert.Equal(cards.Sum(card => card.Reviews), (int)(long)AnkiFile.Query(package, "select sum(reps) from cards")[0][0]);
        Assert.Equal(cards.Count(card => card.Phase == "review"), (int)(long)AnkiFile.Query(package, "select count(*) from cards where type = 2 and queue = 2 and ivl > 0 and due > 0")[0][0]);
        Assert.Equal(cards.Count(card => card.Phase == "learning"), (int)(long)AnkiFile.Query(package, "select count(*) from cards where type = 1 and queue = 1 and left > 0")[0][0]);
        Assert.Equal(8 - cards.Count, (int)(long)AnkiFile.Query(package, "select count(*) from cards where type = 0 and queue = 0")[0][0]);
        // days, or below zero the seconds of a step
        Assert.Empty(AnkiFile.Query(package, "select 1 from revlog where ivl = 0 or ivl % 60 > 0 and ivl < 0"));
        Assert.Equal((await learner.LogAsync()).Count, (int)(long)AnkiFile.Query(package, "select count(*) from revlog where ease between 1 and 4 and type between 0 and 3")[0][0]);
        var collection = AnkiFile.Query(package, "select ver, conf, models, decks, dconf from col").Single();
        Assert.Equal(11L, collection[0]);
        for (var i = 1; i < 5; i++) JsonDocument.Parse((string)collection[i]).Dispose();
        Assert.Contains("一篇讲话", (string)collection[3], StringComparison.Ordinal);

        // Again: the same guids, and without the wish no history
        var again = await ExportAsync(learner.Browser, "apkg");
        Assert.Equal(notes.Select(note => (note[0], note[1])), AnkiFile.Query(again, "select guid, flds from notes order by id").Select(note => (note[0], note[1])));
        Assert.Empty(AnkiFile.Query(again, "select 1 from revlog"));

        using var stranger = app.Browser();
        var unlearned = await ExportAsync(stranger, "apkg&history=1");
        Assert.Equal([8L, 0L], AnkiFile.Query(unlearned, "select count(*) from cards where type = 0 union all select count(*) from revlog").Select(row => row[0]));
    }

    [Fact]
    public async Task History_goes_to_a_second_learner_makes_the_same_cards_and_comes_once()
    {
        using var first = await StudiedAsync();
        var package = await ExportAsync(first.Browser, "apkg&history=1");
        using var second = new CardLearner(app);
        await second.PackAsync();

        var preview = await UploadAsync(second.Browser, "speech.apkg", package);
        Assert.Contains("将并入 9 条复习记录。", await second.Browser.ReadAsync(preview), StringComparison.Ordinal);
        Assert.Empty(await second.LogAsync());
        var report = await ConfirmAsync(second.Browser, preview);
        Assert.Contains("并入了 9 条复习记录。", report, StringComparison.Ordinal);
        Assert.Equal((await first.LogAsync()).Select(row => (row.Kind, row.Rating, row.Day)), (await second.LogAsync()).Select(row => (row.Kind, row.Rating, row.Day)));
        Assert.All(await second.LogAsync(), row => Assert.Equal("import", row.Origin));
        Assert.Equal(await StatesAsync(first.Id), await StatesAsync(second.Id));

        // The same file again, the form sent again, and the first learner's own file: nothing is added
        using (var sentAgain = await second.Browser.PostFormAsync(preview, [.. await second.Browser.FillInAsync(Form, Form)])) Assert.Equal(HttpStatusCode.Found, sentAgain.StatusCode);
        var secondTime = await UploadAsync(second.Browser, "speech.apkg", package);
        Assert.Contains("将并入 0 条复习记录。另有 9 条早就有了。", await second.Browser.ReadAsync(secondTime), StringComparison.Ordinal);
        Assert.Equal(9, (await second.LogAsync()).Count);
        var own = await UploadAsync(first.Browser, "speech.apkg", package);
        Assert.Contains("将并入 0 条复习记录。", await first.Browser.ReadAsync(own), StringComparison.Ordinal);
        var onward = await UploadAsync(first.Browser, "speech.apkg", await ExportAsync(second.Browser, "apkg&history=1"));
        Assert.Contains("将并入 0 条复习记录。", await first.Browser.ReadAsync(onward), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_of_elsewhere_is_known_by_its_front_in_the_chosen_deck_only()
    {
        using var learner = new CardLearner(app);
        await learner.PackAsync();
        var at = app.Time.GetUtcNow().AddDays(-3);
        var package = new AnkiFile().Note(1, "xyz", "", "卡片 <i>正面</i>", "另一个背面").Review(1, at, 3).Review(1, at.AddDays(1), 0, type: 4).Note(2, "uvw", "", "没有的", "答").Package(3);
        Assert.Contains("将并入 0 条", await learner.Browser.ReadAsync(await UploadAsync(learner.Browser, "a.apkg", package)), StringComparison.Ordinal);
        var preview = await UploadAsync(learner.Browser, "a.apkg", package, "speech");
        var page = await learner.Browser.ReadAsync(preview);
        Assert.Contains("将并入 1 条", page, StringComparison.Ordinal);
        Assert.Contains("没有并入的复习：1 条。", page, StringComparison.Ordinal);
        Assert.Contains("<li>不是评分，是手动改期或重置：1</li>", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains("请把这个文件交给编辑", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        await ConfirmAsync(learner.Browser, preview);
        Assert.Equal(("rated", (short)3, "import"), Assert.Single(await learner.LogAsync()) is var row ? (row.Kind, row.Rating, row.Origin) : default);
        var csv = await learner.Browser.ReadAsync(preview + "/report.csv");
        Assert.Contains("1,认得,,1,0,不是评分，是手动改期或重置：1,", csv, StringComparison.Ordinal);
        Assert.Contains("2,没有加,,0,0,,没有的", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_sent_several_times_at_once_reports_what_the_first_did()
    {
        using var first = new CardLearner(app);
        using var second = new CardLearner(app);
        var pack = await first.PackAsync();
        await first.RateAsync([.. pack.Cards.Select(card => first.Review(card.Version, Rating.Good))]);
        await second.PackAsync();
        var preview = await UploadAsync(second.Browser, "speech.apkg", await ExportAsync(first.Browser, "apkg&history=1"));
        (string Name, string Value)[] fields = [.. await second.Browser.FillInAsync(preview, preview)];
        foreach (var sent in await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => second.Browser.PostFormAsync(preview, fields))))
        {
            using (sent) Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
        }

        Assert.Contains($"并入了 {pack.Cards.Count} 条复习记录。", WebUtility.HtmlDecode(await second.Browser.ReadAsync(preview)), StringComparison.Ordinal);
        Assert.Equal(pack.Cards.Count, (await second.LogAsync()).Count);
    }

    [Fact]
    public async Task A_preview_is_its_learners_alone_and_goes_after_half_an_hour()
    {
        using var learner = new CardLearner(app);
        using var other = new CardLearner(app);
        await learner.PackAsync();
        await other.PackAsync();
        var preview = await UploadAsync(learner.Browser, "a.csv", "正面,背面\n一,二\n"u8.ToArray());
        using (var foreign = await other.Browser.GetAsync(preview)) Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        // Some wait beside each other; one more than five pushes out the oldest, and its page says so
        var second = await UploadAsync(learner.Browser, "b.csv", "正面,背面\n三,四\n"u8.ToArray());
        Assert.Contains("a.csv", await learner.Browser.ReadAsync(preview), StringComparison.Ordinal);
        var third = await UploadAsync(learner.Browser, "c.csv", "正面,背面\n五,六\n"u8.ToArray());
        for (var i = 0; i < 3; i++) await UploadAsync(learner.Browser, "d.csv", "正面,背面\n七,八\n"u8.ToArray());
        using (var pushedOut = await learner.Browser.GetAsync(preview)) Assert.Contains("一个人最多留 5 个", await pushedOut.TextAsync(), StringComparison.Ordinal);
        await learner.Browser.ReadAsync(second);
        preview = third;
        app.Time.Advance(TimeSpan.FromMinutes(31));
        using var late = await learner.Browser.GetAsync(preview);
        Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
        Assert.Contains("没有这个文件了", await late.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_refused_says_why_beside_its_field()
    {
        using var browser = app.Browser();
        using var none = await browser.UploadAsync(Form, Form, null, ("deck", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, none.StatusCode);
        using var web = await browser.UploadAsync(Form, Form, ("a.csv", "<html>"u8.ToArray()), ("deck", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, web.StatusCode);
        Assert.Contains("这是网页", await web.TextAsync(), StringComparison.Ordinal);
        using var deck = await browser.UploadAsync(Form, Form, ("a.csv", "a,b"u8.ToArray()), ("deck", "nowhere"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, deck.StatusCode);
        using var format = await browser.GetAsync("/cards/speech/export?format=exe");
        Assert.Equal(HttpStatusCode.BadRequest, format.StatusCode);
        using var nowhere = await browser.GetAsync("/cards/nowhere/export?format=csv");
        Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
    }

    [Fact]
    public async Task New_rows_become_drafts_for_an_editor_once_and_what_was_edited_stays()
    {
        await SelfTestBank.SeedAsync(app.Database);
        using var editor = await app.SignedInAsync("exchange-editor", Roles.Editor);
        async Task<string> ImportAsync(string back, string previewed)
        {
            var shown = await UploadAsync(editor, "a.tsv", AnkiFile.Utf8($"#separator:tab\n#html:false\n#columns:guid\tfront\tback\n#guid column:1\nn1\t新一\t{back}\nn2\t新二\t=SUM(1)\nn2\t又一个\t乙\n"), "speech");
            // What would change nothing has nothing to tick
            Assert.Equal(previewed is "5,新的" or "5,改动", (await editor.ReadAsync(shown)).Contains("一篇讲话", StringComparison.Ordinal));
            Assert.Contains(previewed, await editor.ReadAsync(shown + "/report.csv"), StringComparison.Ordinal);
            using var sent = await editor.SubmitAsync(shown, shown, ("drafts", "on"));
            Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
            return await editor.ReadAsync(shown + "/report.csv");
        }

        var csv = await ImportAsync("甲", "5,新的");
        Assert.Contains("5,加为草稿,,0,0,,新一", csv, StringComparison.Ordinal);
        Assert.Contains("7,不能用,和第 6 条（行）重复,0,0,,又一个", csv, StringComparison.Ordinal);
        Assert.Contains("5,更新了草稿", await ImportAsync("乙", "5,改动"), StringComparison.Ordinal);

        await using var connection = await app.Database.OpenConnectionAsync();
        var drafts = (await connection.QueryAsync<(long Id, string Type, string Status, string Origin, string Heading, string Back)>(
            """
            select q.id, q.type, q.status, q.origin, k.heading, v.body->>'back' from question q join key_point k on k.id = q.key_point_id join question_version v on v.id = q.current_version_id
            where q.slug like 'imported-%' order by q.id
            """)).AsList();
        Assert.Equal([("flashcard", "draft", "written", "导入", "乙"), ("flashcard", "draft", "written", "导入", "=SUM(1)")], drafts.Select(d => (d.Type, d.Status, d.Origin, d.Heading, d.Back)));
        Assert.Contains("新一", await editor.ReadAsync($"/banks/speech/review?q={drafts[0].Id}"), StringComparison.Ordinal);

        await connection.ExecuteAsync(
            """
            with edited as (
              insert into question_version (question_id, version, source_version_id, body, reason)
              select question_id, 9, source_version_id, jsonb_set(body, '{back}', '"丙"'), 'edit' from question_version where question_id = @Id and version = 2 returning id)
            update question set current_version_id = edited.id from edited where question.id = @Id
            """,
            new { drafts[0].Id });
        Assert.Contains("5,草稿改过，没有动", await ImportAsync("丁", "5,草稿改过，没有动"), StringComparison.Ordinal);

        // Published it is a question like the others, found by its guid
        await connection.ExecuteAsync("update question set status = 'published' where id = @Id", new { drafts[0].Id });
        Assert.Contains("5,认得", await ImportAsync("丁", "5,认得"), StringComparison.Ordinal);
        await connection.ExecuteAsync("update question set status = 'draft' where id = @Id", new { drafts[0].Id });

        // A learner's tick adds nothing
        using var learner = new CardLearner(app);
        await learner.PackAsync();
        var preview = await UploadAsync(learner.Browser, "a.csv", "front,back\n学员的,答\n"u8.ToArray(), "speech");
        Assert.Contains("请把这个文件交给编辑", await learner.Browser.ReadAsync(preview), StringComparison.Ordinal);
        using var tried = await learner.Browser.PostFormAsync(preview, [("drafts", "on"), .. await learner.Browser.FillInAsync(preview, preview)]);
        Assert.Equal(0, await connection.QuerySingleAsync<int>("select count(*)::int from question_version where body->>'stem' = '学员的'"));
    }

    [Fact]
    public async Task Tables_come_back_as_the_questions_that_they_left_as()
    {
        await SelfTestBank.SeedAsync(app.Database);
        using var browser = app.Browser();
        var csv = await ExportAsync(browser, "csv");
        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), csv[..3]);
        var tsv = await ExportAsync(browser, "tsv");
        Assert.StartsWith("#separator:tab\n#html:false\n#columns:guid\tfront\tback\ttags\n#guid column:1\n", Encoding.UTF8.GetString(tsv), StringComparison.Ordinal);
        foreach (var (name, bytes) in new[] { ("a.csv", csv), ("a.tsv", tsv) })
        {
            var page = WebUtility.HtmlDecode(await browser.ReadAsync(await UploadAsync(browser, name, bytes)));
            Assert.Contains("是这里的题，只并入复习记录。</span></p></div><b>8</b>", page, StringComparison.Ordinal);
            Assert.DoesNotContain("不能用", page, StringComparison.Ordinal);
        }
    }

    // Four cards: on steps, in days, lapsed, and one that a self-test asked
    private async Task<CardLearner> StudiedAsync()
    {
        var learner = new CardLearner(app);
        var cards = (await learner.PackAsync()).Cards.OrderBy(card => card.Question).ToList();
        var start = app.Time.GetUtcNow().AddDays(-40);
        await learner.RateAsync(
            learner.Review(cards[0].Version, Rating.Good, at: start),
            learner.Review(cards[1].Version, Rating.Easy, at: start.AddSeconds(1)),
            learner.Review(cards[1].Version, Rating.Good, at: start.AddDays(9)),
            learner.Review(cards[2].Version, Rating.Easy, at: start.AddMinutes(3)),
            learner.Review(cards[2].Version, Rating.Again, at: start.AddDays(8)),
            learner.Review(cards[2].Version, Rating.Good, at: start.AddDays(8).AddMinutes(12)),
            learner.Review(cards[2].Version, Rating.Hard, at: start.AddDays(11)));
        await using var connection = await app.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await CardLog.AddAsync(
            connection, learner.Id, ReviewOrigins.SelfTest,
            [CardLog.Assessed(Guid.NewGuid(), cards[3].Version, isRight: false, start.AddSeconds(2)), CardLog.Assessed(Guid.NewGuid(), cards[3].Version, isRight: true, start.AddDays(2))], app.Time.GetUtcNow());
        await transaction.CommitAsync();
        return learner;
    }

    private async Task<IReadOnlyList<(long, string, double, double, int, int, int, DateTime)>> StatesAsync(Guid learner)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        return (await connection.QueryAsync<(long, string, double, double, int, int, int, DateTime)>(
            "select question_id, phase, stability, difficulty, step, reviews, lapses, last_at from card where learner_id = @learner order by question_id", new { learner })).AsList();
    }

    private static async Task<byte[]> ExportAsync(TestBrowser browser, string format)
    {
        using var response = await browser.GetAsync($"/cards/speech/export?format={format}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsByteArrayAsync();
    }

    /// <returns>The preview's address.</returns>
    private static async Task<string> UploadAsync(TestBrowser browser, string name, byte[] bytes, string deck = "")
    {
        using var sent = await browser.UploadAsync(Form, Form, (name, bytes), ("deck", deck));
        Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
        return sent.Headers.Location!.ToString();
    }

    private static async Task<string> ConfirmAsync(TestBrowser browser, string preview)
    {
        using var sent = await browser.SubmitAsync(preview, preview);
        Assert.Equal((HttpStatusCode.Found, preview), (sent.StatusCode, sent.Headers.Location!.ToString()));
        return WebUtility.HtmlDecode(await browser.ReadAsync(preview));
    }
}
