using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Quizzes;

namespace StudyQuiz.Domain.Tests.Games;

public sealed class GameRulesTests
{
    [Fact]
    public void The_host_leads_from_lobby_to_podium()
    {
        var game = Playing.Game(rounds: 1);
        var seen = new List<GamePhase> { game.State.Phase };
        while (!game.State.IsOver) seen.Add(game.GoOn().State.Phase);
        Assert.Equal([GamePhase.Lobby, GamePhase.Reading, GamePhase.Open, GamePhase.Closed, GamePhase.Board, GamePhase.Podium], seen);
    }

    [Fact]
    public void A_second_tap_on_what_another_screen_has_done_is_refused()
    {
        var game = Playing.Game().GoOn();
        Assert.Equal(GameRefusal.WrongPhase, game.Refused(new Advance(GamePhase.Lobby, 0)));
        Assert.Equal(GamePhase.Reading, game.State.Phase);
    }

    [Fact]
    public void Nobody_starts_an_empty_room() =>
        Assert.Equal(GameRefusal.NoSeats, Playing.Game(seats: 0).Refused(new Advance(GamePhase.Lobby, 0)));

    [Fact]
    public void Reading_opens_and_an_open_round_closes_by_time_alone()
    {
        var game = Playing.Game().GoOn().Wait(2.9).Do(new Tick());
        Assert.Equal(GamePhase.Reading, game.State.Phase);
        Assert.Equal(GamePhase.Open, game.Wait(0.2).Do(new Tick()).State.Phase);
        Assert.Equal(GamePhase.Open, game.Wait(20.2).Do(new Tick()).State.Phase);
        Assert.Equal(GamePhase.Closed, game.Wait(0.2).Do(new Tick()).State.Phase);
    }

    [Fact]
    public void A_round_closes_three_seconds_after_the_last_seat_has_answered()
    {
        var game = Playing.Game(seats: 2).UntilOpen().Wait(1).Answer(1, 0);
        Assert.Equal(GamePhase.Open, game.Wait(5).Do(new Tick()).State.Phase);
        game.Answer(2, 1).Wait(2.9).Do(new Tick());
        Assert.Equal(GamePhase.Open, game.State.Phase);
        Assert.Equal(GamePhase.Closed, game.Wait(0.1).Do(new Tick()).State.Phase);
    }

    [Fact]
    public void Answers_count_only_while_the_round_is_open()
    {
        var game = Playing.Game(rounds: 2).GoOn();
        var answer = new GiveAnswer(1, 1, new Chosen([0]));
        Assert.Equal(GameRefusal.NotOpenYet, game.Refused(answer));
        game.GoOn();
        Assert.Equal(GameRefusal.WrongRound, game.Refused(answer with { Round = 2 }));
        Assert.Equal(GameRefusal.UnknownSeat, game.Refused(answer with { Seat = 99 }));
        Assert.Equal(GameRefusal.UnfitAnswer, game.Refused(answer with { Answer = new Chosen([3]) }));
        Assert.Equal(GameRefusal.UnfitAnswer, game.Refused(answer with { Answer = new Judged(true) }));
        game.Do(answer);
        Assert.Equal(GameRefusal.AlreadyAnswered, game.Refused(answer with { Answer = new Chosen([1]) }));
        game.GoOn();
        Assert.Equal(GameRefusal.TooLate, game.Refused(answer with { Seat = 2 }));
    }

    [Fact]
    public void An_answer_after_the_close_is_not_banked_for_the_next_question()
    {
        var game = Playing.Game(rounds: 2).UntilOpen().GoOn().GoOn().GoOn().GoOn();
        Assert.Equal((GamePhase.Open, 2), (game.State.Phase, game.State.Round));
        Assert.Equal(GameRefusal.TooLate, game.Refused(new GiveAnswer(1, 1, new Chosen([0]))));
        Assert.Empty(game.State.Answers);
    }

    [Fact]
    public void The_deadline_has_a_grace_and_no_more()
    {
        var inGrace = Playing.Game().UntilOpen().Wait(20.149);
        inGrace.Answer(1, 0);
        var after = Playing.Game().UntilOpen().Wait(20.151);
        Assert.Equal(GameRefusal.TooLate, after.Refused(new GiveAnswer(1, 1, new Chosen([0]))));
    }

    [Fact]
    public void A_game_that_is_over_takes_no_commands()
    {
        var game = Playing.Game().Do(new Abort(GamePhase.Lobby, 0));
        Assert.Equal(GameRefusal.GameOver, game.Refused(new TakeSeat("迟到的人")));
        Assert.Equal(GameRefusal.GameOver, game.Refused(new Advance(GamePhase.Aborted, 0)));
        Assert.Equal(GameRefusal.GameOver, game.Refused(new Abort(GamePhase.Aborted, 0)));
    }

