using CsCheck;
using StudyQuiz.Domain.Editing;

namespace StudyQuiz.Domain.Tests.Editing;

public sealed class TextDiffTests
{
    // Removed stands in [], added in {}
    [Theory]
    [InlineData("同样的话", "同样的话", "同样的话")]
    [InlineData("尽快拆建，彻底更新旧城面貌", "尽快大拆大建，彻底更新旧城面貌", "尽快[拆建]{大拆大建}，彻底更新旧城面貌")]
    [InlineData("既要解决问题，又要保护风貌。", "既要解决问题，又要保护风貌，两样都不能丢。", "既要解决问题，又要保护风貌{，两样都不能丢}。")]
    [InlineData("座谈会有21人参加", "座谈会有23人参加", "座谈会有[21]{23}人参加")]
    [InlineData("which of the following", "which of these following", "which of [the]{these} following")]
    [InlineData("", "新写的", "{新写的}")]
    [InlineData("删去", "", "[删去]")]
    [InlineData("第一，经济。第二，科技。", "第一，科技。第二，经济。", "第一，[经济]{科技}。第二，[科技]{经济}。")]
    public void Changes_are_told_in_words(string before, string after, string told) =>
        Assert.Equal(told, string.Concat(TextDiff.Of(before, after).Select(run => run.Kind switch { DiffKind.Removed => $"[{run.Text}]", DiffKind.Added => $"{{{run.Text}}}", _ => run.Text })));

    [Fact]
    public void Both_texts_are_in_it_whole() => Gen.Select(Gen.String["甲乙丙，。 ab1x"], Gen.String["甲乙丙，。 ab1x"]).Sample((one, other) =>
    {
        // of a character outside the basic plane no half is left
        var (before, after) = (one.Replace("x", "𠀀", StringComparison.Ordinal), other.Replace("x", "𠀀", StringComparison.Ordinal));
        var runs = TextDiff.Of(before, after);
        return string.Concat(runs.Where(run => run.Kind != DiffKind.Added).Select(run => run.Text)) == before
            && string.Concat(runs.Where(run => run.Kind != DiffKind.Removed).Select(run => run.Text)) == after;
    });

    [Fact]
    public void A_text_too_long_to_compare_is_told_as_replaced() =>
        Assert.Equal([DiffKind.Removed, DiffKind.Added], TextDiff.Of(new string('甲', 3000), new string('乙', 3000)).Select(run => run.Kind));
}
