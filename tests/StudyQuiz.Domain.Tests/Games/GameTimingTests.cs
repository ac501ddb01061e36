using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Tests.Games;

public sealed class GameTimingTests
{
    [Theory]
    [InlineData(8, 3)]
    [InlineData(40, 5)]
    [InlineData(200, 12)]
    public void Reading_takes_an_eighth_of_a_second_a_character_within_bounds(int characters, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), GameTiming.Reading(Judgement(new string('字', characters))));

    [Fact]
    public void A_judgement_is_open_for_fifteen_seconds() => Assert.Equal(TimeSpan.FromSeconds(15), GameTiming.Open(Judgement("对吗？")));

    [Theory]
    [InlineData(60, 20)]
    [InlineData(67, 20)]
    [InlineData(68, 21)]
    [InlineData(100, 25)]
    public void Long_options_add_a_second_for_every_eight_characters_over_sixty(int characters, int seconds)
    {
        var question = new SingleChoice
        {
            Stem = "？",
            Explanation = "",
            Evidence = [],
            Difficulty = 1,
            Options = [new Option(new string('字', characters - 1), true), new Option("短", false)],
        };
        Assert.Equal(TimeSpan.FromSeconds(seconds), GameTiming.Open(question));
    }

    private static TrueFalse Judgement(string stem) => new() { Stem = stem, Explanation = "", Evidence = [], Difficulty = 1, Answer = true };
}
