using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Tests.Normalizing;

public sealed class SampleTextTests
{
    public static TheoryData<string> Names => [.. SampleText.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_text_with_defects_comes_out_as_written_by_hand(string name) =>
        Assert.Equal(SampleText.Expected(name), SampleText.Written(Normalizer.Clean(SampleText.Raw(name))));
}
