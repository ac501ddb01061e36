using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using StudyQuiz.App.Live;

namespace StudyQuiz.App.Platform.Telemetry;

/// <summary>Metrics and traces by OpenTelemetry: to a collector, and as a page for Prometheus, where the settings say so.</summary>
public static class TelemetryServices
{
    private const string MetricsPath = "/metrics";

    // Ours, and those of what we stand on: requests, refusals by named limit, sockets, statements, the cluster, the runtime
    private static readonly string[] _meters =
    [
        LiveMetrics.Meter, RefusedCounts.Meter, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Http.Connections", "Microsoft.AspNetCore.RateLimiting", "Npgsql", "Microsoft.Orleans",
    ];

    private static readonly string[] _sources = [Traces.Name, "Microsoft.AspNetCore.SignalR.Server", "Npgsql"];

    // From a tenth of a millisecond to half a minute
    private static readonly double[] _seconds = [0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    /// <exception cref="SettingException">A setting can't be used.</exception>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var settings = TelemetrySettings.Of(builder.Configuration);
        builder.Services.AddSingleton(settings).AddSingleton<LiveMetrics>().AddSingleton<SlowStatements>().AddHostedService(services => services.GetRequiredService<SlowStatements>());
        if (settings is not { Otlp: null, MetricsKey: null }) Export(builder.Services, settings);
    }

    // By itself: where nothing is set, none of OpenTelemetry is loaded at a start
    private static void Export(IServiceCollection services, TelemetrySettings settings)
    {
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("studyquiz", serviceVersion: typeof(TelemetryServices).Assembly.GetName().Version?.ToString(), serviceInstanceId: $"{Environment.MachineName}-{Environment.ProcessId}"))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(_meters).AddRuntimeInstrumentation();
                metrics.AddView(instrument => instrument.Unit == "s" && instrument.Meter.Name == LiveMetrics.Meter ? new ExplicitBucketHistogramConfiguration { Boundaries = _seconds } : null);
                if (settings.MetricsKey is not null) metrics.AddPrometheusExporter(prometheus => prometheus.ScrapeEndpointPath = MetricsPath);
            });
        if (settings.Otlp is null) return;
        telemetry
            .WithTracing(tracing => tracing
                .AddSource(_sources)
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(settings.TraceShare)))
                .AddAspNetCoreInstrumentation(requests =>
                {
                    // A capability link's secret stands in its path, and the query is nobody's business either
                    requests.EnrichWithHttpRequest = (activity, request) => Redact(activity, request.Path);
                    requests.EnrichWithHttpResponse = (activity, response) => Redact(activity, response.HttpContext.Request.Path);
                }))
            .UseOtlpExporter(OtlpExportProtocol.HttpProtobuf, settings.Otlp);
    }

    /// <summary>Puts a request's route on its activity, by which <see cref="SlowStatements"/> knows who has a statement run.</summary>
    public static void UseCallers(this WebApplication app) => app.Use((http, next) =>
    {
        if (Activity.Current is { } request && http.GetEndpoint() is RouteEndpoint endpoint) request.SetTag("http.request.method", http.Request.Method).SetTag("http.route", endpoint.RoutePattern.RawText);
        return next(http);
    });

    /// <summary>The page for Prometheus, where there is a key for it.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder app)
    {
        if (app.ServiceProvider.GetRequiredService<TelemetrySettings>().MetricsKey is not { } key) return;
        app.MapPrometheusScrapingEndpoint(MetricsPath).Add(endpoint =>
        {
            var show = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = http =>
            {
                if (Has(http.Request, key)) return show(http);
                http.Response.StatusCode = StatusCodes.Status401Unauthorized;
                http.Response.Headers.WWWAuthenticate = "Bearer";
                return Task.CompletedTask;
            };
        });
    }

    private static bool Has(HttpRequest request, string key) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString())), SHA256.HashData(Encoding.UTF8.GetBytes("Bearer " + key)));

    private static void Redact(Activity activity, string? path)
    {
        activity.SetTag("url.path", RequestLog.Redact(path));
        activity.SetTag("url.query", null);
    }
}
