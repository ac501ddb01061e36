using System.Globalization;
using CsCheck;
using StudyQuiz.Domain.Games;

namespace StudyQuiz.Domain.Tests.Games;

public sealed class NicknameTests
{
    [Theory]
    [InlineData("白露", "白露")]
    [InlineData("  Ａｎｎ   Lee ", "Ann Lee")]
    [InlineData("👩\u200D🚀", "👩\u200D🚀")]
    [InlineData("👩🏽\u200D🚀 Zoe", "👩🏽\u200D🚀 Zoe")]
    [InlineData("❤\uFE0F\u200D🔥", "❤\uFE0F\u200D🔥")]
    [InlineData("👩\u200D", null)]
    [InlineData("\u200D👩", null)]
    [InlineData("👩\u200D\u200D🚀", null)]
    [InlineData("小\u200D明", null)]
    [InlineData("", null)]
    [InlineData("   ", null)]
    [InlineData("a\u0000b", null)]
    [InlineData("a\u202Eb", null)]
    [InlineData("a\u200Bb", null)]
    [InlineData("Z͑̈́͆", null)]
    [InlineData("\u3164", null)]
    [InlineData("\u115F", null)]
    [InlineData("\u1160", null)]
    [InlineData("\uFFA0", null)]
    [InlineData("\u2800", null)]
    [InlineData("\uFE0F", null)]
    [InlineData("\u0301 \u034F", null)]
    [InlineData("小明\u3164", null)]
    [InlineData("小\u2800明", null)]
    [InlineData("❤\uFE0F", "❤\uFE0F")]
    [InlineData("김민준", "김민준")]
    [InlineData("一二三四五六七八九十一二三四五六七八九十", "一二三四五六七八九十一二三四五六七八九十")]
    [InlineData("一二三四五六七八九十一二三四五六七八九十一", null)]
    public void Names_are_cleaned_or_refused(string typed, string? shown) => Assert.Equal(shown, Nickname.Clean(typed));

    // Not a row above: attributes are stored as UTF-8, which turns a lone surrogate into other characters.
    [Fact]
    public void A_lone_surrogate_is_refused() => Assert.Null(Nickname.Clean("\uD800"));

    [Theory]
    [InlineData("白露", "白 露")]
    [InlineData("Leo", "LEO")]
    [InlineData("Leo", "Le0")]
    [InlineData("lily", "Iily")]
    [InlineData("Анна", "Aнна")]
    [InlineData("José", "Jose")]
    [InlineData("Bob", "В0Ь")]
    [InlineData("习近平", "習近平")]
    public void Names_that_look_alike_have_one_skeleton(string one, string other) => Assert.Equal(Nickname.Skeleton(one), Nickname.Skeleton(other));

    [Fact]
    public void Different_names_keep_different_skeletons() => Assert.NotEqual(Nickname.Skeleton("白露"), Nickname.Skeleton("寒露"));

    [Fact]
    public void A_cleaned_name_is_clean_and_short() => Gen.String.Sample(typed =>
    {
        if (Nickname.Clean(typed) is not { } shown) return;
        Assert.Equal(shown, Nickname.Clean(shown));
        Assert.InRange(new StringInfo(shown).LengthInTextElements, 1, Nickname.Longest);
        Assert.NotEmpty(Nickname.Skeleton(shown));
    });
}
