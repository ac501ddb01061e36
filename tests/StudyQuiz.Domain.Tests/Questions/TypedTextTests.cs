using CsCheck;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Tests.Questions;

public sealed class TypedTextTests
{
    private static readonly Gen<string> _texts = Gen.OneOf(
        Gen.String,
        Gen.Char["“”‘’「」『』《》\"'。.!?,;:、…，；：！？ 　零〇一二三九十百0９Ａaﬁ①Ⅳ㍿ʼ\u200b\u00ad"].Array[0, 12].Select(characters => new string(characters)));

    [Fact]
    public void Normalizing_twice_is_normalizing_once() => _texts.Where(StorableText.Is).Sample(text =>
        Assert.Equal(TypedText.Normalize(text), TypedText.Normalize(TypedText.Normalize(text))));

    [Theory]
    [InlineData("六稳", "6稳", true)]
    [InlineData("《规划》", "规划", true)]
    [InlineData("ＡＢＣ", "abc", true)]
    [InlineData("十二", "12", false)]
    [InlineData("", "。", true)]
    public void The_same_answer(string a, string b, bool same) => Assert.Equal(same, TypedText.Same(a, b));
}
