using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Tests.Facts;

/// <summary>A claim is asked with whoever says it and with the condition it stands under, or not at all.</summary>
public sealed class VoiceTests
{
    [Theory]
    // each speaker keeps what is theirs
    [InlineData("渔民老周告诉记者，去年打鱼挣了三万元，船主李强则称，去年打鱼只挣了5000元。", "去年打鱼", "老周|李强")]
    [InlineData("镇长说，要在年底前修好码头，书记说，不要赶在冬天开工。", "要在年底前修好码头", "镇长说")]
    // someone who is quoted once in a text about something else
    [InlineData("新码头昨天完工，可以停靠120条船。县水利局表示，码头两侧已经装上2.4公里护栏，夜里22时以后禁止停船。", "护栏", "县水利局表示")]
    [InlineData("新码头昨天完工，可以停靠120条船。县水利局局长周立表示，码头通航将使东岸进入“一小时水路圈”，两岸都要受益。", "一小时水路圈", "周立表示")]
    public void What_someone_says_is_asked_with_who_says_it(string raw, string claim, string speakers)
    {
        var bank = Generate(raw);
        var told = Claims(bank).Where(words => words.Contains(claim, StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(told);
        Assert.All(told, words => Assert.Contains(speakers.Split('|'), speaker => words.Contains(speaker, StringComparison.Ordinal)));
    }

    [Fact]
    public void Nobody_who_speaks_for_someone_else_gets_a_wrong_ending()
    {
        var bank = Generate("新码头昨天完工，可以停靠120条船，比旧码头多出一倍。镇长说，要在年底前修好码头，书记说，不要赶在冬天开工。旧码头明年春天拆除，石料全部留给村里的小学。");
        Assert.DoesNotContain(bank.Questions, question => question.Body is Domain.Questions.TrueFalse { Answer: false } && question.Body.Stem.Contains("书记说", StringComparison.Ordinal));
    }

    [Fact]
    public void The_speaker_whom_the_text_is_about_need_not_be_named_each_time()
    {
        var bank = Generate("县长王强指出，码头要在年底前修好，石料就地取材。他强调，码头两侧要装上2.4公里护栏。王强说，夜里要有人值守。");
        Assert.Contains(bank.AllKeyPoints(), point => point.Heading == "码头要在年底前修好");
        Assert.Contains(bank.Questions, question => question.Body.Stem.StartsWith("码头两侧要装上", StringComparison.Ordinal) || question.Body.Stem.StartsWith("补全原文：码头两侧要装上", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("码头上的人都盼着好年景。如果明年打鱼超过80万斤，镇上将新建3所学校。", "镇上将新建", "如果明年打鱼超过")]
    [InlineData("码头上的人都盼着好年景。只要渔船按时回港，码头每天可以收鱼40吨。", "码头每天可以收鱼", "只要渔船按时回港")]
    [InlineData("码头上的人都盼着好年景。除渔政船外，其余30条船都已经上岸检修完毕。", "条船都已经上岸", "除渔政船外")]
    [InlineData("The harbour sleeps in winter. If the council rebuilds the old pier, another 20,000 boats will be at risk.", "boats will be at risk", "If the council rebuilds the old pier")]
    public void What_holds_under_a_condition_is_asked_with_it(string raw, string claim, string condition)
    {
        var told = Claims(Generate(raw)).Where(words => words.Contains(claim, StringComparison.Ordinal)).ToList();
        Assert.All(told, words => Assert.Contains(condition, words, StringComparison.Ordinal));
        Assert.NotEmpty(told);
    }

    // stems with what completes them, and headings of key points that were not cut off
    private static IEnumerable<string> Claims(BankFile bank) =>
        bank.Questions.Select(question => question.Body.Stem + question.Body.Explanation).Concat(bank.AllKeyPoints().Select(point => point.Heading));

    private static BankFile Generate(string raw) =>
        Generator.Generate(Normalizer.Clean(raw), new GenerationSettings("sample", "sources/sample.txt", "00", 1) { Title = "样本", Publisher = "本社" }).Bank;
}
