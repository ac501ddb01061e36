using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Tests.Facts;

public sealed class OthersViewTests
{
    [Theory]
    [InlineData("有的人说，湖边的芦苇割光了也没有关系，这种想法是不对的。", "芦苇割光了也没有关系")]
    [InlineData("不少人认为，湖边的芦苇割光了也没有关系。", "芦苇割光了也没有关系")]
    [InlineData("有的说，湖边的芦苇割光了也没有关系，有的说割一半。", "芦苇割光了也没有关系")]
    [InlineData("但有些同志提出，湖边的巡护站可以撤掉三座。", "巡护站可以撤掉")]
    [InlineData("湖边的芦苇割光了也没有关系，这是完全错误的。", "芦苇割光了也没有关系")]
    [InlineData("过去人们认为，湖边的芦苇割光了也没有关系；现在都明白了。", "芦苇割光了也没有关系")]
    [InlineData("以前大家都觉得湖边的芦苇割光了也没有关系，后来水浑了。", "芦苇割光了也没有关系")]
    [InlineData("有网友称，湖边的芦苇割光了也没有关系，这一说法已被证实为谣言。", "芦苇割光了也没有关系")]
    [InlineData("站长否认曾经说过，湖边的芦苇割光了也没有关系。", "芦苇割光了也没有关系")]
    [InlineData("报告并未指出，湖边的芦苇割光了也没有关系。", "芦苇割光了也没有关系")]
    public void What_the_speaker_rejects_is_not_what_the_text_says(string sentence, string view)
    {
        var yaml = Generate($"""
            护湖要做好三件事。第一，守住水源。进山的每条溪水都要装上滤网，岸边的农户轮流看管滤网。第二，护好芦苇。冬天只割东岸的芦苇，西岸的芦苇留给过冬的水鸟。{sentence}第三，管好渔船。渔船每年春天停航两个月，船主到站里检修渔网。

            {sentence}湖里的水干净，岸上的日子才过得安稳。
            """);
        Assert.DoesNotContain(view, WithoutParagraphs(yaml), StringComparison.Ordinal);
        Assert.Contains("冬天只割东岸的芦苇", WithoutParagraphs(yaml), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Some people say, the old lighthouse on the cape is finished.", "lighthouse on the cape is finished")]
    [InlineData("Many of our neighbours think that the old lighthouse on the cape is finished.", "lighthouse on the cape is finished")]
    [InlineData("The old lighthouse on the cape is finished, we are told, but that is wrong.", "lighthouse on the cape is finished")]
    public void Nor_is_it_in_English(string sentence, string view)
    {
        var yaml = Generate($"Keepers have watched over the bay since the great storm. {sentence} Every boat in the harbour still looks for the lamp at night.");
        Assert.DoesNotContain(view, WithoutParagraphs(yaml), StringComparison.Ordinal);
        Assert.Contains("heading: Keepers have watched", yaml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("有人认为，湖边的芦苇割光了也没有关系。这种看法是错误的。", "芦苇割光了也没有关系")]
    [InlineData("老话讲，湖边的芦苇割光了也没有关系。我认为这个说法不妥。", "芦苇割光了也没有关系")]
    [InlineData("湖边的芦苇割光了也没有关系。这些想法都是站不住脚的误解。", "芦苇割光了也没有关系")]
    [InlineData("湖边的芦苇割光了也没有关系。其实不然，水鸟要靠它过冬。", "芦苇割光了也没有关系")]
    [InlineData("有同志提出，护湖站不必守夜。湖边的芦苇割光了也没有关系。这两种意见都是不对的。", "芦苇割光了也没有关系")]
    [InlineData("湖边的芦苇割光了也没有关系。实践证明，这条路走不通。", "芦苇割光了也没有关系")]
    [InlineData("湖边的芦苇割光了也没有关系。这是真的吗？真的。", "芦苇割光了也没有关系")]
    [InlineData("湖边的芦苇割光了也没有关系。不，割光了要出大事。", "芦苇割光了也没有关系")]
    [InlineData("湖边的芦苇一年割了四十亩。他说错了，应该是十四亩。", "一年割了四十亩")]
    [InlineData("湖边的芦苇割光了，湖水是不是就没有关系呢？不是。", "就没有关系")]
    [InlineData("湖边的芦苇割光了，湖水难道就没有关系吗？", "就没有关系")]
    [InlineData("护湖站里没有人守夜，湖水能不能自己变清？当然不能。", "湖水能不能自己变清")]
    public void Nor_is_what_a_later_sentence_rejects_or_a_question_only_asks(string sentences, string view)
    {
        var yaml = WithoutParagraphs(Generate($"""
            护湖要做好三件事。第一，守住水源。进山的每条溪水都要装上滤网，岸边的农户轮流看管滤网。第二，护好芦苇。冬天只割东岸的芦苇，西岸的芦苇留给过冬的水鸟。{sentences}第三，管好渔船。渔船每年春天停航两个月，船主到站里检修渔网。

            {sentences}湖里的水干净，岸上的日子才过得安稳。
            """));
        Assert.DoesNotContain(view, yaml, StringComparison.Ordinal);
        Assert.Contains("冬天只割东岸的芦苇", yaml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Every lamp on the old pier can be put out in winter. That is simply not true. Boats come home late in December.", "can be put out in winter")]
    [InlineData("Should the keepers leave the old lamp dark, and sleep through the storm? No. Boats come home late in December.", "sleep through the storm")]
    public void Nor_is_it_over_two_sentences_in_English(string text, string view) =>
        Assert.DoesNotContain(view, WithoutParagraphs(Generate("Keepers have watched over the bay since the great storm. " + text)), StringComparison.Ordinal);

    [Fact]
    public void Nor_is_what_the_next_speaker_denies()
    {
        var yaml = WithoutParagraphs(Generate("""
            INTERVIEWER: The harbour master says that 40 boats were lost in the great storm. Is that true?
            MS. HALE: No. At least 112 boats were lost, and every keeper on the coast knows their names.
            INTERVIEWER: The old lighthouse saved 300 sailors that winter.
            MS. HALE: Wrong. The keepers on the beach pulled 17 of them out of the water.
            """));
        Assert.DoesNotContain("40 boats", yaml, StringComparison.Ordinal);
        Assert.DoesNotContain("300 sailors", yaml, StringComparison.Ordinal);
        Assert.Contains("＿＿＿ boats were lost", yaml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("湖边的芦苇要留给过冬的水鸟，岸上才有生机。这种看法是正确的。", "湖边的芦苇要留给过冬的水鸟")]
    [InlineData("湖边的芦苇要留给过冬的水鸟，岸上才有生机。这是一件好事。", "湖边的芦苇要留给过冬的水鸟")]
    [InlineData("难道湖水会自己变清吗？湖边的芦苇要留给过冬的水鸟，岸上才有生机。", "湖边的芦苇要留给过冬的水鸟")]
    [InlineData("有人认为湖水会自己变清。这种看法是错误的。湖边的芦苇要留给过冬的水鸟，岸上才有生机。", "湖边的芦苇要留给过冬的水鸟")]
    public void What_no_sentence_rejects_still_is(string text, string heading) =>
        Assert.Contains($"heading: {heading}", Generate(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("站长说，进山的每条溪水都要装上滤网。站长还说，滤网一月一换。", "进山的每条溪水都要装上滤网")]
    [InlineData("有的村子提出每户栽一片竹林，山坡都绿了。", "有的村子提出每户栽一片竹林")]
    [InlineData("有人在湖边种树，这片水面积不小。", "有人在湖边种树")]
    public void What_the_speaker_says_still_is(string sentence, string heading) =>
        Assert.Contains($"heading: {heading}", Generate(sentence), StringComparison.Ordinal);

    private static string Generate(string raw) =>
        BankFile.Write(Generator.Generate(Normalizer.Clean(raw), new GenerationSettings("sample", "sources/sample.txt", "00", 1) { Title = "样本", Publisher = "本社" }).Bank);

    private static string WithoutParagraphs(string yaml) => yaml[yaml.IndexOf("\nkey_points:", StringComparison.Ordinal)..];
}
