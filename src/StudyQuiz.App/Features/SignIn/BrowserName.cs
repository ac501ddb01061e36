namespace StudyQuiz.App.Features.SignIn;

/// <summary>A browser and its system by what it says of itself, as people name them. Who lies about it is shown the lie.</summary>
/// <param name="Browser">Null where it is none of the usual ones.</param>
public sealed record BrowserName(string? Browser, string? System)
{
    /// <summary>The name that stands for WeChat's own browser; the page has it in its language.</summary>
    public const string WeChat = "WeChat";

    // Browsers name those that they resemble too: the first that is found counts
    private static readonly (string Sign, string Name)[] Browsers =
        [("MicroMessenger/", WeChat), ("Edg", "Edge"), ("OPR/", "Opera"), ("HuaweiBrowser/", "Huawei Browser"), ("MiuiBrowser/", "MIUI Browser"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Sign, string Name)[] Systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("HarmonyOS", "HarmonyOS"), ("OpenHarmony", "HarmonyOS"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    public static BrowserName Of(string userAgent) => new(First(Browsers, userAgent), First(Systems, userAgent));

    private static string? First((string Sign, string Name)[] known, string userAgent) =>
        known.Where(one => userAgent.Contains(one.Sign, StringComparison.Ordinal)).Select(one => one.Name).FirstOrDefault();
}
