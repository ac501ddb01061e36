using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Tests.Items;

/// <summary>A wrong end is one that a reader of the beginning could expect.</summary>
public sealed class ContinuationTests
{
    // Ends in other paragraphs that have nothing to do with beekeeping, and one that has
    private const string Others = """
        村口的小学今年换了新校长，操场铺上了红色的跑道。

        卫生院添了一台新机器，看病不用再跑到县城去。

        养蜂的老人多了一个帮手，蜂箱要搬到向阳的山坡。

        学蜂的孩子放学就上山，蜂箱里的蜜要留一勺给孩子。
        """;

    [Fact]
    public void Ends_take_up_a_word_of_the_beginning_or_stand_beside_it()
    {
        var options = Options("蜂箱要放在背风的地方，取蜂蜜的人要穿上厚衣服。", "蜂箱要放在背风的地方");
        Assert.Contains("蜂箱要搬到向阳的山坡", options, StringComparer.Ordinal);
        Assert.DoesNotContain("操场铺上了红色的跑道", options, StringComparer.Ordinal);
        Assert.DoesNotContain("看病不用再跑到县城去", options, StringComparer.Ordinal);
    }

    [Fact]
    public void Where_no_end_could_be_expected_only_the_text_itself_is_asked_for() =>
        Assert.Empty(Options("河堤去年冬天修好了，汛期不用再搬沙袋。", "河堤去年冬天修好了"));

    [Fact]
    public void An_end_that_only_this_beginning_can_have_is_no_choice() =>
        Assert.Empty(Options("哪怕蜂箱里只有半箱蜂，也要把蜂箱搬到山坡上。", "哪怕蜂箱里只有半箱蜂"));

    [Theory]
    [InlineData("让我们把蜂箱搬到山坡上，把蜂蜜送到每一家去。")]
    [InlineData("春天的山坡真热闹，我想给大家讲讲养蜂的故事。")]
    [InlineData("亲爱的同学们，蜂箱要放在背风的地方，取蜂蜜的人要穿上厚衣服。")]
    [InlineData("刚才，养蜂的老人讲了三件事，讲得都很实在。")]
    [InlineData("乡亲们，蜂箱要放在背风的地方，取蜂蜜的人要穿上厚衣服。")]
    public void What_a_speaker_calls_to_all_is_not_continued(string sentence) =>
        Assert.DoesNotContain(Draft(sentence), body => body.Stem.Contains("紧接着", StringComparison.Ordinal) && (body.Stem.Contains(sentence.Split('，')[1], StringComparison.Ordinal) || body.Stem.Contains(sentence.Split('，')[0], StringComparison.Ordinal)));

