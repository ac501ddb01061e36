using StudyQuiz.App.Live;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.Live;

public sealed class GameGrainTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_game_runs_from_lobby_to_podium_with_distribution_and_board()
    {
        var game = await TestGame.OpenAsync(app, rounds: 2);
        var (first, second) = (await game.SeatAsync("白露"), await game.SeatAsync("青石"));
        for (var round = 1; round <= 2; round++)
        {
            await game.UntilAsync(GamePhase.Open);
            Assert.True((await game.Grain.Answer(first, round, await game.KeyAsync())).Received);
            Assert.True((await game.Grain.Answer(second, round, await game.WrongAsync())).Received);
            await game.GoOnAsync();
            var closed = await game.ViewAsync(HostScreen.Projector);
            Assert.Equal(2, closed.Reveal!.Counts.Sum());
            Assert.Equal(1, closed.Reveal.Right);
            await game.GoOnAsync();
            Assert.Equal(["白露", "青石"], (await game.ViewAsync()).Board!.Select(row => row.Nickname));
            await game.GoOnAsync();
        }

        var podium = await game.ViewAsync();
        Assert.Equal(GamePhase.Podium, podium.Phase);
        Assert.Equal([200, 0], podium.Podium!.Top.Select(row => row.Points));
        Assert.Equal(0.5, podium.Podium.CorrectShare);
        Assert.Equal(new ResultView(Outcome.Right, 100, 1, 1, 2, 2), (await game.ViewOfAsync("白露")).Result);
    }

    [Fact]
    public async Task A_receipt_means_that_the_answer_is_in_the_database()
    {
        var game = await TestGame.OpenAsync(app);
        var seat = await game.SeatAsync("白露");
        await game.UntilAsync(GamePhase.Open);
        Assert.True((await game.Grain.Answer(seat, 1, await game.KeyAsync())).Received);
        Assert.Equal(1, await game.StoredAsync());
    }

    [Fact]
    public async Task Whoever_has_a_receipt_sees_the_answer_at_every_reload()
    {
        var game = await TestGame.OpenAsync(app);
        var names = Enumerable.Range(1, 100).Select(i => $"第{i}位").ToList();
        foreach (var name in names) await game.SeatAsync(name);
        await game.UntilAsync(GamePhase.Open);
        var key = await game.KeyAsync();
        for (var seat = 1; seat <= names.Count; seat++)
        {
            Assert.True((await game.Grain.Answer(seat, 1, key)).Received);
            Assert.NotNull((await game.ViewOfAsync(names[seat - 1])).Mine);
        }

        Assert.Equal(names.Count, (await game.ViewAsync()).Answered);
    }

    [Fact]
    public async Task Ten_answers_of_one_seat_at_once_store_one_and_get_one_reply()
    {
        var game = await TestGame.OpenAsync(app);
        var seat = await game.SeatAsync("白露");
        await game.UntilAsync(GamePhase.Open);
        var receipts = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => game.Grain.Answer(seat, 1, new Chosen([i % 3]))));
        Assert.All(receipts, receipt => Assert.True(receipt.Received));
        Assert.Single(receipts.Select(receipt => ((Chosen)receipt.Mine!.Answer).Options[0]).Distinct());
        Assert.Equal(1, await game.StoredAsync());
    }

    [Fact]
    public async Task Taking_a_seat_twice_with_one_secret_is_one_seat()
    {
        var game = await TestGame.OpenAsync(app);
        Assert.Equal(await game.SeatAsync("白露"), await game.SeatAsync("白露"));
        Assert.Equal(1, (await game.ViewAsync()).Seats);
    }

    [Fact]
    public async Task The_clock_opens_and_closes_a_round_without_anyone_touching_it()
    {
        var game = await TestGame.OpenAsync(app);
        await game.SeatAsync("白露");
        await game.GoOnAsync();
        app.Time.Advance(TimeSpan.FromSeconds(4));
        await Until.TrueAsync(async () => (await game.ViewAsync()).Phase == GamePhase.Open, "the round opens");
        app.Time.Advance(TimeSpan.FromSeconds(21));
        await Until.TrueAsync(async () => (await game.ViewAsync()).Phase == GamePhase.Closed, "the round closes");
    }

    [Fact]
    public async Task After_a_restart_the_seats_answers_and_time_left_are_there()
    {
        var game = await TestGame.OpenAsync(app);
        var seat = await game.SeatAsync("白露");
        await game.UntilAsync(GamePhase.Open);
        var key = await game.KeyAsync();
        app.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.True((await game.Grain.Answer(seat, 1, key)).Received);

        await app.RestartAsync();
        // An outage costs nobody time, however long it was.
        app.Time.Advance(TimeSpan.FromHours(1));

        var view = await game.ViewOfAsync("白露");
        Assert.Equal((GamePhase.Open, 1), (view.Phase, view.Round));
        Assert.Equal(((Chosen)key).Options, ((Chosen)view.Mine!.Answer).Options);
        Assert.Equal(5000, view.Mine.TookMs);
        Assert.InRange(view.Clock!.RemainingMs, 1, 3000); // everybody has answered: three seconds are left of the twenty
        Assert.True((await game.Grain.Answer(seat, 1, await game.WrongAsync())).Received);
        Assert.Equal(1, await game.StoredAsync());
    }

    [Fact]
    public async Task An_owner_that_was_replaced_writes_nothing_and_receipts_nothing()
    {
        var game = await TestGame.OpenAsync(app);
        var seat = await game.SeatAsync("白露");
        await game.UntilAsync(GamePhase.Open);
        var key = await game.KeyAsync();

        await using var twin = await app.StartTwinAsync();
        Assert.Equal(GamePhase.Open, (await game.GrainOn(twin.Services).AttachHost(game.Host, HostScreen.Remote)).View!.Phase);

        var fenced = await game.Grain.Answer(seat, 1, key);
        Assert.False(fenced.Received);
        Assert.Equal(0, await game.StoredAsync());

        // The old owner has stepped down: the next call there takes the game over and is good again.
        await Until.TrueAsync(async () => (await game.Grain.Answer(seat, 1, key)).Received, "the answer is taken by the owner");
        Assert.Equal(1, await game.StoredAsync());
    }

    [Fact]
    public async Task A_host_sees_only_their_own_game()
    {
        var game = await TestGame.OpenAsync(app);
        Assert.Equal(Refusals.NotYours, (await game.Grain.AttachHost(Guid.NewGuid(), HostScreen.Remote)).Refusal);
        Assert.Equal(Refusals.NotYours, (await game.Grain.Lead(Guid.NewGuid(), new Advance(GamePhase.Lobby, 0))).Refusal);
        Assert.Equal(Refusals.NotYours, (await game.Grain.Lead(Guid.NewGuid(), new Abort(GamePhase.Lobby, 0))).Refusal);
    }

    [Fact]
    public async Task The_projector_gets_no_key_before_the_close()
    {
        var game = await TestGame.OpenAsync(app);
        await game.SeatAsync("白露");
        foreach (var phase in (GamePhase[])[GamePhase.Reading, GamePhase.Open])
        {
            await game.UntilAsync(phase);
            var projected = await game.ViewAsync(HostScreen.Projector);
            Assert.Null(projected.Key);
            Assert.Null(projected.Reveal);
        }
    }

    [Fact]
    public async Task A_game_nobody_knows_refuses_by_one_name()
    {
        var nowhere = new TestGame(Guid.NewGuid(), Guid.NewGuid(), app).Grain;
        Assert.Equal(Refusals.UnknownGame, (await nowhere.TakeSeat(new Newcomer("白露", [1], null))).Refusal);
        Assert.Equal(Refusals.UnknownGame, (await nowhere.AttachPlayer([1], Guid.NewGuid())).Refusal);
        Assert.Equal(Refusals.UnknownGame, (await nowhere.Answer(1, 1, new Chosen([0]))).Refusal);
        Assert.Null(await nowhere.Invite());
    }
}
