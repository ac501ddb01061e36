using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using StudyQuiz.App.Features.KeepBank;
using StudyQuiz.App.Features.KeepStatistics;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Tests.KeepBank;

/// <summary>A bank's home: finding questions, and changing many of them at once.</summary>
public sealed partial class BankTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Any_part_of_a_text_is_found_and_what_nobody_says_is_found_nearly()
    {
        var bank = await EditedBank.MakeAsync(app, "finding", "长三角一体化发展座谈会在合肥市召开。");
        await bank.AddAsync("哪里召开了座谈会？", evidence: new Evidence("P01", "长三角一体化发展座谈会在合肥市召开"));
        await bank.AddAsync("ＡＢＣ 计划 2020 年开始，对吗？");
        await bank.AddAsync("皖江水运有多长？");
        var other = await EditedBank.MakeAsync(app, "finding-elsewhere", "无");
        await other.AddAsync("合肥在哪里？");
        using var anyone = await app.SignedInAsync("finding-learner", Roles.Learner);
        using var refused = await anyone.GetAsync(bank.Path);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var editor = await app.SignedInAsync("finding-editor", Roles.Editor);

        // a single letter, evidence, an option, across punctuation, another width and case, two words
        Assert.Equal(["皖江水运有多长？"], await FoundAsync(editor, bank, "皖"));
        Assert.Equal(["哪里召开了座谈会？"], await FoundAsync(editor, bank, "合肥"));
        Assert.Equal(3, (await FoundAsync(editor, bank, "丁项")).Count);
        Assert.Equal(["ＡＢＣ 计划 2020 年开始，对吗？"], await FoundAsync(editor, bank, "abc计划２０２０"));
        Assert.Equal(["ＡＢＣ 计划 2020 年开始，对吗？"], await FoundAsync(editor, bank, "开始 计划"));
        Assert.Empty(await FoundAsync(editor, bank, "肥合"));
        Assert.Empty(await FoundAsync(editor, bank, "' & '%_\\"));

        var near = WebUtility.HtmlDecode(await editor.ReadAsync(bank.Path + "?q=" + Uri.EscapeDataString("长三角一休化发展")));
        Assert.Contains("没有一题正好写着“长三角一休化发展”", near, StringComparison.Ordinal);
        Assert.Equal(["哪里召开了座谈会？"], Stems(near));
    }

    [Fact]
    public async Task Pages_follow_each_other_in_every_order_without_loss_and_lead_back()
    {
        var bank = await EditedBank.MakeAsync(app, "paging", "无");
        for (var i = 0; i < 120; i++) await bank.AddAsync($"第{i:000}问", i % 2 == 0 ? "K1" : "K1.1", i % 3 == 0 ? "draft" : "published");
        await bank.AskAsync<int>("with f as (update question_listing set facility = (question_id % 7) / 10.0, answers = question_id % 5 where source_id = @Id and question_id % 4 <> 0 returning 1) select count(*) from f", new { bank.Id });
        using var editor = await app.SignedInAsync("paging-editor", Roles.Editor);
        foreach (var sort in new[] { "", "?sort=facility", "?sort=answers", "?sort=changed", "?sort=concern" })
        {
            List<string> pages = [await editor.ReadAsync(bank.Path + sort)];
            while (Next().Match(pages[^1]) is { Success: true } next) pages.Add(await editor.ReadAsync(WebUtility.HtmlDecode(next.Groups["href"].Value)));
            Assert.Equal((3, 120), (pages.Count, pages.SelectMany(Stems).Distinct().Count()));
            var back = await editor.ReadAsync(WebUtility.HtmlDecode(Previous().Match(pages[^1]).Groups["href"].Value));
            Assert.Equal(Stems(pages[1]), Stems(back));
        }

        Assert.Contains("80 题", WebUtility.HtmlDecode(await editor.ReadAsync(bank.Path + "?status=published")), StringComparison.Ordinal);
        // A key point holds what lies below it
        var points = await bank.AskAsync<string>("select string_agg(id::text, ' ' order by label) from key_point where source_id = @Id", new { bank.Id });
        Assert.Contains("120 题", WebUtility.HtmlDecode(await editor.ReadAsync(bank.Path + "?point=" + points.Split(' ')[0])), StringComparison.Ordinal);
        Assert.Contains("60 题", WebUtility.HtmlDecode(await editor.ReadAsync(bank.Path + "?point=" + points.Split(' ')[1])), StringComparison.Ordinal);
        // An address that somebody made up is the first page, not a fault
        Assert.Equal(50, Stems(await editor.ReadAsync(bank.Path + "?sort=facility&after=1~x")).Count);
    }

    [Fact]
    public async Task Many_are_changed_at_once_and_one_press_takes_it_back_but_for_what_changed_since()
    {
        var bank = await EditedBank.MakeAsync(app, "changing", "有依据的一句话。");
        var quote = new Evidence("P01", "有依据的一句话");
        long[] ids = [await bank.AddAsync("一", status: "draft", evidence: quote), await bank.AddAsync("二", status: "draft", evidence: quote), await bank.AddAsync("三", status: "draft")];
        using var editor = await app.SignedInAsync("changing-editor", Roles.Editor);

        var published = await ChangeAsync(editor, bank, "status:published", ids);
        Assert.Contains("2 题改为“已发布”", published.Page, StringComparison.Ordinal);
        Assert.Contains("另有 1 题没有改：没有依据", published.Page, StringComparison.Ordinal);
        Assert.Equal("published published draft", await StatusesAsync());
        Assert.Equal(2, await bank.AskAsync<int>("select count(*) from audit where act = 'question.status' and object = any(@of)", new { of = ids.Select(id => $"question/{id}").ToArray() }));
        await bank.AskAsync<int>("with u as (update question set status = 'retired' where id = @id returning 1) select count(*) from u", new { id = ids[0] });
        var undone = await UndoAsync(editor, bank, published.Id);
        Assert.Contains("已撤销：1 题", undone, StringComparison.Ordinal);
        Assert.Contains("另有 1 题没有改", undone, StringComparison.Ordinal);
        Assert.Equal("retired draft draft", await StatusesAsync());

        // What somebody has settled since is theirs, also where it is the same again
        var reviewed = await ChangeAsync(editor, bank, "status:review", [ids[1]]);
        app.Time.Advance(TimeSpan.FromMinutes(1));
        await ChangeAsync(editor, bank, "status:draft", [ids[1]]);
        await ChangeAsync(editor, bank, "status:review", [ids[1]]);
        Assert.Contains("另有 1 题没有改", await UndoAsync(editor, bank, reviewed.Id), StringComparison.Ordinal);
        Assert.Equal("retired review draft", await StatusesAsync());
        await ChangeAsync(editor, bank, "status:draft", [ids[1]]);

        var tagged = await ChangeAsync(editor, bank, "tag", ids, ("label", "考前"));
        Assert.Contains("3 题加上了标签“考前”", tagged.Page, StringComparison.Ordinal);
        Assert.Equal(["二", "三"], Stems(await editor.ReadAsync(bank.Path + "?tag=" + Uri.EscapeDataString("考前"))));
        await UndoAsync(editor, bank, tagged.Id);
        Assert.Equal(0, await bank.AskAsync<int>("select count(*) from question_tag where question_id = any(@ids)", new { ids }));

        var harder = await ChangeAsync(editor, bank, "difficulty:3", ids);
        Assert.Equal("3 3 3", await DifficultiesAsync());
        await UndoAsync(editor, bank, harder.Id);
        Assert.Equal("1 1 1", await DifficultiesAsync());
        Assert.Equal(3, await bank.AskAsync<int>("select max(version) from question_version where question_id = @id", new { id = ids[1] }));

        var to = await bank.AskAsync<string>("select id::text from key_point where source_id = @Id and label = 'K1.1'", new { bank.Id });
        var moved = await ChangeAsync(editor, bank, "move", ids, ("to", to));
        Assert.Contains("3 题移到了“第一点”", moved.Page, StringComparison.Ordinal);
        await UndoAsync(editor, bank, moved.Id);
        Assert.Equal(3, await bank.AskAsync<int>("select count(*) from question_listing l join key_point k on k.id = l.key_point_id where l.source_id = @Id and k.label = 'K1'", new { bank.Id }));

        // Everything found, and nothing of another bank
        var all = await ChangeAsync(editor, bank, "tag", [], ("label", "全部"), ("all", "on"));
        Assert.Equal(3, await bank.AskAsync<int>("select count(*) from question_tag where tag = '全部'"));
        Assert.DoesNotContain("撤销</button>", await UndoAsync(editor, bank, all.Id), StringComparison.Ordinal);
        var none = await ChangeAsync(editor, bank, "tag", [], ("label", "无"));
        Assert.Contains("没有改任何题", none.Page, StringComparison.Ordinal);

        Task<string> StatusesAsync() => bank.AskAsync<string>("select string_agg(status, ' ' order by question_id) from question_listing where source_id = @Id", new { bank.Id });
        Task<string> DifficultiesAsync() => bank.AskAsync<string>("select string_agg(difficulty::text, ' ' order by question_id) from question_listing where source_id = @Id", new { bank.Id });
    }

    [Fact]
    public async Task A_topic_shows_the_questions_of_its_sources_together()
    {
        var (one, other) = (await EditedBank.MakeAsync(app, "topic-one", "无"), await EditedBank.MakeAsync(app, "topic-other", "无"));
        await one.AddAsync("来源一的题");
        await other.AddAsync("来源二的题");
        using var editor = await app.SignedInAsync("topic-editor", Roles.Editor);
        using var made = await editor.SubmitAsync("/banks", "/topics", ("title", "长三角"));
        var path = made.Headers.Location!.ToString();
        using (await editor.PostFormAsync(path, [.. await editor.FillInAsync(path, path, ("title", "长三角两篇")), ("source", $"{one.Id}"), ("source", $"{other.Id}")]))
        {
        }

        var page = WebUtility.HtmlDecode(await editor.ReadAsync(path));
        Assert.Contains("<h1>长三角两篇</h1>", page, StringComparison.Ordinal);
        Assert.Equal(["来源一的题", "来源二的题"], Stems(page));
        Assert.Equal(["来源二的题"], Stems(WebUtility.HtmlDecode(await editor.ReadAsync(path + "?q=" + Uri.EscapeDataString("源二")))));
        using var nameless = await editor.SubmitAsync(path, path, ("title", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nameless.StatusCode);
    }

    [Fact]
    public async Task What_is_added_up_is_what_a_count_finds_whatever_many_change_at_the_same_time()
    {
        string[] changes =
        [
            "update question set status = (array['draft', 'review', 'published', 'retired'])[1 + @n % 4] where id = @id and trashed_at is null",
            "update question set key_point_id = (select id from key_point where source_id = @bank order by id limit 1 offset @n % 2) where id = @id",
            "update question set trashed_at = now(), trashed_from = status, status = 'retired' where id = @id and trashed_at is null",
            "update question set trashed_at = null, trashed_from = null, status = trashed_from where id = @id and trashed_at is not null",
            "update question_listing set flags = case when @n % 3 = 0 then array['hard'] else '{}' end where question_id = @id",
            "update question_listing set is_behind = not is_behind, answers = @n where question_id = any(@all) and question_id % 3 = @n % 3",
            "insert into question_tag (question_id, tag) select id, @n::text from question where id = @id on conflict do nothing",
            "delete from question where id = @id and @n % 4 = 0",
        ];
        var bank = await EditedBank.MakeAsync(app, "adding-up", "无");
        // Each has questions of their own, all of them in the same key points
        var questions = new List<long[]>();
        for (var writer = 0; writer < 4; writer++) questions.Add([await bank.AddAsync($"{writer}一"), await bank.AddAsync($"{writer}二", "K1.1", "draft"), await bank.AddAsync($"{writer}三", status: "review")]);
        await Task.WhenAll(questions.Select((all, writer) => WriteAsync(all, new Random(writer))).Append(AddUpAsync()).Append(AddUpAsync()));

        const string Differs =
            """
            with kept as (select key_point_id, status, sum(questions), sum(concern) from question_tally where source_id = @Id group by 1, 2 having sum(questions) <> 0 or sum(concern) <> 0),
            counted as (select key_point_id, status, count(*), count(*) filter (where concern > 0) from question_listing where source_id = @Id group by 1, 2)
            select count(*) from ((table kept except table counted) union all (table counted except table kept)) d
            """;
        Assert.Equal(0, await bank.AskAsync<int>(Differs, new { bank.Id }));
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await RefreshStatistics.AddUpAsync(connection);
        Assert.Equal(0, await bank.AskAsync<int>(Differs, new { bank.Id }));
        Assert.Equal(0, await bank.AskAsync<int>("select count(*) - count(distinct (key_point_id, status)) from question_tally where source_id = @Id", new { bank.Id }));
        var left = await bank.AskAsync<int>("select count(*) from question_listing where source_id = @Id and status <> 'retired'", new { bank.Id });
        Assert.InRange(left, 1, 12);
        Assert.Equal(left, (await BankTree.OfAsync(connection, bank.Id, null)).Questions);

        async Task AddUpAsync()
        {
            await using var own = await app.Database.OpenConnectionAsync();
            for (var round = 0; round < 20; round++) await RefreshStatistics.AddUpAsync(own);
        }

        async Task WriteAsync(long[] all, Random random)
        {
            await using var own = await app.Database.OpenConnectionAsync();
            for (var round = 0; round < 30; round++)
            {
                await using var transaction = await own.BeginTransactionAsync();
                for (var change = 0; change < 3; change++)
                    await own.ExecuteAsync(changes[random.Next(round < 25 ? changes.Length - 1 : changes.Length)], new { id = all[random.Next(all.Length)], all, bank = bank.Id, n = random.Next(60) });
                if (random.Next(5) > 0) await transaction.CommitAsync();
            }
        }
    }

    private static async Task<IReadOnlyList<string>> FoundAsync(TestBrowser editor, EditedBank bank, string words) =>
        Stems(WebUtility.HtmlDecode(await editor.ReadAsync(bank.Path + "?q=" + Uri.EscapeDataString(words))));

    private static async Task<(string Id, string Page)> ChangeAsync(TestBrowser editor, EditedBank bank, string act, long[] ids, params (string, string)[] fields)
    {
        var form = await editor.FillInAsync(bank.Path + "?status=all", bank.Path + "/change", [("do", act), ("status", "all"), .. fields]);
        (string, string)[] sent = [.. form, .. ids.Select(id => ("question", $"{id}"))];
        // twice, as by a second press: the same change
        using (await editor.PostFormAsync(bank.Path + "/change", sent))
        {
        }

        using var done = await editor.PostFormAsync(bank.Path + "/change", sent);
        return (form.First(field => field.Name == "id").Value, WebUtility.HtmlDecode(await editor.ReadAsync(done.Headers.Location!.ToString())));
    }

    private static async Task<string> UndoAsync(TestBrowser editor, EditedBank bank, string change)
    {
        using var undone = await editor.SubmitAsync(bank.Path + "?done=" + change, $"{bank.Path}/change/{change}/undo");
        return WebUtility.HtmlDecode(await editor.ReadAsync(undone.Headers.Location!.ToString()));
    }

    private static List<string> Stems(string page) => [.. Stem().Matches(page).Select(match => WebUtility.HtmlDecode(match.Groups["stem"].Value))];

    [GeneratedRegex("""<a class="st"[^>]*>(?<stem>[^<]*)</a>""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Stem();

    [GeneratedRegex("""href="(?<href>[^"]*)"\srel="next" """, RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace, 1000)]
    private static partial Regex Next();

    [GeneratedRegex("""href="(?<href>[^"]*)"\srel="prev" """, RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace, 1000)]
    private static partial Regex Previous();
}