    [Fact]
    public void Seats_are_refused_by_cap_late_join_and_nickname()
    {
        Assert.Equal(GameRefusal.Full, Playing.Game(seats: 2, seatCap: 2).Refused(new TakeSeat("第三人")));
        Assert.Equal(GameRefusal.LateJoinOff, Playing.Game(lateJoin: false).GoOn().Refused(new TakeSeat("迟到的人")));
        Assert.Equal(GameRefusal.NicknameInvalid, Playing.Game().Refused(new TakeSeat("  ")));
        Assert.Equal(GameRefusal.NicknameTaken, Playing.Game().Do(new TakeSeat("白露")).Refused(new TakeSeat("白 露")));
    }

    [Fact]
    public void Accuracy_ranks_first_time_breaks_ties_and_silence_is_never_faster()
    {
        var game = Playing.Game(seats: 4).UntilOpen();
        game.Wait(2).Answer(3, 0).Wait(2).Answer(1, 0).Wait(1).Answer(2, 1).GoOn();
        Assert.Equal([3, 1, 2, 4], game.State.Standings.Select(s => s.Seat));
        Assert.Equal([100, 100, 0, 0], game.State.Standings.Select(s => s.Points));
        Assert.Equal([1, 2, 3, 4], game.State.Standings.Select(s => s.Rank));
        Assert.Equal(Outcome.Unanswered, game.State.Standings[3].Outcome);
        Assert.Equal(2, game.State.Tallies[1].Rights);
    }

    [Fact]
    public void Equal_points_and_times_share_a_rank()
    {
        var game = Playing.Game(seats: 3).UntilOpen().Wait(2).Answer(1, 0).Answer(2, 0).GoOn();
        Assert.Equal([1, 1, 3], game.State.Standings.Select(s => s.Rank));
    }

    [Fact]
    public void A_streak_grows_with_every_right_answer_and_breaks_with_a_wrong_one()
    {
        var game = Playing.Game(rounds: 3, seats: 1);
        var streaks = new List<int>();
        foreach (var option in (int[])[0, 0, 2])
        {
            game.UntilOpen().Wait(1).Answer(1, option).GoOn();
            streaks.Add(game.State.Standings[0].Streak);
        }

        Assert.Equal([1, 2, 0], streaks);
    }

    [Fact]
    public void Someone_who_joins_late_owes_the_time_of_the_rounds_before()
    {
        var game = Playing.Game(rounds: 2, seats: 1).UntilOpen().GoOn();
        game.Do(new TakeSeat("迟到的人")).UntilOpen().Wait(1).Answer(1, 0).Answer(2, 0).GoOn();
        Assert.Equal(game.State.Standings[0].Time, game.State.Standings[1].Time);
        Assert.Null(game.State.Standings.Single(s => s.Seat == 2).PreviousRank);
    }

    [Fact]
    public void Someone_who_sits_down_after_all_have_answered_gets_the_whole_time()
    {
        var game = Playing.Game(seats: 1).UntilOpen().Wait(1).Answer(1, 0).Wait(1).Do(new TakeSeat("迟到的人"));
        Assert.Equal(game.State.OpenedAt + game.State.Current!.Open, game.State.PhaseEnds);
        Assert.Equal(GamePhase.Open, game.Wait(10).Do(new Tick()).State.Phase);
        game.Answer(2, 0);
        Assert.Equal(game.Now + GameTiming.AfterAllAnswered, game.State.PhaseEnds);
    }

    [Fact]
    public void An_answer_that_could_not_be_stored_frees_its_seat_and_gives_the_time_back()
    {
        var game = Playing.Game(seats: 1).UntilOpen().Wait(1);
        var taken = new AnswerTaken(game.Now, 1, 1, new Chosen([0]));
        var released = GameRules.Release(GameRules.Evolve(game.State, taken), taken);
        Assert.Empty(released.Answers);
        Assert.Equal(game.State.PhaseEnds, released.PhaseEnds);
    }

    [Fact]
    public void A_seat_with_extra_time_has_its_own_close_and_the_room_waits_for_it()
    {
        var game = Playing.Game(seats: 2).Do(new GiveExtraTime(2, 50)).UntilOpen().Wait(20.3);
        Assert.Equal(GameRefusal.TooLate, game.Refused(new GiveAnswer(1, 1, new Chosen([0]))));
        Assert.Equal(GamePhase.Open, game.Wait(9.5).Do(new Tick()).State.Phase);
        game.Answer(2, 0).Wait(0.7).Do(new Tick());
        Assert.Equal(GamePhase.Closed, game.State.Phase);
        // 29.8 of 30 s are as much of its time as 19.867 of 20 s.
        Assert.Equal(TimeSpan.FromSeconds(29.8 * 20 / 30).TotalMilliseconds, game.State.Standings[0].Time.TotalMilliseconds, 1.0);
        Assert.Equal(GameRefusal.UnfitExtraTime, game.Refused(new GiveExtraTime(1, 33)));
        Assert.Equal(GameRefusal.UnknownSeat, game.Refused(new GiveExtraTime(9, 50)));
        Assert.Empty(game.Do(new GiveExtraTime(2, 0)).State.ExtraTime);
    }

