using System.Net;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using StudyQuiz.App.Features.JoinGame;
using StudyQuiz.App.Features.ReadReports;
using StudyQuiz.App.Live;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.Live;

/// <summary>What hosts do beside going on is stored like everything else of a game: a new owner knows it, screens are told, it is on record.</summary>
public sealed class HostingTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_paused_round_keeps_its_time_through_hours_and_a_restart()
    {
        var game = await TestGame.OpenAsync(app);
        var seat = await game.SeatAsync("白露");
        await game.SeatAsync("青石");
        await game.UntilAsync(GamePhase.Open);
        app.Time.Advance(TimeSpan.FromSeconds(5));
        await game.LeadAsync((phase, round) => new Pause(phase, round));
        app.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(Refusals.Name(GameRefusal.Paused), (await game.Grain.Answer(seat, 1, await game.KeyAsync())).Refusal);
        Assert.Null((await game.ViewAsync(HostScreen.Projector)).Question);
        Assert.Null((await game.ViewOfAsync("白露")).Question);

        await app.RestartAsync();
        app.Time.Advance(TimeSpan.FromHours(1));
        var clock = (await game.ViewAsync()).Clock!;
        Assert.Equal((true, 15000), (clock.Paused, clock.RemainingMs));

        await game.LeadAsync((phase, round) => new Resume(phase, round));
        app.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(7000, (await game.Grain.Answer(seat, 1, await game.KeyAsync())).Mine!.TookMs);
        app.Time.Advance(TimeSpan.FromSeconds(14));
        await Until.TrueAsync(async () => (await game.ViewAsync()).Phase == GamePhase.Closed, "the round closes when its time is over");
    }

    [Fact]
    public async Task Everything_that_a_host_does_to_a_round_survives_a_restart_and_is_on_record()
    {
        var game = await TestGame.OpenAsync(app, rounds: 3);
        var (first, second) = (await game.SeatAsync("白露"), await game.SeatAsync("青石"));
        await game.UntilAsync(GamePhase.Open);
        await game.LeadAsync((phase, round) => new Extend(phase, round, TimeSpan.FromSeconds(10)));
        Assert.Equal(30000, (await game.ViewAsync()).Clock!.TotalMs);
        var wrong = await game.WrongAsync();
        await game.Grain.Answer(first, 1, wrong);
        await game.GoOnAsync();
        app.Time.Advance(TimeSpan.FromSeconds(70));
        await game.LeadAsync((phase, round) => new Reopen(phase, round, TimeSpan.FromSeconds(20)));
        Assert.Equal(GamePhase.Open, (await game.ViewOfAsync("青石")).Phase);
        // No longer than there was, whatever has been talked about meanwhile
        Assert.Equal(20_000, (await game.Grain.Answer(second, 1, wrong)).Mine!.TookMs);
        await game.GoOnAsync();
        Assert.Equal(new ImpactView(2, 0), await game.Grain.Preview(game.Host, wrong));
        await game.LeadAsync((phase, round) => new CorrectKey(phase, round, wrong));
        var told = await game.ViewOfAsync("青石");
        Assert.Equal((100, RoundFix.Reopened | RoundFix.Corrected, ""), (told.Seat!.Points, told.Fix, told.Reveal!.Explanation));

        await app.RestartAsync();
        var closed = await game.ViewAsync();
        Assert.Equal((GamePhase.Closed, 2, RoundFix.Reopened | RoundFix.Corrected), (closed.Phase, closed.Reveal!.Right, closed.Fix));
        await game.GoOnAsync();
        await game.SeatAsync("晚来");
        var sentAway = await game.SeatAsync("捣乱的");
        await game.GoOnAsync();
        await game.LeadAsync((phase, round) => new Skip(phase, round));
        await game.GoOnAsync();
        await game.Grain.Answer(first, 3, await game.KeyAsync());
        await game.Grain.Answer(sentAway, 3, await game.KeyAsync());
        await game.Grain.Lead(game.Host, new RemoveSeat(sentAway, Ban: false));
        await game.GoOnAsync();
        await game.LeadAsync((phase, round) => new VoidRound(phase, round));

        await app.RestartAsync();
        Assert.Equal(100, (await game.ViewOfAsync("白露")).Seat!.Points);
        var rounds = (await game.ViewAsync()).Console!.Rounds;
        Assert.Equal([RoundFix.Reopened | RoundFix.Corrected, RoundFix.Skipped, RoundFix.Voided], rounds.Select(round => round.Fix));
        Assert.Equal([1, null, null], rounds.Select(round => round.Share));
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            ["game.reopened", "game.corrected", "game.voided"],
            await connection.QueryAsync<string>("select act from audit where actor = @Host order by id", new { game.Host }));
        Assert.Equal(2, await connection.QuerySingleAsync<int>("select count(*)::int from game_round where game_id = @Id and voided_at is not null", new { game.Id }));

        await game.UntilAsync(GamePhase.Podium);
        var report = (await GameReport.FindAsync(connection, app.Services.GetRequiredService<GameLoading>(), game.Id, game.Host))!;
        var asked = Assert.Single(report.Questions);
        // Who came when it had closed was not asked it
        Assert.Equal((1, true, false, 2, TimeSpan.FromSeconds(10)), (asked.Number, asked.IsHostsKey, asked.IsCorrected, asked.Credits.Count, asked.Median));
        Assert.Equal([(2, false, 0), (3, true, 1)], report.LeftOut.Select(round => (round.Round, round.IsVoid, round.Answers)));
        Assert.Equal("", Assert.Single((await GameResult.FindAsync(connection, game.Id, game.Id + "青石"))!.Answers).Told.Question.Explanation);
    }

    [Fact]
    public async Task Reviews_go_by_the_corrected_key_and_leave_out_what_counts_for_nobody()
    {
        var game = await TestGame.OpenAsync(app);
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var learner = Guid.CreateVersion7();
        await connection.ExecuteAsync("insert into learner (id) values (@learner)", new { learner });
        var seat = (await game.Grain.TakeSeat(new Newcomer("小明", SecretToken.Hash("小明" + learner), learner))).Seat!.Value;
        await game.UntilAsync(GamePhase.Open);
        var wrong = await game.WrongAsync();
        await game.Grain.Answer(seat, 1, wrong);
        await game.GoOnAsync();
        await game.LeadAsync((phase, round) => new CorrectKey(phase, round, wrong));
        await game.GoOnAsync();
        await game.GoOnAsync();
        await game.GoOnAsync();
        await game.Grain.Answer(seat, 2, await game.KeyAsync());
        await game.LeadAsync((phase, round) => new Skip(phase, round));
        // The game's own end wakes the writer, too: whoever comes second finds nothing to do.
        await app.Services.GetRequiredService<GameReviews>().WriteAsync(TestContext.Current.CancellationToken);
        await Until.TrueAsync(
            () => connection.QuerySingleAsync<bool>("select reviews_written_at is not null from game where id = @Id", new { game.Id }), "the reviews are written");
        Assert.Equal([3], await connection.QueryAsync<int>("select rating from review where learner_id = @learner", new { learner }));
    }

    [Fact]
    public async Task A_seat_taken_away_is_told_loses_its_place_and_comes_back_only_where_it_may()
    {
        var game = await TestGame.OpenAsync(app);
        var pin = (await game.ViewAsync()).Pin;
        using var kicked = await TestPlayer.JoinAsync(app, pin, "捣乱的人");
        using var banned = await TestPlayer.JoinAsync(app, pin, "更捣乱的人");
        await using var screen = await TestPlayer.PlayAsync(kicked, game.Id);
        await game.UntilAsync(GamePhase.Open);
        await game.Grain.Lead(game.Host, new RemoveSeat(1, Ban: false));
        await game.Grain.Lead(game.Host, new RemoveSeat(2, Ban: true));
        await Until.TrueAsync(() => Task.FromResult(screen.WhyRemoved == Refusals.Removed), "the screen is told");
        Assert.Equal(0, (await game.ViewAsync()).Seats);

        using var again = await kicked.SubmitAsync($"/join?pin={pin}", "/join", ("nickname", "捣乱的人"));
        Assert.Equal($"/play/{game.Id}", again.Headers.Location?.OriginalString);
        Assert.Equal(["捣乱的人"], (await game.ViewAsync()).Newest);
        Assert.Contains("不能再加入", WebUtility.HtmlDecode(await banned.ReadAsync($"/join?pin={pin}")), StringComparison.Ordinal);

        await app.RestartAsync();
        using var elsewhere = app.Browser();
        using var sameName = await elsewhere.SubmitAsync($"/join?pin={pin}", "/join", ("nickname", "更 捣乱的人"));
        Assert.Contains("叫这个名字的人", WebUtility.HtmlDecode(await sameName.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        Assert.Equal(Refusals.Name(GameRefusal.UnknownSeat), (await game.Grain.Answer(1, 1, new Chosen([0]))).Refusal);
        Assert.Equal(["捣乱的人"], (await game.ViewAsync()).Newest);
    }

    [Fact]
    public async Task The_host_sees_who_is_there_and_who_has_answered()
    {
        var game = await TestGame.OpenAsync(app);
        using var browser = await TestPlayer.JoinAsync(app, (await game.ViewAsync()).Pin, "白露");
        await game.SeatAsync("青石");
        await using (var player = await TestPlayer.PlayAsync(browser, game.Id))
        {
            await Until.TrueAsync(async () => (await game.ViewAsync()).Console!.Online == 1, "one seat has a screen");
            Assert.Null((await game.Grain.Lead(game.Host, new GiveExtraTime(1, 100))).Refusal);
            await Until.TrueAsync(() => Task.FromResult(player.Latest?.Seat?.Extra == 100), "the phone knows that it has more time");
            await game.UntilAsync(GamePhase.Open);
            await Until.TrueAsync(() => Task.FromResult(player.Latest is { Phase: GamePhase.Open, Clock.TotalMs: 40_000 }), "its clock shows it");
            await game.Grain.Answer(2, 1, await game.KeyAsync());
            var seats = (await game.ViewAsync()).Console!.Seats;
            Assert.Equal([("青石", false, true), ("白露", true, false)], seats.Select(seat => (seat.Name, seat.Online, seat.Answered)));
            Assert.Equal(1, (await game.ViewAsync()).Console!.Silent);
            Assert.Equal(0, (await game.ViewAsync()).Console!.Projectors);
            await app.Services.GetRequiredService<GameRelay>().AttachHostAsync(game.Id, game.Host, HostScreen.Projector, "beamer", "quiz.example/join");
            await Until.TrueAsync(async () => (await game.ViewAsync()).Console!.Projectors == 1, "the projector is known");
            app.Services.GetRequiredService<GameRelay>().Detach(game.Id, "beamer");
        }

        app.Time.Advance(TimeSpan.FromSeconds(1));
        await Until.TrueAsync(async () => (await game.ViewAsync()).Console is { Online: 0, Projectors: 0 }, "its screens are gone");
        Assert.Equal(["青石"], (await game.Grain.FindSeats(game.Host, "青")).Select(seat => seat.Name));
        Assert.Empty(await game.Grain.FindSeats(Guid.NewGuid(), "青"));
        Assert.Null((await game.ViewAsync(HostScreen.Projector)).Console);
    }

    [Fact]
    public async Task A_seat_moved_to_another_team_sees_it_and_stays_there_through_a_restart()
    {
        var game = await TestGame.OpenAsync(app, options: new GameOptions { Teams = TeamMode.Balanced, TeamNames = "红\n蓝" });
        var seat = await game.SeatAsync("白露");
        await game.SeatAsync("青石");
        Assert.Null((await game.Grain.Lead(game.Host, new MoveSeat(seat, 2))).Refusal);
        Assert.Equal("蓝", (await game.ViewOfAsync("白露")).Seat!.Team);
        await app.RestartAsync();
        var view = await game.ViewAsync();
        Assert.Equal(["红", "蓝"], view.Console!.Teams);
        Assert.Equal([2, 2], view.Console.Seats.Select(row => row.Team));
        Assert.Equal([("蓝", 2)], view.Teams!.Select(team => (team.Name, team.Size)));
        Assert.Null((await game.Grain.Lead(game.Host, new BalanceTeams())).Refusal);
        Assert.Equal("红", (await game.ViewOfAsync("青石")).Seat!.Team);
    }

    [Theory]
    [InlineData(5, 3)]
    [InlineData(7, 4)]
    [InlineData(10, 5)]
    public async Task The_board_shows_no_more_than_the_better_half_of_a_room(int seats, int rows)
    {
        var game = await TestGame.OpenAsync(app, rounds: 1);
        for (var seat = 1; seat <= seats; seat++) await game.SeatAsync($"第{seat}位");
        Assert.Equal(rows, (await game.UntilAsync(GamePhase.Board)).Board!.Count);
    }

    [Fact]
    public async Task A_game_that_ends_with_a_slide_tells_everyone_their_rank()
    {
        var game = await TestGame.OpenEveryTypeAsync(app);
        using var browser = await TestPlayer.JoinAsync(app, (await game.ViewAsync()).Pin, "白露");
        await using var player = await TestPlayer.PlayAsync(browser, game.Id);
        await game.UntilAsync(GamePhase.Podium);
        await Until.TrueAsync(() => Task.FromResult(player.Latest is { Phase: GamePhase.Podium, Result.Rank: 1 }), "the end shows the rank");
    }

    [Fact]
    public async Task What_this_installation_does_not_show_is_no_unit_no_new_name_and_on_no_projector()
    {
        var game = await TestGame.OpenEveryTypeAsync(app, new GameOptions { Identity = PlayerIdentity.NameAndUnit });
        var refused = await game.Grain.TakeSeat(new Newcomer("白露", SecretToken.Hash("unit" + game.Id), Unit: "习近平班"));
        Assert.Equal(Refusals.UnitBlocked, refused.Refusal);
        var seat = (await game.Grain.TakeSeat(new Newcomer("白露", SecretToken.Hash("unit" + game.Id), Unit: "二班"))).Seat!.Value;
        Assert.Equal(Refusals.NicknameBlocked, (await game.Grain.Lead(game.Host, new RenameSeat(seat, "大混蛋"))).Refusal);
        while (await game.ViewAsync() is not { Phase: GamePhase.Open, Question.Type: "cloze" }) await game.GoOnAsync();
        Assert.True((await game.Grain.Answer(seat, (await game.ViewAsync()).Round, new Typed("你这混蛋"))).Received);
        await game.GoOnAsync();
        Assert.Equal("＊＊＊", (await game.ViewAsync(HostScreen.Projector)).Reveal!.Typed![1].Text);
        Assert.Equal("你这混蛋", (await game.ViewAsync()).Reveal!.Typed![1].Text);
    }

    [Fact]
    public async Task An_event_of_another_version_is_passed_over()
    {
        var game = await TestGame.OpenAsync(app);
        await game.SeatAsync("白露");
        await game.UntilAsync(GamePhase.Open);
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync(
            """
            insert into game_event (game_id, version, body)
            values (@Id, (select max(version) + 1 from game_event where game_id = @Id), '{"kind": "confettiThrown", "at": "00:00:04", "colour": "mauve"}')
            """,
            new { game.Id });
        await app.RestartAsync();
        Assert.Equal(GamePhase.Open, (await game.ViewAsync()).Phase);
        await game.GoOnAsync();
        Assert.Equal(GamePhase.Closed, (await game.ViewAsync()).Phase);
    }

    [Fact]
    public async Task Only_the_host_leads()
    {
        var game = await TestGame.OpenAsync(app);
        await game.SeatAsync("白露");
        foreach (var command in (HostCommand[])[new LockJoining(true), new RemoveSeat(1, true), new RenameSeat(1, "别人"), new ClearLobby(GamePhase.Lobby, 0)])
        {
            Assert.Equal(Refusals.NotYours, (await game.Grain.Lead(Guid.NewGuid(), command)).Refusal);
        }
    }
}
