using System.Net;
using System.Net.Http.Json;
using Dapper;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Tests.TakeSelfTest;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Tests.StudyCards;

/// <summary>Cards of the day go out, reviews come in: once each, whoever sends them how often and in what order.</summary>
public sealed class SyncTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_new_learner_gets_new_cards_with_front_back_and_the_sentences_that_prove_them()
    {
        using var learner = new CardLearner(app);
        var pack = await learner.PackAsync();
        Assert.Equal((8, 8, 10), (pack.Cards.Count, pack.NewToday, pack.NewPerDay));
        Assert.Equal((pack.Days[0].Day.AddDays(7), 8), (pack.Days[^1].Day, pack.Days.Count));
        Assert.True(pack.Days[0].Starts <= pack.Made && pack.Made < pack.Days[1].Starts);
        Assert.All(pack.Cards, card => Assert.Null(card.State));
        var flashcard = pack.Cards.Single(card => card.Face.Type == "flashcard");
        Assert.Equal([TestBank.Secret], flashcard.Face.Answer.Lines);
        Assert.Equal(["这里", TestBank.Secret + "在此句中", "，还有后半。"], flashcard.Face.Evidence.Single().Pieces.Select(piece => piece.Text));
        var single = pack.Cards.Single(card => card.Face.Type == "single_choice");
        Assert.Equal("单乙", single.Face.Choices![single.Face.Answer.Right!.Single()]);
        Assert.Equal(2, pack.Paragraphs.Count);
    }

    [Fact]
    public async Task The_page_that_browsers_keep_is_the_same_for_everyone_and_sets_no_cookie()
    {
        using var nobody = app.Browser();
        using var editor = await app.SignedInAsync("editor-of-cards", "editor");
        foreach (var path in (string[])["/cards/study", "/sw.js"])
        {
            using var response = await nobody.GetAsync(path);
            Assert.Equal("no-cache", response.Headers.CacheControl!.ToString());
            Assert.False(response.Headers.Contains("Set-Cookie"));
            Assert.Equal(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), await editor.ReadAsync(path));
        }
    }

    [Fact]
    public async Task A_review_is_stored_once_however_often_it_is_sent_and_makes_the_card()
    {
        using var learner = new CardLearner(app);
        var pack = await learner.PackAsync();
        var (card, today) = (pack.Cards[0], pack.Days[0].Day);
        var good = learner.Review(card.Version, Rating.Good);
        await learner.SendAsync([good, good]);
        for (var i = 0; i < 3; i++) await learner.RateAsync(good);

        Assert.Equal(("rated", (short)3, "cards", today), Assert.Single(await learner.LogAsync()));
        Assert.Equal((card.Question, "learning", 2.3065, today, 1), Assert.Single(await learner.CardsAsync()));
        var known = (await learner.PackAsync()).Cards.Single(c => c.Question == card.Question);
        Assert.Equal((CardPhase.Learning, 1), (known.State!.Phase, known.State.Step));
    }

    [Fact]
    public async Task More_than_a_pack_holds_leaves_room_for_new_cards_and_is_told()
    {
        using var learner = new CardLearner(app);
        await learner.PackAsync(await CopiesAsync(1_200));
        await using var connection = await app.Database.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            insert into deck (learner_id, source_id, new_per_day, reviews_per_day) select @Id, id, 10, 1050 from source where slug = 'copies';
            insert into card (learner_id, question_id, fork, model, phase, stability, difficulty, step, scheduled_days, due_at, due_day, last_at, last_day, first_day, reviews, lapses)
            select @Id, q.id, 1, 'FSRS-6', 'review', 9, 5, 0, 9, @now::timestamptz, @now::date - 3, @now::timestamptz - interval '12 days', @now::date - 12, @now::date - 12, 1, 0
            from question q join source s on s.id = q.source_id and s.slug = 'copies' order by q.id limit 1100
            """,
            new { learner.Id, now = app.Time.GetUtcNow() });

        var pack = await learner.PackAsync("copies");
        Assert.Equal((DeckPack.MostCards, 10), (pack.Cards.Count, pack.Cards.Count(card => card.State is null)));
        // 1,100 have come: 990 are here, 60 more today takes, 50 wait for another day
        Assert.Equal((990, 10, 110, 60), (pack.ReviewsToday, pack.NewToday, pack.Later, pack.More));
        await connection.ExecuteAsync("update deck set reviews_per_day = 200 where learner_id = @Id", new { learner.Id });
        pack = await learner.PackAsync("copies");
        Assert.Equal((200, 10, 900, 0), (pack.ReviewsToday, pack.NewToday, pack.Later, pack.More));
    }

    // A source of as many questions, each a copy of one of the small bank's
    private async Task<string> CopiesAsync(int questions)
    {
        await SelfTestBank.SeedAsync(app.Database);
        await using var connection = await app.Database.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            insert into source (slug, title, publisher, language) values ('copies', 'Copies', '', 'zh-CN');
            insert into source_version (source_id, version, sha256, raw) select id, 1, 'copies', '' from source where slug = 'copies';
            update source s set current_version_id = v.id from source_version v where v.source_id = s.id and s.slug = 'copies';
            insert into key_point (source_id, label, position, heading, weight, evidence) select id, 'K1', 1, 'One', 2, '[]' from source where slug = 'copies';
            insert into question (source_id, slug, key_point_id, type, status, origin)
              select k.source_id, 'q' || i, k.id, 'flashcard', 'published', 'written' from key_point k join source s on s.id = k.source_id and s.slug = 'copies', generate_series(1, @questions) i;
            insert into question_version (question_id, version, source_version_id, body, reason)
              select q.id, 1, s.current_version_id, (select v.body from question o join question_version v on v.id = o.current_version_id where o.type = 'flashcard' and o.source_id <> q.source_id limit 1), 'copied'
              from question q join source s on s.id = q.source_id and s.slug = 'copies';
            update question q set current_version_id = v.id from question_version v where v.question_id = q.id and v.reason = 'copied'
            """,
            new { questions });
        return "copies";
    }

    [Fact]
    public async Task Undoing_is_a_further_row_and_the_card_is_as_it_was()
    {
        using var learner = new CardLearner(app);
        var card = (await learner.PackAsync()).Cards[0];
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        await learner.RateAsync(learner.Review(card.Version, Rating.Easy, first));
        var before = await learner.CardsAsync();
        app.Time.Advance(TimeSpan.FromMinutes(1));
        await learner.RateAsync(learner.Review(card.Version, Rating.Again, second));
        await learner.RateAsync(learner.Undo(card.Version, second));
        Assert.Equal(before, await learner.CardsAsync());
        Assert.Equal(3, (await learner.LogAsync()).Count);

        await learner.RateAsync(learner.Undo(card.Version, first));
        Assert.Empty(await learner.CardsAsync());
        Assert.Null((await learner.PackAsync()).Cards.Single(c => c.Question == card.Question).State);
    }

    [Fact]
    public async Task Two_devices_that_send_hundreds_of_offline_reviews_in_any_order_lose_none_and_end_in_one_state()
    {
        using var phone = new CardLearner(app);
        var cards = (await phone.PackAsync()).Cards;
        var from = app.Time.GetUtcNow();
        var random = new Random(4);
        object[] Device(int device) => [.. Enumerable.Range(0, 500).Select(i => phone.Review(
            cards[random.Next(cards.Count)].Version, (Rating)random.Next(1, 5), at: from.AddMinutes(i * 37 + device)))];
        var all = Device(0).Concat(Device(1)).ToArray();
        app.Time.Advance(TimeSpan.FromDays(14));
        random.Shuffle(all);
        await Task.WhenAll(all.Chunk(100).Select(chunk => phone.RateAsync(chunk)));
        Assert.Equal(1000, (await phone.LogAsync()).Count);
        var state = await phone.CardsAsync();

        await using var connection = await app.Database.OpenConnectionAsync();
        await connection.ExecuteAsync("delete from card where learner_id = @Id", new { phone.Id });
        await using var transaction = await connection.BeginTransactionAsync();
        await CardLog.RebuildAllAsync(connection, phone.Id);
        await transaction.CommitAsync();
        Assert.Equal(state, await phone.CardsAsync());

        // The same rows in another order, for somebody else
        using var tablet = new CardLearner(app);
        await tablet.PackAsync();
        random.Shuffle(all);
        foreach (var chunk in all.Chunk(250)) await tablet.RateAsync(chunk);
        Assert.Equal(state.Select(c => (c.Question, c.Phase, c.Stability, c.Reviews)), (await tablet.CardsAsync()).Select(c => (c.Question, c.Phase, c.Stability, c.Reviews)));
    }

    [Fact]
    public async Task What_one_learner_did_never_becomes_anothers_nor_can_an_id_be_swallowed()
    {
        using var mine = new CardLearner(app);
        using var yours = new CardLearner(app);
        var card = (await mine.PackAsync()).Cards[0];
        await yours.PackAsync();
        var id = Guid.NewGuid();
        await yours.RateAsync(yours.Review(card.Version, Rating.Again, id));
        var (status, body) = await mine.SendAsync([mine.Review(card.Version, Rating.Good)], learner: yours.Id);
        Assert.Equal((HttpStatusCode.Conflict, "noLearner"), (status, body.GetProperty("code").GetString()));
        Assert.Single(await yours.LogAsync());
        await mine.RateAsync(mine.Review(card.Version, Rating.Good, id));
        Assert.Equal((short)1, Assert.Single(await yours.LogAsync()).Rating);
        Assert.Equal((short)3, Assert.Single(await mine.LogAsync()).Rating);
    }

    [Fact]
    public async Task Reviews_of_an_account_or_of_somebody_who_is_gone_are_nobodys_to_take_over()
    {
        using var mine = new CardLearner(app);
        using var account = new CardLearner(app, await app.SignedInAsync("keeps-her-own", "learner"));
        var card = (await mine.PackAsync()).Cards[0];
        await account.PackAsync();
        foreach (var other in (Guid[])[account.Id, Guid.NewGuid()])
        {
            var (status, body) = await mine.SendAsync([mine.Review(card.Version, Rating.Good)], learner: other);
            Assert.Equal((HttpStatusCode.Conflict, "otherLearner"), (status, body.GetProperty("code").GetString()));
        }

        // Signing up keeps what the browser did: then it is an account's and nobody's no longer
        using var stranger = new CardLearner(app);
        await stranger.PackAsync();
        await using var connection = await app.Database.OpenConnectionAsync();
        await connection.ExecuteAsync("update learner set merged_into = @to where id = @from", new { to = account.Id, from = mine.Id });
        var (_, claimed) = await stranger.SendAsync([stranger.Review(card.Version, Rating.Good)], learner: mine.Id);
        Assert.Equal("otherLearner", claimed.GetProperty("code").GetString());
        Assert.Empty(await account.LogAsync());
    }

    [Fact]
    public async Task First_requests_of_one_browser_that_carry_one_secret_begin_one_learner_and_a_spent_secret_opens_nobodys()
    {
        await SelfTestBank.SeedAsync(app.Database);
        var secret = SecretToken.Create();
        TestBrowser[] tabs = [app.Browser(), app.Browser(), app.Browser()];
        var learners = await Task.WhenAll(tabs.Select(tab => LearnerAsync(tab, secret)));
        Assert.Single(learners.Distinct());

        // Once an account has claimed the learner the secret leads to nobody, whoever found it
        using var account = await app.SignedInAsync("claims-a-device", "learner");
        var claims = new CardLearner(app, account);
        await claims.PackAsync();
        await using (var connection = await app.Database.OpenConnectionAsync())
            await connection.ExecuteAsync("update learner set merged_into = @to where id = @from", new { to = claims.Id, from = learners[0] });
        using var thief = app.Browser();
        var begun = await LearnerAsync(thief, secret);
        Assert.False(begun == learners[0] || begun == claims.Id);

        // What a person would choose is no secret, and a browser that has a learner keeps it whatever it sends
        using var one = app.Browser();
        using var two = app.Browser();
        Assert.NotEqual(await LearnerAsync(one, "password"), await LearnerAsync(two, "password"));
        Assert.Equal(begun, await LearnerAsync(thief, SecretToken.Create()));
        foreach (var tab in tabs) tab.Dispose();
    }

    private static async Task<Guid> LearnerAsync(TestBrowser browser, string device)
    {
        using var response = await browser.PostJsonAsync($"/api/cards/decks/{SelfTestBank.Slug}/pack", new { device });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<DeckPack>(DomainJson.Options))!.Learner;
    }

    [Fact]
    public async Task A_request_that_cannot_be_read_saves_nothing_and_says_so_for_the_browser_to_send_less()
    {
        using var learner = new CardLearner(app);
        var card = (await learner.PackAsync()).Cards[0];
        var at = app.Time.GetUtcNow().ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        // Half a character; browsers send a whole one in its place
        var text = $$"""
            {"learner":"{{learner.Id}}","reviews":[{"id":"{{Guid.NewGuid()}}","version":{{card.Version}},"rating":3,"at":"{{at}}"}],
             "marks":[{"id":"{{Guid.NewGuid()}}","question":{{card.Question}},"at":"{{at}}","note":"a\ud83db"}]}
            """;
        using var response = await learner.Browser.PostBytesAsync("/api/cards/changes", System.Text.Encoding.UTF8.GetBytes(text));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("badRequest", (await response.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("code").GetString());
        Assert.Empty(await learner.LogAsync());
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_by_its_id_and_the_rest_is_kept()
    {
        using var learner = new CardLearner(app);
        var card = (await learner.PackAsync()).Cards[0];
        var (good, bad) = (Guid.NewGuid(), Enumerable.Range(0, 3).Select(_ => Guid.NewGuid()).ToArray());
        var (status, body) = await learner.SendAsync(
        [
            learner.Review(card.Version, Rating.Good, good),
            new { id = bad[0], version = card.Version, rating = 5, at = app.Time.GetUtcNow() },
            new { id = bad[1], version = 987654321, rating = 3, at = app.Time.GetUtcNow() },
            new { id = bad[2], version = card.Version, at = app.Time.GetUtcNow() },
        ]);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal([good], body.GetProperty("stored").EnumerateArray().Select(e => e.GetGuid()));
        Assert.Equal(bad.Order(), body.GetProperty("refused").EnumerateArray().Select(e => e.GetGuid()).Order());
        Assert.Single(await learner.LogAsync());

        using var half = await learner.Browser.PostBytesAsync("/api/cards/changes", "{\"learner\":"u8.ToArray());
        Assert.Equal(HttpStatusCode.BadRequest, half.StatusCode);
        foreach (var list in (string[])["reviews", "marks", "flags"])
        {
            var body2 = "{" + $"\"learner\":\"{learner.Id}\",\"reviews\":[],\"{list}\":[null]" + "}";
            using var hollow = await learner.Browser.PostBytesAsync("/api/cards/changes", System.Text.Encoding.UTF8.GetBytes(body2));
            Assert.Equal(HttpStatusCode.BadRequest, hollow.StatusCode);
        }

        using var foreign = await learner.Browser.PostJsonAsync("/api/cards/changes", new { learner = learner.Id, reviews = Array.Empty<object>() }, origin: "https://elsewhere.example");
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-20_000)]
    [InlineData(-500_000)]
    public async Task Two_devices_set_a_card_aside_and_bring_it_back_and_the_last_of_them_counts_whatever_their_clocks_say(int hoursOff)
    {
        using var phone = new CardLearner(app);
        using var desk = new CardLearner(app, phone.Browser);
        var pack = await phone.PackAsync();
        await desk.PackAsync();
        var (question, other, day) = (pack.Cards[0].Question, pack.Cards[1].Question, pack.Days[0].Day);
        var wrong = app.Time.GetUtcNow().AddHours(hoursOff);
        // The phone's clock is wrong: set aside and taken back in one go, and a second card put off
        Assert.Equal(3, (await phone.SendAsync([],
        [
            new { id = Guid.NewGuid(), question, at = wrong, suspended = true }, new { id = Guid.NewGuid(), question, at = wrong.AddSeconds(1), suspended = false },
            new { id = Guid.NewGuid(), question = other, at = wrong, buriedDay = day },
        ])).Body.GetProperty("stored").GetArrayLength());
        Assert.Contains(question, await LeftAsync());
        Assert.DoesNotContain(other, await LeftAsync());

        // The desk does otherwise, a minute later
        app.Time.Advance(TimeSpan.FromMinutes(1));
        var now = app.Time.GetUtcNow();
        await desk.SendAsync([], [new { id = Guid.NewGuid(), question, at = now, suspended = true }, new { id = Guid.NewGuid(), question = other, at = now, buriedDay = day.AddDays(-1) }]);
        Assert.DoesNotContain(question, await LeftAsync());
        Assert.Contains(other, await LeftAsync());

        async Task<IEnumerable<long>> LeftAsync() => (await desk.PackAsync()).Cards.Select(card => card.Question);
    }

    [Fact]
    public async Task What_a_device_did_while_its_clock_had_no_date_counts_as_of_when_it_came_in_its_order()
    {
        using var learner = new CardLearner(app);
        var pack = await learner.PackAsync();
        var (card, note) = (pack.Cards[0], Guid.NewGuid());
        var early = new DateTimeOffset(1970, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var (status, body) = await learner.SendAsync(
            [learner.Review(card.Version, Rating.Again, at: early), learner.Review(card.Version, Rating.Easy, at: early.AddMinutes(1))],
            [new { id = note, question = card.Question, at = early, note = "背面" }]);
        Assert.Equal((HttpStatusCode.OK, 3, 0), (status, body.GetProperty("stored").GetArrayLength(), body.GetProperty("refused").GetArrayLength()));
        Assert.Equal([("rated", (short?)1, "cards", pack.Days[0].Day), ("rated", (short?)4, "cards", pack.Days[0].Day)], await learner.LogAsync());
        Assert.Equal(("review", 2), ((await learner.CardsAsync())[0].Phase, (await learner.CardsAsync())[0].Reviews));
    }

    [Fact]
    public async Task A_card_is_put_off_for_a_day_and_not_for_good()
    {
        using var learner = new CardLearner(app);
        var card = (await learner.PackAsync()).Cards[0];
        var id = Guid.NewGuid();
        var (status, body) = await learner.SendAsync([], [new { id, question = card.Question, at = app.Time.GetUtcNow(), buriedDay = "9999-12-31" }]);
        Assert.Equal((HttpStatusCode.OK, id), (status, body.GetProperty("refused")[0].GetGuid()));
        Assert.Contains((await learner.PackAsync()).Cards, one => one.Question == card.Question);
    }

    [Fact]
    public async Task A_clock_that_is_ahead_reviews_now()
    {
        using var learner = new CardLearner(app);
        var card = (await learner.PackAsync()).Cards[0];
        await learner.RateAsync(learner.Review(card.Version, Rating.Good, at: app.Time.GetUtcNow().AddDays(400)));
        Assert.Equal(DateOnly.FromDateTime(app.Time.GetUtcNow().AddHours(4).UtcDateTime), Assert.Single(await learner.LogAsync()).Day);
    }

    [Fact]
    public async Task Cards_that_are_put_off_or_suspended_stay_away_and_the_later_change_counts()
    {
        using var learner = new CardLearner(app);
        var pack = await learner.PackAsync();
        var (suspended, buried) = (pack.Cards[0].Question, pack.Cards[1].Question);
        var now = app.Time.GetUtcNow();
        var today = pack.Days[0].Day;
        await learner.SendAsync([], [
            new { id = Guid.NewGuid(), question = suspended, at = now, suspended = true },
            new { id = Guid.NewGuid(), question = suspended, at = now.AddMinutes(-5), suspended = false },
            new { id = Guid.NewGuid(), question = suspended, at = now, favourite = true, note = "想一想" },
            new { id = Guid.NewGuid(), question = buried, at = now, buriedDay = today },
        ]);
        var left = (await learner.PackAsync()).Cards.Select(card => card.Question).ToList();
        Assert.DoesNotContain(suspended, left);
        Assert.DoesNotContain(buried, left);
        Assert.Equal(pack.Cards.Count - 2, left.Count);

        app.Time.Advance(TimeSpan.FromDays(1));
        using (var resumed = await learner.Browser.SubmitAsync("/cards/speech", "/cards/speech/resume")) Assert.Equal("/cards/speech#suspended", resumed.Headers.Location!.ToString());
        var back = (await learner.PackAsync()).Cards;
        Assert.Equal((true, "想一想"), back.Where(card => card.Question == suspended).Select(card => (card.IsFavourite, card.Note)).Single());
        Assert.Contains(back, card => card.Question == buried);
    }

    [Fact]
    public async Task A_reported_question_is_on_record_once()
    {
        using var learner = new CardLearner(app);
        var card = (await learner.PackAsync()).Cards[0];
        object flag = new { id = Guid.NewGuid(), version = card.Version, reason = "unclear", at = app.Time.GetUtcNow(), words = " 看不懂 " };
        await learner.SendAsync([], flags: [flag, flag]);
        await learner.SendAsync([], flags: [flag]);
        await using var connection = await app.Database.OpenConnectionAsync();
        Assert.Equal([("unclear", "看不懂")], await connection.QueryAsync<(string, string)>("select reason, words from question_flag where learner_id = @Id", new { learner.Id }));
    }

    [Fact]
    public async Task Old_cards_come_before_their_limit_is_reached_and_new_ones_as_many_as_a_day_has_room_for()
    {
        using var learner = new CardLearner(app);
        var pack = await learner.PackAsync();
        await using var connection = await app.Database.OpenConnectionAsync();
        await connection.ExecuteAsync(
            "insert into deck (learner_id, source_id, new_per_day, reviews_per_day) select @Id, id, 2, 3 from source where slug = @Slug", new { learner.Id, SelfTestBank.Slug });
        await learner.RateAsync([.. pack.Cards.Take(5).Select(card => learner.Review(card.Version, Rating.Easy))]);
        Assert.Equal(0, (await learner.PackAsync()).NewToday);

        app.Time.Advance(TimeSpan.FromDays(30));
        var day = await learner.PackAsync();
        Assert.Equal((3, 2, 2), (day.ReviewsToday, day.Later, day.NewToday));
        await learner.RateAsync(learner.Review(day.Cards[0].Version, Rating.Good));
        Assert.Equal((2, 2), ((await learner.PackAsync()).ReviewsToday, (await learner.PackAsync()).Later));
    }
}
