using CsCheck;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Tests.Games;

public sealed class GameScoringTests
{
    private static readonly GameOptions _everything = new() { StreakBonus = true, Penalty = true };

    // When each of eight seats answers, in milliseconds after the opening, and what: 0 is right
    private static readonly Gen<(int At, int Option)[]> _answers = Gen.Select(Gen.Int[0, 19_999], Gen.Int[0, 2]).Array[8];

    private static readonly Gen<GameOptions> _options = Gen.Select(Gen.Int[0, 2], Gen.Bool, Gen.Bool)
        .Select((scoring, streak, penalty) => new GameOptions { Scoring = (ScoringMode)scoring, StreakBonus = streak, Penalty = penalty });

    [Theory]
    [InlineData(ScoringMode.Accuracy, 0.9, 7, 100)]
    [InlineData(ScoringMode.Speed, 0, 1, 100)]
    [InlineData(ScoringMode.Speed, 0.5, 1, 75)]
    [InlineData(ScoringMode.Speed, 1, 1, 50)]
    [InlineData(ScoringMode.Rank, 0.9, 1, 100)]
    [InlineData(ScoringMode.Rank, 0.1, 3, 90)]
    [InlineData(ScoringMode.Rank, 0.1, 11, 50)]
    [InlineData(ScoringMode.Rank, 0.1, 4000, 50)]
    public void A_right_answer_earns_by_the_way_of_scoring(ScoringMode scoring, double share, int place, int points) =>
        Assert.Equal(points, GameScoring.Gain(new GameOptions { Scoring = scoring }, 100, Verdict.Right, (decimal)share, place, 1));

    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 110)]
    [InlineData(6, 150)]
    [InlineData(40, 150)]
    public void A_streak_earns_a_tenth_a_step_up_to_a_half(int streak, int points) =>
        Assert.Equal(points, GameScoring.Gain(_everything, 100, Verdict.Right, 0, 1, streak));

    [Fact]
    public void A_wrong_answer_costs_a_quarter_by_choice_and_silence_nothing()
    {
        Assert.Equal(-25, GameScoring.Gain(_everything, 100, Verdict.Wrong, 0, 1, 0));
        Assert.Equal(0, GameScoring.Gain(new GameOptions(), 100, Verdict.Wrong, 0, 1, 0));
        Assert.Equal(0, GameScoring.Gain(_everything, 100, Verdict.Unanswered, 1, 1, 0));
    }

    [Fact]
    public void A_part_of_a_multiple_choice_earns_half_unless_the_host_takes_none()
    {
        Assert.Equal(50, GameScoring.Gain(_everything, 100, Verdict.Partial, 0, 1, 0));
        Assert.Equal(0, GameScoring.Gain(new GameOptions { PartialCredit = false }, 100, Verdict.Partial, 0, 1, 0));
    }

    [Fact]
    public void Faster_never_earns_less_and_a_right_answer_at_least_half() => Gen.Select(_options, Gen.Int[0, 20_000], Gen.Int[0, 20_000], Gen.Int[1, 500]).Sample((options, a, b, points) =>
    {
        int Gain(int at) => GameScoring.Gain(options, points, Verdict.Right, at / 20_000m, 1, 1);
        Assert.True(Gain(Math.Min(a, b)) >= Gain(Math.Max(a, b)));
        Assert.InRange(Gain(a), points / 2, points);
    });

    [Fact]
    public void Only_time_orders_answers_not_the_order_in_which_they_come_nor_the_seats() => Gen.Select(_answers, _options, Gen.Int[1, 1000]).Sample((answers, options, seed) =>
    {
        var shuffled = Shuffle.Positions(answers.Length, seed);
        var (one, other) = (Played(answers, options), Played([.. shuffled.Select(i => answers[i])], options));
        for (var seat = 1; seat <= answers.Length; seat++)
        {
            var (was, @is) = (one.Single(s => s.Seat == shuffled[seat - 1] + 1), other.Single(s => s.Seat == seat));
            Assert.Equal((was.Points, was.Rank, was.Time, was.Streak), (@is.Points, @is.Rank, @is.Time, @is.Streak));
        }
    });

    [Fact]
    public void When_a_game_is_played_changes_no_score() => Gen.Select(_answers, _options, Gen.Int[0, 100_000]).Sample((answers, options, later) =>
        Assert.Equal(Played(answers, options), Played(answers, options, later)));

    [Fact]
    public void A_game_whose_answers_come_late_by_a_credited_way_scores_as_if_they_had_not() => Gen.Select(_answers, _options, Gen.Int[0, 100]).Sample((answers, options, way) =>
    {
        var there = Played(answers, options);
        var far = Played([.. answers.Select(a => (a.At + way, a.Option))], options, roundTrip: way);
        Assert.Equal(there, far);
    });

    [Fact]
    public void Nobody_has_less_than_nothing()
    {
        var game = Playing.Game([Playing.Round(1), Playing.Round(2)], _everything, seats: 1);
        game.UntilOpen().Wait(1).Answer(1, 1).GoOn();
        Assert.Equal((0, 0), (game.State.Standings[0].Points, game.State.Standings[0].Gain));
        game.UntilOpen().Wait(1).Answer(1, 0).GoOn();
        Assert.Equal(100, game.State.Standings[0].Points);
    }

    [Fact]
    public void A_round_is_worth_its_own_points()
    {
        var game = Playing.Game([Playing.Round(1) with { Points = 7 }], seats: 1).UntilOpen().Wait(1).Answer(1, 0).GoOn();
        Assert.Equal(7, game.State.Standings[0].Points);
    }

    private static IEnumerable<Standing> Played((int At, int Option)[] answers, GameOptions options, int later = 0, int roundTrip = 0)
    {
        var game = Playing.Game([Playing.Round(1)], options, answers.Length).Wait(later / 1000.0).UntilOpen();
        foreach (var (seat, (at, option)) in answers.Index().OrderBy(a => a.Item.At))
        {
            game.Until(game.State.OpenedAt + TimeSpan.FromMilliseconds(at));
            game.Do(new GiveAnswer(seat + 1, 1, new Chosen([option]), TimeSpan.FromMilliseconds(roundTrip)));
        }

        return game.GoOn().State.Standings;
    }
}
