using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.SetPreferences;

/// <summary>Language, theme and text size, kept in cookies that hold nothing else.</summary>
public static class PreferencesEndpoints
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(400);

    // No antiforgery token: the worst that a foreign page can do is switch the theme, and cached pages stay usable.
    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/preferences", Save).DisableAntiforgery();

    private static RedirectHttpResult Save(HttpContext http, [FromForm] string? lang, [FromForm] string? theme, [FromForm] string? text, [FromForm] string? back)
    {
        Keep(http, Language.Cookie, lang, [Language.Chinese, Language.English]);
        Keep(http, Preferences.ThemeCookie, theme, Preferences.Themes);
        Keep(http, Preferences.TextSizeCookie, text, Preferences.TextSizes);
        return TypedResults.LocalRedirect(LocalPath.Of(back));
    }

    private static void Keep(HttpContext http, string name, string? value, IReadOnlyList<string> allowed)
    {
        if (value is null || !allowed.Contains(value, StringComparer.Ordinal)) return;
        http.Response.Cookies.Append(name, value, new CookieOptions { MaxAge = Lifetime, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/" });
    }
}
