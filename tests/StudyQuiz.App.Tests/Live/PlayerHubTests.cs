using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using StudyQuiz.App.Live;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.Live;

public sealed class PlayerHubTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_player_joins_answers_and_sees_the_result_and_nothing_of_the_key_before()
    {
        var game = await TestGame.OpenAsync(app);
        using var browser = await TestPlayer.JoinAsync(app, (await game.ViewAsync()).Pin, "白露");
        await using var player = await TestPlayer.PlayAsync(browser, game.Id);
        Assert.Equal("白露", (await player.SeesAsync(GamePhase.Lobby)).Seat!.Nickname);

        await game.GoOnAsync();
        Assert.Null((await player.SeesAsync(GamePhase.Reading)).Question!.Options);
        await game.GoOnAsync();
        Assert.Equal(3, (await player.SeesAsync(GamePhase.Open)).Question!.Options!.Count);
        var receipt = await player.AnswerAsync(1, await game.KeyAsync());
        Assert.True(receipt.Received);
        Assert.DoesNotContain(player.Frames, frame => frame.Contains(TestBank.Secret, StringComparison.Ordinal) || frame.Contains("\"key\"", StringComparison.Ordinal));

        await game.GoOnAsync();
        var closed = await player.SeesAsync(GamePhase.Closed);
        Assert.Equal((Outcome.Right, 100, 1), (closed.Result!.Outcome, closed.Result.Gain, closed.Result.Rank));
        Assert.Contains(TestBank.Secret, closed.Reveal!.Explanation, StringComparison.Ordinal);
        Assert.Equal(new EvidenceView("P01", "", $"{TestBank.Secret}在这一句里", "。"), closed.Reveal.Evidence.Single());

        await game.UntilAsync(GamePhase.Reading);
        var next = await player.SeesAsync(GamePhase.Reading);
        Assert.Null(next.Mine);
        Assert.Null(next.Result);
    }

    [Fact]
    public async Task Of_every_type_a_player_learns_nothing_before_the_close_and_the_key_after()
    {
        var game = await TestGame.OpenEveryTypeAsync(app);
        using var browser = await TestPlayer.JoinAsync(app, (await game.ViewAsync()).Pin, "白露");
        await using var player = await TestPlayer.PlayAsync(browser, game.Id);
        var other = await game.SeatAsync("青石");
        var types = new List<string>();
        for (var round = 1; round <= 6; round++)
        {
            await game.UntilAsync(GamePhase.Reading);
            Assert.Equal(round, (await player.SeesAsync(GamePhase.Reading)).Round);
            var before = player.Frames.Count - 1;
            await game.GoOnAsync();
            var question = (await player.SeesAsync(GamePhase.Open)).Question!;
            types.Add(question.Type);
            Assert.True((await game.Grain.Answer(other, round, Other(question))).Received);
            var right = question.Type == "poll" ? new Chosen([0]) : await game.KeyAsync();
            Assert.True((await player.AnswerAsync(round, right)).Received);
            Assert.DoesNotContain(player.Frames.Skip(before), TellsAnything);

            await game.GoOnAsync();
            var closed = await player.SeesAsync(GamePhase.Closed);
            if (question.Type == "poll") Assert.Equal((null, 1, 1), (closed.Result, closed.Reveal!.Counts![0], closed.Reveal.Counts[1]));
            else Assert.Equal((Outcome.Right, right.Form), (closed.Result!.Outcome, closed.Reveal!.Key!.Form));
            var shown = (await game.ViewAsync(HostScreen.Projector)).Reveal!;
            if (question.Type == QuestionTypes.Cloze) Assert.Equal([(TestBank.Secret, 1, true), ("不对。", 1, false)], shown.Typed!.Select(one => (one.Text, one.Count, one.IsRight)));
            else Assert.True(shown.Counts.Sum() >= 1);
        }

        Assert.Equal([QuestionTypes.SingleChoice, QuestionTypes.MultipleChoice, QuestionTypes.TrueFalse, QuestionTypes.Cloze, QuestionTypes.Ordering, "poll"], types);
        // The poll has no board: what follows it is the slide, and then the podium.
        await game.GoOnAsync();
        Assert.Equal(("slide", "- 再见"), ((await player.SeesAsync(GamePhase.Reading)).Question!.Type, player.Latest!.Question!.Text));
        await game.GoOnAsync();
        Assert.Equal((500, 5), ((await player.SeesAsync(GamePhase.Podium)).Seat!.Points, player.Latest!.Asked));

        // What the player has answered is told back, which of 填空 is the very key
        static bool TellsAnything(string frame) => new[] { TestBank.Secret, "另一说法", "\"key\"", "\"counts\"", "\"typed\"", "explanation", "correct", "whys" }
            .Any(word => WithoutOwnAnswer(frame).Contains(word, StringComparison.Ordinal));
        static string WithoutOwnAnswer(string frame)
        {
            var view = JsonNode.Parse(frame)!.AsObject();
            view.Remove("mine");
            return view.ToJsonString(DomainJson.Options);
        }

        static GivenAnswer Other(QuestionView question) => question.Type switch
        {
            QuestionTypes.TrueFalse => new Judged(false),
            QuestionTypes.Cloze => new Typed("不对。"),
            QuestionTypes.Ordering => new Ordered([3, 2, 1, 0]),
            _ => new Chosen([1]),
        };
    }

    [Fact]
    public async Task The_way_through_the_network_is_measured_by_numbers_that_come_back_and_does_not_count_as_answering_time()
    {
        var game = await TestGame.OpenAsync(app);
        using var browser = await TestPlayer.JoinAsync(app, (await game.ViewAsync()).Pin, "白露");
        await using var player = await TestPlayer.PlayAsync(browser, game.Id);
        await game.SeatAsync("青石");
        foreach (var milliseconds in (int[])[240, 180, 220])
        {
            var number = await player.PingAsync(0);
            app.Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
            await player.PingAsync(number);
        }

        // A number that was never sent measures nothing.
        Assert.NotEqual(0, await player.PingAsync(1));
        await game.UntilAsync(GamePhase.Open);
        app.Time.Advance(TimeSpan.FromSeconds(2));
        var receipt = await player.AnswerAsync(1, await game.KeyAsync());
        Assert.Equal((true, 1820), (receipt.Received, receipt.Mine!.TookMs));
    }

    [Fact]
    public async Task Whoever_has_the_link_watches_what_the_projector_shows_without_key_or_way_to_join()
    {
        var game = await TestGame.OpenAsync(app);
        await game.SeatAsync("白露");
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var secret = await connection.QuerySingleAsync<string>("select watch_secret from game where id = @Id", new { game.Id });
        using var browser = app.Browser();
        using (var closed = await browser.GetAsync($"/watch/{game.Id}")) Assert.Equal(HttpStatusCode.NotFound, closed.StatusCode);
        using (var wrong = await browser.GetAsync("/w/made-up")) Assert.Equal(HttpStatusCode.NotFound, wrong.StatusCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => WatchAsync(browser, game.Id));
        // Whoever may watch another game comes as far as the hub
        var other = await TestGame.OpenAsync(app);
        using (await browser.GetAsync("/w/" + await connection.QuerySingleAsync<string>("select watch_secret from game where id = @Id", new { other.Id }))) Assert.Equal("unknownGame", (await WatchAsync(browser, game.Id)).Refusal);
        using (var come = await browser.GetAsync($"/w/{secret}")) Assert.Equal($"/watch/{game.Id}", come.Headers.Location?.OriginalString);
        Assert.Contains("sq-projector", await browser.ReadAsync($"/watch/{game.Id}"), StringComparison.Ordinal);

        foreach (var phase in (GamePhase[])[GamePhase.Reading, GamePhase.Open])
        {
            await game.UntilAsync(phase);
            var seen = (await WatchAsync(browser, game.Id)).View!;
            Assert.Equal((phase, "", "", null, null), (seen.Phase, seen.Pin, seen.JoinAddress, seen.Key, seen.Reveal));
        }

        await game.UntilAsync(GamePhase.Closed);
        Assert.NotNull((await WatchAsync(browser, game.Id)).View!.Reveal!.Key);
    }

    private static async Task<HostAttached> WatchAsync(TestBrowser browser, Guid game)
    {
        await using var hub = new HubConnectionBuilder()
            .WithUrl(new Uri(browser.Address, "/hubs/watch"), options =>
            {
                options.Cookies = browser.Cookies;
                options.Headers.Add("Origin", browser.Address.GetLeftPart(UriPartial.Authority));
            })
            .AddJsonProtocol(json => DomainJson.Configure(json.PayloadSerializerOptions))
            .Build();
        await hub.StartAsync();
        return await hub.InvokeAsync<HostAttached>("Attach", game);
    }

    [Fact]
    public async Task Coming_back_finds_the_seat_and_evicts_the_old_screen()
    {
        var game = await TestGame.OpenAsync(app);
        using var browser = await TestPlayer.JoinAsync(app, (await game.ViewAsync()).Pin, "白露");
        await using var old = await TestPlayer.PlayAsync(browser, game.Id);
        await game.UntilAsync(GamePhase.Open);
        Assert.True((await old.AnswerAsync(1, await game.KeyAsync())).Received);

        await using var back = await TestPlayer.PlayAsync(browser, game.Id);
        Assert.NotNull(back.Latest!.Mine);
        await Until.TrueAsync(() => Task.FromResult(old.IsEvicted), "the old screen is told");
    }

    [Fact]
    public async Task Without_the_seats_cookie_there_is_no_seat()
    {
        var game = await TestGame.OpenAsync(app);
        await game.SeatAsync("白露");
        using var stranger = app.Browser();
        await Assert.ThrowsAsync<HttpRequestException>(() => TestPlayer.PlayAsync(stranger, game.Id));
        // Whoever has a seat in another game comes as far as the hub
        var other = await TestGame.OpenAsync(app);
        using var guest = await TestPlayer.JoinAsync(app, (await other.ViewAsync()).Pin, "霜降");
        await using var connection = await TestPlayer.PlayAsync(guest, game.Id);
        Assert.Equal(Refusals.NoSeat, await connection.AttachAsync());
        Assert.Equal(Refusals.NoSeat, (await connection.AnswerAsync(1, new Chosen([0]))).Refusal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://elsewhere.example")]
    public async Task A_handshake_without_or_with_a_foreign_origin_is_refused(string? origin)
    {
        foreach (var hub in (string[])["/hubs/player", "/hubs/host"])
        {
            using var socket = new ClientWebSocket();
            if (origin is not null) socket.Options.SetRequestHeader("Origin", origin);
            socket.Options.CollectHttpResponseDetails = true;
            await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new UriBuilder(new Uri(app.Address, hub)) { Scheme = "ws" }.Uri, TestContext.Current.CancellationToken));
            Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode);
        }
    }
}
