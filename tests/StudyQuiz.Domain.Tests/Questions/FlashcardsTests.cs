using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Tests.Questions;

public sealed class FlashcardsTests
{
    [Theory]
    [InlineData("全国发展强劲活跃增长极、高质量发展样板区", "全国发展强劲活跃增长极|高质量发展样板区")]
    [InlineData("放在全局中统筹谋划、推进；扣紧了战略定位", "放在全局中统筹谋划、推进|扣紧了战略定位")]
    [InlineData("一、先做这个\n二、再做那个；还有", "一、先做这个|二、再做那个；还有")]
    [InlineData("“真抓、实干”、《甲；乙》", "“真抓、实干”|《甲；乙》")]
    [InlineData("一体化", "一体化")]
    [InlineData("（未完、待续", "（未完、待续")]
    public void A_back_is_compared_point_by_point(string back, string points) => Assert.Equal(
        points.Split('|'), Flashcards.Points(new Flashcard { Stem = "", Back = back, Explanation = "", Evidence = [], Difficulty = 1 }));
}
