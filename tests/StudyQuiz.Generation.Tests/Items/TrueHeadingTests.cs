using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Tests.Items;

/// <summary>What stands under a point stands under those within it and around it as well: none of them is a wrong answer.</summary>
public sealed class TrueHeadingTests
{
    private const string Raw = """
        同志们：

        今天讲三点意见。

        第一，要看清形势，把护林当作大事来做。山上的老林子养着三条河，河边住着六个村。去年一年，护林站巡山三百多次，救回受伤的鸟兽四十只。

        第二，要抓住重点，把山火和盗伐管起来。一是要管好火源。清明和秋收时节，进山路口都要有人值守，打火机一律留在山下。二是要修好林道。塌方的地方抓紧填平，断了的木桥换成石桥。三是要看好古树。每棵古树都要有牌子、有档案、有专人照看。

        第三，要理顺办法，把护林的事管长远。首先，要建立轮值办法。各村按户排班，谁也不能缺席。其次，要建立奖励办法。发现险情的人当月就有奖。最后，要建立议事办法。砍不砍、种什么，由全村人一起商量。

        护林是一代接一代的事，今天多走一步山路，明天就多一片绿荫。
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_point_within_the_key_is_no_wrong_answer(long seed)
    {
        var clean = Normalizer.Clean(Raw);
        var bank = Generator.Generate(clean, new GenerationSettings("forest", "sources/forest.txt", new string('0', 64), seed) { MostQuestions = 5_000 }).Bank;
        string[][] families = [["要抓住重点", "要管好火源", "要修好林道", "要看好古树"], ["要理顺办法", "要建立轮值办法", "要建立奖励办法", "要建立议事办法"]];
        var asked = bank.Questions.Select(question => question.Body).OfType<SingleChoice>().Where(single => families.Any(family => family[0] == Bare(single.Options.Single(option => option.Correct).Text))).ToList();
        Assert.NotEmpty(asked);
        Assert.All(asked.Where(single => single.Stem.Contains("哪一点", StringComparison.Ordinal)), single =>
        {
            var family = families.Single(one => one[0] == Bare(single.Options.Single(option => option.Correct).Text));
            Assert.DoesNotContain(single.Options, option => !option.Correct && family.Contains(Bare(option.Text), StringComparer.Ordinal));
        });

        static string Bare(string heading) => heading.Split('，')[0];
    }
}
