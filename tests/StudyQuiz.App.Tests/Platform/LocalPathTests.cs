using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Tests.Platform;

public sealed class LocalPathTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/people?q=a&after=b#c")]
    [InlineData("/%E4%B8%AD")]
    public void A_path_of_this_site_is_kept(string path) => Assert.Equal(path, LocalPath.Of(path));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("people")]
    [InlineData("//elsewhere.example")]
    [InlineData("/\\elsewhere.example")]
    [InlineData("https://elsewhere.example")]
    [InlineData("/a\r\nSet-Cookie: b=c")]
    [InlineData("/中")]
    public void Anything_else_leads_to_the_start_page(string? path) => Assert.Equal("/", LocalPath.Of(path));
}
