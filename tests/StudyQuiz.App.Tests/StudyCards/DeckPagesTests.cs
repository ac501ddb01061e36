using System.Net;
using Dapper;
using StudyQuiz.App.Tests.TakeSelfTest;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Tests.StudyCards;

/// <summary>Decks, their settings, the plan to catch up, the exam, and progress, as pages.</summary>
public sealed class DeckPagesTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Deck = $"/cards/{SelfTestBank.Slug}";

    [Fact]
    public async Task A_newcomer_is_offered_every_bank_and_nothing_is_begun_by_looking()
    {
        await SelfTestBank.SeedAsync(app.Database);
        using var browser = app.Browser();
        var page = WebUtility.HtmlDecode(await browser.ReadAsync("/cards"));
        Assert.Contains($"href=\"/cards/study?deck={SelfTestBank.Slug}\"", page, StringComparison.Ordinal);
        Assert.Contains("可以开始的题库", page, StringComparison.Ordinal);
        Assert.Contains("数据不足", WebUtility.HtmlDecode(await browser.ReadAsync("/progress")), StringComparison.Ordinal);
        await browser.ReadAsync(Deck);
        Assert.Equal(0, browser.Cookies.GetCookies(browser.Address).Count(cookie => cookie.Name == "sq-device"));
        using var none = await browser.GetAsync("/cards/nowhere");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task Settings_are_saved_for_a_learner_who_begins_with_them_and_the_pack_obeys()
    {
        await SelfTestBank.SeedAsync(app.Database);
        using var learner = new CardLearner(app);
        var (point, _) = await PointsAsync();
        using var saved = await SaveAsync(learner, ("new", "2"), ("reviews", "7"), ("retention", "85"), ("buttons", "4"), ("zone", "Europe/Berlin"), ("rollover", "5"), ("keyPoint", $"{point}"));
        Assert.Equal((HttpStatusCode.Redirect, Deck + "?saved=1"), (saved.StatusCode, saved.Headers.Location!.ToString()));

        var pack = await learner.PackAsync();
        Assert.Equal((2, 2, 7, 4, 0.85), (pack.NewToday, pack.NewPerDay, pack.ReviewsPerDay, pack.RatingButtons, pack.Scheduling.DesiredRetention));
        Assert.All(pack.Cards, card => Assert.Equal("小要点一", card.KeyPoint));
        await using var connection = await app.Database.OpenConnectionAsync();
        Assert.Equal(("Europe/Berlin", 5), await connection.QuerySingleAsync<(string, int)>("select time_zone, rollover_hour from learner where id = @Id", new { learner.Id }));
        Assert.Contains("已保存", WebUtility.HtmlDecode(await learner.Browser.ReadAsync(Deck + "?saved=1")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("America/New_York", "America/New_York")]
    [InlineData("Asia%2FCalcutta", "Asia/Calcutta")]
    [InlineData("Mars/Olympus", "Asia/Shanghai")]
    [InlineData("/etc/localtime", "Asia/Shanghai")]
    [InlineData("../zoneinfo/Europe/Paris", "Asia/Shanghai")]
    public async Task Who_begins_is_in_the_zone_of_their_browser_if_there_is_such_a_zone(string told, string zone)
    {
        using var learner = new CardLearner(app);
        learner.Browser.Cookies.Add(learner.Browser.Address, new Cookie("zone", told));
        // before anything has begun the form says so already, or to save it would set another
        await SelfTestBank.SeedAsync(app.Database);
        Assert.Contains($"value=\"{zone}\" maxlength", await learner.Browser.ReadAsync(Deck), StringComparison.Ordinal);
        var pack = await learner.PackAsync();
        var calendar = new StudyCalendar(TimeZoneInfo.FindSystemTimeZoneById(zone));
        Assert.Equal(calendar.DayOf(app.Time.GetUtcNow()), pack.Days[0].Day);
        Assert.Equal(calendar.StartOf(pack.Days[1].Day), pack.Days[1].Starts);

        // who has begun stays where they began, wherever they travel
        learner.Browser.Cookies.Add(learner.Browser.Address, new Cookie("zone", "Pacific/Auckland"));
        Assert.Equal(pack.Days, (await learner.PackAsync()).Days);
    }

    [Theory]
    [InlineData("Mars/Olympus")]
    [InlineData("/dev/zero")]
    [InlineData("../../../etc/localtime")]
    public async Task A_zone_that_is_none_is_refused_and_no_file_is_read_for_it(string zone)
    {
        await SelfTestBank.SeedAsync(app.Database);
        using var learner = new CardLearner(app);
        using var refused = await SaveAsync(learner, ("zone", zone));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("服务器不认识这个时区", WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_zone_changes_the_days_to_come_and_none_of_the_past()
    {
        using var learner = new CardLearner(app);
        var pack = await learner.PackAsync();
        await learner.RateAsync([.. pack.Cards.Select(card => learner.Review(card.Version, Rating.Easy))]);
        var (log, cards) = (await learner.LogAsync(), await learner.CardsAsync());
        using (await SaveAsync(learner, ("zone", "Pacific/Auckland"), ("rollover", "0"))) { }
        Assert.Equal(log, await learner.LogAsync());
        Assert.Equal(cards, await learner.CardsAsync());
        Assert.Equal(new StudyCalendar(TimeZoneInfo.FindSystemTimeZoneById("Pacific/Auckland"), 0).DayOf(app.Time.GetUtcNow()), (await learner.PackAsync()).Days[0].Day);
    }

    [Fact]
    public async Task A_deck_of_some_tags_holds_the_questions_that_bear_them()
    {
        await SelfTestBank.SeedAsync(app.Database);
        using var learner = new CardLearner(app);
        var all = await learner.PackAsync();
        long[] tagged = [.. all.Cards.Take(2).Select(card => card.Question)];
        await TagAsync("必考", tagged);
        await TagAsync("易错", tagged[..1]);
        var page = WebUtility.HtmlDecode(await learner.Browser.ReadAsync(Deck));
        Assert.Contains("<span lang=\"zh-CN\">必考</span> <span class=\"sm dim\">2</span>", page, StringComparison.Ordinal);

        using var saved = await SaveAsync(learner, ("tag", "必考"));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Equal(tagged.Order(), (await learner.PackAsync()).Cards.Select(card => card.Question).Order());
        foreach (var path in (string[])["/cards", Deck]) Assert.Contains("<b>2 张卡</b>", WebUtility.HtmlDecode(await learner.Browser.ReadAsync(path)), StringComparison.Ordinal);
        var file = await learner.Browser.ReadAsync(Deck + "/export?format=csv");
        Assert.Equal((1, 1), (file.Split("必考 易错").Length - 1, file.Split('\n').Count(line => line.Contains("必考", StringComparison.Ordinal)) - 1));

        // whose tag is taken off sees why the deck is empty, and may have everything again
        await TagAsync("必考", []);
        Assert.Empty((await learner.PackAsync()).Cards);
        Assert.Contains("<span lang=\"zh-CN\">必考</span> <span class=\"sm dim\">0</span>", WebUtility.HtmlDecode(await learner.Browser.ReadAsync(Deck)), StringComparison.Ordinal);
        using var refused = await SaveAsync(learner, ("tag", "必考"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        using var again = await SaveAsync(learner);
        Assert.Equal(all.Cards.Count, (await learner.PackAsync()).Cards.Count);
        await TagAsync("易错", []);
    }

    [Theory]
    [InlineData("new", "-1", "请填 0 到 500 的整数")]
    [InlineData("reviews", "0", "请填 1 到 5000 的整数")]
    [InlineData("retention", "98", "请填 70 到 97 的整数")]
    [InlineData("longest", "36501", "请填 1 到 36500 的整数")]
    [InlineData("exam", "2026-11-24", "考试日期要在今天以后")]
    [InlineData("exam", "18.12.2026", "日期不对")]
    [InlineData("zone", "Moon/Tycho", "服务器不认识这个时区")]
    [InlineData("rollover", "24", "请填 0 到 23 的整数")]
    [InlineData("type", "nothing", "至少选一种题型")]
    [InlineData("keyPoint", "987654321", "至少选一个要点")]
    public async Task What_cannot_be_is_refused_in_place_and_nothing_is_stored(string field, string value, string says)
    {
        using var learner = new CardLearner(app);
        await learner.PackAsync();
        using var refused = await SaveAsync(learner, (field, value));
        var page = await refused.TextAsync();
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(says, page, StringComparison.Ordinal);
        // The form is far down the page: the first field that is wrong has the focus, where a field can have it
        if (field is not ("type" or "keyPoint")) Assert.Matches($"name=\"{field}\"[^>]* autofocus", page);
        await using var connection = await app.Database.OpenConnectionAsync();
        Assert.False(await connection.QuerySingleAsync<bool>("select exists (select 1 from deck where learner_id = @Id)", new { learner.Id }));
    }

    [Fact]
    public async Task A_retention_folds_the_cards_anew_and_an_exam_caps_what_is_due()
    {
        using var learner = new CardLearner(app);
        var pack = await learner.PackAsync();
        var today = pack.Days[0].Day;
        await learner.RateAsync([.. pack.Cards.Select(card => learner.Review(card.Version, Rating.Easy))]);
        var before = (await learner.CardsAsync()).Select(card => card.DueDay).ToList();

        using (await SaveAsync(learner, ("retention", "70"))) { }
        Assert.All((await learner.CardsAsync()).Zip(before), both => Assert.True(both.First.DueDay > both.Second));

        using (await SaveAsync(learner, ("retention", "70"), ("exam", $"{today.AddDays(5):yyyy-MM-dd}"))) { }
        Assert.All(await learner.CardsAsync(), card => Assert.True(card.DueDay <= today.AddDays(5)));
        var page = WebUtility.HtmlDecode(await learner.Browser.ReadAsync(Deck));
        Assert.Contains("还有 5 天", page, StringComparison.Ordinal);
        Assert.Contains("没有一张卡会排到考试之后", page, StringComparison.Ordinal);
        Assert.Contains("考试那天", page, StringComparison.Ordinal);

        // The day before it nothing that was learned comes
        using (await SaveAsync(learner, ("retention", "70"), ("exam", $"{today.AddDays(1):yyyy-MM-dd}"))) { }
        page = WebUtility.HtmlDecode(await learner.Browser.ReadAsync(Deck));
        Assert.Contains("这些天没有卡要来。", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_is_offered_when_more_is_overdue_than_a_day_takes_and_spreads_it_once_it_is_used()
    {
        using var learner = new CardLearner(app);
        var pack = await learner.PackAsync();
        await learner.RateAsync([.. pack.Cards.Select(card => learner.Review(card.Version, Rating.Easy))]);
        using (await SaveAsync(learner, ("reviews", "5"), ("new", "0"))) { }
        app.Time.Advance(TimeSpan.FromDays(40));
        Assert.Equal((5, 3), await TodayAsync(learner));
        var page = WebUtility.HtmlDecode(await learner.Browser.ReadAsync(Deck));
        Assert.Contains("离开了 40 天，回来就好", page, StringComparison.Ordinal);
        Assert.Contains("用这个计划", page, StringComparison.Ordinal);
        Assert.Contains("1 分钟，6 天就能补齐", WebUtility.HtmlDecode(await learner.Browser.ReadAsync("/cards")), StringComparison.Ordinal);

        // Eight cards over six days: two on the first and two on the second
        for (var again = 0; again < 2; again++)
        {
            using var used = await learner.Browser.PostFormAsync(Deck + "/plan", [.. (await learner.Browser.FillInAsync(Deck, Deck, [])).Where(f => f.Name.StartsWith("__", StringComparison.Ordinal)), ("days", "6")]);
            Assert.Equal(HttpStatusCode.Redirect, used.StatusCode);
            Assert.Equal((2, 0), await TodayAsync(learner));
        }

        await using var connection = await app.Database.OpenConnectionAsync();
        Assert.Equal([2, 2, 1, 1, 1, 1], await connection.QueryAsync<int>("select count(*)::int from card where learner_id = @Id group by planned_day order by planned_day", new { learner.Id }));
        Assert.DoesNotContain("用这个计划", WebUtility.HtmlDecode(await learner.Browser.ReadAsync(Deck)), StringComparison.Ordinal);

        // A form of before, sent once nothing is left to plan, claims no plan
        using (var other = new CardLearner(app))
        {
            await other.PackAsync();
            using var none = await other.Browser.PostFormAsync(Deck + "/plan", [.. (await other.Browser.FillInAsync(Deck, Deck, [])).Where(f => f.Name.StartsWith("__", StringComparison.Ordinal)), ("days", "6")]);
            Assert.Equal(Deck, none.Headers.Location!.ToString());
        }

        using var dropped = await learner.Browser.SubmitAsync(Deck, Deck + "/plan");
        Assert.Equal((5, 3), await TodayAsync(learner));
        using var odd = await learner.Browser.PostFormAsync(Deck + "/plan", [.. await learner.Browser.FillInAsync(Deck, Deck + "/plan", ("days", "7"))]);
        Assert.Equal(HttpStatusCode.BadRequest, odd.StatusCode);

        // Three days with room for one each
        using (await SaveAsync(learner, ("reviews", "1"), ("new", "0"), ("exam", $"{pack.Days[0].Day.AddDays(43):yyyy-MM-dd}"))) { }
        Assert.Contains("每天最多 1 张，考前有 5 张轮不到", WebUtility.HtmlDecode(await learner.Browser.ReadAsync(Deck)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_that_runs_is_spread_anew_when_an_exam_or_a_limit_bears_on_it_and_the_page_says_so()
    {
        using var learner = new CardLearner(app);
        var pack = await learner.PackAsync();
        await learner.RateAsync([.. pack.Cards.Select(card => learner.Review(card.Version, Rating.Easy))]);
        using (await SaveAsync(learner, ("reviews", "5"), ("new", "0"))) { }
        app.Time.Advance(TimeSpan.FromDays(40));
        var today = pack.Days[0].Day.AddDays(40);
        using (await learner.Browser.SubmitAsync(Deck, Deck + "/plan")) { }
        Assert.Equal([2, 2, 1, 1, 1, 1], await PlannedAsync());

        // An exam in three days: all of it before, and again as it was once that is gone or later
        Assert.Equal([3, 3, 2], await SpreadAnewAsync(("exam", $"{today.AddDays(3):yyyy-MM-dd}")));
        Assert.Equal([2, 2, 1, 1, 1, 1], await SpreadAnewAsync());
        Assert.Equal([2, 2, 2, 2], await SpreadAnewAsync(("exam", $"{today.AddDays(4):yyyy-MM-dd}")));
        Assert.Equal([2, 2, 1, 1, 1, 1], await SpreadAnewAsync(("exam", $"{today.AddDays(60):yyyy-MM-dd}")));
        // A limit that makes it longer, and one that lets it be as quick as was agreed
        Assert.Equal(Enumerable.Repeat(1, 8), await SpreadAnewAsync(("reviews", "1")));
        Assert.Equal([2, 2, 1, 1, 1, 1], await SpreadAnewAsync(("reviews", "8")));

        // What the limit leaves before an exam waits on the last day, and the page says how much that is
        Assert.Equal([1, 7], await SpreadAnewAsync(("reviews", "1"), ("exam", $"{today.AddDays(2):yyyy-MM-dd}")));
        Assert.Contains("考前还有 6 张轮不到", WebUtility.HtmlDecode(await learner.Browser.ReadAsync(Deck + "?saved=plan")), StringComparison.Ordinal);

        // An exam that has passed is still in the form: saving it again takes nothing from a plan that was made since
        app.Time.Advance(TimeSpan.FromDays(3));
        using (await learner.Browser.SubmitAsync(Deck, Deck + "/plan")) { }
        Assert.Equal(Enumerable.Repeat(1, 8), await PlannedAsync());
        using var saved = await SaveAsync(learner, ("reviews", "1"), ("new", "0"), ("exam", $"{today.AddDays(2):yyyy-MM-dd}"), ("buttons", "4"));
        Assert.Equal(Deck + "?saved=1", saved.Headers.Location!.ToString());
        Assert.Equal(Enumerable.Repeat(1, 8), await PlannedAsync());

        async Task<IEnumerable<int>> SpreadAnewAsync(params (string Name, string Value)[] fields)
        {
            using var spread = await SaveAsync(learner, [("new", "0"), .. fields.All(field => field.Name != "reviews") ? [("reviews", "5")] : Array.Empty<(string, string)>(), .. fields]);
            Assert.Equal(Deck + "?saved=plan", spread.Headers.Location!.ToString());
            Assert.Contains("补齐的计划也重新匀过", WebUtility.HtmlDecode(await learner.Browser.ReadAsync(Deck + "?saved=plan")), StringComparison.Ordinal);
            return await PlannedAsync();
        }

        async Task<IEnumerable<int>> PlannedAsync()
        {
            await using var connection = await app.Database.OpenConnectionAsync();
            return await connection.QueryAsync<int>("select count(*)::int from card where learner_id = @Id and planned_day is not null group by planned_day order by planned_day", new { learner.Id });
        }
    }

    [Fact]
    public async Task New_cards_wait_until_a_plan_has_caught_up_unless_the_learner_wants_them_all_the_same()
    {
        using var learner = new CardLearner(app);
        var pack = await learner.PackAsync();
        await learner.RateAsync([.. pack.Cards.Take(6).Select(card => learner.Review(card.Version, Rating.Easy))]);
        using (await SaveAsync(learner, ("reviews", "5"), ("new", "1"))) { }
        app.Time.Advance(TimeSpan.FromDays(40));
        Assert.Equal(1, (await learner.PackAsync()).NewToday);
        using (await learner.Browser.SubmitAsync(Deck, Deck + "/plan")) { }

        pack = await learner.PackAsync();
        Assert.Equal((0, 1), (pack.NewToday, pack.Cards.Count(card => card.State is null)));
        Assert.Equal([.. Enumerable.Repeat(PauseReason.CatchUp, 6), PauseReason.None, PauseReason.None], pack.Days.Select(day => day.Pause));
        var page = WebUtility.HtmlDecode(await learner.Browser.ReadAsync(Deck));
        Assert.Contains("补齐之前不加新卡。", page, StringComparison.Ordinal);
        Assert.Contains("<b>1 张卡</b>", page, StringComparison.Ordinal);
        Assert.Contains("新卡先停着", WebUtility.HtmlDecode(await learner.Browser.ReadAsync("/cards")), StringComparison.Ordinal);

        using (await learner.Browser.SubmitAsync(Deck, Deck + "/new")) { }
        Assert.Equal(1, (await learner.PackAsync()).NewToday);
        Assert.Contains("新卡照样来。", WebUtility.HtmlDecode(await learner.Browser.ReadAsync(Deck)), StringComparison.Ordinal);
        using (await learner.Browser.SubmitAsync(Deck, Deck + "/new")) { }
        Assert.Equal(0, (await learner.PackAsync()).NewToday);

        // Wanted during one plan, new cards wait for the next
        using (await learner.Browser.SubmitAsync(Deck, Deck + "/new")) { }
        using (await learner.Browser.SubmitAsync(Deck, Deck + "/plan")) { }
        using (await learner.Browser.SubmitAsync(Deck, Deck + "/plan")) { }
        Assert.Equal(0, (await learner.PackAsync()).NewToday);

        // The plan's last card is answered: nothing is left to wait for
        app.Time.Advance(TimeSpan.FromDays(5));
        pack = await learner.PackAsync();
        await learner.RateAsync([.. pack.Cards.Where(card => card.State is not null).Select(card => learner.Review(card.Version, Rating.Good))]);
        Assert.Equal(1, (await learner.PackAsync()).NewToday);
        Assert.DoesNotContain("补齐之前不加新卡", WebUtility.HtmlDecode(await learner.Browser.ReadAsync(Deck)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_cards_wait_in_the_last_days_before_an_exam_and_lifting_that_ends_with_it()
    {
        using var learner = new CardLearner(app);
        var today = (await learner.PackAsync()).Days[0].Day;
        using (await SaveAsync(learner, ("exam", $"{today.AddDays(7):yyyy-MM-dd}"), ("new", "2"))) { }
        var pack = await learner.PackAsync();
        Assert.Equal((2, 2), (pack.NewToday, pack.Cards.Count));
        Assert.Equal([PauseReason.None, PauseReason.Exam], pack.Days.Take(2).Select(day => day.Pause));
        Assert.Contains("最后 6 天不加新卡", WebUtility.HtmlDecode(await learner.Browser.ReadAsync(Deck)), StringComparison.Ordinal);

        app.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, (await learner.PackAsync()).NewToday);
        var page = WebUtility.HtmlDecode(await learner.Browser.ReadAsync(Deck));
        Assert.Contains("今天没有要复习的，新卡先停着。", page, StringComparison.Ordinal);
        Assert.Contains("考试前 6 天不加新卡，只复习。", page, StringComparison.Ordinal);
        using (await learner.Browser.SubmitAsync(Deck, Deck + "/new")) { }
        Assert.Equal(2, (await learner.PackAsync()).NewToday);

        // Another exam is another pause
        using (await SaveAsync(learner, ("exam", $"{today.AddDays(10):yyyy-MM-dd}"), ("new", "2"))) { }
        app.Time.Advance(TimeSpan.FromDays(7));
        Assert.Equal(0, (await learner.PackAsync()).NewToday);
    }

    [Fact]
    public async Task Progress_tells_what_a_history_comes_to()
    {
        using var learner = new CardLearner(app);
        var cards = (await learner.PackAsync()).Cards;
        await learner.RateAsync([.. cards.Select(card => learner.Review(card.Version, Rating.Easy, took: 6000))]);
        // Three rounds of the eight cards, a fortnight apart, of which each has two wrong: 18 of 24
        for (var round = 0; round < 3; round++)
        {
            app.Time.Advance(TimeSpan.FromDays(9));
            await learner.RateAsync([.. cards.Select((card, i) => learner.Review(card.Version, i < 2 ? Rating.Again : Rating.Good, took: 10_000))]);
            app.Time.Advance(TimeSpan.FromMinutes(20));
            await learner.RateAsync([.. cards.Take(2).Select(card => learner.Review(card.Version, Rating.Good, took: 10_000))]);
        }

        var page = WebUtility.HtmlDecode(await learner.Browser.ReadAsync("/progress?curve=1"));
        Assert.Contains("<b>75%</b>", page, StringComparison.Ordinal);
        // Wilson's interval of 18 of 24
        Assert.Contains("95% 区间 55–88%，24 次", page, StringComparison.Ordinal);
        Assert.Contains("数据不足：8 次，满 20 次才算", page, StringComparison.Ordinal);
        Assert.Contains("<b>8 <small>/ 8</small></b>", page, StringComparison.Ordinal);
        // 8 of 6 s, 24 + 6 of 10 s: 348 s, the median 10 s
        Assert.Contains("每张卡 10 秒", page, StringComparison.Ordinal);
        Assert.Contains("<b>0 <small>时</small> 5 <small>分</small></b>", page, StringComparison.Ordinal);
        Assert.Contains("最近 46 周：学了 4 天，答了 38 次", page, StringComparison.Ordinal);
        Assert.Contains("对数损失 0.", page, StringComparison.Ordinal);
        Assert.Contains("（24 次；", page, StringComparison.Ordinal);
        // Three weeks of eight answers each, of which six were right, and the wrong ones of before: Wilson's interval of 6 of 8
        Assert.Equal(3, page.Split("<td>75%</td><td>41–93%</td><td>8</td>").Length - 1);
        Assert.Contains("虚线是目标 90%。", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_page_says_what_is_due_and_where_reviewing_begins()
    {
        using var learner = new CardLearner(app);
        var pack = await learner.PackAsync();
        await learner.RateAsync([.. pack.Cards.Take(3).Select(card => learner.Review(card.Version, Rating.Easy))]);
        app.Time.Advance(TimeSpan.FromDays(30));
        var page = WebUtility.HtmlDecode(await learner.Browser.ReadAsync("/"));
        // Three come back, five are new
        Assert.Contains("<b>8 张卡</b>", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/cards/study?deck={SelfTestBank.Slug}\"", page, StringComparison.Ordinal);
        Assert.Contains("30 天未见", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pace_of_less_than_a_second_is_not_told_as_none()
    {
        using var learner = new CardLearner(app);
        var pack = await learner.PackAsync();
        Assert.Equal(12, pack.SecondsACard);
        await learner.RateAsync([.. pack.Cards.Select(card => learner.Review(card.Version, Rating.Easy, took: 300))]);
        Assert.Equal(0.3, (await learner.PackAsync()).SecondsACard, 3);
        Assert.Contains("每次作答不到 1 秒", WebUtility.HtmlDecode(await learner.Browser.ReadAsync("/cards")), StringComparison.Ordinal);
        Assert.Contains("每张卡 <1 秒", WebUtility.HtmlDecode(await learner.Browser.ReadAsync("/progress")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_undone_took_no_time()
    {
        using var learner = new CardLearner(app);
        var cards = (await learner.PackAsync()).Cards;
        await learner.RateAsync([.. cards.Select(card => learner.Review(card.Version, Rating.Easy, took: 9000))]);
        app.Time.Advance(TimeSpan.FromDays(30));
        foreach (var card in cards)
        {
            var (slip, undo) = (Guid.NewGuid(), Guid.NewGuid());
            await learner.RateAsync(learner.Review(card.Version, Rating.Again, slip, took: 900_000));
            await learner.RateAsync(learner.Undo(card.Version, slip, undo));
            // back and forth: undone in the end
            var undone = Guid.NewGuid();
            await learner.RateAsync(learner.Undo(card.Version, undo, undone));
            await learner.RateAsync(learner.Undo(card.Version, undone));
        }

        Assert.Equal(9, (await learner.PackAsync()).SecondsACard, 3);
        var page = WebUtility.HtmlDecode(await learner.Browser.ReadAsync("/progress"));
        Assert.Contains("每张卡 9 秒", page, StringComparison.Ordinal);
        Assert.Contains("<b>0 <small>时</small> 1 <small>分</small></b>", page, StringComparison.Ordinal);
        Assert.Contains("学了 1 天，答了 8 次", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_claims_to_replace_an_answer_of_another_card_takes_nothing_from_the_pace()
    {
        using var learner = new CardLearner(app);
        var cards = (await learner.PackAsync()).Cards;
        var answers = cards.Select(_ => Guid.NewGuid()).ToList();
        await learner.RateAsync([.. cards.Zip(answers, (card, id) => learner.Review(card.Version, Rating.Easy, id, took: 9000))]);
        var before = await learner.CardsAsync();
        await learner.RateAsync([.. answers.Skip(1).Select(id => learner.Undo(cards[0].Version, id))]);
        Assert.Equal(before, await learner.CardsAsync());
        Assert.Equal(9, (await learner.PackAsync()).SecondsACard, 3);
        Assert.Contains("答了 8 次", WebUtility.HtmlDecode(await learner.Browser.ReadAsync("/progress")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_load_of_less_than_half_a_minute_is_not_told_as_none()
    {
        using var learner = new CardLearner(app);
        var pack = await learner.PackAsync();
        await learner.RateAsync([.. pack.Cards.Select(card => learner.Review(card.Version, Rating.Easy, took: 9000))]);
        var page = WebUtility.HtmlDecode(await learner.Browser.ReadAsync($"/cards/{SelfTestBank.Slug}"));
        Assert.Contains(" 分钟，平均不到 1 分钟", page, StringComparison.Ordinal);
        using (await learner.SaveAsync(("exam", $"{pack.Days[0].Day.AddDays(60):yyyy-MM-dd}"))) { }
        Assert.Contains("平均不到 1 分钟。", WebUtility.HtmlDecode(await learner.Browser.ReadAsync($"/cards/{SelfTestBank.Slug}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_says_how_long_it_takes_under_the_days_limit_and_new_cards_wait_as_long()
    {
        using var learner = new CardLearner(app);
        var cards = (await learner.PackAsync()).Cards;
        await learner.RateAsync([.. cards.Take(7).Select(card => learner.Review(card.Version, Rating.Easy))]);
        using (await SaveAsync(learner, ("reviews", "1"), ("new", "1"))) { }
        app.Time.Advance(TimeSpan.FromDays(40));
        Assert.Contains("1 分钟，7 天就能补齐", WebUtility.HtmlDecode(await learner.Browser.ReadAsync("/cards")), StringComparison.Ordinal);
        var page = WebUtility.HtmlDecode(await learner.Browser.ReadAsync(Deck));
        Assert.Contains("<b>7\u00a0天</b>补齐", page, StringComparison.Ordinal);
        Assert.Contains("每天最多 1 张，先留给当天到期的卡，至少补 1 张；6 天补不齐，要 7 天", page, StringComparison.Ordinal);
        using (await learner.Browser.SubmitAsync(Deck, Deck + "/plan")) { }
        Assert.Equal(Enumerable.Repeat(PauseReason.CatchUp, 7), (await learner.PackAsync()).Days.Take(7).Select(day => day.Pause));

        // An exam in between leaves some over, and the page says so instead of a day
        using (await SaveAsync(learner, ("reviews", "1"), ("exam", $"{(await learner.PackAsync()).Days[0].Day.AddDays(4):yyyy-MM-dd}"))) { }
        using (await learner.Browser.PostFormAsync(Deck + "/plan", [.. await learner.Browser.FillInAsync(Deck, Deck + "/plan", ("days", "none"))])) { }
        Assert.Contains("到考试前还有 3 张排不进去", WebUtility.HtmlDecode(await learner.Browser.ReadAsync(Deck)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_today_has_had_is_no_longer_ahead()
    {
        using var learner = new CardLearner(app);
        var cards = (await learner.PackAsync()).Cards;
        await learner.RateAsync([.. cards.Select(card => learner.Review(card.Version, Rating.Easy))]);
        using (await SaveAsync(learner, ("reviews", "3"))) { }
        app.Time.Advance(TimeSpan.FromDays(30));
        Assert.StartsWith("<td>3</td>", await FirstDayAheadAsync(), StringComparison.Ordinal);
        await learner.RateAsync([.. cards.Take(2).Select(card => learner.Review(card.Version, Rating.Good))]);
        Assert.StartsWith("<td>1</td>", await FirstDayAheadAsync(), StringComparison.Ordinal);

        async Task<string> FirstDayAheadAsync()
        {
            var page = await learner.Browser.ReadAsync("/progress");
            var table = page[page.IndexOf("class=\"numbers\"", page.IndexOf("ahead-chart", StringComparison.Ordinal), StringComparison.Ordinal)..];
            return table[(table.IndexOf("</th><td>", StringComparison.Ordinal) + 5)..];
        }
    }

    private async Task<(long One, long Two)> PointsAsync()
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        var points = (await connection.QueryAsync<long>("select k.id from key_point k join source s on s.id = k.source_id where s.slug = @Slug and k.parent_id is not null order by k.position", new { SelfTestBank.Slug })).AsList();
        return (points[0], points[1]);
    }

    private async Task TagAsync(string tag, long[] questions)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        await connection.ExecuteAsync("delete from question_tag where tag = @tag; insert into question_tag (question_id, tag) select unnest(@questions), @tag", new { tag, questions });
    }

    private static async Task<(int Reviews, int Later)> TodayAsync(CardLearner learner)
    {
        var pack = await learner.PackAsync();
        return (pack.ReviewsToday, pack.Later);
    }

    private static Task<HttpResponseMessage> SaveAsync(CardLearner learner, params (string Name, string Value)[] fields) => learner.SaveAsync(fields);
}
