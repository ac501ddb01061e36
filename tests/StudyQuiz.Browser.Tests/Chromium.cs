using System.Globalization;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using Microsoft.Playwright;
using StudyQuiz.Browser.Tests;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(Chromium))]
[assembly: PeopleLeave]

namespace StudyQuiz.Browser.Tests;

/// <summary>The machine's Chromium, one process for all tests. Every test opens contexts of its own: people who share nothing.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>A name that leads to loopback in this browser only: a page there is not a secure context, as on a school's network.</summary>
    public const string LanName = "quiz.lan.test";

    private static readonly ConcurrentDictionary<string, ConcurrentBag<IBrowserContext>> _people = new(StringComparer.Ordinal);

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Find(),
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
                $"--host-resolver-rules=MAP {LanName} 127.0.0.1",
            ],
        });
    }

    /// <summary>A zone in which it is between noon and one o'clock: for tests that move a browser's clock, and must not come to the end of a study day by the time at which they happen to run.</summary>
    public static string Noon => (12 - TimeProvider.System.GetUtcNow().Hour) switch
    {
        0 => "Etc/GMT",
        // These names count westwards
        > 0 and var ahead => string.Create(CultureInfo.InvariantCulture, $"Etc/GMT-{ahead}"),
        var behind => string.Create(CultureInfo.InvariantCulture, $"Etc/GMT+{-behind}"),
    };

    /// <summary>A person with a browser of their own.</summary>
    /// <param name="address">Where the app is.</param>
    /// <param name="screen">How large their screen is.</param>
    public async Task<IPage> PersonAsync(Uri address, Screen screen, string language = "zh-CN", bool dark = false, bool script = true, string? userAgent = null, string? zone = null)
    {
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = address.ToString(),
            ViewportSize = new() { Width = screen.Width, Height = screen.Height },
            HasTouch = screen.Width < 600,
            Locale = language,
            TimezoneId = zone,
            UserAgent = userAgent,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = script,
            ReducedMotion = ReducedMotion.Reduce,
        });
        _people.GetOrAdd(TestContext.Current.Test!.UniqueID, _ => []).Add(context);
        context.SetDefaultTimeout(15_000);
        var page = await context.NewPageAsync();
        page.PageError += (_, error) => throw new InvalidOperationException("A script failed: " + error);
        return page;
    }

    /// <summary>A browser of its own that keeps what it stores in a folder, as people's browsers do; the caller closes or kills it.</summary>
    public async Task<IBrowserContext> KeepingAsync(Uri address, string folder, Screen screen)
    {
        var context = await _playwright!.Chromium.LaunchPersistentContextAsync(folder, new()
        {
            ExecutablePath = Find(),
            Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-dev-shm-usage"],
            BaseURL = address.ToString(),
            ViewportSize = new() { Width = screen.Width, Height = screen.Height },
            HasTouch = screen.Width < 600,
            Locale = "zh-CN",
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(15_000);
        return context;
    }

    /// <summary>kill -9 of the browser that keeps its data in a folder, by the ids of its processes.</summary>
    public static void Kill(string folder)
    {
        foreach (var process in Process.GetProcesses().Where(process => process.ProcessName.StartsWith("chrom", StringComparison.Ordinal)))
        {
            var started = $"/proc/{process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)}/cmdline";
            if (File.Exists(started) && File.ReadAllText(started).Contains(folder, StringComparison.Ordinal)) process.Kill();
        }
    }

    /// <summary>Closes every browser that a test opened: screens of games that are over go on counting and connecting, at the cost of all later tests.</summary>
    internal static async Task CloseAsync(string test)
    {
        if (!_people.TryRemove(test, out var contexts)) return;
        foreach (var context in contexts) await context.CloseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    private static string Find()
    {
        var asked = Environment.GetEnvironmentVariable("STUDYQUIZ_CHROMIUM");
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        // the headless shell is the same engine without a desktop's windows, at half the work
        string[] names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];
        return new[] { asked }
            .Concat(names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))))
            .FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("The browser tests need Chromium: run tests/run.sh, which installs it, or name one in STUDYQUIZ_CHROMIUM.");
    }
}

/// <summary>When a test is over, the people in it leave.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class PeopleLeaveAttribute : BeforeAfterTestAttribute
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // The framework offers no asynchronous form of this. A test that ends by waiting for an address goes on inside Playwright's own loop, which then
    // can't answer: such a test costs this long, and no run hangs for it.
    public override void After(MethodInfo methodUnderTest, IXunitTest test) => Task.Run(() => Chromium.CloseAsync(test.UniqueID)).Wait(Patience);
}

/// <summary>Sizes that the design names.</summary>
public sealed record Screen(int Width, int Height)
{
    public static readonly Screen Phone = new(360, 740);
    public static readonly Screen Desktop = new(1280, 800);
    public static readonly Screen Projector = new(1920, 1080);
}
