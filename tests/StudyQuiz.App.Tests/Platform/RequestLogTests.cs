using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Tests.Platform;

public sealed class RequestLogTests
{
    [Theory]
    [InlineData("/first-admin/abcDEF_-123", "/first-admin/…")]
    [InlineData("/FIRST-ADMIN/abcDEF_-123", "/first-admin/…")]
    [InlineData("/first-admin/abcDEF_-123/more", "/first-admin/…")]
    [InlineData("/j/abcDEF_-123", "/j/…")]
    [InlineData("/reset-password/abcDEF_-123", "/reset-password/…")]
    [InlineData("/continue/abcDEF_-123", "/continue/…")]
    [InlineData("/first-admin", "/first-admin")]
    [InlineData("/sources/first-admin", "/sources/first-admin")]
    [InlineData("/a\u001B[31mb\r\nc", "/a\uFFFD[31mb\uFFFD\uFFFDc")]
    [InlineData(null, "")]
    public void What_follows_a_capability_links_beginning_is_left_out(string? path, string logged) => Assert.Equal(logged, RequestLog.Redact(path));
}
