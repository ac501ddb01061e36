using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.App.Live;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Tests.Live;
using StudyQuiz.App.Tests.TakeSelfTest;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Scheduling;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.KeepNotebook;

/// <summary>The notebook of wrong answers, as its pages show it. Nobody's clock is turned back: each test goes on from where time stands.</summary>
public sealed class NotebookTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Who_has_missed_nothing_reads_how_it_fills()
    {
        await SelfTestBank.SeedAsync(app.Database);
        using var newcomer = app.Browser();
        foreach (var path in (string[])["/notebook", "/notebook?source=no-such&point=x&type=essay&sort=1&page=-3&done=unheard&question=z"])
        {
            var page = await newcomer.ReadAsync(path);
            Assert.Contains("错题本还是空的", page, StringComparison.Ordinal);
            Assert.Contains("href=\"/self-test\"", page, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(newcomer.Cookies.GetAllCookies(), cookie => cookie.Name == "sq-device");
        using var learner = await NotebookLearner.BeginAsync(app);
        await learner.AskedAsync("q0", isRight: true);
        await learner.RatedAsync("q1", Rating.Again);
        Assert.Contains("错题本还是空的", await learner.ReadAsync(), StringComparison.Ordinal);
        foreach (var path in (string[])["/notebook/export.csv", "/notebook/print"])
        {
            using var nothing = await learner.Browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
        }
    }

    [Fact]
    public async Task A_self_test_tells_where_it_was_missed_what_was_answered_and_what_is_right()
    {
        using var attempt = await Attempting.StartAsync(app, ("source", SelfTestBank.Slug));
        var (cloze, single) = (await attempt.AskedAsync<Cloze>(), await attempt.AskedAsync<SingleChoice>());
        await attempt.SaveAsync(cloze.Position, new Typed("不对的话"), 1);
        await attempt.SaveAsync(single.Position, Attempting.Right(single), 2);
        Assert.DoesNotContain("miss", await attempt.Browser.ReadAsync("/notebook"), StringComparison.Ordinal);
        await attempt.HandInAsync();

        var page = WebUtility.HtmlDecode(await attempt.Browser.ReadAsync("/notebook"));
        Assert.Contains("题干。", page, StringComparison.Ordinal);
        Assert.DoesNotContain("单选题干", page, StringComparison.Ordinal);
        Assert.Contains("今天自测答错", page, StringComparison.Ordinal);
        Assert.Contains("再对 2 天移出，明天起算", page, StringComparison.Ordinal);
        Assert.Contains("已在 0 天答对，共需 2 天", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/self-test/{attempt.Id}/result?show=all#q{cloze.Position}\"", page, StringComparison.Ordinal);
        Assert.Contains("不对的话", page, StringComparison.Ordinal);
        Assert.Contains(TestBank.Secret + "一", page, StringComparison.Ordinal);
        Assert.Contains($"<mark>{TestBank.Secret}在此句中</mark>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_game_tells_its_name_and_makes_a_source_of_its_own()
    {
        using var learner = await NotebookLearner.BeginAsync(app);
        await learner.AskedAsync("q2", isRight: false);
        var game = await TestGame.OpenAsync(app);
        var seat = (await game.Grain.TakeSeat(new Newcomer("小明", SecretToken.Hash("小明-" + learner.Id), learner.Id))).Seat!.Value;
        await game.UntilAsync(GamePhase.Open);
        var key = (Chosen)await game.KeyAsync();
        await game.Grain.Answer(seat, 1, new Chosen([key.Options[0] == 0 ? 1 : 0]));
        await game.UntilAsync(GamePhase.Podium);
        await app.Services.GetRequiredService<GameReviews>().WriteAsync(TestContext.Current.CancellationToken);
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await Until.TrueAsync(async () => await connection.QuerySingleAsync<bool>("select reviews_written_at is not null from game where id = @Id", new { game.Id }), "the game's reviews");
        var title = await connection.QuerySingleAsync<string>("select title from game where id = @Id", new { game.Id });

        // A game's answers bear the database's time, which is not this test's
        var page = await learner.ReadAsync("?source=" + TestBank.Slug);
        Assert.Contains("比赛中答错", page, StringComparison.Ordinal);
        Assert.Contains($"比赛“{title}”。", page, StringComparison.Ordinal);
        Assert.Contains("你的答案", page, StringComparison.Ordinal);
        Assert.DoesNotContain("判断题干", page, StringComparison.Ordinal);
        Assert.Contains("按来源", page, StringComparison.Ordinal);
        Assert.Equal(["判断题干。"], await learner.StemsAsync("?source=" + SelfTestBank.Slug));
    }

    [Fact]
    public async Task It_leaves_after_right_answers_on_two_later_days_and_comes_back_with_the_next_wrong_one()
    {
        using var learner = await NotebookLearner.BeginAsync(app);
        var question = await learner.AskedAsync("q0", isRight: false);
        await learner.AskedAsync("q0", isRight: true);
        Assert.Contains("再对 2 天移出", await learner.ReadAsync(), StringComparison.Ordinal);
        app.Time.Advance(TimeSpan.FromDays(1));
        for (var i = 0; i < 2; i++) await learner.AskedAsync("q0", isRight: true);
        Assert.Contains("再对 1 天移出", await learner.ReadAsync(), StringComparison.Ordinal);
        app.Time.Advance(TimeSpan.FromDays(1));
        await learner.RatedAsync("q0", Rating.Good);

        Assert.Empty(await learner.StemsAsync());
        Assert.Contains("错过的题都过关了", await learner.ReadAsync(), StringComparison.Ordinal);
        Assert.Contains("今天过关移出", await learner.ReadAsync("?show=left"), StringComparison.Ordinal);

        // Put back by hand it begins its days again
        Assert.Equal($"/notebook?source=speech&show=left&done=restored&question={question}", await learner.MarkAsync(question, "restored", "?show=left"));
        Assert.Contains("再对 2 天移出", await learner.ReadAsync(), StringComparison.Ordinal);
        for (var i = 0; i < 2; i++)
        {
            app.Time.Advance(TimeSpan.FromDays(1));
            await learner.AskedAsync("q0", isRight: true);
        }

        Assert.Empty(await learner.StemsAsync());
        await learner.RatedAsync("q0", Rating.Again);
        Assert.Contains("今天翻卡时忘了，共错 2 次", await learner.ReadAsync(), StringComparison.Ordinal);

        // What left long ago is not listed
        await learner.AskedAsync("q1", isRight: false);
        await learner.MarkAsync(question, "removed");
        Assert.Equal(["单选题干？"], await learner.StemsAsync("?show=left"));
        app.Time.Advance(TimeSpan.FromDays(31));
        Assert.Empty(await learner.StemsAsync("?show=left"));
        Assert.Contains("最近没有题离开", await learner.ReadAsync("?show=left"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Taken_out_by_hand_it_can_be_put_back_and_a_wrong_answer_brings_it_back()
    {
        using var learner = await NotebookLearner.BeginAsync(app);
        var question = await learner.AskedAsync("q3", isRight: false);
        await learner.AskedAsync("q4", isRight: false);
        app.Time.Advance(TimeSpan.FromDays(1));
        await learner.AskedAsync("q3", isRight: true);
        var done = await learner.MarkAsync(question, "removed", "?type=cloze");
        Assert.Equal($"/notebook?source=speech&type=cloze&done=removed&question={question}", done);
        var told = WebUtility.HtmlDecode(await learner.Browser.ReadAsync(done));
        Assert.Contains("移出去了", told, StringComparison.Ordinal);
        Assert.Contains("放回去", told, StringComparison.Ordinal);
        Assert.Equal(["排序题干。"], await learner.StemsAsync());
        Assert.Contains("今天手动移出", await learner.ReadAsync("?show=left"), StringComparison.Ordinal);

        await learner.MarkAsync(question, "restored", "?show=left");
        Assert.Contains("再对 1 天移出", await learner.ReadAsync("?type=cloze"), StringComparison.Ordinal);

        await learner.MarkAsync(question, "removed");
        app.Time.Advance(TimeSpan.FromMinutes(1));
        await learner.AskedAsync("q3", isRight: false);
        Assert.Equal(2, (await learner.StemsAsync()).Count);
    }

    [Fact]
    public async Task What_is_not_in_it_can_not_be_marked_and_nobody_marks_for_another()
    {
        using var learner = await NotebookLearner.BeginAsync(app);
        using var other = await NotebookLearner.BeginAsync(app);
        var question = await learner.AskedAsync("q5", isRight: false);
        await other.AskedAsync("q4", isRight: false);
        Assert.EndsWith($"done=gone&question={question}", await other.MarkAsync(question, "removed"), StringComparison.Ordinal);
        Assert.Contains("什么也没改", await other.ReadAsync("?done=gone"), StringComparison.Ordinal);
        Assert.Single(await learner.StemsAsync());
        using var nonsense = await learner.Browser.SubmitAsync("/notebook", "/notebook/marks", ("question", $"{question}"), ("act", "burn"));
        Assert.Equal(HttpStatusCode.BadRequest, nonsense.StatusCode);
        using var elsewhere = await learner.Browser.SubmitAsync("/notebook", "/notebook/marks", ("question", $"{question}"), ("act", "removed"), ("back", "//evil.example/"));
        Assert.StartsWith("/notebook?done=removed", elsewhere.Headers.Location!.ToString(), StringComparison.Ordinal);
        using var forged = await learner.Browser.PostFormAsync("/notebook/marks", ("question", $"{question}"), ("act", "restored"));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        using var undone = await learner.Browser.SubmitAsync("/notebook?show=left", "/notebook/marks", ("question", $"{question}"), ("act", "restored"));
    }

    [Fact]
    public async Task How_many_days_it_takes_is_a_choice_and_holds_for_all()
    {
        using var learner = await NotebookLearner.BeginAsync(app);
        await learner.AskedAsync("q0", isRight: false);
        app.Time.Advance(TimeSpan.FromDays(1));
        await learner.AskedAsync("q0", isRight: true);
        Assert.Contains("done=set", await learner.SetDaysAsync("3"), StringComparison.Ordinal);
        Assert.Contains("再对 2 天移出", await learner.ReadAsync(), StringComparison.Ordinal);
        foreach (var days in (string[])["0", "6", "", "two", "99999999999"]) Assert.Contains("done=days", await learner.SetDaysAsync(days), StringComparison.Ordinal);
        Assert.Contains("在不同的 3 天答对就移出", await learner.ReadAsync(), StringComparison.Ordinal);
        await learner.SetDaysAsync("1");
        Assert.Empty(await learner.StemsAsync());
    }

    [Fact]
    public async Task It_is_sorted_filtered_practised_and_exported()
    {
        using var learner = await NotebookLearner.BeginAsync(app);
        for (var i = 0; i < 2; i++) await learner.AskedAsync("q0", isRight: false);
        app.Time.Advance(TimeSpan.FromMinutes(1));
        await learner.AskedAsync("q1", isRight: false);
        app.Time.Advance(TimeSpan.FromMinutes(1));
        var card = await learner.AskedAsync("card", isRight: false);
        Assert.Equal(["卡片正面", "多选题干？", "单选题干？"], await learner.StemsAsync());
        Assert.Equal(["单选题干？", "卡片正面", "多选题干？"], await learner.StemsAsync("?sort=most"));
        Assert.Equal(["多选题干？"], await learner.StemsAsync("?type=multiple_choice"));
        Assert.Contains("这里没有错题", await learner.ReadAsync("?type=ordering"), StringComparison.Ordinal);

        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var points = (await connection.QueryAsync<(string Label, long Id)>("select k.label, k.id from key_point k join source s on s.id = k.source_id where s.slug = @Slug", new { SelfTestBank.Slug })).ToDictionary(row => row.Label, row => row.Id);
        Assert.Equal(["多选题干？"], await learner.StemsAsync($"?point={points["K1.2"]}"));
        Assert.Equal(3, (await learner.StemsAsync($"?point={points["K1"]}")).Count);
        Assert.Contains("小要点二", await learner.ReadAsync($"?point={points["K1"]}"), StringComparison.Ordinal);

        // A card is practised too: its learner says whether they knew it
        var form = Regex.Match(await learner.Browser.ReadAsync("/notebook"), """<form method="post" action="/self-test">.*?</form>""", RegexOptions.Singleline, TimeSpan.FromSeconds(1)).Value;
        Assert.Contains("练这 3 题", form, StringComparison.Ordinal);
        Assert.Contains("""name="source" value="speech" """.Trim(), form, StringComparison.Ordinal);
        Assert.Contains("""name="mode" value="practice" """.Trim(), form, StringComparison.Ordinal);
        Assert.Equal(3, Regex.Count(form, "name=\"question\"", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"value=\"{card}\""), form, StringComparison.Ordinal);

        using var file = await learner.Browser.GetAsync("/notebook/export.csv?type=multiple_choice");
        Assert.Equal(("text/csv", "notebook-speech.csv"), (file.Content.Headers.ContentType!.MediaType, file.Content.Headers.ContentDisposition!.FileName));
        var bytes = await file.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), bytes.Take(3));
        var csv = Encoding.UTF8.GetString(bytes);
        Assert.Contains("多选题干？", csv, StringComparison.Ordinal);
        Assert.Contains("多甲", csv, StringComparison.Ordinal);
        Assert.Contains("自测", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("单选题干", csv, StringComparison.Ordinal);

        var sheet = WebUtility.HtmlDecode(await learner.Browser.ReadAsync("/notebook/print"));
        var answers = sheet.IndexOf("<h2>答案</h2>", StringComparison.Ordinal);
        Assert.True(sheet.IndexOf("单甲", StringComparison.Ordinal) < answers && sheet.IndexOf(TestBank.Secret, StringComparison.Ordinal) > answers);
    }

    [Fact]
    public async Task Its_cards_are_a_deck_that_comes_once_a_day_whatever_is_due()
    {
        using var learner = await NotebookLearner.BeginAsync(app);
        await learner.AskedAsync("q0", isRight: true);
        var missed = await learner.AskedAsync("q1", isRight: false);
        var removed = await learner.AskedAsync("q2", isRight: false);
        await learner.MarkAsync(removed, "removed");
        var pack = await PackAsync(learner.Browser);
        Assert.Equal(("speech~notebook", "错题本：一篇讲话", 1, 0, 0), (pack.Deck.Slug, pack.Deck.Title, pack.ReviewsToday, pack.NewToday, pack.Later));
        var card = Assert.Single(pack.Cards);
        Assert.Equal((missed, pack.Days[0].Day), (card.Question, card.Day));

        // Answered it comes when it is due, and stays in the notebook as long as it takes
        await learner.RatedAsync("q1", Rating.Good);
        pack = await PackAsync(learner.Browser);
        Assert.True(pack.ReviewsToday == 0 && pack.Cards.Single().Day > pack.Days[0].Day);
        // Taken back it has not come
        await learner.TakeBackAsync("q1");
        pack = await PackAsync(learner.Browser);
        Assert.Equal((1, pack.Days[0].Day), (pack.ReviewsToday, pack.Cards.Single().Day));
        await learner.RatedAsync("q1", Rating.Good);
        app.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, (await PackAsync(learner.Browser)).ReviewsToday);

        // Forgotten yesterday it waits on its steps: answered there it has come today too
        await learner.RatedAsync("q1", Rating.Again);
        app.Time.Advance(TimeSpan.FromDays(1));
        pack = await PackAsync(learner.Browser);
        Assert.True(pack.Cards.Single().Day <= pack.Days[0].Day);
        await learner.RatedAsync("q1", Rating.Good);
        pack = await PackAsync(learner.Browser);
        Assert.True(pack.Cards.Single().Day > pack.Days[0].Day);

        Assert.Contains("href=\"/cards/study?deck=speech~notebook\"", await learner.ReadAsync(), StringComparison.Ordinal);
        using var page = await learner.Browser.GetAsync("/cards/speech~notebook");
        Assert.Equal("/notebook?source=speech", page.Headers.Location!.ToString());
        using var newcomer = app.Browser();
        using var nothing = await newcomer.PostJsonAsync("/api/cards/decks/speech~notebook/pack", new { });
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);

        static async Task<DeckPack> PackAsync(TestBrowser browser)
        {
            using var response = await browser.PostJsonAsync("/api/cards/decks/speech~notebook/pack", new { });
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return (await response.Content.ReadFromJsonAsync<DeckPack>(DomainJson.Options, TestContext.Current.CancellationToken))!;
        }
    }

    [Fact]
    public async Task What_is_kept_with_the_cards_is_what_the_log_makes_whatever_was_done()
    {
        using var learner = await NotebookLearner.BeginAsync(app);
        var question = await learner.AskedAsync("q0", isRight: false);
        Func<Task>[] steps =
        [
            () => learner.AskedAsync("q1", isRight: true),
            () => learner.AskedAsync("q2", isRight: false),
            () => Later(() => learner.AskedAsync("q0", isRight: true)),
            () => learner.RatedAsync("q1", Rating.Again),
            () => learner.MarkAsync(question, "removed"),
            () => Later(() => learner.AskedAsync("q0", isRight: false)),
            () => learner.SetDaysAsync("1"),
            () => Later(() => learner.RatedAsync("q0", Rating.Good)),
            () => learner.MarkAsync(question, "restored", "?show=left"),
            () => learner.SetDaysAsync("5"),
            () => learner.ReplacedAsync("q0", isRight: true),
            () => learner.ReplacedAsync("q2", isRight: null),
            () => learner.ReplacedAsync("q1", isRight: false),
        ];
        foreach (var step in steps)
        {
            await step();
            var kept = await learner.KeptAsync();
            Assert.NotEmpty(kept);
            await learner.FoldAnewAsync();
            Assert.Equal(kept, await learner.KeptAsync());
        }

        Task Later(Func<Task> step)
        {
            app.Time.Advance(TimeSpan.FromDays(1));
            return step();
        }
    }

    [Fact]
    public async Task What_a_running_exam_asks_is_neither_listed_nor_a_card_until_the_hand_in()
    {
        using var learner = await NotebookLearner.BeginAsync(app);
        var asked = await learner.AskedAsync("q1", isRight: false);
        await learner.AskedAsync("q2", isRight: false);
        using var started = await learner.Browser.SubmitAsync("/self-test", "/self-test", ("question", $"{asked}"), ("mode", "exam"), ("number", "all"), ("minutes", "10"));
        using var exam = new Attempting(app, learner.Browser, Attempting.IdOf(started));
        Assert.Equal(["判断题干。"], await learner.StemsAsync());
        Assert.Contains("正在考你的 1 题", await learner.ReadAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(asked, (await PackAsync("speech")).Cards.Select(card => card.Question));
        Assert.DoesNotContain(asked, (await PackAsync("speech~notebook")).Cards.Select(card => card.Question));

        await exam.HandInAsync();
        Assert.Contains("多选题干？", await learner.StemsAsync());
        Assert.Contains(asked, (await PackAsync("speech")).Cards.Select(card => card.Question));
        Assert.Contains(asked, (await PackAsync("speech~notebook")).Cards.Select(card => card.Question));

        // A practice that was left open, or an exam that nobody handed in, keeps nothing back
        using (await learner.Browser.SubmitAsync("/self-test", "/self-test", ("question", $"{asked}"), ("mode", "practice"), ("number", "all"))) Assert.Equal(2, (await learner.StemsAsync()).Count);

        async Task<DeckPack> PackAsync(string deck)
        {
            using var response = await learner.Browser.PostJsonAsync($"/api/cards/decks/{deck}/pack", new { });
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return (await response.Content.ReadFromJsonAsync<DeckPack>(DomainJson.Options, TestContext.Current.CancellationToken))!;
        }
    }

    [Fact]
    public async Task What_is_asked_no_more_or_means_something_else_now_is_not_in_it()
    {
        using var learner = await NotebookLearner.BeginAsync(app);
        await learner.AskedAsync("q1", isRight: false);
        await learner.AskedAsync("rival", isRight: false);
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync("update question set status = 'retired' where slug = 'rival'");
        Assert.Equal(["多选题干？"], await learner.StemsAsync());

        // An edit that keeps the meaning keeps it there; one that does not begins anew
        await EditAsync("q1", fork: 1);
        Assert.Single(await learner.StemsAsync());
        await EditAsync("q1", fork: 2);
        Assert.Empty(await learner.StemsAsync());
        await connection.ExecuteAsync("update question set status = 'published' where slug = 'rival'; update question set current_version_id = (select min(id) from question_version where question_id = question.id) where slug = 'q1'");

        Task EditAsync(string slug, int fork) => connection.ExecuteAsync(
            """
            with made as (
              insert into question_version (question_id, version, fork, source_version_id, body, reason)
              select q.id, (select max(version) + 1 from question_version where question_id = q.id), @fork, v.source_version_id, v.body, 'test'
              from question q join question_version v on v.id = q.current_version_id where q.slug = @slug returning id, question_id)
            update question q set current_version_id = made.id from made where q.id = made.question_id
            """,
            new { slug, fork });
    }

    [Fact]
    public async Task What_a_device_did_to_it_goes_to_the_account_that_claims_it()
    {
        using var account = await NotebookLearner.BeginAsync(app, await app.SignedInAsync("nora"));
        await account.AskedAsync("q0", isRight: false);
        using var attempt = await Attempting.StartAsync(app, ("source", SelfTestBank.Slug), ("mode", "practice"));
        using var device = await NotebookLearner.BeginAsync(app, attempt.Browser);
        var gone = await device.AskedAsync("q2", isRight: false);
        await device.AskedAsync("q4", isRight: false);
        await device.SetDaysAsync("4");
        await device.MarkAsync(gone, "removed");
        using (var signedIn = await device.Browser.TrySignInAsync("nora")) Assert.Equal(HttpStatusCode.Found, signedIn.StatusCode);
        using var claimed = await device.Browser.SubmitAsync("/account", "/account/claim");

        Assert.Equal(["单选题干？", "排序题干。"], (await account.StemsAsync()).Order(StringComparer.Ordinal));
        Assert.Contains("在不同的 4 天答对就移出", await account.ReadAsync(), StringComparison.Ordinal);
        Assert.Equal(["判断题干。"], await account.StemsAsync("?show=left"));
        var kept = await account.KeptAsync();
        await account.FoldAnewAsync();
        Assert.Equal(kept, await account.KeptAsync());
    }
}
