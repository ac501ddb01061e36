using StudyQuiz.App.Platform.Identity;

namespace StudyQuiz.App.Tests.Platform;

public sealed class UserNameTests
{
    [Theory]
    [InlineData("林知夏", "林知夏")]
    [InlineData(" ｌｉｎ－2026 ", "lin-2026")]
    [InlineData("a.b_c-d@school", "a.b_c-d@school")]
    [InlineData("𠀀𠀁", "𠀀𠀁")]
    public void A_name_is_stored_in_its_plain_form(string typed, string stored) => Assert.Equal(stored, UserName.Clean(typed));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a b")]
    [InlineData("a\u200Bb")]
    [InlineData("a\u202Eb")]
    [InlineData("<b>")]
    [InlineData("a\0b")]
    [InlineData("a\uD800")]
    [InlineData("123456789012345678901234567890123")]
    public void Other_names_are_refused(string? typed) => Assert.Null(UserName.Clean(typed));
}
