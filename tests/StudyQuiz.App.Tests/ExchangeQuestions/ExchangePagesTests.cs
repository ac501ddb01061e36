using System.Net;
using System.Text;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using StudyQuiz.App.Features.ExchangeQuestions;
using StudyQuiz.App.Features.ExchangeQuestions.Formats;
using StudyQuiz.App.Features.ImportBank;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Tests.ImportBank;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Tests.ExchangeQuestions;

public sealed class ExchangePagesTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task An_editor_sees_every_row_first_chooses_and_stores_once()
    {
        await BankAsync("pages");
        using var editor = await app.SignedInAsync("page-editor", Roles.Editor);
        var form = "/banks/pages/import";
        const string csv = "编号,题型,题干,A,B,答案\nwater,简答,河水怎样？,,,清而急\n,单选,哪一个是对的呢？,甲,乙,A\n,单选,哪一个是对的？,甲,丙,A\n,判断,不会的,,,也许\n,单选,=HYPERLINK(1),甲,乙,A\n";

        using var sent = await editor.UploadAsync(form, form, ("题目.csv", Encoding.UTF8.GetBytes(csv)), ("text", ""), ("format", ""));
        Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
        var preview = sent.Headers.Location!.ToString();
        var page = WebUtility.HtmlDecode(await editor.ReadAsync(preview));

        Assert.Contains("还没有写入任何内容", page, StringComparison.Ordinal);
        foreach (var says in new[] { "第 5 行", "“答案”是“也许”，只认 √、×、对、错。", "题干是公式，按安全规则不收。", "<del>清、急</del><ins>清而急</ins>", "没有依据，会以草稿进库。", "与第 3 行“哪一个是对的呢？”近似", "预选：新题 1，新版 1；近似 1 条跳过" }) Assert.Contains(says, page, StringComparison.Ordinal);
        Assert.Equal(3, (await LoadAsync("pages")).Questions.Count);
        Assert.Contains("行,原因,内容\r\n5,", Encoding.UTF8.GetString(await (await editor.GetAsync(preview + "/refused.csv")).Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);

        // the changed one is left out, the one that is alike comes in
        foreach (var _ in new[] { 1, 2 })
        {
            using var confirmed = await editor.PostFormAsync(preview, [.. await editor.FillInAsync(form, form), ("row0", "Skip"), ("row1", "Take"), ("row2", "TakeAsEnemy")]);
            Assert.Equal(preview, confirmed.Headers.Location!.ToString());
        }

        Assert.Contains("新题 2，新版 0，已经写入。", WebUtility.HtmlDecode(await editor.ReadAsync(preview)), StringComparison.Ordinal);
        var bank = await LoadAsync("pages");
        Assert.Equal((5, "清、急"), (bank.Questions.Count, ((Domain.Questions.Flashcard)bank.Questions[0].Body).Back));
        Assert.Equal([bank.Questions[3].Id], bank.Questions[4].Enemies);
        Assert.All(bank.Questions.Skip(3), question => Assert.Equal(QuestionStatus.Draft, question.Status));
        Assert.Contains("这道题没有依据", WebUtility.HtmlDecode(await editor.ReadAsync("/banks/pages/review")), StringComparison.Ordinal);
        using var admin = await app.SignedInAsync("page-admin", Roles.Admin);
        var record = WebUtility.HtmlDecode(await admin.ReadAsync("/audit?of=bank/pages"));
        Assert.Contains("page-editor</a> 往题库导入了题：", record, StringComparison.Ordinal);
        Assert.Contains("<dt>存入</dt><dd>2</dd>", record, StringComparison.Ordinal);
        Assert.Equal(2, record.Split("往题库导入了题：").Length);

        // Where a second person is asked for, the report says what waits; what lies in the trash is not changed by a file either
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync("update workflow_setting set two_people = true");
        var report = await AgainAsync();
        Assert.Contains("其中 1 题等另一位编辑批准", report, StringComparison.Ordinal);
        Assert.Contains("</svg>等别人批准<", report, StringComparison.Ordinal);
        await connection.ExecuteAsync("update workflow_setting set two_people = false; update question set trashed_at = now(), trashed_from = status, status = 'retired' where slug = 'water'");
        Assert.Contains("题库里这道题在回收站", await AgainAsync(), StringComparison.Ordinal);

        async Task<string> AgainAsync()
        {
            using var again = await editor.UploadAsync(form, form, ("题目.csv", "编号,题型,题干,答案\nwater,简答,河水怎样？,清而急\n"u8.ToArray()), ("text", ""), ("format", ""));
            var path = again.Headers.Location!.ToString();
            using var _ = await editor.PostFormAsync(path, [.. await editor.FillInAsync(form, form), ("row0", "Take")]);
            return WebUtility.HtmlDecode(await editor.ReadAsync(path));
        }
    }

    [Fact]
    public async Task What_can_not_be_read_is_said_in_the_form_with_what_was_pasted()
    {
        await BankAsync("refused");
        using var editor = await app.SignedInAsync("refused-editor", Roles.Editor);
        const string form = "/banks/refused/import";

        using var nothing = await editor.UploadAsync(form, form, null, ("text", " "), ("format", ""));
        using var torn = await editor.UploadAsync(form, form, null, ("text", "<quiz>\n<question>"), ("format", ""));
        using var aiken = await editor.UploadAsync(form, form, null, ("text", "一问\nA. 甲\nB. 乙\nANSWER: C\n"), ("format", "aiken"));
        using var unknown = await editor.UploadAsync(form, form, null, ("text", "x"), ("format", "pdf"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Found, HttpStatusCode.BadRequest), (nothing.StatusCode, torn.StatusCode, aiken.StatusCode, unknown.StatusCode));
        Assert.Contains("还没有选文件，也没有粘贴文字。", await nothing.TextAsync(), StringComparison.Ordinal);
        var said = await torn.TextAsync();
        Assert.Contains("XML 写错了", said, StringComparison.Ordinal);
        Assert.Contains("\n<quiz>\n<question>", said, StringComparison.Ordinal);
        var page = WebUtility.HtmlDecode(await editor.ReadAsync(aiken.Headers.Location!.ToString()));
        Assert.Contains("这个文件一题也不能收", page, StringComparison.Ordinal);
        Assert.DoesNotContain("写入所选", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_that_nothing_names_are_chosen_by_hand()
    {
        await BankAsync("mapped");
        using var editor = await app.SignedInAsync("mapping-editor", Roles.Editor);
        const string form = "/banks/mapped/import";
        using var sent = await editor.UploadAsync(form, form, ("别人的.csv", Encoding.UTF8.GetBytes("内容,第一,第二,对的那个\n哪条河最清？,甲河,乙河,A\n哪条河最急？,甲河,乙河,B\n")), ("text", ""), ("format", ""));
        var first = sent.Headers.Location!.ToString();
        var page = WebUtility.HtmlDecode(await editor.ReadAsync(first));
        Assert.Contains("对的那个", page, StringComparison.Ordinal);
        using var missing = await editor.SubmitAsync(first, first + "/columns", ("column0", "stem"));
        Assert.Contains("至少要有题干和答案", WebUtility.HtmlDecode(await editor.ReadAsync(missing.Headers.Location!.ToString())), StringComparison.Ordinal);
        using var read = await editor.SubmitAsync(first, first + "/columns", ("column0", "stem"), ("column1", "option:A"), ("column2", "option:B"), ("column3", "answer"));
        var preview = read.Headers.Location!.ToString();
        Assert.Contains("预选：新题 2", WebUtility.HtmlDecode(await editor.ReadAsync(preview)), StringComparison.Ordinal);
        using var confirmed = await editor.PostFormAsync(preview, [.. await editor.FillInAsync(form, form)]);
        var question = Assert.IsType<Domain.Questions.SingleChoice>((await LoadAsync("mapped")).Questions[^1].Body);
        Assert.Equal(("哪条河最急？", "乙河"), (question.Stem, question.Options.Single(option => option.Correct).Text));
    }

    [Fact]
    public async Task Only_editors_come_here_and_each_sees_their_own_files()
    {
        await BankAsync("guarded");
        using var one = await app.SignedInAsync("guard-one", Roles.Editor);
        using var other = await app.SignedInAsync("guard-other", Roles.Editor);
        using var host = await app.SignedInAsync("guard-host", Roles.Host);
        const string form = "/banks/guarded/import";
        using var sent = await one.UploadAsync(form, form, null, ("text", "1. 问\n答案：答"), ("format", ""));
        var preview = sent.Headers.Location!.ToString();

        foreach (var path in new[] { form, preview, "/banks/guarded/export?format=csv", form + "/template.xlsx", preview + "/refused.csv" })
        {
            Assert.Equal(HttpStatusCode.OK, (await one.GetAsync(path)).StatusCode);
            Assert.NotEqual(HttpStatusCode.OK, (await host.GetAsync(path)).StatusCode);
            Assert.NotEqual(HttpStatusCode.OK, (await app.Browser().GetAsync(path)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(preview)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await one.GetAsync("/banks/none/import")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await one.GetAsync("/banks/guarded/export?format=pdf")).StatusCode);
    }

    [Theory]
    [InlineData("xlsx")]
    [InlineData("docx")]
    [InlineData("apkg")]
    [InlineData("qti")]
    [InlineData("kahoot")]
    public async Task What_is_downloaded_can_be_uploaded_and_previewed(string name)
    {
        await BankAsync("down-" + name);
        await using (var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            var file = ReadQuestions.Of(new GivenFile("1. 哪一个对？\nA. 甲\nB. 乙\n答案：A\n"u8.ToArray(), "a.txt"), null, DateTimeOffset.UnixEpoch);
            await ImportQuestions.StoreAsync(app.Database, file, "down-" + name, (_, _) => RowChoice.Take, null, app.Time.GetUtcNow(), TestContext.Current.CancellationToken);
        }

        using var editor = await app.SignedInAsync("down-" + name, Roles.Editor);
        var form = $"/banks/down-{name}/import";
        using var download = await editor.GetAsync($"/banks/down-{name}/export?format={name}&all=1");
        using var sent = await editor.UploadAsync(form, form, ("bank" + QuestionFormat.Find(name)!.Extension, await download.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)), ("text", ""), ("format", ""));

        var page = WebUtility.HtmlDecode(await editor.ReadAsync(sent.Headers.Location!.ToString()));
        Assert.Contains(name == "kahoot" ? "不变 1" : "不变 4", page, StringComparison.Ordinal);
        Assert.DoesNotContain("新增 ", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_template_is_read_by_what_it_is_for()
    {
        var zh = ReadQuestions.Of(new GivenFile(QuestionTemplate.Write(isChinese: true), "t.xlsx"), null, DateTimeOffset.UnixEpoch);
        // it has the columns and no question yet
        Assert.Equal(("xlsx", "NoQuestions"), (zh.Format, zh.Rows[0].Refusal!.Code));
    }

    private async Task BankAsync(string slug) => await app.Services.GetRequiredService<BankImporter>().ImportAsync(SmallBank.Create(slug), SmallBank.Raw, cancellation: TestContext.Current.CancellationToken);

    private async Task<BankFile> LoadAsync(string slug)
    {
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        return (await ExportedBank.LoadAsync(connection, slug))!.Bank;
    }
}
