using System.Net;
using System.Text;
using StudyQuiz.App.Features.GenerateBank;
using StudyQuiz.App.Platform;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.GenerateBank;

/// <summary>From the form to a stored draft, and every way in which it is refused.</summary>
public sealed class NewBankTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly Encoding _gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    [Fact]
    public async Task Only_editors_and_admins_make_banks()
    {
        using var anyone = app.Browser();
        using var asked = await anyone.GetAsync(Editor.Form);
        Assert.Equal("/sign-in?returnUrl=%2Fbanks%2Fnew", asked.Headers.Location?.PathAndQuery);
        using var sent = await anyone.PostFormAsync(Editor.Form, ("text", Editor.Talk));
        Assert.Equal(HttpStatusCode.Found, sent.StatusCode);

        using var host = await app.SignedInAsync("host-only", Roles.Host, Roles.Learner);
        foreach (var path in (string[])[Editor.Form, "/banks/some/review", "/banks/some/report", "/banks/some/report.json"])
        {
            using var refused = await host.GetAsync(path);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        Assert.DoesNotContain("/banks/new", await host.ReadAsync("/"), StringComparison.Ordinal);
        using var admin = await app.SignedInAsync("making-admin", Roles.Admin);
        Assert.Contains("从文本出题", WebUtility.HtmlDecode(await admin.ReadAsync("/")), StringComparison.Ordinal);
        Assert.Contains("从文本出题", WebUtility.HtmlDecode(await admin.ReadAsync(Editor.Form)), StringComparison.Ordinal);
    }

    public static TheoryData<string, byte[], string> BadFiles() => new()
    {
        { "空.txt", [], "里没有文字" },
        { "白.txt", Encoding.UTF8.GetBytes(" \r\n　 "), "里没有文字" },
        { "报告.pdf", Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj"), "不是 .txt 或 .docx" },
        { "图.txt", [.. Enumerable.Range(0, 4000).Select(i => (byte)(i * 7))], "不是文本文件" },
        { "乱.txt", [.. Enumerable.Repeat<byte>(0xFF, 3).Concat(Encoding.ASCII.GetBytes("plain words and more")).Append((byte)0x80)], "读不出来" },
        { "坏.docx", [.. "PK\u0003\u0004"u8.ToArray(), .. new byte[200]], "打不开" },
        { "长.txt", Encoding.UTF8.GetBytes(new string('长', 500_001)), "太长，最多 500,000 字" },
        { "大.txt", Encoding.ASCII.GetBytes(new string('a', 4 * 1024 * 1024 + 1)), "文件太大" },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public async Task A_file_that_is_no_source_is_refused_in_place_and_nothing_is_stored(string fileName, byte[] bytes, string message)
    {
        using var editor = await Editor.SignInAsync(app, $"bad-{Guid.NewGuid():N}"[..16]);
        var before = await editor.CountAsync("source");
        using var refused = await editor.UploadAsync(fileName, bytes, ("title", "要留住的标题"), ("slug", "kept-name"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var page = await refused.TextAsync();
        Assert.Contains(message, page, StringComparison.Ordinal);
        Assert.Contains("id=\"file-error\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"要留住的标题\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"kept-name\"", page, StringComparison.Ordinal);
        Assert.Equal(before, await editor.CountAsync("source"));
    }

    [Fact]
    public async Task A_request_beyond_every_limit_is_answered_before_it_is_read()
    {
        using var editor = await Editor.SignInAsync(app, "giant");
        using var refused = await editor.UploadAsync("大.docx", new byte[26 * 1024 * 1024]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        Assert.Contains("文件太大", await refused.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_field_says_what_is_wrong_with_it_and_a_files_text_is_kept()
    {
        using var editor = await Editor.SignInAsync(app, "fields");
        using var neither = await editor.PasteAsync("  ");
        Assert.Contains("还没有原文", await neither.TextAsync(), StringComparison.Ordinal);
        using var both = await editor.Browser.UploadAsync(Editor.Form, Editor.Form, ("a.txt", "文字。"u8.ToArray()), ("text", "粘贴的文字。"));
        Assert.Contains("只能用一个", await both.TextAsync(), StringComparison.Ordinal);

        using var fields = await editor.UploadAsync("讲话.txt", Encoding.UTF8.GetBytes(Editor.Talk), ("slug", "Not A Name"), ("published", "5月1日"), ("title", new string('长', 201)));
        var page = await fields.TextAsync();
        Assert.Contains("地址名只能用小写", page, StringComparison.Ordinal);
        Assert.Contains("日期写成 2026-05-01", page, StringComparison.Ordinal);
        Assert.Contains("标题要写在一行里", page, StringComparison.Ordinal);
        Assert.Contains("文件“讲话.txt”里的文字已经放在这里", page, StringComparison.Ordinal);
        Assert.Contains("第二，照顾好行动不便的老人。", page, StringComparison.Ordinal);

        using var empty = await editor.PasteAsync("1\n\n2\n\n3");
        await Until.TrueAsync(async () => (await (await editor.Browser.GetAsync(empty.Headers.Location!.ToString())).TextAsync()).Contains("什么都", StringComparison.Ordinal), "the page says that nothing is left");
        Assert.Equal(0, await editor.CountAsync("generation where made_by in (select id from account where user_name = 'fields')"));
    }

    [Fact]
    public async Task A_text_that_gives_no_question_is_told_why_sentence_by_sentence()
    {
        using var editor = await Editor.SignInAsync(app, "whynot");
        using var sent = await editor.PasteAsync("各位朋友！今天天气不错。有人认为明天会下雨。");
        var page = "";
        await Until.TrueAsync(
            async () => (page = WebUtility.HtmlDecode(await (await editor.Browser.GetAsync(sent.Headers.Location!.ToString())).TextAsync())).Contains("出不了题", StringComparison.Ordinal),
            "the page says that there is no question");
        Assert.Contains("称呼或致谢（1）", page, StringComparison.Ordinal);
        Assert.Contains("<b>P01</b> 今天天气不错。", page, StringComparison.Ordinal);
        Assert.Contains("别人的看法、文中否定的说法，或只是提问（1）", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_names_the_sentences_that_nothing_is_asked_about()
    {
        using var editor = await Editor.SignInAsync(app, "unasked");
        using var sent = await editor.PasteAsync("果园今年栽下300棵橘树。今天天气不错。", ("slug", "unasked"), ("title", "果园"));
        var review = await editor.ReviewOfAsync(sent);
        var report = WebUtility.HtmlDecode(await editor.Browser.ReadAsync(review.Replace("/review", "/report", StringComparison.Ordinal)));
        Assert.Contains("没有可考事实的句子", report, StringComparison.Ordinal);
        Assert.Contains("<b>P01</b> 今天天气不错。", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_English_page_refuses_in_English()
    {
        using var editor = await Editor.SignInAsync(app, "english");
        editor.Browser.Cookies.Add(app.Address, new Cookie("lang", "en"));
        using var refused = await editor.UploadAsync("report.pdf", "%PDF-1.7"u8.ToArray());
        Assert.Contains("“report.pdf” is neither .txt nor .docx", await refused.TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gb")]
    [InlineData("utf8")]
    [InlineData("docx")]
    public async Task A_file_becomes_a_draft_with_what_the_text_says_of_itself(string kind)
    {
        using var editor = await Editor.SignInAsync(app, $"file-{kind}");
        var (name, bytes) = kind switch
        {
            "gb" => ("讲话.txt", _gb18030.GetBytes(Editor.Talk)),
            "utf8" => ("讲话.txt", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Editor.Talk)]),
            _ => ("讲话.docx", Editor.Docx(Editor.Talk)),
        };
        using var sent = await editor.UploadAsync(name, bytes);
        var review = await editor.ReviewOfAsync(sent);
        Assert.Matches("^/banks/text-20261124(-[23])?/review$", review);
        var page = WebUtility.HtmlDecode(await editor.Browser.ReadAsync(review));
        Assert.Contains("收下 0，不要 0，还剩", page, StringComparison.Ordinal);
        Assert.Contains("把好食材关", page, StringComparison.Ordinal);
        var report = WebUtility.HtmlDecode(await editor.Browser.ReadAsync(review.Replace("/review", "/report", StringComparison.Ordinal)));
        Assert.Contains("清河社区报", report, StringComparison.Ordinal);
        Assert.Contains("2026-05-12", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sending_the_form_twice_makes_one_bank()
    {
        using var editor = await Editor.SignInAsync(app, "twice");
        (string, string)[] form = [.. await editor.Browser.FillInAsync(Editor.Form, Editor.Form, ("text", Editor.Talk), ("slug", "twice"))];
        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => editor.Browser.PostFormAsync(Editor.Form, form)));
        foreach (var answer in answers) Assert.Equal("/banks/twice/review", await editor.ReviewOfAsync(answer));
        using var later = await editor.Browser.PostFormAsync(Editor.Form, form);
        Assert.Equal("/banks/twice/review", later.Headers.Location?.ToString());
        Assert.Equal(1, await editor.CountAsync("generation g join source s on s.id = g.source_id where s.slug = 'twice'"));
        Assert.Equal(1, await editor.CountAsync("audit where act = 'bank.made' and object = 'bank/twice' and (details ->> 'questions')::int > 0"));
    }

    [Fact]
    public async Task A_form_gone_back_to_with_another_text_makes_another_bank()
    {
        using var editor = await Editor.SignInAsync(app, "back");
        var form = (await editor.Browser.FillInAsync(Editor.Form, Editor.Form, ("slug", "back-one"))).ToList();
        using var first = await editor.Browser.PostFormAsync(Editor.Form, [.. form, ("text", Editor.Talk)]);
        Assert.Equal("/banks/back-one/review", await editor.ReviewOfAsync(first));

        form[form.FindIndex(field => field.Name == "slug")] = ("slug", "back-two");
        using var second = await editor.Browser.PostFormAsync(Editor.Form, [.. form, ("text", Editor.Talk.Replace("三百", "四百", StringComparison.Ordinal))]);
        Assert.Equal("/banks/back-two/review", await editor.ReviewOfAsync(second));
    }

    [Fact]
    public async Task Editors_whose_texts_would_be_named_alike_each_get_a_bank()
    {
        using var one = await Editor.SignInAsync(app, "alike-one");
        using var other = await Editor.SignInAsync(app, "alike-other");
        (string, string) title = ("title", "Named Alike");
        var sent = await Task.WhenAll(one.PasteAsync(Editor.Talk, title), other.PasteAsync(Editor.Talk, title));
        string[] reviews = [await one.ReviewOfAsync(sent[0]), await other.ReviewOfAsync(sent[1])];
        Assert.Equal(["/banks/named-alike-2/review", "/banks/named-alike/review"], reviews.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_refused_text_is_kept_for_an_hour_and_no_longer()
    {
        using var editor = await Editor.SignInAsync(app, "hour");
        using var sent = await editor.PasteAsync("1\n\n2\n\n3");
        var address = sent.Headers.Location!.ToString();
        await Until.TrueAsync(async () => (await (await editor.Browser.GetAsync(address)).TextAsync()).Contains("出不了题", StringComparison.Ordinal), "the page says that there is no question");
        app.Time.Advance(Generations.Kept + TimeSpan.FromMinutes(1));
        using var gone = await editor.Browser.GetAsync(address);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task A_name_that_is_taken_is_refused_and_the_bank_of_that_name_is_left_alone()
    {
        using var editor = await Editor.SignInAsync(app, "taken");
        await editor.MakeAsync("taken");
        var questions = await editor.QuestionsAsync("taken");
        using var refused = await editor.PasteAsync("另一篇文字。" + Editor.Talk, ("slug", "taken"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var page = await refused.TextAsync();
        Assert.Contains("地址名“taken”已经有题库了", page, StringComparison.Ordinal);
        Assert.Contains("另一篇文字。", page, StringComparison.Ordinal);
        Assert.Equal(questions, await editor.QuestionsAsync("taken"));
    }

    [Fact]
    public async Task A_long_text_is_waited_for_stopped_and_gone_after_a_restart()
    {
        using var editor = await Editor.SignInAsync(app, "patient");
        var text = Long(400_000);
        using var sent = await editor.PasteAsync(text, ("title", "很长的一篇"));
        var waiting = sent.Headers.Location!.ToString();
        Assert.StartsWith("/banks/new/", waiting, StringComparison.Ordinal);
        var page = WebUtility.HtmlDecode(await editor.Browser.ReadAsync(waiting));
        Assert.Contains("正在出题", page, StringComparison.Ordinal);
        Assert.Contains("aria-current=\"step\"", page, StringComparison.Ordinal);
        Assert.Contains("什么都没有存", page, StringComparison.Ordinal);

        using var second = await editor.PasteAsync(Editor.Talk);
        Assert.Contains("一次只能出一篇", await second.TextAsync(), StringComparison.Ordinal);
        using var stranger = await Editor.SignInAsync(app, "stranger");
        using var notTheirs = await stranger.Browser.GetAsync(waiting);
        Assert.Equal(HttpStatusCode.NotFound, notTheirs.StatusCode);

        using var stop = await editor.Browser.SubmitAsync(waiting, $"{waiting}/cancel");
        await Until.TrueAsync(async () => WebUtility.HtmlDecode(await editor.Browser.ReadAsync(waiting)).Contains("已经停下，什么都没有存", StringComparison.Ordinal), "the page says that it stopped");
        Assert.Contains("很长的一篇", WebUtility.HtmlDecode(await editor.Browser.ReadAsync(waiting)), StringComparison.Ordinal);
        Assert.Equal(0, await editor.CountAsync("source where title = '很长的一篇'"));
    }

    // Sentences that differ, so that nothing is told twice
    private static string Long(int characters)
    {
        var random = new Random(7);
        var text = new StringBuilder();
        while (text.Length < characters)
        {
            for (var i = 0; i < 24; i++) text.Append((char)random.Next(0x4E00, 0x8000)).Append(i == 11 ? "，" : "");
            text.Append(text.Length % 5 == 0 ? "。\n" : "。");
        }

        return text.ToString();
    }
}

/// <summary>What a restart leaves of a bank that was being made.</summary>
public sealed class RestartedGenerationTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Nothing_is_stored_and_the_page_says_so()
    {
        using (var editor = await Editor.SignInAsync(app, "restarting")) await editor.MakeAsync("finished");
        await app.RestartAsync();
        using var again = app.Browser();
        using var signedIn = await again.TrySignInAsync("restarting");
        using var gone = await again.GetAsync($"{Editor.Form}/{Guid.NewGuid()}");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Contains("没有完成的什么都没有存", await gone.TextAsync(), StringComparison.Ordinal);
        // a finished one is found by its form's id
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var id = await Dapper.SqlMapper.QuerySingleAsync<Guid>(connection, "select id from generation");
        using var made = await again.GetAsync($"{Editor.Form}/{id}");
        Assert.Equal("/banks/finished/review", made.Headers.Location?.ToString());
    }
}
