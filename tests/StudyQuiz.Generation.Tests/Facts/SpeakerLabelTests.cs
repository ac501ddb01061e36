using System.Text.RegularExpressions;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Gates;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Tests.Facts;

/// <summary>Who speaks is no part of what is said.</summary>
public sealed class SpeakerLabelTests
{
    [Theory]
    [InlineData("记者", "林站长")]
    [InlineData("何小苗", "林站长")]
    [InlineData("问", "答")]
    [InlineData("【主持人】", "【林站长】")]
    [InlineData("本报记者（现场）", "林站长")]
    public void A_dialogue_is_asked_about_without_its_labels(string asks, string answers)
    {
        var (bank, _) = Generate(Dialogue(asks.EndsWith('】') ? asks : asks + "：", answers.EndsWith('】') ? answers : answers + "："));
        Assert.True(bank.Questions.Count >= 9, $"only {bank.Questions.Count}");
        Assert.Empty(BankGates.CheckForImport(bank));
        Assert.Equal(["今年要做好三件事", "去年巡湖队一共招来48个队员", "老船长教年轻人认水草、看风向、补渔网等本领", "水要清", "鸟要留"], bank.KeyPoints.Select(point => point.Heading));
        foreach (var label in new[] { asks, answers }.Select(label => label.Split('（')[0].Trim('【', '】')))
        {
            var pattern = new Regex($"{label}([（【】：]|\\z|”)", RegexOptions.None, TimeSpan.FromSeconds(1));
            Assert.All(bank.Questions.SelectMany(Shown), words => Assert.DoesNotMatch(pattern, words));
            Assert.All(bank.AllKeyPoints(), point => Assert.DoesNotMatch(pattern, point.Heading));
        }
    }

    [Fact]
    public void A_dialogue_in_English_too()
    {
        var (bank, _) = Generate("""
            Q: The harbour looks different this spring, and the lamp on the pier is new. What has changed?

            A: We painted 24 boats in March, and the children carried the oars back to the shed. The old lamp went to the school, where the pupils take it apart.

            Q: What comes next?

            A: We will mend the landing stage before June, and the reeds along the shore stay for the herons.
            """);
        Assert.NotEmpty(bank.Questions);
        Assert.All(bank.Questions.SelectMany(Shown), words => Assert.DoesNotMatch(@"\b[QA]:", words));
        Assert.All(bank.Questions.SelectMany(Shown), words => Assert.DoesNotContain("what comes next", words, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void What_is_put_to_another_speaker_is_no_answer()
    {
        var (bank, _) = Generate(Dialogue("记者：", "林站长："));
        Assert.All(bank.Questions.SelectMany(Shown), words => Assert.DoesNotContain("站里准备怎么过冬", words, StringComparison.Ordinal));
    }

    [Fact]
    public void What_only_one_sentence_begins_with_is_its_subject()
    {
        var (bank, _) = Generate("护湖站今年换了新的办法：每天清晨由两名船员划船巡湖，把漂来的树枝和水草捞到岸上。站里的老船长守着灯塔，夜里给晚归的渔船指路。岸边的农户轮流看管滤网，谁当班谁把名字写在牌子上。");
        Assert.Contains(bank.Questions.SelectMany(Shown), words => words.Contains("护湖站今年换了新的办法", StringComparison.Ordinal));
    }

    private static string Dialogue(string asks, string answers) => $"""
        {asks}今年的雨水比往年多，岸边的农户都很担心，站里准备怎么过冬？

        {answers}今年要做好三件事。第一，守住水源。进山的每条溪水都要装上滤网，岸边的农户轮流看管滤网。第二，护好芦苇。冬天只割东岸的芦苇，西岸的芦苇留给过冬的水鸟。第三，管好渔船。渔船每年春天停航两个月，船主到站里检修渔网。

        {asks}去年的巡湖队有多少人，都由哪些人组成？

        {answers}去年巡湖队一共招来48个队员，白天划船巡湖，夜里守着灯塔。老船长教年轻人认水草、看风向、补渔网等本领，学会的人胸前别一枚铜牌。

        {answers}第一，水要清。滤网上的树枝每天清晨捞一次，捞上来的树枝晒干了送到学校。第二，鸟要留。西岸的芦苇一根也不割，过路的游客只走木桥。
        """;

    private static IEnumerable<string> Shown(BankQuestion question) => (question.Body switch
    {
        SingleChoice single => single.Options.Select(option => option.Text),
        MultipleChoice multiple => multiple.Options.Select(option => option.Text),
        Cloze cloze => cloze.Accepted,
        Ordering ordering => ordering.Items,
        Matching matching => matching.Pairs.SelectMany(pair => new[] { pair.Left, pair.Right }),
        Flashcard card => [card.Back],
        _ => [],
    }).Prepend(question.Body.Stem);

    private static GeneratedBank Generate(string raw) =>
        Generator.Generate(Normalizer.Clean(raw), new GenerationSettings("sample", "sources/sample.txt", "00", 1) { Title = "样本", Publisher = "本社" });
}
