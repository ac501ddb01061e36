namespace StudyQuiz.App.Features.StudyCards;

/// <summary>
/// The page on which cards are studied, and the service worker that keeps it for times without a network. Both are the same for everyone and
/// say nothing about anybody: what is personal the page asks for and keeps in the browser's database.
/// </summary>
internal static class CardsShell
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/cards/study", (HttpContext http, IWebHostEnvironment host) => Send(http, host, "client/shell.html", "text/html; charset=utf-8"));
        // At the root, for a service worker answers only for what is below it
        app.MapGet("/sw.js", (HttpContext http, IWebHostEnvironment host) => Send(http, host, "client/sw.js", "text/javascript; charset=utf-8"));
    }

    // Asked for again each time: an old page would name scripts that are gone
    private static IResult Send(HttpContext http, IWebHostEnvironment host, string path, string type)
    {
        var file = host.WebRootFileProvider.GetFileInfo(path);
        http.Response.Headers.CacheControl = "no-cache";
        return Results.Stream(file.CreateReadStream(), type, lastModified: file.LastModified);
    }
}
