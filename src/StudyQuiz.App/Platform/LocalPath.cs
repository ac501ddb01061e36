namespace StudyQuiz.App.Platform;

/// <summary>Addresses to go back to. They come from forms and queries, so that anyone can write anything into them.</summary>
public static class LocalPath
{
    /// <summary>The path where it stays on this site, else the start page.</summary>
    /// <remarks>Browsers read <c>//</c> and <c>/\</c> as another host; a header holds printable ASCII only.</remarks>
    public static string Of(string? path) =>
        path is ['/'] or ['/', not ('/' or '\\'), ..] && path.All(letter => letter is > ' ' and <= '~') ? path : "/";
}
