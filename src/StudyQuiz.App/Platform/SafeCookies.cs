namespace StudyQuiz.App.Platform;

/// <summary>Cookies that hold a secret: HttpOnly, SameSite=Lax, and bound to the host by the __Host- prefix where TLS allows it.</summary>
public static class SafeCookies
{
    /// <summary>Reads a secret cookie of this request; null where it is absent.</summary>
    public static string? Read(HttpContext http, string name) => http.Request.Cookies[NameFor(http, name)];

    public static void Write(HttpContext http, string name, string secret, TimeSpan lifetime) =>
        http.Response.Cookies.Append(NameFor(http, name), secret, new CookieOptions
        {
            HttpOnly = true,
            Secure = http.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            MaxAge = lifetime,
            IsEssential = true,
        });

    public static void Delete(HttpContext http, string name) =>
        http.Response.Cookies.Delete(NameFor(http, name), new CookieOptions { Path = "/", Secure = http.Request.IsHttps });

    /// <summary>The name that a cookie has in this request.</summary>
    /// <remarks>Browsers drop __Host- and Secure cookies on plain http, which is what a LAN has.</remarks>
    public static string NameFor(HttpContext http, string name) => http.Request.IsHttps ? "__Host-" + name : name;
}