    [Fact]
    public void The_way_through_the_network_is_credited_up_to_a_cap_and_a_quota()
    {
        var game = Playing.Game(rounds: 4, seats: 1);
        var credits = new List<double>();
        for (var round = 1; round <= 4; round++)
        {
            game.UntilOpen().Wait(2).Do(new GiveAnswer(1, round, new Chosen([0]), TimeSpan.FromSeconds(3)));
            credits.Add(game.State.Answers[1].Credit.TotalMilliseconds);
            game.GoOn();
        }

        Assert.Equal([250, 250, 200, 100], credits);
        Assert.Equal(8 - 0.8, game.State.Standings[0].Time.TotalSeconds, 3);
    }

    [Fact]
    public void An_answer_may_be_late_by_its_credit_and_the_grace_and_no_more()
    {
        var slow = TimeSpan.FromMilliseconds(200);
        Playing.Game().UntilOpen().Wait(20.349).Do(new GiveAnswer(1, 1, new Chosen([0]), slow));
        Assert.Equal(GameRefusal.TooLate, Playing.Game().UntilOpen().Wait(20.351).Refused(new GiveAnswer(1, 1, new Chosen([0]), slow)));
    }

    [Fact]
    public void A_slide_waits_for_the_host_and_a_poll_changes_no_board()
    {
        var poll = new Poll { Title = "午饭吃什么？", Options = ["面", "饭"] };
        var game = Playing.Game([GameRound.Of(1, new Slide { Title = "开场", Text = "欢迎" }), GameRound.Of(2, poll), Playing.Round(3)]).GoOn();
        Assert.Null(game.State.PhaseEnds);
        Assert.Equal(GameRefusal.NotOpenYet, game.Refused(new GiveAnswer(1, 1, new Chosen([0]))));
        game.GoOn().GoOn();
        Assert.Equal((GamePhase.Open, 2), (game.State.Phase, game.State.Round));
        Assert.Equal(GameRefusal.UnfitAnswer, game.Refused(new GiveAnswer(1, 2, new Chosen([2]))));
        game.Answer(1, 1).GoOn();
        Assert.Equal(GamePhase.Closed, game.State.Phase);
        Assert.Empty(game.State.Standings);
        Assert.Equal((GamePhase.Reading, 3), (game.GoOn().State.Phase, game.State.Round));
        game.UntilOpen().Wait(1).Answer(1, 0).GoOn();
        Assert.Equal(TimeSpan.FromSeconds(1), game.State.Standings[0].Time);
    }

    [Fact]
    public void Whoever_joins_goes_to_the_smallest_team_and_a_team_scores_the_mean_of_its_members()
    {
        var game = Playing.Game([Playing.Round(1), Playing.Round(2)], new GameOptions { Teams = TeamMode.Balanced, TeamNames = "甲，乙" }, seats: 3);
        Assert.Equal([1, 2, 1], game.State.Seats.Values.OrderBy(seat => seat.Number).Select(seat => seat.Team));
        game.UntilOpen().Wait(1).Answer(1, 0).GoOn();
        Assert.Equal([("甲", 2, 50m, 1, null), ("乙", 1, 0m, 2, null)], Teams.Standings(game.State).Select(team => (team.Name, team.Size, team.Points, team.Rank, team.PreviousRank)));
        game.UntilOpen().Wait(1).Answer(2, 0).GoOn();
        Assert.Equal([("乙", 100m, 1, (int?)2), ("甲", 50m, 2, 1)], Teams.Standings(game.State).Select(team => (team.Name, team.Points, team.Rank, team.PreviousRank)));
    }

    [Fact]
    public void Where_players_choose_a_team_nobody_sits_without_one()
    {
        var game = Playing.Game([Playing.Round(1)], new GameOptions { Teams = TeamMode.Chosen, TeamCount = 3 }, seats: 0);
        Assert.Equal(GameRefusal.TeamMissing, game.Refused(new TakeSeat("白露")));
        Assert.Equal(GameRefusal.TeamMissing, game.Refused(new TakeSeat("白露") { Team = 4 }));
        Assert.Equal(3, game.Do(new TakeSeat("白露") { Team = 3 }).State.Seats[1].Team);
        Assert.Equal(3, game.Rebuilt().Seats[1].Team);
    }

    [Fact]
    public void A_game_that_goes_on_by_itself_needs_its_host_for_the_start_only()
    {
        var game = Playing.Game([GameRound.Of(1, new Slide { Title = "开场", Text = "欢迎" }), Playing.Round(2)], new GameOptions { AutoAdvance = true });
        Assert.Empty(((Decision.Accepted)game.Wait(60).Try(new Tick())).Events);
        game.GoOn();
        var seen = new List<(GamePhase, int)>();
        for (var i = 0; i < 100 && !game.State.IsOver; i++)
        {
            if (!seen.Contains((game.State.Phase, game.State.Round))) seen.Add((game.State.Phase, game.State.Round));
            game.Wait(1).Do(new Tick());
        }

        Assert.Equal([(GamePhase.Reading, 1), (GamePhase.Reading, 2), (GamePhase.Open, 2), (GamePhase.Closed, 2), (GamePhase.Board, 2)], seen);
        Assert.Equal(GamePhase.Podium, game.State.Phase);
    }
}
