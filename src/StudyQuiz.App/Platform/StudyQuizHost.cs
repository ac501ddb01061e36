using System.Text.Encodings.Web;
using System.Text.Unicode;
using Npgsql;
using StudyQuiz.App.Features;
using StudyQuiz.App.Features.SignInElsewhere;
using StudyQuiz.App.Features.UseApi;
using StudyQuiz.App.Live;
using StudyQuiz.App.Platform.Identity;
using StudyQuiz.App.Platform.Telemetry;
using StudyQuiz.Domain;

namespace StudyQuiz.App.Platform;

/// <summary>How one app host is set up.</summary>
/// <param name="DataSource">The database, migrated.</param>
/// <param name="Urls">What to listen on; null leaves it to the configuration.</param>
/// <param name="PublicUrl">The address that people use, where it is not what the server sees, such as behind a proxy.</param>
/// <param name="LanAddress">This machine's address on the local network, when the server is meant to be reached from there.</param>
public sealed record AppHostOptions(NpgsqlDataSource DataSource, string? Urls = null, Uri? PublicUrl = null, string? LanAddress = null);

/// <summary>Puts the web host together: services, then the pipeline, then what users can do.</summary>
public static class StudyQuizHost
{
    /// <param name="options">What this host is given.</param>
    /// <param name="args">The command line's remaining arguments, read as configuration.</param>
    /// <param name="change">The last word on services, for tests.</param>
    public static WebApplication Create(AppHostOptions options, string[]? args = null, Action<IServiceCollection>? change = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args ?? [],
            ApplicationName = typeof(StudyQuizHost).Assembly.GetName().Name,
            ContentRootPath = ContentRoot(),
        });
        if (options.Urls is not null) builder.WebHost.UseUrls(options.Urls);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        if (File.Exists(StaticAssetsManifest())) builder.WebHost.UseStaticWebAssets();

        builder.Logging.AddStudyQuizLogs().AddRequestLog();
        builder.Services
            .AddSingleton(options)
            .AddSingleton(options.DataSource)
            .AddSingleton(new Clock(TimeProvider.System))
            .AddSingleton<Learners>()
            .AddSingleton<Warmup>()
            .AddHostedService(services => services.GetRequiredService<Warmup>())
            .AddSingleton<JoinAddress>()
            .AddLanguages()
            // Chinese stays readable in the page's source, and a third of the size
            .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All))
            .AddHttpContextAccessor()
            .ConfigureHttpJsonOptions(json =>
            {
                DomainJson.Configure(json.SerializerOptions);
                // A body without a list must not become a record with a null in it
                json.SerializerOptions.RespectNullableAnnotations = true;
                json.SerializerOptions.RespectRequiredConstructorParameters = true;
                ApiResults.TellNulls(json.SerializerOptions);
            })
            // A malformed form, query or body is an answer of 400 that names the place, in development too: see FaultPages
            .PostConfigure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true)
            .AddProblemDetails(problems => problems.CustomizeProblemDetails = context => context.ProblemDetails.Extensions.TryAdd("code", ApiResults.CodeOf(context.ProblemDetails.Status ?? context.HttpContext.Response.StatusCode)))
            .AddIdentity()
            .AddOidc<FinishSignIn>(OidcSettings.Of(builder.Configuration))
            .AddFeatures()
            .AddApi()
            .AddRateLimits(Limits.Of(builder.Configuration))
            .AddAntiforgery(antiforgery =>
            {
                antiforgery.Cookie.Name = "sq-antiforgery";
                antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            })
            .AddRazorComponents();
        builder.AddLive(options.DataSource);
        builder.AddTelemetry();
        change?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseTrustedProxies(options.PublicUrl);
        app.UseHostBoundCookies();
        app.UseRequestLog();
        app.UseSecurityHeaders();
        app.UseFaultPages();
        app.UseRequestLocalization();
        app.Use((http, next) =>
        {
            LearnerDay.TellAsIn(http);
            return next(http);
        });
        app.UseRouting();
        app.UseCallers();
        app.UseWebSockets();
        app.UseTokenRequests();
        app.UseOriginCheck(options.PublicUrl);
        app.UseRateLimiter();
        app.UseSeatGate();
        app.UseStorableValues();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseLargeForms();
        app.UseAntiforgery();
        app.UseStaleForms();
        app.MapStaticAssets();
        app.MapHealth();
        app.MapMetrics();
        app.MapFeatures();
        app.MapLive();
        return app;
    }

    private static string StaticAssetsManifest() =>
        Path.Combine(AppContext.BaseDirectory, "studyquiz.staticwebassets.runtime.json");

    // Published, wwwroot lies beside the executable; built, the manifest says where it is.
    private static string ContentRoot() => AppContext.BaseDirectory;
}
