using System.Reflection;

namespace StudyQuiz.Browser.Tests;

/// <summary>Places that the build knows.</summary>
internal static class Facts
{
    /// <summary>Where the app was built to.</summary>
    public static string AppFolder => Of("AppFolder");

    /// <summary>Where the README's pictures are kept.</summary>
    public static string ScreenshotFolder => Of("ScreenshotFolder");

    private static string Of(string key) => Path.GetFullPath(
        typeof(Facts).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(fact => fact.Key == key).Value!);
}
