namespace StudyQuiz.App.Platform;

/// <summary>Cookies that hold a secret: HttpOnly and SameSite=Lax; <see cref="HostBoundCookies"/> binds them to the host.</summary>
public static class SafeCookies
{
    /// <summary>Reads a secret cookie of this request; null where it is absent.</summary>
    public static string? Read(HttpContext http, string name) => http.Request.Cookies[name];

    public static void Write(HttpContext http, string name, string secret, TimeSpan lifetime) =>
        http.Response.Cookies.Append(name, secret, new CookieOptions
        {
            HttpOnly = true,
            Secure = http.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            MaxAge = lifetime,
            IsEssential = true,
        });

    public static void Delete(HttpContext http, string name) =>
        http.Response.Cookies.Delete(name, new CookieOptions { Path = "/", Secure = http.Request.IsHttps });
}
