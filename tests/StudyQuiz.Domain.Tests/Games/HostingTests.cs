using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Tests.Games;

/// <summary>What a host does beside going on.</summary>
public sealed class HostingTests
{
    [Fact]
    public void A_pause_costs_nobody_time_and_takes_no_answers()
    {
        var game = Playing.Game().UntilOpen().Wait(5).Lead((phase, round) => new Pause(phase, round));
        Assert.Equal(GameRefusal.Paused, game.Refused(new GiveAnswer(1, 1, new Chosen([0]))));
        Assert.Equal(GameRefusal.Paused, game.RefusedLead((phase, round) => new Pause(phase, round)));
        game.Wait(600).Do(new Tick());
        Assert.Equal(GamePhase.Open, game.State.Phase);
        game.Lead((phase, round) => new Resume(phase, round)).Wait(14).Answer(1, 0).GoOn();
        Assert.Equal(TimeSpan.FromSeconds(19), game.State.Standings[0].Time);
        Assert.Equal(GameRefusal.NoTimeRuns, game.RefusedLead((phase, round) => new Pause(phase, round)));
        Assert.Equal(GameRefusal.NotPaused, game.RefusedLead((phase, round) => new Resume(phase, round)));
    }

    [Fact]
    public void Whoever_goes_on_ends_a_pause()
    {
        var game = Playing.Game().GoOn().Lead((phase, round) => new Pause(phase, round)).GoOn();
        Assert.Equal((GamePhase.Open, false), (game.State.Phase, game.State.IsPaused));
    }

    [Fact]
    public void More_time_is_given_to_a_phase_that_runs()
    {
        var game = Playing.Game().GoOn().Lead((phase, round) => new Extend(phase, round, TimeSpan.FromSeconds(10))).Wait(12.9).Do(new Tick());
        Assert.Equal(GamePhase.Reading, game.State.Phase);
        game.GoOn().Lead((phase, round) => new Extend(phase, round, TimeSpan.FromSeconds(10))).Wait(29.9).Answer(1, 0);
        Assert.Equal(GameRefusal.UnfitTime, game.RefusedLead((phase, round) => new Extend(phase, round, TimeSpan.FromHours(1))));
        Assert.Equal(TimeSpan.FromSeconds(20), game.GoOn().State.Standings[0].Time); // no slower than the round was long at first
        Assert.Equal(GameRefusal.NoTimeRuns, game.RefusedLead((phase, round) => new Extend(phase, round, TimeSpan.FromSeconds(10))));
    }

    [Fact]
    public void What_editors_withdraw_is_left_out_before_it_begins_and_counts_for_nobody_once_it_has()
    {
        var lobby = Playing.Game(rounds: 4).Do(new WithdrawRounds([1, 3]));
        Assert.Equal(GamePhase.Lobby, lobby.State.Phase);
        Assert.Equal(2, lobby.GoOn().State.Round);
        lobby.GoOn().Wait(1).Answer(1, 0).GoOn().GoOn().GoOn();
        Assert.Equal((GamePhase.Reading, 4), (lobby.State.Phase, lobby.State.Round));

        // In mid-answer the next one begins; between close and next question points are taken back; what others have built on stands
        var open = Playing.Game(rounds: 3).UntilOpen().Wait(1).Answer(1, 0).Do(new WithdrawRounds([1]));
        Assert.Equal((GamePhase.Reading, 2), (open.State.Phase, open.State.Round));
        Assert.All(open.State.Standings, standing => Assert.Equal(0, standing.Points));
        open.GoOn().Wait(1).Answer(1, 0).GoOn().GoOn();
        Assert.Equal((GamePhase.Board, 100), (open.State.Phase, open.State.Standings[0].Points));
        open.Do(new WithdrawRounds([2]));
        Assert.Equal((GamePhase.Board, 0), (open.State.Phase, open.State.Standings[0].Points));
        open.GoOn().GoOn().Wait(1).Answer(1, 0).GoOn().GoOn().GoOn();
        Assert.Equal((GamePhase.Podium, 100, RoundFix.Withdrawn | RoundFix.Voided), (open.State.Phase, open.State.Standings[0].Points, open.State.Fixes[2]));
        var last = Playing.Game(rounds: 2).UntilOpen().Wait(1).Answer(1, 0).GoOn().GoOn().GoOn().Do(new WithdrawRounds([1, 2]));
        Assert.Equal((GamePhase.Podium, 100), (last.State.Phase, last.State.Standings[0].Points));
    }

