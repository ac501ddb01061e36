using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Tests.Games;

public sealed class GameScoreTests
{
    private static readonly Verdict _half = new(0.5m, Outcome.Partial);

    [Fact]
    public void Equal_questions_without_half_right_answers_count_right_answers()
    {
        var score = GameScore.Of([(100, Verdict.Right), (100, Verdict.Wrong), (100, Verdict.Unanswered)], partialCredit: true, 0.3333m);
        Assert.Equal(new GameScore(1, 3, 1, IsOfRights: true), score);
        Assert.True(score.IsPassed);
    }

    [Fact]
    public void Half_right_answers_count_for_half_where_the_game_says_so()
    {
        (int, Verdict)[] asked = [(100, Verdict.Right), (100, _half), (100, _half), (100, Verdict.Wrong), (100, Verdict.Wrong)];
        Assert.Equal(new GameScore(2, 5, 2, IsOfRights: false), GameScore.Of(asked, partialCredit: true, 0.4m));
        Assert.False(GameScore.Of(asked, partialCredit: false, 0.4m).IsPassed);
    }

    [Fact]
    public void Questions_weigh_as_their_quiz_has_it() =>
        Assert.Equal(new GameScore(3, 4, 2.4m, IsOfRights: false), GameScore.Of([(300, Verdict.Right), (100, Verdict.Wrong)], partialCredit: true, 0.6m));

    [Fact]
    public void Nobody_passes_where_nothing_was_asked() => Assert.False(GameScore.Of([], partialCredit: true, 0.6m).IsPassed);
}