    [Fact]
    public void Points_of_another_series_are_options_only_where_too_few_of_its_own_are_left()
    {
        var clean = Normalizer.Clean("养蜂有三件事。第一，选好山坡。山坡要向着太阳，风不能太大。第二，备好蜂箱。蜂箱要用旧木头做，木头不能有味。第三，守好花期。花期里每天上山两次，早晚各一次。\n\n卖蜜有三条规矩。第一，秤要足。一斤蜜不能少一钱，少了要赔。第二，瓶要净。瓶子要用开水煮过，煮过要晾干。第三，话要真。哪个山头的蜜就说哪个山头，不许混着卖。");
        var asked = Generator.Draft(clean, new GenerationSettings("sample", "sources/sample.txt", "00", 1)).Candidates.Select(candidate => candidate.Question.Body).OfType<SingleChoice>()
            .Where(single => single.Stem.Contains("是文中讲哪一点时写到的", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(asked);
        string[][] series = [["选好山坡", "备好蜂箱", "守好花期"], ["秤要足", "瓶要净", "话要真"]];
        Assert.All(asked, single => Assert.Single(series, one => single.Options.All(option => one.Contains(option.Text, StringComparer.Ordinal))));
    }

    [Fact]
    public void A_wrong_end_is_built_like_the_right_one()
    {
        // all take up a word of the beginning, and only one could follow it
        const string Sentence = "蜂箱搬上向阳的山坡以后，养蜂人每天都要上去看看。";
        var ends = Draft($"""
            山路去年才修好，不能让木料在路上受潮。

            养蜂人家都记得，蜂箱有38个放在山坡上。

            学养蜂的人很多，徒弟每月都要到山坡上来。

            {Sentence}
            """);
        var wrong = ends.OfType<TrueFalse>().Where(statement => !statement.Answer && statement.Stem.Contains("蜂箱搬上向阳的山坡以后”时接着写到", StringComparison.Ordinal)).Select(statement => statement.Stem).ToList();
        Assert.NotEmpty(wrong);
        Assert.All(wrong, stem => Assert.Contains("徒弟每月都要到山坡上来", stem, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("养蜂的人要把每一箱蜂看好，一箱一箱装好蜜。", "一箱一箱装好蜜")]
    [InlineData("养蜂的人要把每一箱蜂看好，让山坡上的花香飘到每一家！", "让山坡上的花香飘到每一家")]
    [InlineData("愿养蜂的人家年年都有好收成，山坡上的花年年都开得早。", "山坡上的花年年都开得早")]
    public void Slogans_and_calls_are_not_asked_for(string sentence, string end) =>
        Assert.DoesNotContain(Draft(sentence), body => body.Stem.Contains("紧接着", StringComparison.Ordinal) && (body.Stem.Contains(end, StringComparison.Ordinal) || body is Flashcard card && card.Back == end));

    [Theory]
    [InlineData(2031, false)]
    [InlineData(2030, true)]
    public void What_the_title_says_is_not_asked(int year, bool isAsked)
    {
        var text = $"蜂农协会2031年第三次会议纪要\n\n蜂农协会在山坡上的蜂房里召开了{year}年第三次全体会议，到会的有蜂农和卖蜜的人。";
        var questions = Generator.Draft(Normalizer.Clean(text), new GenerationSettings("sample", "sources/sample.txt", "00", 1)).Candidates.Select(candidate => candidate.Question.Body).ToList();
        Assert.Equal(isAsked, questions.Exists(question => question is Cloze cloze && cloze.Accepted[0] == $"{year}年"));
    }

    [Fact]
    public void Points_of_another_series_are_no_options_where_their_form_tells()
    {
        var clean = Normalizer.Clean("养蜂有三件事。第一，选好向阳背风又离水近的山坡。山坡要向着太阳，风不能太大。第二，备蜂箱。蜂箱要用旧木头做，木头不能有味。第三，守花期。花期里每天上山两次，早晚各一次。\n\n协会定了三条规矩。第一，由老蜂农当裁判。裁判一年换一次，不拿工钱。第二，由卖主先开价。开了价就不许再改。第三，由买主后还价。还价只许还一次。");
        var asked = Generator.Draft(clean, new GenerationSettings("sample", "sources/sample.txt", "00", 1)).Candidates.Select(candidate => candidate.Question.Body).OfType<SingleChoice>()
            .Where(single => single.Stem.Contains("讲的是哪一点", StringComparison.Ordinal) || single.Stem.Contains("讲哪一点时写到的", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(asked);
        Assert.All(asked, single => Assert.Single(single.Options.Select(option => option.Text.StartsWith('由')).Distinct()));
    }

    private static List<string> Options(string sentence, string beginning) =>
        [.. Draft(sentence).OfType<SingleChoice>().Where(single => single.Stem.Contains(beginning, StringComparison.Ordinal) && !single.Stem.Contains(Cloze.Blank, StringComparison.Ordinal)).SelectMany(single => single.Options).Select(option => option.Text)];

    private static IEnumerable<Question> Draft(string sentence) =>
        Generator.Draft(Normalizer.Clean($"{Others}\n\n{sentence}"), new GenerationSettings("sample", "sources/sample.txt", "00", 1)).Candidates.Select(candidate => candidate.Question.Body);
}