    [Fact]
    public void A_skipped_round_scores_nobody_and_breaks_no_streak()
    {
        var game = Playing.Game(rounds: 3).UntilOpen().Wait(1).Answer(1, 0).GoOn().GoOn().GoOn().GoOn().Wait(1).Answer(1, 1).Answer(2, 0);
        game.Lead((phase, round) => new Skip(phase, round));
        Assert.Equal((GamePhase.Reading, 3), (game.State.Phase, game.State.Round));
        game.GoOn().Wait(1).Answer(1, 0).GoOn();
        var best = game.State.Standings[0];
        Assert.Equal((1, 200, 2, TimeSpan.FromSeconds(2)), (best.Seat, best.Points, best.Streak, best.Time));
        Assert.Equal([(1, new RoundTally(1, 3)), (3, new RoundTally(1, 3))], game.State.Tallies.Select(round => (round.Key, round.Value)));
        Assert.Equal(GameRefusal.NothingToSkip, game.RefusedLead((phase, round) => new Skip(phase, round)));
    }

    [Fact]
    public void The_last_round_skipped_ends_the_game() =>
        Assert.Equal(GamePhase.Podium, Playing.Game(rounds: 1).GoOn().Lead((phase, round) => new Skip(phase, round)).State.Phase);

    [Fact]
    public void A_reopened_round_takes_what_was_missing_and_counts_it_as_slowest()
    {
        var game = Playing.Game().UntilOpen().Wait(1).Answer(1, 1).GoOn().Wait(30);
        game.Lead((phase, round) => new Reopen(phase, round, TimeSpan.FromSeconds(20)));
        Assert.Equal(GameRefusal.AlreadyAnswered, game.Refused(new GiveAnswer(1, 1, new Chosen([0]))));
        game.Wait(19).Answer(2, 0).Wait(1).Do(new Tick());
        Assert.Equal(GamePhase.Open, game.State.Phase);
        game.Wait(0.5).Do(new Tick());
        Assert.Equal(GamePhase.Closed, game.State.Phase);
        Assert.Equal((2, 100, TimeSpan.FromSeconds(20)), (game.State.Standings[0].Seat, game.State.Standings[0].Points, game.State.Standings[0].Time));
        Assert.Equal(new RoundTally(1, 3), game.State.Tallies[1]);
        Assert.Equal(RoundFix.Reopened, game.State.Fixes[1]);
    }

    [Fact]
    public void Nothing_is_reopened_where_nobody_is_missing() => Assert.Equal(
        GameRefusal.EverybodyAnswered,
        Playing.Game(seats: 1).UntilOpen().Answer(1, 0).GoOn().RefusedLead((phase, round) => new Reopen(phase, round, TimeSpan.FromSeconds(20))));

    [Fact]
    public void A_corrected_key_grades_the_stored_answers_anew()
    {
        var game = Playing.Game().UntilOpen().Wait(1).Answer(1, 0).Answer(2, 1).GoOn();
        Assert.Equal((1, 1), GameRules.Impact(game.State, new Chosen([1])));
        game.Lead((phase, round) => new CorrectKey(phase, round, new Chosen([1])));
        Assert.Equal([(2, 100), (1, 0), (3, 0)], game.State.Standings.Select(s => (s.Seat, s.Points)));
        Assert.Equal(GameRefusal.UnfitAnswer, game.RefusedLead((phase, round) => new CorrectKey(phase, round, new Chosen([7]))));
        game.Lead((phase, round) => new VoidRound(phase, round));
        Assert.All(game.State.Standings, s => Assert.Equal((0, 0), (s.Points, s.Streak)));
        Assert.Equal(GameRefusal.RoundIsVoid, game.RefusedLead((phase, round) => new CorrectKey(phase, round, new Chosen([0]))));
        Assert.Equal(GameRefusal.OnlyBeforeBoard, game.GoOn().RefusedLead((phase, round) => new VoidRound(phase, round)));
    }

