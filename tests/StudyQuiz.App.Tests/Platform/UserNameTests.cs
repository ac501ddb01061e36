using StudyQuiz.App.Platform.Identity;

namespace StudyQuiz.App.Tests.Platform;

public sealed class UserNameTests
{
    [Theory]
    [InlineData("林知夏", "林知夏")]
    [InlineData(" ｌｉｎ－2026 ", "lin-2026")]
    [InlineData("a.b_c-d+e@school.example", "a.b_c-d+e@school.example")]
    [InlineData("+8613800000000", "+8613800000000")]
    [InlineData("𠀀𠀁", "𠀀𠀁")]
    public void A_name_is_stored_in_its_plain_form(string typed, string stored) => Assert.Equal(stored, UserName.Clean(typed));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a b")]
    [InlineData("+86 13800000000")]
    [InlineData("a\u200Bb")]
    [InlineData("a\u202Eb")]
    [InlineData("<b>")]
    [InlineData("a\0b")]
    [InlineData("a\uD800")]
    [InlineData("1234567890123456789012345678901234567890@678901234567890123456789012")]
    public void Other_names_are_refused(string? typed) => Assert.Null(UserName.Clean(typed));
}
