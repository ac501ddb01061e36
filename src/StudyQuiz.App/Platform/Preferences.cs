namespace StudyQuiz.App.Platform;

/// <summary>How someone likes pages to look, kept in cookies that hold nothing else. The first value is what holds without a choice.</summary>
public static class Preferences
{
    public const string ThemeCookie = "theme";
    public const string TextSizeCookie = "text";

    public static IReadOnlyList<string> Themes { get; } = ["system", "light", "dark"];

    /// <summary>标准, 大, 特大.</summary>
    public static IReadOnlyList<string> TextSizes { get; } = ["m", "l", "xl"];

    public static string Theme(HttpContext http) => Chosen(http, ThemeCookie, Themes);

    public static string TextSize(HttpContext http) => Chosen(http, TextSizeCookie, TextSizes);

    private static string Chosen(HttpContext http, string cookie, IReadOnlyList<string> values) =>
        http.Request.Cookies[cookie] is { } value && values.Contains(value, StringComparer.Ordinal) ? value : values[0];
}