    [Fact]
    public void A_further_order_counts_beside_the_key()
    {
        var question = new Ordering { Stem = "先后是？", Explanation = "文中如此。", Evidence = [new Evidence("P01", "文中如此")], Difficulty = 1, Items = ["甲", "乙", "丙"] };
        var game = Playing.Game([new GameRound(1, question, Presentation.Of(question, 1), GameTiming.Reading(question), GameTiming.Open(question))]).UntilOpen();
        game.Do(new GiveAnswer(1, 1, new Ordered([0, 1, 2]))).Do(new GiveAnswer(2, 1, new Ordered([1, 0, 2]))).GoOn();
        Assert.Equal((1, 0), GameRules.Impact(game.State, new Ordered([1, 0, 2])));
        game.Lead((phase, round) => new CorrectKey(phase, round, new Ordered([1, 0, 2])));
        Assert.Equal([100, 100, 0], game.State.Standings.OrderBy(s => s.Seat).Select(s => s.Points));
    }

    [Fact]
    public void A_seat_that_is_taken_away_leaves_board_and_name_and_its_number_is_not_given_again()
    {
        var game = Playing.Game().UntilOpen().Wait(1).Answer(1, 0).Answer(2, 0).GoOn();
        game.Do(new RemoveSeat(1, Ban: false));
        Assert.Equal([(2, 1), (3, 2)], game.State.Standings.Select(s => (s.Seat, s.Rank)));
        Assert.Equal(new RoundTally(1, 2), game.State.Tallies[1]);
        Assert.Equal(GameRefusal.UnknownSeat, game.Refused(new RemoveSeat(1, Ban: false)));
        Assert.Equal(4, game.Do(new TakeSeat("甲1号")).State.LastSeat);
    }

    [Fact]
    public void A_seat_moved_to_another_team_takes_its_points_along()
    {
        var game = Playing.Game(new GameOptions { Teams = TeamMode.Chosen, TeamCount = 2 });
        foreach (var number in Enumerable.Range(1, 5)) game.Do(new TakeSeat($"甲{number}") { Team = 1 });
        game.UntilOpen().Wait(1).Answer(5, 0).GoOn();
        Assert.Equal([(1, 5, 20m)], Teams.Standings(game.State).Select(team => (team.Team, team.Size, team.Points)));
        game.Do(new MoveSeat(5, 2));
        Assert.Equal([(2, 1, 100m), (1, 4, 0m)], Teams.Standings(game.State).Select(team => (team.Team, team.Size, team.Points)));
        Assert.Empty(Assert.IsType<Decision.Accepted>(game.Try(new MoveSeat(5, 2))).Events);
        Assert.Equal(GameRefusal.NoSuchTeam, game.Refused(new MoveSeat(5, 3)));
        Assert.Equal(GameRefusal.UnknownSeat, game.Refused(new MoveSeat(9, 1)));
        game.Do(new BalanceTeams());
        Assert.Equal([1, 1, 1, 2, 2], game.State.Seats.Values.OrderBy(seat => seat.Number).Select(seat => seat.Team));
        Assert.Equal(GameRefusal.NoSuchTeam, Playing.Game().Refused(new BalanceTeams()));
        Assert.Equal(GameRefusal.NoSuchTeam, Playing.Game().Refused(new MoveSeat(1, 1)));
    }

    [Fact]
    public void Every_command_in_a_wrong_phase_is_refused_by_one_name()
    {
        var game = Playing.Game();
        foreach (var late in (PhaseCommand[])[
            new Advance(GamePhase.Open, 1), new Abort(GamePhase.Open, 1), new Pause(GamePhase.Open, 1), new Resume(GamePhase.Open, 1), new Skip(GamePhase.Open, 1),
            new Extend(GamePhase.Open, 1, TimeSpan.FromSeconds(10)), new Reopen(GamePhase.Closed, 1, TimeSpan.FromSeconds(20)), new VoidRound(GamePhase.Closed, 1),
            new CorrectKey(GamePhase.Closed, 1, new Chosen([0])), new ClearLobby(GamePhase.Open, 1)])
        {
            Assert.Equal(GameRefusal.WrongPhase, game.Refused(late));
        }
    }

    [Fact]
    public void A_locked_game_lets_nobody_in_and_nobody_out()
    {
        var game = Playing.Game().Do(new LockJoining(true));
        Assert.Equal(GameRefusal.JoiningLocked, game.Refused(new TakeSeat("迟到的人")));
        Assert.Equal(3, game.State.Seats.Count);
        game.Do(new LockJoining(false)).Do(new TakeSeat("迟到的人"));
        Assert.Empty(game.Lead((phase, round) => new ClearLobby(phase, round)).State.Seats);
    }
}
